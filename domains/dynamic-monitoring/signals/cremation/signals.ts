import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "cremation",
    title: "火化后仍在享",
    system: "救助",
    feed: "cremations",
    hit: "火化后仍在享",
    reason: "殡仪馆登记于 {火化日期} 火化（按姓名和出生日期比对），目前仍在发放。",
    evidence: ["火化日期"],
    same: [],
    occurred: "火化日期",
    proposes: "stop-payment",
    confirmedBy: "death",
    leaves: "died",
    kind: "stop",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第三十二条" },
  },
]);
