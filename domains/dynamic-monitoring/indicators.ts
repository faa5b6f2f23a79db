import { defineIndicators, type IndicatorDefinition } from "@wuxin/declare";
import type { Condition } from "@wuxin/kernel";

const is = (field: string, value: string | boolean): Condition => ({ field, is: value });
const oneOf = (field: string, ...values: string[]): Condition => ({ field, in: values });
const all = (...conditions: Condition[]): Condition => ({ all: conditions });
const count = (ledger: string, ...where: Condition[]) =>
  ({ count: "rows", ledger, where: all(...where) }) as const;
const sum = (of: string, ledger: string, ...where: Condition[]) =>
  ({ sum: of, ledger, where: all(...where) }) as const;
const share = (
  ratio: ReturnType<typeof count> | ReturnType<typeof sum>,
  to: ReturnType<typeof count> | ReturnType<typeof sum>,
  denominator: string,
) => ({ ratio, to, times: 100, denominator }) as const;
type Short = Pick<IndicatorDefinition, "code" | "name" | "unit" | "definition" | "measure"> &
  Partial<IndicatorDefinition>;
const of = (capability: string, ...list: readonly Short[]): IndicatorDefinition[] =>
  list.map((i) => ({
    ...{ system: "救助", capability, kind: "flow" },
    ...(i.unit === "%" ? { decimals: 1 } : { decimals: 0 }),
    ...i,
  }));

const opened = is("openedInPeriod", true);
const due = is("dueInPeriod", true);
const closed = is("closedInPeriod", true);
const onTime = is("onTime", true);
const byPeople = oneOf("source", "worker", "resident");
const helped = all(oneOf("outcome", "new-case", "refer"), is("judgement", "confirmed"));

/** The tiers of hardship, highest first. */
const TIERS: readonly (readonly [key: string, name: string, where: Condition])[] = [
  ["destitute", "特困", is("item", "destitute-support")],
  ["dibao", "低保", is("item", "subsistence-allowance")],
  ["edge", "低保边缘", is("item", "edge-family")],
  ["rigid", "刚性支出困难", is("item", "rigid-expenditure")],
  ["other", "其他（名单互认）", is("listed", true)],
];

/** Lists that tell of a death. */
const DEATH_FEEDS = ["police-deaths", "medical-deaths", "cremations", "burials"];

export const indicators = defineIndicators([
  ...of(
    "DM-01",
    {
      ...{ code: "lowincome_persons", name: "低收入人口数", unit: "人", kind: "stock" },
      definition: "月末在享救助待遇、认定有效，或列入互认名单的人数，一人只计一次，按最高的层级",
      measure: { count: "persons", ledger: "low-income" },
    },
    {
      ...{ code: "lowincome_share", name: "低收入人口占户籍人口比", unit: "%", kind: "stock", decimals: 3 },
      definition: "月末低收入人口数 ÷ 户籍人口台账里登记的户籍人口，乡镇与乡镇的比",
      measure: {
        ratio: { count: "persons", ledger: "low-income" },
        // A township's own number; those of its villages are the same people.
        to: sum("persons", "register:registered-population", { field: "level", is: "乡镇（街道）" }),
        times: 100,
        denominator: "户籍人口（户籍人口台账，每个乡镇登记的最新的数）",
      },
    },
    ...TIERS.map(
      ([key, name, where]): Short => ({
        ...{ code: `lowincome_${key}_persons`, name: `低收入人口：${name}`, unit: "人", kind: "stock" },
        definition: `月末层级为${name}的人数，一人只有一个层级`,
        measure: { count: "persons", ledger: "low-income", where },
      }),
    ),
    {
      ...{ code: "lowincome_came", name: "低收入人口新进入人次", unit: "人次" },
      definition: "当月进入台账的人次；点开看从哪个月起、因为什么进入",
      measure: { count: "persons", ledger: "low-income-entries", where: is("cameInPeriod", true) },
    },
    {
      ...{ code: "lowincome_left", name: "低收入人口退出人次", unit: "人次" },
      definition: "当月是最后一个月的人次；点开看退出的原因。退出的记录不删除",
      measure: { count: "persons", ledger: "low-income-entries", where: is("leftInPeriod", true) },
    },
    {
      ...{ code: "lowincome_listed_persons", name: "未享受救助的监测人口", unit: "人", kind: "stock" },
      definition: "月末列入互认名单（如防止返贫监测对象）而没有享受救助、也没有认定的人数",
      measure: { count: "persons", ledger: "low-income", where: is("listed", true) },
    },
  ),
  ...of(
    "SA-12",
    {
      ...{ code: "tier_households", name: "困难家庭户数", unit: "户", kind: "stock" },
      definition: "月末低收入人口所在的户数；一户按家里最高的层级，点开看每户的层级",
      measure: { sum: "households", ledger: "low-income" },
    },
    ...TIERS.map(
      ([key, name, where]): Short => ({
        ...{ code: `tier_households_${key}`, name: `困难家庭：${name}`, unit: "户", kind: "stock" },
        definition: `月末层级为${name}的户数，一户按家里最高的层级`,
        measure: { sum: "households", ledger: "low-income", where },
      }),
    ),
    {
      ...{ code: "entitled_unreceived", name: "应享未享人数", unit: "人", kind: "stock" },
      definition:
        "月末名单、规则或家庭登记的事实认为可以享受而没有享受、没有申请、还没有办结的人，一人只计一次；点开到户。事实有变的当天夜里重新判断，困难家庭每月一次",
      measure: { count: "persons", ledger: "entitled-unreceived" },
    },
  ),
  ...of(
    "DM-02",
    {
      ...{ code: "match_sources", name: "共享比对数据源数", unit: "个" },
      definition: "当月完成比对的部门数据种数",
      measure: count("feeds", is("state", "done"), is("firstOfMonth", true)),
    },
    {
      ...{ code: "clues_created", name: "比对线索数", unit: "条" },
      definition: "当月由数据比对产生的线索",
      measure: count("clues", opened, is("source", "alert")),
    },
  ),
  ...of(
    "DM-03",
    {
      ...{ code: "clue_verified_rate", name: "线索核查率", unit: "%" },
      definition: "当月应入户（政策找人是应联系）的线索中，按时入户或联系的比例",
      measure: share(count("clues", due, onTime), count("clues", due), "当月应入户的线索"),
    },
    {
      ...{ code: "clue_into_aid", name: "线索转救助数", unit: "件" },
      definition: "当月办结、结果为纳入或转介帮扶且属实的线索",
      measure: count("clues", closed, helped),
    },
    {
      ...{ code: "clue_false_rate", name: "线索误报率", unit: "%" },
      definition: "当月办结的线索中误报的比例",
      measure: share(
        count("clues", closed, is("judgement", "false")),
        count("clues", closed),
        "当月办结的线索",
      ),
    },
  ),
  ...of(
    "DM-04",
    ...([1, 2, 3] as const).map(
      (level): Short => ({
        ...{ code: `warnings_level_${level}`, name: `${"一二三"[level - 1]}级预警户数`, unit: "户" },
        ...{ kind: "stock", definition: `月末还没有核查完、最高为 ${level} 级预警的户数` },
        measure: {
          count: "rows",
          ledger: "warned-households",
          where: {
            all: [
              { field: "level", atLeast: level },
              { field: "level", atMost: level },
            ],
          },
        },
      }),
    ),
    {
      ...{ code: "warning_response_rate", name: "预警响应率", unit: "%" },
      definition: "当月应入户（政策找人是应联系）的预警线索中，按时入户或联系的比例",
      measure: share(
        count("clues", due, is("source", "alert"), onTime),
        count("clues", due, is("source", "alert")),
        "当月应入户的预警线索",
      ),
    },
    {
      ...{ code: "missed_cover", name: "漏保户数", unit: "户" },
      definition: "当月办结、核查发现符合条件而此前没有保障（结果为纳入）的线索",
      measure: count("clues", closed, is("outcome", "new-case"), is("judgement", "confirmed")),
    },
  ),
  ...of(
    "DM-05",
    {
      ...{ code: "discovery_reports", name: "主动发现上报数", unit: "件" },
      definition: "当月网格员、村（社区）和群众上报的线索",
      measure: count("clues", opened, byPeople),
    },
    {
      ...{ code: "discovery_into_aid_rate", name: "主动发现转救助率", unit: "%" },
      definition: "当月办结的主动发现线索中纳入或转介帮扶的比例",
      measure: share(
        count("clues", closed, byPeople, helped),
        count("clues", closed, byPeople),
        "当月办结的主动发现线索",
      ),
    },
  ),
  ...of(
    "DM-06",
    {
      ...{ code: "found_candidates", name: "政策找人候选人数", unit: "人" },
      definition: "当月名单或规则找到、建议帮助申请的人次",
      measure: { count: "persons", ledger: "found", where: is("openedInPeriod", true) },
    },
    {
      ...{ code: "found_contacted", name: "政策找人已联系人数", unit: "人" },
      definition: "当月第一次联系上的、找到的人",
      measure: count("found", is("reachedInPeriod", true)),
    },
    {
      ...{ code: "found_applied", name: "政策找人申请人数", unit: "人" },
      definition: "找到的人当月提出申请的（代办的，或自己申请后得到决定的）",
      measure: count("found", is("appliedInPeriod", true)),
    },
    {
      ...{ code: "found_awarded", name: "政策找人落实人数", unit: "人" },
      definition: "当月办结、由名单或规则找到并已纳入的线索",
      measure: count("found", closed, is("outcome", "new-case")),
    },
    {
      ...{ code: "found_refused", name: "政策找人不愿申请人数", unit: "人" },
      definition: "当月第一次联系上、本人不愿申请的；点开看各人的原因",
      measure: count("found", is("reachedInPeriod", true), is("wish", "unwilling")),
    },
    {
      ...{ code: "found_uncontacted", name: "政策找人未联系人数", unit: "人", kind: "stock" },
      definition: "月末找到、还没有办结也没有联系上的",
      measure: count("found", is("reached", false)),
    },
  ),
  ...of(
    "DM-07",
    {
      ...{ code: "fanpin_pushed", name: "防返贫信息推送人数", unit: "人" },
      definition: "当月推送给对方监测系统的名单人数（名单以人为单位）",
      measure: sum("total", "exchanges", is("direction", "out")),
    },
    {
      ...{ code: "fanpin_received", name: "收到的防返贫信息人数", unit: "人" },
      definition: "当月收到的对方名单人数",
      measure: sum("total", "exchanges", is("direction", "in")),
    },
    {
      ...{ code: "fanpin_recognised_rate", name: "互认互纳率", unit: "%" },
      definition: "当月收到的名单中逐行认定成功的比例",
      measure: share(
        sum("recognised", "exchanges", is("direction", "in")),
        sum("total", "exchanges", is("direction", "in")),
        "当月收到的名单人数",
      ),
    },
  ),
  ...of(
    "DM-08",
    {
      ...{ code: "helped_households", name: "常态化帮扶户数", unit: "户", kind: "stock" },
      definition: "月末至少有一项部门帮扶措施在落实的户数，一户只计一次",
      measure: { count: "rows", ledger: "helped-households" },
    },
    {
      ...{ code: "risk_removed", name: "风险消除户数", unit: "户" },
      definition: "当月回访后由另一人研判为风险消除的户数，一户只计一次",
      measure: count("risk-decisions", is("decision", "removed")),
    },
    {
      ...{ code: "measure_return_on_time_rate", name: "帮扶回访按时率", unit: "%" },
      definition: "当月应回访的户次中按时走访回访的比例（在办公室登记的回访不计）",
      measure: share(
        count("visits", due, onTime, is("duty", "measure-return")),
        count("visits", due, is("duty", "measure-return")),
        "当月应回访的户次",
      ),
    },
  ),
  ...of(
    "SA-25",
    {
      ...{ code: "township_score", name: "镇街社会救助监管得分", unit: "分" },
      definition:
        "当月有到期线索或抽查的乡镇（街道）：按时上门、没有退回、抽查一致按 50、20、30 加权，没有发生的部分不计；全县是各乡镇的平均。权重没有文件规定，是系统暂定的",
      measure: { mean: "score", ledger: "supervised-townships" },
    },
    {
      ...{ code: "visits_on_time_rate", name: "走访按时率", unit: "%" },
      definition: "当月到期的走访任务中按时走访的比例",
      measure: share(count("visits", due, onTime), count("visits", due), "当月到期的走访任务"),
    },
    {
      ...{ code: "recheck_match_rate", name: "入户抽查一致率", unit: "%" },
      definition: "当月办结的线索中，县级抽查结论一致的比例",
      measure: share(
        count("clues", closed, is("agrees", true)),
        count("clues", closed, is("rechecked", true)),
        "当月办结并抽查过的线索",
      ),
    },
  ),
  ...of(
    "FN-10",
    {
      ...{ code: "death_facts", name: "死亡信息采集数", unit: "条" },
      definition: "当月公安死亡注销、死亡医学证明、火化、墓位和骨灰安放数据命中本县人员的条数",
      measure: {
        count: "rows",
        ledger: "matches",
        where: oneOf("feed", ...DEATH_FEEDS),
      },
    },
    {
      ...{ code: "paid_after_death", name: "死亡后仍发放人数", unit: "人" },
      definition: "当月公安、卫健、殡葬的死亡数据发现去世次月以后仍有发放的人数",
      measure: {
        count: "persons",
        ledger: "alerts",
        where: all(is("raisedInPeriod", true), oneOf("feed", ...DEATH_FEEDS), is("overpaid", true)),
      },
    },
  ),
]);
