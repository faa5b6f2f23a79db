/** 殡仪馆台账: cremations with what was remitted, the deaths and the task they are measured by, money put in. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

export const register = defineRegister({
  code: "funeral-home",
  title: "殡仪馆台账",
  system: "服务",
  basis: [{ title: "殡葬管理条例，2026 年修订，全文未核", unverified: true }],
  site: {},
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "divisionCode", "operator"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
    { name: "operator", label: "管理单位", type: "text", max: 80 },
  ],
  ledgers: [
    {
      code: "cremations",
      title: "火化登记",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "火化日期", type: "date", required: true },
        { name: "serial", label: "火化编号", type: "text", max: 40 },
        { name: "freeFen", label: "免除的基本服务费", type: "money", required: true, min: 0 },
      ],
    },
    {
      code: "deaths",
      title: "应火化死亡人数",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "统计日期", type: "date", required: true },
        {
          name: "deaths",
          label: "应火化死亡人数",
          type: "integer",
          unit: "人",
          required: true,
          min: 0,
          max: 1000000,
        },
        { name: "source", label: "来源", type: "text", max: 80 },
      ],
    },
    {
      code: "tasks",
      title: "年度任务",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "下达日期", type: "date", required: true },
        {
          name: "target",
          label: "任务数",
          type: "integer",
          unit: "具",
          required: true,
          min: 0,
          max: 1000000,
        },
        { name: "document", label: "文号", type: "text", max: 60 },
      ],
    },
    {
      code: "investments",
      title: "设施设备投入",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        {
          name: "kind",
          label: "种类",
          type: "choice",
          required: true,
          choices: choices("设施建设", "设备建设"),
        },
        { name: "amountFen", label: "金额", type: "money", required: true, min: 0 },
        { name: "document", label: "文号", type: "text", max: 60 },
      ],
    },
  ],
  indicators,
});
