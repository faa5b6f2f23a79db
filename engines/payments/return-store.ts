/** The SQL of returns on their way in: taken, read in pieces, judged and loaded as one set. Nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { EffectRow, Outcome } from "./model.ts";

export interface IntakeRecord {
  id: string;
  rosterId: string;
  fileName: string;
  digest: string;
  bytes: number;
  kind: "text" | "xlsx";
  encoding: "utf-8" | "gb18030" | null;
  newlines: number | null;
  layout: string;
  state: "waiting" | "loaded" | "refused";
  jobId: string;
  by: string;
  byId: string;
  receivedAt: string;
  report: unknown;
}
const INTAKE = `id, roster_id as "rosterId", name as "fileName", digest, bytes, kind, encoding, newlines, layout, state,
  job_id as "jobId", received_by as "byId", received_by_name as by, received_at as "receivedAt", report`;

export const findIntake = (tx: Tx, id: string) =>
  tx.maybe<IntakeRecord>(`select ${INTAKE} from return_intake where county_code = app_county() and id = $1`, [
    id,
  ]);
export const waitingIntake = (tx: Tx, rosterId: string, digest: string) =>
  tx.maybe<IntakeRecord>(
    `select ${INTAKE} from return_intake
     where county_code = app_county() and roster_id = $1 and digest = $2 and state = 'waiting'`,
    [rosterId, digest],
  );
/** The last that came for a roster. */
export async function lastIntake(tx: Tx, rosterId: string): Promise<IntakeRecord | undefined> {
  const rows = await tx.query<IntakeRecord>(
    `select ${INTAKE} from return_intake where county_code = app_county() and roster_id = $1
     order by received_at desc, id desc limit 1`,
    [rosterId],
  );
  return rows[0];
}

export async function insertIntake(
  tx: Tx,
  r: Omit<IntakeRecord, "state" | "by" | "byId" | "receivedAt" | "report"> & { at: Date },
): Promise<void> {
  await tx.exec(
    `insert into return_intake (county_code, id, roster_id, name, digest, bytes, kind, encoding, newlines, layout, state,
       job_id, received_at, received_by, received_by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, $11, app_account(), $12)`,
    [
      ...[r.id, r.rosterId, r.fileName, r.digest, r.bytes, r.kind, r.encoding, r.newlines, r.layout, r.jobId],
      ...[r.at, tx.actor.name],
    ],
  );
}
export async function setJob(tx: Tx, id: string, jobId: string): Promise<void> {
  await tx.exec("update return_intake set job_id = $2 where county_code = app_county() and id = $1", [
    id,
    jobId,
  ]);
}
export async function endIntake(
  tx: Tx,
  id: string,
  state: "loaded" | "refused",
  report: object,
  at: Date,
): Promise<void> {
  await tx.exec(
    `update return_intake set state = $2, report = $3, ended_at = $4
     where county_code = app_county() and id = $1`,
    [id, state, JSON.stringify(report), at],
  );
}

export async function insertPiece(tx: Tx, returnId: string, no: number, sealed: Buffer): Promise<void> {
  await tx.exec(
    "insert into return_piece (county_code, return_id, no, sealed) values (app_county(), $1, $2, $3)",
    [returnId, no, sealed],
  );
}
export const pieces = (tx: Tx, returnId: string, from: number, to: number) =>
  tx.query<{ sealed: Buffer }>(
    `select sealed from return_piece
     where county_code = app_county() and return_id = $1 and no between $2 and $3 order by no`,
    [returnId, from, to],
  );
export async function dropPieces(tx: Tx, returnId: string): Promise<void> {
  await tx.exec("delete from return_piece where county_code = app_county() and return_id = $1", [returnId]);
}

export interface Sent {
  id: string;
  seq: number;
  amountFen: number;
  accountSealed: Buffer | null;
}
/**
 * What of these lines was signed and never changes; of the roster's lines among these ids and numbers. Each is looked up by
 * its own key (`offset 0` keeps the planner from joining): of a roster made a moment ago it knows nothing, takes it for a
 * few rows and would hold every one of them against every name of the part.
 */
export const linesNamed = (tx: Tx, rosterId: string, ids: readonly string[], seqs: readonly number[]) => {
  const line = (key: string) => `cross join lateral (
       select l.id, l.seq, l.amount_fen, l.account_sealed, l.roster_id, l.change from roster_line l
       where l.county_code = app_county() and ${key} offset 0) l
     where l.roster_id = $1 and l.change <> 'stopped'`;
  return tx.query<Sent>(
    `select l.id, l.seq, l.amount_fen as "amountFen", l.account_sealed as "accountSealed"
     from unnest($2::uuid[]) n (id) ${line("l.id = n.id")}
     union all
     select l.id, l.seq, l.amount_fen, l.account_sealed
     from unnest($3::int[]) n (seq) ${line("l.roster_id = $1 and l.seq = n.seq")}`,
    [rosterId, ids, seqs],
  );
};

export interface StagedRow {
  row: number;
  lineId: string | null;
  outcome: Outcome | null;
  failCode: string | null;
  failReason: string | null;
  bankSerial: string | null;
  settledOn: IsoDate | null;
  problem: string | null;
}
/** COPY is not for whoever row-level security binds; arrays, one a column, come next. */
export async function stageRows(tx: Tx, returnId: string, rows: readonly StagedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.exec(
    `insert into return_row (county_code, return_id, row, line_id, outcome, fail_code, fail_reason, bank_serial,
       settled_on, problem)
     select app_county(), $1, s.* from unnest($2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::date[], $9::text[]) s`,
    [
      returnId,
      ...(
        ["row", "lineId", "outcome", "failCode", "failReason", "bankSerial", "settledOn", "problem"] as const
      ).map((column) => rows.map((r) => r[column])),
    ],
  );
}
export async function dropRows(tx: Tx, returnId: string): Promise<void> {
  await tx.exec("delete from return_row where county_code = app_county() and return_id = $1", [returnId]);
}

const GIVEN = `given as (select * from return_row where county_code = app_county() and return_id = $1),
  effects as (select * from jsonb_to_recordset($2::jsonb) e (state text, outcome text, effect text, problem text))`;
/** Rows with what they do; a line named twice is wrong the second time. */
const JUDGED = `${GIVEN},
  twins as (select line_id, min(row) as first from given where line_id is not null group by line_id having count(*) > 1),
  judged as (
    select g.row, e.effect, coalesce(g.problem,
      case when t.first < g.row then '与第 ' || t.first || ' 行是同一笔，重复出现。' end, e.problem) as problem
    from given g
    left join twins t on t.line_id = g.line_id
    left join roster_line l on l.county_code = app_county() and l.id = g.line_id
    left join effects e on e.state = l.state and e.outcome = g.outcome)`;

export const judge = (tx: Tx, returnId: string, effects: readonly EffectRow[]) =>
  tx.one<{ problems: number; paid: number; failed: number; unknown: number; duplicated: number }>(
    `with ${JUDGED}
     select (count(*) filter (where problem is not null))::int as problems,
       (count(*) filter (where effect = 'paid'))::int as paid,
       (count(*) filter (where effect = 'failed'))::int as failed,
       (count(*) filter (where effect = 'unknown'))::int as unknown,
       (count(*) filter (where effect = 'duplicated'))::int as duplicated from judged`,
    [returnId, JSON.stringify(effects)],
  );
/** The first rows that are wrong, or that say nothing new (`message` null). */
export const told = (tx: Tx, returnId: string, effects: readonly EffectRow[], limit: number) =>
  tx.query<{ row: number; message: string | null }>(
    `with ${JUDGED}
     select row, problem as message from judged where problem is not null or effect = 'duplicated'
     order by problem is null, row limit $3`,
    [returnId, JSON.stringify(effects), limit],
  );

/** Events of what this return says anew of the lines as they are; in the name of whoever brought it. Before `settle`. */
export async function recordSettled(
  tx: Tx,
  r: IntakeRecord,
  effects: readonly EffectRow[],
  at: Date,
): Promise<void> {
  await tx.exec(
    `with ${GIVEN}
     insert into payment_event (county_code, at, kind, roster_id, line_id, origin_line_id, entitlement_id, payee_id, month,
       amount_fen, detail, bank_serial, settled_on, return_id, account_id, actor_name)
     select l.county_code, $4, e.effect, l.roster_id, l.id, l.origin_line_id, l.entitlement_id, l.payee_id, l.month,
       l.amount_fen, concat_ws('：', g.fail_code, g.fail_reason), g.bank_serial, g.settled_on, $1, $5, $6
     from given g
     join roster_line l on l.county_code = app_county() and l.roster_id = $3 and l.id = g.line_id
     join effects e on e.state = l.state and e.outcome = g.outcome and e.effect <> 'duplicated'
     order by l.seq`,
    [r.id, JSON.stringify(effects), r.rosterId, at, r.byId, r.by],
  );
}

/** The bank's answers, into the lines. */
export async function settle(tx: Tx, r: IntakeRecord, effects: readonly EffectRow[]): Promise<void> {
  await tx.exec(
    `with ${GIVEN}
     update roster_line l set state = e.effect, fail_code = g.fail_code,
       fail_reason = case when e.effect = 'paid' then null else g.fail_reason end,
       bank_serial = g.bank_serial, settled_on = g.settled_on
     from given g join effects e on e.outcome = g.outcome and e.effect <> 'duplicated'
     where l.county_code = app_county() and l.roster_id = $3 and l.id = g.line_id and l.state = e.state`,
    [r.id, JSON.stringify(effects), r.rosterId],
  );
}
