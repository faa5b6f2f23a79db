/** The SQL of what came back or was let go, and of what two people decide about it. Nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { EntryKind, RequestKind } from "./recovery-model.ts";

export interface EntryRecord {
  receiptId: string;
  month: Month;
  kind: EntryKind;
  amountFen: number;
  enteredOn: IsoDate;
  note: string;
  at: string;
  by: string;
  /** The receipt that this row takes back. */
  reverses: string | null;
  /** Taken back by another row. */
  reversed: boolean;
}
export const entriesOf = (tx: Tx, id: string) =>
  tx.query<EntryRecord>(
    `select e.receipt_id as "receiptId", e.month, e.kind, e.amount_fen as "amountFen", e.entered_on as "enteredOn", e.note,
       e.at, e.by_name as by, e.reverses,
       exists (select from recovery_entry x where x.county_code = e.county_code and x.recovery_id = e.recovery_id
               and x.reverses = e.receipt_id and x.month = e.month) as reversed
     from recovery_entry e where e.county_code = app_county() and e.recovery_id = $1 order by e.at, e.month`,
    [id],
  );
export const hasReceipt = async (tx: Tx, recoveryId: string, receiptId: string): Promise<boolean> =>
  (
    await tx.query(
      "select 1 from recovery_entry where county_code = app_county() and recovery_id = $1 and receipt_id = $2 limit 1",
      [recoveryId, receiptId],
    )
  ).length > 0;
export async function addEntries(
  tx: Tx,
  e: {
    receiptId: string;
    recoveryId: string;
    kind: EntryKind;
    on: IsoDate;
    note: string;
    reverses?: string | null;
    at: Date;
  },
  parts: readonly { month: Month; amountFen: number }[],
): Promise<void> {
  await tx.exec(
    `insert into recovery_entry (county_code, receipt_id, recovery_id, month, kind, amount_fen, entered_on, note, at, by_name,
       reverses)
     select app_county(), $1, $2, p.month, $3, p."amountFen", $4, $5, $6, $7, $9
     from jsonb_to_recordset($8::jsonb) p (month text, "amountFen" bigint)`,
    [
      ...[e.receiptId, e.recoveryId, e.kind, e.on, e.note, e.at, tx.actor.name, JSON.stringify(parts)],
      e.reverses ?? null,
    ],
  );
}

export interface RequestRecord {
  id: string;
  recoveryId: string;
  kind: RequestKind;
  amountFen: number;
  /** Of a reversal: the receipt that was entered wrongly. */
  receiptId: string | null;
  reason: string;
  askedById: string;
  askedBy: string;
  askedAt: string;
  givenBy: string | null;
  givenAt: string | null;
  given: boolean | null;
  /** Why it was refused. */
  answerNote: string;
}
const REQUEST = `id, recovery_id as "recoveryId", kind, amount_fen as "amountFen", receipt_id as "receiptId", reason, asked_by as "askedById",
  asked_by_name as "askedBy", asked_at as "askedAt", given_by_name as "givenBy", given_at as "givenAt", given,
  answer_note as "answerNote"`;
export const requestsOf = (tx: Tx, recoveryId: string) =>
  tx.query<RequestRecord>(
    `select ${REQUEST} from recovery_request where county_code = app_county() and recovery_id = $1 order by asked_at desc, id`,
    [recoveryId],
  );
export const findRequest = (tx: Tx, id: string) =>
  tx.maybe<RequestRecord>(
    `select ${REQUEST} from recovery_request where county_code = app_county() and id = $1`,
    [id],
  );
/** Nobody has answered; not what this person asked himself. */
export const requestsWaiting = (tx: Tx) =>
  tx.query<RequestRecord & { payee: string }>(
    `select x.*, p.name as payee
     from (select ${REQUEST} from recovery_request
       where county_code = app_county() and given is null and asked_by <> app_account()) x
     join recovery r on r.county_code = app_county() and r.id = x."recoveryId"
     join person p on p.county_code = r.county_code and p.id = r.payee_id
     order by x."askedAt", x.id`,
  );
export const insertRequest = (
  tx: Tx,
  r: {
    id: string;
    recoveryId: string;
    kind: RequestKind;
    amountFen: number;
    receiptId: string | null;
    reason: string;
    at: Date;
  },
) =>
  tx.exec(
    `insert into recovery_request (county_code, id, recovery_id, kind, amount_fen, reason, asked_by, asked_by_name, asked_at,
       receipt_id)
     values (app_county(), $1, $2, $3, $4, $5, app_account(), $6, $7, $8)`,
    [r.id, r.recoveryId, r.kind, r.amountFen, r.reason, tx.actor.name, r.at, r.receiptId],
  );
export const answerRequest = (tx: Tx, id: string, given: boolean, why: string, at: Date) =>
  tx.exec(
    `update recovery_request set given_by = app_account(), given_by_name = $2, given_at = $3, given = $4, answer_note = $5
     where county_code = app_county() and id = $1 and given is null`,
    [id, tx.actor.name, at, given, why],
  );
