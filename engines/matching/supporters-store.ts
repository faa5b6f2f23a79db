/** SQL of who must support a member of a household and lives elsewhere. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export interface SupporterRecord {
  id: string;
  caseId: string;
  divisionCode: string;
  ofPersonId: string;
  name: string;
  relation: string;
  idNoSealed: Buffer;
  declaredSealed: Buffer;
  namedByName: string;
  namedAt: string;
  /** Registered once he has signed. */
  personId: string | null;
  authorisedOn: IsoDate | null;
  authorisedUntil: IsoDate | null;
  authorisationFile: string | null;
  authorisedByName: string | null;
}
const COLUMNS = `id, case_id as "caseId", division_code as "divisionCode", of_person_id as "ofPersonId", name, relation,
  id_no_sealed as "idNoSealed", declared_sealed as "declaredSealed", named_by_name as "namedByName", named_at as "namedAt",
  person_id as "personId", authorised_on as "authorisedOn", authorised_until as "authorisedUntil",
  authorisation_file as "authorisationFile", authorised_by_name as "authorisedByName"`;

/** Those of a case that still stand, in the order in which they were named. */
export const supportersOf = (tx: Tx, caseId: string) =>
  tx.query<SupporterRecord>(
    `select ${COLUMNS} from check_supporter
     where county_code = app_county() and case_id = $1 and removed_at is null order by named_at, id`,
    [caseId],
  );
export const findSupporter = (tx: Tx, id: string) =>
  tx.maybe<SupporterRecord & { removed: boolean }>(
    `select ${COLUMNS}, removed_at is not null as removed from check_supporter
     where county_code = app_county() and id = $1`,
    [id],
  );
/** False: already named for this member. */
export const insertSupporter = async (
  tx: Tx,
  s: Pick<
    SupporterRecord,
    "id" | "caseId" | "divisionCode" | "ofPersonId" | "name" | "relation" | "idNoSealed" | "declaredSealed"
  > & { idNoDigest: Buffer; at: Date },
) =>
  (await tx.exec(
    `insert into check_supporter (county_code, id, case_id, division_code, of_person_id, name, relation, id_no_sealed,
       id_no_digest, declared_sealed, named_at, named_by, named_by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, app_account(), $11) on conflict do nothing`,
    [
      ...[s.id, s.caseId, s.divisionCode, s.ofPersonId, s.name, s.relation, s.idNoSealed, s.idNoDigest],
      ...[s.declaredSealed, s.at, tx.actor.name],
    ],
  )) > 0;
export const authorise = (
  tx: Tx,
  id: string,
  a: { personId: string; on: IsoDate; until: IsoDate; fileId: string; at: Date },
) =>
  tx.exec(
    `update check_supporter set person_id = $2, authorised_on = $3, authorised_until = $4, authorisation_file = $5,
       authorised_at = $6, authorised_by_name = $7
     where county_code = app_county() and id = $1`,
    [id, a.personId, a.on, a.until, a.fileId, a.at, tx.actor.name],
  );
export const redeclare = (tx: Tx, id: string, declaredSealed: Buffer) =>
  tx.exec("update check_supporter set declared_sealed = $2 where county_code = app_county() and id = $1", [
    id,
    declaredSealed,
  ]);
export const remove = (tx: Tx, id: string, becauseSealed: Buffer, at: Date) =>
  tx.exec(
    `update check_supporter set removed_at = $2, removed_by_name = $3, removed_because_sealed = $4
     where county_code = app_county() and id = $1 and removed_at is null`,
    [id, at, tx.actor.name, becauseSealed],
  );
