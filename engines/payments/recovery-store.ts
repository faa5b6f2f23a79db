/** The SQL of recoveries, and nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import { type Beside, type Stretch, stretch, type Tx } from "@wuxin/platform";
import type { RecoveryState, RecoveryWay } from "./recovery-model.ts";

const LIVE_KEPT = `select d.amount_fen from recovery_deduction d
  where d.county_code = r.county_code and d.recovery_id = r.id
    and not exists (select from recovery_entry x where x.county_code = d.county_code and x.receipt_id = d.line_id
                    and x.recovery_id = d.recovery_id and x.month = d.month)
    and recovery_deduction_waits(d.county_code, d.line_id)`;

export interface Overpaid {
  entitlementId: string;
  item: string;
  divisionCode: string;
  payeeId: string;
  endKind: "decision" | "death" | "merged" | null;
  endReason: string | null;
  /** The word of the decision behind it, e.g. 服刑. */
  causeName: string | null;
  /** Why the amount in force that month is what it is. */
  owedReason: string | null;
  month: Month;
  paidFen: number;
  owedFen: number;
  /** Not yet asked back. */
  amountFen: number;
  /** Asked back before, whatever became of it. */
  askedFen: number;
}
/**
 * Months of these entitlements that were paid more than is owed and that nobody asks back yet. Paid counts what the bank
 * paid and what was kept back, in a first line or in a reissue of it.
 */
export const overpaid = (tx: Tx, entitlementIds: readonly string[]) =>
  tx.query<Overpaid>(
    `with paid as (
       select l.entitlement_id, l.month, sum(l.amount_fen + l.deducted_fen)::bigint as fen
       from roster_line l
       where l.county_code = app_county() and l.entitlement_id = any($1) and l.live and l.state = 'paid'
       group by l.entitlement_id, l.month)
     select e.id as "entitlementId", e.item, e.division_code as "divisionCode", e.payee_id as "payeeId",
       e.end_kind as "endKind", e.end_reason as "endReason",
       case when p.month > e.end_month then case e.end_kind when 'death' then '死亡' else e.end_cause end
            else o.cause end as "causeName", o.reason as "owedReason", p.month, p.fen as "paidFen", o.fen as "owedFen",
       (p.fen - o.fen - c.fen + c.reduced)::bigint as "amountFen", c.fen as "askedFen"
     from paid p
     join entitlement e on e.county_code = app_county() and e.id = p.entitlement_id
     cross join lateral (
       select case when p.month < e.from_month or p.month > coalesce(e.end_month, '9999-12') then 0
         else coalesce(sum(x.amount_fen), 0) end::bigint as fen, max(x.cause) as cause, max(x.reason) as reason
       from (
         select a.amount_fen, a.cause, a.reason from entitlement_amount a
         where a.county_code = e.county_code and a.entitlement_id = e.id and a.from_month <= p.month
         order by a.from_month desc, a.seq desc limit 1) x) o
     cross join lateral (
       select coalesce(sum(m.amount_fen), 0)::bigint as fen, coalesce(sum(x.fen), 0)::bigint as reduced
       from recovery_month m
       cross join lateral (
         select sum(n.amount_fen) as fen from recovery_entry n
         where n.county_code = m.county_code and n.recovery_id = m.recovery_id and n.month = m.month
           and n.kind = 'reduction') x
       where m.county_code = e.county_code and m.entitlement_id = e.id and m.month = p.month) c
     where p.fen - o.fen - c.fen + c.reduced > 0
     order by e.id, p.month`,
    [entitlementIds],
  );

/** Entitlements that this person's death ended. */
export const endedByDeath = async (tx: Tx, personId: string): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      "select id from entitlement where county_code = app_county() and end_person_id = $1 order by id for update",
      [personId],
    )
  ).map((r) => r.id);
/** Entitlements of a case. */
export const ofCase = async (tx: Tx, caseId: string): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      "select id from entitlement where county_code = app_county() and case_id = $1 order by id for update",
      [caseId],
    )
  ).map((r) => r.id);
/**
 * Entitlements of which a roster paid a month behind their end, or of which an amount was recorded after the month's
 * roster: it may have been lowered while the bank had the money.
 */
export const paidBeyond = async (tx: Tx, rosterId: string): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `with since as (
         select min(o.generated_at) as at from roster r
         join roster o on o.county_code = r.county_code and o.month = r.month and o.kind = 'monthly'
           and o.state in ('sent', 'closed')
         where r.county_code = app_county() and r.id = $1),
       touched as (
         select distinct a.entitlement_id as id from entitlement_amount a, since
         where a.county_code = app_county() and a.recorded_at >= since.at)
       select e.id from entitlement e
       join roster_line l on l.county_code = e.county_code and l.entitlement_id = e.id
       where e.county_code = app_county() and e.end_month is not null and l.roster_id = $1 and l.month > e.end_month
         and l.state = 'paid'
       union select t.id from touched t
       join roster_line l on l.county_code = app_county() and l.entitlement_id = t.id
       where l.roster_id = $1 and l.state = 'paid'`,
      [rosterId],
    )
  ).map((r) => r.id);

/** What of a month is asked back though it is no longer overpaid, by recovery; the latest first. */
export const askedTooMuch = (tx: Tx, entitlementIds: readonly string[] | null) =>
  tx.query<{
    recoveryId: string;
    entitlementId: string;
    month: Month;
    leftFen: number;
    excessFen: number;
    owedFen: number;
  }>(
    `with asked as (
       select r.id, r.opened_at, m.entitlement_id, m.month,
         m.amount_fen - coalesce((select sum(x.amount_fen) from recovery_entry x where x.county_code = r.county_code
             and x.recovery_id = r.id and x.month = m.month), 0)
           - coalesce((select sum(k.amount_fen) from (${LIVE_KEPT} and d.month = m.month) k), 0) as left_fen
       from recovery r join recovery_month m on m.county_code = r.county_code and m.recovery_id = r.id
       where r.county_code = app_county() and r.state in ('proposed', 'confirmed')
         and ($1::uuid[] is null or r.entitlement_id = any($1)))
     select a.id as "recoveryId", a.entitlement_id as "entitlementId", a.month, a.left_fen::bigint as "leftFen",
       (c.fen - greatest(0, p.fen - o.fen))::bigint as "excessFen", o.fen as "owedFen"
     from asked a
     join entitlement e on e.county_code = app_county() and e.id = a.entitlement_id
     cross join lateral (
       select coalesce(sum(l.amount_fen + l.deducted_fen), 0) as fen from roster_line l
       where l.county_code = e.county_code and l.entitlement_id = e.id and l.month = a.month and l.live
         and l.state = 'paid') p
     cross join lateral (
       select case when a.month < e.from_month or a.month > coalesce(e.end_month, '9999-12') then 0 else coalesce((
         select x.amount_fen from entitlement_amount x
         where x.county_code = e.county_code and x.entitlement_id = e.id and x.from_month <= a.month
         order by x.from_month desc, x.seq desc limit 1), 0) end as fen) o
     cross join lateral (
       select sum(m.amount_fen) - coalesce(sum(x.fen), 0) as fen from recovery_month m
       cross join lateral (
         select sum(n.amount_fen) as fen from recovery_entry n
         where n.county_code = m.county_code and n.recovery_id = m.recovery_id and n.month = m.month
           and n.kind = 'reduction') x
       where m.county_code = e.county_code and m.entitlement_id = e.id and m.month = a.month) c
     where a.left_fen > 0 and c.fen > greatest(0, p.fen - o.fen)
     order by a.entitlement_id, a.month, a.opened_at desc, a.id`,
    [entitlementIds],
  );

export interface RecoveryRecord {
  id: string;
  entitlementId: string;
  item: string;
  divisionCode: string;
  payeeId: string;
  payee: string;
  cause: "death" | "decision";
  causeName: string | null;
  reason: string;
  state: RecoveryState;
  amountFen: number;
  openedAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  note: string | null;
  way: RecoveryWay | null;
  instalmentFen: number | null;
  deductFrom: string | null;
  /** Come back, waived or written off. */
  settledFen: number;
  /** Waived or written off, of that. */
  letGoFen: number;
  /** Asked no more, since the month came to be owed more; of that too. */
  reducedFen: number;
  /** In rosters that the bank has not paid yet. */
  keptFen: number;
  months: number;
}
const RECOVERY = `select r.id, r.entitlement_id as "entitlementId", r.item, r.division_code as "divisionCode",
    r.payee_id as "payeeId", coalesce(p.name, '（不在管辖范围）') as payee, r.cause, r.cause_name as "causeName", r.reason, r.state,
    r.amount_fen as "amountFen", r.opened_at as "openedAt", r.decided_by_name as "decidedBy", r.decided_at as "decidedAt",
    r.decision_note as note, r.way, r.instalment_fen as "instalmentFen", r.deduct_from as "deductFrom",
    coalesce(e.all_fen, 0)::bigint as "settledFen", coalesce(e.let_go_fen, 0)::bigint as "letGoFen",
    coalesce(e.reduced_fen, 0)::bigint as "reducedFen",
    coalesce(k.fen, 0)::bigint as "keptFen",
    (select count(*)::int from recovery_month m where m.county_code = r.county_code and m.recovery_id = r.id) as months
  from recovery r
  left join person p on p.county_code = r.county_code and p.id = r.payee_id
  left join lateral (
    select sum(x.amount_fen) as all_fen, sum(x.amount_fen) filter (where x.kind in ('waiver', 'write-off')) as let_go_fen,
      sum(x.amount_fen) filter (where x.kind = 'reduction') as reduced_fen
    from recovery_entry x where x.county_code = r.county_code and x.recovery_id = r.id) e on true
  left join lateral (select sum(k.amount_fen) as fen from (${LIVE_KEPT}) k) k on true
  where r.county_code = app_county()`;

export const ofEntitlements = (tx: Tx, ids: readonly string[]) =>
  tx.query<RecoveryRecord>(`${RECOVERY} and r.entitlement_id = any ($1::uuid[]) order by r.opened_at, r.id`, [
    ids,
  ]);
/** What is not closed, with the entitlement to another place. */
export const moveOpen = (tx: Tx, entitlementId: string, divisionCode: string) =>
  tx.exec(
    `update recovery set division_code = $2
     where county_code = app_county() and entitlement_id = $1 and state in ('proposed', 'confirmed')`,
    [entitlementId, divisionCode],
  );
export const find = (tx: Tx, id: string) => tx.maybe<RecoveryRecord>(`${RECOVERY} and r.id = $1`, [id]);
export const lock = async (tx: Tx, id: string): Promise<RecoveryRecord | undefined> => {
  await tx.query("select 1 from recovery where county_code = app_county() and id = $1 for update", [id]);
  return find(tx, id);
};
/** What waits for a decision first, then what is being asked back; of each the latest first (index recovery_in_order). */
const RANK = "(case r.state when 'proposed' then 4 when 'confirmed' then 3 when 'settled' then 2 else 1 end)";
export interface RecoveryQuery extends Beside {
  readonly state?: RecoveryState | undefined;
  readonly division?: string | undefined;
  readonly q?: string | undefined;
}
export async function list(
  tx: Tx,
  q: RecoveryQuery,
): Promise<Stretch<RecoveryRecord> & { total: number; leftFen: number }> {
  const name = q.q?.trim() || null;
  const from = `from recovery r
    ${name === null ? "" : "join person p on p.county_code = r.county_code and p.id = r.payee_id and strpos(p.name, $3) > 0"}
    where r.county_code = app_county() and ($1::text is null or r.state = $1)
      and ($2::text is null or r.division_code like $2 || '%') and ($3::text is null or true)`;
  const values = [q.state ?? null, q.division ?? null, name];
  const { total, left } = await tx.one<{ total: number; left: number }>(
    `with found as (select r.id, r.state, r.amount_fen ${from})
     select count(*)::int as total, coalesce(sum(r.amount_fen - coalesce(e.fen, 0))
       filter (where r.state in ('proposed', 'confirmed')), 0)::bigint as left
     from found r
     left join (select recovery_id, sum(amount_fen) as fen from recovery_entry
                where county_code = app_county() group by recovery_id) e on e.recovery_id = r.id`,
    values,
  );
  const found = await stretch(q, "desc", async (seen, { beyond, order, limit }) => {
    const at =
      seen &&
      (await tx.maybe<{ rank: number; opened: string }>(
        `select ${RANK} as rank, r.opened_at::text as opened from recovery r
         where r.county_code = app_county() and r.id = $1`,
        [seen],
      ));
    const ids = await tx.query<{ id: string }>(
      `select r.id ${from}
         and ($4::int is null or (${RANK}, r.opened_at, r.id) ${beyond} ($4, $5::timestamptz, $6::uuid))
       order by ${RANK} ${order}, r.opened_at ${order}, r.id ${order} limit $7`,
      [...values, at ? at.rank : null, at ? at.opened : null, at ? seen : null, limit],
    );
    const rows = await tx.query<RecoveryRecord>(`${RECOVERY} and r.id = any ($1::uuid[])`, [
      ids.map((r) => r.id),
    ]);
    const byId = new Map(rows.map((r) => [r.id, r]));
    return ids.flatMap(({ id }) => byId.get(id) ?? []);
  });
  return { ...found, total, leftFen: left };
}

export async function insert(
  tx: Tx,
  r: {
    id: string;
    entitlementId: string;
    item: string;
    divisionCode: string;
    payeeId: string;
    cause: "death" | "decision";
    causeName: string | null;
    reason: string;
    at: Date;
    months: readonly Overpaid[];
  },
): Promise<void> {
  await tx.exec(
    `insert into recovery (county_code, id, entitlement_id, item, division_code, payee_id, cause, cause_name, reason, state,
       amount_fen, opened_at)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, 'proposed', $9, $10)`,
    [
      ...[r.id, r.entitlementId, r.item, r.divisionCode, r.payeeId, r.cause, r.causeName, r.reason],
      ...[r.months.reduce((sum, m) => sum + m.amountFen, 0), r.at],
    ],
  );
  await tx.exec(
    `insert into recovery_month (county_code, recovery_id, entitlement_id, month, paid_fen, owed_fen, amount_fen,
       asked_before_fen)
     select app_county(), $1, $2, m.month, m."paidFen", m."owedFen", m."amountFen", m."askedFen"
     from jsonb_to_recordset($3::jsonb) m (month text, "paidFen" bigint, "owedFen" bigint, "amountFen" bigint,
       "askedFen" bigint)`,
    [r.id, r.entitlementId, JSON.stringify(r.months)],
  );
}

export async function decide(
  tx: Tx,
  id: string,
  d: {
    state: RecoveryState;
    at: Date;
    note: string | null;
    way: RecoveryWay | null;
    instalmentFen: number | null;
    deductFrom: string | null;
  },
): Promise<void> {
  await tx.exec(
    `update recovery set state = $2, decided_by = app_account(), decided_by_name = $3, decided_at = $4, decision_note = $5,
       way = $6, instalment_fen = $7, deduct_from = $8
     where county_code = app_county() and id = $1`,
    [id, d.state, tx.actor.name, d.at, d.note, d.way, d.instalmentFen, d.deductFrom],
  );
}
/** Settled once nothing is left, and open again when an entry was taken back. */
export const settle = (tx: Tx, id: string) =>
  tx.exec(
    `update recovery r set state = x.state
     from (select case when m.amount_fen = coalesce((
             select sum(e.amount_fen) from recovery_entry e
             where e.county_code = m.county_code and e.recovery_id = m.id), 0) then 'settled' else 'confirmed' end as state
           from recovery m where m.county_code = app_county() and m.id = $1) x
     where r.county_code = app_county() and r.id = $1 and r.state in ('confirmed', 'settled') and r.state <> x.state`,
    [id],
  );

export interface MonthRecord {
  month: Month;
  paidFen: number;
  owedFen: number;
  amountFen: number;
  settledFen: number;
  keptFen: number;
}
export const monthsOf = (tx: Tx, id: string) =>
  tx.query<MonthRecord>(
    `select m.month, m.paid_fen as "paidFen", m.owed_fen as "owedFen", m.amount_fen as "amountFen",
       coalesce((select sum(e.amount_fen) from recovery_entry e
         where e.county_code = r.county_code and e.recovery_id = r.id and e.month = m.month), 0)::bigint as "settledFen",
       coalesce((select sum(k.amount_fen) from (${LIVE_KEPT} and d.month = m.month) k), 0)::bigint as "keptFen"
     from recovery r join recovery_month m on m.county_code = r.county_code and m.recovery_id = r.id
     where r.county_code = app_county() and r.id = $1 order by m.month`,
    [id],
  );

// ── rosters ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Deducting {
  id: string;
  deductFrom: string;
  instalmentFen: number;
  leftFen: number;
}
/** Recoveries that are paid off out of the months to come, in the order in which they were decided. */
export const deducting = (tx: Tx) =>
  tx.query<Deducting>(
    `select "id", "deductFrom", "instalmentFen", "amountFen" - "settledFen" - "keptFen" as "leftFen"
     from (${RECOVERY} and r.state = 'confirmed' and r.way = 'deduct') x
     where "amountFen" > "settledFen" + "keptFen" order by "decidedAt", id`,
  );
/** What the lines of a roster keep back, by entitlement. */
export const keptBack = (tx: Tx, rosterId: string) =>
  tx.query<{ lineId: string; entitlementId: string; fen: number }>(
    `select id as "lineId", entitlement_id as "entitlementId", deducted_fen as fen from roster_line
     where county_code = app_county() and roster_id = $1 and deducted_fen > 0 and reissue_of is null`,
    [rosterId],
  );
export const addDeductions = (
  tx: Tx,
  rows: readonly { lineId: string; recoveryId: string; month: Month; amountFen: number }[],
) =>
  tx.exec(
    `insert into recovery_deduction (county_code, line_id, recovery_id, month, amount_fen)
     select app_county(), d."lineId", d."recoveryId", d.month, d."amountFen"
     from jsonb_to_recordset($1::jsonb) d ("lineId" uuid, "recoveryId" uuid, month text, "amountFen" bigint)`,
    [JSON.stringify(rows)],
  );
/** Kept back by lines that this roster has paid, in a first line or a reissue that keeps it back too, and not entered yet. */
export const paidDeductions = (tx: Tx, rosterId: string) =>
  tx.query<{
    lineId: string;
    recoveryId: string;
    month: Month;
    amountFen: number;
    paidOn: IsoDate;
    number: string;
  }>(
    `select d.line_id as "lineId", d.recovery_id as "recoveryId", d.month, d.amount_fen as "amountFen",
       coalesce(v.settled_on, (v.at at time zone 'Asia/Shanghai')::date) as "paidOn", o.number
     from payment_event v
     join roster_line l on l.county_code = v.county_code and l.id = v.line_id and l.deducted_fen > 0
     join recovery_deduction d on d.county_code = v.county_code and d.line_id = v.origin_line_id
     join roster o on o.county_code = v.county_code and o.id = v.roster_id
     where v.county_code = app_county() and v.roster_id = $1 and v.kind = 'paid'
       and not exists (select from recovery_entry e where e.county_code = d.county_code and e.receipt_id = d.line_id
                       and e.recovery_id = d.recovery_id and e.month = d.month)
     order by d.recovery_id, d.month`,
    [rosterId],
  );
/** Out of what the debtor's household draws now. */
export const sources = (tx: Tx, entitlementId: string, month: Month) =>
  tx.query<{ id: string; item: string; amountFen: number; payee: string }>(
    `select o.entitlement_id as id, o.item, o.amount_fen as "amountFen", p.name as payee
     from entitlement e
     join entitlement_owed($2) o on o.payee_id = e.payee_id or o.household_id = e.household_id
     join person p on p.county_code = e.county_code and p.id = o.payee_id
     where e.county_code = app_county() and e.id = $1
     order by o.entitlement_id = e.id desc, o.amount_fen desc`,
    [entitlementId, month],
  );
