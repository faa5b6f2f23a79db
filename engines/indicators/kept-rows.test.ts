import { fixedClock, newId } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createIndicators } from "./index.ts";
import { besideNow } from "./kept-rows.ts";
import type { CountedRow } from "./rows.ts";
import { COUNTY, catalogue, EAST, indicator, WEST, writer } from "./testing.ts";

let t: TestDatabase;
let write: ReturnType<typeof writer>;
const persons = indicator("persons", "stock", { count: "persons", ledger: "entitlements" });
const owed = indicator("owed", "stock", { sum: "amountYuan", ledger: "entitlements" }, 2);
const mean = indicator("mean", "stock", { mean: "amountYuan", ledger: "entitlements" }, 2);
const where = indicator("where", "stock", { count: "townships", ledger: "entitlements" });
const rate = indicator("rate", "flow", {
  ratio: { count: "rows", ledger: "payments", where: { field: "state", is: "paid" } },
  to: { count: "rows", ledger: "payments" },
  times: 100,
  denominator: "笔数",
});
const towns = indicator("towns", "stock", { count: "townships", ledger: "divisions" });
const county: Actor = { ...systemActor(COUNTY), role: "county", name: "周科长", accountId: newId() };
const leader: Actor = { ...county, role: "leader", name: "吴局长", accountId: newId() };
const west: Actor = { ...county, scope: WEST, role: "township", name: "西镇经办" };
const divisions = () => [
  { code: COUNTY, name: "试验县", level: "county" as const },
  { code: EAST, name: "东镇", level: "township" as const },
  { code: WEST, name: "西镇", level: "township" as const },
];
const engine = createIndicators({
  ...{ clock: fixedClock("2024-05-02"), divisions, parameterOn: () => undefined, payDay: () => 10 },
  ...{
    catalogue: catalogue([persons, owed, mean, where, rate, towns]),
    keepFiguresMs: 0,
    jumpPercent: () => 20,
  },
  audit: { record: async () => {} },
});
const drill = (code: string, division?: string, actor = county) =>
  t.db.read(actor, (tx) => engine.drill(tx, code, { month: "2024-03", ...(division ? { division } : {}) }));
const codes = ["persons", "owed", "mean", "where", "rate", "towns"];
let first = "";

beforeAll(async () => {
  t = await testDatabase();
  write = writer(t);
  const [a, b] = [await write.person("赵一民"), await write.person("孙三", WEST)];
  first = await write.entitlement({
    ...{ person: a, from: "2024-01", covers: [[a, "2024-01"]], amounts: [["2024-01", 10_000]] },
  });
  const second = await write.entitlement({
    ...{
      person: b,
      from: "2024-03",
      division: WEST,
      covers: [[b, "2024-03"]],
      amounts: [["2024-03", 25_050]],
    },
  });
  const roster = await write.roster("2024-03");
  await write.line({ roster, entitlement: first, person: a, month: "2024-03", state: "paid" });
  await write.line({ roster, entitlement: second, person: b, month: "2024-03", state: "failed" });
});
afterAll(() => t.close());

test("frozen figures are the sums of the rows that are kept, in the county and in every township", async () => {
  const live: Awaited<ReturnType<typeof engine.list>>[] = [];
  for (const { code: division } of divisions())
    live.push(await t.db.read(county, (tx) => engine.list(tx, { month: "2024-03", division })));
  await t.db.transact(county, (tx) => engine.freeze(tx, "2024-03"));
  for (const [i, { code: place }] of divisions().entries())
    for (const code of codes) {
      const page = await t.db.read(county, (tx) => engine.page(tx, code, "2024-03", place));
      const row = live[i]?.rows.find((r) => r.code === code);
      expect([code, place, page.versions[0]?.value]).toEqual([code, place, row?.value]);
      expect([code, place, page.versions[0]?.value]).toEqual([code, place, page.now]);
    }
  expect(await drill("persons")).toMatchObject({
    ...{ total: 2, frozen: { version: 1, changed: 0 } },
    rows: [
      { name: "赵**", division: "东镇" },
      { name: "孙*", division: "西镇" },
    ],
  });
  expect((await drill("rate")).rows.map((r) => r.hit)).toEqual(["是", "否"]);
  expect((await drill("towns")).rows.map((r) => r.division)).toEqual(["东镇", "西镇"]);
});

test("what changes afterwards is marked beside the rows that were counted, what came later is not among them", async () => {
  const late = await write.person("李四");
  await write.entitlement({ person: late, from: "2024-02", covers: [[late, "2024-02"]] });
  await t.owner("update entitlement_amount set amount_fen = 12000 where entitlement_id = $1", [first]);
  const after = await drill("persons");
  expect(after).toMatchObject({ total: 2, frozen: { version: 1, changed: 1 } });
  expect(after.columns[0]).toEqual({ key: "since", label: "冻结以后" });
  expect(after.rows.map((r) => [r.name, r.since ?? ""])).toEqual([
    ["李*", "冻结以后才有，没有计入"],
    ["赵**", ""],
    ["孙*", ""],
  ]);
  // Of the money, the same row counts otherwise now.
  expect((await drill("owed")).rows[0]?.since).toBe("现在计入的不同；月金额（元）：100.00 → 120.00");
  // A township sees its own rows, and no word of the others; a village keeps nothing of its own.
  expect(await drill("persons", undefined, west)).toMatchObject({ total: 1, frozen: { changed: 0 } });
  const seen = await t.db.read(west, (tx) =>
    tx.query<{ d: string }>("select distinct division_code as d from indicator_rows"),
  );
  expect(seen).toEqual([{ d: WEST }]);
  await expect(t.db.transact(county, (tx) => tx.exec("update indicator_rows set count = 9"))).rejects.toThrow(
    /permission denied/,
  );
});

test("a correction keeps the rows of its own version; what it replaced keeps its own", async () => {
  const id = newId();
  await t.db.transact(county, (tx) =>
    engine.correct(tx, { id, code: "persons", month: "2024-03", division: COUNTY, reason: "补录李四" }),
  );
  await t.db.transact(leader, (tx) => engine.decide(tx, { id, accept: true }));
  expect(await drill("persons")).toMatchObject({ total: 3, frozen: { version: 2, changed: 0 } });
  expect(await drill("persons", EAST)).toMatchObject({ total: 2, frozen: { version: 2 } });
  // Another figure of the same ledger was not corrected.
  expect(await drill("mean")).toMatchObject({ frozen: { version: 1 } });
});

test("rows are paired by what they say, then by the page that they open; each once", () => {
  const row = (id: string, cell: string, value: number | null): CountedRow => ({
    ...{ id, division: EAST, cells: [cell], values: [value] },
  });
  const { kept, added } = besideNow(
    [row("a", "x", 1), row("a", "y", 1), row("b", "x", 1)],
    [row("a", "y", 1), row("a", "z", 1), row("c", "x", 1)],
  );
  expect(kept.map((k) => k.now?.cells[0] ?? null)).toEqual(["z", "y", null]);
  expect(added.map((r) => r.id)).toEqual(["c"]);
});
