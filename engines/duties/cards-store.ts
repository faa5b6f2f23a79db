/** SQL of cards, field by field, and of fields that two phones wrote. Nothing else. */
import type { Tx } from "@wuxin/platform";

export interface CardRecord {
  subjectId: string;
  field: string;
  version: number;
  valueSealed: Buffer;
  at: string;
  byName: string;
}
/** The newest of each field. */
export const cards = (tx: Tx, subjects: readonly string[] | null) =>
  tx.query<CardRecord>(
    `select distinct on (subject_id, field) subject_id as "subjectId", field, version, value_sealed as "valueSealed", at,
       by_name as "byName"
     from card_field where county_code = app_county() and ($1::uuid[] is null or subject_id = any ($1))
     order by subject_id, field, version desc`,
    [subjects],
  );
export const addCardField = (
  tx: Tx,
  c: {
    subjectId: string;
    field: string;
    version: number;
    divisionCode: string;
    valueSealed: Buffer;
    at: Date;
  },
) =>
  tx.exec(
    `insert into card_field (county_code, subject_id, field, version, division_code, value_sealed, at, by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7)`,
    [c.subjectId, c.field, c.version, c.divisionCode, c.valueSealed, c.at, tx.actor.name],
  );
export const cardVersion = (tx: Tx, subjectId: string, field: string, version: number) =>
  tx.maybe<CardRecord>(
    `select subject_id as "subjectId", field, version, value_sealed as "valueSealed", at, by_name as "byName"
     from card_field where county_code = app_county() and subject_id = $1 and field = $2 and version = $3`,
    [subjectId, field, version],
  );

export interface ConflictRecord {
  id: string;
  subjectId: string;
  field: string;
  divisionCode: string;
  visitId: string;
  theirVersion: number;
  mineSealed: Buffer;
  at: string;
  byName: string;
  title: string;
}
export const addConflict = (
  tx: Tx,
  c: {
    id: string;
    subjectId: string;
    field: string;
    divisionCode: string;
    visitId: string;
    baseVersion: number;
    theirVersion: number;
    mineSealed: Buffer;
    at: Date;
  },
) =>
  tx.exec(
    `insert into card_conflict (county_code, id, subject_id, field, division_code, visit_id, base_version, their_version,
       mine_sealed, at, by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[
        c.id,
        c.subjectId,
        c.field,
        c.divisionCode,
        c.visitId,
        c.baseVersion,
        c.theirVersion,
        c.mineSealed,
        c.at,
      ],
      tx.actor.name,
    ],
  );
export const conflicts = (tx: Tx, id?: string) =>
  tx.query<ConflictRecord>(
    `select x.id, x.subject_id as "subjectId", x.field, x.division_code as "divisionCode", x.visit_id as "visitId",
       x.their_version as "theirVersion", x.mine_sealed as "mineSealed", x.at, x.by_name as "byName", v.title
     from card_conflict x join visit v on v.county_code = x.county_code and v.id = x.visit_id
     where x.county_code = app_county() and x.resolved_at is null and ($1::uuid is null or x.id = $1)
     order by x.at`,
    [id ?? null],
  );
export const resolveConflict = (tx: Tx, id: string, kept: "mine" | "theirs", at: Date) =>
  tx.exec(
    `update card_conflict set resolved_at = $3, resolved_by_name = $4, kept = $2
     where county_code = app_county() and id = $1 and resolved_at is null`,
    [id, kept, at, tx.actor.name],
  );
