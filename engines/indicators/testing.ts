/** A toy county for tests: one item "ferry-pass", its people and money, written past the engines by a superuser. */
import {
  type Catalogue,
  type IndicatorDefinition,
  NO_OVERLAP,
  type ResolvedItem,
  type ResolvedRegister,
  readDepartments,
} from "@wuxin/declare";
import { newId } from "@wuxin/kernel";
import type { TestDatabase } from "@wuxin/platform/testing";

export const COUNTY = "430621";
export const EAST = "430621101";
export const WEST = "430621102";
export const ITEM = "ferry-pass";

/** Of an item, indicators read its title, what its form asks of a member and which documents its actions issue. */
const item = {
  code: ITEM,
  shortTitle: "渡船优待",
  form: { member: [{ name: "deck", label: "坐哪层", type: "text", fact: "坐哪层" }] },
  flow: {
    actions: [
      { id: "submit", fields: [], effects: { submit: true } },
      { id: "accept", fields: [], effects: { documents: ["notice"] } },
    ],
  },
} as unknown as ResolvedItem;

export const catalogue = (
  indicators: readonly IndicatorDefinition[],
  registers: readonly ResolvedRegister[] = [],
): Catalogue => ({
  items: new Map([[ITEM, item]]),
  benefits: new Map(),
  linkages: new Map(),
  paid: new Map([[ITEM, item]]),
  registers: new Map(registers.map((r) => [r.code, r])),
  indicators: new Map(indicators.map((i) => [i.code, { ...i, owner: "渡口股" }])),
  measures: new Map(),
  checkPackage: undefined,
  deathLists: new Map(),
  duties: new Map(),
  tables: new Map(),
  overlap: () => NO_OVERLAP,
  redFlags: () => [],
  departments: () => readDepartments(),
  feeds: new Map(),
  signals: new Map(),
  reckonings: new Map(),
  summaries: [],
});

export const indicator = (
  code: string,
  kind: "stock" | "flow",
  measure: IndicatorDefinition["measure"],
  decimals = 0,
): IndicatorDefinition => ({
  code,
  name: code,
  unit: "",
  system: "服务",
  capability: "XX-01",
  definition: code,
  kind,
  measure,
  decimals,
});

/** Writes rows past every policy; county and ids are filled in. */
export function writer(t: TestDatabase) {
  const county = (table: string, row: Record<string, unknown>) => {
    const all = { county_code: COUNTY, ...row };
    const names = Object.keys(all);
    const marks = names.map((_, i) => `$${i + 1}`);
    return t.owner(
      `insert into ${table} (${names.join(", ")}) values (${marks.join(", ")})`,
      Object.values(all),
    );
  };
  const at = "2024-01-01T00:00:00Z";
  let n = 0;
  return {
    county,
    async person(name: string, division = EAST): Promise<string> {
      const id = newId();
      n += 1;
      const digest = Buffer.alloc(32, n);
      await county("person", {
        ...{
          id,
          name,
          pinyin: "",
          initials: "",
          sex: "女",
          birth_date: "1950-01-01",
          division_code: division,
        },
        ...{
          id_no_sealed: digest,
          id_no_digest: digest,
          id_tail_digest: digest,
          address: "",
          created_at: at,
        },
      });
      return id;
    },
    async entitlement(e: {
      readonly person: string;
      readonly from: string;
      readonly end?: string;
      readonly division?: string;
      readonly area?: string;
      readonly amounts?: readonly (readonly [month: string, fen: number])[];
      readonly covers?: readonly (readonly [person: string, from: string, end?: string])[];
    }): Promise<string> {
      const id = newId();
      await county("entitlement", {
        ...{ id, item: ITEM, exclusivity_group: "ferry", subject_kind: "person", applicant_id: e.person },
        ...{
          payee_id: e.person,
          division_code: e.division ?? EAST,
          area_class: e.area ?? "农村",
          from_month: e.from,
        },
        ...{ end_month: e.end ?? null, end_reason: e.end ? "停" : null, end_kind: e.end ? "decision" : null },
        ...{ review_months: 12, opened_at: at },
      });
      for (const [i, [month, fen]] of (e.amounts ?? [[e.from, 10_000] as const]).entries())
        await county("entitlement_amount", {
          ...{
            entitlement_id: id,
            seq: i + 1,
            from_month: month,
            amount_fen: fen,
            persons: 1,
            reason: "定",
            recorded_at: at,
          },
        });
      for (const [person, from, end] of e.covers ?? [[e.person, e.from] as const])
        await county("entitlement_person", {
          ...{
            entitlement_id: id,
            person_id: person,
            from_month: from,
            end_month: end ?? null,
            end_reason: end ? "停" : null,
          },
        });
      return id;
    },
    async roster(month: string): Promise<string> {
      const id = newId();
      await county("roster", {
        ...{ id, month, kind: "monthly", number: id, title: month, state: "draft", generated_by: newId() },
        ...{ generated_by_name: "甲", generated_at: at },
      });
      return id;
    },
    async line(l: {
      readonly roster: string;
      readonly entitlement: string;
      readonly person: string;
      readonly month: string;
      readonly state: string;
      readonly fen?: number;
      readonly persons?: number;
      readonly on?: string;
      readonly division?: string;
      readonly reissueOf?: string;
      readonly live?: boolean;
    }): Promise<string> {
      const id = newId();
      n += 1;
      await county("roster_line", {
        ...{
          id,
          roster_id: l.roster,
          seq: n,
          entitlement_id: l.entitlement,
          item: ITEM,
          exclusivity_group: "ferry",
        },
        ...{ payee_id: l.person, payee_name: "某", payee_digest: Buffer.alloc(32), relation: "本人" },
        ...{ division_code: l.division ?? EAST, month: l.month, change: l.reissueOf ? "reissue" : "same" },
        ...{
          amount_fen: l.fen ?? 10_000,
          persons: l.persons ?? 1,
          included: false,
          live: l.live ?? true,
          state: l.state,
        },
        ...{ settled_on: l.on ?? null, reissue_of: l.reissueOf ?? null, origin_line_id: l.reissueOf ?? id },
      });
      return id;
    },
    async case(c: {
      readonly person: string;
      readonly channel: string;
      readonly submitted: string;
      readonly commitments?: number;
      readonly due: string;
      readonly stopped?: string;
      readonly decided?: readonly string[];
      readonly documented?: boolean;
    }): Promise<string> {
      const id = newId();
      n += 1;
      await county("case_file", {
        ...{ id, item: ITEM, number: `案${n}`, subject: "person", state: "open", version: 1, is_open: true },
        ...{ applicant_id: c.person, applicant_name: "某", member_ids: [], division_code: EAST, address: "" },
        ...{ area_class: "农村", channel: c.channel, relative: false, tracking_digest: Buffer.alloc(32) },
        ...{ submitted_on: c.submitted, submitted_at: at },
      });
      const application = { commitments: Array.from({ length: c.commitments ?? 0 }, (_, i) => `m${i}`) };
      for (const [i, action] of ["submit", "accept"].entries())
        await county("case_action", {
          ...{
            case_id: id,
            seq: i + 1,
            id: newId(),
            action,
            from_state: "a",
            to_state: "b",
            acted_on: c.submitted,
          },
          ...{ acted_at: at, actor_name: "甲", role: "township", data: "{}" },
          outcome: JSON.stringify(action === "submit" ? { application } : {}),
        });
      await county("case_clock", {
        ...{
          case_id: id,
          key: "total",
          round: 1,
          started_on: c.submitted,
          limit_units: 30,
          unit: "workingDays",
        },
        ...{ owner: "township", due_on: c.due, warn_on: c.due, stopped_on: c.stopped ?? null },
      });
      for (const [i, on] of (c.decided ?? []).entries())
        await county("case_decision", {
          ...{
            id: newId(),
            case_id: id,
            seq: i + 3,
            kind: i === 0 ? "award" : "adjust",
            month: on.slice(0, 7),
            covered: [],
          },
          ...{
            rule_version: "v",
            inputs: "{}",
            trace: "{}",
            explanation: "{}",
            decided_on: on,
            decided_at: at,
          },
          decided_by: "乙",
        });
      if (c.documented)
        await county("document", {
          ...{
            id: newId(),
            case_id: id,
            division_code: EAST,
            code: "notice",
            title: "通知",
            series: "s",
            year: 2024,
          },
          ...{
            sequence: n,
            number: `${n}`,
            issuer: "局",
            addressee: "某",
            body: "[]",
            issued_on: c.submitted,
            issued_at: at,
          },
        });
      return id;
    },
    async review(entitlement: string, due: string, done?: string): Promise<void> {
      await county("entitlement_review", {
        ...{
          id: newId(),
          entitlement_id: entitlement,
          kind: "periodic",
          about_id: newId(),
          label: "复核",
          due_on: due,
        },
        ...{
          opened_at: at,
          done_on: done ?? null,
          result: done ? "continue" : null,
          method: done ? "office" : null,
        },
      });
    },
    async flag(roster: string, line: string, rule: string): Promise<void> {
      await county("roster_flag", {
        roster_id: roster,
        line_id: line,
        rule,
        severity: "warn",
        reason: "账户共用",
        raised_at: at,
      });
    },
  };
}
