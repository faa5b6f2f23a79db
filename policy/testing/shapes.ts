import fc from "fast-check";
import type { FactColumn, Numbers, TypedHouseholds } from "../columns/facts.ts";
import { loadRuleSet } from "../load.ts";
import type { InputFact, RuleSet } from "../types.ts";

const RULES = `
份数: { entity: 家庭, type: integer, input: true, min: -50, max: 4000 }
总额: { entity: 家庭, type: money, input: true }
借款: { entity: 家庭, type: money, input: true, nullable: true }
地区: { entity: 家庭, type: text, choices: [甲县, 乙县, 丙县], input: true }
在册: { entity: 家庭, type: boolean, input: true }
登记日: { entity: 家庭, type: date, input: true }
系数: { entity: 家庭, type: number, input: true }
收入: { entity: 成员, type: money, input: true, min: 0, max: 40000000 }
欠款: { entity: 成员, type: money, input: true }
等级: { entity: 成员, type: integer, input: true, min: 0, max: 4 }
生日: { entity: 成员, type: date, input: true }
去世日: { entity: 成员, type: date, input: true, nullable: true }
计入: { entity: 成员, type: boolean, input: true }
残疾: { entity: 成员, type: boolean, input: true, unrecorded: false }
权重: { entity: 成员, type: number, input: true }

年龄: { entity: 成员, type: integer, formula: { 2020-01-01: "years and months duration(生日, 本月初).years" } }
余月: { entity: 成员, type: integer, formula: { 2020-01-01: "years and months duration(生日, 本月末).months" } }
在世: { entity: 成员, type: boolean, formula: { 2020-01-01: "去世日 = null" } }
净额: { entity: 成员, type: money, formula: { 2020-01-01: "if 计入 then 收入 - 欠款 else 0" } }
级差: { entity: 成员, type: integer, formula: { 2020-01-01: "if 等级 in (1, 2) then 等级 * 3 - 7 else if 残疾 then -1 else 等级 ** 3" } }
档:
  entity: 成员
  type: integer
  table:
    2020-01-01:
      - { 年龄: "<18", 结果: 1 }
      - { 年龄: "[18..60)", 结果: 2 }
      - { 年龄: ">=60", 结果: 3 }
  nullable: false
合计: { entity: 家庭, type: money, formula: { 2020-01-01: "sum(成员.净额)" } }
人数: { entity: 家庭, type: integer, formula: { 2020-01-01: "count(成员[计入 = true])" } }
全部人数: { entity: 家庭, type: integer, formula: { 2020-01-01: "count(成员)" } }
人均: { entity: 家庭, type: money, round: half_up_fen, formula: { 2020-01-01: "if 人数 > 0 then 合计 / 人数 else 0" } }
全均: { entity: 家庭, type: money, round: down_fen, formula: { 2020-01-01: "合计 / count(成员)" } }
舍元: { entity: 家庭, type: money, round: up_yuan, formula: { 2020-01-01: "max(0, 合计) * 3 / 7" } }
舍角: { entity: 家庭, type: money, round: half_up_jiao, formula: { 2020-01-01: "(总额 - 合计) / 9" } }
最长: { entity: 家庭, type: integer, formula: { 2020-01-01: "max(成员.年龄)" } }
最少: { entity: 家庭, type: money, formula: { 2020-01-01: "min(成员.净额)" } }
计入最少: { entity: 家庭, type: money, nullable: true, formula: { 2020-01-01: "min(成员[计入 = true].欠款)" } }
计入级: { entity: 家庭, type: integer, nullable: true, formula: { 2020-01-01: "max(成员[计入 = true].级差)" } }
平均级: { entity: 家庭, type: number, formula: { 2020-01-01: "mean(成员.级差)" } }
有老人: { entity: 家庭, type: boolean, formula: { 2020-01-01: "some 人 in 成员 satisfies 人.年龄 >= 80" } }
都在世: { entity: 家庭, type: boolean, formula: { 2020-01-01: "every 人 in 成员 satisfies 人.在世 and 人.计入" } }
负担: { entity: 家庭, type: money, nullable: true, formula: { 2020-01-01: "if 借款 = null then null else 借款 * 份数" } }
次月: { entity: 家庭, type: date, formula: { 2020-01-01: '登记日 + duration("P1M")' } }
早月: { entity: 家庭, type: date, formula: { 2020-01-01: '登记日 - duration("P14M")' } }
后天: { entity: 家庭, type: date, formula: { 2020-01-01: '登记日 + duration("P45D")' } }
前天: { entity: 家庭, type: date, formula: { 2020-01-01: '登记日 - duration("P400D")' } }
年月日: { entity: 家庭, type: integer, formula: { 2020-01-01: "登记日.year * 372 + 登记日.month * 31 + 登记日.day" } }
折算: { entity: 家庭, type: number, formula: { 2020-01-01: "round half up(系数 * 份数 + 1.5, 0) - floor(系数) + ceiling(系数 / 3)" } }
余数: { entity: 家庭, type: integer, formula: { 2020-01-01: "modulo(份数, 7)" } }
区值: { entity: 家庭, type: integer, formula: { 2020-01-01: 'if 地区 = "甲县" then 1 else if 地区 in ("乙县", "丙县") and 在册 then 2 else 3' } }
说明: { entity: 家庭, type: text, choices: [多, 少], formula: { 2020-01-01: 'if abs(合计) > 总额 then "多" else "少"' } }
低于人均: { entity: 成员, type: boolean, formula: { 2020-01-01: "净额 < 家庭.人均" } }
摊得: { entity: 成员, type: money, formula: { 2020-01-01: "if 家庭.有老人 and not(残疾) then 家庭.总额 * 等级 else 家庭.人均" } }
早于登记: { entity: 成员, type: boolean, formula: { 2020-01-01: "生日 < 家庭.登记日 and 家庭.在册" } }
同档: { entity: 成员, type: integer, formula: { 2020-01-01: "家庭.最长 - 年龄 + 家庭.区值 * 家庭.份数" } }
加权: { entity: 成员, type: number, formula: { 2020-01-01: "decimal(权重 * 家庭.系数, 2)" } }
二次合计: { entity: 家庭, type: money, formula: { 2020-01-01: "sum(成员.摊得) + 合计" } }
二次返还: { entity: 成员, type: money, formula: { 2020-01-01: "min(家庭.二次合计, 净额)" } }
`;

/** A rule set of no business, with every operation of the machines, for households and for members. */
export function shapes(): RuleSet {
  return loadRuleSet({ name: "形", rules: [{ file: "shapes.yaml", text: RULES }], parameters: [] });
}

const KINDS = { Uint8Array, Int8Array, Uint16Array, Int16Array, Int32Array, Uint32Array, Float64Array };
type Kind = keyof typeof KINDS;

/** How many members a household has: mostly few, sometimes as many as columns take, rarely more, or none. */
const SIZES = [1, 1, 1, 2, 2, 3, 4, 5, 6, 9, 13, 32];

interface Draw {
  readonly count: number;
  readonly seed: number;
  /** Values at and beyond the limits of declarations and arrays. */
  readonly extreme: boolean;
  readonly missing: boolean;
  readonly odd: boolean;
  readonly kinds: readonly Kind[];
}

/** Typed columns for the rules above: any array type, any number of rows, extremes, missing facts. */
export const shapedHouseholds: fc.Arbitrary<TypedHouseholds> = fc
  .record<Draw>({
    count: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 40 }) },
      { weight: 1, arbitrary: fc.constantFrom(511, 512, 513, 1030) },
    ),
    seed: fc.integer(),
    extreme: fc.boolean(),
    missing: fc.boolean(),
    odd: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    kinds: fc.array(
      fc.constantFrom<Kind>(
        "Uint8Array",
        "Int8Array",
        "Uint16Array",
        "Int16Array",
        "Int32Array",
        "Int32Array",
        "Int32Array",
        "Uint32Array",
        "Float64Array",
      ),
      { minLength: 15, maxLength: 15 },
    ),
  })
  .map(drawn);

function drawn({ count, seed, extreme, missing, odd, kinds }: Draw): TypedHouseholds {
  let state = seed | 0;
  const random = () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39;
    return ((state ^ (state >>> 12)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const offsets = new Int32Array(count + 1);
  for (let h = 0; h < count; h++) {
    const strange = odd && random() < 0.1;
    offsets[h + 1] = offsets[h]! + (strange ? pick([33, 70]) : pick(SIZES));
  }
  const total = offsets[count]!;
  const number = (input: InputFact): number => {
    switch (input.type) {
      case "boolean":
        return random() < 0.5 ? 1 : 0;
      case "text":
        return Math.floor(random() * input.choices!.length);
      case "date":
        return (1930 + Math.floor(random() * 100)) * 10_000 + pick([101, 131, 228, 301, 630, 1231, 1105]);
      default: {
        const [lo, hi] = [input.min ?? -(2 ** 50), input.max ?? 2 ** 50];
        if (extreme && random() < 0.2)
          return pick([
            0,
            1,
            -1,
            255,
            32_767,
            -32_768,
            2 ** 31 - 1,
            -(2 ** 31),
            2 ** 32 - 1,
            lo,
            hi,
            2 ** 53 - 1,
          ]);
        return Math.min(hi, Math.max(lo, Math.round((random() - 0.3) * pick([9, 300, 90_000, 8_000_000]))));
      }
    }
  };
  const column = (input: InputFact, wished: Kind): FactColumn => {
    const rows = input.entity === "家庭" ? count : total;
    const small = input.type === "boolean" || input.type === "text";
    const kind = small
      ? "Uint8Array"
      : input.type === "date"
        ? pick(["Int32Array", "Uint32Array", "Float64Array"] as const)
        : wished;
    const data: Numbers = new KINDS[kind](rows);
    // Facts that do not fit are refused and end the comparison: they are rare.
    const [least, most] = [input.min ?? -Infinity, input.max ?? Infinity];
    for (let i = 0; i < rows; i++) {
      data[i] = number(input);
      const fits = data[i]! >= least && data[i]! <= most && Number.isSafeInteger(data[i]!);
      if (!fits && !(odd && random() < 0.01)) data[i] = Math.max(0, input.min ?? 0);
    }
    if (!missing || random() < 0.5)
      return { data, ...(input.type === "number" ? { per: pick([1, 10, 8]) } : {}) };
    const held = new Uint8Array(rows);
    for (let i = 0; i < rows; i++) {
      if (random() < 0.15) {
        held[i] = input.nullable && random() < 0.5 ? 2 : 1;
        // What is not recorded may hold anything.
        data[i] = pick([0, 255, -7, 2 ** 40]);
      }
    }
    return { data, state: held, ...(input.type === "number" ? { per: pick([1, 100]) } : {}) };
  };
  const of = (entity: "家庭" | "成员") =>
    Object.fromEntries(
      INPUTS.filter((i) => i.entity === entity).map((i) => [i.name, column(i, kinds[INPUTS.indexOf(i)]!)]),
    );
  return { count, offsets, household: of("家庭"), members: of("成员") };
}

const INPUTS = shapes().inputs;
