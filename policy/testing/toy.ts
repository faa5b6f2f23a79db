import { loadRuleSet } from "../load.ts";
import type { RuleSet } from "../types.ts";

/** A small business of the room's own: 助餐补贴. Tests stand on it, not on a real item. */
export const RULES = `
区域类型:
  entity: 家庭
  type: text
  choices: [城市, 农村]
  input: true
  question: 住在哪里？
  material: 户口簿
补助月数:
  entity: 家庭
  type: integer
  unit: 月
  input: true
  unrecorded: 1
  min: 1
  max: 12
存款:
  entity: 家庭
  type: money
  unit: 元
  input: true
  question: 存款多少？
  material: 存款证明
年收入:
  entity: 家庭
  type: money
  unit: 元/年
  input: true
  nullable: true
出生日期:
  entity: 成员
  type: date
  input: true
独居:
  entity: 成员
  type: boolean
  input: true
  assume: false
月收入:
  entity: 成员
  type: money
  input: true
  question: 每月收入？
  when: 年龄 >= 16
年龄:
  entity: 成员
  type: integer
  unit: 岁
  formula:
    2020-01-01: years and months duration(出生日期, 本月末).years
老人:
  entity: 成员
  type: boolean
  reference: 助餐办法第二条
  formula:
    2020-01-01: 年龄 >= 老人年龄
老人数:
  entity: 家庭
  type: integer
  unit: 人
  formula:
    2020-01-01: count(成员[老人 = true])
计入收入:
  entity: 成员
  type: money
  formula:
    2020-01-01: if 年龄 < 16 then 0 else 月收入
人均收入:
  entity: 家庭
  type: money
  reference: 助餐办法第三条
  formula:
    2020-01-01: sum(成员.计入收入) / count(成员)
  round: half_up_fen
存款不超:
  entity: 家庭
  type: boolean
  reference: 助餐办法第四条
  formula:
    2020-01-01: 存款 <= 存款限额
符合条件:
  entity: 家庭
  type: boolean
  reference: 助餐办法第五条
  formula:
    2020-01-01: 老人数 > 0 and 存款不超 and 人均收入 < 餐补标准 * 收入倍数
每餐档次:
  entity: 成员
  type: money
  unit: 元/月
  table:
    2020-01-01:
      - { 年龄: '<60', 金额: 0 }
      - { 年龄: '[60..80)', 独居: '-', 金额: 餐补标准 }
      - { 年龄: '>=80', 独居: 'false', 金额: 餐补标准 }
      - { 年龄: '>=80', 独居: 'true', 金额: 餐补标准 * 2 }
餐补:
  entity: 家庭
  type: money
  unit: 元
  reference: 助餐办法第六条
  formula:
    2020-01-01: if 符合条件 then sum(成员.每餐档次) * 补助月数 else 0
    2025-01-01: if 符合条件 then sum(成员.每餐档次) * 补助月数 * 新年系数 else 0
  round: up_yuan
收入说明:
  entity: 家庭
  type: text
  choices: [没有, 很少, 一般]
  formula:
    2020-01-01: if 年收入 = null then "没有" else if 年收入 < 很少界线 then "很少" else "一般"
`;

export const PARAMETERS = `
餐补标准:
  unit: 元/月
  by: 区域类型
  values:
    2020-01-01: { 城市: 100, 农村: { 元/年: 960 }, unverified: true, document: 示例 }
    2024-01-01: { 城市: 120, 农村: 90, 文号: 示例〔2024〕1号 }
收入倍数:
  unit: 倍
  values:
    2020-01-01: { value: 5.5, 文号: 示例〔2020〕2号 }
存款限额:
  unit: 元
  values:
    2020-01-01: 30000
老人年龄:
  unit: 岁
  values:
    2020-01-01: 60
新年系数:
  unit: 倍
  values:
    2020-01-01: 1.05
很少界线:
  unit: 元/年
  values:
    2020-01-01: 6000
`;

export function toy(county = ""): RuleSet {
  return loadRuleSet({
    name: "助餐",
    rules: [{ file: "rules.yaml", text: RULES }],
    parameters: [
      { file: "parameters.yaml", text: PARAMETERS },
      ...(county ? [{ file: "county.yaml", text: county }] : []),
    ],
  });
}
