import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "tax",
    title: "申报营业收入较高",
    system: "救助",
    feed: "taxes",
    hit: "经营收入超出关注线",
    reason: "经办的市场主体申报营业收入 {申报营业收入}（关注线 {营业收入关注线}）。",
    evidence: ["申报营业收入"],
    same: ["申报营业收入"],
    proposes: "review",
    kind: "income",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十三条" },
  },
]);
