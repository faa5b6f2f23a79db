/** 医养结合台账: which hospital has how many beds. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

export const register = defineRegister({
  code: "medical-care-site",
  title: "医养结合台账",
  system: "养老",
  basis: [{ title: "栏目为本系统自拟", unverified: true }],
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "divisionCode", "beds"],
  sums: ["beds"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
    {
      name: "beds",
      label: "医养结合床位",
      type: "integer",
      unit: "张",
      required: true,
      min: 0,
      max: 1000000,
    },
  ],
  indicators,
});
