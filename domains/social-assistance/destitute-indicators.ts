/** 特困人员：人数、供养方式、照料护理. */
import { defineIndicators } from "@wuxin/declare";
import { AGREED } from "./care-agreement.ts";

const destitute = { field: "item", is: "destitute-support" } as const;
const careVisits = [
  { field: "duty", is: "destitute-care-visit" },
  { field: "dueInPeriod", is: true },
];
const system = "救助" as const;

export const destituteIndicators = defineIndicators([
  {
    code: "care_agreement_rate",
    name: "照料护理协议签订率",
    unit: "%",
    system,
    capability: "SA-03",
    decimals: 1,
    kind: "flow",
    definition:
      "当月应走访的分散供养特困人员中，照料护理协议在期的比例；按走访档案每晚核对，过去的月份到月末",
    measure: {
      ratio: {
        count: "rows",
        ledger: "visits",
        where: { all: [...careVisits, { field: "reason", is: AGREED }] },
      },
      to: { count: "rows", ledger: "visits", where: { all: [...careVisits] } },
      times: 100,
      denominator: "当月应走访的分散供养特困人员",
    },
  },
  {
    code: "care_visit_rate",
    name: "分散特困巡访率",
    unit: "%",
    system,
    capability: "SA-03",
    decimals: 1,
    kind: "flow",
    definition: "当月应走访的分散供养特困人员中，当月走访过的比例",
    measure: {
      ratio: {
        count: "rows",
        ledger: "visits",
        where: {
          all: [...careVisits, { field: "doneInPeriod", is: true }],
        },
      },
      to: {
        count: "rows",
        ledger: "visits",
        where: { all: [...careVisits] },
      },
      times: 100,
      denominator: "当月应走访的分散供养特困人员",
    },
  },
  {
    code: "tekun_persons",
    headline: 30,
    name: "特困人员人数",
    unit: "人",
    system,
    capability: "SA-02",
    decimals: 0,
    kind: "stock",
    definition: "月末在享特困人员救助供养的人数",
    measure: { count: "persons", ledger: "entitlements", where: destitute },
  },
  {
    code: "tekun_minor_persons",
    name: "未成年特困人员人数",
    unit: "人",
    system,
    capability: "SA-02",
    decimals: 0,
    kind: "stock",
    definition: "月末在享特困人员救助供养、未满十八周岁的人数；满十八周岁仍在校、供养到毕业的不在内",
    measure: {
      count: "persons",
      ledger: "low-income",
      where: { all: [destitute, { field: "underEighteen", is: true }] },
    },
  },
  {
    code: "tekun_central_rate",
    name: "集中供养率",
    unit: "%",
    system,
    capability: "SA-02",
    decimals: 1,
    kind: "stock",
    definition: "月末在享的特困人员中，选择集中供养的比例；供养方式以登记的最新一次为准",
    measure: {
      ratio: {
        count: "persons",
        ledger: "low-income",
        where: { all: [destitute, { field: "fact.供养方式", is: "集中" }] },
      },
      to: { count: "persons", ledger: "low-income", where: destitute },
      times: 100,
      denominator: "月末在享的特困人员",
    },
  },
  {
    code: "tekun_amount",
    name: "特困供养金发放金额",
    unit: "万元",
    system,
    capability: "SA-02",
    decimals: 4,
    kind: "flow",
    definition: "当月名册中发放成功的特困供养金",
    measure: {
      sum: "amountWan",
      ledger: "payments",
      where: { all: [destitute, { field: "state", is: "paid" }] },
    },
  },
]);
