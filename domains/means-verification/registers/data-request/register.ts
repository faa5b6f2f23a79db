/** 数据共享申请: what list is asked of which department, on what ground, and how far it has come, paper by paper. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));
const among = (...states: string[]) => ({ field: "state", in: states });

const SENT = among("已发函", "已同意", "不同意", "交付中", "已终止");
const ANSWERED = among("已同意", "不同意", "交付中");
const AGREED = among("已同意", "交付中");
const DELIVERED = among("交付中");

export const register = defineRegister({
  code: "data-request",
  title: "数据共享申请台账",
  system: "救助",
  basis: [
    { title: "社会救助暂行办法", article: "第五十八条" },
    { title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见", document: "国办发〔2023〕39号" },
    { title: "栏目为本系统自拟", unverified: true },
  ],
  titleField: "list",
  columns: ["list", "department", "frequency", "state", "until"],
  editBy: ["county"],
  fields: [
    {
      name: "list",
      label: "要哪份名单",
      type: "text",
      required: true,
      max: 60,
      help: "与「数据接入」里的名称一致。",
    },
    {
      ...{ name: "feed", label: "数据接入里的哪一份", type: "choice", choicesFrom: "feeds" },
      help: "选了，这一份的来件、时效和下次应交的日期就在这条申请上；部门联络员可以自己交文件。",
    },
    { name: "department", label: "向哪个部门要", type: "text", required: true, max: 60 },
    { name: "owner", label: "经办股室", type: "text", required: true, max: 60 },
    {
      name: "ground",
      label: "法律依据",
      type: "text",
      required: true,
      min: 4,
      max: 200,
      help: "写明文件和条文。",
    },
    { name: "purpose", label: "用途", type: "longtext", required: true, min: 4, max: 500 },
    {
      name: "columns",
      label: "要哪几列",
      type: "text",
      required: true,
      max: 300,
      help: "只要用得上的，不多要。",
    },
    {
      ...{ name: "frequency", label: "多久一次", type: "choice", required: true },
      choices: choices("一次", "每月", "每季", "每半年", "每年", "随时查询"),
    },
    {
      ...{ name: "state", label: "办到哪一步", type: "choice", required: true },
      choices: choices("起草", "已发函", "已同意", "不同意", "交付中", "已终止"),
    },
    { name: "sentNumber", label: "我方函号", type: "text", max: 60, visible: SENT, required: SENT },
    { name: "sentOn", label: "发函日期", type: "date", visible: SENT, required: SENT },
    {
      name: "answerNumber",
      label: "对方复函文号",
      type: "text",
      max: 60,
      visible: ANSWERED,
      required: ANSWERED,
    },
    { name: "answeredOn", label: "复函日期", type: "date", visible: ANSWERED, required: ANSWERED },
    {
      ...{ name: "refusedWhy", label: "不同意的理由", type: "longtext", max: 500 },
      ...{ visible: among("不同意"), required: among("不同意") },
    },
    {
      name: "until",
      label: "同意到哪天",
      type: "date",
      allowFuture: true,
      visible: AGREED,
      required: AGREED,
    },
    { name: "firstOn", label: "第一次交付", type: "date", visible: DELIVERED, required: DELIVERED },
    {
      ...{ name: "endedWhy", label: "终止的原因", type: "longtext", max: 500 },
      ...{ visible: among("已终止"), required: among("已终止") },
    },
  ],
  ledgers: [
    {
      code: "papers",
      title: "往来函件",
      by: ["county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        {
          ...{ name: "kind", label: "种类", type: "choice", required: true },
          choices: choices("申请函", "复函", "催办", "变更", "终止"),
        },
        { name: "number", label: "文号", type: "text", required: true, max: 60 },
        { name: "about", label: "内容", type: "text", max: 200 },
      ],
    },
  ],
  shares: {
    with: "feed",
    when: among("已发函", "已同意", "交付中"),
    fields: [
      "list",
      "ground",
      "purpose",
      "columns",
      "frequency",
      "state",
      "sentNumber",
      "answerNumber",
      "until",
    ],
    ledgers: ["papers"],
    purpose: "按共享申请交付这份名单",
    basis: "社会救助暂行办法第五十八条",
  },
  grounds: { feed: "feed", when: AGREED, until: "until" },
  indicators,
});
