/** The SQL of what hangs on a roster: signatures, files to and from the bank, the money trail. Nothing else. */
import type { Tx } from "@wuxin/platform";
import { OF_ROSTER } from "./lines.ts";
import type { LineState, Signature, SignStep } from "./model.ts";

export const signaturesOf = (tx: Tx, id: string) =>
  tx.query<Signature>(
    `select step, account_id as "accountId", name, digest, signed_at as at from roster_signature
     where county_code = app_county() and roster_id = $1 order by signed_at`,
    [id],
  );

export async function insertSignature(
  tx: Tx,
  s: { rosterId: string; step: SignStep; digest: string; at: Date },
): Promise<void> {
  await tx.exec(
    `insert into roster_signature (county_code, roster_id, step, account_id, name, digest, signed_at)
     values (app_county(), $1, $2, app_account(), $3, $4, $5)`,
    [s.rosterId, s.step, tx.actor.name, s.digest, s.at],
  );
}

export interface BankFileRecord {
  id: string;
  rosterId: string;
  /** The code of the bank's layout. */
  format: string;
  name: string;
  lines: number;
  totalFen: number;
  digest: string;
  createdAt: string;
  by: string;
}
const BANK_FILE = `id, roster_id as "rosterId", format, name, lines, total_fen as "totalFen", digest,
  created_at as "createdAt", created_by_name as by`;
export const bankFilesOf = (tx: Tx, rosterId: string) =>
  tx.query<BankFileRecord>(
    `select ${BANK_FILE} from bank_file where county_code = app_county() and roster_id = $1 order by created_at, id`,
    [rosterId],
  );
export const findBankFile = (tx: Tx, id: string) =>
  tx.maybe<BankFileRecord>(
    `select ${BANK_FILE} from bank_file where county_code = app_county() and id = $1`,
    [id],
  );

export interface ReturnRecord {
  id: string;
  fileName: string;
  digest: string;
  loadedAt: string;
  by: string;
  paid: number;
  failed: number;
  unknown: number;
  duplicated: number;
}
const RETURN = `id, name as "fileName", digest, loaded_at as "loadedAt", loaded_by_name as by, paid, failed, unknown, duplicated`;
export const returnsOf = (tx: Tx, rosterId: string) =>
  tx.query<ReturnRecord>(
    `select ${RETURN} from bank_return where county_code = app_county() and roster_id = $1 order by loaded_at, id`,
    [rosterId],
  );
export const findReturn = (tx: Tx, rosterId: string, digest: string) =>
  tx.maybe<ReturnRecord>(
    `select ${RETURN} from bank_return where county_code = app_county() and roster_id = $1 and digest = $2`,
    [rosterId, digest],
  );
export async function insertReturn(
  tx: Tx,
  r: Omit<ReturnRecord, "loadedAt"> & { rosterId: string; layout: string; byId: string; at: Date },
): Promise<void> {
  await tx.exec(
    `insert into bank_return (county_code, id, roster_id, name, digest, loaded_at, loaded_by, loaded_by_name, paid, failed,
       unknown, duplicated, layout)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[
        r.id,
        r.rosterId,
        r.fileName,
        r.digest,
        r.at,
        r.byId,
        r.by,
        r.paid,
        r.failed,
        r.unknown,
        r.duplicated,
      ],
      r.layout,
    ],
  );
}

export interface Person {
  readonly id: string;
  readonly name: string;
}
export interface EventOf {
  kind: "sent" | "paid" | "failed" | "unknown" | "held" | "released" | "reissued";
  detail: string;
  at: Date;
  /** Whose doing it is, if not who writes it. */
  by?: Person | undefined;
}
/** One event for each of these lines, or for every line of the roster in a state. */
export async function recordEvents(
  tx: Tx,
  rosterId: string,
  of: { readonly lineIds?: readonly string[]; readonly state?: LineState },
  e: EventOf,
): Promise<void> {
  await tx.exec(
    `insert into payment_event (county_code, at, kind, roster_id, line_id, origin_line_id, entitlement_id, payee_id,
       month, amount_fen, detail, account_id, actor_name)
     select l.county_code, $4, $5, l.roster_id, l.id, l.origin_line_id, l.entitlement_id, l.payee_id, l.month,
       l.amount_fen, coalesce(nullif($6, ''), l.hold_reason, ''), coalesce($8, app_account()), $7
     from roster_line l
     where l.county_code = app_county() and ${of.lineIds ? OF_ROSTER : "l.roster_id ="} $1
       and ($2::uuid[] is null or l.id = any($2)) and ($3::text is null or l.state = $3)
     order by l.seq`,
    [
      ...[rosterId, of.lineIds ?? null, of.state ?? null, e.at, e.kind, e.detail],
      ...[e.by?.name ?? tx.actor.name, e.by?.id ?? null],
    ],
  );
}
