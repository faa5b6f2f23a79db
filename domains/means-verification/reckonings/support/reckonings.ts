import { defineReckonings } from "@wuxin/declare";

export const reckonings = defineReckonings([
  {
    code: "support",
    answers: "赡养费收入",
    variable: "应计赡养费",
    told: "能折算赡养费",
    takes: [],
    ofSupporter: {
      area: "区域类型",
      declared: "义务人申报月收入",
      found: "义务人查得月收入",
      sums: ["工资性收入", "经营净收入", "养老金", "中央基础养老金"],
      dependants: "义务人供养人数",
      supports: "应赡养人数",
      agreed: "有协议或判决",
      agreedAmount: "约定赡养费",
    },
    words:
      "[{赡养费依据}][，月收入按 {义务人月收入}，起算线 {赡养费起算线}（每人低保标准的 {赡养费起算倍数} 倍），超过部分的 {赡养费折算比例}由应赡养的人平分][，每月折算赡养费 {应计赡养费}]",
    article: {
      title: "最低生活保障审核确认办法",
      document: "民发〔2021〕57号",
      article: "第十三条、第十七条",
    },
  },
]);
