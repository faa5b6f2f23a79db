/** 志愿服务活动台账: who served and how many were served, shift by shift. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

export const register = defineRegister({
  code: "volunteer-activity",
  title: "志愿服务活动台账",
  system: "服务",
  basis: [{ title: "志愿服务条例，栏目为本系统自拟", unverified: true }],
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "kind", "place", "divisionCode"],
  editBy: ["township", "county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60 },
    {
      name: "kind",
      label: "种类",
      type: "choice",
      required: true,
      choices: choices("交通劝导", "慰问关爱", "其他"),
    },
    { name: "place", label: "地点", type: "text", max: 80 },
    { name: "divisionCode", label: "所在乡镇（街道）", type: "division", required: true },
  ],
  ledgers: [
    {
      code: "shifts",
      title: "每次活动",
      by: ["township", "county"],
      fields: [
        { name: "on", label: "日期", type: "date", required: true },
        {
          name: "volunteers",
          label: "志愿者人次",
          type: "integer",
          unit: "人次",
          required: true,
          min: 0,
          max: 1000000,
        },
        { name: "served", label: "服务群众人次", type: "integer", unit: "人次", min: 0, max: 1000000 },
      ],
    },
  ],
  indicators,
});
