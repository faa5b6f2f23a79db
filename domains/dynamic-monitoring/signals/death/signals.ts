import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "death",
    title: "死亡后仍在享",
    system: "救助",
    feed: "police-deaths",
    hit: "死亡后仍在享",
    reason: "公安登记于 {死亡日期} 死亡，目前仍在发放。",
    evidence: ["死亡日期"],
    same: [],
    occurred: "死亡日期",
    proposes: "stop-payment",
    confirmedBy: "death",
    leaves: "died",
    kind: "stop",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第三十二条" },
  },
]);
