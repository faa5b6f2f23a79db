import { defineReckonings } from "@wuxin/declare";

const article = {
  title: "最低生活保障审核确认办法",
  document: "民发〔2021〕57号",
  article: "第十三条、第十七条",
};

export const reckonings = defineReckonings([
  {
    code: "wage",
    answers: "工资性收入",
    variable: "查得工资性收入",
    told: "名单有工资",
    takes: ["个税申报工资", "工资所属期起", "工资所属期止", "月缴费基数", "灵活就业参保数", "公积金月缴存额"],
    words:
      "{工资依据}[，个税申报工资 {个税申报工资}（{工资所属期起} 至 {工资所属期止}）][，社保月缴费基数 {月缴费基数}][，公积金月缴存额 {公积金月缴存额}]",
    article,
  },
  {
    code: "business",
    answers: "经营净收入",
    variable: "查得经营净收入",
    told: "名单有经营",
    takes: ["存续市场主体数", "申报营业收入", "申报所属期起", "申报所属期止"],
    words:
      "[存续市场主体 {存续市场主体数} 个，]申报营业收入 {申报营业收入}[（{申报所属期起} 至 {申报所属期止}），净收入按 {经营净收入率}折算]",
    article,
  },
  {
    code: "pension",
    answers: "养老金",
    variable: "查得养老金",
    takes: ["月养老金", "居民月养老金"],
    words:
      "养老金合计 {月养老金}[，其中城乡居民养老金 {居民月养老金}]，中央基础养老金 {查得中央基础养老金}另列",
    article,
  },
  {
    code: "basic-pension",
    answers: "中央基础养老金",
    variable: "查得中央基础养老金",
    takes: ["居民月养老金"],
    words: "城乡居民养老金 {居民月养老金}，其中不超过中央标准 {中央基础养老金标准}的部分",
    article,
  },
]);
