/** SQL of 核对 reports and objections. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { DECLARED_BESIDE_FOUND } from "./model.ts";

export type Purpose = "application" | "recheck" | "objection";
export interface CheckRecord {
  id: string;
  number: string;
  purpose: Purpose;
  caseId: string;
  applicantId: string;
  applicant: string;
  divisionCode: string;
  persons: number;
  differences: number;
  madeOn: IsoDate;
  validUntil: IsoDate;
  madeByName: string;
  replaces: string | null;
  replacedBy: string | null;
  openObjections: number;
}
const CHECK = `c.id, c.number, c.purpose, c.case_id as "caseId", c.applicant_id as "applicantId",
  coalesce(p.name, '（不在管辖范围）') as applicant, c.division_code as "divisionCode", c.persons, c.differences,
  c.made_on as "madeOn", c.valid_until as "validUntil", c.made_by_name as "madeByName", c.replaces,
  (select r.number from means_check r where r.county_code = c.county_code and r.replaces = c.id limit 1) as "replacedBy",
  (select count(*)::int from means_objection o where o.county_code = c.county_code and o.check_id = c.id
    and o.answered_on is null) as "openObjections"`;
const FROM =
  "from means_check c left join person p on p.county_code = c.county_code and p.id = c.applicant_id";

export async function insertCheck(
  tx: Tx,
  c: Pick<
    CheckRecord,
    | "id"
    | "number"
    | "purpose"
    | "caseId"
    | "applicantId"
    | "divisionCode"
    | "persons"
    | "differences"
    | "madeOn"
    | "validUntil"
    | "replaces"
  > & {
    batchId: string | null;
    sealed: Buffer;
    at: Date;
  },
): Promise<void> {
  await tx.exec(
    `insert into means_check (county_code, id, number, purpose, batch_id, case_id, applicant_id, division_code, persons,
       differences, report_sealed, made_on, valid_until, made_at, made_by, made_by_name, replaces)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, app_account(), $14, $15)`,
    [
      ...[
        c.id,
        c.number,
        c.purpose,
        c.batchId,
        c.caseId,
        c.applicantId,
        c.divisionCode,
        c.persons,
        c.differences,
      ],
      ...[c.sealed, c.madeOn, c.validUntil, c.at, tx.actor.name, c.replaces],
    ],
  );
}
export const findCheck = (tx: Tx, id: string) =>
  tx.maybe<CheckRecord & { sealed: Buffer }>(
    `select ${CHECK}, c.report_sealed as sealed ${FROM} where c.county_code = app_county() and c.id = $1`,
    [id],
  );
/** Once for the same differences; told again, it is seen again. Gives whether it is new. */
export async function insertDoubt(
  tx: Tx,
  a: {
    readonly id: string;
    readonly checkId: string;
    readonly personId: string;
    readonly householdId: string | null;
    readonly divisionCode: string;
    readonly title: string;
    readonly level: number;
    readonly reasonSealed: Buffer;
    readonly today: IsoDate;
  },
): Promise<boolean> {
  const { feed, code, version, proposes } = DECLARED_BESIDE_FOUND;
  const done = await tx.one<{ fresh: boolean }>(
    `insert into alert as a (county_code, id, feed, rule, rule_version, level, proposes, person_id, household_id,
       division_code, title, reason_sealed, check_id, raised_on, last_seen_on)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
     on conflict (county_code, id) do update set seen = a.seen + 1, last_seen_on = excluded.last_seen_on
     returning (xmax = 0) as fresh`,
    [
      ...[a.id, feed, code, version, a.level, proposes, a.personId, a.householdId, a.divisionCode, a.title],
      ...[a.reasonSealed, a.checkId, a.today],
    ],
  );
  return done.fresh;
}
/** Of these cases, newest first. */
export const checksOf = (tx: Tx, cases: readonly string[]) =>
  tx.query<CheckRecord>(
    `select ${CHECK} ${FROM} where c.county_code = app_county() and c.case_id = any ($1::uuid[])
     order by c.made_at desc, c.id limit 100`,
    [cases],
  );
export async function listChecks(
  tx: Tx,
  q: { case?: string | undefined; differing?: boolean | undefined; page?: number | undefined },
): Promise<{ rows: CheckRecord[]; total: number }> {
  const where = `c.county_code = app_county() and ($1::uuid is null or c.case_id = $1) and (not $2 or c.differences > 0)`;
  const values = [q.case ?? null, q.differing ?? false];
  const { total } = await tx.one<{ total: number }>(
    `select count(*)::int as total from means_check c where ${where}`,
    values,
  );
  const rows = await tx.query<CheckRecord>(
    `select ${CHECK} ${FROM} where ${where} order by c.made_at desc, c.id limit 20 offset $3`,
    [...values, ((q.page ?? 1) - 1) * 20],
  );
  return { rows, total };
}

export interface ObjectionRecord {
  id: string;
  reasonSealed: Buffer;
  raisedOn: IsoDate;
  raisedByName: string;
  raisedBy: string | null;
  answeredOn: IsoDate | null;
  answerSealed: Buffer | null;
  answeredByName: string | null;
}
export const objectionsOf = (tx: Tx, checkId: string) =>
  tx.query<ObjectionRecord>(
    `select id, reason_sealed as "reasonSealed", raised_on as "raisedOn", raised_by_name as "raisedByName", raised_by as "raisedBy",
       answered_on as "answeredOn", answer_sealed as "answerSealed", answered_by_name as "answeredByName"
     from means_objection where county_code = app_county() and check_id = $1 order by raised_on, id`,
    [checkId],
  );
export const insertObjection = (
  tx: Tx,
  o: { id: string; checkId: string; reasonSealed: Buffer; on: IsoDate },
) =>
  tx.exec(
    `insert into means_objection (county_code, id, check_id, reason_sealed, raised_on, raised_by_name, raised_by)
     values (app_county(), $1, $2, $3, $4, $5, app_account()) on conflict do nothing`,
    [o.id, o.checkId, o.reasonSealed, o.on, tx.actor.name],
  );
export const answerObjections = (tx: Tx, checkId: string, on: IsoDate, answerSealed: Buffer) =>
  tx.exec(
    `update means_objection set answered_on = $2, answer_sealed = $3, answered_by_name = $4
     where county_code = app_county() and check_id = $1 and answered_on is null`,
    [checkId, on, answerSealed, tx.actor.name],
  );

/** Cases whose award is in payment and whose class is due in this month: class → months between two checks. */
export const inPayment = (tx: Tx, month: Month) =>
  tx.query<{ caseId: string; reviewClass: string | null; lastCheck: IsoDate | null; fromMonth: Month }>(
    `select distinct on (e.case_id) e.case_id as "caseId", e.review_class as "reviewClass", e.from_month as "fromMonth",
       (select max(c.made_on) from means_check c where c.county_code = e.county_code and c.case_id = e.case_id) as "lastCheck"
     from entitlement e
     where e.county_code = app_county() and e.case_id is not null and e.from_month <= $1
       and (e.end_month is null or e.end_month >= $1)
     order by e.case_id`,
    [month],
  );
