/**
 * From a department's list to money that came back: a death, a custody, a marriage. Each raises an alert by the next working
 * day, somebody goes and looks, a person decides, what was paid since is computed and asked back under its own cause, and the
 * rule is told that it was right.
 */
import { Readable } from "node:stream";
import { newId } from "@wuxin/kernel";
import { createWorker } from "@wuxin/platform";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import {
  alone,
  family,
  MARCH,
  type MemberOf,
  monthRoster,
  type Office,
  openOffice,
  PNG,
  paidOn,
} from "./office.ts";

let h: TestHouse;
let o: Office;
const old = alone("邹爱莲", "1948-01-01");
const held = alone("方大勇", "1975-06-06");
const married = family("白和平", 60_000);
let oldCase: string;
let heldCase: string;
let marriedCase: string;

beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  oldCase = await o.award(old, MARCH);
  heldCase = await o.award(held, MARCH);
  marriedCase = await o.award(married, MARCH);
  for (const month of ["2024-04", "2024-05"]) await pay(month);
  h.clock.set("2024-05-20");
});
afterAll(() => h.close());

async function pay(month: string) {
  h.clock.set(`${month}-08`);
  const { id } = await monthRoster(o, month);
  await o.signAll(id);
  const bytes = await o.bankAnswers(id, () => paidOn(`${month}-08`));
  await o.as("caiwu", (tx) =>
    h.house.payments.loadReturn(tx, id, { id: newId(), fileName: "回盘.csv", bytes }),
  );
  const { rows } = await o.as("xian", (tx) => h.house.payments.listLines(tx, id, { size: 200 }));
  return Object.fromEntries(rows.map((r) => [r.payee, r.amountFen]));
}
async function send(feed: string, text: string) {
  const id = newId();
  const { matching } = h.house;
  await matching.save(o.county, id, Readable.from([Buffer.from(text)]));
  await o.as("xian", (tx) =>
    matching.receive(tx, { id, feed, origin: "console", fileName: `${feed}.csv`, asOf: h.clock.today() }),
  );
  await createWorker(h.t.db, h.house.jobs).runDue();
  await h.house.dispatcher.drain(o.county);
}
const alertOf = async (rule: string) =>
  (await o.as("xian", (tx) => h.house.matching.alerts(tx, { rule }))).rows[0];
const ruleOf = async (code: string) =>
  (await o.as("xian", (tx) => h.house.matching.rules(tx))).find((r) => r.code === code);
const clueOf = async (name: string) => {
  const { rows } = await o.as("xian", (tx) => h.house.clues.list(tx, { q: name }));
  return o.as("zhen", (tx) => h.house.clues.page(tx, rows[0]?.id ?? ""));
};
async function act(who: Parameters<Office["as"]>[0], name: string, action: string, data = {}) {
  const { id, version } = await clueOf(name);
  await o.as(who, (tx) => h.house.clues.act(tx, id, { id: newId(), version, action, data }));
  return clueOf(name);
}
/** Sent there, at the door, and back with what was seen. */
async function lookedAt(name: string, findings: string) {
  await act("zhen", name, "assign", { worker: o.ref("cun").id });
  const c = await clueOf(name);
  const photo = await o.as("cun", (tx) =>
    h.house.documents.saveFile(tx, { id: newId(), name: "现场.png", bytes: PNG }),
  );
  await o.as("cun", (tx) =>
    h.house.duties.record(tx, {
      ...{
        id: newId(),
        deviceId: null,
        subjectId: c.householdId ?? c.personId ?? c.id,
        signatureId: photo.id,
      },
      ...{ at: h.clock.now().toISOString(), place: { latitude: 29.144, longitude: 113.116, accuracyM: 9 } },
      answers: { met: "neighbour", matches: "yes", proposal: "stop", findings },
      ...{ card: {}, photos: [photo.id] },
    }),
  );
}
const recoveries = async () => (await o.as("xian", (tx) => h.house.payments.recoveries.list(tx, {}))).rows;
const owedBy = async (payee: string) => (await recoveries()).find((r) => r.payee === payee);
const numberOf = (m: readonly MemberOf[]) => m[0]?.idNo ?? "";
async function review(caseId: string, name: string, facts = {}) {
  const { entitlementId } = await o.page("xian", caseId);
  await act("zhen", name, "open-review", {
    ...{ entitlement: entitlementId ?? "", result: "stop", note: "名单和上门都证实。" },
  });
  await o.act("zhen", caseId, "start_recheck", { kind: "预警" });
  const on = h.clock.today();
  await o.act("zhen", caseId, "recheck_survey", o.survey(on, facts));
  return o.act("zhen", caseId, "recheck_opinion", { suggest: "停发", reason: "按核查所见提出意见。" });
}

describe("从名单到钱", () => {
  test("火化名单没有身份证号：次日前提出停发；上门核实、登记去世，停发、多发、追缴、预警属实一起成立", async () => {
    await send("cremations", "逝者姓名,出生日期,火化日期,殡仪馆\n邹爱莲,1948-01-01,2024-04-29,县殡仪馆\n");
    const raised = await alertOf("cremation");
    expect(raised).toMatchObject({ proposes: "stop-payment", actBy: "2024-05-21", state: "pending" });
    expect(raised?.overpaidFen).toBe(84_000);
    expect(await clueOf("邹爱莲")).toMatchObject({ state: "dispatched", dueOn: "2024-05-22" });
    // The hospital's paper and the graveyard tell the same death: one clue, each list in it, the earliest day.
    const dead = numberOf(old);
    await send("medical-deaths", `死者身份证号,死亡日期,出具单位\n${dead},2024-04-28,县人民医院\n`);
    await send("burials", `逝者身份证号,安葬日期,公墓或骨灰堂\n${dead},2024-05-02,县公墓\n`);
    const told = await clueOf("邹爱莲");
    expect(told).toMatchObject({ occurredOn: "2024-04-28", state: "dispatched" });
    expect(told.signals.map((s) => [s.rule, s.occurredOn])).toEqual([
      ["medical-death", "2024-04-28"],
      ["cremation", "2024-04-29"],
      ["burial", "2024-05-02"],
    ]);
    await lookedAt("邹爱莲", "邻居说上月走了，家属出示火化证明。");
    const { entitlementId } = await o.page("xian", oldCase);
    const benefit = () => o.as("xian", (tx) => h.house.entitlements.page(tx, entitlementId ?? ""));
    expect((await benefit()).endMonth).toBeNull();
    const { actions } = await clueOf("邹爱莲");
    expect(actions.find((a) => a.action === "record-death")?.fields[0]).toMatchObject({
      initial: "2024-04-28",
      help: expect.stringMatching(
        /^死亡医学证明写明于 2024-04-28 死亡.*殡仪馆登记于 2024-04-29 火化.*2024-05-02 安葬.*取最早的一天/,
      ),
    });
    const clue = await act("zhen", "邹爱莲", "record-death", { diedOn: "2024-04-28", source: "火化证明" });
    expect(clue).toMatchObject({ state: "closed", outcomeLabel: "停发", savedFenPerMonth: 84_000 });
    // Finance reads that, why and how much; not what was seen at the door.
    const money = await o.as("caiwu", (tx) => h.house.clues.page(tx, clue.id));
    expect(money).toMatchObject({ savedFenPerMonth: 84_000, signals: [], address: "", actions: [] });
    expect(money.history.flatMap((s) => [...s.lines, ...s.photos])).toEqual([]);
    expect(await benefit()).toMatchObject({ endMonth: "2024-04" });
    expect(await alertOf("cremation")).toMatchObject({ state: "confirmed", savedFen: 84_000 });
    for (const rule of ["medical-death", "burial"])
      expect(await alertOf(rule)).toMatchObject({ state: "confirmed" });
    expect(await ruleOf("cremation")).toMatchObject({ confirmed: 1, precision: 1, savedFen: 84_000 });
    expect(await owedBy("邹爱莲")).toMatchObject({
      ...{ causeLabel: "死亡后多发", amountFen: 84_000, state: "proposed" },
    });
  });

  test("服刑名单：复核停发，写明从收监那天起；多发的按「服刑」追缴，退回现金后办结", async () => {
    await send("police-custody", `身份证号码,姓名,收监日期\n${numberOf(held)},方大勇,2024-04-10\n`);
    expect(await alertOf("custody")).toMatchObject({ actBy: "2024-05-21", overpaidFen: 70_000 });
    await lookedAt("方大勇", "家里没有人，村里说在服刑。");
    await review(heldCase, "方大勇");
    const stop = { cause: "服刑", reason: "本人已收监服刑，不再计入共同生活的家庭成员。" };
    const page = await o.act("xian", heldCase, "stop", { ...stop, since: "2024-04-10" });
    expect(page.decisions[0]).toMatchObject({ label: "停发", fromMonth: "2024-05" });
    await h.house.dispatcher.drain(o.county);
    expect(await clueOf("方大勇")).toMatchObject({ state: "closed", outcomeLabel: "停发" });
    expect(await ruleOf("custody")).toMatchObject({ confirmed: 1, precision: 1, savedFen: 70_000 });
    const owed = await owedBy("方大勇");
    expect(owed).toMatchObject({ causeLabel: "服刑后多发", amountFen: 70_000, months: 1 });
    const id = owed?.id ?? "";
    const cash = { way: "cash" as const, instalmentFen: null, deductFrom: null, note: "家属同意退回。" };
    await o.as("xian", (tx) => h.house.payments.recoveries.confirm(tx, id, cash));
    const back = { id: newId(), amountFen: 70_000, on: "2024-05-20", note: "家属退回" };
    await o.as("caiwu", (tx) => h.house.payments.recoveries.repay(tx, id, back));
    expect(await owedBy("方大勇")).toMatchObject({ stateLabel: "已办结", backFen: 70_000, leftFen: 0 });
  });

  test("结婚名单：复核后往前调整，只能减少；多发的从以后的待遇里扣，6 月名册少发这一笔", async () => {
    await send(
      "marriages",
      `身份证号码,姓名,登记类型,登记日期\n${numberOf(married)},白和平,结婚登记,2024-04-15\n`,
    );
    const raised = await alertOf("marriage");
    expect(raised).toMatchObject({ proposes: "stop-payment", state: "pending" });
    await lookedAt("白和平", "已再婚，配偶在县城打工，按月给家里钱。");
    const { members, decisions } = await o.page("xian", marriedCase);
    const before = decisions[0]?.amountFen ?? 0;
    const waiting = await review(marriedCase, "白和平", {
      [`member.${members[0]?.personId}.support`]: 40_000,
    });
    const after = waiting.assessment?.amountFen ?? 0;
    expect(before - after).toBe(40_000);
    const adjust = { cause: "结婚", reason: "再婚后收入增加，按现有收入重新计算。" };
    const page = await o.act("xian", marriedCase, "adjust", { ...adjust, since: "2024-04-15" });
    expect(page.decisions[0]).toMatchObject({ amountFen: after, fromMonth: "2024-05" });
    expect(await ruleOf("marriage")).toMatchObject({ confirmed: 1, savedFen: 40_000 });
    const owed = await owedBy("白和平");
    expect(owed).toMatchObject({ causeLabel: "结婚后多发", amountFen: 40_000, months: 1 });
    const plan = {
      ...{ way: "deduct" as const, instalmentFen: 20_000, note: "分两个月扣。" },
      deductFrom: owed?.entitlementId ?? "",
    };
    await o.as("xian", (tx) => h.house.payments.recoveries.confirm(tx, owed?.id ?? "", plan));
    expect(await pay("2024-06")).toMatchObject({ 白和平: after - 20_000 });
    expect(await owedBy("白和平")).toMatchObject({ leftFen: 20_000 });
  });

  test("三口人里一人服刑：线索给出填好的「成员减少」，县级看过结果确认，七月起另外两人照发", async () => {
    const wife = married[1];
    const list = `身份证号码,姓名,收监日期\n${wife?.idNo},${wife?.name},2024-06-03\n`;
    await send("police-custody", list);
    const [out] = (await clueOf(wife?.name ?? "")).memberOut;
    expect(out).toMatchObject({ itemTitle: "最低生活保障", event: "jailed", happenedOn: "2024-06-03" });
    const { entitlementId = "", personId = "", event = "jailed", happenedOn = "" } = out ?? {};
    const change = {
      ...{ kind: "member-out" as const, personId, event, happenedOn, reason: "公安名单，村里核实" },
    };
    const page = await o.as("xian", (tx) =>
      h.house.entitlements.change(tx, entitlementId, { ...change, id: newId() }),
    );
    // 700 × 2 − 600 − 400, and 20 % of 700 for the child.
    expect(page.amounts.at(-1)).toMatchObject({ fromMonth: "2024-07", persons: 2, amountFen: 54_000 });
    expect((await clueOf(wife?.name ?? "")).memberOut).toEqual([]);
  });
});
