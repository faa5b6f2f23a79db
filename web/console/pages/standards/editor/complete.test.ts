import { describe, expect, it } from "vitest";
import { type Known, offersAt, type RuleFile } from "./complete.ts";
import { keysAt } from "./place.ts";

const name = (
  n: string,
  kind: "fact" | "variable" | "parameter",
  entity: "家庭" | "成员" | null,
  parts: string[] = [],
) => ({
  ...{
    name: n,
    kind,
    entity,
    type: parts.length > 0 && kind !== "parameter" ? "text" : "money",
    unit: null,
    parts,
  },
});
const known: Known = {
  names: [
    name("区域类型", "fact", "家庭", ["城市", "农村"]),
    name("月收入", "fact", "成员"),
    name("家庭收入", "variable", "家庭"),
    name("高龄津贴标准", "parameter", null, ["第一档", "第二档"]),
  ],
  functions: [{ name: "sum", use: "sum(成员.月收入)", does: "合计" }],
};
/** `|` is where one types. */
const labels = (text: string, file: RuleFile = "rules") => {
  const at = text.indexOf("|");
  return offersAt(file, text.replace("|", ""), at, known)?.offers.map((o) => o.label) ?? [];
};

describe("在哪里", () => {
  it("按缩进和花括号数", () => {
    const text = "甲:\n  entity: 家庭\n  formula:\n    2021-07-01: |\n      if 乙";
    expect(keysAt(text, text.length)).toEqual(["甲", "formula", "2021-07-01"]);
    const flow = "甲: { entity: 家庭, formula: { 2020-01-01: 乙 + ";
    expect(keysAt(flow, flow.length)).toEqual(["甲", "formula", "2020-01-01"]);
    expect(keysAt("甲: { entity: 家庭 }\n乙", 20)).toEqual([]);
  });
});

describe("补全", () => {
  it("公式里给名字、函数和刚写的名字", () => {
    const found = labels("新写的: { entity: 家庭 }\n甲:\n  formula:\n    2021-07-01: 家|");
    expect(found).toEqual(expect.arrayContaining(["家庭收入", "月收入", "sum", "新写的", "高龄津贴标准"]));
  });
  it("点后面给成员的、家庭的、标准的档", () => {
    expect(labels("甲:\n  formula:\n    2021-07-01: sum(成员.|)")).toEqual(["月收入"]);
    expect(labels("甲:\n  formula:\n    2021-07-01: 家庭.|")).toEqual(["区域类型", "家庭收入"]);
    expect(labels("甲: { formula: { 2021-07-01: 高龄津贴标准.|")).toEqual(["第一档", "第二档"]);
  });
  it("引号里给这个事实的各种可能", () => {
    expect(labels('甲:\n  formula:\n    2021-07-01: 区域类型 = "|')).toEqual(["城市", "农村"]);
    expect(labels('甲:\n  formula:\n    2021-07-01: 区域类型 in ("城市", "农|')).toEqual(["城市", "农村"]);
  });
  it("公式外给项目和它的取值", () => {
    expect(labels("甲:\n  en|")).toContain("entity");
    expect(labels("甲:\n  type: |")).toEqual(["money", "integer", "number", "boolean", "text", "date"]);
    expect(labels("|")).toEqual([]);
  });
  it("例子里给事实，期望里给算出的", () => {
    expect(labels("examples:\n  - name: 一\n    household: { |", "examples")).toEqual(["区域类型"]);
    expect(labels("examples:\n  - name: 一\n    members: [{ |", "examples")).toEqual(["月收入"]);
    expect(labels("examples:\n  - name: 一\n    expect: { |", "examples")).toEqual(["家庭收入"]);
  });
});
