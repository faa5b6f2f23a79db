import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "rural",
    title: "防返贫监测户，未享受救助",
    system: "救助",
    feed: "rural-monitoring",
    hit: "监测户未享受",
    reason: "乡村振兴部门列为未消除风险的监测对象，没有享受救助，请核实并互认。",
    evidence: ["未消除风险监测记录数"],
    same: ["监测纳入日期"],
    occurred: "监测纳入日期",
    proposes: "help",
    kind: "missed",
    benefits: ["subsistence-allowance", "edge-family"],
    bring: ["户口簿", "核对授权书"],
    article: { title: "国办发〔2023〕39号", article: "监测预警" },
  },
]);
