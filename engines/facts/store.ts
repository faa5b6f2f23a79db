import type { Tx } from "@wuxin/platform";
import type { FactScalar, FactSource, SubjectKind } from "./model.ts";

export interface FactRow {
  readonly id: string;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly name: string;
  readonly value: FactScalar;
  readonly source: FactSource;
  readonly rank: number;
  readonly reference: string | null;
  readonly validFrom: string;
  readonly recordedAt: string;
  readonly recordedByName: string;
  readonly caseId: string | null;
}

export interface NewFact extends Omit<FactRow, "recordedAt" | "recordedByName"> {
  readonly divisionCode: string | null;
  readonly applicantId: string | null;
}

/** Ids are the caller's: a repeated fact is the same fact. Gives the number added. */
export function insertFacts(tx: Tx, rows: readonly NewFact[], at: Date): Promise<number> {
  return tx.exec(
    `insert into fact (county_code, id, subject_kind, subject_id, name, value, source, source_rank, reference, valid_from,
                       recorded_at, recorded_by_name, case_id, division_code, applicant_id)
     select $1, f.id, f."subjectKind", f."subjectId", f.name, coalesce(f.value, 'null'), f.source, f.rank, f.reference, f."validFrom",
            $2, $3, f."caseId", f."divisionCode", f."applicantId"
       from jsonb_to_recordset($4::jsonb) as f(
         id uuid, "subjectKind" text, "subjectId" uuid, name text, value jsonb, source text, rank int, reference text,
         "validFrom" date, "caseId" uuid, "divisionCode" text, "applicantId" uuid)
     on conflict (county_code, id) do nothing`,
    [tx.actor.countyCode, at, tx.actor.name, JSON.stringify(rows)],
  );
}

const FACT = `id, subject_kind as "subjectKind", subject_id as "subjectId", name, value, source, source_rank as rank, reference,
  valid_from as "validFrom", recorded_at as "recordedAt", recorded_by_name as "recordedByName", case_id as "caseId"`;

/** Everything said about these subjects that is valid on a day. */
export function readFacts(tx: Tx, subjectIds: readonly string[], on: string): Promise<FactRow[]> {
  return tx.query(
    `select ${FACT} from fact where county_code = $1 and subject_id = any($2::uuid[]) and valid_from <= $3`,
    [tx.actor.countyCode, subjectIds, on],
  );
}

export function readHistory(tx: Tx, subjectId: string, kind: SubjectKind): Promise<FactRow[]> {
  return tx.query(
    `select ${FACT} from fact where county_code = $1 and subject_id = $2 and subject_kind = $3
      order by recorded_at desc, id desc`,
    [tx.actor.countyCode, subjectId, kind],
  );
}

/** Only the standing value, for many subjects. */
export function readValues(
  tx: Tx,
  kind: SubjectKind,
  subjectIds: readonly string[],
  names: readonly string[] | null,
  on: string,
): Promise<{ subjectId: string; name: string; value: FactScalar }[]> {
  return tx.query(
    `select distinct on (subject_id, name) subject_id as "subjectId", name, value
       from fact
      where county_code = $1 and subject_id = any($2::uuid[]) and subject_kind = $3 and ($4::text[] is null or name = any($4))
        and valid_from <= $5
      order by subject_id, name, source_rank desc, recorded_at desc, id desc`,
    [tx.actor.countyCode, subjectIds, kind, names, on],
  );
}
