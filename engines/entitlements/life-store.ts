/** The SQL of changes between two decisions, and nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { SituationInputs } from "./basis.ts";
import type { ChangeKind, OutEvent } from "./life-model.ts";
import type { ReshapeKind } from "./reshape-model.ts";

export interface ChangeRecord {
  id: string;
  entitlementId: string;
  kind: ChangeKind | ReshapeKind;
  fromMonth: Month;
  reason: string;
  personId: string | null;
  event: OutEvent | null;
  happenedOn: IsoDate | null;
  divisionBefore: string | null;
  divisionAfter: string | null;
  areaBefore: string | null;
  areaAfter: string | null;
  beforeFen: number;
  afterFen: number;
  inputs: SituationInputs | null;
  ruleVersion: string | null;
  at: string;
  by: string;
}
const CHANGE = `id, entitlement_id as "entitlementId", kind, from_month as "fromMonth", reason, person_id as "personId",
  event, happened_on as "happenedOn", division_before as "divisionBefore", division_after as "divisionAfter",
  area_before as "areaBefore", area_after as "areaAfter", before_fen as "beforeFen", after_fen as "afterFen", inputs,
  rule_version as "ruleVersion", at, by_name as by`;

/** What the register knows of somebody covered. */
export const bornAndDied = (tx: Tx, personId: string) =>
  tx.query<{ name: string; birthDate: IsoDate; diedOn: IsoDate | null }>(
    `select name, birth_date as "birthDate", died_on as "diedOn" from person
     where county_code = app_county() and id = $1`,
    [personId],
  );

export const changesOf = (tx: Tx, entitlementId: string) =>
  tx.query<ChangeRecord>(
    `select ${CHANGE} from entitlement_change where county_code = app_county() and entitlement_id = $1 order by at desc, id`,
    [entitlementId],
  );
export const findChanges = (tx: Tx, ids: readonly string[]) =>
  tx.query<ChangeRecord>(
    `select ${CHANGE} from entitlement_change where county_code = app_county() and id = any($1)`,
    [ids],
  );

/** False when this very request was carried out before. */
export async function insertChange(
  tx: Tx,
  c: Omit<ChangeRecord, "at" | "by"> & { at: Date },
): Promise<boolean> {
  const n = await tx.exec(
    `insert into entitlement_change (county_code, id, entitlement_id, kind, from_month, reason, person_id, event,
       happened_on, division_before, division_after, area_before, area_after, before_fen, after_fen, inputs, rule_version,
       at, by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
     on conflict do nothing`,
    [
      ...[c.id, c.entitlementId, c.kind, c.fromMonth, c.reason, c.personId, c.event, c.happenedOn],
      ...[c.divisionBefore, c.divisionAfter, c.areaBefore, c.areaAfter, c.beforeFen, c.afterFen],
      ...[c.inputs === null ? null : JSON.stringify(c.inputs), c.ruleVersion, c.at, tx.actor.name],
    ],
  );
  return n === 1;
}

export const lock = (tx: Tx, id: string) =>
  tx.query("select 1 from entitlement where county_code = app_county() and id = $1 for update", [id]);

export const move = (tx: Tx, id: string, to: { divisionCode: string; areaClass: string | null }) =>
  tx.exec(
    "update entitlement set division_code = $2, area_class = $3 where county_code = app_county() and id = $1",
    [id, to.divisionCode, to.areaClass],
  );

/** What these people draw (besides one), elsewhere than here. */
export const leftBehind = (
  tx: Tx,
  id: string | null,
  personIds: readonly string[],
  here: { readonly divisionCode: string; readonly areaClass: string | null },
  month: Month,
) =>
  tx.query<{ item: string; payee: string }>(
    `select e.item, p.name as payee from entitlement e
     join person p on p.county_code = e.county_code and p.id = e.payee_id
     where e.county_code = app_county() and e.id is distinct from $1 and (e.division_code <> $3 or e.area_class <> $5)
       and (e.end_month is null or e.end_month >= $4) and e.id in (
         select c.entitlement_id from entitlement_person c where c.county_code = app_county()
           and c.person_id = any($2::uuid[]) and (c.end_month is null or c.end_month >= $4))
     order by e.item, p.name`,
    [id, personIds, here.divisionCode, month, here.areaClass],
  );

/** Applications of the household that are being handled with this person in them. */
export const askedTogether = (tx: Tx, personId: string, householdId: string) =>
  tx.query<{ number: string }>(
    `select f.number from case_file f
     where f.county_code = app_county() and f.household_id = $2 and f.is_open and $1 = any (f.member_ids)
       and not exists (select from entitlement e where e.county_code = f.county_code and e.case_id = f.id)
     order by f.number`,
    [personId, householdId],
  );

/** Those that come into force after a month, in their order; of two with one start the later recorded. */
export const sourcesAfter = (tx: Tx, id: string, month: Month) =>
  tx.query<{ sourceId: string; frozen: boolean; fromMonth: Month }>(
    `select distinct on (from_month) source_id as "sourceId", frozen, from_month as "fromMonth" from entitlement_basis
     where county_code = app_county() and entitlement_id = $1 and from_month > $2
     order by from_month, seq desc`,
    [id, month],
  );

/** The facts in force in a month: of which decision or change. */
export const sourceIn = (tx: Tx, id: string, month: Month) =>
  tx.maybe<{ sourceId: string; frozen: boolean }>(
    `select source_id as "sourceId", frozen from entitlement_basis
     where county_code = app_county() and entitlement_id = $1 and from_month <= $2
     order by from_month desc, seq desc limit 1`,
    [id, month],
  );
