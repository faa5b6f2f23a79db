/** What holds in the random county after every doing, and what holds when its office has finished. */
import { expect } from "vitest";
import { type County, FIRST, thisMonth } from "./random-county.ts";
import { stillToRaise } from "./random-doings.ts";

/** Each finds what breaks a promise; none gives a row. */
const ALWAYS: Readonly<Record<string, string>> = {
  一人一月同类待遇只发一次: `
    select s.person_digest, s.exclusivity_group, s.month from payment_event e
    join payment_slot s on s.line_id = e.origin_line_id and s.released_at is null
    where e.kind = 'paid' group by 1, 2, 3 having count(*) > 1`,
  发出的每一笔都占着名额: `
    select l.id, l.payee_name from roster_line l where l.state = 'paid' and l.persons = 0
       or l.state = 'paid' and not exists (select from payment_slot s where s.line_id = l.origin_line_id and s.released_at is null)`,
  "名册合计等于各行之和，也等于银行的控制数": `
    select r.number, r.total_fen, s.total, r.paid_fen, s.paid from roster r
    left join lateral (select coalesce(sum(amount_fen), 0) as total, coalesce(sum(amount_fen) filter (where included), 0) as included,
      coalesce(sum(amount_fen) filter (where state = 'paid'), 0) as paid from roster_line l where l.roster_id = r.id) s on true
    where r.total_fen <> s.total or r.included_fen <> s.included or r.paid_fen <> s.paid
      or r.paid_fen <> (select coalesce(sum(amount_fen), 0) from payment_event e where e.roster_id = r.id and e.kind = 'paid')
      or r.total_fen <> r.paid_fen + r.failed_fen + r.pending_fen + r.held_fen
      or exists (select from bank_file f where f.roster_id = r.id
                 and (f.total_fen, f.lines) <> (r.included_fen, r.included_lines))`,
  已发等于资金账: `
    with trail as (select l.item, l.month, sum(e.amount_fen) as fen from payment_event e join roster_line l on l.id = e.line_id
                   where e.kind = 'paid' group by 1, 2),
         ledger as (select j.item, j.month, sum(x.debit_fen - x.credit_fen) as fen from fund_entry x
                    join fund_journal j on j.id = x.journal_id where x.class = 'paid' group by 1, 2)
    select * from trail full join ledger using (item, month) where trail.fen is distinct from ledger.fen`,
  追回等于资金账: `
    select a.fen, b.fen as ledger from
      (select coalesce(sum(amount_fen), 0) as fen from recovery_entry where kind in ('cash', 'reversal')) a,
      (select coalesce(sum(credit_fen - debit_fen), 0) as fen from fund_entry where class = 'recovered') b where a.fen <> b.fen`,
  同一笔补发只有一次: `
    select entitlement_id, month, round from roster_line where live and reissue_of is null and change <> 'stopped'
    group by 1, 2, 3 having count(*) > 1
    union all select origin_line_id, '', 0 from payment_event where kind = 'paid' group by 1 having count(*) > 1`,
  "追缴余额不为负，结清的没有余额，没结清的有": `
    select r.id, r.state, r.amount_fen, e.fen from recovery r
    left join lateral (select coalesce(sum(x.amount_fen), 0) as fen from recovery_entry x where x.recovery_id = r.id) e on true
    where e.fen < 0 or e.fen > r.amount_fen or (r.state = 'settled') <> (e.fen = r.amount_fen)
      or r.amount_fen <> (select sum(m.amount_fen) from recovery_month m where m.recovery_id = r.id)`,
};

/**
 * Nobody has less than he is owed for a month that was paid out; more only by what is let go, not asked, or still asked
 * back. Lines that are held or failed for good have not been paid at all.
 */
const FINISHED = `
  with months as (select distinct month from roster where kind = 'monthly' and state in ('sent', 'closed') and month >= $1),
  owed as (
    select e.id, e.payee_id, m.month, case when m.month < e.from_month or m.month > coalesce(e.end_month, '9999-12') then 0
      else coalesce((select a.amount_fen from entitlement_amount a where a.entitlement_id = e.id and a.from_month <= m.month
        order by a.from_month desc, a.seq desc limit 1), 0) end as fen
    from entitlement e cross join months m),
  lines as (
    select entitlement_id as id, month, sum(amount_fen + deducted_fen) filter (where state = 'paid') as paid,
      bool_or(state in ('held', 'failed', 'unknown', 'ready')) as open
    from roster_line where live and change <> 'stopped' group by 1, 2),
  asked as (
    select m.entitlement_id as id, m.month, sum(m.amount_fen) as fen, sum(coalesce(x.back, 0)) as back
    from recovery_month m
    left join lateral (
      select sum(e.amount_fen) filter (where e.kind in ('cash', 'deduction', 'reversal')) as back
      from recovery_entry e where e.recovery_id = m.recovery_id and e.month = m.month) x on true
    group by 1, 2)
  select p.name, o.month, o.fen as owed, l.paid, a.fen as asked, a.back from owed o
  left join lines l using (id, month) left join asked a using (id, month) join person p on p.id = o.payee_id
  where not coalesce(l.open, false)
    and (coalesce(l.paid, 0) - coalesce(a.back, 0) < o.fen
      or coalesce(l.paid, 0) - coalesce(a.back, 0) > o.fen + coalesce(a.fen, 0) - coalesce(a.back, 0))`;

const story = (w: County, promise: string, found: unknown): string =>
  `${promise}\n${JSON.stringify(found, null, 1)}\n\n${w.told.join("\n")}`;

export async function keepPromises(w: County): Promise<void> {
  for (const [promise, sql] of Object.entries(ALWAYS)) {
    const found = await w.t.owner(sql);
    if (found.length > 0) throw new Error(story(w, promise, found));
  }
}

/** Every amount is computed again from its facts and rules; old months in the very words of before. */
export async function keepWords(w: County): Promise<void> {
  const { repricing } = w.house.entitlements;
  const rows = await w.t.owner<{ id: string; seq: number; fen: number; decided: boolean }>(
    `select entitlement_id as id, seq, amount_fen::int as fen, basis_id is null as decided
     from entitlement_amount where basis_id is not null order by 1, 2`,
  );
  for (const { id, seq, fen } of rows) {
    const told = await w.o.as("xian", async (tx) => repricing?.explainAmount(tx, id, seq));
    if (told?.amountFen !== fen) throw new Error(story(w, "金额重算得出原来的数", { id, seq, fen, told }));
    const words = JSON.stringify(told);
    const first = w.explained.get(`${id} ${seq}`);
    if (first !== undefined && first !== words)
      throw new Error(story(w, "旧月份的算法说明不变", { id, seq, first, words }));
    w.explained.set(`${id} ${seq}`, words);
  }
  const decisions = await w.t.owner<{ id: string }>("select id from case_decision order by id");
  for (const { id } of decisions) {
    const { same } = await w.o.as("shenji", (tx) => w.house.cases.replay(tx, id));
    if (same !== true) throw new Error(story(w, "决定重放相同", { id, same }));
  }
}

export async function keepAtTheEnd(w: County): Promise<void> {
  await keepPromises(w);
  await keepWords(w);
  const toRaise = await stillToRaise(w);
  if (toRaise.length > 0) throw new Error(story(w, "每个月都按当月的标准", toRaise));
  const wrong = await w.t.owner(FINISHED, [FIRST]);
  if (wrong.length > 0) throw new Error(story(w, "每人每月实得等于应得", wrong));
  const { o, house } = w;
  for (const { id } of await w.t.owner<{ id: string }>("select id from roster where state <> 'discarded'"))
    expect((await o.as("xian", (tx) => house.payments.page(tx, id))).reconciliation.agrees).toBe(true);
  const year = Number(thisMonth(w).slice(0, 4));
  const { reconciliation } = await o.as("caiwu", (tx) => house.funds.page(tx, { year }));
  if (!reconciliation.agrees) throw new Error(story(w, "对账相符", reconciliation));
  const chains = (await house.audit.verify(house.db, o.county)).filter((c) => !c.ok);
  const proof = await o.as("shenpi", (tx) => house.payments.prove(tx));
  const dead = await w.t.owner(
    "select kind, last_error from outbox where state <> 'done' and last_error is not null",
  );
  if (chains.length + proof.faults.length + dead.length > 0)
    throw new Error(story(w, "校验通过", { chains, proof, dead }));
}
