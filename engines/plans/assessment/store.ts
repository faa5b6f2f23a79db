/** The SQL of assessments. Nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { AssessmentKind, Content } from "./model.ts";

type Person = { readonly id: string; readonly name: string };
export interface AssessmentRecord {
  id: string;
  planId: string;
  kind: AssessmentKind;
  begunAt: string;
  begunByName: string;
}
const HEAD = `id, plan_id as "planId", kind, begun_at as "begunAt", begun_by_name as "begunByName"`;

export const find = (tx: Tx, id: string) =>
  tx.maybe<AssessmentRecord>(
    `select ${HEAD} from plan_assessment where county_code = app_county() and id = $1`,
    [id],
  );
export const ofPlan = (tx: Tx, planId: string) =>
  tx.query<AssessmentRecord & { asOf: IsoDate }>(
    `select ${HEAD}, (select r.as_of from plan_assessment_reading r where r.county_code = a.county_code
       and r.assessment_id = a.id order by r.version desc limit 1) as "asOf"
     from plan_assessment a where county_code = app_county() and plan_id = $1 order by begun_at`,
    [planId],
  );
/** @returns false when the plan has one of the kind */
export const insert = async (
  tx: Tx,
  a: Pick<AssessmentRecord, "id" | "planId" | "kind"> & { at: string },
  by: Person,
): Promise<boolean> =>
  (
    await tx.query(
      `insert into plan_assessment (county_code, id, plan_id, kind, begun_at, begun_by, begun_by_name)
       values (app_county(), $1, $2, $3, $4, $5, $6) on conflict do nothing returning 1`,
      [a.id, a.planId, a.kind, a.at, by.id, by.name],
    )
  ).length > 0;

export interface ReadingRecord {
  version: number;
  asOf: IsoDate;
  content: Content;
  readAt: string;
  readByName: string;
}
/** The newest. */
export const reading = (tx: Tx, id: string) =>
  tx.maybe<ReadingRecord>(
    `select version, as_of as "asOf", content, read_at as "readAt", read_by_name as "readByName"
     from plan_assessment_reading where county_code = app_county() and assessment_id = $1 order by version desc limit 1`,
    [id],
  );
/** @returns false when somebody else read that version in the meantime */
export const insertReading = async (
  tx: Tx,
  id: string,
  r: Pick<ReadingRecord, "version" | "asOf" | "content"> & { at: string },
  by: Person,
): Promise<boolean> =>
  (
    await tx.query(
      `insert into plan_assessment_reading (county_code, assessment_id, version, as_of, content, read_at, read_by, read_by_name)
       values (app_county(), $1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning 1`,
      [id, r.version, r.asOf, JSON.stringify(r.content), r.at, by.id, by.name],
    )
  ).length > 0;

export interface WordRecord {
  targetId: string;
  why: string;
  measures: string;
  at: string;
  byName: string;
}
/** The last about each line. */
export const words = (tx: Tx, id: string) =>
  tx.query<WordRecord>(
    `select distinct on (target_id) target_id as "targetId", why, measures, at, actor_name as "byName"
     from plan_assessment_word where county_code = app_county() and assessment_id = $1
     order by target_id, position desc`,
    [id],
  );
export const insertWord = (
  tx: Tx,
  assessmentId: string,
  w: Omit<WordRecord, "byName"> & { id: string },
  by: Person,
) =>
  tx.exec(
    `insert into plan_assessment_word (county_code, id, assessment_id, target_id, why, measures, at, actor_id, actor_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8) on conflict (county_code, id) do nothing`,
    [w.id, assessmentId, w.targetId, w.why, w.measures, w.at, by.id, by.name],
  );

export interface AdjustmentRecord {
  id: string;
  assessmentId: string;
  targetId: string;
  valueBefore: number;
  value: number;
  dueBefore: IsoDate;
  due: IsoDate;
  reason: string;
  proposedAt: string;
  proposedBy: string;
  proposedByName: string;
  agreed: boolean | null;
  decidedAt: string | null;
  decidedByName: string | null;
}
const ADJUSTMENT = `id, assessment_id as "assessmentId", target_id as "targetId", value_before::float8 as "valueBefore",
  value::float8 as value, due_before as "dueBefore", due_on as due, reason, proposed_at as "proposedAt",
  proposed_by as "proposedBy", proposed_by_name as "proposedByName", agreed, decided_at as "decidedAt",
  decided_by_name as "decidedByName"`;
export const adjustments = (tx: Tx, id: string) =>
  tx.query<AdjustmentRecord>(
    `select ${ADJUSTMENT} from plan_adjustment where county_code = app_county() and assessment_id = $1
     order by proposed_at, id`,
    [id],
  );
/** For whoever decides: one at a time. */
export const findAdjustment = (tx: Tx, id: string) =>
  tx.maybe<AdjustmentRecord>(
    `select ${ADJUSTMENT} from plan_adjustment where county_code = app_county() and id = $1 for update`,
    [id],
  );
/** @returns false when the target has a proposal that nobody decided */
export const insertAdjustment = async (
  tx: Tx,
  a: Pick<
    AdjustmentRecord,
    "id" | "assessmentId" | "targetId" | "valueBefore" | "value" | "dueBefore" | "due" | "reason"
  > & { at: string },
  by: Person,
): Promise<boolean> =>
  (
    await tx.query(
      `insert into plan_adjustment (county_code, id, assessment_id, target_id, value_before, value, due_before, due_on,
                                    reason, proposed_at, proposed_by, proposed_by_name)
       values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning 1`,
      [
        ...[a.id, a.assessmentId, a.targetId, a.valueBefore, a.value, a.dueBefore, a.due, a.reason, a.at],
        ...[by.id, by.name],
      ],
    )
  ).length > 0;
export const decideAdjustment = (tx: Tx, id: string, agreed: boolean, at: string, by: Person) =>
  tx.exec(
    `update plan_adjustment set agreed = $2, decided_at = $3, decided_by = $4, decided_by_name = $5
     where county_code = app_county() and id = $1`,
    [id, agreed, at, by.id, by.name],
  );

/** The summary that was drafted from it. */
export const report = (tx: Tx, id: string) =>
  tx.maybe<{ id: string }>(`select id from summary where county_code = app_county() and assessment_id = $1`, [
    id,
  ]);
