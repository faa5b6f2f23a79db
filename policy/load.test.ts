import { describe, expect, it } from "vitest";
import { formatProblem, PolicyError } from "./errors.ts";
import { loadRuleSet } from "./load.ts";
import { parameterAt } from "./parameters.ts";
import { PARAMETERS, RULES, toy } from "./testing/toy.ts";

const FACTS = `城区:
  { entity: 家庭, type: text, choices: [城市, 农村], input: true }
收入:
  { entity: 家庭, type: money, input: true }
人数:
  { entity: 家庭, type: integer, unit: 人, input: true, min: 1 }
年纪:
  { entity: 成员, type: integer, input: true }
生日:
  { entity: 成员, type: date, input: true }
死亡日期:
  { entity: 成员, type: date, input: true, nullable: true }
`;
const STANDARD = `标准:
  unit: 元/月
  by: 城区
  values:
    2024-01-01: { 城市: 700, 农村: { 元/年: 5400 } }
`;

function problems(rules: string, parameters = STANDARD): string[] {
  try {
    loadRuleSet({
      name: "试",
      rules: [{ file: "r.yaml", text: rules }],
      parameters: [{ file: "p.yaml", text: parameters }],
    });
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.problems.map(formatProblem);
    throw error;
  }
}

/** One variable 甲 with this formula on line 16. */
const rule = (formula: string, head = "entity: 家庭\n  type: money") =>
  problems(`${FACTS}甲:\n  ${head}\n  formula:\n    2021-01-01: ${formula}\n`);

describe("a faulty formula is refused with file, line, column and the mend", () => {
  it.each([
    [
      "收入 / 人数",
      "r.yaml:17:17 “甲”的公式有除法或小数，没有写怎么取整。加上 round: half_up_fen（或 up_yuan 等）",
    ],
    [
      "收入 + 100",
      "r.yaml:17:17 “甲”：公式里直接写了金额数字。把金额写进 parameters.yaml（带单位、日期和文号），公式里用参数的名字",
    ],
    [
      "收人 + 收入",
      "r.yaml:17:17 “甲”：不认识“收人”。是不是“收入”？如果是新的量，先在 rules.yaml 或 parameters.yaml 里声明",
    ],
    ["收入 + 标准 * 收入", "r.yaml:17:22 “甲”：金额乘以金额没有意义。其中一边应当是人数、比例或月数"],
    ["（收入 + 标准）", "r.yaml:17:17 “甲”：公式里有全角符号“（”。改成半角“(”"],
    [
      "round(收入)",
      "r.yaml:17:17 “甲”：不支持函数 round。写明怎么取：round half up(数, 位数)、round up(数, 位数)、round down(数, 位数)",
    ],
    ["today()", "r.yaml:17:17 “甲”：不支持函数 today。规则不看时钟，用 本月、本月初、本月末"],
    [
      "for x in 成员 return x.年纪",
      "r.yaml:17:17 “甲”：不支持for 循环。逐人计算写成成员变量，再用 sum(成员.变量) 汇总",
    ],
    [
      "if 城区 then 收入 else 标准",
      "r.yaml:17:20 “甲”：if 后面要用是否，这里是文字。写成一个比较，例如 收入 < 标准",
    ],
    ["if 收入 < 标准 then 收入", "r.yaml:17:35 “甲”：公式到这里就断了。if 必须写全：if 条件 then 甲 else 乙"],
    [
      "收入 标准",
      "r.yaml:17:19 “甲”：“收入 标准”中间有空格，被当成一个名字。名字里不能有空格；如果是两个量，中间写运算符，例如 and、+",
    ],
    ["收入 + 成员", "r.yaml:17:22 “甲”：“+”要用数，这里是成员名单。检查两边的量是不是写错了"],
    ["null", "r.yaml:17:17 “甲”的公式应当是文字。写上内容"],
    [
      "收入 / (人数 - 人数)",
      "r.yaml:17:17 “甲”的公式可能得出空（除以零、筛选后没有成员、空的事实）。先用 if 写明这种情形，例如 if 保障人口数 > 0 then … else 0；确实可以为空的，写 nullable: true",
    ],
    ["收入 ** 2", "r.yaml:17:17 “甲”：乘方只支持 0 到 8 的整数次方，底数不能是金额。写成连乘，或改用参数"],
    ["人数", "r.yaml:17:17 “甲”的单位是 元/月，公式得出数。改 unit 或改公式"],
    ["3", "r.yaml:17:17 “甲”的公式里直接写了金额数字。把金额写进 parameters.yaml，公式里用参数的名字"],
  ])("%s", (formula, expected) => {
    const found = rule(formula);
    expect(found[0]).toBe(expected);
  });

  it.each([
    ['城区 = "县城"', "entity: 家庭\n  type: boolean", "“县城”不在可选值里。可选：城市、农村"],
    ['城区 == "城市"', "entity: 家庭\n  type: boolean", "比较符“==”不对。相等只写一个 =，不等写 !="],
    ['城区 < "农村"', "entity: 家庭\n  type: boolean", "文字不能比大小。用 = 或 !="],
    ["收入 > 人数", "entity: 家庭\n  type: boolean", "单位不一致：元/月 与 无单位"],
    ["not 城区", "entity: 家庭\n  type: boolean", "not 后面要有括号。写成 not(城区)"],
    [
      "年纪 + 1",
      "entity: 家庭\n  type: integer",
      "“年纪”是每个成员的，家庭只能经过名单取用。写成 sum(成员.年纪)",
    ],
    ["收入", "entity: 成员\n  type: money", "“收入”是家庭的，这里在算成员。写成 家庭.收入"],
    ["count(成员)", "entity: 成员\n  type: integer", "成员变量里不能看全家名单"],
    ["count(成员[年纪])", "entity: 家庭\n  type: integer", "筛选条件不是比较：年纪。写成 成员[年纪 = true]"],
    ["sum(成员[年纪 > 3].年纪)", "entity: 家庭\n  type: integer", "的公式可能得出空"],
    [
      "sum(成员)",
      "entity: 家庭\n  type: integer",
      "sum 不能直接用在名单上。取成员的一个量，例如 sum(成员.变量)",
    ],
    ["人数 * 0.5", "entity: 家庭\n  type: integer", "是整数，公式可能得出小数"],
    ['死亡日期 > date("2024-01-01")', "entity: 成员\n  type: boolean", "的公式可能得出空"],
    [
      'if 死亡日期 > date("2024-01-01") then true else false',
      "entity: 成员\n  type: boolean",
      "条件可能为空，空会被当成“否”",
    ],
    ['date("2024-02-30") > 生日', "entity: 成员\n  type: boolean", "“2024-02-30”不是日期或期间"],
    [
      'if 年纪 > 3 then "甲" else "丁"',
      "entity: 成员\n  type: text\n  choices: [甲, 乙]",
      "的公式得出“丁”，不在可选值里。可选：甲、乙",
    ],
  ])("%s", (formula, head, expected) => {
    expect(rule(formula, head).join("\n")).toContain(expected);
  });

  it("finds the place inside a formula of several lines", () => {
    expect(
      problems(
        `${FACTS}甲:\n  entity: 家庭\n  type: money\n  formula:\n    2021-01-01: |\n      收入\n      + 不存在的量\n`,
      )[0],
    ).toMatch(/^r\.yaml:19:9 /);
  });

  it("reports every fault at once", () => {
    expect(
      problems(
        `${FACTS}甲:\n  entity: 家庭\n  type: money\n  formula:\n    2021-01-01: 没有\n乙:\n  entity: 家庭\n  type: money\n  formula:\n    2021-01-01: 也没有\n`,
      ),
    ).toHaveLength(2);
  });
});

describe("null is guarded by the condition around it", () => {
  it.each([
    ['死亡日期 != null and 死亡日期 > date("2024-01-01")', "entity: 成员\n  type: boolean"],
    ["if 死亡日期 = null then 0 else 死亡日期.year", "entity: 成员\n  type: integer"],
    ["if count(成员[年纪 > 3]) > 0 then count(成员[年纪 > 3]) else 0", "entity: 家庭\n  type: integer"],
    ["收入 / 人数 + 标准\n  round: up_yuan", "entity: 家庭\n  type: money"],
    ["if 收入 = 0 then 0 else floor(标准 / 收入 * 100)", "entity: 家庭\n  type: integer"],
  ])("%s", (formula, head) => {
    const [text, rest = ""] = formula.split("\n");
    expect(
      problems(`${FACTS}甲:\n  ${head}\n${rest ? `${rest}\n` : ""}  formula:\n    2021-01-01: ${text}\n`),
    ).toEqual([]);
  });
});

describe("a faulty declaration", () => {
  const one = (body: string) => problems(`${FACTS}甲:\n${body}`).join("\n");
  it.each([
    ["  entity: 家庭\n  type: money\n  formula: 收入\n", "r.yaml:16:12 “甲”的 formula 没有生效日期"],
    [
      "  entity: 家庭\n  type: money\n  formula:\n    2021-01-01: 收入\n    2021-01-01: 标准\n",
      "“2021-01-01”写了两次",
    ],
    ["  entity: 家庭\n  type: money\n  formula:\n    2021-02-30: 收入\n", "“2021-02-30”不是生效日期"],
    [
      "  entity: 家庭\n  type: money\n  formulas:\n    2021-01-01: 收入\n",
      "“甲”里不认识“formulas”。是不是“formula”？",
    ],
    ["  type: money\n  formula:\n    2021-01-01: 收入\n", "“甲”没有写明是家庭的还是成员的"],
    ["  entity: 家庭\n  type: 钱\n  formula:\n    2021-01-01: 收入\n", "“甲”的 type “钱”不认识"],
    [
      "  entity: 家庭\n  type: money\n  unit: 人\n  formula:\n    2021-01-01: 收入\n",
      "“甲”的单位“人”与 type: money 不合",
    ],
    [
      "  entity: 家庭\n  type: money\n  round: 四舍五入\n  formula:\n    2021-01-01: 收入\n",
      "不认识取整方式“四舍五入”",
    ],
    [
      "  entity: 家庭\n  type: money\n  input: true\n  formula:\n    2021-01-01: 收入\n",
      "“甲”既是填报的又有公式",
    ],
    ["  entity: 家庭\n  type: money\n", "“甲”既没有公式也不是填报的"],
  ])("%s", (body, expected) => {
    expect(one(body)).toContain(expected);
  });

  it("that goes round in a circle", () => {
    const circle =
      "甲:\n  entity: 家庭\n  type: money\n  formula:\n    2021-01-01: 乙\n乙:\n  entity: 家庭\n  type: money\n  formula:\n    2021-01-01: 甲\n";
    expect(problems(FACTS + circle)[0]).toContain("“甲”绕回了自己：甲 → 乙 → 甲");
  });

  it("may depend the other way round before a date", () => {
    const turned = (name: string, early: string, late: string) =>
      `${name}:\n  entity: 家庭\n  type: money\n  formula:\n    2021-01-01: ${early}\n    2022-01-01: ${late}\n`;
    expect(problems(FACTS + turned("甲", "乙", "收入") + turned("乙", "收入", "甲"))).toEqual([]);
  });

  it.each([
    ["1甲", "“1甲”不能用作名字"],
    ["成员", "“成员”不能用作名字"],
    ["甲 乙", "“甲 乙”不能用作名字"],
    ["__proto__", "“__proto__”不能用作名字"],
  ])("named %s", (name, expected) => {
    expect(problems(`${name}:\n  entity: 家庭\n  type: money\n  input: true\n`).join("\n")).toContain(
      expected,
    );
  });

  it("in broken YAML stops at the file", () => {
    expect(problems("甲: [1\n乙: 2")).toHaveLength(1);
    expect(problems("甲: &x 1\n乙: *x\n")).toEqual(["r.yaml:2:4 不能用 YAML 的别名（*）。把内容写全"]);
  });
});

describe("decision tables", () => {
  const table = (...rows: string[]) =>
    problems(
      `${FACTS}甲:\n  entity: 成员\n  type: integer\n  table:\n    2021-01-01:\n${rows.map((r) => `      - ${r}\n`).join("")}`,
    );
  it("with one hit everywhere load", () => {
    expect(
      table("{ 年纪: '<18', 结果: 1 }", "{ 年纪: '[18..60)', 结果: 2 }", "{ 年纪: '>=60', 结果: 3 }"),
    ).toEqual([]);
    expect(
      table("{ 年纪: '[0..17]', 结果: 1 }", "{ 年纪: '>=18', 结果: 2 }", "{ 年纪: '<0', 结果: 0 }"),
    ).toEqual([]);
  });
  it.each([
    [
      ["{ 年纪: '<18', 结果: 1 }", "{ 年纪: '(18..60)', 结果: 2 }", "{ 年纪: '>=60', 结果: 3 }"],
      "“甲”的表有空缺：年纪 = 18 时没有一行适用",
    ],
    [
      ["{ 年纪: '<=18', 结果: 1 }", "{ 年纪: '>=18', 结果: 2 }"],
      "“甲”的表有重叠：年纪 = 18 时有 2 行同时适用",
    ],
    [["{ 年纪: '<18', 结果: 1 }"], "“甲”的表有空缺：年纪 = 18 时没有一行适用"],
    [["{ 年纪: '<18' }", "{ 年纪: '>=18', 结果: 1 }"], "有一行没有结果"],
    [["{ 年记: '<18', 结果: 1 }", "{ 年记: '>=18', 结果: 1 }"], "的列“年记”：不认识“年记”"],
    [["{ 年纪: '<十八', 结果: 1 }", "{ 年纪: '>=18', 结果: 1 }"], "不认识“十八”"],
    [
      ["{ 年纪: '<18', 家庭.城区: '\"城市\"', 结果: 1 }", "{ 年纪: '>=18', 结果: 2 }"],
      "“甲”的表有空缺：年纪 < 18，家庭.城区 = 农村 时没有一行适用",
    ],
  ])("%o", (rows, expected) => {
    expect(table(...rows).join("\n")).toContain(expected);
  });
});

describe("parameters", () => {
  const use = `${FACTS}甲:\n  entity: 家庭\n  type: money\n  formula:\n    2021-01-01: 标准\n`;
  it.each([
    [
      "标准:\n  unit: 元/月\n  by: 城区\n  values:\n    2024-01-01: { 城市: 700 }\n",
      "p.yaml:1:1 参数“标准”2024-01-01 缺“农村”的值",
    ],
    [
      "标准:\n  unit: 元/月\n  by: 城区\n  values:\n    2024-01-01: { 城市: 700, 农村: 1, 县城: 2 }\n",
      "参数“标准”2024-01-01 多了“县城”",
    ],
    ["标准:\n  unit: 块\n  values:\n    2024-01-01: 1\n", "p.yaml:2:9 不认识单位“块”"],
    ["标准:\n  unit: 元/constructor\n  values:\n    2024-01-01: 1\n", "不认识单位“元/constructor”"],
    ["标准:\n  unit: 元/月\n  values:\n    2024-01-01: 七百\n", "参数“标准”的值“七百”不是数"],
    ["标准:\n  unit: 元/月\n  values:\n    2024-01-01: { 元/年: 5000 }\n", "参数“标准”的金额不是整数分"],
    ["标准:\n  unit: 元/月\n  values:\n    2024-01-01: 700.005\n", "参数“标准”的金额不是整数分"],
    ["标准:\n  unit: 元/月\n", "参数“标准”没有值"],
    [
      "标准:\n  unit: 元/月\n  values:\n    2024-01-01: { 文号: 甲〔2024〕1号 }\n",
      "只写了文号等说明，没有值",
    ],
    [
      "标准:\n  unit: 元/月\n  derived: { from: 标谁, times: 1.3 }\n",
      "参数“标准”由“标谁”推出，但没有这个参数",
    ],
    [
      `${STANDARD}半:\n  unit: 元/月\n  derived: { from: 标准, times: 0.33333 }\n`,
      "参数“半”推出的金额不是整数分。写明取整，例如 round: up_yuan",
    ],
    ["标准:\n  unit: 元/月\n  derived: { from: 标准, times: 1.3 }\n", "参数“标准”推算时绕回了自己"],
    ["标准:\n  unit: 元/月\n  valeus:\n    2024-01-01: 1\n", "参数“标准”里不认识“valeus”"],
    [
      "标准:\n  unit: 元/月\n  by: 城\n  values:\n    2024-01-01: { 城市: 1 }\n",
      "参数“标准”按“城”取值，但规则里没有带 choices 的文字量“城”",
    ],
  ])("%s", (text, expected) => {
    expect(problems(use, text).join("\n")).toContain(expected);
  });

  it("a later file overrides by key, with its own dates and document", () => {
    const set = toy("餐补标准:\n  values:\n    2024-01-01: { 城市: 150, 农村: 100, 文号: 县〔2024〕9号 }\n");
    expect(parameterAt(set, "餐补标准", "2024-05", { 区域类型: "城市" })).toEqual({
      value: 15_000,
      document: "县〔2024〕9号",
      since: "2024-01-01",
    });
    expect(() => parameterAt(set, "餐补标准", "2023-12", { 区域类型: "城市" })).toThrow(/没有生效的值/);
    expect(set.coverage("2023-11", "2024-02").map((p) => p.message)).toEqual([
      "参数“餐补标准”在 2023-11 至 2023-12 没有生效的版本",
    ]);
  });

  it("a standard of another item in the county's file is left alone", () => {
    expect(toy("别的标准:\n  values:\n    2024-01-01: 1\n").version).toBe(toy().version);
  });

  it("a yearly amount becomes a monthly one exactly, a derived one is rounded as said, on every date of its base", () => {
    const set = toy(
      "特困:\n  unit: 元/月\n  derived: { from: 餐补标准, times: 1.333, round: up_yuan }\n".replace(
        "特困",
        "餐补标准2",
      ),
    );
    expect(parameterAt(set, "餐补标准", "2021-01", { 区域类型: "农村" }).value).toBe(8_000);
    const alone = loadRuleSet({
      name: "单",
      rules: [],
      parameters: [
        {
          file: "p.yaml",
          text: `${PARAMETERS}高标:\n  unit: 元/月\n  derived: { from: 餐补标准, times: 1.333, round: up_yuan }\n`,
        },
      ],
    });
    expect(parameterAt(alone, "高标", "2021-01", { 区域类型: "农村" })).toMatchObject({
      value: 10_700,
      unverified: true,
      since: "2020-01-01",
    });
    expect(parameterAt(alone, "高标", "2024-01", { 区域类型: "城市" })).toMatchObject({
      value: 16_000,
      document: "示例〔2024〕1号",
      since: "2024-01-01",
    });
  });
});

describe("the version", () => {
  it("is the same for the same meaning", () => {
    const text = RULES.replaceAll("\n  entity", "\n  # 说明\n  entity").replaceAll(
      "count(成员[老人 = true])",
      "count(成员[老人  =  true])",
    );
    const again = loadRuleSet({
      name: "助餐",
      rules: [{ file: "别名.yaml", text }],
      parameters: [{ file: "p2.yaml", text: PARAMETERS }],
    });
    expect(again.version).toBe(toy().version);
    expect(toy().version).toMatch(/^[0-9a-f]{64}$/);
  });

  it("changes with an amount, a formula or a date", () => {
    const changed = [PARAMETERS.replace("120", "121"), PARAMETERS.replace("2024-01-01", "2024-02-01")].map(
      (text) =>
        loadRuleSet({ name: "助餐", rules: [{ file: "r", text: RULES }], parameters: [{ file: "p", text }] })
          .version,
    );
    expect(new Set([toy().version, ...changed]).size).toBe(3);
  });
});
