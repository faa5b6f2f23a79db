/** The SQL of repricing: households read and written by thousands, runs, exceptions. Nothing else. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

/** Numbers as 4 bytes, amounts as 8, high byte first: a thousand households are four values, not ten thousand rows. */
export interface ChunkRecord {
  count: number;
  /** 16 bytes id, from, end (0: open), division to the township. */
  heads: Buffer | null;
  /** n, seq, from, persons, 8 bytes 分. */
  amounts: Buffer | null;
  /** n, from, members, frozen, 16 bytes source. */
  bases: Buffer | null;
  layouts: string[] | null;
  facts: Buffer | null;
}

const MONTH = (x: string) => `(left(${x}, 4)::int * 12 + right(${x}, 2)::int - 1)`;

/** Their rows lie together in the index: read as a stretch and joined, not looked up one by one. */
const RANGE = (t: string) =>
  `${t}.county_code = app_county() and ${t}.entitlement_id > $2 and ${t}.entitlement_id <= (select id from chunk order by n desc limit 1)`;

/** The next households of an item that are owed something in the months, after an id. */
export const readChunk = (
  tx: Tx,
  c: { item: string; after: string; first: Month; last: Month; size: number },
): Promise<ChunkRecord> =>
  tx.one<ChunkRecord>(
    `with chunk as materialized (
       select e.id, e.from_month, e.end_month, e.division_code, (row_number() over (order by e.id))::int - 1 as n
       from entitlement e
       where e.county_code = app_county() and e.item = $1 and e.id > $2
         and e.from_month <= $4 and (e.end_month is null or (e.end_month >= $3 and e.end_month >= e.from_month))
       order by e.id limit $5)
     select (select count(*)::int from chunk) as count,
       (select string_agg(uuid_send(id) || int4send(${MONTH("from_month")}) ||
          int4send(coalesce(${MONTH("end_month")}, 0)) || int4send(left(division_code, 9)::int), ''::bytea order by n)
        from chunk) as heads,
       (select string_agg(int4send(c.n) || int4send(a.seq) || int4send(${MONTH("a.from_month")}) || int4send(a.persons) ||
          int8send(a.amount_fen), ''::bytea order by c.n, a.seq)
        from chunk c join entitlement_amount a on a.entitlement_id = c.id
        where ${RANGE("a")}) as amounts,
       b.heads as bases, b.layouts, b.facts
     from (select string_agg(int4send(c.n) || int4send(${MONTH("x.from_month")}) || int4send(x.members) ||
             int4send(x.frozen::int) || uuid_send(x.source_id), ''::bytea order by c.n, x.seq) as heads,
             array_agg(distinct x.layout) as layouts,
             string_agg(x.facts, ''::bytea order by c.n, x.seq) as facts
           from chunk c join entitlement_basis x on x.entitlement_id = c.id
           where ${RANGE("x")}) b`,
    [c.item, c.after, c.first, c.last, c.size],
  );

/** Facts kept in another layout than that of the rules now. Households from an id to an id, both included. */
export const staleBases = (tx: Tx, c: { item: string; from: string; to: string; layout: string }) =>
  tx.query<{ entitlementId: string; seq: number; sourceId: string }>(
    `select e.id as "entitlementId", b.seq, b.source_id as "sourceId"
     from entitlement e join entitlement_basis b on b.county_code = e.county_code and b.entitlement_id = e.id
     where e.county_code = app_county() and e.item = $1 and e.id between $2 and $3 and b.layout <> $4`,
    [c.item, c.from, c.to, c.layout],
  );
/** Decisions of these households whose facts are not kept, in their order. */
export const missingBases = (tx: Tx, c: { item: string; from: string; to: string }) =>
  tx.query<{ entitlementId: string; sourceId: string; fromMonth: Month; frozen: boolean }>(
    `select e.id as "entitlementId", d.decision_id as "sourceId", d.kind = 'gradual-exit' as frozen,
       coalesce(a.from_month, to_char((d.applied_at at time zone 'Asia/Shanghai') + interval '1 month', 'YYYY-MM')) as "fromMonth"
     from entitlement e
     join entitlement_decision d on d.county_code = e.county_code and d.entitlement_id = e.id and d.kind <> 'stop'
     left join lateral (
       select x.from_month from entitlement_amount x
       where x.county_code = e.county_code and x.entitlement_id = e.id and x.decision_id = d.decision_id
       order by x.seq limit 1) a on true
     where e.county_code = app_county() and e.item = $1 and e.id between $2 and $3
       and not exists (select from entitlement_basis b where b.county_code = e.county_code and b.entitlement_id = e.id
                       and b.source_id = d.decision_id)
     order by e.id, d.applied_at, d.decision_id`,
    [c.item, c.from, c.to],
  );

export interface BasisRow {
  readonly entitlementId: string;
  readonly sourceId: string;
  readonly fromMonth: Month;
  readonly layout: string;
  readonly members: number;
  readonly facts: Buffer;
  readonly frozen: boolean;
}
/** Appended after those that an entitlement has, in the order given. */
export async function addBases(tx: Tx, rows: readonly BasisRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.exec(
    `insert into entitlement_basis (county_code, entitlement_id, seq, source_id, from_month, layout, members, facts, frozen)
     select app_county(), r."entitlementId", coalesce((select max(x.seq) from entitlement_basis x
         where x.county_code = app_county() and x.entitlement_id = r."entitlementId"), 0)
         + row_number() over (partition by r."entitlementId" order by r.n),
       r."sourceId", r."fromMonth", r.layout, r.members, decode(r.facts, 'hex'), r.frozen
     from jsonb_to_recordset($1::jsonb) r (n int, "entitlementId" uuid, "sourceId" uuid, "fromMonth" text, layout text,
       members int, facts text, frozen boolean)`,
    [JSON.stringify(rows.map((r, n) => ({ ...r, n, facts: r.facts.toString("hex") })))],
  );
}

export async function renewBases(
  tx: Tx,
  layout: string,
  rows: readonly { entitlementId: string; seq: number; members: number; facts: Buffer }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.exec(
    `update entitlement_basis b set layout = $1, members = r.members, facts = decode(r.facts, 'hex')
     from jsonb_to_recordset($2::jsonb) r ("entitlementId" uuid, seq int, members int, facts text)
     where b.county_code = app_county() and b.entitlement_id = r."entitlementId" and b.seq = r.seq`,
    [layout, JSON.stringify(rows.map((r) => ({ ...r, facts: r.facts.toString("hex") })))],
  );
}

/** New amounts, as array literals: one text a column costs less than a hundred thousand parameters. */
export interface NewAmounts {
  readonly ids: string[];
  readonly seqs: number[];
  readonly months: string[];
  readonly fen: number[];
  readonly persons: number[];
  readonly bases: string[];
}
export async function addAmounts(
  tx: Tx,
  run: { repriceId: string; reason: string; at: Date },
  a: NewAmounts,
): Promise<void> {
  if (a.ids.length === 0) return;
  const list = (values: readonly unknown[]) => `{${values.join(",")}}`;
  await tx.exec(
    `insert into entitlement_amount (county_code, entitlement_id, seq, from_month, amount_fen, persons, reason, recorded_at,
       reprice_id, basis_id)
     select app_county(), u.id, u.seq, u.from_month, u.fen, u.persons, $7, $8, $9, u.basis
     from unnest($1::uuid[], $2::int[], $3::text[], $4::bigint[], $5::int[], $6::uuid[])
       u (id, seq, from_month, fen, persons, basis)`,
    [
      ...[list(a.ids), list(a.seqs), list(a.months), list(a.fen), list(a.persons), list(a.bases)],
      ...[run.reason, run.at, run.repriceId],
    ],
  );
}

export interface ExceptionRow {
  readonly entitlementId: string;
  readonly kind: "lower" | "leave" | "unknown";
  readonly beforeFen: number;
  readonly afterFen: number | null;
}
export async function addExceptions(tx: Tx, repriceId: string, rows: readonly ExceptionRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.exec(
    `insert into reprice_exception (county_code, reprice_id, entitlement_id, division_code, kind, before_fen, after_fen)
     select app_county(), $1, r."entitlementId", e.division_code, r.kind, r."beforeFen", r."afterFen"
     from jsonb_to_recordset($2::jsonb) r ("entitlementId" uuid, kind text, "beforeFen" bigint, "afterFen" bigint)
     join entitlement e on e.county_code = app_county() and e.id = r."entitlementId"
     on conflict do nothing`,
    [repriceId, JSON.stringify(rows)],
  );
}

/** How many there are to go through. */
export const countHolders = async (
  tx: Tx,
  items: readonly string[],
  first: Month,
  last: Month,
): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      `select count(*)::int as n from entitlement e
       where e.county_code = app_county() and e.item = any($1) and e.from_month <= $3
         and (e.end_month is null or (e.end_month >= $2 and e.end_month >= e.from_month))`,
      [items, first, last],
    )
  ).n;

// ── runs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

export type RepriceState = "counting" | "ready" | "applying" | "done" | "cancelled";
export interface RepriceItem {
  readonly code: string;
  readonly title: string;
  /** Version of the rules from a month on, oldest first. */
  readonly versions: readonly { readonly from: Month; readonly version: string }[];
}
export interface RepriceRecord {
  id: string;
  /** The standard, or the rule text. */
  standardId: string;
  cause: "standard" | "rule";
  parameter: string;
  label: string;
  document: string;
  firstMonth: Month;
  items: RepriceItem[];
  state: RepriceState;
  openedBy: string | null;
  openedByName: string;
  openedAt: string;
  lowers: boolean;
  jobId: string;
  preview: unknown;
  report: unknown;
  place: unknown;
  releasedBy: string | null;
  releasedByName: string | null;
  releasedAt: string | null;
  releaseNote: string | null;
  endedAt: string | null;
}
const REPRICE = `r.id, r.standard_id as "standardId", r.cause, r.parameter, r.label, r.document, r.first_month as "firstMonth",
  r.items, r.state, r.opened_by as "openedBy", r.opened_by_name as "openedByName", r.opened_at as "openedAt", r.lowers,
  r.job_id as "jobId", r.preview, r.report, r.place, r.released_by as "releasedBy", r.released_by_name as "releasedByName",
  r.released_at as "releasedAt", r.release_note as "releaseNote", r.ended_at as "endedAt"`;

export const findReprice = (tx: Tx, id: string) =>
  tx.maybe<RepriceRecord>(
    `select ${REPRICE} from reprice r where r.county_code = app_county() and r.id = $1`,
    [id],
  );
export const lockReprice = (tx: Tx, id: string) =>
  tx.maybe<RepriceRecord>(
    `select ${REPRICE} from reprice r where r.county_code = app_county() and r.id = $1 for update`,
    [id],
  );
export const listReprices = (tx: Tx, limit: number) =>
  tx.query<RepriceRecord>(
    `select ${REPRICE} from reprice r where r.county_code = app_county() order by r.opened_at desc, r.id desc limit $1`,
    [limit],
  );
export const openReprice = (tx: Tx, standardId: string) =>
  tx.maybe<{ id: string }>(
    `select id from reprice where county_code = app_county() and standard_id = $1 and state in ('counting', 'ready', 'applying')`,
    [standardId],
  );

/** The months, after one, from which runs have raised an item. */
export const raisedFrom = async (tx: Tx, item: string, after: Month): Promise<Month[]> =>
  (
    await tx.query<{ month: Month }>(
      `select distinct first_month as month from reprice
       where county_code = app_county() and state in ('applying', 'done') and first_month > $2
         and items @> jsonb_build_array(jsonb_build_object('code', $1::text))`,
      [item, after],
    )
  ).map((r) => r.month);

export const insertReprice = (
  tx: Tx,
  r: Pick<
    RepriceRecord,
    | "id"
    | "standardId"
    | "cause"
    | "parameter"
    | "label"
    | "document"
    | "firstMonth"
    | "items"
    | "openedBy"
    | "openedByName"
    | "lowers"
    | "jobId"
  > & { at: Date },
) =>
  tx.exec(
    `insert into reprice (county_code, id, standard_id, parameter, label, document, first_month, items, state, opened_by,
       opened_by_name, opened_at, lowers, job_id, cause)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, 'counting', $8, $9, $10, $11, $12, $13) on conflict do nothing`,
    [
      ...[r.id, r.standardId, r.parameter, r.label, r.document, r.firstMonth, JSON.stringify(r.items)],
      ...[r.openedBy, r.openedByName, r.at, r.lowers, r.jobId, r.cause],
    ],
  );

export async function moveReprice(
  tx: Tx,
  id: string,
  to: {
    state?: RepriceState;
    jobId?: string;
    preview?: object;
    report?: object;
    place?: object | null;
    ended?: Date;
    release?: { by: string; name: string; at: Date; note: string | null };
  },
): Promise<void> {
  const json = (v: object | null | undefined) => (v ? JSON.stringify(v) : null);
  await tx.exec(
    `update reprice set state = coalesce($2, state), job_id = coalesce($3, job_id), preview = coalesce($4, preview),
       report = coalesce($5, report), place = case when $12 then $6 else place end, ended_at = coalesce($7, ended_at),
       released_by = coalesce($8, released_by), released_by_name = coalesce($9, released_by_name),
       released_at = coalesce($10, released_at), release_note = coalesce($11, release_note)
     where county_code = app_county() and id = $1`,
    [
      ...[
        id,
        to.state ?? null,
        to.jobId ?? null,
        json(to.preview),
        json(to.report),
        json(to.place),
        to.ended ?? null,
      ],
      ...[
        to.release?.by ?? null,
        to.release?.name ?? null,
        to.release?.at ?? null,
        to.release?.note ?? null,
        to.place !== undefined,
      ],
    ],
  );
}

export interface RaisedRecord {
  entitlementId: string;
  item: string;
  payee: string;
  divisionCode: string;
  beforeFen: number;
  afterFen: number;
  fromMonth: Month;
  /** Past months of which the difference was paid, and those that wait. */
  exception: ExceptionRow["kind"] | null;
  seq: number | null;
  /** Of the paper by which it was told; null while it was not. */
  notice: string | null;
}
/** Households of a run that were told on paper, by township. */
export const toldIn = (tx: Tx, id: string) =>
  tx.query<{ township: string; households: number }>(
    `select left(division_code, 9) as township, count(*)::int as households from entitlement_notice
     where county_code = app_county() and reprice_id = $1 group by 1`,
    [id],
  );
/** The households of a run within the reader's scope: whom it changed, or whom it left. */
export async function households(
  tx: Tx,
  q: {
    id: string;
    kind: "raised" | "left";
    q?: string | undefined;
    division?: string | undefined;
    page: number;
    size: number;
  },
): Promise<{ rows: RaisedRecord[]; total: number }> {
  const named = `and ($2::text is null or strpos(p.name, $2) > 0) and ($3::text is null or e.division_code like $3 || '%')`;
  const of =
    q.kind === "raised"
      ? `select distinct on ("entitlementId") * from (select e.id as "entitlementId", e.item, coalesce(p.name, '（不在管辖范围）') as payee,
           e.division_code as "divisionCode", coalesce((select o.amount_fen from entitlement_amount o
             where o.county_code = a.county_code and o.entitlement_id = a.entitlement_id
               and o.reprice_id is distinct from a.reprice_id and o.seq < a.seq and o.from_month <= a.from_month
             order by o.from_month desc, o.seq desc limit 1), 0) as "beforeFen",
           a.amount_fen as "afterFen", a.from_month as "fromMonth", null::text as exception, a.seq, n.number as notice
         from entitlement_amount a
         join entitlement e on e.county_code = a.county_code and e.id = a.entitlement_id
         left join person p on p.county_code = e.county_code and p.id = e.payee_id
         left join entitlement_notice n
           on n.county_code = a.county_code and n.reprice_id = a.reprice_id and n.entitlement_id = a.entitlement_id
         where a.county_code = app_county() and a.reprice_id = $1 ${named}
         ) h order by "entitlementId", "afterFen" > "beforeFen" desc, "fromMonth" desc`
      : `select e.id as "entitlementId", e.item, coalesce(p.name, '（不在管辖范围）') as payee,
           e.division_code as "divisionCode", x.before_fen as "beforeFen", coalesce(x.after_fen, 0) as "afterFen",
           e.from_month as "fromMonth", x.kind as exception,
           null::int as seq, null::text as notice
         from reprice_exception x
         join entitlement e on e.county_code = x.county_code and e.id = x.entitlement_id
         left join person p on p.county_code = e.county_code and p.id = e.payee_id
         where x.county_code = app_county() and x.reprice_id = $1 ${named}
         order by x.kind, x.entitlement_id`;
  const values = [q.id, q.q?.trim() || null, q.division ?? null];
  const { total } = await tx.one<{ total: number }>(`select count(*)::int as total from (${of}) h`, values);
  // Papers are handed out village by village.
  const order = q.kind === "raised" ? `order by h."divisionCode", h."entitlementId"` : "";
  const rows = await tx.query<RaisedRecord>(`select * from (${of}) h ${order} limit $4 offset $5`, [
    ...values,
    ...[q.size, (q.page - 1) * q.size],
  ]);
  return { rows, total };
}
