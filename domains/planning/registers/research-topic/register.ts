/** 调研课题台账. */
import { defineRegister } from "@wuxin/declare";
import { indicators } from "./indicators.ts";

const choices = (...all: string[]) => all.map((x) => ({ value: x, label: x }));

const DONE = { field: "state", is: "已成文" };

export const register = defineRegister({
  code: "research-topic",
  title: "调研课题台账",
  system: "保障",
  basis: [{ title: "栏目为本系统自拟", unverified: true }],
  titleField: "name",
  columns: ["name", "owner", "due", "state", "finished"],
  editBy: ["county"],
  fields: [
    { name: "name", label: "课题", type: "text", required: true, max: 120 },
    { name: "place", label: "调研地点", type: "text", max: 80 },
    { name: "owner", label: "牵头股室或负责人", type: "text", required: true, max: 60 },
    { name: "due", label: "计划完成", type: "date", required: true, allowFuture: true },
    { name: "state", label: "状态", type: "choice", required: true, choices: choices("在调研", "已成文") },
    { name: "finished", label: "成文日期", type: "date", visible: DONE, required: DONE },
    {
      name: "result",
      label: "成果摘要和采用情况",
      type: "longtext",
      max: 1000,
      visible: DONE,
      required: DONE,
    },
  ],
  indicators,
});
