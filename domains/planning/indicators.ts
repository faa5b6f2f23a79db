/** How the plans themselves stand: counted from the ledgers of the plans engine, not typed. */
import { defineIndicators, type IndicatorDefinition } from "@wuxin/declare";

const base = { system: "保障", kind: "stock", decimals: 0 } as const;
const rate = { ...base, unit: "%", decimals: 1 } as const;
type Where = NonNullable<Extract<IndicatorDefinition["measure"], { count: string }>["where"]>;
const count = (ledger: string, where?: Where) => ({
  ...({ count: "rows", ledger } as const),
  ...(where ? { where } : {}),
});
const share = (ledger: string, of: Where, whole: Where | undefined, denominator: string) => ({
  ...{ ratio: count(ledger, of), to: count(ledger, whole), times: 100, denominator },
});
const is = (field: string, value: string | boolean = true): Where => ({ field, is: value }) as Where;
const all = (...list: Where[]): Where => ({ all: list }) as Where;

export const indicators = defineIndicators([
  {
    ...{ ...base, code: "plan_items", name: "计划事项数", unit: "项", capability: "PT-01" },
    definition: "当月在执行的计划（不含专项行动）中，读入时认出的事项数",
    measure: { sum: "items", ledger: "plans", where: is("kind", "plan") },
  },
  {
    ...{ ...rate, code: "measures_done_rate", name: "计划措施完成率", capability: "PT-01", headline: 106 },
    definition: "月末交办的措施和节点中，报告完成并由另一人核实的比例",
    measure: share(
      "plan-steps",
      all({ field: "step", in: ["measure", "milestone"] } as Where, is("done")),
      { field: "step", in: ["measure", "milestone"] } as Where,
      "执行中的计划交办的措施和节点数",
    ),
  },
  {
    ...{ ...rate, code: "targets_met_rate", name: "量化指标完成率", capability: "PT-01" },
    definition: "当月记下的灯里，到期（期限在当月或以前）的目标中已完成的比例",
    measure: share("plan-targets", all(is("due"), is("met")), is("due"), "期限在当月或以前的目标数"),
  },
  {
    ...{ ...rate, code: "indicator_auto_rate", name: "指标自动取数率", capability: "PT-02" },
    definition: "当月计划目标中，由指标从台账取数的比例；其余靠两人佐证",
    measure: share("plan-targets", is("counted"), undefined, "计划目标数"),
  },
  {
    ...{
      ...base,
      code: "targets_behind",
      name: "进度滞后指标数",
      unit: "个",
      capability: "PT-02",
      headline: 108,
    },
    definition: "当月计划目标中，按时间应完成的没有完成，灯是偏慢或滞后的",
    measure: count("plan-targets", is("behind")),
  },
  {
    ...{ ...rate, code: "task_ontime_rate", name: "督办事项按期办结率", capability: "PT-03", kind: "flow" },
    definition:
      "期限在当月的督办事项（计划目标，会议、批示、热线、信访和台账立项的）中，期限以内认可或核查销号的比例",
    measure: share("plan-urgings", is("onTime"), undefined, "期限在当月的督办事项数"),
  },
  {
    ...{ ...base, code: "task_overdue", name: "逾期事项数", unit: "件", capability: "PT-03" },
    definition: "月末已过期限、还没有认可或核查销号的督办事项，计划目标和立项的都算",
    measure: count("plan-urgings", is("past")),
  },
  {
    ...{ ...rate, code: "summary_linked_rate", name: "总结数据可追溯率", capability: "PT-04" },
    definition: "当年和上年工作总结的最新一版里，有来源的数占文中全部数的比例",
    measure: {
      ...{ ratio: { sum: "linked", ledger: "summaries" }, to: { sum: "numbers", ledger: "summaries" } },
      ...{ times: 100, denominator: "总结最新一版里的数" },
    },
  },
  {
    ...{ ...rate, code: "five_year_progress", name: "五年规划进度", capability: "PT-05" },
    definition: "跨年规划的目标中已完成的，按当月的权重相加占全部权重的比例；没有定权重的规划每条一样重",
    measure: {
      ratio: { sum: "weight", ledger: "plan-targets", where: all(is("years"), is("met")) },
      to: { sum: "weight", ledger: "plan-targets", where: is("years") },
      ...{ times: 100, denominator: "跨年规划各条目标的权重之和" },
    },
  },
  {
    ...{ ...rate, code: "livelihood_done_rate", name: "民生实事完成率", capability: "PT-06" },
    definition:
      "各项民生实事验收数量（验收单经第二人确认）占承诺数量的比例，取各项的平均；一项最多算 100%，目标不是数量的按进度算",
    measure: { mean: "accepted", ledger: "plan-targets", where: is("shown") },
  },
  {
    ...{ ...rate, code: "campaign_checked_rate", name: "专项行动检查覆盖率", capability: "SI-11" },
    definition:
      "进行中的专项行动列入检查的机构中，已检查并由另一人核实，或检查台账里有行动期间检查记录的比例",
    measure: share(
      "plan-steps",
      all(is("campaign"), is("step", "check"), is("done")),
      all(is("campaign"), is("step", "check")),
      "进行中的专项行动列入检查的机构数",
    ),
  },
  {
    ...{ ...base, code: "dashboard_fresh", name: "看板数据时效", unit: "小时", capability: "PT-15" },
    definition: "最近一次冻结指标到现在（过去的月份到月末）隔了几小时；还没有冻结过的没有数",
    // A mean over nothing has no value: no snapshot is not a fresh one.
    measure: { mean: "hours", ledger: "snapshots" },
  },
]);
