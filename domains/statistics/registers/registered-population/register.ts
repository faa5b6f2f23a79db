/** 户籍人口台账: the denominator of shares, one entry a township or village, as of a day, from a named source. */
import { defineRegister } from "@wuxin/declare";

const TOWNSHIP = "乡镇（街道）";
const VILLAGE = "村（社区）";

export const register = defineRegister({
  code: "registered-population",
  title: "户籍人口台账",
  system: "保障",
  basis: [{ title: "栏目为本系统自拟；数由公安户籍统计或统计年鉴来", unverified: true }],
  titleField: "name",
  divisionField: "divisionCode",
  columns: ["name", "divisionCode", "level", "asOn", "persons", "source"],
  sums: [],
  editBy: ["county"],
  importing: {
    asOf: "asOn",
    title: "{place}户籍人口",
    level: { field: "level", township: TOWNSHIP, village: VILLAGE },
    adds: "persons",
    headings: {
      divisionCode: ["乡镇", "乡镇街道", "行政区划", "行政区划代码", "区划代码", "地区", "单位"],
      persons: ["户籍人口数", "户籍总人口", "年末户籍人口", "户籍人口（人）", "人口数"],
      asOn: ["统计日期", "统计时点", "日期", "截至"],
      source: ["来源", "数据来源"],
    },
    villageHeadings: ["村", "村社区", "村居", "社区"],
    beside: ["asOn", "source"],
    help: "一行一个乡镇或一个村：写「乡镇（街道）」「户籍人口」，村另写「村（社区）」一列；地方写全称或区划代码。已有的换成新的数，原来的留在经过里。",
  },
  fields: [
    { name: "name", label: "名称", type: "text", required: true, max: 60, help: "如「某某镇户籍人口」。" },
    {
      name: "divisionCode",
      label: "乡镇（街道）、村（社区）",
      type: "division",
      required: true,
      help: "一个地方只登记一条，新的数在这一条上改；改过的数都留着，以前的月份按以前的数算。",
    },
    {
      ...{ name: "level", label: "层级", type: "choice", required: true },
      choices: [TOWNSHIP, VILLAGE].map((value) => ({ value, label: value })),
      help: "占比的分母只加乡镇的，村的不重复加。",
    },
    { name: "asOn", label: "截至日期", type: "date", required: true },
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
