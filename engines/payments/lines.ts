/** The SQL of single lines, lists of lines, flags and months paid. Nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Change, LineState, Outcome } from "./model.ts";
import { FLAG_RULES, type FlagRule } from "./rules.ts";

export interface LineRecord {
  id: string;
  rosterId: string;
  seq: number;
  entitlementId: string;
  item: string;
  payeeId: string;
  payeeName: string;
  relation: string;
  divisionCode: string;
  month: Month;
  change: Change;
  amountFen: number;
  previousFen: number | null;
  persons: number;
  accountSealed: Buffer | null;
  bankName: string | null;
  holderName: string | null;
  included: boolean;
  state: LineState;
  holdReason: string | null;
  failReason: string | null;
  reissueOf: string | null;
  originLineId: string;
}
const LINE = `l.id, l.roster_id as "rosterId", l.seq, l.entitlement_id as "entitlementId", l.item, l.payee_id as "payeeId",
  l.payee_name as "payeeName", l.relation, l.division_code as "divisionCode", l.month, l.change, l.amount_fen as "amountFen",
  l.previous_fen as "previousFen", l.persons, l.account_sealed as "accountSealed", l.bank_name as "bankName",
  l.holder_name as "holderName", l.included, l.state, l.hold_reason as "holdReason",
  concat_ws('：', nullif(l.fail_code, ''), l.fail_reason) as "failReason", l.reissue_of as "reissueOf",
  l.origin_line_id as "originLineId"`;

export const findLine = (tx: Tx, rosterId: string, lineId: string) =>
  tx.maybe<LineRecord>(
    `select ${LINE} from roster_line l where l.county_code = app_county() and l.roster_id = $1 and l.id = $2`,
    [rosterId, lineId],
  );

export interface LineQuery {
  readonly page?: number;
  readonly size?: number;
  readonly change?: Change | undefined;
  readonly flag?: string | undefined;
  readonly state?: string | undefined;
  readonly item?: string | undefined;
  readonly q?: string | undefined;
  readonly division?: string | undefined;
}

export async function listLines(
  tx: Tx,
  rosterId: string,
  q: LineQuery,
): Promise<{ rows: LineRecord[]; total: number }> {
  const where = `l.county_code = app_county() and l.roster_id = $1
    and ($2::text is null or l.change = $2) and ($3::text is null or l.state = $3) and ($4::text is null or l.item = $4)
    and ($5::text is null or strpos(l.payee_name, $5) > 0)
    and ($6::text is null or l.division_code like $6 || '%')
    and ($7::text is null or exists (select from roster_flag f
          where f.county_code = l.county_code and f.line_id = l.id and f.rule = $7))`;
  const values = [
    rosterId,
    q.change ?? null,
    q.state ?? null,
    q.item ?? null,
    q.q?.trim() || null,
    q.division ?? null,
    q.flag ?? null,
  ];
  const { total } = await tx.one<{ total: number }>(
    `select count(*)::int as total from roster_line l where ${where}`,
    values,
  );
  const size = q.size ?? 20;
  const rows = await tx.query<LineRecord>(
    `select ${LINE} from roster_line l where ${where} order by l.seq limit $8 offset $9`,
    [...values, size, ((q.page ?? 1) - 1) * size],
  );
  return { rows, total };
}

/** Lines that go into a bank file, in order; a page of many. */
export const includedLines = (tx: Tx, rosterId: string, afterSeq: number, limit: number) =>
  tx.query<LineRecord & { idNoSealed: Buffer }>(
    `select ${LINE}, p.id_no_sealed as "idNoSealed" from roster_line l
     join person p on p.county_code = l.county_code and p.id = l.payee_id
     where l.county_code = app_county() and l.roster_id = $1 and l.included and l.seq > $2 order by l.seq limit $3`,
    [rosterId, afterSeq, limit],
  );

export async function setHeld(
  tx: Tx,
  rosterId: string,
  lineIds: readonly string[],
  reason: string,
): Promise<void> {
  await tx.exec(
    `update roster_line set state = 'held', included = false, hold_reason = $3
     where county_code = app_county() and roster_id = $1 and id = any($2)`,
    [rosterId, lineIds, reason],
  );
}

/** Lines with an unanswered blocking flag are held; gives how many. */
export async function holdBlocked(tx: Tx, rosterId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `update roster_line l set state = 'held', included = false, hold_reason = f.reason
     from (select line_id, string_agg(reason, '；' order by rule) as reason from roster_flag
           where county_code = app_county() and roster_id = $1 and severity = 'block' and answer is null
           group by line_id) f
     where l.county_code = app_county() and l.id = f.line_id and l.state = 'ready'
     returning l.id`,
    [rosterId],
  );
  return rows.map((r) => r.id);
}

/** A draft's line is to be paid; after sending it only waits for a reissue. */
export async function setReleased(tx: Tx, lineId: string, included: boolean): Promise<void> {
  await tx.exec(
    `update roster_line set state = 'ready', included = $2, hold_reason = null
     where county_code = app_county() and id = $1`,
    [lineId, included],
  );
}

/** The account of today; false when there is none. Only in a draft. */
export async function refreshAccount(tx: Tx, lineId: string): Promise<void> {
  await tx.exec(
    `update roster_line l set account_id = b.id, account_digest = b.account_digest, account_sealed = b.account_sealed,
       bank_name = b.bank_name, holder_name = b.holder_name
     from bank_account b
     where l.county_code = app_county() and l.id = $1
       and b.county_code = l.county_code and b.person_id = l.payee_id and b.replaced_at is null`,
    [lineId],
  );
}

export async function markSent(tx: Tx, rosterId: string): Promise<void> {
  await tx.exec(
    `update roster_line set state = 'sent' where county_code = app_county() and roster_id = $1 and included and state = 'ready'`,
    [rosterId],
  );
}

// ── flags ───────────────────────────────────────────────────────────────────────────────────────────────────────

const GIVEN = `with given as (select $1::uuid as roster_id, $2::uuid[] as line_ids, $3::jsonb as maxima, $4::date as today),
  line as (
    select x.county_code, x.id, x.roster_id, x.origin_line_id, x.reissue_of, x.entitlement_id, x.item, x.case_id,
      x.payee_id, x.payee_name, x.month, x.change, x.amount_fen, x.previous_fen, x.persons, x.account_digest, x.holder_name
    from roster_line x, given y
    where x.county_code = app_county() and x.roster_id = y.roster_id and x.change <> 'stopped'
      and (y.line_ids is null or x.id = any(y.line_ids)))`;

export interface Judging {
  readonly rosterId: string;
  /** Null: every line. */
  readonly lineIds: readonly string[] | null;
  /** 分 for one person and month, by item. */
  readonly maxima: Readonly<Record<string, number>>;
  readonly today: IsoDate;
}

/** Every rule over these lines. A flag that stands already is left as it is. */
export async function raiseFlags(tx: Tx, j: Judging, at: Date): Promise<void> {
  for (const rule of FLAG_RULES)
    if (rule.sql)
      await tx.exec(
        `${GIVEN}
         insert into roster_flag (county_code, roster_id, line_id, rule, severity, reason, raised_at)
         select app_county(), $1, f.line_id, $5, $6, f.reason, $7 from (${rule.sql}) f
         on conflict (county_code, line_id, rule) do nothing`,
        [j.rosterId, j.lineIds, JSON.stringify(j.maxima), j.today, rule.code, rule.severity, at],
      );
}

/** Is this rule still broken by this line? */
export async function stillBroken(tx: Tx, rule: FlagRule, j: Judging): Promise<string | null> {
  if (!rule.sql) return null;
  const [row] = await tx.query<{ reason: string }>(`${GIVEN} ${rule.sql}`, [
    j.rosterId,
    j.lineIds,
    JSON.stringify(j.maxima),
    j.today,
  ]);
  return row?.reason ?? null;
}

export async function addFlags(
  tx: Tx,
  rosterId: string | null,
  flags: readonly { lineId: string; rule: string; severity: "block" | "warn"; reason: string }[],
  at: Date,
): Promise<void> {
  await tx.exec(
    `insert into roster_flag (county_code, roster_id, line_id, rule, severity, reason, raised_at)
     select app_county(), l.roster_id, f.line_id, f.rule, f.severity, f.reason, $2
     from jsonb_to_recordset($1::jsonb) f (line_id uuid, rule text, severity text, reason text)
     join roster_line l on l.county_code = app_county() and l.id = f.line_id and ($3::uuid is null or l.roster_id = $3)
     on conflict (county_code, line_id, rule) do update
       set reason = excluded.reason, raised_at = excluded.raised_at, answer = null, answered_at = null,
           answered_by = null, answered_by_name = null`,
    [
      JSON.stringify(
        flags.map((f) => ({ line_id: f.lineId, rule: f.rule, severity: f.severity, reason: f.reason })),
      ),
      at,
      rosterId,
    ],
  );
}

export async function answerFlags(tx: Tx, lineId: string, answer: string, at: Date): Promise<void> {
  await tx.exec(
    `update roster_flag set answer = $2, answered_at = $3, answered_by = app_account(), answered_by_name = $4
     where county_code = app_county() and line_id = $1 and answer is null`,
    [lineId, answer, at, tx.actor.name],
  );
}

export interface FlagRecord {
  lineId: string;
  rule: string;
  severity: "block" | "warn";
  reason: string;
  answer: string | null;
}
export const flagsOf = (tx: Tx, lineIds: readonly string[]) =>
  tx.query<FlagRecord>(
    `select line_id as "lineId", rule, severity, reason, answer from roster_flag
     where county_code = app_county() and line_id = any($1) order by severity, rule`,
    [lineIds],
  );

export const flagCounts = (tx: Tx, rosterId: string) =>
  tx.query<{ rule: string; severity: "block" | "warn"; count: number; open: number }>(
    `select rule, severity, count(*)::int as count, (count(*) filter (where answer is null))::int as open
     from roster_flag where county_code = app_county() and roster_id = $1 group by rule, severity`,
    [rosterId],
  );

/** Unanswered blocking flags on lines that this roster would pay: these stop every signature and the bank file. */
export const openBlocks = async (tx: Tx, rosterId: string): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      `select count(distinct l.id)::int as n from roster_flag f
       join roster_line l on l.county_code = f.county_code and l.id = f.line_id
       where f.county_code = app_county() and f.roster_id = $1 and f.severity = 'block' and f.answer is null and l.included`,
      [rosterId],
    )
  ).n;

/** Lines, not yet at the bank, that pay a person or count on one. */
export const unsentLinesOfPerson = (tx: Tx, personId: string) =>
  tx.query<{ id: string; rosterId: string; rosterState: "draft" | "made" | "checked" | "approved" }>(
    `select l.id, l.roster_id as "rosterId", r.state as "rosterState"
     from roster r
     join roster_line l on l.county_code = r.county_code and l.roster_id = r.id
     where r.county_code = app_county() and r.state in ('draft', 'made', 'checked', 'approved') and l.change <> 'stopped'
       and (l.payee_id = $1 or exists (select from payment_slot s
            where s.county_code = l.county_code and s.line_id = l.origin_line_id and s.person_id = $1))
     order by l.roster_id, l.seq`,
    [personId],
  );

/** Lines that a reissue would take: failures, and what was released after sending. */
export const countToReissue = async (tx: Tx, rosterId: string): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      `select count(*)::int as n from roster_line
       where county_code = app_county() and roster_id = $1 and (state = 'failed' or (state = 'ready' and not included))`,
      [rosterId],
    )
  ).n;

/** The lines that this reissue pays again. */
export const reissuedBy = async (tx: Tx, rosterId: string): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      "select reissue_of as id from roster_line where county_code = app_county() and roster_id = $1 and reissue_of is not null",
      [rosterId],
    )
  ).map((r) => r.id);

// ── returns ─────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Sent {
  id: string;
  amountFen: number;
  state: LineState;
  accountSealed: Buffer | null;
}
/** The lines of a roster among these ids. */
export const linesById = (tx: Tx, rosterId: string, ids: readonly string[]) =>
  tx.query<Sent>(
    `select id, amount_fen as "amountFen", state, account_sealed as "accountSealed" from roster_line
     where county_code = app_county() and roster_id = $1 and id = any($2) and change <> 'stopped'`,
    [rosterId, ids],
  );

export interface Settled {
  lineId: string;
  outcome: Outcome;
  failCode: string;
  failReason: string;
  bankSerial: string;
  settledOn: IsoDate | null;
}
/** The bank's answers, into the lines and the money trail. */
export async function settle(
  tx: Tx,
  rosterId: string,
  returnId: string,
  settled: readonly Settled[],
  at: Date,
): Promise<void> {
  if (settled.length === 0) return;
  const json = JSON.stringify(settled);
  const GIVEN_ROWS = `jsonb_to_recordset($2::jsonb) s ("lineId" uuid, outcome text, "failCode" text, "failReason" text,
    "bankSerial" text, "settledOn" date)`;
  await tx.exec(
    `update roster_line l set state = s.outcome, fail_code = nullif(s."failCode", ''),
       fail_reason = case when s.outcome = 'paid' then null else nullif(s."failReason", '') end,
       bank_serial = nullif(s."bankSerial", ''), settled_on = s."settledOn"
     from ${GIVEN_ROWS}
     where l.county_code = app_county() and l.roster_id = $1 and l.id = s."lineId"`,
    [rosterId, json],
  );
  await tx.exec(
    `insert into payment_event (county_code, at, kind, roster_id, line_id, origin_line_id, entitlement_id, payee_id, month,
       amount_fen, detail, bank_serial, settled_on, return_id, account_id, actor_name)
     select l.county_code, $4, s.outcome, l.roster_id, l.id, l.origin_line_id, l.entitlement_id, l.payee_id, l.month,
       l.amount_fen, concat_ws('：', nullif(s."failCode", ''), nullif(s."failReason", '')), nullif(s."bankSerial", ''),
       s."settledOn", $3, app_account(), $5
     from ${GIVEN_ROWS}
     join roster_line l on l.county_code = app_county() and l.roster_id = $1 and l.id = s."lineId"
     order by l.seq`,
    [rosterId, json, returnId, at, tx.actor.name],
  );
}

// ── what became of the money ────────────────────────────────────────────────────────────────────────────────────

export interface FailureRecord {
  lineId: string;
  rosterId: string;
  month: Month;
  item: string;
  payee: string;
  payeeId: string;
  divisionCode: string;
  amountFen: number;
  reason: string;
  accountSealed: Buffer | null;
  accountChangedSince: boolean;
  reissued: boolean;
  failedOn: IsoDate;
}
/** Failures of the reader's scope: all that wait, and those paid again since `from`. */
export const failures = (tx: Tx, from: IsoDate) =>
  tx.query<FailureRecord>(
    `select l.id as "lineId", l.roster_id as "rosterId", l.month, l.item, l.payee_name as payee, l.payee_id as "payeeId",
       l.division_code as "divisionCode", l.amount_fen as "amountFen",
       concat_ws('：', nullif(l.fail_code, ''), l.fail_reason) as reason, l.account_sealed as "accountSealed",
       exists (select from bank_account b where b.county_code = l.county_code and b.person_id = l.payee_id
               and b.replaced_at is null and b.account_digest is distinct from l.account_digest) as "accountChangedSince",
       l.state = 'reissued' as reissued, l.settled_on as "failedOn"
     from roster_line l
     where l.county_code = app_county() and l.live and l.state in ('failed', 'reissued') and l.fail_reason is not null
       and (l.state = 'failed' or l.settled_on >= $1)
     order by l.state, l.settled_on desc, l.id limit 1000`,
    [from],
  );

export interface MonthRecord {
  entitlementId: string;
  item: string;
  month: Month;
  amountFen: number;
  state: LineState;
  change: Change;
  rosterId: string;
  payeeId: string;
}
/** Of these entitlements, latest month first; a failure that was paid again shows its last state only. */
export const monthsOf = (tx: Tx, entitlementIds: readonly string[], limit: number) =>
  tx.query<MonthRecord>(
    `select l.entitlement_id as "entitlementId", l.item, l.month, l.amount_fen as "amountFen", l.state, l.change,
       l.roster_id as "rosterId", l.payee_id as "payeeId"
     from roster_line l
     where l.county_code = app_county() and l.entitlement_id = any($1) and l.live and l.change <> 'stopped'
       and l.state <> 'reissued'
     order by l.month desc, l.id desc limit $2`,
    [entitlementIds, limit],
  );
