/** 老年助餐点台账: where old people eat, since when, how many times. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

export const register = defineRegister({
  code: "meal-site",
  title: "老年助餐点台账",
  system: "养老",
  basis: [{ title: "栏目为本系统自拟", unverified: true }],
  site: { by: "state" },
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "divisionCode", "state"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    { name: "alias", label: "曾用名", type: "text", max: 60 },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
    {
      name: "state",
      label: "建设与运营状态",
      type: "choice",
      required: true,
      choices: choices("择址", "在建", "已建成未运营", "正式运营", "停用"),
    },
  ],
  ledgers: [
    {
      code: "progress",
      title: "建设进展",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        {
          name: "step",
          label: "到了哪一步",
          type: "choice",
          required: true,
          choices: choices("择址", "开工", "完工", "运营"),
        },
        { name: "note", label: "说明", type: "text", max: 120 },
      ],
    },
    {
      code: "meals",
      title: "用餐登记",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        {
          name: "persontimes",
          label: "用餐人次",
          type: "integer",
          unit: "人次",
          required: true,
          min: 0,
          max: 1000000,
        },
      ],
    },
  ],
  indicators,
});
