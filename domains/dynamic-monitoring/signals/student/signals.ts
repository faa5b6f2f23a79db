import { defineSignals } from "@wuxin/declare";

export const signals = defineSignals([
  {
    code: "poor-student",
    title: "困难学生，家庭未享受救助",
    system: "救助",
    feed: "students",
    hit: "困难学生未享受",
    reason: "学校认定为家庭经济困难学生，家庭没有享受救助，请上门了解。",
    evidence: ["困难学生认定数"],
    same: [],
    proposes: "help",
    kind: "missed",
    benefits: ["subsistence-allowance", "edge-family"],
    bring: ["学生证或学籍证明", "户口簿"],
    article: { title: "国办发〔2023〕39号", article: "监测预警" },
  },
  {
    code: "left-school",
    title: "在享家庭学生休学、退学",
    system: "救助",
    feed: "students",
    hit: "在享家庭失学",
    reason: "有休学、退学记录，请上门了解原因并联系学校。",
    evidence: ["休退学记录数"],
    same: ["休退学记录数"],
    proposes: "help",
    kind: "burden",
    article: { title: "国办发〔2023〕39号", article: "监测预警" },
  },
]);
