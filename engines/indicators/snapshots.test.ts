import { fixedClock, newId } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createIndicators } from "./index.ts";
import { COUNTY, catalogue, EAST, ITEM, indicator, WEST, writer } from "./testing.ts";

let t: TestDatabase;
let write: ReturnType<typeof writer>;
const persons = {
  ...indicator("persons", "stock", {
    count: "persons",
    ledger: "entitlements",
    where: { field: "item", is: ITEM },
  }),
  headline: 1,
};
const paid = indicator("paid", "flow", { sum: "amountYuan", ledger: "payments" }, 2);
const rate = indicator("rate", "flow", {
  ratio: { count: "rows", ledger: "payments", where: { field: "state", is: "paid" } },
  to: { count: "rows", ledger: "payments" },
  times: 100,
  denominator: "笔数",
});
const county: Actor = { ...systemActor(COUNTY), role: "county", name: "周科长", accountId: newId() };
const leader: Actor = { ...county, role: "leader", name: "吴局长", accountId: newId() };
const west: Actor = { ...county, scope: WEST, role: "township", name: "西镇经办" };
const auditor: Actor = { ...county, role: "auditor" };
const divisions = () => [
  { code: COUNTY, name: "试验县", level: "county" as const },
  { code: EAST, name: "东镇", level: "township" as const },
  { code: WEST, name: "西镇", level: "township" as const },
];
const depsOf = (today: string) => ({
  ...{ clock: fixedClock(today), catalogue: catalogue([persons, paid, rate], []), divisions },
  ...{ parameterOn: () => undefined, payDay: () => 10, keepFiguresMs: 0, jumpPercent: () => 20 },
  audit: { record: async () => {} },
});
const engine = (today: string) => createIndicators(depsOf(today));
const frozen = async (code: string, month: string, division = COUNTY) =>
  (await t.db.read(county, (tx) => engine("2024-05-02").page(tx, code, month, division))).versions;

beforeAll(async () => {
  t = await testDatabase();
  write = writer(t);
  const [a, b, c] = [
    await write.person("赵一"),
    await write.person("钱二"),
    await write.person("孙三", WEST),
  ];
  const first = await write.entitlement({
    person: a,
    from: "2024-01",
    covers: [[a, "2024-01"]],
    amounts: [["2024-01", 10_000]],
  });
  const e = await write.entitlement({ person: c, from: "2024-03", division: WEST, covers: [[c, "2024-03"]] });
  for (const [month, states] of [
    ["2024-01", ["paid"]],
    ["2024-02", ["failed", "paid"]],
  ] as const) {
    const roster = await write.roster(month);
    for (const [i, state] of states.entries())
      await write.line({ roster, entitlement: i === 0 ? first : e, person: b, month, state });
  }
});
afterAll(() => t.close());

test("a month that is over is frozen once for the county and every township; the month that runs is refused", async () => {
  const jan = await t.db.transact(county, (tx) => engine("2024-05-02").freeze(tx, "2024-01"));
  expect(jan).toBe(9); // three figures, three places
  for (const m of ["2024-02", "2024-03"])
    await t.db.transact(county, (tx) => engine("2024-05-02").freeze(tx, m));
  expect(await t.db.transact(county, (tx) => engine("2024-05-02").freeze(tx, "2024-01"))).toBe(0);
  await expect(t.db.transact(county, (tx) => engine("2024-05-02").freeze(tx, "2024-05"))).rejects.toThrow(
    "还没有过完",
  );
  await expect(t.db.transact(auditor, (tx) => engine("2024-05-02").freeze(tx, "2024-04"))).rejects.toThrow(
    "县级科室",
  );
  expect((await frozen("persons", "2024-03")).map((v) => v.value)).toEqual([2]);
  expect((await frozen("persons", "2024-03", WEST)).map((v) => v.value)).toEqual([1]);
});

test("counted in one pass, every township has the figure that it has when it is counted alone", async () => {
  for (const code of ["persons", "paid", "rate"])
    for (const month of ["2024-01", "2024-02", "2024-03"])
      for (const { code: place } of divisions()) {
        const page = await t.db.read(county, (tx) => engine("2024-05-02").page(tx, code, month, place));
        expect([code, month, place, page.versions[0]?.value]).toEqual([code, month, place, page.now]);
      }
});

test("the sweep freezes the month that ended last", async () => {
  const sweep = () => t.db.transact(systemActor(COUNTY), (tx) => engine("2024-05-02").freezeDue(tx));
  expect(await sweep()).toBe(9);
  expect(await sweep()).toBe(0);
  expect((await frozen("persons", "2024-04"))[0]?.takenByName).toBe(systemActor(COUNTY).name);
});

test("how old the newest snapshot is: from now, in a month that is over from its end; none is no figure", async () => {
  const fresh = indicator("fresh", "stock", { mean: "hours", ledger: "snapshots" });
  const asked = async (today: string, actor = county) => {
    const { rows } = await t.db.read(actor, (tx) =>
      createIndicators({ ...depsOf(today), catalogue: catalogue([fresh], []) }).list(tx, {}),
    );
    return rows[0]?.series.slice(-2).map((s) => s.value);
  };
  // Frozen on 2 May at nine; April had none when it ended.
  expect(await asked("2024-05-03")).toEqual([null, 24]);
  expect(await asked("2024-06-02", west)).toEqual([711, 744]);
  await expect(asked("2024-05-02")).resolves.toEqual([null, 0]);
});

test("what is recorded later does not move a frozen month; a correction is a next version with its reason", async () => {
  const late = await write.person("李四");
  await write.entitlement({
    person: late,
    from: "2024-03",
    covers: [[late, "2024-03"]],
    amounts: [["2024-03", 10_000]],
  });
  expect((await frozen("persons", "2024-03")).map((v) => v.value)).toEqual([2]);
  const [id, other] = [newId(), newId()];
  const correct = (actor: Actor, reason: string, by = id) =>
    t.db.transact(actor, (tx) =>
      engine("2024-05-02").correct(tx, {
        ...{ id: by, code: "persons", month: "2024-03", division: COUNTY, reason },
      }),
    );
  const decide = (actor: Actor, accept: boolean, note?: string, of = id) =>
    t.db.transact(actor, (tx) => engine("2024-05-02").decide(tx, { id: of, accept, note }));
  await expect(correct(auditor, "补录")).rejects.toThrow("不能办理");
  await expect(correct(county, " ")).rejects.toThrow("请写明");
  for (const _ of [1, 2]) await correct(county, "补录李四");
  await expect(correct(leader, "补录", other)).rejects.toThrow("已经有人提出");
  // Who asked does not confirm; sent back, the frozen figure stands and it may be asked again.
  await expect(decide(county, true)).rejects.toThrow("您自己提出");
  await expect(decide(leader, false)).rejects.toThrow("为什么退回");
  await decide(leader, false, "请附名单");
  expect(await frozen("persons", "2024-03")).toHaveLength(1);
  await expect(decide(leader, true)).rejects.toThrow("已经有人办过");
  await correct(county, "补录李四", other);
  const asked = await t.db.read(leader, (tx) => engine("2024-05-02").waiting(tx));
  expect(asked.map((c) => [c.name, c.before, c.value, c.mine])).toEqual([["persons", 2, 3, false]]);
  // The ledgers move again before anybody looked: what was asked for is no longer what they say.
  const later = await write.person("周五");
  await write.entitlement({ person: later, from: "2024-03", covers: [[later, "2024-03"]] });
  await expect(decide(leader, true, undefined, other)).rejects.toThrow("台账又变了");
  await decide(county, false, "重新计数", other);
  const last = newId();
  await correct(county, "补录李四、周五", last);
  for (const _ of [1, 2]) await decide(leader, true, undefined, last);
  await expect(correct(county, "再来", newId())).rejects.toThrow("不用更正");
  expect((await frozen("persons", "2024-03")).map((v) => [v.version, v.value, v.reason])).toEqual([
    [1, 2, ""],
    [2, 4, "补录李四、周五"],
  ]);
  const [, second] = await frozen("persons", "2024-03");
  expect([second?.takenByName, second?.confirmedByName]).toEqual(["周科长", "吴局长"]);
  // The township whose figure is the same mistake moved along; the other stays.
  const inPlace = async (place: string) =>
    (await frozen("persons", "2024-03", place)).map((v) => [v.value, v.reason]);
  expect(await inPlace(EAST)).toEqual([
    [1, ""],
    [3, "补录李四、周五（随试验县一并更正）"],
  ]);
  expect(await inPlace(WEST)).toEqual([[1, ""]]);
});

test("a jump over the county's threshold asks for a sentence; the sentence stays with its version", async () => {
  const row = async () =>
    (await t.db.read(county, (tx) => engine("2024-05-02").list(tx, { month: "2024-03" }))).rows.find(
      (r) => r.code === "persons",
    );
  expect((await row())?.jump).toMatchObject({ percent: 300, explanation: null });
  const input = { id: newId(), code: "persons", month: "2024-03", division: COUNTY, text: "三月集中办理" };
  await expect(t.db.transact(west, (tx) => engine("2024-05-02").explain(tx, input))).rejects.toThrow(
    "不能填写",
  );
  for (const _ of [1, 2]) await t.db.transact(county, (tx) => engine("2024-05-02").explain(tx, input));
  expect((await row())?.jump).toMatchObject({ explanation: "三月集中办理", explainedBy: "周科长" });
});

test("a leader sees headlines beside last month's frozen figure, what jumped, and how old the newest snapshot is", async () => {
  const board = await t.db.read(county, (tx) => engine("2024-04-03").board(tx));
  expect(board).toMatchObject({ month: "2024-04", lastMonth: "2024-03", frozen: { month: "2024-04" } });
  expect(board.figures.map((f) => [f.code, f.value, f.frozen])).toEqual([["persons", 4, 4]]);
  expect(board.jumps.map((j) => [j.code, j.percent, j.explanation])).toContainEqual([
    ...["persons", 300, "三月集中办理"],
  ]);
  expect(board.jumps.at(-1)?.code).toBe("persons");
  const later = await t.db.read(county, (tx) => engine("2024-05-02").board(tx));
  expect(later.frozen).toMatchObject({ month: "2024-04", hours: 0 });
});

test("over a span a flow is added up, a rate comes from the sums of its parts, a stock is the last", async () => {
  const figures = await t.db.read(county, (tx) =>
    engine("2024-05-02").span(tx, ["persons", "paid", "rate"], "2024-01", "2024-05"),
  );
  expect(figures.map((f) => [f.code, f.value])).toEqual([
    ["persons", 4],
    ["paid", 300],
    ["rate", 67],
  ]);
  // May is not over: counted from the ledgers, and said so.
  expect(figures[0]?.months.map((m) => m.version)).toEqual([1, 1, 2, 1, null]);
});

test("the database keeps snapshots: nobody changes one, nothing follows a version that is not there, a township sees its own", async () => {
  const run = (sql: string) => t.db.transact(county, (tx) => tx.exec(sql));
  await expect(run("update indicator_snapshot set value = 1")).rejects.toThrow(/permission denied/);
  await expect(run("delete from indicator_snapshot")).rejects.toThrow(/permission denied/);
  await expect(
    run(`insert into indicator_snapshot select county_code, division_code, indicator, month, 9, name, unit, definition, value,
           numerator, denominator, 'x', taken_at, gen_random_uuid(), 'x' from indicator_snapshot limit 1`),
  ).rejects.toThrow(/follows nothing/);
  const seen = await t.db.read(west, (tx) =>
    tx.query<{ d: string }>("select distinct division_code as d from indicator_snapshot"),
  );
  expect(seen.map((r) => r.d)).toEqual([WEST]);
});

test("who confirms one place alone says why: the county is then told not to be the sum of its townships", async () => {
  const today = "2024-05-02";
  const page = () => t.db.read(leader, (tx) => engine(today).page(tx, "persons", "2024-03", COUNTY));
  expect(await page()).toMatchObject({ townSum: null, moved: [] });
  const late = await write.person("郑六", WEST);
  await write.entitlement({ person: late, from: "2024-03", division: WEST, covers: [[late, "2024-03"]] });
  const [id, own] = [newId(), newId()];
  const ask = (by: string, division: string) =>
    t.db.transact(county, (tx) =>
      engine(today).correct(tx, { id: by, code: "persons", month: "2024-03", division, reason: "补录郑六" }),
    );
  await ask(id, COUNTY);
  expect((await page()).moved).toEqual([{ division: WEST, name: "西镇", before: 1, value: 2 }]);
  const decide = (of: string, note?: string, along?: boolean) =>
    t.db.transact(leader, (tx) => engine(today).decide(tx, { id: of, accept: true, note, along }));
  await expect(decide(id, undefined, false)).rejects.toThrow("另有 1 个地方的这个数也变了");
  await decide(id, "西镇自己的报表已经上报，下月更正", false);
  const after = await page();
  expect([after.townSum, after.versions.at(-1)?.value]).toEqual([4, 5]);
  expect(after.versions.at(-1)?.apart).toBe("西镇自己的报表已经上报，下月更正");
  // Corrected later by itself, the two are equal again.
  await ask(own, WEST);
  await decide(own);
  expect((await page()).townSum).toBeNull();
});
