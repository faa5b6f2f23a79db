/** SQL of clues and their actions, nothing else. */

import type { Wish } from "@wuxin/declare";
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { ClueSource, ClueState, Judgement, Outcome, Proposal } from "./model.ts";

export interface ClueRecord {
  id: string;
  number: string;
  source: ClueSource;
  sourceName: string;
  level: string;
  proposes: Proposal;
  personId: string | null;
  householdId: string | null;
  /** Of the person, else of the head of the household. */
  registeredName: string | null;
  phoneSealed: Buffer | null;
  /** Who, where, why, in words (sealed.ts). */
  wordsSealed: Buffer;
  divisionCode: string;
  occurredOn: IsoDate;
  openedOn: IsoDate;
  reportedBy: string | null;
  reportedByName: string;
  state: ClueState;
  version: number;
  dispatchedOn: IsoDate | null;
  workerId: string | null;
  workerName: string | null;
  dueOn: IsoDate | null;
  checkDueOn: IsoDate | null;
  checkedOn: IsoDate | null;
  escalated: number;
  urged: number;
  returned: number;
  caseId: string | null;
  entitlementId: string | null;
  department: string | null;
  outcome: Outcome | null;
  judgement: Judgement | null;
  closedOn: IsoDate | null;
  savedFenPerMonth: number;
  helpedFenPerMonth: number;
  recheck: "agrees" | "differs" | null;
  wish: Wish | null;
  wishWhy: string | null;
  reachedOn: IsoDate | null;
  askAgainOn: IsoDate | null;
  /** Of somebody who asked for help: when somebody has to have been there; null otherwise, and once somebody was. */
  answerBy: string | null;
}
const COLUMNS = `c.id, c.number, c.source, c.source_name as "sourceName", c.level, c.proposes, c.person_id as "personId",
  c.household_id as "householdId", coalesce(p.name, h.name) as "registeredName",
  c.phone_sealed as "phoneSealed", c.words_sealed as "wordsSealed", c.division_code as "divisionCode",
  c.occurred_on as "occurredOn", c.opened_on as "openedOn", c.reported_by as "reportedBy",
  c.reported_by_name as "reportedByName", c.state, c.version, c.dispatched_on as "dispatchedOn",
  c.worker_id as "workerId", c.worker_name as "workerName", c.due_on as "dueOn", c.check_due_on as "checkDueOn",
  c.checked_on as "checkedOn", c.escalated, c.urged, c.returned, c.case_id as "caseId",
  c.entitlement_id as "entitlementId", c.department, c.outcome, c.judgement, c.closed_on as "closedOn",
  c.saved_fen_per_month as "savedFenPerMonth", c.helped_fen_per_month as "helpedFenPerMonth", c.recheck,
  c.wish, c.wish_why as "wishWhy", c.reached_on as "reachedOn", c.ask_again_on as "askAgainOn",
  c.answer_by as "answerBy"`;
const FROM = `clue c
  left join person p on p.county_code = c.county_code and p.id = c.person_id
  left join household hh on hh.county_code = c.county_code and hh.id = c.household_id
  left join person h on h.county_code = hh.county_code and h.id = hh.head_person_id`;

export interface NewClue {
  readonly id: string;
  readonly number: string;
  readonly source: ClueSource;
  readonly sourceName: string;
  readonly level: string;
  readonly proposes: Proposal;
  readonly personId: string | null;
  readonly householdId: string | null;
  readonly phoneSealed: Buffer | null;
  readonly wordsSealed: Buffer;
  /** Of a name that the registry does not know. */
  readonly nameDigest: Buffer | null;
  readonly divisionCode: string;
  readonly occurredOn: IsoDate;
  readonly openedOn: IsoDate;
}
export const insertClue = (tx: Tx, c: NewClue, at: Date) =>
  tx.exec(
    `insert into clue (county_code, id, number, source, source_name, level, proposes, person_id, household_id,
       phone_sealed, words_sealed, name_digest, division_code, occurred_on, opened_on, opened_at, reported_by,
       reported_by_name, state, version)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, app_account(), $16, 'new', 1)`,
    [
      ...[c.id, c.number, c.source, c.sourceName, c.level, c.proposes, c.personId, c.householdId],
      ...[c.phoneSealed, c.wordsSealed, c.nameDigest, c.divisionCode, c.occurredOn, c.openedOn, at],
      tx.actor.name,
    ],
  );

/** Holds the row, so that two people cannot act at once. */
export const lockClue = async (tx: Tx, id: string): Promise<ClueRecord | undefined> => {
  const held = await tx.maybe<{ id: string }>(
    "select id from clue where county_code = app_county() and id = $1 for update",
    [id],
  );
  return held ? findClue(tx, id) : undefined;
};
export const findClue = (tx: Tx, id: string) =>
  tx.maybe<ClueRecord>(`select ${COLUMNS} from ${FROM} where c.county_code = app_county() and c.id = $1`, [
    id,
  ]);

/** What a step changes; everything else stays. */
export type Change = Partial<
  Pick<
    ClueRecord,
    | "level"
    | "householdId"
    | "divisionCode"
    | "workerId"
    | "workerName"
    | "dueOn"
    | "checkDueOn"
    | "checkedOn"
    | "dispatchedOn"
    | "escalated"
    | "urged"
    | "returned"
    | "caseId"
    | "entitlementId"
    | "department"
    | "outcome"
    | "judgement"
    | "closedOn"
    | "savedFenPerMonth"
    | "helpedFenPerMonth"
    | "recheck"
    | "wish"
    | "wishWhy"
    | "reachedOn"
    | "askAgainOn"
    | "answerBy"
  >
> & { readonly batchMonth?: Month | null };
const column = (key: string) => key.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** 0 rows: another was faster. */
export const changeClue = (tx: Tx, id: string, version: number, state: ClueState, change: Change) => {
  const entries = Object.entries(change);
  const sets = entries.map(([key], i) => `, ${column(key)} = $${i + 4}`).join("");
  return tx.exec(
    `update clue set state = $3, version = version + 1${sets} where county_code = app_county() and id = $1 and version = $2`,
    [id, version, state, ...entries.map(([, v]) => v)],
  );
};

/** By which hour somebody has to have been there, and the day of it. */
export const setHour = (tx: Tx, id: string, answerBy: Date, day: IsoDate) =>
  tx.exec(
    `update clue set answer_by = $2, due_on = $3, check_due_on = $3 where county_code = app_county() and id = $1`,
    [id, answerBy, day],
  );

/** An open clue of the same person (or household) that asks for the same. */
export const findOpen = (
  tx: Tx,
  of: { personId: string | null; householdId: string | null; proposes: Proposal },
) =>
  tx.maybe<{ id: string }>(
    `select c.id from clue c where c.county_code = app_county() and c.state <> 'closed' and c.proposes = $3
       and (c.person_id = $1 or ($1::uuid is null and c.household_id = $2)) order by c.opened_at limit 1 for update`,
    [of.personId, of.householdId, of.proposes],
  );

export interface ClueQuery {
  readonly ids?: readonly string[] | undefined;
  readonly page?: number | undefined;
  readonly size?: number | undefined;
  readonly state?: string | undefined;
  readonly source?: string | undefined;
  readonly level?: string | undefined;
  readonly division?: string | undefined;
  readonly outcome?: string | undefined;
  readonly month?: Month | undefined;
  /** Those that were late then. */
  readonly lateAt?: Date | undefined;
  readonly mine?: boolean | undefined;
  readonly reported?: boolean | undefined;
  /** As `touchesMoney` says. */
  readonly money?: boolean | undefined;
  readonly q?: string | undefined;
  /** Of `q`, for a name that only the clue knows. */
  readonly nameDigest?: Buffer | undefined;
  /** Of these people or this household. */
  readonly persons?: readonly string[] | undefined;
  readonly household?: string | undefined;
  readonly cases?: readonly string[] | undefined;
  /** Households, else persons, else the clues themselves, as a worker's list names them. */
  readonly subjects?: readonly string[] | undefined;
  /** Those that a lot drew. */
  readonly sample?: string | undefined;
}
function filter(q: ClueQuery, today: IsoDate, levels: readonly string[]) {
  const values: unknown[] = [];
  const bind = (v: unknown, type: string) => `$${values.push(v)}::${type}`;
  const where = ["c.county_code = app_county()"];
  if (q.state === "open") where.push("c.state <> 'closed'");
  else if (q.state) where.push(`c.state = ${bind(q.state, "text")}`);
  if (q.source) where.push(`c.source = ${bind(q.source, "text")}`);
  if (q.level) where.push(`c.level = ${bind(q.level, "text")}`);
  // As the funnel counts them: a false hit changed nothing either, and is counted apart.
  if (q.outcome === "false") where.push("c.judgement = 'false'");
  else if (q.outcome)
    where.push(`c.state = 'closed' and c.outcome = ${bind(q.outcome, "text")} and c.judgement <> 'false'`);
  if (q.month) where.push(`to_char(c.opened_on, 'YYYY-MM') = ${bind(q.month, "text")}`);
  if (q.lateAt)
    where.push(`(c.due_on < ${bind(today, "date")} or c.answer_by < ${bind(q.lateAt, "timestamptz")})`);
  if (q.mine) where.push("(c.worker_id = app_account() or c.reported_by = app_account())");
  if (q.money) where.push("(c.proposes = 'stop-payment' or c.outcome = 'stop' or c.saved_fen_per_month > 0)");
  if (q.ids) where.push(`c.id = any (${bind(q.ids, "uuid[]")})`);
  if (q.reported) where.push("c.reported_by = app_account()");
  if (q.division) {
    const prefix = bind(q.division, "text");
    where.push(`c.division_code >= ${prefix} and c.division_code < ${prefix} || 'z'`);
  }
  if (q.persons || q.household)
    where.push(
      `(c.person_id = any (${bind(q.persons ?? [], "uuid[]")}) or c.household_id = ${bind(q.household ?? null, "uuid")})`,
    );
  if (q.cases) where.push(`c.case_id = any (${bind(q.cases, "uuid[]")})`);
  if (q.subjects)
    where.push(`coalesce(c.household_id, c.person_id, c.id) = any (${bind(q.subjects, "uuid[]")})`);
  if (q.sample)
    where.push(
      `exists (select from clue_sample s where s.county_code = c.county_code and s.id = ${bind(q.sample, "uuid")} and c.id = any (s.drawn))`,
    );
  const text = q.q?.trim();
  if (text)
    where.push(
      `(strpos(c.number, ${bind(text, "text")}) > 0 or strpos(coalesce(p.name, h.name), ${bind(text, "text")}) > 0
        or c.name_digest = ${bind(q.nameDigest ?? null, "bytea")})`,
    );
  const order = `c.state = 'closed', c.answer_by is null, array_position(${bind(levels, "text[]")}, c.level), c.due_on nulls last, c.opened_at desc, c.id`;
  return { where: where.join(" and "), order, values };
}
export async function listClues(
  tx: Tx,
  q: ClueQuery,
  today: IsoDate,
  levels: readonly string[],
): Promise<{ rows: ClueRecord[]; total: number }> {
  const { where, order, values } = filter(q, today, levels);
  const size = q.size ?? 20;
  const rows = await tx.query<ClueRecord & { total: number }>(
    `select ${COLUMNS}, count(*) over ()::int as total from ${FROM} where ${where} order by ${order}
     limit $${values.length + 1} offset $${values.length + 2}`,
    [...values, size, ((q.page ?? 1) - 1) * size],
  );
  return { rows, total: rows[0]?.total ?? 0 };
}

export const waitingToDispatch = (tx: Tx) =>
  tx.query<{ id: string; openedOn: IsoDate; isFound: boolean }>(
    `select id, opened_on as "openedOn", source = 'alert' and proposes = 'help' as "isFound" from clue
     where county_code = app_county() and state = 'new' order by opened_at`,
  );
export const lateClues = (tx: Tx, today: IsoDate, now: Date) =>
  tx.query<{ id: string; dueOn: IsoDate; answerBy: string | null; escalated: number }>(
    `select id, due_on as "dueOn", answer_by as "answerBy", escalated from clue
     where county_code = app_county() and state <> 'closed' and (due_on < $1 or answer_by < $2) and escalated < 2
     order by due_on, id`,
    [today, now],
  );
/** By its end, without the last 号: the whole number, or 〔year〕serial. */
export const findByNumber = (tx: Tx, number: string) =>
  tx.maybe<{ id: string }>(
    `select id from clue where county_code = app_county() and source = 'resident'
       and right(number, length($1) + 1) = $1 || '号' limit 1`,
    [number],
  );
