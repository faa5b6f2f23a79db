/** 社区治理试点台账. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

export const register = defineRegister({
  code: "governance-pilot",
  title: "社区治理试点台账",
  system: "服务",
  basis: [{ title: "栏目为本系统自拟", unverified: true }],
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "topic", "divisionCode", "state"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    { name: "topic", label: "试点内容", type: "text", max: 120 },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
    {
      name: "state",
      label: "状态",
      type: "choice",
      required: true,
      choices: choices("建设中", "基本完成", "完成"),
    },
  ],
  indicators,
});
