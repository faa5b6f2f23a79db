import type { IndicatorDefinition, RegisterDefinition } from "@wuxin/declare";
import { createRegisters, type ParameterValue } from "@wuxin/engines/registers";
import { addMonths, type Condition, type DivisionLevel, DomainError, fixedClock, newId } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createIndicators, type IndicatorQuery } from "./index.ts";
import { COUNTY, catalogue, EAST, ITEM, indicator, WEST, writer } from "./testing.ts";

let t: TestDatabase;
let write: ReturnType<typeof writer>;
const county: Actor = { ...systemActor(COUNTY), role: "county", name: "周科长" };
const west: Actor = { ...county, scope: WEST, role: "township" };
const level = (l: DivisionLevel) => l;
const divisions = () => [
  { code: COUNTY, name: "试验县", level: level("county") },
  { code: EAST, name: "东镇", level: level("township") },
  { code: WEST, name: "西镇", level: level("township") },
  { code: `${WEST}001`, name: "柳村", level: level("village") },
];
/** 100 元 until May 2024, 80 元 from June. */
const parameterOn = (_c: string, _f: unknown, name: string, on: string): ParameterValue | undefined =>
  name === "票价上限"
    ? {
        value: on < "2024-06-01" ? 10_000 : 8_000,
        text: "票价",
        document: null,
        since: "2023-01-01",
        unverified: false,
      }
    : undefined;

const boats: RegisterDefinition = {
  ...{
    code: "boats",
    title: "游船台账",
    system: "服务",
    basis: [],
    titleField: "name",
    divisionField: "place",
  },
  ...{ columns: ["name", "place", "seats"], editBy: ["county"] },
  fields: [
    { name: "name", label: "船名", type: "text", required: true },
    { name: "place", label: "乡镇", type: "division", required: true },
    { name: "seats", label: "座位", type: "integer", required: true },
    { name: "fareFen", label: "票价", type: "money" },
  ],
  limits: [{ code: "fare", field: "fareFen", parameter: "票价上限", severity: "flag", message: "超" }],
  ledgers: [
    {
      ...{ code: "fares", title: "收费", by: ["county"] },
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        { name: "amountFen", label: "金额", type: "money", required: true },
        { name: "payer", label: "交费人", type: "text", personal: true },
      ],
      limits: [{ code: "over", field: "amountFen", parameter: "票价上限", severity: "flag", message: "超" }],
    },
  ],
};
const boatRegister = { ...boats, folder: { path: "domains/toy/registers/boats" } };

const engine = (list: readonly IndicatorDefinition[], today = "2024-12-15") =>
  createIndicators({
    clock: fixedClock(today),
    catalogue: catalogue(list, [boatRegister]),
    divisions,
    parameterOn,
    payDay: () => 10,
    audit: { record: async () => {} },
    jumpPercent: () => 20,
    keepFiguresMs: 0,
  });

/** Values by code of one month, and the months of the series that are not zero. */
async function values(list: readonly IndicatorDefinition[], query: IndicatorQuery, actor = county) {
  const { rows } = await t.db.read(actor, (tx) => engine(list).list(tx, query));
  return Object.fromEntries(rows.map((r) => [r.code, r.value]));
}
async function series(
  d: IndicatorDefinition,
  month: string,
  actor = county,
): Promise<Record<string, number | null>> {
  const { rows } = await t.db.read(actor, (tx) => engine([d]).list(tx, { month }));
  return Object.fromEntries(rows[0]?.series.map((s) => [s.month.slice(2), s.value]) ?? []);
}

beforeAll(async () => {
  t = await testDatabase();
  write = writer(t);
});
afterAll(() => t.close());

describe("who is entitled, month by month", () => {
  const here = { field: "item", is: ITEM };
  const persons = indicator("persons", "stock", { count: "persons", ledger: "entitlements", where: here });
  const rows = indicator("rows", "stock", { count: "rows", ledger: "entitlements", where: here });
  const started = indicator("started", "flow", {
    count: "rows",
    ledger: "entitlements",
    where: { field: "startedInPeriod", is: true },
  });
  const ended = indicator("ended", "flow", {
    count: "persons",
    ledger: "entitlements",
    where: { field: "endedInPeriod", is: true },
  });
  const monthly = indicator("monthly", "stock", { sum: "amountYuan", ledger: "entitlements" }, 2);
  const mean = indicator("mean", "stock", { mean: "amountYuan", ledger: "entitlements" }, 2);
  const growth = indicator("growth", "stock", {
    difference: { count: "persons", ledger: "entitlements" },
    from: "last-year-end",
  });

  beforeAll(async () => {
    const [a, b, c, d] = [
      await write.person("赵一"),
      await write.person("钱二"),
      await write.person("孙三", WEST),
      await write.person("李四"),
    ];
    // Two persons from November 2023; the second dies in March 2024; the amount falls in April.
    await write.entitlement({
      ...{
        person: a,
        from: "2023-11",
        amounts: [
          ["2023-11", 30_000],
          ["2024-04", 20_001],
        ],
      },
      covers: [
        [a, "2023-11"],
        [b, "2023-11", "2024-03"],
      ],
    });
    // One person in the west from February; stopped, last paid in May.
    await write.entitlement({ person: c, from: "2024-02", end: "2024-05", division: WEST, area: "城市" });
    // Ended before it began: never counted.
    await write.entitlement({ person: d, from: "2024-07", end: "2024-06" });
  });

  test("stock at the month's end: started and not ended; the dead of the month are gone at its end", async () => {
    const all = await series(persons, "2024-08");
    expect(all).toMatchObject({
      "23-10": 0,
      "23-11": 2,
      "24-02": 3,
      "24-03": 2,
      "24-04": 2,
      "24-05": 1,
      "24-08": 1,
    });
    expect(await series(rows, "2024-08")).toMatchObject({ "23-11": 1, "24-02": 2, "24-05": 1, "24-07": 1 });
  });

  test("last month's stock plus started minus ended is this month's stock", async () => {
    const endedRows = {
      ...ended,
      measure: { count: "rows", ledger: "entitlements", where: { field: "endedInPeriod", is: true } },
    } as const;
    const [stock, plus, minus] = [
      await series(rows, "2024-08"),
      await series(started, "2024-08"),
      await series(endedRows, "2024-08"),
    ];
    for (let m = "2023-10"; m < "2024-08"; m = addMonths(m, 1)) {
      const next = addMonths(m, 1).slice(2);
      expect(stock[next], next).toBe((stock[m.slice(2)] ?? 0) + (plus[next] ?? 0) - (minus[next] ?? 0));
    }
    expect(plus).toMatchObject({ "24-02": 1, "24-07": 0 });
    expect(minus).toMatchObject({ "24-05": 1, "24-06": 0 });
  });

  test("since January: what began is added up, not what began the year before; a stock is no sum", async () => {
    const { rows: of } = await t.db.read(county, (tx) =>
      engine([started, rows, growth]).list(tx, { month: "2024-08" }),
    );
    const months = of[0]?.series.filter((s) => s.month >= "2024-01").map((s) => s.value ?? 0) ?? [];
    expect(of[0]?.series.some((s) => s.month < "2024-01" && s.value)).toBe(true);
    expect(of.map((r) => r.sinceJanuary)).toEqual([months.reduce((a, b) => a + b, 0), null, null]);
    expect(of[0]?.sinceJanuary).toBeGreaterThan(0);
  });

  test("amounts are those in force in each month; a mean is exact and rounded once", async () => {
    expect(await series(monthly, "2024-06")).toMatchObject({
      "24-02": 400,
      "24-03": 400,
      "24-04": 300.01,
      "24-06": 200.01,
    });
    expect(await series(mean, "2024-04")).toMatchObject({ "24-02": 200, "24-04": 150.01, "23-06": null });
  });

  test("against last year's end, also when that lies outside the twelve months shown", async () => {
    expect(await values([growth], { month: "2024-12" })).toEqual({ growth: -1 });
    expect(await series(growth, "2024-04")).toMatchObject({ "23-12": 2, "24-02": 1, "24-04": 0 });
  });

  test("a township sees its own; the county may ask for a part", async () => {
    expect(await values([persons], { month: "2024-03" }, west)).toEqual({ persons: 1 });
    expect(await values([persons], { month: "2024-03", division: WEST })).toEqual({ persons: 1 });
    expect(await values([persons], { month: "2024-03", division: EAST }, west)).toEqual({ persons: 0 });
    expect(await values([persons], { month: "2024-03", division: COUNTY })).toEqual({ persons: 2 });
    expect(await values([persons], { month: "2024-03" }, systemActor("420103"))).toEqual({ persons: 0 });
  });

  test("drilling down gives the very rows, names masked", async () => {
    const drill = (d: IndicatorDefinition, month: string) =>
      t.db.read(county, (tx) => engine([d]).drill(tx, d.code, { month }));
    const march = await drill(persons, "2024-03");
    expect(march.total).toBe(2);
    expect(march.rows.map((r) => [r.name, r.division, r.item])).toEqual([
      ["赵*", "东镇", "渡船优待"],
      ["孙*", "西镇", "渡船优待"],
    ]);
    expect((await drill(rows, "2024-04")).rows.map((r) => r.amount)).toEqual(["200.01", "100.00"]);
    expect((await drill(ended, "2024-05")).rows).toMatchObject([
      { name: "孙*", end: "2024-05", opens: "entitlement" },
    ]);
  });
});

describe("money, cases, reviews, flags", () => {
  const paid = { field: "state", is: "paid" };
  const sent = { field: "sent", is: true };
  const list = [
    indicator("paid", "flow", { sum: "amountWan", ledger: "payments", where: paid }, 4),
    indicator(
      "level",
      "flow",
      {
        ratio: { sum: "amountYuan", ledger: "payments", where: paid },
        to: { sum: "persons", ledger: "payments", where: paid },
        times: 1,
        denominator: "人月",
      },
      2,
    ),
    indicator(
      "fail",
      "flow",
      {
        ratio: { count: "rows", ledger: "payments", where: { field: "everFailed", is: true } },
        to: { count: "rows", ledger: "payments", where: sent },
        times: 100,
        denominator: "笔",
      },
      2,
    ),
    indicator(
      "prompt",
      "flow",
      {
        ratio: { count: "rows", ledger: "payments", where: { field: "paidOnTime", is: true } },
        to: { count: "rows", ledger: "payments", where: sent },
        times: 100,
        denominator: "笔",
      },
      1,
    ),
    indicator("flags", "flow", { count: "rows", ledger: "flags" }),
  ];

  test("a payment that failed and was paid again is one payment, paid once, failed once, late", async () => {
    const [a, b, c] = [await write.person("周五"), await write.person("吴六"), await write.person("郑七")];
    const month = "2024-09";
    const roster = await write.roster(month);
    const lines: string[] = [];
    for (const [person, state, fen, persons, on] of [
      [a, "paid", 30_000, 2, "2024-09-10"],
      [b, "reissued", 10_000, 1, undefined],
      [c, "held", 99_900, 1, undefined],
    ] as const) {
      const entitlement = await write.entitlement({ person, from: month });
      lines.push(
        await write.line({ roster, entitlement, person, month, state, fen, persons, ...(on ? { on } : {}) }),
      );
      if (person === b) {
        const again = await write.roster("2024-10");
        await write.line({
          roster: again,
          entitlement,
          person,
          month,
          state: "paid",
          fen,
          on: "2024-09-20",
          reissueOf: lines[1] as string,
        });
      }
    }
    await write.flag(roster, lines[2] as string, "shared-account");
    expect(await values(list, { month })).toEqual({
      paid: 0.04,
      level: 133.33,
      fail: 50,
      prompt: 50,
      flags: 1,
    });
    expect(await values(list, { month: "2024-10" })).toEqual({
      paid: 0,
      level: null,
      fail: null,
      prompt: null,
      flags: 0,
    });
  });

  test("a ratio tells its two parts, and drills to all of them with those in the numerator marked", async () => {
    const query = { month: "2024-09" };
    const { rows } = await t.db.read(county, (tx) => engine(list).list(tx, query));
    expect(rows.find((r) => r.code === "level")).toMatchObject({
      numerator: 400,
      denominator: 3,
      ...{ denominatorText: "人月", owner: "渡口股" },
    });
    const prompt = await t.db.read(county, (tx) => engine(list).drill(tx, "prompt", query));
    expect(prompt.rows.map((r) => [r.amount, r.settled, r.hit])).toEqual([
      ["300.00", "2024-09-10", "是"],
      ["100.00", "2024-09-20", "否"],
    ]);
    expect(prompt.rows[1]?.state).toBe("成功（补发）");
  });

  test("cases: channel, commitments, on time, documents", async () => {
    const person = await write.person("王八");
    const month = "2024-10";
    await write.case({
      person,
      channel: "resident",
      submitted: "2024-09-20",
      commitments: 2,
      due: "2024-10-20",
      stopped: "2024-10-18",
      decided: ["2024-10-18", "2024-11-05"],
      documented: true,
    });
    await write.case({
      person,
      channel: "village",
      submitted: "2024-10-08",
      due: "2024-10-20",
      stopped: "2024-10-21",
      decided: ["2024-10-21"],
    });
    await write.case({
      person,
      channel: "resident",
      submitted: "2024-10-09",
      commitments: 1,
      due: "2025-01-20",
    });
    const decided = { field: "decidedInPeriod", is: true };
    const submitted = { field: "submittedInPeriod", is: true };
    const count = (where: Condition) => ({ count: "rows", ledger: "cases", where }) as const;
    const rate = (code: string, field: string) =>
      indicator(
        code,
        "flow",
        {
          ratio: count({ all: [decided, { field, is: true }] }),
          to: count(decided),
          times: 100,
          denominator: "件",
        },
        1,
      );
    const cases = [
      rate("prompt", "onTime"),
      rate("documented", "documentsComplete"),
      indicator("online", "flow", count({ all: [submitted, { field: "channel", is: "resident" }] })),
      indicator("promised", "flow", count({ all: [submitted, { field: "commitments", atLeast: 1 }] })),
      indicator("decided", "flow", count(decided)),
    ];
    expect(await values(cases, { month })).toEqual({
      prompt: 50,
      documented: 50,
      online: 1,
      promised: 1,
      decided: 2,
    });
    expect(await values(cases, { month: "2024-11" })).toMatchObject({ decided: 0, prompt: null });
    expect(await values(cases, { month: "2024-09" })).toMatchObject({ online: 1, promised: 1, decided: 0 });
  });

  test("reviews: due in the month, done in time, and how many hang over at its end", async () => {
    const person = await write.person("冯九");
    const entitlement = await write.entitlement({ person, from: "2023-01" });
    await write.review(entitlement, "2024-07-10", "2024-07-10");
    await write.review(entitlement, "2024-07-20", "2024-08-01");
    const due = { field: "dueInPeriod", is: true };
    const reviews = [
      indicator(
        "prompt",
        "flow",
        {
          ratio: { count: "rows", ledger: "reviews", where: { all: [due, { field: "onTime", is: true }] } },
          to: { count: "rows", ledger: "reviews", where: due },
          times: 100,
          denominator: "次",
        },
        1,
      ),
      indicator("open", "stock", { count: "rows", ledger: "reviews" }),
    ];
    expect(await values(reviews, { month: "2024-07" })).toEqual({ prompt: 50, open: 1 });
    expect(await values(reviews, { month: "2024-08" })).toEqual({ prompt: null, open: 0 });
  });
});

describe("registers and divisions", () => {
  const on = (day: string) =>
    createRegisters({
      clock: fixedClock(day),
      vault: t.vault,
      catalogue: catalogue([], [boatRegister]),
      audit: { record: async () => {} },
      divisions,
      registry: { households: async () => new Map() },
      parameterOn,
    });
  const count = (where?: object) =>
    ({
      count: "rows",
      ledger: "register:boats",
      ...(where ? { where } : {}),
    }) as IndicatorDefinition["measure"];
  const list = [
    indicator("boats", "stock", count()),
    indicator("big", "stock", count({ field: "seats", atLeast: 20 })),
    indicator("dear", "stock", count({ field: "flagged", is: true })),
    indicator("made", "flow", count()),
    indicator("seats", "stock", { sum: "seats", ledger: "register:boats" }),
    indicator(
      "reach",
      "stock",
      {
        ratio: { count: "townships", ledger: "register:boats" },
        to: { count: "townships", ledger: "divisions" },
        times: 100,
        denominator: "乡镇",
      },
      1,
    ),
    indicator("overfares", "flow", {
      count: "rows",
      ledger: "register:boats:fares",
      where: { field: "flagged", is: true },
    }),
    indicator("taken", "flow", { sum: "amountYuan", ledger: "register:boats:fares" }, 2),
    indicator("cap", "stock", { latestParameter: "票价上限", divide: 100 }, 2),
  ];

  test("old months keep the answers they had; a limit is that of its month", async () => {
    const [swan, gull] = [newId(), newId()];
    const save = (day: string, id: string, version: number, input: object) =>
      t.db.transact(county, (tx) => on(day).saveEntry(tx, "boats", id, { version, values: { ...input } }));
    await save("2024-03-05", swan, 0, { name: "天鹅", place: `${WEST}001`, seats: 10, fareFen: 9_000 });
    await save("2024-05-31", swan, 1, { seats: 30 });
    await save("2024-05-31", gull, 0, { name: "海鸥", place: WEST, seats: 5 });
    await t.db.transact(county, (tx) =>
      on("2024-07-01").setActive(tx, "boats", gull, { version: 1, active: false, reason: "沉" }),
    );
    const fare = (day: string) => ({ id: newId(), values: { on: day, amountFen: 9_000, payer: "张三" } });
    await t.db.transact(county, async (tx) => {
      await on("2024-06-02").addRow(tx, "boats", swan, "fares", fare("2024-05-30"));
      await on("2024-06-02").addRow(tx, "boats", swan, "fares", fare("2024-06-01"));
    });
    expect(await values(list, { month: "2024-02" })).toMatchObject({ boats: 0, reach: 0, cap: 100 });
    expect(await values(list, { month: "2024-03" })).toMatchObject({
      boats: 1,
      big: 0,
      made: 1,
      reach: 50,
      dear: 0,
    });
    expect(await values(list, { month: "2024-05" })).toEqual({
      ...{ boats: 2, big: 1, dear: 0, made: 1, seats: 35, reach: 50, overfares: 0, taken: 90, cap: 100 },
    });
    expect(await values(list, { month: "2024-06" })).toMatchObject({
      boats: 2,
      dear: 1,
      overfares: 1,
      taken: 90,
      cap: 80,
    });
    expect(await values(list, { month: "2024-07" })).toMatchObject({ boats: 1, seats: 30, reach: 50 });
  });

  test("the denominator is the part asked for, too", async () => {
    expect(await values(list, { month: "2024-07" }, west)).toMatchObject({ reach: 100 });
    expect(await values(list, { month: "2024-07", division: EAST })).toMatchObject({ reach: 0 });
  });

  test("by place: a county's townships, a township's villages; none where nobody counts by place", async () => {
    const places = async (code: string, query: IndicatorQuery, actor = county) => {
      const { of, places } = await t.db.read(actor, (tx) => engine(list).places(tx, code, query));
      return { of, places: places.map((p) => [p.name, p.value, p.denominator]) };
    };
    const [east, westTown] = [
      ["东镇", 0, 1],
      ["西镇", 100, 1],
    ];
    expect(await places("reach", { month: "2024-07" })).toEqual({ of: COUNTY, places: [east, westTown] });
    expect((await places("boats", { month: "2024-07", division: WEST })).places).toEqual([["柳村", 1, null]]);
    expect(await places("boats", { month: "2024-07" }, west)).toEqual({
      of: WEST,
      places: [["柳村", 1, null]],
    });
    expect((await places("boats", { month: "2024-07", division: EAST }, west)).places).toEqual([]);
    expect((await places("cap", { month: "2024-07" })).places).toEqual([]);
    expect((await places("dear", { month: "2024-01" })).places).toEqual([]);
    await expect(places("none", {})).rejects.toMatchObject({ code: "not-found" });
  });

  test("drilling: lines with their entry, people masked; the parameter with its document", async () => {
    const drill = (code: string) =>
      t.db.read(county, (tx) => engine(list).drill(tx, code, { month: "2024-06" }));
    expect((await drill("overfares")).rows).toMatchObject([
      {
        entry: "天鹅",
        division: "西镇柳村",
        on: "2024-06-01",
        amountFen: "90.00",
        payer: "张*",
        flags: "超",
      },
    ]);
    expect((await drill("dear")).rows).toMatchObject([{ name: "天鹅" }]);
    expect((await drill("reach")).total).toBe(2);
    expect((await drill("cap")).rows).toMatchObject([{ name: "票价上限", document: "未载" }]);
  });

  test("the workbench takes a few, with the month before", async () => {
    const figures = await t.db.read(county, (tx) =>
      engine(list, "2024-06-20").figures(tx, { codes: ["cap", "none", "boats"] }),
    );
    expect(figures).toMatchObject([
      { code: "cap", value: 80, previous: 100 },
      { code: "boats", value: 2, previous: 2 },
    ]);
    expect(figures[0]?.series).toHaveLength(12);
  });
});

describe("what stops the start", () => {
  const start = (d: IndicatorDefinition) => () => engine([d]);
  const count = (ledger: string, where?: object) =>
    ({ count: "rows", ledger, ...(where ? { where } : {}) }) as IndicatorDefinition["measure"];

  test.each([
    [
      "a ledger that is not",
      indicator("x", "flow", count("boats")),
      /指标 x（x）：没有账「boats」，可用的有：entitlements、/,
    ],
    [
      "a column that is not",
      indicator("x", "flow", count("payments", { field: "colour", is: 1 })),
      /没有「colour」这一列。可用的列：item、/,
    ],
    [
      "comparing a text",
      indicator("x", "flow", count("payments", { field: "item", atLeast: 1 })),
      /「item」不是数/,
    ],
    ["a stock of flows", indicator("x", "stock", count("payments")), /请把 kind 改成 flow/],
    [
      "persons where none are known",
      indicator("x", "flow", { count: "persons", ledger: "flags" }),
      /不知道人数，请改数 rows/,
    ],
    [
      "a sum of words",
      indicator("x", "flow", { sum: "item", ledger: "payments" }),
      /没有可相加的列「item」，可用的有：amountFen、/,
    ],
  ])("%s", (_, d, message) => {
    expect(start(d)).toThrow(message);
    expect(start(d)).toThrow(DomainError);
  });

  test("a month to come is refused, an unknown indicator is not found", async () => {
    const list = [indicator("x", "flow", count("flags"))];
    const ask = (query: IndicatorQuery) => t.db.read(county, (tx) => engine(list).list(tx, query));
    await expect(ask({ division: "420103001" })).rejects.toMatchObject({
      code: "invalid-input",
      field: "division",
    });
    await expect(ask({ month: "2025-01" })).rejects.toMatchObject({ code: "invalid-input", field: "month" });
    await expect(t.db.read(county, (tx) => engine(list).drill(tx, "y", {}))).rejects.toMatchObject({
      code: "not-found",
    });
  });
});
