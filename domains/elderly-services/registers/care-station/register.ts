/** 居家养老服务设施台账: stations and centres, and when each was finished. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

export const register = defineRegister({
  code: "care-station",
  title: "居家养老服务设施台账",
  system: "养老",
  basis: [{ title: "栏目为本系统自拟", unverified: true }],
  site: { by: "state" },
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "kind", "demo", "divisionCode", "state"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    {
      name: "kind",
      label: "种类",
      type: "choice",
      required: true,
      choices: choices("城镇社区居家养老服务站", "农村居家养老服务站", "镇综合养老服务中心"),
    },
    { name: "demo", label: "示范点", type: "boolean", initial: false },
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
  ],
  indicators,
});
