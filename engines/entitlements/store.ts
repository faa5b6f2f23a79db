/** The SQL of entitlements, and nothing else. Set-based reading for later engines is `entitlement_owed(month)`. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Amount, Coverage, DecisionKind, ReviewMethod, ReviewResult } from "./model.ts";

export interface EntitlementRecord {
  id: string;
  item: string;
  exclusivityGroup: string;
  subjectKind: "household" | "person";
  householdId: string | null;
  applicantId: string;
  payeeId: string;
  divisionCode: string;
  areaClass: string | null;
  caseId: string | null;
  fromMonth: Month;
  endMonth: Month | null;
  endReason: string | null;
  /** merged: its people go on in another household that draws. */
  endKind: "decision" | "death" | "merged" | null;
  endCause: string | null;
  endPersonId: string | null;
  reviewMonths: number;
  reviewClass: string | null;
  /** No money comes of it. */
  recognition: boolean;
}

const COLUMNS = `e.id, e.item, e.exclusivity_group as "exclusivityGroup", e.subject_kind as "subjectKind",
  e.household_id as "householdId", e.applicant_id as "applicantId", e.payee_id as "payeeId",
  e.division_code as "divisionCode", e.area_class as "areaClass", e.case_id as "caseId",
  e.from_month as "fromMonth", e.end_month as "endMonth", e.end_reason as "endReason", e.end_kind as "endKind",
  e.end_cause as "endCause", e.end_person_id as "endPersonId", e.review_months as "reviewMonths", e.review_class as "reviewClass", e.recognition`;

export const find = (tx: Tx, id: string) =>
  tx.maybe<EntitlementRecord>(
    `select ${COLUMNS} from entitlement e where e.county_code = app_county() and e.id = $1`,
    [id],
  );

/** The one of this case, else the latest of this item and subject; locked until the transaction ends. */
export async function findForDecision(
  tx: Tx,
  of: { caseId: string; item: string; subjectId: string },
): Promise<EntitlementRecord | undefined> {
  const rows = await tx.query<EntitlementRecord>(
    `select ${COLUMNS} from entitlement e
     where e.county_code = app_county() and e.item = $2
       and (e.case_id = $1 or e.subject_id = $3)
     order by e.end_month is null desc, e.case_id is not distinct from $1 desc, e.from_month desc, e.id desc
     limit 1 for update`,
    [of.caseId, of.item, of.subjectId],
  );
  return rows[0];
}

/** False when this decision has been applied before. */
export async function claimDecision(
  tx: Tx,
  d: { decisionId: string; entitlementId: string; kind: DecisionKind; at: Date },
): Promise<boolean> {
  const n = await tx.exec(
    `insert into entitlement_decision (county_code, decision_id, entitlement_id, kind, applied_at)
     values (app_county(), $1, $2, $3, $4) on conflict do nothing`,
    [d.decisionId, d.entitlementId, d.kind, d.at],
  );
  return n === 1;
}

export const isApplied = async (tx: Tx, decisionId: string): Promise<boolean> =>
  (await tx.maybe(
    "select 1 as x from entitlement_decision where county_code = app_county() and decision_id = $1",
    [decisionId],
  )) !== undefined;

export async function insertEntitlement(
  tx: Tx,
  e: Omit<EntitlementRecord, "endMonth" | "endReason" | "endKind" | "endCause" | "endPersonId"> & {
    readonly openedAt: Date;
    /** split: its people drew before, in another household. */
    readonly openKind?: "split";
  },
): Promise<void> {
  await tx.exec(
    `insert into entitlement (county_code, id, item, exclusivity_group, subject_kind, household_id, applicant_id,
       payee_id, division_code, area_class, case_id, from_month, review_months, review_class, opened_at, open_kind, recognition)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      e.id,
      e.item,
      e.exclusivityGroup,
      e.subjectKind,
      e.householdId,
      e.applicantId,
      e.payeeId,
      e.divisionCode,
      e.areaClass,
      e.caseId,
      e.fromMonth,
      e.reviewMonths,
      e.reviewClass,
      e.openedAt,
      e.openKind ?? "decision",
      e.recognition,
    ],
  );
}

/** The entitlement row is locked by the caller, so the next number is free. */
export async function addAmount(
  tx: Tx,
  a: {
    entitlementId: string;
    fromMonth: Month;
    amountFen: number;
    persons: number;
    reason: string;
    decisionId: string | null;
    /** Of a change between two decisions. */
    basisId?: string | null;
    cause?: string | null;
    /** Of a later month of a decision: the rules by which it was computed. */
    ruleVersion?: string | null;
    at: Date;
  },
): Promise<void> {
  await tx.exec(
    `insert into entitlement_amount (county_code, entitlement_id, seq, from_month, amount_fen, persons, reason,
       decision_id, recorded_at, basis_id, cause, rule_version)
     select app_county(), $1, coalesce(max(x.seq), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10
     from entitlement_amount x where x.county_code = app_county() and x.entitlement_id = $1`,
    [
      ...[a.entitlementId, a.fromMonth, a.amountFen, a.persons, a.reason, a.decisionId, a.at],
      ...[a.basisId ?? null, a.cause ?? null, a.ruleVersion ?? null],
    ],
  );
}

export async function cover(tx: Tx, id: string, persons: readonly string[], fromMonth: Month): Promise<void> {
  await tx.exec(
    `insert into entitlement_person (county_code, entitlement_id, person_id, from_month)
     select app_county(), $1, p, $3 from unnest($2::uuid[]) p on conflict do nothing`,
    [id, persons, fromMonth],
  );
}

/** Null persons: everybody. Only shortens: who has left earlier stays so. `moved`: covered elsewhere from the month after. */
export async function uncover(
  tx: Tx,
  id: string,
  persons: readonly string[] | null,
  lastMonth: Month,
  reason: string,
  why: { readonly cause?: string | null; readonly moved?: true } = {},
): Promise<void> {
  await tx.exec(
    `update entitlement_person set end_month = $3, end_reason = $4, moved = $5, end_cause = $6
     where county_code = app_county() and entitlement_id = $1 and ($2::uuid[] is null or person_id = any($2))
       and (end_month is null or end_month > $3)`,
    [id, persons, lastMonth, reason, why.moved ?? false, why.cause ?? null],
  );
}

export async function end(
  tx: Tx,
  id: string,
  e: {
    endMonth: Month;
    reason: string;
    kind: NonNullable<EntitlementRecord["endKind"]>;
    personId: string | null;
    cause?: string | null;
  },
): Promise<void> {
  await tx.exec(
    `update entitlement set end_month = $2, end_reason = $3, end_kind = $4, end_person_id = $5, end_cause = $6
     where county_code = app_county() and id = $1`,
    [id, e.endMonth, e.reason, e.kind, e.personId, e.cause ?? null],
  );
}

export async function restate(
  tx: Tx,
  id: string,
  to: { payeeId: string; caseId: string; reviewMonths: number; reviewClass: string | null },
): Promise<void> {
  await tx.exec(
    `update entitlement set payee_id = $2, case_id = $3, review_months = $4, review_class = $5
     where county_code = app_county() and id = $1`,
    [id, to.payeeId, to.caseId, to.reviewMonths, to.reviewClass],
  );
}

export interface AmountRecord extends Amount {
  persons: number;
  reason: string;
  decisionId: string | null;
  repriceId: string | null;
  /** Of an amount of a run: whose facts it was computed from. */
  basisId: string | null;
  /** Of a later month of a decision: the rules by which it was computed. */
  ruleVersion: string | null;
  recordedAt: string;
}
export const amountsOf = (tx: Tx, id: string) =>
  tx.query<AmountRecord>(
    `select seq, from_month as "fromMonth", amount_fen as "amountFen", persons, reason, decision_id as "decisionId",
       reprice_id as "repriceId", basis_id as "basisId", rule_version as "ruleVersion",
       recorded_at as "recordedAt"
     from entitlement_amount where county_code = app_county() and entitlement_id = $1 order by seq`,
    [id],
  );

/** A paper told of this amount; told again, the same. */
export const addNotice = (
  tx: Tx,
  n: {
    entitlementId: string;
    seq: number;
    documentId: string;
    number: string;
    repriceId: string | null;
    divisionCode: string;
    issuedOn: IsoDate;
  },
) =>
  tx.exec(
    `insert into entitlement_notice (county_code, entitlement_id, seq, document_id, number, reprice_id, division_code, issued_on)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [n.entitlementId, n.seq, n.documentId, n.number, n.repriceId, n.divisionCode, n.issuedOn],
  );

export interface CoverageRecord extends Coverage {
  name: string;
}
/** With names; a resident outside the reader's scope has none. */
export const coverageOf = (tx: Tx, id: string) =>
  tx.query<CoverageRecord>(
    `select c.person_id as "personId", coalesce(p.name, '（不在管辖范围）') as name,
       c.from_month as "fromMonth", c.end_month as "endMonth"
     from entitlement_person c
     left join person p on p.county_code = c.county_code and p.id = c.person_id
     where c.county_code = app_county() and c.entitlement_id = $1
     order by c.from_month, c.person_id`,
    [id],
  );

/** Not ended before the month of death, and covering or paid to the person; locked in a fixed order. */
export const coveringPerson = (tx: Tx, personId: string) =>
  tx.query<EntitlementRecord>(
    `select ${COLUMNS} from entitlement e
     where e.county_code = app_county()
       and exists (select from entitlement_person c where c.county_code = e.county_code
                   and c.entitlement_id = e.id and c.person_id = $1)
     order by e.id for update`,
    [personId],
  );

export interface ReviewRecord {
  id: string;
  kind: "periodic" | "death" | "age";
  label: string;
  dueOn: IsoDate;
  doneOn: IsoDate | null;
  result: ReviewResult | null;
  method: ReviewMethod | null;
  note: string | null;
  by: string | null;
  requestId: string | null;
}
const REVIEW = `r.id, r.kind, r.label, r.due_on as "dueOn", r.done_on as "doneOn", r.result, r.method, r.note,
  r.done_by_name as by, r.request_id as "requestId"`;
export const reviewsOf = (tx: Tx, id: string) =>
  tx.query<ReviewRecord>(
    `select ${REVIEW} from entitlement_review r
     where r.county_code = app_county() and r.entitlement_id = $1 order by r.due_on desc, r.id desc`,
    [id],
  );

export const reviewByRequest = (tx: Tx, requestId: string) =>
  tx.maybe<ReviewRecord & { entitlementId: string }>(
    `select ${REVIEW}, r.entitlement_id as "entitlementId" from entitlement_review r
     where r.county_code = app_county() and r.request_id = $1`,
    [requestId],
  );

export async function openReview(
  tx: Tx,
  r: {
    id: string;
    entitlementId: string;
    kind: "periodic" | "death" | "age";
    aboutId: string;
    label: string;
    dueOn: IsoDate;
    at: Date;
  },
): Promise<void> {
  await tx.exec(
    `insert into entitlement_review (county_code, id, entitlement_id, kind, about_id, label, due_on, opened_at)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [r.id, r.entitlementId, r.kind, r.aboutId, r.label, r.dueOn, r.at],
  );
}

export interface ReviewAnswer {
  requestId: string | null;
  doneOn: IsoDate;
  result: ReviewResult;
  method: ReviewMethod;
  note: string;
  byName: string;
}
export async function closeReview(tx: Tx, reviewId: string, a: ReviewAnswer): Promise<number> {
  return tx.exec(
    `update entitlement_review set request_id = $2, done_on = $3, result = $4, method = $5, note = $6,
       done_by = app_account(), done_by_name = $7, pending = $4 <> 'continue'
     where county_code = app_county() and id = $1 and done_on is null`,
    [reviewId, a.requestId, a.doneOn, a.result, a.method, a.note, a.byName],
  );
}
/** A decision answers what is open and what was waiting for it. */
export async function answerReviews(tx: Tx, entitlementId: string, a: ReviewAnswer): Promise<void> {
  await tx.exec(
    `update entitlement_review set done_on = $2, result = $3, method = $4, note = $5,
       done_by = app_account(), done_by_name = $6
     where county_code = app_county() and entitlement_id = $1 and done_on is null`,
    [entitlementId, a.doneOn, a.result, a.method, a.note, a.byName],
  );
  await tx.exec(
    `update entitlement_review set pending = false
     where county_code = app_county() and entitlement_id = $1 and pending`,
    [entitlementId],
  );
}
