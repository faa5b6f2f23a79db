import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "property",
    title: "名下住房超出关注线",
    system: "救助",
    feed: "real-estate",
    hit: "住房超出关注线",
    reason: "名下登记住宅 {住宅套数} 套（关注线 {住房套数关注线} 套）。",
    evidence: ["住宅套数"],
    same: ["住宅套数"],
    proposes: "review",
    kind: "asset",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十四条" },
  },
  {
    code: "shop",
    title: "名下有商业用房",
    system: "救助",
    feed: "real-estate",
    hit: "有商业用房",
    reason: "名下登记商业用房 {商业用房数} 处。",
    evidence: ["商业用房数"],
    same: ["商业用房数"],
    proposes: "review",
    kind: "asset",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十四条" },
  },
]);
