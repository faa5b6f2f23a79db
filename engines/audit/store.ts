import type { Tx } from "@wuxin/platform";
import type { StoredEntry } from "./model.ts";

/** The same text as `canonicalEntry`, from the row. `t` is the entry. */
export const AUDIT_CANONICAL_SQL = `concat(
  t.county_code, E'\\x1f', t.id, E'\\x1f', to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), E'\\x1f',
  t.account_id, E'\\x1f', t.person_id, E'\\x1f', t.actor_name, E'\\x1f', t.role, E'\\x1f', t.action, E'\\x1f', t.object, E'\\x1f',
  t.object_id, E'\\x1f', t.detail)`;

/** A table whose rows are chained. Names and expressions come from our own code, never from a request. */
export interface ChainSpec {
  /** `payments` … unique. */
  readonly name: string;
  /** Append-only, with columns `county_code` and `id uuid`. */
  readonly table: string;
  /** A bigint column filled by the database in order of insertion (identity), indexed with county_code. */
  readonly orderBy: string;
  /** One text of everything in a row that must not change; the row is `t`. */
  readonly canonicalSql: string;
  /** A bytea column with `audit.mac(text)` of that same text: then a row that the program did not write is found out. */
  readonly macColumn?: string;
}

const ENTRY_COLUMNS = [
  "county_code",
  "id",
  "at",
  "account_id",
  "person_id",
  "actor_name",
  "role",
  "action",
  "object",
  "object_id",
  "detail",
  "mac",
] as const;

const entryValues = (e: StoredEntry, mac: Buffer) => [
  e.countyCode,
  e.id,
  e.at,
  e.accountId,
  e.personId,
  e.actorName,
  e.role,
  e.action,
  e.object,
  e.objectId,
  e.detail,
  mac,
];

export async function insertEntry(tx: Tx, e: StoredEntry, mac: Buffer): Promise<void> {
  await tx.exec(
    `insert into audit_entry (${ENTRY_COLUMNS.join(", ")}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    entryValues(e, mac),
  );
}

export async function insertEntries(
  tx: Tx,
  entries: readonly { entry: StoredEntry; mac: Buffer }[],
): Promise<void> {
  await tx.bulkInsert(
    "audit_entry",
    ENTRY_COLUMNS,
    entries.map(({ entry, mac }) => entryValues(entry, mac)),
  );
}

export interface Head {
  readonly seq: number;
  readonly hash: Buffer;
  readonly settled: number;
  readonly settling: number;
  readonly settledSeq: number;
  readonly settlingSeq: number;
  /** ISO instant, the database's own clock: this is about transactions, not about business time. */
  readonly settlingSince: string;
  readonly settlingUntil: number;
  readonly mac: Buffer;
}

/** What is running in the database now. */
export interface Moment {
  readonly now: string;
  /** The oldest transaction that has written and not ended. */
  readonly oldest: number;
  /** The number that the next transaction gets. */
  readonly next: number;
}

/**
 * False when another process is sealing this county now. The lock ends with the transaction. Statistics of a table that
 * has just grown are wrong and would make the planner read all of it for every row; here every step has its index.
 */
export async function lockChains(tx: Tx): Promise<boolean> {
  await useIndexes(tx);
  const row = await tx.one<{ ok: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended('wuxin.audit.seal.' || $1, 0)) as ok",
    [tx.actor.countyCode],
  );
  return row.ok;
}

export async function useIndexes(tx: Tx): Promise<void> {
  await tx.exec(
    "select set_config(name, 'off', true) from unnest(array['enable_seqscan', 'enable_bitmapscan', 'enable_sort']) as name",
  );
}

export function readMoment(tx: Tx): Promise<Moment> {
  return tx.one<Moment>(
    `select clock_timestamp() as now, txid_snapshot_xmin(s) as oldest, txid_snapshot_xmax(s) as next
       from (select txid_current_snapshot() as s) m`,
  );
}

export function readHead(tx: Tx, chain: string): Promise<Head | undefined> {
  return tx.maybe<Head>(
    `select seq, hash, settled, settling, settled_seq as "settledSeq", settling_seq as "settlingSeq",
            settling_since as "settlingSince", settling_until as "settlingUntil", mac
       from audit_head where county_code = $1 and chain = $2`,
    [tx.actor.countyCode, chain],
  );
}

export async function writeHead(tx: Tx, chain: string, h: Head): Promise<void> {
  await tx.exec(
    `insert into audit_head (county_code, chain, seq, hash, settled, settling, settled_seq, settling_seq, settling_since,
                             settling_until, mac)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (county_code, chain) do update
       set seq = excluded.seq, hash = excluded.hash, settled = excluded.settled, settling = excluded.settling,
           settled_seq = excluded.settled_seq, settling_seq = excluded.settling_seq,
           settling_since = excluded.settling_since, settling_until = excluded.settling_until, mac = excluded.mac`,
    [
      ...[tx.actor.countyCode, chain, h.seq, h.hash, h.settled, h.settling, h.settledSeq, h.settlingSeq],
      ...[h.settlingSince, h.settlingUntil, h.mac],
    ],
  );
}

export interface ChainedRow {
  readonly id: string;
  readonly position: number;
  readonly digest: Buffer;
  readonly canonical: string;
  readonly mac: Buffer | null;
}

/** The next rows of a chained table after a position, whether sealed or not. */
export function readRows(tx: Tx, c: ChainSpec, after: number, limit: number): Promise<ChainedRow[]> {
  return tx.query<ChainedRow>(
    `select id, position, sha256(convert_to(canonical, 'UTF8')) as digest, canonical, mac
       from (select t.id, t.${c.orderBy} as position, ${c.canonicalSql} as canonical, ${macOf(c)} as mac
               from ${c.table} t where t.county_code = $1 and t.${c.orderBy} > $2
              order by t.${c.orderBy} limit $3) r
      order by position`,
    [tx.actor.countyCode, after, limit],
  );
}

/** The entries of the links after one. */
export async function sealedSince(tx: Tx, chain: string, seq: number): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    "select entry_id as id from audit_seal where county_code = $1 and chain = $2 and seq > $3",
    [tx.actor.countyCode, chain, seq],
  );
  return new Set(rows.map((r) => r.id));
}

/** Which of these rows have a seal: only asked when something is wrong. */
export async function sealedAmong(tx: Tx, chain: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select s.entry_id as id from unnest($3::uuid[]) as e(id)
       join audit_seal s on s.county_code = $1 and s.chain = $2 and s.entry_id = e.id`,
    [tx.actor.countyCode, chain, ids],
  );
  return new Set(rows.map((r) => r.id));
}

export async function insertSeals(
  tx: Tx,
  chain: string,
  seals: readonly { seq: number; entryId: string; position: number; digest: Buffer; hash: Buffer }[],
  at: string,
): Promise<void> {
  await tx.bulkInsert(
    "audit_seal",
    ["county_code", "chain", "seq", "entry_id", "position", "entry_digest", "hash", "sealed_at"],
    seals.map((s) => [tx.actor.countyCode, chain, s.seq, s.entryId, s.position, s.digest, s.hash, at]),
  );
}

/** The furthest row among the links after one. */
export async function furthestSealed(tx: Tx, chain: string, seq: number): Promise<number> {
  const row = await tx.one<{ position: number }>(
    `select coalesce(max(position), 0) as position from audit_seal where county_code = $1 and chain = $2 and seq > $3`,
    [tx.actor.countyCode, chain, seq],
  );
  return row.position;
}

export interface SealedRow {
  readonly seq: number;
  readonly entryId: string;
  readonly position: number;
  readonly entryDigest: Buffer;
  readonly hash: Buffer;
  /** The entry stands where it was sealed. */
  readonly there: boolean;
  /** Its content is not what was sealed. */
  readonly changed: boolean;
  /** Of a chain with codes. */
  readonly canonical: string | null;
  readonly mac: Buffer | null;
}

/**
 * One page of a chain with what its entries say today. Entries are looked up by their place, which goes on as the seals do;
 * by their random ids every one would be in another corner of the index. `offset 0` keeps the planner to it. Their text
 * comes along only where a code of it is to be checked.
 */
export function readSealed(tx: Tx, c: ChainSpec, afterSeq: number, limit: number): Promise<SealedRow[]> {
  return tx.query<SealedRow>(
    `select s.seq, s.entry_id as "entryId", s.position, s.entry_digest as "entryDigest", s.hash,
            t.id is not null as there, t.digest is distinct from s.entry_digest as changed, t.canonical, t.mac
       from (select * from audit_seal where county_code = $1 and chain = $2 and seq > $3 order by seq limit $4) s
       left join lateral (
         select r.id, sha256(convert_to(r.canonical, 'UTF8')) as digest,
                ${c.macColumn === undefined ? "null::text" : "r.canonical"} as canonical, r.mac
           from (select t.id, ${c.canonicalSql} as canonical, ${macOf(c)} as mac from ${c.table} t
                  where t.county_code = $1 and t.${c.orderBy} = s.position offset 0) r) t on t.id = s.entry_id
      order by s.seq`,
    [tx.actor.countyCode, c.name, afterSeq, limit],
  );
}

/** Is there a row of this id, wherever it stands: only asked when it is not in its place. */
export const stands = async (tx: Tx, c: ChainSpec, id: string): Promise<boolean> =>
  (await tx.maybe(`select 1 from ${c.table} t where t.county_code = $1 and t.id = $2`, [
    tx.actor.countyCode,
    id,
  ])) !== undefined;

/** Rows of the chained table, those up to the settled mark, and seals. */
export function countRows(
  tx: Tx,
  c: ChainSpec,
  settled: number,
): Promise<{ total: number; settled: number; seals: number }> {
  return tx.one(
    `select count(*) as total, count(*) filter (where t.${c.orderBy} <= $3) as settled,
            (select count(*) from audit_seal where county_code = $1 and chain = $2) as seals
       from ${c.table} t where t.county_code = $1`,
    [tx.actor.countyCode, c.name, settled],
  );
}

const macOf = (c: ChainSpec): string => (c.macColumn === undefined ? "null::bytea" : `t.${c.macColumn}`);

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly objectId?: string | undefined;
  /** First and last day, Asia/Shanghai. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface ListedEntry extends StoredEntry {
  readonly seq: number | null;
}

/** Counting stops here: beyond it a reader narrows the search. */
const COUNTED = 100_000;

export async function listEntries(
  tx: Tx,
  f: AuditFilter,
  page: { page: number; size: number },
): Promise<{ rows: ListedEntry[]; total: number }> {
  const values: unknown[] = [tx.actor.countyCode];
  const where = ["e.county_code = $1"];
  const add = (sql: (n: string) => string, value: string | undefined) => {
    if (value === undefined || value === "") return;
    values.push(value);
    where.push(sql(`$${values.length}`));
  };
  add((n) => `e.actor_name = ${n}`, f.actor);
  add((n) => `e.action = ${n}`, f.action);
  add((n) => `e.object_id = ${n}`, f.objectId);
  add((n) => `e.at >= ${n}::date::timestamp at time zone 'Asia/Shanghai'`, f.from);
  add((n) => `e.at < (${n}::date + 1)::timestamp at time zone 'Asia/Shanghai'`, f.to);
  const { total } = await tx.one<{ total: number }>(
    `select count(*) as total from (select 1 from audit_entry e where ${where.join(" and ")} limit ${COUNTED}) c`,
    values,
  );
  const rows = await tx.query<ListedEntry>(
    `select e.county_code as "countyCode", e.id, e.at, e.account_id as "accountId", e.person_id as "personId",
            e.actor_name as "actorName", e.role, e.action, e.object, e.object_id as "objectId", e.detail, s.seq
       from (select * from audit_entry e where ${where.join(" and ")}
              order by e.at desc, e.position desc limit $${values.length + 1} offset $${values.length + 2}) e
       left join audit_seal s on s.county_code = e.county_code and s.chain = 'audit' and s.entry_id = e.id
      order by e.at desc, e.position desc`,
    [...values, page.size, (page.page - 1) * page.size],
  );
  return { rows, total };
}
