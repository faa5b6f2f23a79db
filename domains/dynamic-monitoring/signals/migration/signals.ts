import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "migration",
    title: "户口迁出仍在享",
    system: "救助",
    feed: "police-migration",
    hit: "迁出后仍在享",
    reason: "户口已于 {户口迁出日期} 迁出本县。",
    evidence: ["户口迁出日期"],
    same: ["户口迁出日期"],
    occurred: "户口迁出日期",
    proposes: "review",
    kind: "stop",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第四条" },
  },
]);
