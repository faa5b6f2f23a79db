/** Stored decisions in SQL. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Inputs } from "./assessment.ts";
import type { DecisionKind } from "./decision.ts";

export interface StoredDecision {
  readonly id: string;
  readonly item: string;
  readonly ruleVersion: string;
  readonly inputs: unknown;
  readonly explanation: unknown;
}

export async function findDecision(tx: Tx, id: string): Promise<StoredDecision | undefined> {
  return tx.maybe(
    `select d.id, f.item, d.rule_version as "ruleVersion", d.inputs, d.explanation
       from case_decision d join case_file f on f.county_code = d.county_code and f.id = d.case_id
      where d.county_code = $1 and d.id = $2`,
    [tx.actor.countyCode, id],
  );
}

export async function lastInputs(tx: Tx, caseIds: readonly string[]): Promise<Map<string, Inputs>> {
  if (caseIds.length === 0) return new Map();
  const rows = await tx.query<{ caseId: string; inputs: Inputs }>(
    `select c.id as "caseId", d.inputs
       from unnest($1::uuid[]) as c(id)
       cross join lateral (
         select x.inputs from case_decision x
          where x.county_code = app_county() and x.case_id = c.id and x.kind <> 'refuse'
          order by x.seq desc limit 1) d`,
    [caseIds],
  );
  return new Map(rows.map((r) => [r.caseId, r.inputs]));
}

/** What the last decision of one case, refusals too, was computed from. */
export const lastDecided = (tx: Tx, caseId: string) =>
  tx.maybe<{ item: string; inputs: Inputs }>(
    `select f.item, d.inputs from case_decision d
       join case_file f on f.county_code = d.county_code and f.id = d.case_id
      where d.county_code = app_county() and d.case_id = $1 order by d.seq desc limit 1`,
    [caseId],
  );

export interface DecidedRow {
  readonly caseId: string;
  readonly kind: DecisionKind;
  readonly on: IsoDate;
  readonly amountFen: number | null;
  readonly fromMonth: Month | null;
  /** As the page of the decision says it: what was found, and the figures that decided. */
  readonly conclusion: string;
  readonly highlights: readonly { readonly label: string; readonly text: string }[];
}
/** Every decision of these cases, in the order in which they were given. */
export const decisionsOf = (tx: Tx, caseIds: readonly string[]) =>
  tx.query<DecidedRow>(
    `select case_id as "caseId", kind, decided_on as "on", amount_fen as "amountFen", from_month as "fromMonth",
       coalesce(explanation->>'conclusion', '') as conclusion, coalesce(explanation->'highlights', '[]') as highlights
     from case_decision where county_code = app_county() and case_id = any ($1::uuid[]) order by decided_at, case_id`,
    [caseIds],
  );

/** What was given to the rules, by decision. */
export async function inputsOf(tx: Tx, decisionIds: readonly string[]): Promise<Map<string, Inputs>> {
  if (decisionIds.length === 0) return new Map();
  const rows = await tx.query<{ id: string; inputs: Inputs }>(
    "select id, inputs from case_decision where county_code = app_county() and id = any ($1)",
    [decisionIds],
  );
  return new Map(rows.map((r) => [r.id, r.inputs]));
}

export interface RefusedCase {
  readonly caseId: string;
  readonly householdId: string | null;
  readonly applicantId: string;
  readonly divisionCode: string;
  readonly decidedOn: IsoDate;
  readonly inputs: Inputs;
}

/** By household where there is one, else by applicant: the last decision, if it is a refusal. */
export const refusals = (tx: Tx, item: string, since: IsoDate): Promise<RefusedCase[]> =>
  tx.query(
    `select * from (
       select distinct on (coalesce(f.household_id, f.applicant_id))
              d.kind, f.id as "caseId", f.household_id as "householdId", f.applicant_id as "applicantId",
              f.division_code as "divisionCode", d.decided_on as "decidedOn", d.inputs
         from case_decision d
         join case_file f on f.county_code = d.county_code and f.id = d.case_id
        where d.county_code = app_county() and f.item = $1 and d.decided_on >= $2
        order by coalesce(f.household_id, f.applicant_id), d.decided_at desc, d.seq desc) last
      where kind = 'refuse'`,
    [item, since],
  );

// ── not what the rules gave ──────────────────────────────────────────────────────────────────────────────────────────

export interface DeviatingRow {
  readonly id: string;
  readonly caseId: string;
  readonly item: string;
  readonly number: string;
  readonly applicantName: string;
  readonly divisionCode: string;
  readonly kind: DecisionKind;
  readonly decidedOn: IsoDate;
  readonly decidedBy: string;
  readonly reviewedBy: string | null;
  readonly note: string | null;
}
const DEVIATING = `select d.id, d.case_id as "caseId", f.item, f.number, f.applicant_name as "applicantName",
    f.division_code as "divisionCode", d.kind, d.decided_on as "decidedOn", d.decided_by as "decidedBy",
    v.reviewed_by_name as "reviewedBy", v.note
  from case_decision d
  join case_file f on f.county_code = d.county_code and f.id = d.case_id
  left join case_deviation_review v on v.county_code = d.county_code and v.decision_id = d.id
  where d.county_code = app_county() and d.deviates`;

/** Not this person's own; the oldest first, no more than a desk holds. */
export const unreviewed = (tx: Tx) =>
  tx.query<DeviatingRow>(
    `${DEVIATING} and v.decision_id is null and d.account_id is distinct from app_account()
     order by d.decided_at, d.id limit 50`,
  );
/** Sent back to the role that took them, until the applicant's matter is decided again. */
export const sentBack = (tx: Tx, role: string) =>
  tx.query<DeviatingRow>(
    `${DEVIATING} and v.result = 'redo'
       and exists (select from case_action a where a.county_code = d.county_code and a.case_id = d.case_id
         and a.seq = d.seq and a.role = $1)
       and not exists (select from case_decision x join case_file y on y.county_code = x.county_code and y.id = x.case_id
         where x.county_code = d.county_code and y.item = f.item and y.applicant_id = f.applicant_id
           and x.decided_at > d.decided_at)
     order by v.reviewed_at, d.id limit 50`,
    [role],
  );
export const deviating = (tx: Tx, id: string) =>
  tx.maybe<{ caseId: string; accountId: string | null; deviates: boolean }>(
    `select case_id as "caseId", account_id as "accountId", deviates from case_decision
     where county_code = app_county() and id = $1`,
    [id],
  );
/** False where there is one already. */
export async function insertReview(
  tx: Tx,
  v: { decisionId: string; result: string; note: string; at: Date },
): Promise<boolean> {
  const made = await tx.query(
    `insert into case_deviation_review (county_code, decision_id, result, note, reviewed_at, reviewed_by, reviewed_by_name)
     values (app_county(), $1, $2, $3, $4, app_account(), $5) on conflict do nothing returning 1`,
    [v.decisionId, v.result, v.note, v.at, tx.actor.name],
  );
  return made.length > 0;
}
export const reviewedSo = async (tx: Tx, v: { decisionId: string; result: string; note: string }) =>
  (await tx.maybe(
    `select 1 from case_deviation_review where county_code = app_county() and decision_id = $1 and result = $2
       and note = $3 and reviewed_by = app_account()`,
    [v.decisionId, v.result, v.note],
  )) !== undefined;
