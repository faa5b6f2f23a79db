import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "employment",
    title: "参保缴费显示有工资收入",
    system: "救助",
    feed: "insurance-contributions",
    hit: "有工资收入",
    reason: "由单位按每月 {月缴费基数}的基数参保缴费。",
    evidence: ["月缴费基数"],
    same: ["月缴费基数"],
    proposes: "review",
    kind: "income",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十三条" },
  },
]);
