import { defineBenefit } from "@wuxin/declare";

export const benefit = defineBenefit({
  code: "temporary-assistance",
  title: "临时救助",
  shortTitle: "临时救助",
  subject: "household",
  registryFacts: { 区域类型: "areaClass" },
  guide: {
    what: "遇到火灾、车祸、大病，或者学费、药费一时负担不起，生活过不下去的，一次性的救急钱。",
    bring: ["身份证、户口簿", "遇到困难的证明（病历、票据、事故证明等），一时没有的可以以后补"],
    howLong: "急难型的先救助、后补手续；支出型的一般 20 个工作日左右",
    decidedBy: "小额的乡镇（街道）就能批，其余的县级民政部门批",
  },
  outcome: { eligible: "符合临时救助条件", amount: "临时救助金", explain: ["测算金额", "总额限额"] },
  check: {
    madeOf: { 月收入: ["工资性收入", "经营净收入", "养老金", "赡养费收入"] },
    note: "要遇到突发困难或大额支出才能申请；金额按支出型、一般困难、一个月估算，一次发给。",
  },
});
