import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "business",
    title: "经办企业或个体户",
    system: "救助",
    feed: "market-entities",
    hit: "经办市场主体",
    reason: "是 {存续市场主体数} 个市场主体的负责人，注册资本合计 {注册资本合计}。",
    evidence: ["存续市场主体数", "注册资本合计"],
    same: ["存续市场主体数", "注册资本合计"],
    proposes: "review",
    kind: "asset",
    article: { title: "最低生活保障审核确认办法", document: "民发〔2021〕57号", article: "第十四条" },
  },
]);
