import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "marriage",
    title: "结婚后家庭人口变化",
    system: "救助",
    feed: "marriages",
    hit: "结婚后未变更",
    reason: "于 {结婚登记日期} 登记结婚，家庭人口和收入应重新计算，核实前建议暂缓发放。",
    evidence: ["结婚登记日期"],
    same: ["结婚登记日期"],
    occurred: "结婚登记日期",
    proposes: "stop-payment",
    kind: "stop",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第三十二条" },
  },
  {
    code: "divorce",
    title: "离婚后家庭人口变化",
    system: "救助",
    feed: "marriages",
    hit: "离婚后未变更",
    reason: "于 {离婚登记日期} 登记离婚，家庭人口应重新核实。",
    evidence: ["离婚登记日期"],
    same: ["离婚登记日期"],
    occurred: "离婚登记日期",
    proposes: "review",
    kind: "income",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第三十二条" },
  },
]);
