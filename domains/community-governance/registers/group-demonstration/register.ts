/** 村（居）民小组“五有”示范台账. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

export const register = defineRegister({
  code: "group-demonstration",
  title: "村（居）民小组示范台账",
  system: "服务",
  basis: [{ title: "栏目为本系统自拟", unverified: true }],
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "divisionCode", "state"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
    { name: "state", label: "状态", type: "choice", required: true, choices: choices("创建中", "已完成") },
  ],
  ledgers: [
    {
      code: "progress",
      title: "创建进展",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        {
          name: "step",
          label: "到了哪一步",
          type: "choice",
          required: true,
          choices: choices("选定", "完成"),
        },
      ],
    },
  ],
  indicators,
});
