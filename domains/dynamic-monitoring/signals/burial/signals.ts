import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "burial",
    title: "安葬后仍在享",
    system: "救助",
    feed: "burials",
    hit: "安葬后仍在享",
    reason: "墓位、骨灰登记于 {安葬日期} 安葬，目前仍在发放。",
    evidence: ["安葬日期"],
    same: [],
    occurred: "安葬日期",
    proposes: "stop-payment",
    confirmedBy: "death",
    leaves: "died",
    kind: "stop",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第三十二条" },
  },
]);
