/** SQL of the phones that carry the lists. Nothing else. */
import type { Tx } from "@wuxin/platform";

export interface DeviceRecord {
  id: string;
  accountId: string;
  accountName: string;
  divisionCode: string;
  label: string;
  keySealed: Buffer;
  enrolledAt: string;
  lastSeenAt: string;
  revokedAt: string | null;
  revokedByName: string | null;
  revokeReason: string | null;
}
const DEVICE = `id, account_id as "accountId", account_name as "accountName", division_code as "divisionCode", label,
  key_sealed as "keySealed", enrolled_at as "enrolledAt", last_seen_at as "lastSeenAt", revoked_at as "revokedAt",
  revoked_by_name as "revokedByName", revoke_reason as "revokeReason"`;
export const findDevice = (tx: Tx, id: string) =>
  tx.maybe<DeviceRecord>(`select ${DEVICE} from field_device where county_code = app_county() and id = $1`, [
    id,
  ]);
export const devices = (tx: Tx) =>
  tx.query<DeviceRecord>(
    `select ${DEVICE} from field_device where county_code = app_county() order by revoked_at nulls first, last_seen_at desc`,
  );
export const enrol = (tx: Tx, d: { id: string; label: string; keySealed: Buffer; at: Date }) =>
  tx.exec(
    `insert into field_device (county_code, id, account_id, account_name, division_code, label, key_sealed, enrolled_at,
       last_seen_at)
     values (app_county(), $1, app_account(), $2, app_scope(), $3, $4, $5, $5)`,
    [d.id, tx.actor.name, d.label, d.keySealed, d.at],
  );
export const seen = (tx: Tx, id: string, at: Date) =>
  tx.exec("update field_device set last_seen_at = $2 where county_code = app_county() and id = $1", [id, at]);
/** The key goes with it: nothing left here opens what the phone still holds. */
export const revoke = (tx: Tx, id: string, why: { reason: string; at: Date; nothing: Buffer }) =>
  tx.exec(
    `update field_device set revoked_at = $2, revoked_by_name = $3, key_sealed = $4, revoke_reason = $5
     where county_code = app_county() and id = $1 and revoked_at is null`,
    [id, why.at, tx.actor.name, why.nothing, why.reason],
  );
