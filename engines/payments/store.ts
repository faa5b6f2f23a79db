/** The SQL of roster heads: found, made, moved from state to state, proved. Nothing else. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { RosterKind, RosterState } from "./model.ts";

export interface RosterRecord {
  id: string;
  month: Month;
  kind: RosterKind;
  number: string;
  title: string;
  state: RosterState;
  parentId: string | null;
  previousId: string | null;
  previousTotalFen: number | null;
  generatedBy: string;
  generatedByName: string;
  digest: string;
  /** Which fields of a line the digest covers; 2 since migration 0123. */
  digestForm: number;
  lines: number;
  persons: number;
  totalFen: number;
  includedLines: number;
  includedFen: number;
  held: number;
  heldFen: number;
  pendingFen: number;
  paid: number;
  paidFen: number;
  failed: number;
  failedFen: number;
  unknown: number;
}

const ROSTER = `r.id, r.month, r.kind, r.number, r.title, r.state, r.parent_id as "parentId",
  r.previous_id as "previousId", r.previous_total_fen as "previousTotalFen", r.generated_by as "generatedBy",
  r.generated_by_name as "generatedByName", r.digest, r.digest_form as "digestForm", r.lines, r.persons, r.total_fen as "totalFen",
  r.included_lines as "includedLines", r.included_fen as "includedFen", r.held_lines as held, r.held_fen as "heldFen",
  r.pending_fen as "pendingFen", r.paid_lines as paid, r.paid_fen as "paidFen", r.failed_lines as failed,
  r.failed_fen as "failedFen", r.unknown_lines as unknown`;

export const findRoster = (tx: Tx, id: string) =>
  tx.maybe<RosterRecord>(`select ${ROSTER} from roster r where r.county_code = app_county() and r.id = $1`, [
    id,
  ]);

/** Every change of a roster goes through this lock, so two at once follow one another. */
export const lockRoster = (tx: Tx, id: string) =>
  tx.maybe<RosterRecord>(
    `select ${ROSTER} from roster r where r.county_code = app_county() and r.id = $1 for update`,
    [id],
  );

export const rosterOfMonth = (tx: Tx, month: Month) =>
  tx.maybe<RosterRecord>(
    `select ${ROSTER} from roster r
     where r.county_code = app_county() and r.month = $1 and r.kind = 'monthly' and r.state <> 'discarded'`,
    [month],
  );

/** The latest live monthly roster before a month: what the new one is compared with. */
export async function previousRoster(tx: Tx, month: Month): Promise<RosterRecord | undefined> {
  const rows = await tx.query<RosterRecord>(
    `select ${ROSTER} from roster r
     where r.county_code = app_county() and r.month < $1 and r.kind = 'monthly' and r.state <> 'discarded'
     order by r.month desc limit 1`,
    [month],
  );
  return rows[0];
}

/** Past months that have a roster which has gone to the bank, latest first. */
export const sentMonths = async (tx: Tx, from: Month, before: Month): Promise<Month[]> =>
  (
    await tx.query<{ month: Month }>(
      `select month from roster
       where county_code = app_county() and kind = 'monthly' and state in ('sent', 'closed') and month >= $1 and month < $2
       order by month desc`,
      [from, before],
    )
  ).map((r) => r.month);

export async function listRosters(
  tx: Tx,
  size: number,
  offset: number,
): Promise<{ rows: RosterRecord[]; total: number }> {
  const { total } = await tx.one<{ total: number }>(
    "select count(*)::int as total from roster where county_code = app_county()",
  );
  const rows = await tx.query<RosterRecord>(
    `select ${ROSTER} from roster r where r.county_code = app_county()
     order by r.month desc, r.generated_at desc, r.id desc limit $1 offset $2`,
    [size, offset],
  );
  return { rows, total };
}

/** Until the transaction ends, nobody else of the county starts a roster of this month. */
export async function lockMonth(tx: Tx, month: Month): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('wuxin.roster.' || app_county() || $1, 0))", [
    month,
  ]);
}

/** Until the transaction ends, sorts and joins of a whole county have memory enough not to go to disk in small pieces. */
export async function roomForSets(tx: Tx): Promise<void> {
  await tx.query("select set_config('work_mem', '128MB', true)");
}

/** How many rosters a month has had, discarded ones included. */
export const countOfMonth = async (tx: Tx, month: Month): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      "select count(*)::int as n from roster where county_code = app_county() and month = $1",
      [month],
    )
  ).n;

export async function insertRoster(
  tx: Tx,
  r: Pick<
    RosterRecord,
    "id" | "month" | "kind" | "number" | "title" | "parentId" | "previousId" | "previousTotalFen"
  > & { at: Date },
): Promise<void> {
  await tx.exec(
    `insert into roster (county_code, id, month, kind, number, title, state, parent_id, previous_id,
       previous_total_fen, generated_by, generated_by_name, generated_at)
     values (app_county(), $1, $2, $3, $4, $5, 'draft', $6, $7, $8, app_account(), $9, $10)`,
    [
      r.id,
      r.month,
      r.kind,
      r.number,
      r.title,
      r.parentId,
      r.previousId,
      r.previousTotalFen,
      tx.actor.name,
      r.at,
    ],
  );
}

export async function setState(tx: Tx, id: string, state: RosterState, at?: Date): Promise<void> {
  await tx.exec(
    `update roster set state = $2, sent_at = case when $2 = 'sent' then coalesce(sent_at, $3) else sent_at end
     where county_code = app_county() and id = $1`,
    [id, state, at ?? null],
  );
}

export interface ReissueHead {
  parentId: string;
  number: string;
  state: RosterState;
  lines: number;
}
/** The reissues of these rosters that were not discarded. */
export const reissuesOf = (tx: Tx, ids: readonly string[]) =>
  tx.query<ReissueHead>(
    `select parent_id as "parentId", number, state, lines from roster
     where county_code = app_county() and parent_id = any($1) and state <> 'discarded' order by number`,
    [ids],
  );

export async function discardRoster(tx: Tx, id: string, reason: string, at: Date): Promise<void> {
  await tx.exec(
    `update roster_line set live = false where county_code = app_county() and roster_id = $1 and live`,
    [id],
  );
  await tx.exec(
    // By the range of the roster's line ids (generate.ts): a join of two tables that grew a moment ago, of which the
    // planner knows nothing, may go the slow way round.
    `update payment_slot set released_at = $2
     where county_code = app_county() and released_at is null
       and line_id >= (left($1::uuid::text, 24) || repeat('0', 12))::uuid
       and line_id <= (left($1::uuid::text, 24) || repeat('f', 12))::uuid`,
    [id, at],
  );
  await tx.exec(
    `update roster set state = 'discarded', discarded_at = $2, discarded_by_name = $3, discard_reason = $4
     where county_code = app_county() and id = $1`,
    [id, at, tx.actor.name, reason],
  );
}

// ── proof ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const rosterIds = async (tx: Tx): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      "select id from roster where county_code = app_county() order by month, number",
    )
  ).map((r) => r.id);

export interface Readded {
  lines: number;
  totalFen: number;
  includedFen: number;
  paidFen: number;
  failedFen: number;
  heldFen: number;
  paidEventsFen: number;
  signers: number;
  unsignedDigests: number;
  bankFilesFen: number[];
}
/** One roster from its lines, its money trail, its signatures and its files. */
export const readdRoster = (tx: Tx, id: string) =>
  tx.one<Readded>(
    `select count(*)::int as lines, coalesce(sum(amount_fen), 0)::bigint as "totalFen",
       coalesce(sum(amount_fen) filter (where included), 0)::bigint as "includedFen",
       coalesce(sum(amount_fen) filter (where state = 'paid'), 0)::bigint as "paidFen",
       coalesce(sum(amount_fen) filter (where state in ('failed', 'reissued')), 0)::bigint as "failedFen",
       coalesce(sum(amount_fen) filter (where state = 'held'), 0)::bigint as "heldFen",
       (select coalesce(sum(v.amount_fen), 0)::bigint from payment_event v
        where v.county_code = app_county() and v.roster_id = $1 and v.kind = 'paid') as "paidEventsFen",
       (select count(distinct s.account_id)::int from roster_signature s
        where s.county_code = app_county() and s.roster_id = $1) as signers,
       (select count(*)::int from roster_signature s join roster r on r.county_code = s.county_code and r.id = s.roster_id
        where s.county_code = app_county() and s.roster_id = $1 and s.digest <> r.digest) as "unsignedDigests",
       (select coalesce(array_agg(f.total_fen), '{}') from bank_file f
        where f.county_code = app_county() and f.roster_id = $1) as "bankFilesFen"
     from roster_line where county_code = app_county() and roster_id = $1 and change <> 'stopped'`,
    [id],
  );

/** Slots that are held twice in this county: none, while the unique key stands. */
export const doubledSlots = async (tx: Tx): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      `select count(*)::int as n from (
         select from payment_slot where county_code = app_county() and released_at is null
         group by person_digest, exclusivity_group, month having count(*) > 1) d`,
    )
  ).n;
