/** 违规坟墓整治台账: what was found, and what was put right. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

export const register = defineRegister({
  code: "grave-rectification",
  title: "违规坟墓整治台账",
  system: "服务",
  basis: [{ title: "殡葬管理条例，2026 年修订，全文未核", unverified: true }],
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "kind", "divisionCode", "state"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    {
      name: "kind",
      label: "种类",
      type: "choice",
      required: true,
      choices: choices("违规私建坟墓", "活人墓", "硬化大墓", "散埋乱葬"),
    },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
    {
      name: "state",
      label: "进度",
      type: "choice",
      required: true,
      choices: choices("已排查", "整治中", "已整治"),
    },
  ],
  indicators,
});
