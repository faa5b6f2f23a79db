/**
 * What the auditor's export holds: a query for every file, all of its columns texts as they stand in the file. People
 * are named as the roster names them; numbers of cards and identity only as keyed digests. SQL, and nothing else.
 */
import type { Tx } from "@wuxin/platform";

const AT = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const SEAL = (
  chain: string,
) => `left join audit_seal z on z.county_code = t.county_code and z.chain = '${chain}'
  and z.entry_id = t.id`;

export interface ExportFile {
  readonly name: string;
  readonly title: string;
  readonly sql: string;
}
/** Ordered so that a reader needs one pass: lines by roster, slots by person, postings by journal. */
export const EXPORT_FILES: readonly ExportFile[] = [
  {
    name: "rosters.csv",
    title: "名册",
    sql: `select id, month, kind, number, state, lines, persons, total_fen, included_lines, included_fen, paid_lines,
            paid_fen, failed_lines, failed_fen, held_lines, held_fen, pending_fen, digest, digest_form
          from roster t where county_code = app_county() order by id`,
  },
  {
    name: "signatures.csv",
    title: "签字",
    sql: `select roster_id, step, account_id, name, digest, ${AT("signed_at")} as signed_at
          from roster_signature t where county_code = app_county() order by roster_id, step`,
  },
  {
    name: "lines.csv",
    title: "名册明细",
    sql: `select roster_id, seq, id, month, entitlement_id, payee_id, payee_name,
            encode(payee_digest, 'hex') as payee_digest, encode(account_digest, 'hex') as account_digest, bank_name,
            holder_name, amount_fen, previous_fen, deducted_fen, round, persons, change,
            case when included then 't' else 'f' end as included, state, item, division_code, origin_line_id,
            case when reissue_of is null then '' else reissue_of::text end as reissue_of,
            case when live then 't' else 'f' end as live
          from roster_line t where county_code = app_county() order by roster_id, seq`,
  },
  {
    name: "slots.csv",
    title: "名额（未放弃的）",
    sql: `select encode(person_digest, 'hex') as person_digest, exclusivity_group, month, line_id
          from payment_slot t where county_code = app_county() and released_at is null
          order by person_digest, exclusivity_group collate "C", month collate "C"`,
  },
  {
    name: "bank-files.csv",
    title: "银行文件",
    sql: `select id, roster_id, format, name, lines, total_fen, digest from bank_file t
          where county_code = app_county() order by roster_id, id`,
  },
  {
    name: "returns.csv",
    title: "银行回盘",
    sql: `select id, roster_id, name, digest, paid, failed, unknown, duplicated from bank_return t
          where county_code = app_county() order by roster_id, id`,
  },
  {
    name: "events.csv",
    title: "发放流水",
    sql: `select t.county_code, t.id, ${AT("t.at")} as at, t.kind, t.roster_id, t.line_id, t.origin_line_id,
            t.entitlement_id, t.payee_id, t.month, t.amount_fen, t.detail, t.bank_serial,
            to_char(t.settled_on, 'YYYY-MM-DD') as settled_on, t.return_id, t.account_id, t.actor_name, t.position,
            encode(z.entry_digest, 'hex') as sealed
          from payment_event t ${SEAL("payments")} where t.county_code = app_county() order by t.position`,
  },
  {
    name: "accounts.csv",
    title: "资金",
    sql: `select t.id, t.source, t.document, t.item, t.issued_on::text as issued_on,
            coalesce(sum(b.amount_fen) filter (where b.class = 'received'), 0) as received,
            coalesce(sum(b.amount_fen) filter (where b.class = 'available'), 0) as available,
            coalesce(sum(b.amount_fen) filter (where b.class = 'committed'), 0) as committed,
            coalesce(sum(b.amount_fen) filter (where b.class = 'paid'), 0) as paid,
            coalesce(sum(b.amount_fen) filter (where b.class = 'recovered'), 0) as recovered
          from fund_account t
          left join fund_balance b on b.county_code = t.county_code and b.account_id = t.id
          where t.county_code = app_county() group by t.county_code, t.id order by t.id`,
  },
  {
    name: "journals.csv",
    title: "资金分录",
    sql: `select t.county_code, t.id, ${AT("t.at")} as at, t.kind, t.roster_id, t.item, t.month,
            to_char(t.moved_on, 'YYYY-MM-DD') as moved_on, t.amount_fen, t.reference, t.note, t.reverses, t.actor_id,
            t.actor_name, t.position, encode(z.entry_digest, 'hex') as sealed
          from fund_journal t ${SEAL("funds")} where t.county_code = app_county() order by t.position`,
  },
  {
    name: "entries.csv",
    title: "分录借贷",
    sql: `select t.journal_id, t.seq, t.account_id, t.class, t.month, t.debit_fen, t.credit_fen
          from fund_entry t where t.county_code = app_county() order by t.journal_id, t.seq`,
  },
  {
    name: "outlays.csv",
    title: "付款单（不经名册）",
    sql: `select t.id, t.account_id, t.way, t.payee, t.purpose, t.document, t.voucher, t.month,
            to_char(t.paid_on, 'YYYY-MM-DD') as paid_on, t.amount_fen, t.reverses, t.reason, t.asked_by, t.asked_by_name,
            ${AT("t.asked_at")} as asked_at, t.decision, t.decided_by, t.decided_by_name,
            ${AT("t.decided_at")} as decided_at, t.decided_note, f.sha256 as file_sha256
          from fund_outlay t
          left join stored_file f on f.county_code = t.county_code and f.id = t.file_id
          where t.county_code = app_county() order by t.id`,
  },
  {
    name: "postings.csv",
    title: "入账对应",
    sql: `select t.journal_id, t.event_id, v.amount_fen
          from fund_posting t join payment_event v on v.county_code = t.county_code and v.id = t.event_id
          where t.county_code = app_county() order by t.journal_id, t.event_id`,
  },
];

/**
 * Rows of a query, a page at a time; the whole is never held. What was written a minute ago the planner may know nothing of:
 * it takes a million events for a few rows, and would read every seal again for each of them. So every table is joined as a
 * whole, and for the last row as for the first.
 */
export async function* rowsOf(tx: Tx, sql: string, size = 5_000): AsyncGenerator<Record<string, unknown>[]> {
  await tx.exec("set local enable_nestloop = off");
  await tx.exec("set local cursor_tuple_fraction = 1");
  await tx.exec(`declare export_rows no scroll cursor for ${sql}`);
  try {
    for (;;) {
      const page = await tx.query<Record<string, unknown>>(`fetch ${size} from export_rows`);
      if (page.length > 0) yield page;
      if (page.length < size) return;
    }
  } finally {
    await tx.exec("close export_rows");
  }
}

/** How far the chains are sealed, by their keyed last link: to be compared with the system later. */
export const chainHeads = (tx: Tx) =>
  tx.query<{ chain: string; seq: number; hash: string }>(
    `select chain, seq, encode(hash, 'hex') as hash from audit_head
     where county_code = app_county() and chain in ('payments', 'funds') order by chain`,
  );

export interface ExportRecord {
  id: string;
  requestedBy: string;
  requestedAt: string;
  finishedAt: string | null;
  sha256: string | null;
  bytes: number | null;
  rows: number | null;
  manifest: string | null;
}
const EXPORT = `id, requested_by_name as "requestedBy", requested_at as "requestedAt", finished_at as "finishedAt",
  file_sha256 as sha256, file_bytes as bytes, row_count as rows, manifest_sha256 as manifest`;

/** Newest first. `id` null: the last ones. */
export const exportsMade = (tx: Tx, id: string | null = null) =>
  tx.query<ExportRecord>(
    `select ${EXPORT} from audit_export where county_code = app_county() and ($1::uuid is null or id = $1)
     order by requested_at desc, id limit 20`,
    [id],
  );

export async function insertExport(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.exec(
    `insert into audit_export (county_code, id, requested_by, requested_by_name, requested_at)
     values (app_county(), $1, app_account(), $2, $3) on conflict (county_code, id) do nothing`,
    [id, tx.actor.name, at],
  );
}

export async function finishExport(
  tx: Tx,
  id: string,
  f: { sha256: string; bytes: number; rows: number; manifest: string; at: Date },
): Promise<void> {
  await tx.exec(
    `update audit_export set file_sha256 = $2, file_bytes = $3, row_count = $4, manifest_sha256 = $5, finished_at = $6
     where county_code = app_county() and id = $1 and finished_at is null`,
    [id, f.sha256, f.bytes, f.rows, f.manifest, f.at],
  );
}
