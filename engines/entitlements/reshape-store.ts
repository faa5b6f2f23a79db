/** The SQL of households divided and put together, and nothing else. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Moving, PropertyOf, ReshapeKind, ReshapeState } from "./reshape-model.ts";

/** One household of the result: what it was owed before, and what it will be. */
export interface ToldSide {
  readonly beforeFen: number;
  readonly afterFen: number;
  readonly persons: number;
}
export interface ReshapeRecord {
  id: string;
  kind: ReshapeKind;
  entitlementId: string;
  otherId: string | null;
  fromMonth: Month;
  reason: string;
  headId: string | null;
  people: Moving[];
  facts: PropertyOf;
  told: ToldSide[];
  state: ReshapeState;
  openedBy: string;
  openedByName: string;
  openedAt: string;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: string | null;
  note: string | null;
}
const COLUMNS = `r.id, r.kind, r.entitlement_id as "entitlementId", r.other_id as "otherId", r.from_month as "fromMonth",
  r.reason, r.head_id as "headId", r.people, r.facts, r.told, r.state, r.opened_by as "openedBy",
  r.opened_by_name as "openedByName", r.opened_at as "openedAt", r.decided_by as "decidedBy",
  r.decided_by_name as "decidedByName", r.decided_at as "decidedAt", r.note`;

export const find = (tx: Tx, id: string, lock = false) =>
  tx.maybe<ReshapeRecord>(
    `select ${COLUMNS} from entitlement_reshape r
     where r.county_code = app_county() and r.id = $1${lock ? " for update" : ""}`,
    [id],
  );

/** Of an entitlement on either side, newest first. */
export const of = (tx: Tx, entitlementId: string) =>
  tx.query<ReshapeRecord>(
    `select ${COLUMNS} from entitlement_reshape r
     where r.county_code = app_county() and (r.entitlement_id = $1 or r.other_id = $1)
     order by r.opened_at desc, r.id desc`,
    [entitlementId],
  );

/** Those that wait for a second person, oldest first. */
export const waiting = (tx: Tx, limit: number) =>
  tx.query<ReshapeRecord & { payee: string; item: string; divisionCode: string }>(
    `select ${COLUMNS}, coalesce(p.name, '') as payee, e.item, e.division_code as "divisionCode"
     from entitlement_reshape r
     join entitlement e on e.county_code = r.county_code and e.id = r.entitlement_id
     left join person p on p.county_code = e.county_code and p.id = e.payee_id
     where r.county_code = app_county() and r.state = 'proposed' order by r.opened_at, r.id limit $1`,
    [limit],
  );

export const insert = (
  tx: Tx,
  r: Pick<
    ReshapeRecord,
    | "id"
    | "kind"
    | "entitlementId"
    | "otherId"
    | "fromMonth"
    | "reason"
    | "headId"
    | "people"
    | "facts"
    | "told"
  >,
  at: Date,
) =>
  tx.exec(
    `insert into entitlement_reshape (county_code, id, kind, entitlement_id, other_id, from_month, reason, head_id, people,
       told, facts, state, opened_by_name, opened_at)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'proposed', $11, $12)`,
    [
      ...[r.id, r.kind, r.entitlementId, r.otherId, r.fromMonth, r.reason, r.headId],
      ...[JSON.stringify(r.people), JSON.stringify(r.told), JSON.stringify(r.facts), tx.actor.name, at],
    ],
  );

export const decide = (
  tx: Tx,
  id: string,
  to: { state: Exclude<ReshapeState, "proposed">; note: string | null; otherId: string | null; at: Date },
) =>
  tx.exec(
    `update entitlement_reshape set state = $2, note = $3, other_id = coalesce(other_id, $4), decided_by = app_account(),
       decided_by_name = $5, decided_at = $6
     where county_code = app_county() and id = $1`,
    [id, to.state, to.note, to.otherId, tx.actor.name, to.at],
  );
