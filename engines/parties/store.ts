/** SQL of what was given to outside parties and of their answers, nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { PartyState } from "./model.ts";

export interface ItemRecord {
  readonly id: string;
  readonly party: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly divisionCode: string;
  readonly title: string;
  readonly toldSealed: Buffer;
  readonly state: PartyState;
  readonly dueOn: IsoDate | null;
  readonly sharedAt: string;
  readonly changedAt: string;
  readonly version: number;
}
const ITEM = `id, party, kind, subject_id as "subjectId", division_code as "divisionCode", title, told_sealed as "toldSealed", state,
  due_on as "dueOn", shared_at as "sharedAt", changed_at as "changedAt", version`;

/** Given for the first time, or told anew. */
export const put = (tx: Tx, i: Omit<ItemRecord, "sharedAt" | "changedAt" | "version">, at: Date) =>
  tx.exec(
    `insert into party_item (county_code, id, party, kind, subject_id, division_code, title, told_sealed, state, due_on, shared_at,
       changed_at)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
     on conflict (county_code, party, kind, subject_id) do update set division_code = excluded.division_code, title = excluded.title,
       told_sealed = excluded.told_sealed, state = excluded.state, due_on = excluded.due_on, changed_at = excluded.changed_at,
       version = party_item.version + 1`,
    [i.id, i.party, i.kind, i.subjectId, i.divisionCode, i.title, i.toldSealed, i.state, i.dueOn, at],
  );
/** Nothing more is asked of it, and nothing more can be said. */
export const end = (tx: Tx, ids: readonly string[], at: Date) =>
  tx.exec(
    `update party_item set state = 'done', changed_at = $2, version = version + 1
     where id = any($1::uuid[]) and state <> 'done'`,
    [ids, at],
  );
export const ofSubject = (tx: Tx, kind: string, subjectId: string) =>
  tx.query<ItemRecord>(`select ${ITEM} from party_item where kind = $1 and subject_id = $2 order by party`, [
    kind,
    subjectId,
  ]);
/** What waits by its day, then what was shared, then what was done last. */
export const desk = (tx: Tx, limit: number) =>
  tx.query<ItemRecord>(
    `select ${ITEM} from party_item
     order by array_position(array['waiting', 'shared', 'done'], state), case when state = 'waiting' then due_on end,
       changed_at desc, id limit $1`,
    [limit],
  );
export const find = (tx: Tx, id: string) =>
  tx.maybe<ItemRecord>(`select ${ITEM} from party_item where id = $1`, [id]);

export interface ReplyRecord {
  readonly id: string;
  readonly itemId: string;
  readonly action: string;
  readonly dataSealed: Buffer;
  readonly at: string;
  readonly accountId: string;
  readonly byName: string;
  readonly takenAt: string | null;
  readonly refused: string | null;
}
const REPLY = `id, item_id as "itemId", action, data_sealed as "dataSealed", at, account_id as "accountId", by_name as "byName",
  taken_at as "takenAt", refused`;
/** 0: this request was heard before. */
export const insertReply = (
  tx: Tx,
  r: Pick<ReplyRecord, "id" | "itemId" | "action" | "dataSealed"> & { readonly at: Date },
) =>
  tx.exec(
    `insert into party_reply (county_code, id, item_id, action, data_sealed, at, by_name)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [tx.actor.countyCode, r.id, r.itemId, r.action, r.dataSealed, r.at, tx.actor.name],
  );
export const repliesOf = (tx: Tx, items: readonly string[]) =>
  tx.query<ReplyRecord>(
    `select ${REPLY} from party_reply where item_id = any($1::uuid[]) order by at desc, id`,
    [items],
  );
export const lockReply = (tx: Tx, id: string) =>
  tx.maybe<ReplyRecord>(`select ${REPLY} from party_reply where id = $1 for update`, [id]);
export const settle = (tx: Tx, id: string, at: Date | null, refused: string | null) =>
  tx.exec("update party_reply set taken_at = $2, refused = $3 where id = $1 and taken_at is null", [
    id,
    at,
    refused,
  ]);
/** Left behind by a process that died between the answer and its taking over. */
export const notTaken = (tx: Tx) =>
  tx.query<{ id: string; party: string; accountId: string; byName: string }>(
    `select r.id, i.party, r.account_id as "accountId", r.by_name as "byName"
     from party_reply r join party_item i on i.county_code = r.county_code and i.id = r.item_id
     where r.county_code = app_county() and r.taken_at is null and r.refused is null order by r.at, r.id limit 100`,
  );
