/** 适老化改造台账: one line a household, from survey to acceptance. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

export const register = defineRegister({
  code: "home-adaptation",
  title: "适老化改造台账",
  system: "养老",
  basis: [{ title: "栏目为本系统自拟", unverified: true }],
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "divisionCode", "state", "costFen"],
  sums: ["costFen"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "户主", type: "text", required: true, max: 50, personal: true },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
    {
      name: "state",
      label: "进度",
      type: "choice",
      required: true,
      choices: choices("已列入", "施工中", "已验收"),
    },
    { name: "items", label: "改造内容", type: "text", max: 120 },
    { name: "costFen", label: "费用", type: "money", min: 0 },
  ],
  indicators,
});
