/** The fund ledger as indicators count it: what came in, what stands on each 资金, for whom it is meant. */
import type { Ledger } from "./ledger.ts";
import {
  amounts,
  columns,
  eachMonth,
  flag,
  money,
  month,
  ofMonth,
  plain,
  text,
  WHAT,
  what,
} from "./ledger-parts.ts";

const { divisionCode, item } = WHAT;
/** The last day of `mm.month`. */
const MONTH_END = "(to_date(mm.month, 'YYYY-MM') + interval '1 month' - interval '1 day')::date";

/** What came in, less what was entered wrongly, by the day on which the money moved. */
const received: Ledger = {
  code: "fund-receipts",
  title: "资金拨入",
  relation: () => `(
    select j.county_code, j.county_code as division_code, j.id, a.source, a.document, a.item, j.kind, j.moved_on,
           ${month("j.moved_on")} as month, e.credit_fen - e.debit_fen as amount_fen
      from fund_entry e
      join fund_journal j on j.county_code = e.county_code and j.id = e.journal_id
      join fund_account a on a.county_code = e.county_code and a.id = e.account_id
     where e.class = 'received') r`,
  ...ofMonth(),
  columns: columns({ divisionCode, item, source: text("来源", "r.source") }),
  numbers: amounts(["amount", "r.amount_fen"]),
  detail: {
    joins: "",
    columns: [
      plain("source", "来源", "r.source"),
      plain("document", "文号", "r.document"),
      { ...what, label: "用途" },
      plain("on", "到位日", "r.moved_on::text"),
      money("r.amount_fen"),
    ],
    orderBy: "r.moved_on, r.id",
    opens: { kind: "funds", id: "r.id" },
  },
};

/**
 * Each 资金 as it stands when a month ends. Idle: what had come in so many months before (the county's dated parameter)
 * and was not paid by then; what came first is spent first.
 */
const accounts: Ledger = {
  code: "fund-accounts",
  title: "资金结余",
  relation: (p, c) => `(
    select mm.month, a.county_code, a.county_code as division_code, a.id, a.source, a.document, a.item, s.*,
           greatest(0, s.long_ago_fen - s.used_fen) as idle_fen
      from fund_account a
     cross join unnest(${p.bind(c.months, "text[]")}, ${p.bind(c.parameterByMonth("资金滞留月数"), "int[]")}) as mm (month, idle_months)
     cross join lateral (
       select coalesce(sum(e.debit_fen - e.credit_fen) filter (where e.class in ('available', 'committed')), 0)::bigint as left_fen,
              coalesce(sum(e.debit_fen - e.credit_fen) filter (where e.class in ('available', 'committed')
                and left(${month("j.moved_on")}, 4) < left(mm.month, 4)), 0)::bigint as carried_fen,
              coalesce(sum(e.credit_fen - e.debit_fen) filter (where e.class = 'received'
                and left(${month("j.moved_on")}, 4) = left(mm.month, 4)), 0)::bigint as received_fen,
              coalesce(sum(e.debit_fen - e.credit_fen) filter (where e.class in ('paid', 'recovered')
                and left(${month("j.moved_on")}, 4) = left(mm.month, 4)), 0)::bigint as paid_fen,
              coalesce(sum(e.debit_fen - e.credit_fen) filter (where e.class in ('paid', 'recovered')), 0)::bigint as used_fen,
              coalesce(sum(e.credit_fen - e.debit_fen) filter (where e.class = 'received'
                and j.moved_on <= ${MONTH_END} - make_interval(months => mm.idle_months)), 0)::bigint as long_ago_fen
         from fund_entry e
         join fund_journal j on j.county_code = e.county_code and j.id = e.journal_id
        where e.county_code = a.county_code and e.account_id = a.id and j.moved_on <= ${MONTH_END}) s
     where a.county_code = ${p.bind(c.countyCode, "text")}) r`,
  ...eachMonth,
  columns: columns({
    divisionCode,
    item,
    source: text("来源", "r.source"),
    idle: flag("有滞留", "r.idle_fen > 0"),
  }),
  numbers: amounts(
    ["left", "r.left_fen"],
    ["toSpend", "r.carried_fen + r.received_fen"],
    ["paid", "r.paid_fen"],
    ["idle", "r.idle_fen"],
  ),
  detail: {
    joins: "",
    columns: [
      plain("source", "来源", "r.source"),
      plain("document", "文号", "r.document"),
      { ...what, label: "用途" },
      money("r.carried_fen + r.received_fen", "年初结余加本年到位（元）", "toSpend"),
      money("r.paid_fen", "本年已付（元）", "paid"),
      money("r.left_fen", "结余（元）", "left"),
      money("r.idle_fen", "其中滞留（元）", "idle"),
    ],
    orderBy: "r.document, r.id",
    opens: { kind: "funds", id: "r.id" },
  },
};

/** For whom money is meant, by the day it was allotted; what was withdrawn since is left out. */
const allotments: Ledger = {
  code: "fund-allotments",
  title: "资金分配",
  relation: () => `(
    select a.county_code, a.county_code as division_code, a.id, a.division_code as to_code, a.purpose, a.document,
           a.allotted_on, a.amount_fen, f.source, ${month("a.allotted_on")} as month
      from fund_allotment a
      join fund_account f on f.county_code = a.county_code and f.id = a.account_id
     where a.withdraws is null and not exists (
       select from fund_allotment w where w.county_code = a.county_code and w.withdraws = a.id)) r`,
  ...ofMonth(),
  columns: columns({
    divisionCode,
    source: text("来源", "r.source"),
    grassroots: flag("到乡镇、村", "r.to_code <> r.county_code"),
  }),
  numbers: amounts(["amount", "r.amount_fen"]),
  detail: {
    joins: "",
    columns: [
      { key: "to", label: "分配给", sql: "r.to_code", as: "division" },
      plain("purpose", "用途", "r.purpose"),
      plain("source", "来源", "r.source"),
      plain("document", "文号", "r.document"),
      plain("on", "日期", "r.allotted_on::text"),
      money("r.amount_fen"),
    ],
    orderBy: "r.allotted_on, r.id",
    opens: { kind: "funds", id: "r.id" },
  },
};

export const fundLedgers: readonly Ledger[] = [received, accounts, allotments];
