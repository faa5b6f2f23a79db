import { DomainError, newId } from "@wuxin/kernel";
import type { Actor } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { decide, loadRuleSet, parameterAt, runExamples } from "@wuxin/policy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Holder, Refused, StandardInput } from "./index.ts";
import { overlay } from "./overlay.ts";
import {
  COUNTY,
  engine,
  examples,
  file,
  holder,
  holders,
  household,
  leader,
  li,
  national,
  refused,
  soup,
  staff,
  TOWN,
  wang,
} from "./testing/toy.ts";

let data: TestDatabase;
beforeAll(async () => {
  data = await testDatabase();
});
afterAll(() => data.close());

type Engine = ReturnType<typeof engine>;
const input = (since: string, town: string, more: Partial<StandardInput> = {}): StandardInput => ({
  since,
  form: "amount",
  values: [
    { key: ["城里"], text: town, unit: null },
    { key: ["乡下"], text: "5760", unit: "元/年" },
  ],
  multiple: null,
  document: "岳政〔2024〕15号",
  note: null,
  corrects: false,
  ...more,
});
const propose = (e: Engine, actor: Actor, given: StandardInput, name = "热汤标准", id = newId()) =>
  data.db.transact(actor, (tx) => e.propose(tx, name, { id, ...given })).then((page) => ({ id, page }));
async function approved(e: Engine, given: StandardInput, name = "热汤标准"): Promise<string> {
  const { id } = await propose(e, wang, given, name);
  await data.db.transact(wang, (tx) => e.submit(tx, id));
  await data.db.transact(leader, (tx) => e.approve(tx, id, null));
  await data.db.read(wang, (tx) => e.sources.refresh(tx));
  return id;
}
const drawn = (e: Engine, month: string) =>
  decide(soup.ruleSet({ code: COUNTY, standards: e.sources.of(COUNTY), month }), {
    month,
    wanted: ["汤钱", "浓汤钱"],
    household: { 地方: { value: "城里" }, 存款: { value: 0 } },
    members: [{ 月收入: { value: 10_000 } }],
  }).results;
const valueIn = (e: Engine, name: string, month: string, dims: Record<string, string> = {}) =>
  parameterAt(soup.ruleSet({ code: COUNTY, standards: e.sources.of(COUNTY), month }), name, month, dims);

describe("一项标准从录入到生效", () => {
  const e = engine();
  let first: string;

  test("没有批准的时候，就是县里的文件，一个字不差", async () => {
    await data.db.read(wang, (tx) => e.sources.refresh(tx));
    expect(e.sources.of(COUNTY)).toBe(file);
    const list = await data.db.read(wang, (tx) => e.list(tx));
    expect(list.map((s) => s.name).slice(0, 3)).toEqual(["热汤标准", "浓汤标准", "存款上限"]);
    expect(list[0]?.readers).toEqual([{ kind: "item", code: "soup", title: "热汤补助" }]);
    expect(list.find((s) => s.name === "存款上限")?.readers.map((r) => r.code)).toEqual(["soup", "jars"]);
    expect(list.find((s) => s.name === "浓汤标准")).toMatchObject({
      derived: "热汤标准 × 1.3，不足一元的进到元",
    });
    expect(list.find((s) => s.name === "加料比例")?.current).toMatchObject({
      unverified: true,
      origin: "national",
      values: [{ text: "20%" }, { text: "12.5%" }],
    });
  });

  test.each([
    ["少了一档", { values: [{ key: ["城里"], text: "730", unit: null }] }, "还缺「乡下」的值"],
    [
      "不是数",
      {
        values: [
          { key: ["城里"], text: "七百", unit: null },
          { key: ["乡下"], text: "450", unit: null },
        ],
      },
      "应是数字",
    ],
    [
      "分到每月不是整分",
      {
        values: [
          { key: ["城里"], text: "730", unit: null },
          { key: ["乡下"], text: "5761", unit: "元/年" },
        ],
      },
      "不是整分",
    ],
    [
      "单位不对",
      {
        values: [
          { key: ["城里"], text: "73", unit: "万元" },
          { key: ["乡下"], text: "450", unit: null },
        ],
      },
      "单位应是",
    ],
    ["没有文号", { document: " " }, "文号"],
    ["日期不对", { since: "2024-02-30" }, "不是有效日期"],
    [
      "不是推算的",
      { form: "multiple", values: [], multiple: { times: "2", round: "up_yuan" } },
      "不是按别的标准推算",
    ],
    ["同一天已有", { since: "2024-01-01" }, "不会悄悄覆盖"],
    ["没有可更正的", { corrects: true }, "没有可以更正的"],
  ] as const)("%s的录不进去", async (_name, more, sentence) => {
    await expect(
      propose(e, wang, input("2024-07-01", "730", more as Partial<StandardInput>)),
    ).rejects.toThrow(sentence);
  });

  test("只有县级经办录入；重复提交是同一次；同一天不能录两版", async () => {
    await expect(propose(e, leader, input("2024-07-01", "730"))).rejects.toThrow("由县级股室经办录入");
    const { id, page } = await propose(e, wang, input("2024-07-01", "730"));
    first = id;
    expect(page.history).toHaveLength(1);
    expect(page).toMatchObject({
      pending: 1,
      history: [{ state: "draft", firstMonth: "2024-07", enteredBy: "王科员" }],
    });
    const again = await propose(e, wang, input("2024-07-01", "730"), "热汤标准", id);
    expect(again.page.history).toHaveLength(1);
    await expect(propose(e, li, input("2024-07-01", "740"))).rejects.toThrow("王科员已录入 2024-07-01");
  });

  test("谁录入谁送审，别人批准", async () => {
    await expect(data.db.transact(li, (tx) => e.submit(tx, first))).rejects.toThrow("由录入的人送审");
    await expect(data.db.transact(li, (tx) => e.approve(tx, first, null))).rejects.toThrow("还没有送审");
    await data.db.transact(wang, (tx) => e.submit(tx, first));
    await expect(data.db.transact(wang, (tx) => e.approve(tx, first, null))).rejects.toMatchObject({
      code: "same-signer",
    });
    const township = { ...staff(newId(), "孙经办"), scope: TOWN };
    await expect(data.db.transact(township, (tx) => e.approve(tx, first, null))).rejects.toThrow();
    expect(e.sources.of(COUNTY)).toBe(file);
    await data.db.transact(li, (tx) => e.approve(tx, first, "核对一致"));
    const page = await data.db.read(wang, (tx) => e.page(tx, "热汤标准"));
    expect(page.history[0]?.steps.map((s) => [s.label, s.by])).toEqual([
      ["录入", "王科员"],
      ["送审", "王科员"],
      ["批准", "李科员"],
    ]);
    const events = await data.owner<{ payload: object }>(
      "select payload from outbox where kind = 'standard.approved'",
    );
    expect(events.map((x) => x.payload)).toMatchObject([{ parameter: "热汤标准", firstMonth: "2024-07" }]);
  });

  test("从它的月份起，不在那以前；推算的标准跟着变；版本号变", async () => {
    const before = soup.ruleSet({ code: COUNTY, standards: file, month: "2024-05" }).version;
    expect(await data.db.read(wang, (tx) => e.sources.refresh(tx))).toBe(true);
    expect(await data.db.read(wang, (tx) => e.sources.refresh(tx))).toBe(false);
    expect(drawn(e, "2024-06").汤钱).toMatchObject({ value: 74_000 });
    expect(drawn(e, "2024-07").汤钱).toMatchObject({ value: 77_600 });
    expect(drawn(e, "2024-06").浓汤钱).toMatchObject({ value: 91_000 });
    expect(drawn(e, "2024-07").浓汤钱).toMatchObject({ value: 94_900 });
    expect(valueIn(e, "热汤标准", "2024-07", { 地方: "乡下" })).toMatchObject({
      value: 48_000,
      document: "岳政〔2024〕15号",
      since: "2024-07-01",
    });
    expect(
      soup.ruleSet({ code: COUNTY, standards: e.sources.of(COUNTY), month: "2024-05" }).version,
    ).not.toBe(before);
    expect(e.sources.earlier(COUNTY)[0]).toBe(file);
  });

  test("另一个进程要读一次才知道；别县看不见", async () => {
    const other = engine();
    expect(other.sources.of(COUNTY)).toBe(file);
    await data.db.read(wang, (tx) => other.sources.refresh(tx));
    expect(other.sources.of(COUNTY).text).toBe(e.sources.of(COUNTY).text);
    const elsewhere = { ...wang, countyCode: "632224", scope: "632224" };
    expect(await data.db.read(elsewhere, (tx) => tx.query("select id from county_standard"))).toEqual([]);
  });

  test("写下的不能改、不能删", async () => {
    for (const sql of [
      "update county_standard set values = '[]'",
      "update county_standard_step set actor_name = '别人'",
      "delete from county_standard",
      "delete from county_standard_step",
    ])
      await expect(data.db.transact(wang, (tx) => tx.exec(sql))).rejects.toThrow(/permission denied/);
  });

  test("已批准的不能撤回；更正同一天要写明，由两个人办，旧的仍查得到", async () => {
    await expect(data.db.transact(leader, (tx) => e.withdraw(tx, first, "写错了"))).rejects.toThrow(
      "已经批准的标准不能撤回",
    );
    await expect(propose(e, wang, input("2024-07-01", "735"))).rejects.toThrow("更正同一天的标准");
    await approved(e, input("2024-07-01", "735", { corrects: true, document: "岳政〔2024〕15号（更正）" }));
    expect(valueIn(e, "热汤标准", "2024-07", { 地方: "城里" })).toMatchObject({ value: 73_500 });
    const page = await data.db.read(wang, (tx) => e.page(tx, "热汤标准"));
    expect(page.history.map((x) => x.state)).toEqual(["active", "replaced"]);
    // What held before each approval can still be put together: the first approval, and the file.
    const earlier = e.sources.earlier(COUNTY);
    expect(earlier).toHaveLength(2);
    expect(earlier[0]?.text).toContain("730");
    expect(earlier[1]).toBe(file);
  });

  test("送审前后都可以撤回，撤回后同一天可以再录", async () => {
    const { id } = await propose(e, wang, input("2025-01-01", "760"));
    await expect(data.db.transact(li, (tx) => e.withdraw(tx, id, "不对"))).rejects.toThrow("由录入的人撤回");
    await data.db.transact(wang, (tx) => e.submit(tx, id));
    const page = await data.db.transact(leader, (tx) => e.withdraw(tx, id, "文号写错"));
    expect(page.history[0]).toMatchObject({
      state: "withdrawn",
      steps: [{}, {}, { reason: "文号写错", by: "陈局长" }],
    });
    await expect(propose(e, li, input("2025-01-01", "761"))).resolves.toBeDefined();
  });

  test("月中起的从次月算，开关、比例和推算的倍数同样可以录", async () => {
    await approved(
      e,
      input("2024-08-15", "0", { values: [{ key: [], text: "30000", unit: null }] }),
      "存款上限",
    );
    expect(valueIn(e, "存款上限", "2024-08")).toMatchObject({ value: 2_000_000 });
    expect(valueIn(e, "存款上限", "2024-09")).toMatchObject({ value: 3_000_000 });
    const both = (old: string, child: string) => [
      { key: ["老人"], text: old, unit: null },
      { key: ["孩子"], text: child, unit: null },
    ];
    await approved(e, input("2024-09-01", "0", { values: both("25", "12.5") }), "加料比例");
    expect(drawn(e, "2024-09").汤钱).toMatchObject({ value: 73_500 - 10_000 + 18_375 });
    await approved(
      e,
      input("2024-10-01", "0", { values: [{ key: [], text: "false", unit: null }] }),
      "按人发",
    );
    expect(drawn(e, "2024-10").汤钱).toMatchObject({ value: 0 });
    const multiple = { times: "1.4", round: "up_yuan" };
    await approved(e, input("2024-09-01", "0", { form: "multiple", values: [], multiple }), "浓汤标准");
    expect(drawn(e, "2024-08").浓汤钱).toMatchObject({ value: 95_600 });
    expect(drawn(e, "2024-09").浓汤钱).toMatchObject({ value: 102_900 });
  });

  test("推算的标准可以与它的来源在同一天调整，谁先批准都行", async () => {
    // 浓汤标准 has a version of 2024-07-01 only because 热汤标准 has one.
    const multiple = { times: "1.35", round: "up_yuan" };
    await approved(e, input("2024-07-01", "0", { form: "multiple", values: [], multiple }), "浓汤标准");
    expect(drawn(e, "2024-06").浓汤钱).toMatchObject({ value: 91_000 });
    expect(drawn(e, "2024-07").浓汤钱).toMatchObject({ value: 99_300 });
    await expect(
      propose(e, wang, input("2024-07-01", "0", { form: "multiple", values: [], multiple }), "浓汤标准"),
    ).rejects.toThrow("不会悄悄覆盖");
    expect(drawn(e, "2024-09").浓汤钱).toMatchObject({ value: 102_900 });
  });

  test("推算的标准改为核定金额：以前照旧推算，以后只按核定", async () => {
    await approved(
      e,
      input("2024-11-01", "1000", {
        values: [
          { key: ["城里"], text: "1000", unit: null },
          { key: ["乡下"], text: "700", unit: null },
        ],
      }),
      "浓汤标准",
    );
    expect(drawn(e, "2024-06").浓汤钱).toMatchObject({ value: 91_000 });
    expect(drawn(e, "2024-10").浓汤钱).toMatchObject({ value: 102_900 });
    expect(drawn(e, "2024-11").浓汤钱).toMatchObject({ value: 100_000 });
    await approved(e, input("2025-02-01", "900"));
    expect(drawn(e, "2025-02").浓汤钱).toMatchObject({ value: 100_000 });
  });
});

describe("预览", () => {
  const previewed = async (e: Engine, given: StandardInput) =>
    (await data.db.transact(wang, (tx) => e.preparePreview(tx, "热汤标准", given))).run();

  test("增、减、退、进、不变、算不出，各数各的；钱到分", async () => {
    const e = engine();
    holders.splice(
      0,
      holders.length,
      holder(10_000, { amountFen: 74_000 }),
      holder(65_000),
      holder(0, { inputs: household(0, "乡下", "乡下人"), divisionCode: "430621102001" }),
      holder(80_000),
      holder(0, { inputs: null }),
      holder(0, { inputs: { ...household(0), household: { 地方: { value: "城里" } } } }),
      holder(0, { endMonth: "2024-03" }),
    );
    refused.splice(
      0,
      refused.length,
      ...[71_000, 90_000].map(
        (income) => ({ ...holder(income), caseId: newId(), decidedOn: "2024-03-01" }) as Refused,
      ),
    );
    // One who was refused and draws by now does not enter.
    refused.push({ ...(holders[0] as Holder), caseId: newId(), decidedOn: "2024-03-02" } as Refused);
    const p = await previewed(e, input("2024-07-01", "730"));
    expect(p.total).toMatchObject({
      households: 6,
      gain: 3,
      same: 1,
      unknown: 2,
      enter: 1,
      lose: 0,
      leave: 0,
    });
    // 740 → 776, 190 → 226; 540 → 576 in the country; nothing for 800 of income.
    expect(p.total).toMatchObject({
      beforeFen: 74_000 + 19_000 + 54_000,
      monthlyFen: 3_600 * 3,
      enterFen: 16_600,
    });
    expect(p.townships.map((t) => [t.name, t.households, t.monthlyFen])).toEqual([
      ["甲镇", 5, 7_200],
      ["430621102", 1, 3_600],
    ]);
    expect(p.outOfStep).toBe(2);
    expect(p.rows.every((r) => !r.name.includes("立新"))).toBe(true);
    const less = await previewed(e, input("2024-07-01", "600"));
    expect(less.total).toMatchObject({ lose: 1, leave: 1 });
    expect(less.notes.join()).toContain("低 14%");
    expect(
      await data.db.read(wang, (tx) => tx.query("select id from county_standard where since = '2026-01-01'")),
    ).toEqual([]);
  });

  test("追溯的逐月数，只数那个月在享的", async () => {
    const e = engine();
    holders.splice(
      0,
      holders.length,
      holder(10_000),
      holder(0, { fromMonth: "2024-04" }),
      holder(0, { endMonth: "2024-03" }),
    );
    refused.splice(0, refused.length);
    const p = await previewed(e, input("2024-03-01", "730"));
    expect(p.back).toEqual([
      { month: "2024-03", households: 2, amountFen: 7_200 },
      { month: "2024-04", households: 2, amountFen: 7_200 },
    ]);
    expect(p).toMatchObject({ backFen: 14_400, month: "2024-05", backUncountedMonths: 0 });
  });

  test("五千户也不占住进程", async () => {
    const e = engine();
    holders.splice(0, holders.length, ...Array.from({ length: 5_000 }, (_, i) => holder((i % 700) * 100)));
    let beats = 0;
    const beat = setInterval(() => beats++, 5);
    const p = await previewed(e, input("2024-07-01", "730"));
    clearInterval(beat);
    expect(p.total).toMatchObject({ households: 5_000, gain: 5_000, monthlyFen: 5_000 * 3_600 });
    expect(p.rows).toHaveLength(2_000);
    expect(p.rowsLeft).toBe(3_000);
    expect(beats).toBeGreaterThan(3);
    console.info(`5,000 households previewed in ${p.tookMs} ms`);
  });
});

test("规则页：公式、条文、谁用谁、例子的红绿", () => {
  const e = engine();
  expect(e.rules.list(COUNTY)).toMatchObject([{ item: "soup", examples: 2, failing: 1, gaps: 2 }]);
  const page = e.rules.get(COUNTY, "soup");
  expect(page.version).toMatch(/^[0-9a-f]{64}$/);
  expect(page.variables.find((v) => v.name === "能喝汤")).toMatchObject({
    article: "热汤办法第二条",
    usedBy: ["汤钱"],
    versions: [{ since: "2020-01-01", now: true }],
  });
  expect(page.variables.find((v) => v.name === "汤钱")?.uses).toContainEqual({
    name: "加料比例",
    kind: "parameter",
  });
  expect(page.examples).toMatchObject([
    { name: "一个人没有收入", ok: true, expected: ["汤钱 840"] },
    { name: "写错了的例子", ok: false, given: ["月收入 100"] },
  ]);
  // The county's file begins in 2024; a year back is looked at.
  expect(page.coverage.from).toBe("2023-05");
  expect(page.coverage.problems.join()).toContain("热汤标准");
  expect(() => e.rules.get(COUNTY, "tea")).toThrow(DomainError);
});

test("叠加：空的县文件，和没有在县文件里写的标准", () => {
  const layer = {
    parameter: "存款上限",
    since: "2024-01-01",
    form: "amount" as const,
    values: [{ key: [], text: "25000", unit: null }],
    multiple: null,
    document: "县文〔2024〕1号：加冒号 #和井号",
    note: null,
  };
  const empty = { file: "counties/000000/standards.yaml", text: "" };
  const text = overlay(empty, [national], [layer]);
  const set = loadRuleSet({ name: "x", rules: [], parameters: [text] });
  expect(parameterAt(set, "存款上限", "2023-12")).toMatchObject({ value: 2_000_000, document: "国文1号" });
  expect(parameterAt(set, "存款上限", "2024-01")).toMatchObject({
    value: 2_500_000,
    document: "县文〔2024〕1号：加冒号 #和井号",
  });
  expect(
    runExamples(soup.ruleSet({ code: COUNTY, standards: file, month: "2024-05" }), examples, {
      county: COUNTY,
    })[0]?.ok,
  ).toBe(true);
});
