/** SQL of clues and their actions, nothing else. */
import type { Wish } from "@wuxin/declare";
import type { IsoDate, Month } from "@wuxin/kernel";
import { json, type Tx } from "@wuxin/platform";
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

export const insertSignal = (tx: Tx, a: SignalRecord & { readonly clueId: string }, at: Date) =>
  tx.exec(
    `insert into clue_signal (county_code, alert_id, clue_id, feed, rule, rule_version, level, title, words_sealed,
       bring, occurred_on, joined_at)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[a.alertId, a.clueId, a.feed, a.rule, a.ruleVersion, a.level, a.title, a.wordsSealed],
      ...[json(a.bring), a.occurredOn, at],
    ],
  );
export const hasSignal = async (tx: Tx, alertId: string): Promise<boolean> =>
  (await tx.maybe("select 1 as one from clue_signal where county_code = app_county() and alert_id = $1", [
    alertId,
  ])) !== undefined;

export const insertAction = (
  tx: Tx,
  a: {
    id: string;
    clueId: string;
    version: number;
    action: string;
    to: ClueState;
    dataSealed: Buffer;
    at: Date;
  },
) =>
  tx.exec(
    `insert into clue_action (county_code, id, clue_id, version, action, to_state, data_sealed, at, by_name, by_role)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [a.id, a.clueId, a.version, a.action, a.to, a.dataSealed, a.at, tx.actor.name, tx.actor.role],
  );
export const findAction = (tx: Tx, id: string) =>
  tx.maybe<{ clueId: string }>(
    `select clue_id as "clueId" from clue_action where county_code = app_county() and id = $1`,
    [id],
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
    where.push(`c.outcome = ${bind(q.outcome, "text")} and c.judgement is distinct from 'false'`);
  if (q.month) where.push(`to_char(c.opened_on, 'YYYY-MM') = ${bind(q.month, "text")}`);
  if (q.lateAt)
    where.push(`(c.due_on < ${bind(today, "date")} or c.answer_by < ${bind(q.lateAt, "timestamptz")})`);
  if (q.mine) where.push("(c.worker_id = app_account() or c.reported_by = app_account())");
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

export interface ActionRecord {
  id: string;
  version: number;
  action: string;
  dataSealed: Buffer;
  at: string;
  byName: string;
  byRole: string;
}
export const actionsOf = (tx: Tx, clueId: string) =>
  tx.query<ActionRecord>(
    `select id, version, action, data_sealed as "dataSealed", at, by_name as "byName", by_role as "byRole"
     from clue_action where county_code = app_county() and clue_id = $1 order by version`,
    [clueId],
  );
export interface SignalRecord {
  alertId: string;
  feed: string;
  rule: string;
  ruleVersion: string;
  level: string;
  title: string;
  /** Reason and evidence. */
  wordsSealed: Buffer;
  bring: readonly string[];
  occurredOn: IsoDate;
}
export const signalsOf = (tx: Tx, clueIds: readonly string[]) =>
  tx.query<SignalRecord & { clueId: string }>(
    `select clue_id as "clueId", alert_id as "alertId", feed, rule, rule_version as "ruleVersion", level, title,
       words_sealed as "wordsSealed", bring, occurred_on as "occurredOn"
     from clue_signal where county_code = app_county() and clue_id = any ($1::uuid[]) order by occurred_on, alert_id`,
    [clueIds],
  );

export interface FunnelRow {
  key: string;
  hits: number;
  dispatched: number;
  checked: number;
  closed: number;
  newCase: number;
  adjust: number;
  stop: number;
  refer: number;
  noChange: number;
  false: number;
  confirmed: number;
  late: number;
  savedFen: number;
  helpedFen: number;
}
/** From hit to help, of what was found since a month, by one column or in all. */
export const funnel = (
  tx: Tx,
  by: "all" | "source" | "township" | "village" | "month",
  since: Month,
  today: IsoDate,
) => {
  const key = {
    all: "''",
    source: "case when c.source = 'alert' then c.source_name else c.source end",
    township: "left(c.division_code, 9)",
    village: "c.division_code",
    month: "to_char(c.opened_on, 'YYYY-MM')",
  }[by];
  const n = (condition: string) => `count(*) filter (where ${condition})::int`;
  return tx.query<FunnelRow>(
    `select ${key} as key, count(*)::int as hits, ${n("c.dispatched_on is not null")} as dispatched,
       ${n("c.checked_on is not null")} as checked, ${n("c.state = 'closed'")} as closed,
       ${n("c.outcome = 'new-case'")} as "newCase", ${n("c.outcome = 'adjust'")} as adjust,
       ${n("c.outcome = 'stop'")} as stop, ${n("c.outcome = 'refer'")} as refer,
       ${n("c.outcome = 'no-change' and c.judgement <> 'false'")} as "noChange", ${n("c.judgement = 'false'")} as "false",
       ${n("c.judgement = 'confirmed'")} as confirmed, ${n("c.due_on < $2")} as late,
       coalesce(sum(c.saved_fen_per_month), 0)::bigint as "savedFen",
       coalesce(sum(c.helped_fen_per_month), 0)::bigint as "helpedFen"
     from clue c where c.county_code = app_county() and to_char(c.opened_on, 'YYYY-MM') >= $1
     group by 1 order by 1`,
    [since, today],
  );
};

/** How many were found in a month, by their level now. */
export const monthsByLevel = (tx: Tx, since: Month) =>
  tx.query<{ month: Month; level: string; found: number }>(
    `select to_char(opened_on, 'YYYY-MM') as month, level, count(*)::int as found from clue
     where county_code = app_county() and to_char(opened_on, 'YYYY-MM') >= $1 group by 1, 2 order by 1, 2`,
    [since],
  );

/** Households (or lone persons) by the highest level that is open about them. */
export const householdsByLevel = (tx: Tx, levels: readonly string[]) =>
  tx.query<{ level: string; households: number }>(
    `select x.level, count(*)::int as households from (
       select distinct on (coalesce(c.household_id, c.person_id, c.id)) c.level
       from clue c where c.county_code = app_county() and c.state <> 'closed'
       order by coalesce(c.household_id, c.person_id, c.id), array_position($1::text[], c.level)) x
     group by 1`,
    [levels],
  );

export interface SupervisedRecord {
  divisionCode: string;
  dispatched: number;
  due: number;
  checked: number;
  onTime: number;
  late: number;
  open: number;
  newCase: number;
  adjust: number;
  stop: number;
  refer: number;
  noChange: number;
  false: number;
  returned: number;
  urged: number;
  reported: number;
  rechecked: number;
  agreed: number;
}
/** Per township: what was handed over, due, answered, returned in a month. */
export const supervised = (tx: Tx, month: Month, today: IsoDate) => {
  const within = (day: string) => `to_char(c.${day}, 'YYYY-MM') = $1`;
  const n = (condition: string) => `count(*) filter (where ${condition})::int`;
  const due = `${within("check_due_on")} and (c.check_due_on < $2 or c.checked_on is not null)`;
  return tx.query<SupervisedRecord>(
    `select left(c.division_code, 9) as "divisionCode", ${n(within("dispatched_on"))} as dispatched, ${n(due)} as due,
       ${n(`${due} and c.checked_on is not null`)} as checked,
       ${n(`${due} and c.checked_on <= c.check_due_on`)} as "onTime",
       ${n(`${due} and coalesce(c.checked_on > c.check_due_on, true)`)} as late,
       ${n("c.state <> 'closed' and c.dispatched_on is not null")} as open,
       ${n(`${within("closed_on")} and c.outcome = 'new-case'`)} as "newCase",
       ${n(`${within("closed_on")} and c.outcome = 'adjust'`)} as adjust,
       ${n(`${within("closed_on")} and c.outcome = 'stop'`)} as stop,
       ${n(`${within("closed_on")} and c.outcome = 'refer'`)} as refer,
       ${n(`${within("closed_on")} and c.outcome = 'no-change' and c.judgement <> 'false'`)} as "noChange",
       ${n(`${within("closed_on")} and c.judgement = 'false'`)} as "false",
       coalesce(sum(c.returned) filter (where ${due}), 0)::int as returned,
       coalesce(sum(c.urged) filter (where ${due}), 0)::int as urged,
       ${n(`${within("opened_on")} and c.source in ('worker', 'resident')`)} as reported,
       ${n(`${within("closed_on")} and c.recheck is not null`)} as rechecked,
       ${n(`${within("closed_on")} and c.recheck = 'agrees'`)} as agreed
     from clue c where c.county_code = app_county() and length(c.division_code) >= 9 group by 1 order by 1`,
    [month, today],
  );
};

export const waitingToDispatch = (tx: Tx) =>
  tx.query<{ id: string; openedOn: IsoDate }>(
    `select id, opened_on as "openedOn" from clue where county_code = app_county() and state = 'new' order by opened_at`,
  );
export const lateClues = (tx: Tx, today: IsoDate, now: Date) =>
  tx.query<{ id: string; dueOn: IsoDate; answerBy: string | null; escalated: number }>(
    `select id, due_on as "dueOn", answer_by as "answerBy", escalated from clue
     where county_code = app_county() and state <> 'closed' and (due_on < $1 or answer_by < $2) and escalated < 2
     order by due_on, id`,
    [today, now],
  );
export const lateByTownship = (tx: Tx, today: IsoDate, now: Date) =>
  tx.query<{ divisionCode: string; late: number }>(
    `select left(division_code, 9) as "divisionCode", count(*)::int as late from clue
     where county_code = app_county() and state <> 'closed' and (due_on < $1 or answer_by < $2) group by 1`,
    [today, now],
  );
export const inHandling = (tx: Tx, caseId: string) =>
  tx.query<{ id: string }>(
    "select id from clue where county_code = app_county() and case_id = $1 and state = 'handling'",
    [caseId],
  );
/** What the entitlement of a case was a month before a decision applies. */
export const amountBefore = async (tx: Tx, caseId: string, month: Month): Promise<number> =>
  (
    await tx.maybe<{ amountFen: number }>(
      `select a.amount_fen as "amountFen" from entitlement e
       join entitlement_amount a on a.county_code = e.county_code and a.entitlement_id = e.id
       where e.county_code = app_county() and e.case_id = $1 and a.from_month < $2
       order by a.from_month desc, a.seq desc limit 1`,
      [caseId, month],
    )
  )?.amountFen ?? 0;
export const openOf = (tx: Tx, personId: string) =>
  tx.query<{ id: string }>(
    "select id from clue where county_code = app_county() and person_id = $1 and state <> 'closed' order by id",
    [personId],
  );
/** Open clues of 政策找人 about the people of a case, with what the case is for. */
export const foundOpen = (tx: Tx, caseId: string) =>
  tx.query<{ id: string; item: string }>(
    `select c.id, f.item from case_file f
       join clue c on c.county_code = f.county_code and c.person_id = any (f.member_ids) and c.state <> 'closed'
                  and c.source = 'alert' and c.proposes = 'help'
      where f.county_code = app_county() and f.id = $1 order by c.id`,
    [caseId],
  );
/** What was drawn a month by what this person's death ended. */
export const endedByDeath = async (tx: Tx, personId: string): Promise<number> =>
  (
    await tx.one<{ fen: number }>(
      `select coalesce(sum((select a.amount_fen from entitlement_amount a
         where a.county_code = e.county_code and a.entitlement_id = e.id and a.from_month <= e.end_month
         order by a.from_month desc, a.seq desc limit 1)), 0)::bigint as fen
       from entitlement e
       where e.county_code = app_county() and e.end_person_id = $1 and e.end_kind = 'death'`,
      [personId],
    )
  ).fen;

export type TallyKind = "phone" | "address" | "wrong";
/** One more today; gives how many it is now. */
export const tally = async (tx: Tx, day: IsoDate, kind: TallyKind, digest: Buffer): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      `insert into trouble_tally as t (county_code, day, kind, digest, n) values (app_county(), $1, $2, $3, 1)
       on conflict (county_code, day, kind, digest) do update set n = t.n + 1 returning n`,
      [day, kind, digest],
    )
  ).n;
export const tallied = async (tx: Tx, day: IsoDate, kind: TallyKind, digest: Buffer): Promise<number> =>
  (
    await tx.maybe<{ n: number }>(
      "select n from trouble_tally where county_code = app_county() and day = $1 and kind = $2 and digest = $3",
      [day, kind, digest],
    )
  )?.n ?? 0;
export const forgetTallies = (tx: Tx, before: IsoDate) =>
  tx.exec("delete from trouble_tally where county_code = app_county() and day < $1", [before]);
/** By its end, without the last 号: the whole number, or 〔year〕serial. */
export const findByNumber = (tx: Tx, number: string) =>
  tx.maybe<{ id: string }>(
    `select id from clue where county_code = app_county() and source = 'resident'
       and right(number, length($1) + 1) = $1 || '号' limit 1`,
    [number],
  );
