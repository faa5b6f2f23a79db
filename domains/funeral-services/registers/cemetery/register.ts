/** 公墓台账: what there is, how full it is, what it costs against the approved ceiling, and the yearly check. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const kinds = ["经营性公墓", "公益性公墓", "骨灰楼堂"].map((x) => ({ value: x, label: x }));
const states = ["规划选址", "在建", "已建成未使用", "使用中", "已满", "停用"].map((x) => ({
  value: x,
  label: x,
}));

export const register = defineRegister({
  code: "cemetery",
  title: "公墓台账",
  system: "服务",
  // 殡葬管理条例 was replaced with effect from 2026-03-30; its full text was not read.
  basis: [{ title: "殡葬管理条例", article: "2026 年修订，全文未核", unverified: true }],
  site: { by: "kind" },
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "kind", "divisionCode", "state", "plots", "sold", "left", "priceFen"],
  sums: ["areaMu", "plots", "sold", "left"],
  publicFields: ["name", "kind", "divisionCode", "address", "left", "priceFen", "phone"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    { name: "kind", label: "性质", type: "choice", required: true, choices: kinds },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
    { name: "address", label: "详细地址", type: "text", max: 120 },
    { name: "operator", label: "管理单位", type: "text", required: true, max: 80 },
    { name: "phone", label: "联系电话", type: "text", max: 30 },
    { name: "approval", label: "批准文号", type: "text", max: 60 },
    { name: "state", label: "建设与使用状态", type: "choice", required: true, choices: states },
    { name: "areaMu", label: "占地面积", type: "integer", unit: "亩", min: 0, max: 100_000 },
    {
      name: "plots",
      label: "墓（格）位总数",
      type: "integer",
      unit: "个",
      required: true,
      min: 0,
      max: 1_000_000,
    },
    { name: "sold", label: "已使用", type: "integer", unit: "个", required: true, min: 0, max: 1_000_000 },
    {
      name: "priceFen",
      label: "墓位价格",
      type: "money",
      required: { field: "kind", isNot: "骨灰楼堂" },
      help: "单个墓位的销售价格。",
    },
    { name: "priceDocument", label: "价格批准文件", type: "text", max: 80 },
  ],
  derived: [{ name: "left", label: "剩余", minus: ["plots", "sold"] }],
  rules: [
    {
      when: { field: "left", atMost: -1 },
      field: "sold",
      message: "已使用数不能大于墓（格）位总数，请核对。",
    },
  ],
  limits: [
    {
      code: "price-ceiling",
      field: "priceFen",
      parameter: "墓穴价格上限",
      severity: "flag",
      message: "墓位价格 {{value}} 超过核定上限 {{limit}}（{{document}}），应当改正并退还多收部分。",
    },
  ],
  ledgers: [
    {
      code: "charges",
      title: "收费登记",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "收费日期", type: "date", required: true },
        {
          name: "subject",
          label: "项目",
          type: "choice",
          required: true,
          choices: ["墓位", "维护费", "刻碑", "其他"].map((x) => ({ value: x, label: x })),
        },
        { name: "amountFen", label: "金额", type: "money", required: true, min: 1 },
        { name: "payer", label: "交费人", type: "text", required: true, max: 50, personal: true },
        { name: "refundedFen", label: "已退金额", type: "money", initial: 0 },
      ],
      limits: [
        {
          code: "overcharge",
          field: "amountFen",
          parameter: "墓穴价格上限",
          when: { field: "subject", is: "墓位" },
          severity: "flag",
          message: "收费 {{value}} 高于核定上限 {{limit}}（{{document}}），请退还差额并登记。",
        },
      ],
    },
  ],
  check: {
    code: "yearly",
    label: "年度检查",
    everyMonths: 12,
    fields: [
      { name: "on", label: "检查日期", type: "date", required: true },
      { name: "inspectors", label: "检查人", type: "staff", required: true, min: 2 },
      {
        name: "result",
        label: "结果",
        type: "choice",
        required: true,
        choices: ["合格", "限期整改", "不合格"].map((x) => ({ value: x, label: x })),
      },
      {
        name: "problems",
        label: "发现的问题",
        type: "longtext",
        required: true,
        visible: { field: "result", in: ["限期整改", "不合格"] },
      },
    ],
  },
  indicators,
});
