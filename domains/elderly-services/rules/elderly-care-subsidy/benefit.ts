import { defineBenefit } from "@wuxin/declare";

export const benefit = defineBenefit({
  code: "elderly-care-subsidy",
  title: "养老服务补贴",
  shortTitle: "养老服务补贴",
  subject: "person",
  registryFacts: { 出生日期: "birthDate" },
  drawnFacts: {
    家庭类别: {
      byItem: { "destitute-support": "特困", "subsistence-allowance": "低保", "edge-family": "低保边缘" },
    },
  },
  guide: {
    what: "低保、低保边缘家庭的老人，买居家照料、助餐、助洁等服务时的补贴。",
    bring: ["身份证", "低保或低保边缘家庭的认定"],
    howLong: "按本县养老服务补贴办法",
    decidedBy: "县级民政部门",
  },
  outcome: { eligible: "符合养老服务补贴条件", amount: "养老服务补贴", explain: ["年龄", "养老服务补贴"] },
});
