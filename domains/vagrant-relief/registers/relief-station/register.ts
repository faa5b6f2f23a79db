/** 救助管理站台账: relief by person and time, families traced, people settled. Nobody is named here. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

export const register = defineRegister({
  code: "relief-station",
  title: "救助管理站台账",
  system: "救助",
  basis: [
    {
      title: "城市生活无着的流浪乞讨人员救助管理办法（国务院令第381号），栏目为本系统自拟",
      unverified: true,
    },
  ],
  site: {},
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "divisionCode", "phone"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
    { name: "phone", label: "救助电话", type: "text", max: 30 },
  ],
  ledgers: [
    {
      code: "relief",
      title: "救助登记",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        { name: "place", label: "地点", type: "choice", required: true, choices: choices("站内", "街面") },
        {
          name: "help",
          label: "方式",
          type: "choice",
          required: true,
          choices: choices("食宿", "资助返乡", "联系家属", "治疗", "其他"),
        },
        { name: "amountFen", label: "救助支出", type: "money", required: true, min: 0 },
      ],
    },
    {
      code: "tracing",
      title: "寻亲登记",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        {
          name: "how",
          label: "怎样找到",
          type: "choice",
          required: true,
          choices: choices("DNA比对", "人脸比对", "口音和走访", "其他"),
        },
        { name: "patient", label: "精神障碍患者", type: "boolean", initial: false },
      ],
    },
    {
      code: "settlement",
      title: "落户安置登记",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        { name: "persons", label: "人数", type: "integer", unit: "人", required: true, min: 0, max: 1000000 },
      ],
    },
  ],
  indicators,
});
