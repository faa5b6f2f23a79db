/**
 * Who leaves 低保, by reason. A reason is the word that the decision or the change chose (the causes of the flow, what happened to
 * a member); what is in none of them is counted as 其他, so that the reasons add up to all.
 */
import { defineIndicators, type Measure } from "@wuxin/declare";
import type { Condition } from "@wuxin/kernel";

const REASONS: readonly {
  readonly code: string;
  readonly label: string;
  readonly causes: readonly string[];
}[] = [
  { code: "income", label: "收入超标", causes: ["收入超过标准", "收入变化"] },
  { code: "property", label: "财产超标", causes: ["财产超过规定", "财产变化"] },
  { code: "death", label: "死亡", causes: ["死亡"] },
  { code: "voluntary", label: "自愿放弃", causes: ["主动退出"] },
  { code: "moved", label: "迁出", causes: ["迁出本县", "离开家庭"] },
  { code: "jailed", label: "服刑或强制戒毒", causes: ["服刑", "服刑或强制戒毒"] },
  { code: "adult", label: "年龄不再符合", causes: ["年满 18 周岁，不再符合"] },
  { code: "family", label: "婚姻和人口变化", causes: ["结婚", "离婚", "人口变化"] },
  { code: "destitute", label: "转为特困供养", causes: ["改领特困供养"] },
  { code: "gradual", label: "渐退期满", causes: ["渐退期满"] },
];

const item: Condition = { field: "item", is: "subsistence-allowance" };
const whole: Condition = { field: "whole", is: true };
const because = (causes: readonly string[]): Condition => ({
  any: causes.map((cause) => ({ field: "cause", is: cause })),
});
const common = { unit: "人", system: "救助", capability: "SA-16", decimals: 0, kind: "flow" } as const;
const persons = (...where: Condition[]): Measure => ({
  ...{ count: "persons", ledger: "exits" },
  where: { all: [item, ...where] },
});

export const exitIndicators = defineIndicators([
  {
    ...common,
    code: "dibao_exit_persons",
    name: "退出低保人数",
    definition:
      "待遇在当月结束的低保对象人数；并入另一户继续享受的不算退出；家里还有人享受、只少一个人的另算成员减少",
    measure: persons(whole),
  },
  {
    ...common,
    code: "dibao_exit_households",
    name: "退出低保户数",
    unit: "户",
    definition: "待遇在当月结束的低保户数；并入另一户继续享受的不算退出",
    measure: { count: "rows", ledger: "exits", where: { all: [item, whole] } },
  },
  ...REASONS.map(({ code, label, causes }) => ({
    ...common,
    code: `dibao_exit_${code}`,
    name: `退出低保人数：${label}`,
    definition: `当月退出低保的人数中，决定或登记的原因是「${causes.join("」「")}」的`,
    measure: persons(whole, because(causes)),
  })),
  {
    ...common,
    code: "dibao_exit_other",
    name: "退出低保人数：其他",
    definition: "当月退出低保的人数中，原因不在以上各类的；各类相加等于退出低保人数",
    measure: persons(whole, { not: because(REASONS.flatMap((r) => r.causes)) }),
  },
  {
    ...common,
    code: "dibao_left_persons",
    name: "低保成员减少人数",
    definition:
      "当月起不再计入、而家里其他人继续享受低保的人数：去世、服刑、离开、年龄不再符合等；分户、合户的不算",
    measure: persons({ field: "whole", is: false }),
  },
]);
