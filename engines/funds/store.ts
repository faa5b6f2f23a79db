/** The SQL of the fund ledger: accounts, journals, leave to overdraw. Nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import { type Beside, type Stretch, stretch, type Tx } from "@wuxin/platform";
import type { Entry, Journal, Kind } from "./model.ts";

/** One who writes into the ledger of a county at a time. */
export async function lockLedger(tx: Tx): Promise<void> {
  await tx.exec("select pg_advisory_xact_lock(hashtextextended('funds ' || app_county(), 0))");
}

export interface AccountRecord {
  id: string;
  source: string;
  document: string;
  /** Empty: for any item. */
  item: string;
  issuedOn: IsoDate;
  /** As they stand on their own side: each counts up from 0; only available may be below. */
  receivedFen: number;
  availableFen: number;
  committedFen: number;
  paidFen: number;
  recoveredFen: number;
  /** Leave to overdraw that was given. */
  overdraftFen: number;
}
/** With balances, oldest paper first. `id` null: all. */
export const accounts = (tx: Tx, id: string | null = null) =>
  tx.query<AccountRecord>(
    `select a.id, a.source, a.document, a.item, a.issued_on as "issuedOn",
       coalesce(-b.received, 0)::bigint as "receivedFen", coalesce(b.available, 0)::bigint as "availableFen",
       coalesce(b.committed, 0)::bigint as "committedFen", coalesce(b.paid, 0)::bigint as "paidFen",
       coalesce(-b.recovered, 0)::bigint as "recoveredFen", coalesce(o.given, 0)::bigint as "overdraftFen"
     from fund_account a
     left join (
       select account_id, sum(amount_fen) filter (where class = 'received') as received,
         sum(amount_fen) filter (where class = 'available') as available,
         sum(amount_fen) filter (where class = 'committed') as committed,
         sum(amount_fen) filter (where class = 'paid') as paid,
         sum(amount_fen) filter (where class = 'recovered') as recovered
       from fund_balance where county_code = app_county() group by account_id) b on b.account_id = a.id
     left join (
       select account_id, sum(limit_fen) as given from fund_override
       where county_code = app_county() and approved_at is not null group by account_id) o on o.account_id = a.id
     where a.county_code = app_county() and ($1::uuid is null or a.id = $1)
     order by a.issued_on, a.document, a.item, a.id`,
    [id],
  );

/** The account of a source, paper and item; opened with this id when there is none. */
export async function ensureAccount(
  tx: Tx,
  a: { id: string; source: string; document: string; item: string; issuedOn: IsoDate; at: Date },
): Promise<string> {
  await tx.exec(
    `insert into fund_account (county_code, id, source, document, item, issued_on, opened_at)
     values (app_county(), $1, $2, $3, $4, $5, $6) on conflict (county_code, source, document, item) do nothing`,
    [a.id, a.source, a.document, a.item, a.issuedOn, a.at],
  );
  const row = await tx.one<{ id: string }>(
    "select id from fund_account where county_code = app_county() and source = $1 and document = $2 and item = $3",
    [a.source, a.document, a.item],
  );
  return row.id;
}

export async function insertJournal(
  tx: Tx,
  j: Journal,
  entries: readonly Entry[],
  mac: Buffer,
): Promise<void> {
  await tx.exec(
    `insert into fund_journal (county_code, id, at, kind, roster_id, item, month, moved_on, amount_fen, reference, note,
       reverses, actor_id, actor_name, mac)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[j.id, j.at, j.kind, j.rosterId, j.item, j.month, j.movedOn, j.amountFen, j.reference, j.note],
      ...[j.reverses, j.actorId, j.actorName, mac],
    ],
  );
  await tx.exec(
    `insert into fund_entry (county_code, journal_id, seq, account_id, class, month, debit_fen, credit_fen)
     select app_county(), $1, e.seq, e."accountId", e.class, e.month, e."debitFen", e."creditFen"
     from jsonb_to_recordset($2::jsonb) e (seq int, "accountId" uuid, class text, month text, "debitFen" bigint,
       "creditFen" bigint)`,
    [j.id, JSON.stringify(entries.map((e, i) => ({ seq: i + 1, ...e })))],
  );
}

export interface JournalRecord extends Omit<Journal, "actorId"> {
  seq: number;
  reversed: boolean;
  rosterTitle: string | null;
  recoveryId: string | null;
}
const JOURNAL = `j.id, j.position as seq, j.at, j.kind, j.roster_id as "rosterId", j.item, j.month,
  j.moved_on as "movedOn", j.amount_fen as "amountFen", j.reference, j.note, j.reverses, j.actor_name as "actorName",
  exists (select from fund_journal x where x.county_code = j.county_code and x.reverses = j.id) as reversed,
  (select f.recovery_id from fund_receipt f where f.county_code = j.county_code and f.journal_id = j.id) as "recoveryId",
  (select r.title from roster r where r.county_code = j.county_code and r.id = j.roster_id) as "rosterTitle"`;

export const findJournal = (tx: Tx, id: string) =>
  tx.maybe<JournalRecord>(
    `select ${JOURNAL} from fund_journal j where j.county_code = app_county() and j.id = $1`,
    [id],
  );

export interface JournalFilter extends Beside {
  readonly kind?: Kind | undefined;
  readonly account?: string | undefined;
  readonly month?: Month | undefined;
}
/** Newest first. */
export async function journals(
  tx: Tx,
  q: JournalFilter,
): Promise<Stretch<JournalRecord> & { total: number }> {
  const where = `j.county_code = app_county() and ($1::text is null or j.kind = $1)
    and ($2::uuid is null or exists (select from fund_entry e where e.county_code = j.county_code and e.journal_id = j.id
      and e.account_id = $2))
    and ($3::text is null or j.month = $3)`;
  const values = [q.kind ?? null, q.account ?? null, q.month ?? null];
  const { total } = await tx.one<{ total: number }>(
    `select count(*)::int as total from fund_journal j where ${where}`,
    values,
  );
  const found = await stretch(q, "desc", (from, { beyond, order, limit }) =>
    tx.query<JournalRecord>(
      `select ${JOURNAL} from fund_journal j where ${where}
       ${
         from === null
           ? "and $4::uuid is null"
           : `and j.position ${beyond} (select c.position from fund_journal c
         where c.county_code = app_county() and c.id = $4)`
       }
       order by j.position ${order} limit $5`,
      [...values, from, limit],
    ),
  );
  return { ...found, total };
}

export interface EntryRecord extends Entry {
  journalId: string;
  source: string;
  document: string;
}
export const entriesOf = (tx: Tx, journalIds: readonly string[]) =>
  tx.query<EntryRecord>(
    `select e.journal_id as "journalId", e.account_id as "accountId", e.class, e.month, e.debit_fen as "debitFen",
       e.credit_fen as "creditFen", a.source, a.document
     from fund_entry e join fund_account a on a.county_code = e.county_code and a.id = e.account_id
     where e.county_code = app_county() and e.journal_id = any($1) order by e.journal_id, e.seq`,
    [journalIds],
  );

export interface OverrideRecord {
  id: string;
  accountId: string;
  source: string;
  document: string;
  item: string;
  limitFen: number;
  reason: string;
  requestedById: string;
  requestedBy: string;
  requestedAt: string;
  approvedBy: string | null;
  approvedAt: string | null;
  refusedBy: string | null;
  refusedAt: string | null;
  refusedNote: string | null;
  /** Whoever asked took it back. */
  takenBack: boolean;
}
/** Newest first. */
export const overrides = (tx: Tx, id: string | null = null) =>
  tx.query<OverrideRecord>(
    `select o.id, o.account_id as "accountId", a.source, a.document, a.item, o.limit_fen as "limitFen", o.reason,
       o.requested_by as "requestedById", o.requested_by_name as "requestedBy", o.requested_at as "requestedAt",
       o.approved_by_name as "approvedBy", o.approved_at as "approvedAt",
       o.refused_by_name as "refusedBy", o.refused_at as "refusedAt", o.refused_note as "refusedNote",
       o.refused_by is not distinct from o.requested_by as "takenBack"
     from fund_override o join fund_account a on a.county_code = o.county_code and a.id = o.account_id
     where o.county_code = app_county() and ($1::uuid is null or o.id = $1) order by o.requested_at desc, o.id`,
    [id],
  );

export async function insertOverride(
  tx: Tx,
  o: { id: string; accountId: string; limitFen: number; reason: string; at: Date },
): Promise<void> {
  await tx.exec(
    `insert into fund_override (county_code, id, account_id, limit_fen, reason, requested_by, requested_by_name, requested_at)
     values (app_county(), $1, $2, $3, $4, app_account(), $5, $6)`,
    [o.id, o.accountId, o.limitFen, o.reason, tx.actor.name, o.at],
  );
}

/** 0 rows: another was faster. */
export const approveOverride = (tx: Tx, id: string, at: Date) =>
  tx.exec(
    `update fund_override set approved_by = app_account(), approved_by_name = $2, approved_at = $3
     where county_code = app_county() and id = $1 and approved_at is null and refused_at is null`,
    [id, tx.actor.name, at],
  );
/** 0 rows: it has been answered. */
export const refuseOverride = (tx: Tx, id: string, at: Date, words: string) =>
  tx.exec(
    `update fund_override set refused_by = app_account(), refused_by_name = $2, refused_at = $3, refused_note = $4
     where county_code = app_county() and id = $1 and approved_at is null and refused_at is null`,
    [id, tx.actor.name, at, words],
  );
