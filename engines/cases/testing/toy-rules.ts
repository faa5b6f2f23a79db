/** The rules and standards of 互助金, and a county that has them. */
import { type ResolvedItem, resolveCatalogue } from "@wuxin/declare";
import type { Source } from "@wuxin/policy";
import { toyItem } from "./toy-item.ts";
import { toyPersonItem } from "./toy-person-item.ts";

export const toyRules: Source = {
  file: "toy/rules.yaml",
  text: `
月收入: { entity: 成员, type: money, unit: 元/月, input: true, question: 每月收入多少？, self_check: true }
在校学生: { entity: 成员, type: boolean, input: true, question: 是在校学生吗？, self_check: true }
出生日期: { entity: 成员, type: date, input: true }
健在: { entity: 成员, type: boolean, input: true }
家庭存款: { entity: 家庭, type: money, unit: 元, input: true, question: 家里有多少存款？, self_check: true }
计入互助:
  entity: 成员
  type: boolean
  reference: 互助金办法 第二条
  formula: { 2020-01-01: 健在 }
计入收入:
  entity: 成员
  type: money
  unit: 元/月
  formula: { 2020-01-01: if 在校学生 then 0 else 月收入 }
互助人口数:
  entity: 家庭
  type: integer
  formula: { 2020-01-01: "count(成员[计入互助 = true])" }
家庭月收入:
  entity: 家庭
  type: money
  unit: 元/月
  formula: { 2020-01-01: "sum(成员.计入收入)" }
家庭月人均收入:
  entity: 家庭
  type: money
  unit: 元/月
  reference: 互助金办法 第三条
  formula: { 2020-01-01: "if 互助人口数 > 0 then 家庭月收入 / 互助人口数 else 0" }
  round: half_up_fen
财产合规:
  entity: 家庭
  type: boolean
  reference: 互助金办法 第四条
  formula: { 2020-01-01: 家庭存款 <= 存款上限 }
符合互助条件:
  entity: 家庭
  type: boolean
  reference: 互助金办法 第三、四条
  formula: { 2020-01-01: 家庭月人均收入 < 互助标准 and 财产合规 }
互助金:
  entity: 家庭
  type: money
  unit: 元/月
  reference: 互助金办法 第五条
  formula: { 2020-01-01: "if 符合互助条件 then 互助标准 * 互助人口数 - 家庭月收入 else 0" }
互助复核月数:
  entity: 家庭
  type: integer
  formula: { 2020-01-01: "12" }
`,
};

export const toyPersonRules: Source = {
  file: "toy-person/rules.yaml",
  text: `
出生日期: { entity: 成员, type: date, input: true }
健在: { entity: 成员, type: boolean, input: true }
常住: { entity: 成员, type: boolean, input: true, question: 常住本县吗？, self_check: true }
长寿年龄:
  entity: 成员
  type: integer
  formula: { 2020-01-01: "years and months duration(出生日期, 本月末).years" }
够年龄:
  entity: 成员
  type: boolean
  formula: { 2020-01-01: 长寿年龄 >= 90 and 健在 }
符合长寿金条件:
  entity: 成员
  type: boolean
  formula: { 2020-01-01: 够年龄 and 常住 }
长寿金:
  entity: 成员
  type: money
  unit: 元/月
  formula: { 2020-01-01: if 符合长寿金条件 then 长寿金标准 else 0 }
`,
};

/** Two standards by date: 700 yuan, 760 from July 2024. */
export const toyStandards: Source = {
  file: "counties/430621/standards.yaml",
  text: `
互助标准:
  unit: 元/月
  values:
    2020-01-01: { value: 700, 文号: 示例〔2020〕1号 }
    2024-07-01: { value: 760, 文号: 示例〔2024〕7号 }
存款上限:
  unit: 元
  values:
    2020-01-01: { value: 20000, 文号: 示例〔2020〕2号 }
长寿金标准:
  unit: 元/月
  values:
    2020-01-01: { value: 200, 文号: 示例〔2020〕3号 }
`,
};

export const toyCatalogue = resolveCatalogue({
  items: [
    { definition: toyItem, folder: { path: "toy", rules: toyRules } },
    { definition: toyPersonItem, folder: { path: "toy-person", rules: toyPersonRules } },
  ],
  registers: [],
  indicators: [],
});

export const toy = toyCatalogue.items.get(toyItem.code) as ResolvedItem;
export const toyPerson = toyCatalogue.items.get(toyPersonItem.code) as ResolvedItem;
export const toyRuleSet = toy.ruleSet({ code: "430621", standards: toyStandards, month: "2024-04" });
