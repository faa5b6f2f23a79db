import { checkTable, defineTable, type StatisticalTable } from "@wuxin/declare";
import { createIndicators } from "@wuxin/engines/indicators";
import { fixedClock, newId } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COUNTY, catalogue, EAST, indicator, WEST, writer } from "../indicators/testing.ts";
import { createStatistics, type ReturnAct, statisticsLedger } from "./index.ts";

/** A toy table: who may ride the ferry, in town and in the country, and the money. */
const inArea = (area: string) => ({ field: "areaClass", is: area });
const indicators = [
  indicator("riders", "stock", { count: "persons", ledger: "entitlements" }),
  indicator("town", "stock", { count: "persons", ledger: "entitlements", where: inArea("城市") }),
  indicator("country", "stock", { count: "persons", ledger: "entitlements", where: inArea("农村") }),
  indicator("spent", "flow", { sum: "amountYuan", ledger: "payments" }, 2),
  indicator("on_time", "flow", {
    ratio: { count: "rows", ledger: "statistics", where: { field: "onTime", is: true } },
    to: { count: "rows", ledger: "statistics" },
    times: 100,
    denominator: "到期数",
  }),
  indicator("failing", "flow", { sum: "failed", ledger: "statistics" }),
];
const row = (code: string, level: 0 | 1 = 0, decimals = 0) => ({
  ...{ code, label: code, unit: "", decimals, level },
  cells:
    code === "spent"
      ? { now: { indicator: code }, year: { indicator: code, over: "year" as const } }
      : { now: { indicator: code } },
});
const table: StatisticalTable = defineTable({
  ...{ code: "ferry", title: "渡船月报", grain: "month", dueDays: { days: 10, source: "试" } },
  editions: [
    {
      ...{ from: "2024-01-01", source: { document: "渡船统计办法" } },
      columns: [
        { code: "now", label: "本月" },
        { code: "year", label: "本年累计" },
      ],
      rows: [
        ...[row("riders"), row("town", 1), row("country", 1), row("spent", 0, 2)],
        {
          ...{ code: "spent_wan", label: "万元", unit: "万", decimals: 4, level: 1 },
          cells: {
            now: { indicator: "spent", per: 10_000 },
            year: { indicator: "spent", over: "year", per: 10_000 },
          },
        },
        {
          ...{ code: "boats", label: "渡船", unit: "只", decimals: 0 },
          cells: { now: { byHand: "没有台账" } },
        },
      ],
      checks: [
        { code: "parts", text: "人数等于城加乡", rows: { total: "riders", parts: ["town", "country"] } },
        { code: "year", text: "本月不大于累计", columnAtMost: ["now", "year"] },
      ],
    },
  ],
});

let t: TestDatabase;
let write: ReturnType<typeof writer>;
const xian: Actor = { ...systemActor(COUNTY), role: "county", name: "周科长", accountId: newId() };
const ju: Actor = { ...xian, role: "leader", name: "郑局长", accountId: newId() };
const west: Actor = { ...xian, scope: WEST, role: "township", name: "西镇甲", accountId: newId() };
const west2: Actor = { ...west, name: "西镇乙", accountId: newId() };
const divisions = () => [
  { code: COUNTY, name: "试验县", level: "county" as const },
  { code: EAST, name: "东镇", level: "township" as const },
  { code: WEST, name: "西镇", level: "township" as const },
];
const engines = (today: string) => {
  const clock = fixedClock(today);
  const shared = { clock, divisions, audit: { record: async () => {} }, jumpPercent: () => 20 };
  const counted = createIndicators({
    ...{ ...shared, catalogue: catalogue(indicators, []), parameterOn: () => undefined, payDay: () => 10 },
    ...{ keepFiguresMs: 0, ledgers: [statisticsLedger] },
  });
  const tables = new Map([[table.code, table]]);
  return { counted, statistics: createStatistics({ ...shared, catalogue: { tables }, indicators: counted }) };
};
const at = (today: string) => engines(today).statistics;
const act = (actor: Actor, id: string, what: ReturnAct, today = "2025-03-05", actId = newId()) =>
  t.db.transact(actor, (tx) => at(today).act(tx, id, { id: actId, act: what }));
const open = (actor: Actor, period: string, today = "2025-03-05") =>
  t.db.transact(actor, (tx) => at(today).open(tx, { id: newId(), table: "ferry", period }));
const cell = (page: Awaited<ReturnType<typeof open>>, key: string) => {
  const found = page.rows.flatMap((r) => r.cells).find((c) => c.key === key);
  if (!found) throw new Error(`no cell ${key}`);
  return found;
};

beforeAll(async () => {
  t = await testDatabase();
  write = writer(t);
  const rosters = { "2025-01": await write.roster("2025-01"), "2025-02": await write.roster("2025-02") };
  for (const [name, area, division, from] of [
    ["赵一", "城市", EAST, "2024-01"],
    ["钱二", "农村", EAST, "2024-01"],
    ["孙三", "农村", WEST, "2025-01"],
  ] as const) {
    const person = await write.person(name, division);
    const e = await write.entitlement({ ...{ person, area, division, from }, covers: [[person, from]] });
    for (const month of ["2025-01", "2025-02"] as const)
      await write.line({
        ...{ roster: rosters[month], entitlement: e, person, month, division, state: "paid", fen: 10_010 },
      });
  }
});
afterAll(() => t.close());

let id = "";
test("a table is counted from the indicators, by period and place; the same opened again is the same", async () => {
  const page = await open(xian, "2025-02");
  id = page.id;
  expect(cell(page, "riders/now")).toMatchObject({ value: 3, final: 3, last: 2, jump: 50, frozen: false });
  expect(cell(page, "spent/now").value).toBe(300.3);
  expect(cell(page, "spent/year").value).toBe(600.6);
  // In 万元 each figure is rounded for itself, half away from nought.
  expect([cell(page, "spent_wan/now").value, cell(page, "spent_wan/year").value]).toEqual([0.03, 0.0601]);
  expect((await open(xian, "2025-02")).id).toBe(id);
  const own = await open(west, "2025-02");
  expect([own.divisionName, cell(own, "riders/now").value]).toEqual(["西镇", 1]);
  expect(page.dueOn).toBe("2025-03-10");
});

test("a period that runs, one before the first edition, another's table and an unknown one are refused", async () => {
  await expect(open(xian, "2025-03")).rejects.toThrow("还没有过完");
  await expect(open(xian, "2023-12")).rejects.toThrow("从 2024-01-01 起才有");
  await expect(open(xian, "2025")).rejects.toThrow("不是这张表的报告期");
  await expect(open({ ...xian, role: "auditor" }, "2025-02")).rejects.toThrow("本级经办");
  await expect(act(west, id, { kind: "count" })).rejects.toThrow("没有这张统计报表");
});

/** What the indicator says of the tables due in March. */
const failing = async () => {
  const { rows } = await t.db.read(xian, (tx) =>
    engines("2025-03-20").counted.list(tx, { month: "2025-03", code: "failing" }),
  );
  return rows[0]?.value;
};

test("a cell is traced to its months: a stock to the last, a flow of the year to each since January; by hand to none", async () => {
  const trace = (key: string) => t.db.read(xian, (tx) => at("2025-03-05").trace(tx, id, key));
  expect(await trace("spent/year")).toMatchObject({
    ...{ indicator: "spent", kind: "flow", now: 600.6 },
    months: [
      { month: "2025-01", value: 300.3, version: null },
      { month: "2025-02", value: 300.3, version: null },
    ],
  });
  expect((await trace("spent/now")).months.map((m) => m.month)).toEqual(["2025-02"]);
  expect((await trace("riders/now")).months).toEqual([{ month: "2025-02", value: 3, version: null }]);
  await expect(trace("boats/now")).rejects.toThrow("手填的");
  await expect(trace("无/now")).rejects.toThrow("表里没有这一格");
});

test("what waits stands on the desk: a draft for the office, a filled table for the leader, nobody else's", async () => {
  const waits = async (actor: Actor) =>
    (await t.db.read(actor, (tx) => at("2025-03-12").waiting(tx))).map((r) => [r.id, r.state, r.late]);
  expect(await waits(xian)).toEqual([[id, "draft", true]]);
  expect(await waits(ju)).toEqual([]);
  expect((await waits(west)).length).toBe(1);
});

test("the first signature waits for the checks and for the words on what jumped; a correction has its reason", async () => {
  const changed = newId();
  await expect(act(xian, id, { kind: "correct", cell: "riders/now", value: 5, text: "" })).rejects.toThrow(
    "请写明为什么不用取数的结果",
  );
  const wrong = { kind: "correct", cell: "riders/now", value: 5, text: "按纸质台账" } as const;
  const page = await act(xian, id, wrong, "2025-03-05", changed);
  expect(cell(page, "riders/now")).toMatchObject({
    ...{ value: 3, final: 5, jump: 150 },
    correction: { reason: "按纸质台账", byName: "周科长" },
  });
  await act(xian, id, wrong, "2025-03-05", changed); // the same request again
  expect(page.checks.map((c) => c.ok)).toEqual([false, true]);
  expect([await failing(), page.open.blank]).toEqual([1, 1]);
  await expect(act(xian, id, { kind: "fill" })).rejects.toThrow(
    "校验没有通过：人数等于城加乡。本月栏「riders」是 5，各行相加是 3",
  );
  const back = await act(xian, id, {
    kind: "correct",
    cell: "riders/now",
    value: null,
    text: "纸质台账有误",
  });
  expect(cell(back, "riders/now")).toMatchObject({ final: 3, correction: null });
  expect(await failing()).toBe(0);
  await expect(act(xian, id, { kind: "fill" })).rejects.toThrow("还有 1 格是空的：「渡船」");
  await act(xian, id, { kind: "correct", cell: "boats/now", value: 4, text: "渡口报来的月报" });
  await expect(act(xian, id, { kind: "fill" })).rejects.toThrow("还有 2 个数比上年同期变动较大");
  for (const key of ["riders/now", "country/now"])
    await act(xian, id, { kind: "explain", cell: key, text: "1 月新开渡口" });
  const filled = await act(xian, id, { kind: "fill" });
  expect([filled.state, filled.filledByName, filled.open.blank]).toEqual(["filled", "周科长", 0]);
  const waits = (actor: Actor) => t.db.read(actor, (tx) => at("2025-03-05").waiting(tx));
  expect([(await waits(xian)).length, (await waits(ju)).map((r) => r.id)]).toEqual([0, [id]]);
});

test("signed, it is neither counted again nor corrected; it is given back with a reason, and sealed by another person", async () => {
  await expect(act(xian, id, { kind: "count" })).rejects.toThrow("填报人已签字");
  await expect(act(xian, id, { kind: "seal" })).rejects.toThrow("不能是同一个人");
  await expect(act({ ...west, scope: COUNTY }, id, { kind: "seal" })).rejects.toThrow("局领导");
  const given = await act(ju, id, { kind: "giveBack", text: "请核对渡船数" });
  expect(given.state).toBe("draft");
  await act(xian, id, { kind: "fill" });
  const sealed = await act(ju, id, { kind: "seal" });
  expect([sealed.state, sealed.sealedByName, sealed.digest?.length]).toEqual(["sealed", "郑局长", 64]);
  await expect(act(xian, id, { kind: "count" })).rejects.toThrow("已经封存");
  await expect(
    t.db.transact(xian, (tx) => tx.exec("update statistic_return set content = '{}' where id = $1", [id])),
  ).rejects.toThrow("is sealed");
});

test("the file is the same bytes whenever it is taken out, after the ledgers moved too; a changed line is refused", async () => {
  const take = (today: string, format: "csv" | "xlsx") =>
    t.db.transact(ju, (tx) => at(today).exportFile(tx, id, format));
  const [csv, xlsx] = [await take("2025-03-06", "csv"), await take("2025-03-06", "xlsx")];
  const person = await write.person("李四");
  await write.entitlement({ person, from: "2025-01", covers: [[person, "2025-01"]] });
  expect((await take("2025-09-01", "csv")).bytes.equals(csv.bytes)).toBe(true);
  expect((await take("2025-09-01", "xlsx")).bytes.equals(xlsx.bytes)).toBe(true);
  const text = csv.bytes.toString("utf8");
  for (const part of [
    "渡船月报",
    "2025年2月",
    "riders,,3",
    "渡口报来的月报",
    "表号：待核实",
    "填报人：周科长",
    "负责人：郑局长",
  ])
    expect(text).toContain(part);
  const book = await readXlsx(xlsx.bytes);
  expect(book.sheets[0]?.rows[3]?.slice(1, 4)).toEqual(["riders", "", 3]);
  await t.owner("alter table statistic_return disable trigger statistic_return_guard");
  await t.owner(
    "update statistic_return set sealed = jsonb_set(sealed, '{cells,0,final}', '9') where id = $1",
    [id],
  );
  await expect(take("2025-03-07", "csv")).rejects.toThrow("摘要不一致");
  await t.owner(
    "update statistic_return set sealed = jsonb_set(sealed, '{cells,0,final}', '3') where id = $1",
    [id],
  );
  await t.owner("alter table statistic_return enable trigger statistic_return_guard");
});

test("what is sealed is opened again only as a next version with a reason, counted anew; the old one stays", async () => {
  const next = newId();
  const again = (reason: string, from = id) =>
    t.db.transact(xian, (tx) => at("2025-04-01").reopen(tx, from, { id: next, reason }));
  await expect(again("")).rejects.toThrow("请写明为什么要重新填报");
  const page = await again("补录李四");
  expect([page.version, page.reason, cell(page, "riders/now").value]).toEqual([2, "补录李四", 4]);
  // Both figures stand in the cell; what no ledger yields is not typed twice, and whose it was is said.
  expect(cell(page, "riders/now")).toMatchObject({ final: 4, earlier: { version: 1, value: 3 } });
  expect(cell(page, "boats/now")).toMatchObject({
    ...{ final: 4, earlier: { version: 1, value: 4 } },
    correction: { reason: "沿用第 1 版：渡口报来的月报（周科长）", byName: "周科长" },
  });
  expect(cell(page, "riders/now").explanation).toBeNull();
  expect((await again("补录李四")).id).toBe(next);
  await expect(
    t.db.transact(xian, (tx) => at("2025-04-01").reopen(tx, id, { id: newId(), reason: "又" + "来" })),
  ).rejects.toThrow("最新一版封存以后");
  const old = await t.db.read(ju, (tx) => at("2025-04-01").page(tx, id));
  expect([cell(old, "riders/now").final, old.versions.length, old.can.reopen]).toEqual([3, 2, false]);
  const now = await t.db.transact(xian, (tx) =>
    at("2025-04-01").act(tx, next, { id: newId(), act: { kind: "count" } }),
  );
  expect(cell(now, "riders/now").earlier).toEqual({ version: 1, value: 3 });
  for (const c of now.rows.flatMap((r) => r.cells).filter((c) => c.jump !== null && !c.explanation))
    await act(xian, next, { kind: "explain", cell: c.key, text: "补录" }, "2025-04-01");
  await act(xian, next, { kind: "fill" }, "2025-04-01");
  await act(ju, next, { kind: "seal" }, "2025-04-01");
  const file = await t.db.transact(ju, (tx) => at("2025-04-02").exportFile(tx, next, "csv"));
  expect(file.bytes.toString("utf8")).toContain("更正,riders·本月,第 1 版 3，本版 4,补录李四");
});

test("a township fills its own, two of its people sign; a year later the sealed figure is what is compared with", async () => {
  const own = await open(west, "2025-02");
  // No boats there: said with its reason, and taken back by a figure.
  const none = { kind: "correct", cell: "boats/now", value: null } as const;
  await expect(act(west, own.id, { ...none, text: "没" })).rejects.toThrow("请写明为什么没有此项");
  await act(west, own.id, { ...none, value: 3, text: "西渡口二月份渡船登记表" });
  const said = await act(west, own.id, { ...none, text: "西镇没有渡口" });
  expect(cell(said, "boats/now")).toMatchObject({
    ...{ final: null, correction: { reason: "西镇没有渡口", byName: "西镇甲" } },
  });
  expect(said.open.blank).toBe(0);
  await act(west, own.id, { kind: "fill" });
  await expect(act(west, own.id, { kind: "seal" })).rejects.toThrow("不能是同一个人");
  expect((await act(west2, own.id, { kind: "seal" }, "2025-03-12")).state).toBe("sealed");
  const file = await t.db.transact(west, (tx) => at("2025-03-12").exportFile(tx, own.id, "csv"));
  expect(file.bytes.toString("utf8")).toContain("无此项,渡船·本月,无,西镇没有渡口");
  const next = await open(xian, "2026-02", "2026-03-01");
  expect(cell(next, "boats/now").last).toBe(4);
});

test("a figure without a ledger names its document, and whoever typed one is not the second person of it", async () => {
  const { id: own } = await open(west, "2025-01");
  const boats = { kind: "correct", cell: "boats/now", value: 2 } as const;
  await expect(act(west, own, { ...boats, text: "口头说的" })).rejects.toThrow("出自哪份文件");
  await act(west2, own, { ...boats, text: "东渡口一月份渡船登记表" });
  await act(west, own, { kind: "fill" });
  await expect(act(west2, own, { kind: "seal" })).rejects.toThrow("没有填过数的负责人");
  await expect(
    t.owner(
      `update statistic_return set state = 'sealed', sealed = '{}', digest = repeat('0', 64), sealed_at = now(),
         sealed_by = $2, sealed_by_name = 'x' where id = $1`,
      [own, west2.accountId],
    ),
  ).rejects.toThrow("its second signer typed");
  const third: Actor = { ...west, name: "西镇丙", accountId: newId() };
  expect((await act(third, own, { kind: "seal" })).state).toBe("sealed");
});

test("codes that nobody had seen are entered from the original, each from a day on; what was sealed keeps its own", async () => {
  const { id: own } = await open(xian, "2025-01");
  const enter = (
    actor: Actor,
    row: string,
    code: string,
    from = "2025-01-01",
    source = "省厅 2025 年年报表式",
  ) =>
    t.db.transact(actor, (tx) =>
      at("2025-03-05").enterCode(tx, own, { id: newId(), row, code, from, source }),
    );
  await expect(enter(west, "boats", "DC01")).rejects.toThrow();
  await expect(enter({ ...xian, role: "auditor" }, "boats", "DC01")).rejects.toThrow("县级经办或局领导");
  await expect(enter(xian, "sails", "DC01")).rejects.toMatchObject({ field: "row" });
  await expect(enter(xian, "boats", "渡船一")).rejects.toMatchObject({ field: "code" });
  await expect(enter(xian, "boats", "DC01", "2025-01-01", "听说")).rejects.toMatchObject({ field: "source" });
  const before = await t.db.read(xian, (tx) => at("2025-03-05").page(tx, own));
  expect([before.open.uncoded, before.number, before.can.code]).toEqual([6, null, true]);
  await enter(xian, "boats", "DC02"); // typed wrongly
  await enter(ju, "boats", "dc01");
  await enter(xian, "boats", "DC09", "2025-07-01"); // not yet
  const page = await enter(xian, "", "DJ2");
  expect(page).toMatchObject({ number: "DJ2", numberEntered: { byName: "周科长" }, open: { uncoded: 5 } });
  expect(page.rows.find((r) => r.code === "boats")).toMatchObject({
    ...{ official: "DC01", entered: { byName: "郑局长", source: "省厅 2025 年年报表式" } },
  });
  await act(xian, own, { kind: "count" });
  for (const key of ["riders/now", "country/now"])
    await act(xian, own, { kind: "explain", cell: key, text: "1 月新开渡口" });
  await act(xian, own, { kind: "correct", cell: "boats/now", value: null, text: "一月渡口封航" });
  await act(xian, own, { kind: "fill" });
  await act(ju, own, { kind: "seal" });
  const file = await t.db.transact(ju, (tx) => at("2025-03-06").exportFile(tx, own, "csv"));
  for (const part of ["表号：DJ2", "DC01,渡船", "待核实,riders"])
    expect(file.bytes.toString("utf8")).toContain(part);
  await enter(xian, "boats", "DC03");
  const sealed = await t.db.read(xian, (tx) => at("2025-03-06").page(tx, own));
  expect(sealed.rows.find((r) => r.code === "boats")?.official).toBe("DC01");
  // A table of July or later has its own; a township's table has those of its county.
  const { id: july } = await open(west, "2025-07", "2025-08-02");
  const later = await t.db.read(west, (tx) => at("2025-08-02").page(tx, july));
  expect([later.rows.find((r) => r.code === "boats")?.official, later.can.code]).toEqual(["DC09", false]);
  await expect(t.db.transact(xian, (tx) => tx.exec("update statistic_code set code = 'X1'"))).rejects.toThrow(
    /permission denied/,
  );
});

describe("what was due and sealed by its day is an indicator; the sweep opens what is due", () => {
  test("openDue makes one draft a table, once", async () => {
    const due = () => t.db.transact(systemActor(COUNTY), (tx) => at("2025-05-02").openDue(tx));
    expect([await due(), await due()]).toEqual([1, 0]);
    const { rows } = await t.db.read(xian, (tx) => at("2025-05-20").list(tx));
    expect(rows.find((r) => r.period === "2025-04")).toMatchObject({ state: "draft", late: true });
    expect(rows.find((r) => r.period === "2025-02")).toMatchObject({ version: 2 });
  });
  test("the rate counts the tables due in the month, the county's and the townships'; one sealed late is late", async () => {
    const list = await t.db.read(xian, (tx) => engines("2025-05-20").counted.list(tx, { month: "2025-03" }));
    expect(list.rows.find((r) => r.code === "on_time")).toMatchObject({ numerator: 1, denominator: 2 });
  });
});

test("a table that names what is not there does not start", () => {
  const [edition] = table.editions;
  if (!edition) throw new Error("no edition");
  const bad = {
    ...table,
    editions: [{ ...edition, checks: [{ code: "x", text: "错", atMost: ["riders", "无"] as const }] }],
  };
  const known = new Map(indicators.map((i) => [i.code, i]));
  expect(checkTable(table, "here", known)).toEqual([]);
  expect(checkTable(bad, "here", new Map())).toEqual(
    expect.arrayContaining([
      "here/table.ts（渡船月报）：行「riders」用了没有的指标 riders。",
      "here/table.ts（渡船月报）：校验「错」提到没有的行或栏 无。",
    ]),
  );
});
