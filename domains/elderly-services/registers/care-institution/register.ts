/** 养老机构台账: where, how far built, how many beds. States, not a yes or no: what is built but not opened is seen. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

export const register = defineRegister({
  code: "care-institution",
  title: "养老机构台账",
  system: "养老",
  basis: [{ title: "养老机构管理办法（民政部令第66号），栏目为本系统自拟", unverified: true }],
  site: { by: "state" },
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "level", "divisionCode", "state", "beds"],
  sums: ["beds"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    {
      name: "level",
      label: "层级",
      type: "choice",
      required: true,
      choices: choices("县级", "镇级", "民办"),
    },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
    {
      name: "state",
      label: "建设与运营状态",
      type: "choice",
      required: true,
      choices: choices("择址", "在建", "已建成未运营", "正式运营", "停用"),
    },
    { name: "beds", label: "床位", type: "integer", unit: "张", min: 0, max: 1000000 },
    { name: "operator", label: "运营单位", type: "text", max: 80 },
  ],
  indicators,
});
