import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "severe-disability",
    title: "重度残疾，未享受补贴",
    system: "救助",
    feed: "disability-certificates",
    hit: "重度残疾未享受",
    reason: "持有效的一级或二级残疾人证，没有享受护理补贴等待遇，请上门告知并帮助申请。",
    evidence: ["重度残疾证数"],
    same: [],
    proposes: "help",
    kind: "missed",
    benefits: ["disability-nursing-subsidy"],
    bring: ["残疾人证", "收款账户"],
    article: {
      title: "关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见",
      document: "国发〔2015〕52号",
    },
  },
  {
    code: "certificate-ended",
    title: "残疾人证已失效",
    system: "救助",
    feed: "disability-certificates",
    hit: "残疾证失效仍在享",
    reason: "残疾人证已注销或过期，请复核补贴条件。",
    evidence: ["注销残疾证数"],
    same: ["注销残疾证数"],
    proposes: "review",
    kind: "income",
    article: {
      title: "关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见",
      document: "国发〔2015〕52号",
    },
  },
]);
