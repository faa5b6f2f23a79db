import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "medical",
    title: "大额自付医疗费，未享受救助",
    system: "救助",
    feed: "medical-costs",
    hit: "因病支出过大",
    reason:
      "自付医疗费 {自付医疗费}（关注线 {自付医疗费关注线}），目前没有享受救助，请上门看是否符合刚性支出困难或临时救助。",
    evidence: ["自付医疗费"],
    same: ["自付医疗费"],
    proposes: "help",
    kind: "missed",
    benefits: ["rigid-expenditure", "temporary-assistance"],
    bring: ["医疗费用结算单", "收款账户", "核对授权书"],
    article: { title: "国办发〔2023〕39号", article: "监测预警" },
  },
  {
    code: "medical-more",
    title: "在享对象大额自付医疗费",
    system: "救助",
    feed: "medical-costs",
    hit: "在享者因病支出过大",
    reason: "自付医疗费 {自付医疗费}，请看是否需要临时救助。",
    evidence: ["自付医疗费"],
    same: ["自付医疗费"],
    proposes: "help",
    kind: "burden",
    benefits: ["temporary-assistance"],
    bring: ["医疗费用结算单"],
    article: { title: "国办发〔2023〕39号", article: "监测预警" },
  },
]);
