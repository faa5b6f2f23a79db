/** 户籍人口台账: the denominator of shares, one entry a township, brought up to date each year from a named source. */
import { defineRegister } from "@wuxin/declare";

export const register = defineRegister({
  code: "registered-population",
  title: "户籍人口台账",
  system: "保障",
  basis: [{ title: "栏目为本系统自拟；数由公安户籍统计或统计年鉴来", unverified: true }],
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "divisionCode", "year", "persons", "source"],
  sums: ["persons"],
  editBy: ["county"],
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 40, help: "如「某某镇户籍人口」。" },
    {
      name: "divisionCode",
      label: "乡镇（街道）",
      type: "division",
      required: true,
      help: "一个乡镇只登记一条，新的年度在这一条上改；改过的数都留着，以前的月份按以前的数算。",
    },
    { name: "year", label: "年度（年末数）", type: "integer", required: true, min: 2000, max: 2100 },
    {
      name: "persons",
      label: "户籍人口",
      type: "integer",
      unit: "人",
      required: true,
      min: 1,
      max: 10_000_000,
    },
    {
      name: "source",
      label: "出处",
      type: "text",
      required: true,
      min: 4,
      max: 120,
      help: "哪个部门、哪份统计，哪天的数。",
    },
  ],
});
