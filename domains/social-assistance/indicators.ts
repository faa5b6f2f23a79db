import { defineIndicators } from "@wuxin/declare";

const item = { field: "item", is: "subsistence-allowance" } as const;
const system = "救助" as const;
const active = { ledger: "entitlements", where: item } as const;
const paid = (areaClass: string) => ({ all: [item, { field: "areaClass", is: areaClass }, { field: "state", is: "paid" }] });

export const indicators = defineIndicators([
  { code: "dibao_persons", name: "低保对象人数", unit: "人", system, capability: "SA-01", decimals: 0, kind: "stock", definition: "月末在享低保待遇覆盖的人数", measure: { count: "persons", ...active } },
  { code: "dibao_households", name: "低保户数", unit: "户", system, capability: "SA-01", decimals: 0, kind: "stock", definition: "月末在享低保待遇的户数", measure: { count: "rows", ...active } },
  { code: "dibao_persons_yoy", name: "低保人数较上年末增减", unit: "人", system, capability: "SA-01", decimals: 0, kind: "stock", definition: "本月末低保人数减去上年末低保人数", measure: { difference: { count: "persons", ...active }, from: "last-year-end" } },
  { code: "dibao_new_persons", name: "新增低保人数", unit: "人", system, capability: "SA-01", decimals: 0, kind: "flow", definition: "待遇从当月开始的低保对象人数", measure: { count: "persons", ledger: "entitlements", where: { all: [item, { field: "startedInPeriod", is: true }] } } },
  { code: "dibao_exit_persons", name: "退出低保人数", unit: "人", system, capability: "SA-16", decimals: 0, kind: "flow", definition: "待遇在当月结束的低保对象人数", measure: { count: "persons", ledger: "entitlements", where: { all: [item, { field: "endedInPeriod", is: true }] } } },
  {
    code: "case_ontime_rate", name: "按时办结率", unit: "%", system, capability: "SA-01", decimals: 1, kind: "flow", definition: "当月作出决定的低保办件中，没有超过全程时限的比例",
    measure: { ratio: { count: "rows", ledger: "cases", where: { all: [item, { field: "decidedInPeriod", is: true }, { field: "onTime", is: true }] } }, to: { count: "rows", ledger: "cases", where: { all: [item, { field: "decidedInPeriod", is: true }] } }, times: 100, denominator: "当月作出决定的低保办件数" },
  },
  ...(["城市", "农村"] as const).map((area) => ({
    code: area === "城市" ? "supplement_urban" : "supplement_rural", name: area === "城市" ? "城镇低保人均补差水平" : "农村低保人均补差水平", unit: "元/月", system, capability: "SA-11", decimals: 2, kind: "flow" as const,
    definition: `当月${area}低保发放成功金额 ÷ 发放覆盖人月数`,
    measure: { ratio: { sum: "amountYuan", ledger: "payments", where: paid(area) }, to: { sum: "persons", ledger: "payments", where: paid(area) }, times: 1, denominator: `当月${area}低保发放成功的人月数` },
  })),
  { code: "commitment_cases", name: "告知承诺办理件数", unit: "件", system, capability: "SA-14", decimals: 0, kind: "flow", definition: "当月提交、至少一项材料以告知承诺代替的办件数", measure: { count: "rows", ledger: "cases", where: { all: [{ field: "submittedInPeriod", is: true }, { field: "commitments", atLeast: 1 }] } } },
  {
    code: "review_ontime_rate", name: "定期复核按时率", unit: "%", system, capability: "SA-16", decimals: 1, kind: "flow", definition: "当月到期的复核中按期完成的比例",
    measure: { ratio: { count: "rows", ledger: "reviews", where: { all: [{ field: "dueInPeriod", is: true }, { field: "onTime", is: true }] } }, to: { count: "rows", ledger: "reviews", where: { field: "dueInPeriod", is: true } }, times: 100, denominator: "当月到期的复核数" },
  },
  { code: "paid_amount", name: "发放金额", unit: "万元", system, capability: "SA-17", decimals: 4, kind: "flow", definition: "当月名册中发放成功的金额", measure: { sum: "amountWan", ledger: "payments", where: { field: "state", is: "paid" } } },
  { code: "pay_fail_rate", name: "发放失败率", unit: "%", system, capability: "SA-17", decimals: 2, kind: "flow", definition: "当月发放失败的笔数 ÷ 发放笔数", measure: { ratio: { count: "rows", ledger: "payments", where: { field: "everFailed", is: true } }, to: { count: "rows", ledger: "payments", where: { field: "sent", is: true } }, times: 100, denominator: "当月报送银行的笔数" } },
  { code: "pay_ontime_rate", name: "按时发放率", unit: "%", system, capability: "SA-17", decimals: 1, kind: "flow", definition: "在县规定发放日（含）前发放成功的笔数 ÷ 发放笔数", measure: { ratio: { count: "rows", ledger: "payments", where: { field: "paidOnTime", is: true } }, to: { count: "rows", ledger: "payments", where: { field: "sent", is: true } }, times: 100, denominator: "当月报送银行的笔数" } },
  { code: "doc_complete_rate", name: "文书完整率", unit: "%", system, capability: "SA-18", decimals: 1, kind: "flow", definition: "当月作出决定的办件中，受理、调查、决定文书齐全的比例", measure: { ratio: { count: "rows", ledger: "cases", where: { all: [{ field: "decidedInPeriod", is: true }, { field: "documentsComplete", is: true }] } }, to: { count: "rows", ledger: "cases", where: { field: "decidedInPeriod", is: true } }, times: 100, denominator: "当月作出决定的办件数" } },
  { code: "online_apply_rate", name: "线上申请占比", unit: "%", system, capability: "SA-24", decimals: 1, kind: "flow", definition: "当月由居民自己在手机上提交的申请 ÷ 全部申请", measure: { ratio: { count: "rows", ledger: "cases", where: { all: [{ field: "submittedInPeriod", is: true }, { field: "channel", is: "resident" }] } }, to: { count: "rows", ledger: "cases", where: { field: "submittedInPeriod", is: true } }, times: 100, denominator: "当月提交的申请数" } },
  { code: "proxy_apply", name: "代办申请件数", unit: "件", system, capability: "SA-24", decimals: 0, kind: "flow", definition: "当月由村（社区）工作者代为提交的申请", measure: { count: "rows", ledger: "cases", where: { all: [{ field: "submittedInPeriod", is: true }, { field: "channel", is: "village" }] } } },
  { code: "flags_raised", name: "资金预警数", unit: "条", system: "保障", capability: "FS-02", decimals: 0, kind: "flow", definition: "当月名册产生的预警条数", measure: { count: "rows", ledger: "flags" } },
]);
