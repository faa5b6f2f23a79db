/** 滞留资金: what came in longer ago than the county allows and is not paid; what came first is spent first. */
import { addDays, addMonthsToDate, daysBetween, type IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { FundsDeps } from "./ports.ts";

/** So many days before money lies too long, it is told. */
const AHEAD_DAYS = 30;

export interface Receipt {
  readonly on: IsoDate;
  readonly amountFen: number;
}
/** What is left of each receipt, oldest first, after so much was used. */
export function leftOf(receipts: readonly Receipt[], usedFen: number): Receipt[] {
  let used = usedFen;
  return receipts.flatMap(({ on, amountFen }) => {
    const here = Math.min(amountFen, Math.max(0, used));
    used -= here;
    return here < amountFen ? [{ on, amountFen: amountFen - here }] : [];
  });
}

interface IdleRecord {
  accountId: string;
  source: string;
  document: string;
  item: string;
  usedFen: number;
  unallottedFen: number;
  committedFen: number;
  receipts: Receipt[];
}
const accounts = (tx: Tx) =>
  tx.query<IdleRecord>(
    `select a.id as "accountId", a.source, a.document, a.item,
       (select coalesce(sum(e.debit_fen - e.credit_fen), 0)::bigint from fund_entry e
         where e.county_code = a.county_code and e.account_id = a.id and e.class in ('paid', 'recovered')) as "usedFen",
       coalesce((select b.amount_fen from fund_balance b where b.county_code = a.county_code and b.account_id = a.id
         and b.class = 'committed'), 0)::bigint as "committedFen",
       (r.total - coalesce((select sum(case when t.withdraws is null then t.amount_fen else -t.amount_fen end)
         from fund_allotment t where t.county_code = a.county_code and t.account_id = a.id), 0))::bigint as "unallottedFen",
       r.receipts
     from fund_account a
     cross join lateral (
       select sum(j.amount_fen) as total, jsonb_agg(jsonb_build_object('on', j.moved_on, 'amountFen', j.amount_fen)
         order by j.moved_on, j.id) as receipts
       from fund_entry e join fund_journal j on j.county_code = e.county_code and j.id = e.journal_id
       where e.county_code = a.county_code and e.account_id = a.id and e.class = 'received' and j.kind = 'allocation'
         and not exists (select from fund_journal x where x.county_code = j.county_code and x.reverses = j.id)) r
     where a.county_code = app_county() and r.receipts is not null
     order by a.issued_on, a.document, a.item, a.id`,
  );

export function createIdle(deps: FundsDeps, titleOf: (item: string) => string) {
  /** What lies too long or soon will, the longest first; nothing where the county has no limit. */
  async function list(tx: Tx) {
    const today = deps.clock.today();
    const limit = deps.idleLimit(tx.actor.countyCode, today);
    if (!limit) return { limit: null, rows: [] };
    const rows = (await accounts(tx)).flatMap(({ receipts, usedFen, ...a }) => {
      const left = leftOf(receipts, usedFen).map((r) => ({
        ...r,
        idleOn: addMonthsToDate(r.on, limit.months),
      }));
      const near = left.filter((r) => r.idleOn <= addDays(today, AHEAD_DAYS));
      const [first] = near;
      if (!first) return [];
      const idleFen = left.filter((r) => r.idleOn <= today).reduce((n, r) => n + r.amountFen, 0);
      return [
        {
          ...a,
          ...{
            itemTitle: titleOf(a.item),
            idleFen,
            soonFen: near.reduce((n, r) => n + r.amountFen, 0) - idleFen,
          },
          ...{ receivedOn: first.on, idleOn: first.idleOn, days: daysBetween(first.on, today) },
          todo:
            a.item !== ""
              ? "只随名册发放：按现有对象到期用不完的，请财务核实原因。"
              : a.unallottedFen > 0
                ? "还没有分配完：请财务按文件分配，随名册或付款单支付。"
                : a.committedFen > 0
                  ? "已随名册报送、银行还没有回盘：请财务催银行回盘。"
                  : "已分配、还没有支付：请财务和用款的乡镇、股室抓紧支付。",
        },
      ];
    });
    return { limit, rows: rows.sort((a, b) => (a.idleOn < b.idleOn ? -1 : 1)) };
  }
  return { list };
}
