import { defineBenefit } from "@wuxin/declare";

export const benefit = defineBenefit({
  code: "edge-family",
  title: "低保边缘家庭认定",
  shortTitle: "低保边缘",
  subject: "household",
  registryFacts: { 区域类型: "areaClass" },
  drawnFacts: { 已是低保或特困: { drawsOneOf: ["subsistence-allowance", "destitute-support"] } },
  guide: {
    what: "人均收入比低保标准高一些、不到 1.5 倍的家庭。认定以后，看病、上学、残疾人补贴等可以得到照顾。",
    bring: ["身份证、户口簿", "收入和财产的说明"],
    howLong: "和低保一样办理，一般 30 个工作日以内",
    decidedBy: "乡镇（街道）审核，县级民政部门确认",
  },
  outcome: { eligible: "符合低保边缘条件", explain: ["家庭月人均收入", "低保边缘线"] },
  check: { madeOf: { 月可支配收入: ["工资性收入", "经营净收入", "养老金", "赡养费收入"] } },
});
