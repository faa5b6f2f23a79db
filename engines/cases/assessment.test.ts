import { describe, expect, it } from "vitest";
import { type AssessedPerson, assess, assessInputs, type Situation } from "./assessment.ts";
import { toy, toyPerson, toyRuleSet, toyStandards } from "./testing/toy-rules.ts";

const person = (
  personId: string,
  name: string,
  incomeFen: number | undefined,
  more: Partial<AssessedPerson> = {},
): AssessedPerson => ({
  personId,
  name,
  relation: "本人",
  sex: "男",
  birthDate: "1960-05-01",
  diedOn: null,
  inCounty: true,
  facts: {
    在校学生: { value: false, source: "本人申报", date: "2024-03-01" },
    ...(incomeFen === undefined
      ? {}
      : { 月收入: { value: incomeFen, source: "本人申报", date: "2024-03-01" } }),
  },
  ...more,
});
const situation = (members: AssessedPerson[], savingsFen = 100_000, month = "2024-04"): Situation => ({
  month,
  areaClass: "农村",
  household: { 家庭存款: { value: savingsFen, source: "信息核对", date: "2024-03-05" } },
  members,
});

describe("认定", () => {
  it("符合条件：结论一句话，金额到分，步骤带文号、来源和日期", () => {
    const a = assess(
      toy,
      toyRuleSet,
      situation([person("p1", "张三", 40_000), person("p2", "李四", 20_001)]),
    );
    expect(a).toMatchObject({ eligible: true, amountFen: 79_999, persons: 2, covered: ["p1", "p2"] });
    expect(a.explanation.conclusion).toBe("按2024年4月的规定，符合互助金条件，每月 799.99 元，保障 2 人。");
    expect(a.explanation.highlights).toEqual([
      { label: "互助人口数", text: "2" },
      { label: "家庭月人均收入", text: "300.01 元" },
      { label: "互助标准", text: "700.00 元" },
    ]);
    const step = a.explanation.steps.find((s) => s.variable === "财产合规");
    expect(step).toMatchObject({ article: "互助金办法 第四条", text: "是", known: true });
    expect(step?.uses).toContainEqual(
      expect.objectContaining({ kind: "parameter", document: "示例〔2020〕2号", since: "2020-01-01" }),
    );
    expect(step?.uses).toContainEqual(
      expect.objectContaining({ kind: "fact", source: "信息核对", date: "2024-03-05" }),
    );
    expect(a.explanation.counterfactual).toBeNull();
  });

  it("标准按月份取值：七月起用新标准", () => {
    const a = assess(toy, toyRuleSet, situation([person("p1", "张三", 70_000)], 0, "2024-06"));
    const b = assess(toy, toyRuleSet, situation([person("p1", "张三", 70_000)], 0, "2024-07"));
    expect([a.eligible, b.eligible, b.amountFen]).toEqual([false, true, 6_000]);
  });

  it("不符合：说出第一个不满足的条件、当时的数，和差多少", () => {
    const a = assess(toy, toyRuleSet, situation([person("p1", "张三", 78_600)]));
    expect(a.explanation.conclusion).toBe(
      "按2024年4月的规定，不符合互助金条件：家庭月人均收入为 786.00 元，互助标准为 700.00 元，不满足「家庭月人均收入低于互助标准」。",
    );
    expect(a.explanation.counterfactual).toBe("「家庭月人均收入」再低 86.01 元，就满足这一条件。");
    expect(a.amountFen).toBe(0);
  });

  it("不符合的原因在更深一层时，说到底层那一条", () => {
    const a = assess(toy, toyRuleSet, situation([person("p1", "张三", 0)], 2_500_000));
    expect(a.explanation.conclusion).toContain("不满足「家庭存款不超过存款上限」");
    expect(a.explanation.counterfactual).toBe("「家庭存款」再低 5,000.00 元，就满足这一条件。");
  });

  it("缺事实不当作零：说缺几项、问谁、问什么", () => {
    const a = assess(
      toy,
      toyRuleSet,
      situation([person("p1", "张三", undefined), person("p2", "李四", 100)]),
    );
    expect(a.eligible).toBeNull();
    expect(a.amountFen).toBeNull();
    expect(a.explanation.missing).toEqual([{ fact: "月收入", member: "张三", question: "每月收入多少？" }]);
    expect(a.explanation.conclusion).toContain("还缺 1 项事实");
  });

  it("去世当月仍计入，次月不计", () => {
    const late = person("p2", "李四", 0, { diedOn: "2024-04-10" });
    const april = assess(toy, toyRuleSet, situation([person("p1", "张三", 0), late]));
    const may = assess(toy, toyRuleSet, situation([person("p1", "张三", 0), late], 0, "2024-05"));
    expect([april.persons, may.persons]).toEqual([2, 1]);
    expect([april.amountFen, may.amountFen]).toEqual([140_000, 70_000]);
  });

  it("个人事项从本人的变量取结论", () => {
    const rules = toyPerson.ruleSet({ code: "430621", standards: toyStandards, month: "2024-04" });
    const old = person("p1", "王婆", undefined, {
      birthDate: "1934-04-30",
      facts: { 常住: { value: true } },
    });
    const a = assess(toyPerson, rules, {
      month: "2024-04",
      areaClass: "农村",
      household: {},
      members: [old],
    });
    expect(a).toMatchObject({ eligible: true, amountFen: 20_000, covered: ["p1"] });
    const young = assess(toyPerson, rules, {
      month: "2024-03",
      areaClass: "农村",
      household: {},
      members: [old],
    });
    expect(young.eligible).toBe(false);
  });

  it("用存下的输入重放，逐字相同", () => {
    const a = assess(toy, toyRuleSet, situation([person("p1", "张三", 40_000), person("p2", "李四", 0)]));
    const stored = JSON.parse(JSON.stringify(a.inputs));
    expect(JSON.stringify(assessInputs(toy, toyRuleSet, stored).explanation)).toBe(
      JSON.stringify(a.explanation),
    );
  });
});
