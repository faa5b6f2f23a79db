import { fileURLToPath } from "node:url";
import { loadRuleSet, parameterAt } from "@wuxin/policy";
import { sourceFromFile } from "@wuxin/policy/files";
import { describe, expect, it } from "vitest";

const standards = (county: string) =>
  loadRuleSet({
    name: county,
    rules: [],
    parameters: [sourceFromFile(fileURLToPath(new URL(`${county}/standards.yaml`, import.meta.url)))],
  });
const yuan = (county: string, name: string, month: string, dims: Record<string, string> = {}) => {
  const { value, unverified } = parameterAt(standards(county), name, month, dims);
  return { yuan: Number(value) / 100, verified: unverified !== true };
};

describe("岳阳县: what the 2024 plan says (item 7)", () => {
  it.each([
    ["低保标准", { 区域类型: "城市" }, 700],
    ["低保标准", { 区域类型: "农村" }, 450], // 5,400 元/年
    ["特困基本生活标准", { 区域类型: "城市" }, 910],
    ["特困基本生活标准", { 区域类型: "农村" }, 585],
    ["困难残疾人生活补贴标准", {}, 90],
    ["重度残疾人护理补贴标准", {}, 90],
    ["孤儿基本生活标准.散居", {}, 1150],
    ["孤儿基本生活标准.集中", {}, 1600],
    ["事实无人抚养儿童基本生活标准", {}, 1150],
  ] as const)("%s %o is %d yuan a month", (name, dims, expected) => {
    expect(yuan("430621", name, "2024-06", dims)).toEqual({ yuan: expected, verified: true });
  });

  it("marks what no document gives", () => {
    expect(yuan("430621", "低保标准", "2023-06", { 区域类型: "城市" }).verified).toBe(false);
    expect(yuan("430621", "特困基本生活标准", "2023-06", { 区域类型: "城市" })).toEqual({
      yuan: 845,
      verified: false,
    });
    expect(yuan("430621", "高龄津贴标准.第一档", "2024-06").verified).toBe(false);
  });
});

describe("海丰县: every old and new pair of part one", () => {
  it.each([
    ["低保标准", { 区域类型: "城市" }, 924, 961],
    ["低保标准", { 区域类型: "农村" }, 684, 732],
    ["低保补差水平", { 区域类型: "城市" }, 710, 739],
    ["低保补差水平", { 区域类型: "农村" }, 476, 510],
    ["特困基本生活标准", { 区域类型: "城市" }, 1479, 1538],
    ["特困基本生活标准", { 区域类型: "农村" }, 1095, 1172],
    ["困难残疾人生活补贴标准", {}, 188, 195],
    ["重度残疾人护理补贴标准", {}, 252, 261],
    ["孤儿基本生活标准.集中", {}, 1949, 2017],
    ["孤儿基本生活标准.散居", {}, 1313, 1359],
    ["事实无人抚养儿童基本生活标准", {}, 1313, 1359],
  ] as const)("%s %o rose from %d to %d", (name, dims, before, after) => {
    expect(yuan("441521", name, "2022-12", dims)).toEqual({ yuan: before, verified: true });
    expect(yuan("441521", name, "2023-01", dims)).toEqual({ yuan: after, verified: true });
  });
});
