import { describe, expect, it } from "vitest";
import { decide } from "./decide.ts";
import { explainText } from "./explain.ts";
import { assumedFacts, questionsFor } from "./selfcheck.ts";
import { shortfall } from "./shortfall.ts";
import { toy } from "./testing/toy.ts";
import type { DecideRequest, Facts } from "./types.ts";

const ruleSet = toy();
const fact = (value: number | string | boolean | null) => ({ value, source: "入户调查", date: "2024-02-01" });
const household: Facts = { 区域类型: fact("城市"), 存款: fact(1_000_000), 年收入: fact(null) };
const elder: Facts = { 出生日期: fact("1940-05-01"), 独居: fact(true), 月收入: fact(50_000) };
const child: Facts = { 出生日期: fact("2015-05-01"), 独居: fact(false) };
const ask = (over: Partial<DecideRequest> = {}): DecideRequest => ({
  month: "2024-03",
  wanted: ["餐补", "符合条件"],
  household,
  members: [elder, child],
  ...over,
});

describe("a decision", () => {
  it("gives the amount in 分 and in words", () => {
    const d = decide(ruleSet, ask());
    expect(d.results.餐补).toEqual({ known: true, value: 24_000, type: "money", text: "240.00 元" });
    expect(d.results.符合条件).toMatchObject({ value: true, text: "是" });
    expect(d.missing).toEqual([]);
  });

  it("keeps each step with its formula, values, sources, document and article, what it stands on first", () => {
    const { steps } = decide(ruleSet, ask());
    const names = steps.map((s) => s.variable);
    expect(names.indexOf("人均收入")).toBeLessThan(names.indexOf("符合条件"));
    expect(names.at(-1)).toBe("餐补");
    expect(steps.find((s) => s.variable === "人均收入")).toEqual({
      variable: "人均收入",
      entity: "家庭",
      formulaText: "sum(成员.计入收入) / count(成员)",
      article: "助餐办法第三条",
      since: "2020-01-01",
      type: "money",
      value: 25_000,
      text: "250.00 元",
      working: "各成员的计入收入合计（500.00 元、0.00 元） ÷ 成员人数（2）",
      uses: [
        { kind: "variable", name: "计入收入", member: 0, value: 50_000, text: "500.00 元" },
        { kind: "variable", name: "计入收入", member: 1, value: 0, text: "0.00 元" },
      ],
      rounding: "四舍五入到分",
    });
    const eligible = steps.find((s) => s.variable === "符合条件");
    expect(eligible?.uses).toContainEqual({
      kind: "parameter",
      name: "餐补标准（城市）",
      value: 12_000,
      text: "120.00 元",
      document: "示例〔2024〕1号",
      since: "2024-01-01",
    });
    const income = steps.find((s) => s.variable === "计入收入" && s.member === 0);
    expect(income?.uses).toContainEqual({
      kind: "fact",
      name: "月收入",
      member: 0,
      value: 50_000,
      text: "500.00 元",
      source: "入户调查",
      date: "2024-02-01",
    });
  });

  it("takes the formula and the standard in force in the month", () => {
    expect(decide(ruleSet, ask({ month: "2023-12" })).results.餐补).toMatchObject({ value: 20_000 });
    expect(decide(ruleSet, ask({ month: "2025-01" })).results.餐补).toMatchObject({ value: 25_200 });
    expect(() => decide(ruleSet, ask({ month: "2019-12" }))).toThrow(/2019-12 没有生效/);
  });

  it("marks an unverified standard in the step and in the text", () => {
    const d = decide(ruleSet, ask({ month: "2023-12" }));
    expect(d.steps.flatMap((s) => s.uses).find((u) => u.name === "餐补标准（城市）")?.unverified).toBe(true);
    expect(explainText(d, ["餐补"]).join("\n")).toContain("餐补标准（城市）为示例值，尚未按文件核实");
  });

  it("names the first condition that failed, and follows it down in the text", () => {
    const d = decide(ruleSet, ask({ household: { ...household, 存款: fact(3_000_001) } }));
    expect(d.steps.find((s) => s.variable === "符合条件")?.firstFailed).toBe("存款不超");
    expect(d.steps.find((s) => s.variable === "存款不超")?.firstFailed).toBe("存款 <= 存款限额");
    expect(explainText(d, ["符合条件"])[1]).toBe(
      "原因：“符合条件”为否，因为不满足“存款不超”（存款不超 否）；“存款不超”为否，因为不满足“存款不超过存款限额”（存款 30,000.01 元，存款限额 30,000.00 元）。",
    );
  });

  it("is JSON and replays word for word", () => {
    const once = JSON.stringify(decide(ruleSet, ask()));
    expect(JSON.stringify(decide(toy(), JSON.parse(JSON.stringify(ask()))))).toBe(once);
    expect(explainText(JSON.parse(once), ["餐补"])).toEqual(explainText(decide(ruleSet, ask()), ["餐补"]));
  });

  it("answers a standard asked for by name", () => {
    expect(decide(ruleSet, ask({ wanted: ["餐补标准"] })).results.餐补标准).toMatchObject({
      value: 12_000,
      text: "120.00 元",
    });
  });

  it("takes null where the declaration allows it", () => {
    expect(decide(ruleSet, ask({ wanted: ["收入说明"] })).results.收入说明).toMatchObject({ value: "没有" });
    const little = { ...household, 年收入: fact(599_999) };
    expect(decide(ruleSet, ask({ wanted: ["收入说明"], household: little })).results.收入说明).toMatchObject({
      value: "很少",
    });
  });
});

describe("missing facts are not zero", () => {
  it("lists what is missing, certain first, with question and material", () => {
    const d = decide(ruleSet, ask({ household: {}, members: [{ ...elder, 月收入: undefined }, child] }));
    expect(d.results.餐补).toEqual({ known: false, missing: ["存款", "月收入", "区域类型"] });
    expect(d.missing[0]).toEqual({
      name: "存款",
      entity: "家庭",
      label: "存款",
      question: "存款多少？",
      material: "存款证明",
      certain: true,
      askedBy: "存款不超",
    });
    expect(d.missing[1]).toMatchObject({ name: "月收入", member: 0, certain: true, askedBy: "计入收入" });
  });

  it("does not ask for what no longer matters", () => {
    const d = decide(
      ruleSet,
      ask({ household: { 存款: fact(9_000_000) }, members: [{ ...elder, 月收入: undefined }] }),
    );
    expect(d.results.符合条件).toMatchObject({ known: true, value: false });
    expect(d.missing).toEqual([]);
  });

  it("marks as possible what only one side of an open condition needs", () => {
    const d = decide(
      ruleSet,
      ask({
        household: { 存款: fact(0) },
        members: [{ 出生日期: fact("1940-01-01"), 月收入: fact(0) }],
        wanted: ["餐补"],
      }),
    );
    expect(d.missing.map((m) => [m.name, m.certain])).toEqual([
      ["区域类型", true],
      ["独居", false],
    ]);
  });

  it("takes “no record” as the answer only where that is declared, and says so", () => {
    const uses = decide(ruleSet, ask()).steps.flatMap((s) => s.uses);
    expect(uses.find((u) => u.name === "补助月数")).toMatchObject({ value: 1, source: "没有登记" });
  });
});

describe("bad input", () => {
  it.each([
    [{ household: { ...household, 存款: { value: 12.5 } } }, /“存款”应当是整数分/],
    [{ household: { ...household, 区域类型: { value: "县城" } } }, /“县城”不在可选值里，可选：城市、农村/],
    [{ household: { ...household, 补助月数: { value: 13 } } }, /“补助月数”不能大于 12/],
    [{ members: [{ ...elder, 出生日期: { value: "1940-02-30" } }] }, /第 1 位成员的“出生日期”不是有效日期/],
    [{ members: [] }, /一个成员也没有/],
    [{ month: "2024-13" }, /不是月份/],
    [{ wanted: ["没有的量"] }, /没有“没有的量”/],
  ] as const)("%o", (over, message) => {
    expect(() => decide(ruleSet, ask(over as Partial<DecideRequest>))).toThrow(message);
  });
});

describe("what would change the answer", () => {
  it("tells how much lower the income would have to be", () => {
    const rich = ask({ members: [{ ...elder, 月收入: fact(70_000) }] });
    expect(shortfall(ruleSet, rich, "符合条件")).toMatchObject({
      quantity: "人均收入",
      direction: "再低",
      distance: 4_001,
      money: true,
    });
    expect(shortfall(ruleSet, rich, "符合条件")?.text).toBe(
      "人均收入再低 40.01 元，就满足“人均收入低于餐补标准 × 收入倍数”。",
    );
  });

  it("a limit that may be met exactly needs no extra 分", () => {
    const saver = ask({ household: { ...household, 存款: fact(3_010_000) } });
    expect(shortfall(ruleSet, saver, "符合条件")).toMatchObject({
      quantity: "存款",
      distance: 10_000,
      variable: "存款不超",
    });
  });

  it("says nothing when the answer is yes", () => {
    expect(shortfall(ruleSet, ask(), "符合条件")).toBeUndefined();
  });
});

describe("政策自测", () => {
  it("asks only what applies", () => {
    const asked = questionsFor(ruleSet, ask()).filter((q) => q.input.name === "月收入");
    expect(asked.map((q) => q.member)).toEqual([0]);
  });

  it("assumes only what the declaration lets it assume", () => {
    const filled = assumedFacts(ruleSet, ask({ members: [{ 出生日期: fact("1940-01-01") }] }));
    expect(filled.members[0]?.独居?.value).toBe(false);
    expect(filled.members[0]?.月收入).toBeUndefined();
  });
});
