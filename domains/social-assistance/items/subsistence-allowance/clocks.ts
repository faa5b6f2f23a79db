/** The statutory clocks of 低保. Working days unless said; the county's calendar decides what a working day is. */
import type { ClockDefinition } from "@wuxin/declare";

const CONFIRM = "subsistenceConfirmedBy";
const ENDS = ["confirm", "refuse", "withdraw", "terminate"];

export const clocks: readonly ClockDefinition[] = [
  {
    key: "startInvestigation",
    label: "启动家庭经济状况调查",
    article: "57号第十五条",
    startsAt: ["accept"],
    stopsAt: ["survey", "request_verification", ...ENDS],
    limit: 3,
    unit: "workingDays",
    owner: "township",
    warnAt: 1,
  },
  {
    key: "startVerification",
    label: "启动信息核对",
    article: "57号第十七条",
    startsAt: ["request_verification"],
    stopsAt: ["answer_verification", ...ENDS],
    limit: 3,
    unit: "workingDays",
    owner: "county",
    warnAt: 1,
  },
  {
    key: "countyDecision",
    label: "县级审核确认",
    article: "57号第二十条",
    startsAt: ["finish_publicity"],
    stopsAt: ["return_file", ...ENDS],
    limit: { switch: CONFIRM, values: { county: 10 } },
    unit: "workingDays",
    owner: "county",
    warnAt: 3,
  },
  {
    key: "rejectNotice",
    label: "送达不予确认通知",
    article: "57号第二十一条",
    startsAt: ["refuse"],
    stopsAt: ["deliver_refusal"],
    limit: 3,
    unit: "workingDays",
    owner: "county",
    warnAt: 1,
  },
  // 30 working days, 45 in special cases (第二十二条); 20 where confirmed by the township (2022 年通知四（一）).
  {
    key: "total",
    label: "全程办结",
    article: "57号第二十二条",
    startsAt: ["accept"],
    stopsAt: ENDS,
    limit: { switch: CONFIRM, values: { county: 30, township: 20 } },
    unit: "workingDays",
    owner: "township",
    extendedBy: { action: "extend", limit: 45 },
    warnAt: 5,
  },
  {
    key: "deathRecheck",
    label: "成员去世后复核",
    article: "2022 年兜底保障通知一（三）",
    startsAt: ["report_death"],
    stopsAt: ["continue", "adjust", "exit_gradually", "stop"],
    limit: 3,
    unit: "months",
    owner: "township",
    warnAt: 1,
  },
];
