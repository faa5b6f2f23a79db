import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "pension",
    title: "养老金高于关注线",
    system: "救助",
    feed: "pensions",
    hit: "养老金超出关注线",
    reason: "每月领取养老金 {月养老金}（关注线 {养老金关注线}）。",
    evidence: ["月养老金"],
    same: ["月养老金"],
    proposes: "review",
    kind: "income",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十三条" },
  },
]);
