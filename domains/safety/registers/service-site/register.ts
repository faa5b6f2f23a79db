/** 民政服务机构安全台账: inspections, drills and what was handed out. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

export const register = defineRegister({
  code: "service-site",
  title: "服务机构安全台账",
  system: "保障",
  basis: [{ title: "安全生产法，栏目为本系统自拟", unverified: true }],
  site: { by: "kind" },
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "kind", "divisionCode"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    {
      name: "kind",
      label: "种类",
      type: "choice",
      required: true,
      choices: choices("养老机构", "救助管理站", "殡葬服务机构", "儿童福利机构", "其他"),
    },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
  ],
  ledgers: [
    {
      code: "inspections",
      title: "检查督导",
      inspects: true,
      by: ["township", "county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        { name: "inspectors", label: "检查人", type: "text", max: 80 },
        {
          name: "result",
          label: "结果",
          type: "choice",
          required: true,
          choices: choices("合格", "限期整改", "不合格"),
        },
        { name: "problems", label: "发现的问题", type: "text", max: 120 },
      ],
    },
    {
      code: "drills",
      title: "应急演练",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        {
          name: "people",
          label: "参加人次",
          type: "integer",
          unit: "人次",
          required: true,
          min: 0,
          max: 1000000,
        },
        { name: "subject", label: "内容", type: "text", max: 80 },
      ],
    },
    {
      code: "publicity",
      title: "宣传教育",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        {
          name: "leaflets",
          label: "发放资料",
          type: "integer",
          unit: "份",
          required: true,
          min: 0,
          max: 1000000,
        },
        { name: "subject", label: "内容", type: "text", max: 80 },
      ],
    },
  ],
  indicators,
});
