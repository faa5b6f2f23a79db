import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "custody",
    title: "服刑期间仍在享",
    system: "救助",
    feed: "police-custody",
    hit: "服刑期间仍在享",
    reason: "于 {收监日期} 收监，不应再计入共同生活的家庭成员。",
    evidence: ["收监日期"],
    same: ["收监日期"],
    occurred: "收监日期",
    proposes: "stop-payment",
    leaves: "jailed",
    kind: "stop",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第五条" },
  },
]);
