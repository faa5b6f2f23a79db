/** What anybody may read without an account. Runs as the county's system; engines decide what is public. */
import { demoAccounts } from "@wuxin/demo";
import { DomainError, formatYuan, monthOf } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import { parameterAt, type RuleSet } from "@wuxin/policy";
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids =
  | "health"
  | "listCounties"
  | "getCounty"
  | "listDivisions"
  | "getOutline"
  | "listItems"
  | "getItem"
  | "selfCheck"
  | "wholeCheck"
  | "listPublicity"
  | "listRosterPublicity"
  | "listFundPublicity"
  | "objectToPublicity"
  | "trackCase"
  | "listDemoAccounts"
  | "listPublicRegister";

export function openHandlers(house: House, options: { demo: boolean }): SomeHandlers<Ids> {
  const { db, clock, catalogue, counties, cases, registers } = house;
  const asCounty = (code: string) => ({ actor: { ...systemActor(counties.get(code).code), name: "公众" } });

  type Item = NonNullable<ReturnType<typeof catalogue.items.get>>;
  const foundByLists = new Set([...catalogue.signals.values()].flatMap((s) => s.benefits ?? []));
  const brief = (item: Item, county: string) => ({
    code: item.code,
    title: item.title,
    shortTitle: item.shortTitle,
    system: item.system,
    subject: item.subject,
    lifeEvents: [...item.lifeEvents],
    what: item.guide.what,
    selfCheck: cases.questions(item.code, county).length > 0,
    findsPeople: item.candidates !== undefined || foundByLists.has(item.code),
  });

  return {
    async health() {
      const { version } = await db.read(systemActor(counties.list()[0]?.code ?? "000000"), (tx) =>
        tx.one<{ version: string }>("select current_setting('server_version') as version"),
      );
      return { ok: true, database: `PostgreSQL ${version}`, version: house.version };
    },
    listCounties: async () => counties.list().map(({ code, name, fullName }) => ({ code, name, fullName })),
    async getCounty({ params }) {
      const c = counties.get(params.county);
      return {
        code: c.code,
        name: c.name,
        fullName: c.fullName,
        bureauName: c.bureauName,
        localAppName: c.localAppName ?? null,
        switches: counties.switches(c.code),
        demo: options.demo,
        today: clock.today(),
        publicRegisters: [...catalogue.registers.values()].flatMap((r) =>
          r.publicFields?.length ? [{ code: r.code, title: r.publicTitle ?? r.title }] : [],
        ),
      };
    },
    async listDivisions({ params }) {
      return counties
        .get(params.county)
        .divisions.flatMap(({ code, name, level, parentCode }) =>
          level === "county" || level === "township" || level === "village"
            ? [{ code, name, level, parentCode: level === "county" ? null : parentCode }]
            : [],
        );
    },
    async getOutline({ params, query }) {
      const { outline, divisions } = counties.get(params.county);
      const below = new Set(divisions.filter((d) => d.parentCode === query.of).map((d) => d.code));
      const areas = (outline?.areas ?? []).filter((a) => below.has(a.code));
      if (!outline || areas.length === 0) return null;
      const [source, sketch] = [outline.source, outline.sketch];
      return { source, sketch, areas: areas.map((a) => ({ ...a, box: [...a.box] as typeof a.box })) };
    },
    async listItems({ params }) {
      const { code } = counties.get(params.county);
      return [...catalogue.items.values()].map((item) => brief(item, code));
    },
    async getItem({ params }) {
      const county = counties.get(params.county);
      const item = catalogue.items.get(params.item);
      if (!item) throw new DomainError("not-found", "没有这个事项，请返回首页重新选择。");
      const month = monthOf(clock.today());
      const rules = item.ruleSet({ code: county.code, standards: counties.standards(county.code), month });
      return {
        ...brief(item, county.code),
        basis: item.basis,
        guide: item.guide,
        form: item.form,
        flow: { states: item.flow.states, steps: item.flow.steps },
        standards: standardsOf(rules, month),
        questions: cases.questions(item.code, county.code),
      };
    },
    selfCheck: async ({ params, body }) =>
      cases.selfCheck(params.item, counties.get(params.county).code, body),
    wholeCheck: async ({ params, body }) => cases.wholeCheck(counties.get(params.county).code, body),
    listPublicity: ({ params, query }) =>
      house.read(asCounty(params.county), (tx) => cases.publicityList(tx, query)),
    listRosterPublicity: ({ params, query }) =>
      house.read(asCounty(params.county), (tx) => house.payments.hanging(tx, query)),
    listFundPublicity: ({ params, query }) =>
      house.read(asCounty(params.county), (tx) => house.funds.publicity.hanging(tx, query)),
    async objectToPublicity({ params, body }) {
      // Lists of rosters and the use of money hang beside the notices of cases, and take objections in the same way.
      const { objections } = house.payments;
      await house.as(asCounty(params.county), async (tx) => {
        if (await objections.isRosterNotice(tx, params.id)) return objections.tell(tx, params.id, body);
        const use = await house.funds.publicity.notice(tx, params.id);
        return use ? objections.tellOfFunds(tx, use, body) : cases.object(tx, params.id, body);
      });
      return { ok: true };
    },
    trackCase: ({ params, body }) => house.as(asCounty(params.county), (tx) => cases.track(tx, body)),
    listDemoAccounts: async () => (options.demo ? demoAccounts(counties.list()) : []),
    listPublicRegister: ({ params }) =>
      house.read(asCounty(params.county), (tx) => registers.listPublic(tx, params.register)),
  };
}

/** The money standards of a rule set that are in force, in the order in which they are declared. */
function standardsOf(rules: RuleSet, month: string) {
  return [...rules.parameters.values()].flatMap((p) => {
    if (p.type !== "money") return [];
    const version = p.versions.findLast((v) => v.since <= `${month}-01`);
    if (!version) return [];
    return [...version.values.entries()].map(([key]) => {
      const parts = key.split("\u0000").filter((x) => x !== "");
      const dims = Object.fromEntries(p.by.map((d, i) => [d, parts[i] ?? ""]));
      const field = parts[p.by.length];
      const { value, document, since, unverified } = parameterAt(
        rules,
        field ? `${p.name}.${field}` : p.name,
        month,
        dims,
      );
      return {
        name: parts.length > 0 ? `${p.name}（${parts.join("、")}）` : p.name,
        text: `${formatYuan(Number(value))} ${p.unit?.text ?? "元"}`,
        document: document ?? null,
        since,
        unverified: unverified ?? false,
      };
    });
  });
}
