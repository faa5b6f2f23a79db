/** SQL of measures and of the looks afterwards, nothing else. */
import type { Risk } from "@wuxin/declare";
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Decision, MeasureState, MeasureStep } from "./measure-model.ts";

export interface MeasureRecord {
  id: string;
  householdId: string;
  divisionCode: string;
  number: string;
  kind: string;
  department: string;
  /** Of the county's list; null: a body that is not on it. */
  departmentCode: string | null;
  startsOn: IsoDate;
  endsOn: IsoDate | null;
  amountFen: number | null;
  each: "once" | "month" | null;
  wordsSealed: Buffer;
  state: MeasureState;
  version: number;
  plannedAt: string;
  answerDueOn: IsoDate;
  inForceOn: IsoDate | null;
  closedOn: IsoDate | null;
  returnDueOn: IsoDate | null;
  plannedByName: string;
}
const COLUMNS = `id, household_id as "householdId", division_code as "divisionCode", number, kind, department, department_code as "departmentCode",
  starts_on as "startsOn", ends_on as "endsOn", amount_fen as "amountFen", each, words_sealed as "wordsSealed", state, version,
  planned_at as "plannedAt", answer_due_on as "answerDueOn", in_force_on as "inForceOn", closed_on as "closedOn",
  return_due_on as "returnDueOn", planned_by_name as "plannedByName"`;

/** One act at a time on one household. */
export const hold = (tx: Tx, householdId: string) =>
  tx.query("select pg_advisory_xact_lock(hashtextextended($1, 360))", [householdId]);

export const insert = (
  tx: Tx,
  m: Omit<MeasureRecord, "state" | "version" | "inForceOn" | "closedOn" | "returnDueOn" | "plannedByName">,
) =>
  tx.exec(
    `insert into measure (county_code, id, household_id, division_code, number, kind, department, starts_on, ends_on, amount_fen,
       each, words_sealed, state, version, planned_at, answer_due_on, planned_by_name, department_code)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'planned', 1, $12, $13, $14, $15)`,
    [
      ...[m.id, m.householdId, m.divisionCode, m.number, m.kind, m.department, m.startsOn, m.endsOn],
      ...[m.amountFen, m.each, m.wordsSealed, m.plannedAt, m.answerDueOn, tx.actor.name, m.departmentCode],
    ],
  );
export const ofHousehold = (tx: Tx, householdId: string) =>
  tx.query<MeasureRecord>(
    `select ${COLUMNS} from measure where county_code = app_county() and household_id = $1 order by planned_at desc, id`,
    [householdId],
  );
export const byId = (tx: Tx, id: string) =>
  tx.maybe<MeasureRecord>(`select ${COLUMNS} from measure where county_code = app_county() and id = $1`, [
    id,
  ]);
export const change = (
  tx: Tx,
  m: Pick<
    MeasureRecord,
    "id" | "amountFen" | "each" | "wordsSealed" | "state" | "inForceOn" | "closedOn" | "returnDueOn"
  >,
) =>
  tx.exec(
    `update measure set amount_fen = $2, each = $3, words_sealed = $4, state = $5, in_force_on = $6, closed_on = $7,
       return_due_on = $8, version = version + 1
     where county_code = app_county() and id = $1`,
    [m.id, m.amountFen, m.each, m.wordsSealed, m.state, m.inForceOn, m.closedOn, m.returnDueOn],
  );
/** The next look at everything of a household that is looked after. */
export const lookAgain = (tx: Tx, householdId: string, on: IsoDate) =>
  tx.exec(
    `update measure set return_due_on = $2
     where county_code = app_county() and household_id = $1 and return_due_on is not null`,
    [householdId, on],
  );
export const noMoreLooks = (tx: Tx, householdId: string) =>
  tx.exec(
    `update measure set return_due_on = null
     where county_code = app_county() and household_id = $1 and return_due_on is not null`,
    [householdId],
  );

export const insertAction = (
  tx: Tx,
  a: {
    readonly id: string;
    readonly of: string;
    readonly version: number;
    readonly action: MeasureStep;
    readonly to: MeasureState;
    readonly dataSealed: Buffer;
    readonly at: Date;
  },
) =>
  tx.exec(
    `insert into measure_action (county_code, id, measure_id, version, action, to_state, data_sealed, at, by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8)`,
    [a.id, a.of, a.version, a.action, a.to, a.dataSealed, a.at, tx.actor.name],
  );
export const actionsOf = (tx: Tx, householdId: string) =>
  tx.query<{
    id: string;
    measureId: string;
    action: MeasureStep;
    dataSealed: Buffer;
    at: string;
    byName: string;
  }>(
    `select a.id, a.measure_id as "measureId", a.action, a.data_sealed as "dataSealed", a.at, a.by_name as "byName"
     from measure_action a join measure m on m.county_code = a.county_code and m.id = a.measure_id
     where a.county_code = app_county() and m.household_id = $1 order by a.measure_id, a.version`,
    [householdId],
  );

export interface ReturnRecord {
  id: string;
  dueOn: IsoDate;
  onDate: IsoDate;
  risk: Risk;
  dataSealed: Buffer;
  visitId: string | null;
  byAccount: string | null;
  byName: string;
  decideDueOn: IsoDate | null;
  decision: Decision | null;
  decisionSealed: Buffer | null;
  decidedAt: string | null;
  decidedOn: IsoDate | null;
  decidedByName: string | null;
}
export const insertReturn = (
  tx: Tx,
  r: Pick<ReturnRecord, "id" | "dueOn" | "onDate" | "risk" | "dataSealed" | "visitId" | "decideDueOn"> & {
    readonly householdId: string;
    readonly divisionCode: string;
    readonly at: Date;
  },
) =>
  tx.exec(
    `insert into measure_return (county_code, id, household_id, division_code, due_on, on_date, risk, data_sealed, visit_id, at,
       by_name, decide_due_on)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[r.id, r.householdId, r.divisionCode, r.dueOn, r.onDate, r.risk, r.dataSealed, r.visitId, r.at],
      ...[tx.actor.name, r.decideDueOn],
    ],
  );
export const returnsOf = (tx: Tx, householdId: string) =>
  tx.query<ReturnRecord>(
    `select id, due_on as "dueOn", on_date as "onDate", risk, data_sealed as "dataSealed", visit_id as "visitId",
       by_account as "byAccount", by_name as "byName", decide_due_on as "decideDueOn", decision,
       decision_sealed as "decisionSealed", decided_at as "decidedAt", decided_on as "decidedOn",
       decided_by_name as "decidedByName"
     from measure_return where county_code = app_county() and household_id = $1 order by at desc, id`,
    [householdId],
  );
export const decide = (
  tx: Tx,
  id: string,
  d: {
    readonly decisionId: string;
    readonly decision: Decision;
    readonly sealed: Buffer;
    readonly at: Date;
    readonly on: IsoDate;
  },
) =>
  tx.exec(
    `update measure_return set decision = $2, decision_sealed = $3, decided_at = $4, decided_on = $5, decided_by = $6,
       decided_by_name = $7, decision_id = $8
     where county_code = app_county() and id = $1 and decision is null`,
    [id, d.decision, d.sealed, d.at, d.on, tx.actor.accountId, tx.actor.name, d.decisionId],
  );
/** Was this request heard before? */
export const heard = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.maybe(
    `select 1 as one where exists (select from measure where county_code = app_county() and id = $1)
       or exists (select from measure_action where county_code = app_county() and id = $1)
       or exists (select from measure_return where county_code = app_county() and (id = $1 or decision_id = $1))`,
    [id],
  )) !== undefined;

// ── of many households ───────────────────────────────────────────────────────────────────────────────────────────────

const WAITS = `exists (select from measure_return r where r.county_code = m.county_code and r.household_id = m.household_id
  and r.decide_due_on is not null and r.decision is null)`;
export interface DueReturn {
  householdId: string;
  divisionCode: string;
  personId: string;
  dueOn: IsoDate;
  kinds: string[];
  numbers: string[];
}
/** Households to be looked at again by a day; not where a look waits for a decision. */
export const returnsDue = (tx: Tx, by: IsoDate) =>
  tx.query<DueReturn>(
    `select m.household_id as "householdId", h.division_code as "divisionCode", h.head_person_id as "personId",
       min(m.return_due_on) as "dueOn", array_agg(distinct m.kind) as kinds, array_agg(m.number order by m.number) as numbers
     from measure m join household h on h.county_code = m.county_code and h.id = m.household_id
     where m.county_code = app_county() and m.return_due_on is not null and not ${WAITS}
     group by 1, 2, 3 having min(m.return_due_on) <= $1 order by 4, 1`,
    [by],
  );
export interface Unsettled {
  householdId: string;
  divisionCode: string;
  what: "answer" | "decide" | "raised";
  dueOn: IsoDate;
  label: string;
  /** Who may not settle it: he made the look. */
  notBy: string | null;
}
/** Departments that have not answered, looks without a decision, raised risks for which nothing new was planned. */
export const unsettled = (tx: Tx) =>
  tx.query<Unsettled>(
    `select household_id as "householdId", division_code as "divisionCode", 'answer' as what, answer_due_on as "dueOn",
       department as label, null::uuid as "notBy"
     from measure where county_code = app_county() and state = 'planned'
     union all
     select household_id, division_code, 'decide', decide_due_on, risk, by_account from measure_return
     where county_code = app_county() and decide_due_on is not null and decision is null
     union all
     select r.household_id, r.division_code, 'raised', r.decided_on, '', null from measure_return r
     where r.county_code = app_county() and r.decision = 'raised'
       and not exists (select from measure m where m.county_code = r.county_code and m.household_id = r.household_id
                       and m.planned_at > r.decided_at)
       and not exists (select from measure_return l where l.county_code = r.county_code and l.household_id = r.household_id
                       and l.decided_at > r.decided_at)
     order by 4, 1 limit 200`,
  );
/** Clues about a household that are not closed. */
export const openClues = (tx: Tx, householdId: string) =>
  tx.query<{ number: string }>(
    `select number from clue where county_code = app_county() and household_id = $1 and closed_on is null order by number`,
    [householdId],
  );
