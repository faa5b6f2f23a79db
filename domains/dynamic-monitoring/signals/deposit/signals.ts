import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "deposit",
    title: "存款超出关注线",
    system: "救助",
    feed: "bank-deposits",
    hit: "存款超出关注线",
    reason: "经授权查询，存款余额 {存款余额}（关注线 {存款关注线}）。",
    evidence: ["存款余额"],
    same: ["存款余额"],
    proposes: "review",
    kind: "asset",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十四条" },
  },
]);
