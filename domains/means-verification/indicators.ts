import { defineIndicators, type IndicatorDefinition } from "@wuxin/declare";
import type { Condition } from "@wuxin/kernel";

const made: Condition = { field: "madeInPeriod", is: true };
const differing: Condition = { field: "differing", is: true };
const ofDrawn: Condition = { field: "proposes", in: ["review", "stop-payment"] };
const judged: Condition = { all: [ofDrawn, { field: "judgedInPeriod", is: true }] };
const words = { system: "救助", kind: "flow" } as const;

export const indicators: readonly IndicatorDefinition[] = defineIndicators([
  {
    ...{ ...words, code: "checks_done", name: "核对户次", unit: "户次", capability: "MV-01", decimals: 0 },
    definition: "当月出具的核对报告份数",
    measure: { count: "rows", ledger: "checks", where: made },
  },
  {
    ...{ ...words, code: "check_days", name: "核对平均用时", unit: "天", capability: "MV-01", decimals: 1 },
    definition: "当月为申请出具的核对报告，从办件发出核对到出报告的平均天数",
    measure: {
      mean: "days",
      ledger: "checks",
      where: { all: [made, { field: "purpose", is: "application" }] },
    },
  },
  {
    ...{
      ...words,
      code: "check_diff_rate",
      name: "核对不一致率",
      unit: "%",
      capability: "MV-02",
      decimals: 1,
    },
    definition: "当月出具的核对报告中，至少一项申报与查得不一致的比例",
    measure: {
      ratio: { count: "rows", ledger: "checks", where: { all: [made, differing] } },
      to: { count: "rows", ledger: "checks", where: made },
      ...{ times: 100, denominator: "当月出具的核对报告" },
    },
  },
  {
    ...{
      ...words,
      code: "check_refused",
      name: "核对不符未通过户数",
      unit: "户",
      capability: "MV-02",
      decimals: 0,
    },
    definition: "当月不予确认、最近一份核对报告有不一致的申请",
    measure: {
      ...{ count: "rows", ledger: "checks" },
      where: {
        all: [
          differing,
          { field: "newest", is: true },
          { field: "decidedInPeriod", is: true },
          { field: "decision", is: "refuse" },
        ],
      },
    },
  },
  {
    ...{ ...words, code: "batch_hits", name: "在保复核疑点数", unit: "条", capability: "MV-03", decimals: 0 },
    definition: "当月比对发现、建议复核或停发的预警",
    measure: {
      ...{ count: "rows", ledger: "alerts" },
      where: { all: [ofDrawn, { field: "raisedInPeriod", is: true }] },
    },
  },
  {
    ...{
      ...words,
      code: "batch_hit_confirmed_rate",
      name: "疑点查实率",
      unit: "%",
      capability: "MV-03",
      decimals: 1,
    },
    definition: "当月核查完的复核、停发预警中属实的比例",
    measure: {
      ratio: {
        count: "rows",
        ledger: "alerts",
        where: { all: [judged, { field: "state", is: "confirmed" }] },
      },
      to: { count: "rows", ledger: "alerts", where: judged },
      ...{ times: 100, denominator: "当月核查完的复核、停发预警" },
    },
  },
  {
    ...{
      ...words,
      code: "transfer_ok_rate",
      name: "部门数据逐行接收率",
      unit: "%",
      capability: "MV-04",
      decimals: 2,
    },
    definition: "当月比对完成的部门数据中，号码和格式可用的行所占比例",
    measure: {
      ratio: { sum: "accepted", ledger: "feeds", where: { field: "state", is: "done" } },
      to: { sum: "rows", ledger: "feeds", where: { field: "state", is: "done" } },
      ...{ times: 100, denominator: "当月收到的行数" },
    },
  },
  {
    ...{
      ...words,
      code: "check_package_received_rate",
      name: "核对批次接收率",
      unit: "%",
      capability: "MV-04",
      decimals: 2,
    },
    definition: "当月送出的委托核对批次中，对方接收的行数（按回执，没有回执的按已答复）所占比例",
    measure: {
      ratio: { sum: "received", ledger: "check-packages" },
      to: { sum: "lines", ledger: "check-packages" },
      ...{ times: 100, denominator: "当月送出的行数" },
    },
  },
  {
    ...{
      ...words,
      code: "check_answer_usable_rate",
      name: "核对答复可用率",
      unit: "%",
      capability: "MV-04",
      decimals: 2,
    },
    definition: "当月收到的核对答复中，和委托逐行对得上、收下的行所占比例",
    measure: {
      ratio: { sum: "accepted", ledger: "check-answers" },
      to: { sum: "lines", ledger: "check-answers" },
      ...{ times: 100, denominator: "当月答复的行数" },
    },
  },
]);
