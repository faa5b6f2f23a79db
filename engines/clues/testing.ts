/** A toy county for the tests of clues and duties: two villages, a township, people in them; one benefit, hot soup. */
import { RISKS, WISHES } from "@wuxin/declare";
import { createAccess } from "@wuxin/engines/access";
import { createAudit } from "@wuxin/engines/audit";
import { createCalendar } from "@wuxin/engines/calendar";
import { createDocuments } from "@wuxin/engines/documents";
import { createEntitlements } from "@wuxin/engines/entitlements";
import { createFacts } from "@wuxin/engines/facts";
import { createRegistry } from "@wuxin/engines/registry";
import { type Clock, dateInShanghai, type IsoDate, newId, residentIdWithCheck } from "@wuxin/kernel";
import { type Actor, systemActor, type Tx } from "@wuxin/platform";
import { testDatabase } from "@wuxin/platform/testing";
import { type AlertRaised, type Clues, createClues } from "./index.ts";

export const COUNTY = "430621";
export const TOWN = "430621101";
export const VILLAGE = "430621101201";
export const OTHER_TOWN = "430621102";
const NAMES: Record<string, string> = {
  [COUNTY]: "甲县",
  [TOWN]: "东镇",
  [VILLAGE]: "东镇柳村",
  [OTHER_TOWN]: "西镇",
};
export const MONITORING = {
  dispatchDay: 5,
  levels: [
    { code: "red", label: "红色", atOnce: true },
    { code: "yellow", label: "黄色", atOnce: false },
  ],
  assignDays: 2,
  visitDays: 7,
  judgeDays: 3,
  referralDays: 15,
  escalateDays: 3,
  verified: false,
};
const soup = {
  title: "热汤补助",
  shortTitle: "热汤",
  subject: "person" as const,
  form: { relations: ["本人", "配偶", "其他"] },
  entitlement: {
    exclusivityGroup: "吃饭",
    starts: "next-month",
    paidTo: "self",
    review: { code: "look", label: "年度核查", everyMonths: 12, article: "第一条" },
    stopsAfterDeath: true,
    plausibleMaxFen: 100_000,
  } as const,
};

export async function openToyTown(day: IsoDate) {
  const data = await testDatabase();
  let at = new Date(`${day}T09:00:00+08:00`);
  let ticks = 0;
  const clock: Clock = { now: () => new Date(at.getTime() + ticks++), today: () => dateInShanghai(at) };
  const { vault } = data;
  const audit = createAudit({ clock, vault, settleMs: 0 });
  const registry = createRegistry({ clock, vault, audit });
  const calendar = createCalendar({ clock, audit });
  const facts = createFacts({ clock });
  const access = createAccess({ clock, vault, audit });
  const divisionName = (_: string, code: string) => NAMES[code] ?? code;
  const documents = createDocuments({
    ...{ clock, audit, files: undefined as never },
    counties: { get: () => ({ name: "甲县", bureauName: "甲县民政局" }) },
  });
  const entitlements = createEntitlements({
    ...{ clock, audit, divisionName, catalogue: { items: new Map([["soup", soup]]) } },
    paid: { ofEntitlements: async () => [], ofReprice: async () => ({ repriced: 0, paid: 0 }) },
  });
  const submitted: { id: string; application: Parameters<Clues["act"]>[2] | unknown }[] = [];
  const findings = [
    {
      name: "matches",
      label: "与线索一样吗",
      type: "choice" as const,
      required: true,
      choices: [
        { value: "yes", label: "属实" },
        { value: "no", label: "不属实" },
      ],
    },
    { name: "findings", label: "看到的情况", type: "text" as const, required: true },
  ];
  const clues = createClues({
    ...{ clock, vault, audit, calendar, documents, registry, entitlements, divisionName, findings },
    contact: [
      {
        name: "wish",
        label: "联系结果",
        type: "choice" as const,
        required: true,
        choices: Object.entries(WISHES).map(([value, label]) => ({ value, label })),
      },
      { name: "findings", label: "怎么说的", type: "text" as const, required: true },
    ],
    departments: () => [{ code: "fuel-office", name: "甲县柴火办" }],
    measures: {
      kinds: new Map(
        [
          { code: "blanket", label: "送被子", gives: "service" as const },
          { code: "fuel", label: "柴火补贴", gives: "money" as const },
        ].map((k) => [k.code, { ...k, stage: "during" as const, department: "fuel-office" }]),
      ),
      returnForm: [
        { name: "effect", label: "有没有用", type: "text" as const, required: true },
        {
          ...{ name: "risk", label: "风险", type: "choice" as const, required: true },
          choices: Object.entries(RISKS).map(([value, label]) => ({ value, label })),
        },
      ],
    },
    entitles: new Map([["cold", ["soup"]]]),
    benefitTitle: () => "热汤",
    entitledByRules: async () => [],
    // A case of the toy is a line in a list; the story tests open real ones.
    cases: {
      submit: async (_tx, request) => {
        submitted.push(request);
        return { id: request.id, number: `甲${submitted.length}`, trackingHint: "" };
      },
    },
    items: new Map([["soup", soup]]),
    monitoring: () => MONITORING,
    choice: () => undefined,
    divisions: () => [
      { code: COUNTY, name: "甲县", level: "county" },
      { code: TOWN, name: "东镇", level: "township" },
      { code: VILLAGE, name: "柳村", level: "village" },
      { code: OTHER_TOWN, name: "西镇", level: "township" },
    ],
    staff: access.listStaff,
    leaves: (rule) => (rule === "died" ? "died" : undefined),
    tellsDeath: (rule) => rule === "died",
    tellsDeathDay: (rule) => rule === "died",
  });
  const staff: Record<"worker" | "town" | "otherTown" | "county", Actor> = {
    worker: actor("village", VILLAGE, "柳村的周"),
    town: actor("township", TOWN, "东镇的刘"),
    otherTown: actor("township", OTHER_TOWN, "西镇的马"),
    county: actor("county", COUNTY, "县里的王"),
  };
  await data.db.transact(systemActor(COUNTY), (tx) =>
    access.install(
      tx,
      Object.entries(staff).map(([loginName, a]) => ({
        ...{
          id: a.accountId as string,
          loginName: loginName.toLowerCase(),
          name: a.name,
          role: a.role as "village",
          scope: a.scope,
        },
        password: "soup-kitchen-2026",
      })),
    ),
  );
  let serial = 0;
  const as = <T>(who: Actor, work: (tx: Tx) => Promise<T>) => data.db.transact(who, work);
  const system = systemActor(COUNTY);
  const told = () =>
    as(system, (tx) =>
      tx.query<{ kind: string; payload: Record<string, unknown> }>(
        "select kind, payload from outbox where county_code = $1 order by created_at, id",
        [COUNTY],
      ),
    );

  return {
    ...{
      data,
      clock,
      clues,
      registry,
      facts,
      entitlements,
      access,
      audit,
      staff,
      submitted,
      as,
      told,
      vault,
    },
    close: () => data.close(),
    setDay: (d: IsoDate) => {
      at = new Date(`${d}T09:00:00+08:00`);
    },
    sweep: () => as(system, (tx) => clues.sweep(tx)),
    /** A person of the village, in a household of the own. */
    async person(name: string, birth: IsoDate = "1960-01-01", divisionCode = VILLAGE) {
      serial++;
      const idNo = residentIdWithCheck(
        `430621${birth.replaceAll("-", "")}${String(900 + serial).padStart(3, "0")}`,
      );
      const id = newId();
      const householdId = newId();
      await as(system, async (tx) => {
        await registry.ensurePerson(tx, {
          ...{ id, name, idNo, divisionCode, address: "三组 5 号", phone: `154000000${10 + serial}` },
        });
        await registry.openHousehold(tx, {
          ...{ id: householdId, headPersonId: id, divisionCode, address: "三组 5 号", areaClass: "农村" },
          members: [{ personId: id, relation: "本人" }],
        });
      });
      return { id, householdId, idNo, name };
    },
    /** A signal as the data room tells it. */
    alert: (over: Partial<AlertRaised> = {}) => {
      const a: AlertRaised = {
        ...{
          alertId: newId(),
          countyCode: COUNTY,
          feed: "medical-costs",
          feedTitle: "医保",
          rule: "大额自付",
          ruleVersion: "1",
        },
        ...{
          level: "red",
          personId: null,
          householdId: null,
          divisionCode: VILLAGE,
          title: "医疗自付 6 万元",
        },
        ...{ reason: "近 12 个月自付 6 万元，超过 5 万元。", proposes: "review", occurredOn: clock.today() },
        evidence: [{ label: "自付金额", value: "60000 元" }],
        bring: ["户口簿"],
        ...over,
      };
      return as(system, (tx) => clues.onAlert(tx, a)).then(() => a);
    },
    /** Draws hot soup since a month. */
    award: (person: { id: string; householdId: string }, amountFen = 30_000, fromMonth = "2026-03") => {
      const caseId = newId();
      return as(system, (tx) =>
        entitlements.onDecision(tx, {
          ...{ caseId, decisionId: newId(), item: "soup", kind: "award", householdId: person.householdId },
          ...{ applicantId: person.id, payeeId: person.id, divisionCode: VILLAGE, amountFen, persons: 1 },
          ...{ covered: [person.id], fromMonth, decidedOn: `${fromMonth}-01`, reason: "" },
        }),
      ).then(() => caseId);
    },
  };
}
export type ToyTown = Awaited<ReturnType<typeof openToyTown>>;

function actor(role: string, scope: string, name: string): Actor {
  return { countyCode: COUNTY, scope, accountId: newId(), personId: null, name, role };
}
