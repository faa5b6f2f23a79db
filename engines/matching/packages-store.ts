/** SQL of 委托核对批次: packages, whom they ask about, and what came back. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export interface PackageRecord {
  id: string;
  number: string;
  persons: number;
  lines: number;
  digest: string;
  madeAt: string;
  madeBy: string;
  madeByName: string;
  sentAt: string | null;
  sentByName: string | null;
  dueOn: IsoDate | null;
  receiptOn: IsoDate | null;
  receiptNumber: string | null;
  receiptLines: number | null;
  receiptByName: string | null;
  /** A sent package withdrawn; dropped drafts are told nowhere. */
  endedAt: string | null;
  endedByName: string | null;
  endedBecause: string | null;
  /** Rows with an answer, lines of all answers that were refused. */
  answered: number;
  refused: number;
}
const PACKAGE = `k.id, k.number, k.persons, k.lines, k.digest, k.made_at as "madeAt", k.made_by as "madeBy",
  k.made_by_name as "madeByName", k.sent_at as "sentAt", k.sent_by_name as "sentByName", k.due_on as "dueOn",
  k.receipt_on as "receiptOn", k.receipt_number as "receiptNumber", k.receipt_lines as "receiptLines",
  k.receipt_by_name as "receiptByName", k.ended_at as "endedAt", k.ended_by_name as "endedByName",
  k.ended_because as "endedBecause",
  (select count(*)::int from check_package_row r where r.county_code = k.county_code and r.package_id = k.id
    and r.answer_id is not null) as answered,
  (select coalesce(sum(a.lines - a.accepted), 0)::int from check_answer a where a.county_code = k.county_code
    and a.package_id = k.id) as refused`;
const TOLD = "k.county_code = app_county() and (k.ended_at is null or k.sent_at is not null)";
const UNANSWERED = `exists (select from check_package_row r where r.county_code = k.county_code and r.package_id = k.id
  and r.answer_id is null)`;

export const findPackage = (tx: Tx, id: string) =>
  tx.maybe<PackageRecord>(`select ${PACKAGE} from check_package k where ${TOLD} and k.id = $1`, [id]);
export const packageNumbered = (tx: Tx, numbers: readonly string[]) =>
  tx.maybe<{ id: string }>(
    `select k.id from check_package k where ${TOLD} and k.number = any ($1::text[]) order by k.made_at desc limit 1`,
    [numbers],
  );
export const listPackages = (tx: Tx, limit: number) =>
  tx.query<PackageRecord>(
    `select ${PACKAGE} from check_package k where ${TOLD} order by k.made_at desc, k.id limit $1`,
    [limit],
  );
/** Drafts, and sent ones that are still to be answered. */
export const openPackages = (tx: Tx) =>
  tx.query<PackageRecord>(
    `select ${PACKAGE} from check_package k where k.county_code = app_county() and k.ended_at is null
       and (k.sent_at is null or ${UNANSWERED}) order by k.made_at`,
  );
export const holdPackage = (tx: Tx, id: string) =>
  tx.exec("select from check_package where county_code = app_county() and id = $1 for update", [id]);
export const fileOf = (tx: Tx, id: string) =>
  tx.one<{ sealed: Buffer }>(
    "select file_sealed as sealed from check_package where county_code = app_county() and id = $1",
    [id],
  );

export interface AskedRow {
  line: number;
  personId: string;
  idNoDigest: Buffer;
  feed: string;
  item: string;
}
export async function insertPackage(
  tx: Tx,
  p: Pick<PackageRecord, "id" | "number" | "persons" | "digest"> & {
    rows: readonly AskedRow[];
    of: readonly { readonly caseId: string; readonly personId: string }[];
    fileSealed: Buffer;
    at: Date;
  },
): Promise<void> {
  await tx.exec(
    `insert into check_package (county_code, id, number, persons, lines, digest, file_sealed, made_at, made_by, made_by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, app_account(), $8)`,
    [p.id, p.number, p.persons, p.rows.length, p.digest, p.fileSealed, p.at, tx.actor.name],
  );
  await tx.exec(
    `insert into check_package_case (county_code, package_id, case_id, person_id)
     select app_county(), $1, u.* from unnest($2::uuid[], $3::uuid[]) u`,
    [p.id, p.of.map((o) => o.caseId), p.of.map((o) => o.personId)],
  );
  const column = <K extends keyof AskedRow>(k: K) => p.rows.map((r) => r[k]);
  await tx.exec(
    `insert into check_package_row (county_code, package_id, line, person_id, id_no_digest, feed, item)
     select app_county(), $1, u.* from unnest($2::int[], $3::uuid[], $4::bytea[], $5::text[], $6::text[]) u`,
    [p.id, column("line"), column("personId"), column("idNoDigest"), column("feed"), column("item")],
  );
}
export const markSent = (tx: Tx, id: string, at: Date, dueOn: IsoDate) =>
  tx.exec(
    `update check_package set sent_at = $2, sent_by = app_account(), sent_by_name = $3, due_on = $4
     where county_code = app_county() and id = $1`,
    [id, at, tx.actor.name, dueOn],
  );
export const markReceipt = (tx: Tx, id: string, r: { on: IsoDate; number: string; lines: number }) =>
  tx.exec(
    `update check_package set receipt_on = $2, receipt_number = $3, receipt_lines = $4, receipt_by_name = $5
     where county_code = app_county() and id = $1`,
    [id, r.on, r.number, r.lines, tx.actor.name],
  );
export const markEnded = (tx: Tx, id: string, at: Date, because: string | null) =>
  tx.exec(
    `update check_package set ended_at = $2, ended_by_name = $3, ended_because = $4
     where county_code = app_county() and id = $1`,
    [id, at, tx.actor.name, because],
  );

/** Open cases that asked for a 核对 and were not answered, oldest first. */
export const waitingCases = (tx: Tx) =>
  tx.query<{ caseId: string }>(
    `select f.id as "caseId" from case_file f
     where f.county_code = app_county() and f.is_open and exists (
         select from case_action a where a.county_code = f.county_code and a.case_id = f.id and a.outcome ? 'verification'
           and not exists (select from case_action b where b.county_code = f.county_code and b.case_id = f.id
             and b.outcome -> 'answer' ->> 'number' = a.outcome -> 'verification' ->> 'number'))
     order by f.submitted_at, f.id`,
  );
/** Of these cases, in their order, those that asked for a 核对 when they were applied for. */
export const thoseAsking = async (tx: Tx, cases: readonly string[]): Promise<string[]> => {
  const asking = await tx.query<{ id: string }>(
    `select distinct case_id as id from case_action
     where county_code = app_county() and case_id = any ($1::uuid[]) and outcome ? 'verification'`,
    [cases],
  );
  const ids = new Set(asking.map((c) => c.id));
  return cases.filter((id) => ids.has(id));
};
/**
 * Of each of these cases the newest package. It holds the case while it may still be answered in time: not while it was
 * withdrawn, answered or is overdue.
 */
export const newestOf = (tx: Tx, cases: readonly string[], today: IsoDate) =>
  tx.query<{ caseId: string; packageId: string; number: string; holds: boolean; answered: boolean }>(
    `select distinct on (o.case_id) o.case_id as "caseId", k.id as "packageId", k.number,
       k.ended_at is null and (k.sent_at is null or (k.due_on >= $2 and ${UNANSWERED})) as holds,
       not ${UNANSWERED} as answered
     from check_package_case o join check_package k on k.county_code = o.county_code and k.id = o.package_id
     where ${TOLD} and o.case_id = any ($1::uuid[]) order by o.case_id, k.made_at desc`,
    [cases, today],
  );

/** For which cases a package asks: of each, how many of its people's rows were answered. */
export const casesOf = (tx: Tx, id: string) =>
  tx.query<{
    caseId: string;
    caseNumber: string;
    item: string;
    divisionCode: string;
    applicant: string;
    persons: number;
    lines: number;
    answered: number;
  }>(
    `select f.id as "caseId", f.number as "caseNumber", f.item, f.division_code as "divisionCode",
       coalesce(p.name, '') as applicant, count(distinct o.person_id)::int as persons, count(r.line)::int as lines,
       count(r.answer_id)::int as answered
     from check_package_case o
     join case_file f on f.county_code = o.county_code and f.id = o.case_id
     left join person p on p.county_code = f.county_code and p.id = f.applicant_id
     left join check_package_row r on r.county_code = o.county_code and r.package_id = o.package_id
       and r.person_id = o.person_id
     where o.county_code = app_county() and o.package_id = $1
     group by f.county_code, f.id, p.name order by f.number`,
    [id],
  );

export interface PackageRow extends AskedRow {
  name: string;
  asOf: IsoDate | null;
  foundSealed: Buffer | null;
}
export const rowsOf = (tx: Tx, id: string) =>
  tx.query<PackageRow>(
    `select r.line, r.person_id as "personId", r.id_no_digest as "idNoDigest", r.feed, r.item,
       coalesce(p.name, '') as name, r.as_of as "asOf", r.found_sealed as "foundSealed"
     from check_package_row r
     left join person p on p.county_code = r.county_code and p.id = r.person_id
     where r.county_code = app_county() and r.package_id = $1 order by r.line`,
    [id],
  );

export const hasAnswer = async (tx: Tx, id: string) =>
  (await tx.maybe("select id from check_answer where county_code = app_county() and id = $1", [id])) !==
  undefined;
interface AnswerFile {
  readonly id: string;
  readonly fileName: string;
  readonly digest: string;
  readonly at: Date;
}
/** False where this very file was taken before. */
export async function insertAnswer(
  tx: Tx,
  a: AnswerFile & {
    readonly packageId: string;
    readonly lines: number;
    readonly refused: readonly { readonly line: number; readonly reason: string }[];
  },
): Promise<boolean> {
  const done = await tx.exec(
    `insert into check_answer (county_code, id, package_id, file_name, digest, lines, accepted, received_at, received_by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8) on conflict (county_code, package_id, digest) do nothing`,
    [a.id, a.packageId, a.fileName, a.digest, a.lines, a.lines - a.refused.length, a.at, tx.actor.name],
  );
  if (done === 0) return false;
  await tx.exec(
    `insert into check_answer_refusal (county_code, answer_id, line, reason)
     select app_county(), $1, u.* from unnest($2::int[], $3::text[]) u`,
    [a.id, a.refused.map((r) => r.line), a.refused.map((r) => r.reason)],
  );
  return true;
}
/** A file of which nothing was taken. */
export const insertRefusedAnswer = (tx: Tx, a: AnswerFile & { readonly refusal: string }) =>
  tx.exec(
    `insert into check_answer (county_code, id, file_name, digest, lines, accepted, refusal, received_at, received_by_name)
     values (app_county(), $1, $2, $3, 0, 0, $4, $5, $6) on conflict do nothing`,
    [a.id, a.fileName, a.digest, a.refusal, a.at, tx.actor.name],
  );
export const answerRows = (
  tx: Tx,
  packageId: string,
  answerId: string,
  rows: readonly { readonly line: number; readonly asOf: IsoDate; readonly foundSealed: Buffer }[],
) =>
  tx.exec(
    `update check_package_row r set answer_id = $2, as_of = u.as_of, found_sealed = u.found
     from unnest($3::int[], $4::date[], $5::bytea[]) u (line, as_of, found)
     where r.county_code = app_county() and r.package_id = $1 and r.line = u.line and r.answer_id is null`,
    [packageId, answerId, rows.map((r) => r.line), rows.map((r) => r.asOf), rows.map((r) => r.foundSealed)],
  );
interface AnswerRecord {
  id: string;
  fileName: string;
  lines: number;
  accepted: number;
  refusal: string | null;
  receivedAt: string;
  receivedByName: string;
}
const ANSWER = `a.id, a.file_name as "fileName", a.lines, a.accepted, a.refusal, a.received_at as "receivedAt",
  a.received_by_name as "receivedByName"`;
export const answersOf = (tx: Tx, packageId: string) =>
  tx.query<AnswerRecord>(
    `select ${ANSWER} from check_answer a where a.county_code = app_county() and a.package_id = $1
     order by a.received_at, a.id`,
    [packageId],
  );
export const refusedAnswers = (tx: Tx, limit: number) =>
  tx.query<AnswerRecord>(
    `select ${ANSWER} from check_answer a where a.county_code = app_county() and a.package_id is null
     order by a.received_at desc, a.id limit $1`,
    [limit],
  );
export const refusalsOf = (tx: Tx, packageId: string) =>
  tx.query<{ answerId: string; line: number; reason: string }>(
    `select x.answer_id as "answerId", x.line, x.reason from check_answer_refusal x
     join check_answer a on a.county_code = x.county_code and a.id = x.answer_id
     where x.county_code = app_county() and a.package_id = $1 order by a.received_at, x.line limit 500`,
    [packageId],
  );

/** Of these people, what was answered last about each item. */
export const answered = (tx: Tx, personIds: readonly string[]) =>
  tx.query<{ personId: string; feed: string; item: string; asOf: IsoDate; foundSealed: Buffer }>(
    `select distinct on (person_id, item) person_id as "personId", feed, item, as_of as "asOf", found_sealed as "foundSealed"
     from check_package_row where county_code = app_county() and person_id = any ($1::uuid[]) and answer_id is not null
     order by person_id, item, as_of desc, package_id desc`,
    [personIds],
  );
