/** The SQL of objections to published lists. Nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export interface ObjectionRecord {
  id: string;
  /** Against a list of a roster; else against 资金使用公示. */
  publicityId: string | null;
  fundPublicityId: string | null;
  /** Of whom the answer is: the place that published. */
  divisionCode: string;
  rosterId: string | null;
  rosterTitle: string | null;
  item: string | null;
  via: "page" | "letter" | "phone" | "visit";
  nameSealed: Buffer;
  phoneSealed: Buffer | null;
  textSealed: Buffer;
  receivedOn: IsoDate;
  dueOn: IsoDate | null;
  enteredBy: string;
  result: "upheld" | "unfounded" | null;
  answerSealed: Buffer | null;
  answeredOn: IsoDate | null;
  answeredBy: string | null;
}
export const list = (tx: Tx, q: { id?: string; rosterId?: string; ofFunds?: true; open?: true }) =>
  tx.query<ObjectionRecord>(
    `select o.id, o.publicity_id as "publicityId", o.fund_publicity_id as "fundPublicityId",
       o.division_code as "divisionCode", p.roster_id as "rosterId", r.title as "rosterTitle", p.item, o.via,
       o.name_sealed as "nameSealed", o.phone_sealed as "phoneSealed", o.text_sealed as "textSealed",
       o.received_on as "receivedOn", o.due_on as "dueOn", o.entered_by_name as "enteredBy", o.result,
       o.answer_sealed as "answerSealed", o.answered_on as "answeredOn", o.answered_by_name as "answeredBy"
     from roster_objection o
     left join roster_publicity p on p.county_code = o.county_code and p.id = o.publicity_id
     left join roster r on r.county_code = p.county_code and r.id = p.roster_id
     where o.county_code = app_county() and ($1::uuid is null or o.id = $1) and ($2::uuid is null or p.roster_id = $2)
       and (not $3::boolean or o.result is null) and (not $4::boolean or o.fund_publicity_id is not null)
     order by o.result is not null, o.received_on, o.id limit 200`,
    [q.id ?? null, q.rosterId ?? null, q.open ?? false, q.ofFunds ?? false],
  );

export const publicity = (tx: Tx, id: string) =>
  tx.maybe<{ item: string; fromDay: IsoDate; toDay: IsoDate; takenDown: boolean }>(
    `select item, from_day as "fromDay", to_day as "toDay", taken_down_at is not null as "takenDown"
     from roster_publicity where county_code = app_county() and id = $1`,
    [id],
  );
export const isRosterNotice = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.maybe("select 1 from roster_publicity where county_code = app_county() and id = $1", [id])) !==
  undefined;

export const insert = (
  tx: Tx,
  o: Pick<
    ObjectionRecord,
    "id" | "publicityId" | "fundPublicityId" | "divisionCode" | "via" | "receivedOn" | "dueOn"
  > &
    Pick<ObjectionRecord, "nameSealed" | "phoneSealed" | "textSealed"> & { at: Date },
) =>
  tx.exec(
    `insert into roster_objection (county_code, id, publicity_id, fund_publicity_id, via, name_sealed, phone_sealed,
       text_sealed, received_on, due_on, entered_by_name, entered_at, division_code)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (county_code, id) do nothing`,
    [
      ...[o.id, o.publicityId, o.fundPublicityId, o.via, o.nameSealed, o.phoneSealed, o.textSealed],
      ...[o.receivedOn, o.dueOn, tx.actor.name, o.at, o.divisionCode],
    ],
  );

/** 0 rows: another was faster. */
export const answer = (
  tx: Tx,
  id: string,
  a: { result: "upheld" | "unfounded"; answerSealed: Buffer; on: IsoDate },
) =>
  tx.exec(
    `update roster_objection set result = $2, answer_sealed = $3, answered_on = $4, answered_by = app_account(),
       answered_by_name = $5
     where county_code = app_county() and id = $1 and result is null`,
    [id, a.result, a.answerSealed, a.on, tx.actor.name],
  );
