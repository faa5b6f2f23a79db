/** The SQL of lines: found, listed, held, released. Nothing else. */
import type { Month } from "@wuxin/kernel";
import { type Beside, type Stretch, stretch, type Tx } from "@wuxin/platform";
import type { Change, LineState } from "./model.ts";
import * as sums from "./sums.ts";

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

/**
 * That a line which is looked up by its own key is of this roster. Said so that no index takes it up: of a roster made a
 * moment ago the planner knows nothing, takes it for a row or two and would rather read the whole of it.
 */
export const OF_ROSTER = "l.roster_id is not distinct from";

export const findLine = (tx: Tx, rosterId: string, lineId: string) =>
  tx.maybe<LineRecord>(
    `select ${LINE} from roster_line l where l.county_code = app_county() and ${OF_ROSTER} $1 and l.id = $2`,
    [rosterId, lineId],
  );

export interface LineQuery extends Beside {
  readonly change?: Change | undefined;
  readonly flag?: string | undefined;
  readonly state?: string | undefined;
  readonly item?: string | undefined;
  /** Part of the payee's name, or the number of a line. */
  readonly q?: string | undefined;
  readonly division?: string | undefined;
}

/** What an index finds without reading the rest of the roster: a line of this state has its reason. */
const REASON_OF: Readonly<Record<string, string>> = {
  held: "and l.hold_reason is not null",
  failed: "and l.fail_reason is not null",
};

/** In the order of the roster. How many there are say the sums, unless something is asked for that they do not know. */
export async function listLines(
  tx: Tx,
  rosterId: string,
  q: LineQuery,
): Promise<Stretch<LineRecord> & { total: number }> {
  const asked = q.q?.trim() || null;
  const number = asked !== null && /^\d{1,9}$/.test(asked) ? Number(asked) : null;
  const where = `l.county_code = app_county() and ${q.flag ? OF_ROSTER : "l.roster_id ="} $1
    and ($2::text is null or l.change = $2) and ($3::text is null or l.state = $3) ${REASON_OF[q.state ?? ""] ?? ""}
    and ($4::text is null or l.item = $4) and ($5::text is null or strpos(l.payee_name, $5) > 0)
    and ($6::text is null or l.division_code like $6 || '%')
    and ($7::text is null or l.id = any (array(select f.line_id from roster_flag f
          where f.county_code = app_county() and f.roster_id = $1 and f.rule = $7)))
    and ($8::int is null or l.seq = $8)`;
  const [change, state, item, division, flag] = [q.change, q.state, q.item, q.division, q.flag].map(
    (v) => v ?? null,
  ) as (string | null)[];
  const name = number === null ? asked : null;
  const values = [rosterId, change, state, item, name, division, flag, number];
  const county = tx.actor.scope === tx.actor.countyCode;
  const total =
    county && asked === null && !division && !flag
      ? await sums.count(tx, rosterId, { change: change ?? null, state: state ?? null, item: item ?? null })
      : (
          await tx.one<{ total: number }>(
            `select count(*)::int as total from roster_line l where ${where}`,
            values,
          )
        ).total;
  const found = await stretch(q, "asc", async (from, { beyond, order, limit }) => {
    if (total === 0) return [];
    return tx.query<LineRecord>(
      `select ${LINE} from roster_line l where ${where}
       ${
         from === null
           ? "and $9::uuid is null"
           : `and l.seq ${beyond} (select l.seq from roster_line l
             where l.county_code = app_county() and ${OF_ROSTER} $1 and l.id = $9)`
       }
       order by l.seq ${order} limit $10`,
      [...values, from, limit],
    );
  });
  return { ...found, total };
}

/** What the bank is told of a line. */
export type IncludedLine = Pick<
  LineRecord,
  | "id"
  | "seq"
  | "item"
  | "month"
  | "divisionCode"
  | "payeeName"
  | "relation"
  | "amountFen"
  | "accountSealed"
  | "bankName"
  | "holderName"
> & { idNoSealed: Buffer };
/** Lines that go into a bank file, in order; a page of many. */
export const includedLines = (tx: Tx, rosterId: string, afterSeq: number, limit: number) =>
  tx.query<IncludedLine>(
    `select l.id, l.seq, l.item, l.month, l.division_code as "divisionCode", l.payee_name as "payeeName", l.relation,
       l.amount_fen as "amountFen", l.account_sealed as "accountSealed", l.bank_name as "bankName",
       l.holder_name as "holderName", p.id_no_sealed as "idNoSealed"
     from roster_line l join person p on p.county_code = l.county_code and p.id = l.payee_id
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
    `update roster_line l set state = 'held', included = false, hold_reason = $3
     where l.county_code = app_county() and ${OF_ROSTER} $1 and l.id = any($2)`,
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

/** What is, or was, paid to a person or for him: the way to his lines that does not go through a whole roster. */
export const ENTITLEMENTS_OF = (personId: string): string =>
  `select id from entitlement where county_code = app_county() and payee_id = ${personId}
   union select entitlement_id from entitlement_person where county_code = app_county() and person_id = ${personId}`;

/** Lines, not yet at the bank, that pay a person or count on one. */
export const unsentLinesOfPerson = (tx: Tx, personId: string) =>
  tx.query<{ id: string; rosterId: string; rosterState: "draft" | "made" | "checked" | "approved" }>(
    `select l.id, l.roster_id as "rosterId", r.state as "rosterState"
     from (${ENTITLEMENTS_OF("$1")}) e
     cross join lateral (
       select * from roster_line x where x.county_code = app_county() and x.entitlement_id = e.id offset 0) l
     join roster r on r.county_code = l.county_code and r.id = l.roster_id
     where r.state in ('draft', 'made', 'checked', 'approved') and l.change <> 'stopped'
       and (l.payee_id = $1 or exists (select from payment_slot s
            where s.county_code = l.county_code and s.line_id = l.origin_line_id and s.person_id = $1))
     order by l.roster_id, l.seq`,
    [personId],
  );

/** Held for a death, newest month first. */
export const heldForDeath = (tx: Tx, personId: string) =>
  tx.query<LineRecord>(
    `select ${LINE} from (${ENTITLEMENTS_OF("$1")}) e
     join roster_line l on l.county_code = app_county() and l.entitlement_id = e.id
     join roster r on r.county_code = l.county_code and r.id = l.roster_id
     where l.state = 'held' and r.state <> 'discarded' and exists (
       select from roster_flag f where f.county_code = l.county_code and f.line_id = l.id and f.rule = 'dead')
     order by l.month desc, l.seq`,
    [personId],
  );

/** The lines that this reissue pays again. */
export const reissuedBy = async (tx: Tx, rosterId: string): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      "select reissue_of as id from roster_line where county_code = app_county() and roster_id = $1 and reissue_of is not null",
      [rosterId],
    )
  ).map((r) => r.id);
