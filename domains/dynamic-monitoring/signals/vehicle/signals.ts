import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "vehicle",
    title: "名下机动车超出关注线",
    system: "救助",
    feed: "vehicles",
    hit: "机动车超出关注线",
    reason:
      "名下有 {正常机动车数} 辆机动车，最高价值 {机动车最高价值}（关注线 {机动车价值关注线}、{机动车数量关注线} 辆）。",
    evidence: ["正常机动车数", "机动车最高价值"],
    same: ["正常机动车数", "机动车最高价值"],
    proposes: "review",
    kind: "asset",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十四条" },
  },
]);
