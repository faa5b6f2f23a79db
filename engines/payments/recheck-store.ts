/** The SQL of looks after the payment. Nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export type Outcome = "justified" | "recovery" | "clue";

/** Rosters of a month of which the bank has paid something, with how many lines. */
export const paidRosters = (tx: Tx, month: Month) =>
  tx.query<{ id: string; month: Month; lines: number }>(
    `select r.id, r.month, count(*)::int as lines from roster r
     join roster_line l on l.county_code = r.county_code and l.roster_id = r.id
     where r.county_code = app_county() and r.month = $1 and r.state in ('sent', 'closed') and l.state = 'paid'
     group by r.id, r.month, r.number order by r.number`,
    [month],
  );

export async function lockMonth(tx: Tx, month: Month): Promise<void> {
  await tx.exec("select pg_advisory_xact_lock(hashtextextended('recheck ' || app_county() || $1, 0))", [
    month,
  ]);
}

export interface RecheckRecord {
  id: string;
  month: Month;
  at: string;
  by: string;
  lines: number;
  found: number;
}
/** Of a month, newest first; of all months when null. */
export const rechecks = (tx: Tx, month: Month | null) =>
  tx.query<RecheckRecord>(
    `select id, month, at, by_name as by, lines, found from recheck
     where county_code = app_county() and ($1::text is null or month = $1) order by at desc, id desc limit 50`,
    [month],
  );
export async function insertRecheck(
  tx: Tx,
  r: { id: string; month: Month; lines: number; at: Date },
): Promise<void> {
  await tx.exec(
    `insert into recheck (county_code, id, month, at, by_name, lines, found) values (app_county(), $1, $2, $3, $4, $5, 0)`,
    [r.id, r.month, r.at, tx.actor.name, r.lines],
  );
}
export const setFound = (tx: Tx, id: string, found: number) =>
  tx.exec("update recheck set found = $2 where county_code = app_county() and id = $1", [id, found]);

export interface FindingRecord {
  lineId: string;
  rule: string;
  severity: "block" | "warn";
  reason: string;
  foundAt: string;
  month: Month;
  rosterId: string;
  rosterTitle: string;
  rosterMonth: Month;
  entitlementId: string;
  payeeId: string;
  payee: string;
  item: string;
  divisionCode: string;
  amountFen: number;
  paidOn: IsoDate | null;
  outcome: Outcome | null;
  note: string | null;
  recoveryId: string | null;
  clueId: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  madeBy: string | null;
}
const FINDING = `select f.line_id as "lineId", f.rule, f.severity, f.reason, f.found_at as "foundAt", f.month,
    f.roster_id as "rosterId", r.title as "rosterTitle", r.month as "rosterMonth", l.entitlement_id as "entitlementId", l.payee_id as "payeeId",
    l.payee_name as payee, l.item, l.division_code as "divisionCode", l.amount_fen as "amountFen",
    l.settled_on as "paidOn", f.outcome, f.note, f.recovery_id as "recoveryId", f.clue_id as "clueId",
    f.decided_by_name as "decidedBy", f.decided_at as "decidedAt",
    (select s.account_id from roster_signature s where s.county_code = f.county_code and s.roster_id = f.roster_id
      and s.step = 'maker') as "madeBy"
  from recheck_finding f
  join roster_line l on l.county_code = f.county_code and l.id = f.line_id
  join roster r on r.county_code = f.county_code and r.id = f.roster_id
  where f.county_code = app_county()`;
/** So many of a month, those that wait for a word first. */
export const findings = (tx: Tx, rosterMonth: Month, limit: number) =>
  tx.query<FindingRecord>(
    `${FINDING} and r.month = $1 order by f.outcome is not null, f.severity, f.rule, l.division_code collate "C", l.seq
     limit $2`,
    [rosterMonth, limit],
  );
export interface FindingSums {
  rule: string;
  count: number;
  amountFen: number;
  justified: number;
  recovery: number;
  clue: number;
  open: number;
}
/** Of all of them, by rule. */
export const findingSums = (tx: Tx, rosterMonth: Month) =>
  tx.query<FindingSums>(
    `select f.rule, count(*)::int as count, sum(l.amount_fen)::bigint as "amountFen",
       (count(*) filter (where f.outcome = 'justified'))::int as justified,
       (count(*) filter (where f.outcome = 'recovery'))::int as recovery,
       (count(*) filter (where f.outcome = 'clue'))::int as clue,
       (count(*) filter (where f.outcome is null))::int as open
     from recheck_finding f
     join roster_line l on l.county_code = f.county_code and l.id = f.line_id
     join roster r on r.county_code = f.county_code and r.id = f.roster_id
     where f.county_code = app_county() and r.month = $1 group by f.rule order by min(f.severity), f.rule`,
    [rosterMonth],
  );
export const find = (tx: Tx, lineId: string, rule: string) =>
  tx.maybe<FindingRecord>(`${FINDING} and f.line_id = $1 and f.rule = $2`, [lineId, rule]);

/** Findings without a word, by month of the roster; the id is one of their looks. */
export const open = (tx: Tx) =>
  tx.query<{ id: string; month: Month; findings: number }>(
    `select r.month, count(*)::int as findings, (array_agg(f.recheck_id))[1] as id from recheck_finding f
     join roster r on r.county_code = f.county_code and r.id = f.roster_id
     where f.county_code = app_county() and f.outcome is null group by r.month order by r.month`,
  );

export const decide = (
  tx: Tx,
  f: { lineId: string; rule: string },
  d: { outcome: Outcome; note: string; recoveryId: string | null; clueId: string | null; at: Date },
) =>
  tx.exec(
    `update recheck_finding set outcome = $3, note = $4, recovery_id = $5, clue_id = $6, decided_by = app_account(),
       decided_by_name = $7, decided_at = $8
     where county_code = app_county() and line_id = $1 and rule = $2 and outcome is null`,
    [f.lineId, f.rule, d.outcome, d.note, d.recoveryId, d.clueId, tx.actor.name, d.at],
  );

/** The recovery that asks back this month of an entitlement, and was not dismissed. */
export const recoveryOf = async (tx: Tx, entitlementId: string, month: Month): Promise<string | null> =>
  (
    await tx.maybe<{ id: string }>(
      `select r.id from recovery r join recovery_month m on m.county_code = r.county_code and m.recovery_id = r.id
       where r.county_code = app_county() and m.entitlement_id = $1 and m.month = $2 and r.state <> 'dismissed'
       order by r.opened_at desc limit 1`,
      [entitlementId, month],
    )
  )?.id ?? null;
