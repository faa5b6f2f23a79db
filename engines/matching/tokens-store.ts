/** Tokens of departments. SQL, and nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export interface TokenRecord {
  id: string;
  feed: string;
  expiresOn: IsoDate;
  createdAt: string;
  createdByName: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
  revokedByName: string | null;
}
const TOKEN = `id, feed, expires_on as "expiresOn", created_at as "createdAt", created_by_name as "createdByName",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt", revoked_by_name as "revokedByName"`;

export const list = (tx: Tx) =>
  tx.query<TokenRecord>(
    `select ${TOKEN} from feed_token where county_code = app_county() order by created_at desc, id limit 500`,
  );
export const byDigest = (tx: Tx, digest: Buffer) =>
  tx.maybe<TokenRecord>(`select ${TOKEN} from feed_token where county_code = app_county() and digest = $1`, [
    digest,
  ]);
export const insert = (
  tx: Tx,
  t: { id: string; feed: string; digest: Buffer; expiresOn: IsoDate; at: Date },
) =>
  tx.exec(
    `insert into feed_token (county_code, id, feed, digest, expires_on, created_at, created_by, created_by_name)
     values (app_county(), $1, $2, $3, $4, $5, app_account(), $6) on conflict do nothing`,
    [t.id, t.feed, t.digest, t.expiresOn, t.at, tx.actor.name],
  );
export const revoke = (tx: Tx, id: string, at: Date) =>
  tx.maybe<{ feed: string }>(
    `update feed_token set revoked_at = $2, revoked_by_name = $3
     where county_code = app_county() and id = $1 and revoked_at is null returning feed`,
    [id, at, tx.actor.name],
  );
/** How many files the token delivered in this hour, this one among them. */
export const use = (tx: Tx, id: string, at: Date) =>
  tx.one<{ files: number }>(
    `update feed_token set last_used_at = $2,
       hour_files = case when hour_began_at > $2::timestamptz - interval '1 hour' then hour_files + 1 else 1 end,
       hour_began_at = case when hour_began_at > $2::timestamptz - interval '1 hour' then hour_began_at else $2 end
     where county_code = app_county() and id = $1 returning hour_files as files`,
    [id, at],
  );
