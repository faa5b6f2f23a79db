/** The way of both subsidies: the township checks the card with 残联, the county confirms or, where it gave that away, takes on file. */
import { type Field, personBenefitFlow } from "@wuxin/declare";

const cardFound: Field = {
  name: "cardFound",
  label: "已与残联信息比对，残疾人证真实有效",
  type: "boolean",
  required: true,
};

/** @param also what else the township answers for this subsidy */
export const subsidyFlow = (also: readonly Field[] = []) =>
  personBenefitFlow({
    checks: "残疾人证、家庭情况和收款账户",
    checkArticle: "国发〔2015〕52号",
    checkFields: [cardFound, ...also],
    confirmNeeds: [
      { when: { field: "check.cardFound", is: true }, message: "乡镇（街道）没有核实残疾人证，请退回核实。" },
    ],
    confirmArticle: "国发〔2015〕52号",
    confirmedBy: { switch: "disabilityAllowanceConfirmedBy" },
    whilePaid: "已经确认，从申请的当月起按月发到账户。残疾人证到期前请及时换证；家里情况变了请说一声。",
    stopCauses: [
      "残疾人证到期或注销",
      "不再是低保或低保边缘家庭",
      "转为特困供养",
      "领取工伤护理费",
      "户口迁出",
      "主动放弃",
    ],
    papers: { award: "award-notice", refusal: "refusal-notice", stop: "stop-notice" },
  });
