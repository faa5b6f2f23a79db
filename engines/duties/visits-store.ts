/** SQL of visits and what they answered. Nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export interface VisitRecord {
  id: string;
  subjectId: string;
  personId: string | null;
  householdId: string | null;
  divisionCode: string;
  title: string;
  method: string;
  onDate: IsoDate;
  at: string;
  receivedAt: string;
  latitude: number | null;
  longitude: number | null;
  accuracyM: number | null;
  answersSealed: Buffer;
  photos: string[];
  signatureId: string | null;
  byName: string;
}
export async function insertVisit(
  tx: Tx,
  v: Omit<VisitRecord, "byName" | "receivedAt" | "at"> & {
    at: Date;
    deviceId: string | null;
    receivedAt: Date;
  },
): Promise<void> {
  await tx.exec(
    `insert into visit (county_code, id, subject_id, person_id, household_id, division_code, title, method, on_date, at,
       received_at, device_id, latitude, longitude, accuracy_m, answers_sealed, photos, signature_id, by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      ...[
        v.id,
        v.subjectId,
        v.personId,
        v.householdId,
        v.divisionCode,
        v.title,
        v.method,
        v.onDate,
        v.at,
        v.receivedAt,
      ],
      ...[
        v.deviceId,
        v.latitude,
        v.longitude,
        v.accuracyM,
        v.answersSealed,
        v.photos,
        v.signatureId,
        tx.actor.name,
      ],
    ],
  );
}
const VISIT = `v.id, v.subject_id as "subjectId", v.person_id as "personId", v.household_id as "householdId",
  v.division_code as "divisionCode", v.title, v.method, v.on_date as "onDate", v.at, v.received_at as "receivedAt",
  v.latitude, v.longitude, v.accuracy_m as "accuracyM", v.answers_sealed as "answersSealed", v.photos,
  v.signature_id as "signatureId", v.by_name as "byName"`;
export const findVisit = (tx: Tx, id: string) =>
  tx.maybe<VisitRecord>(`select ${VISIT} from visit v where v.county_code = app_county() and v.id = $1`, [
    id,
  ]);
export const visitsOf = (tx: Tx, subjects: readonly string[], persons: readonly string[]) =>
  tx.query<VisitRecord>(
    `select ${VISIT} from visit v where v.county_code = app_county()
       and (v.subject_id = any ($1::uuid[]) or v.person_id = any ($2::uuid[])) order by v.at desc limit 100`,
    [subjects, persons],
  );
export interface VisitFilter {
  readonly division?: string | undefined;
  /** Part of the name of who went. */
  readonly by?: string | undefined;
  readonly month?: Month | undefined;
}
export const recentVisits = (tx: Tx, limit: number, q: VisitFilter) =>
  tx.query<VisitRecord>(
    `select ${VISIT} from visit v where v.county_code = app_county()
       and ($2::text is null or starts_with(v.division_code, $2)) and ($3::text is null or strpos(v.by_name, $3) > 0)
       and ($4::text is null or to_char(v.on_date, 'YYYY-MM') = $4)
     order by v.at desc, v.id limit $1`,
    [limit, q.division ?? null, q.by?.trim() || null, q.month ?? null],
  );
/** Where a subject was last visited, by a phone that knew. */
export const lastPlaces = (tx: Tx, subjects: readonly string[]) =>
  tx.query<{ subjectId: string; latitude: number; longitude: number; onDate: IsoDate }>(
    `select distinct on (subject_id) subject_id as "subjectId", latitude, longitude, on_date as "onDate"
     from visit where county_code = app_county() and subject_id = any ($1::uuid[]) and latitude is not null
     order by subject_id, at desc, id`,
    [subjects],
  );
export const answer = (tx: Tx, visitId: string, kind: "duty" | "clue", targetId: string, title: string) =>
  tx.exec(
    `insert into visit_answer (county_code, visit_id, kind, target_id, title) values (app_county(), $1, $2, $3, $4)`,
    [visitId, kind, targetId, title],
  );
export const answersOf = (tx: Tx, visitIds: readonly string[]) =>
  tx.query<{ visitId: string; kind: "duty" | "clue"; targetId: string; title: string }>(
    `select visit_id as "visitId", kind, target_id as "targetId", title from visit_answer
     where county_code = app_county() and visit_id = any ($1::uuid[]) order by title`,
    [visitIds],
  );
