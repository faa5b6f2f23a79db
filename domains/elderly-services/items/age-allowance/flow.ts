/** 高龄津贴: one person, one township check, one confirmation, then paid while alive and resident. Amounts, bands and steps are local. */
import { personBenefitFlow } from "@wuxin/declare";

export const flow = personBenefitFlow({
  checks: "年龄、户籍、居住和收款账户",
  checkFields: [{ name: "alive", label: "本人健在，已见到本人或视频见面", type: "boolean", required: true }],
  confirmNeeds: [{ when: { field: "check.alive", is: true }, message: "乡镇没有确认本人健在。" }],
  whilePaid: "已经确认，按月发到账户。每年做一次生存认证，可以由工作人员上门或视频办理。",
  stopCauses: ["户口迁出", "下落不明", "主动放弃", "重复享受"],
  papers: { award: "award-notice", refusal: "refusal-notice" },
});
