/** The statutory clocks of 特困. Articles are of 《特困人员认定办法》. */
import type { ClockDefinition } from "@wuxin/declare";

const ENDS = ["confirm", "refuse", "withdraw", "terminate"];

export const clocks: readonly ClockDefinition[] = [
  {
    key: "investigate",
    label: "调查核实",
    article: "第十三条",
    startsAt: ["accept"],
    stopsAt: ["opinion", ...ENDS],
    limit: 15,
    unit: "workingDays",
    owner: "township",
    warnAt: 3,
  },
  {
    key: "reinvestigate",
    label: "对异议重新调查",
    article: "第十五条",
    startsAt: ["reinvestigate"],
    stopsAt: ["opinion", ...ENDS],
    limit: 15,
    unit: "workingDays",
    owner: "township",
    warnAt: 3,
  },
  {
    key: "countyDecision",
    label: "县级审核确认",
    article: "第十六条",
    startsAt: ["finish_publicity"],
    stopsAt: ["return_file", ...ENDS],
    limit: 15,
    unit: "workingDays",
    owner: "county",
    warnAt: 3,
  },
  {
    key: "rejectNotice",
    label: "送达不予确认通知",
    article: "第十八条",
    startsAt: ["refuse"],
    stopsAt: ["deliver_refusal"],
    limit: 3,
    unit: "workingDays",
    owner: "county",
    warnAt: 1,
  },
  {
    key: "selfCare",
    label: "重新评估生活自理能力",
    article: "第二十三条",
    startsAt: ["report_change"],
    stopsAt: ["self_care", "stop"],
    limit: 10,
    unit: "workingDays",
    owner: "township",
    warnAt: 3,
  },
];
