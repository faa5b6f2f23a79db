import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "housing-fund",
    title: "缴存住房公积金",
    system: "救助",
    feed: "housing-fund",
    hit: "公积金超出关注线",
    reason: "每月缴存公积金 {公积金月缴存额}，余额 {公积金余额}。",
    evidence: ["公积金月缴存额", "公积金余额"],
    same: ["公积金月缴存额"],
    proposes: "review",
    kind: "income",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十三条" },
  },
]);
