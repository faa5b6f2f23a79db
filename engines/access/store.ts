import type { Role } from "@wuxin/declare";
import type { Tx } from "@wuxin/platform";

export interface AccountRecord {
  readonly id: string;
  readonly loginName: string;
  readonly name: string;
  readonly role: Role;
  readonly scope: string;
  readonly party: string | null;
  readonly personId: string | null;
  readonly active: boolean;
  readonly locked: boolean;
  readonly lastLoginAt: string | null;
  readonly passwordHash: string;
  readonly totpSealed: Buffer | null;
  readonly totpPendingSealed: Buffer | null;
  readonly totpLastStep: number;
}

/** `locked` needs the instant as the last parameter of the statement. */
const columns = (now: string) => `
  a.id, a.login_name as "loginName", a.name, a.role, a.scope, a.party, a.person_id as "personId", a.active,
  a.last_login_at as "lastLoginAt", a.password_hash as "passwordHash", a.totp_sealed as "totpSealed",
  a.totp_pending_sealed as "totpPendingSealed", a.totp_last_step as "totpLastStep",
  exists (select 1 from account_login l join login_throttle t on t.county_code = l.county_code and t.key_digest = l.login_digest
           where l.county_code = a.county_code and l.account_id = a.id and t.locked_until > ${now}) as locked`;

export function findByLogin(tx: Tx, loginDigest: Buffer, now: Date): Promise<AccountRecord | undefined> {
  return tx.maybe(
    `select ${columns("$3")} from account_login k join account a on a.county_code = k.county_code and a.id = k.account_id
      where k.county_code = $1 and k.login_digest = $2`,
    [tx.actor.countyCode, loginDigest, now],
  );
}

export function findAccount(tx: Tx, id: string, now: Date): Promise<AccountRecord | undefined> {
  return tx.maybe(`select ${columns("$3")} from account a where a.county_code = $1 and a.id = $2`, [
    tx.actor.countyCode,
    id,
    now,
  ]);
}

export function findByPerson(tx: Tx, personId: string, now: Date): Promise<AccountRecord | undefined> {
  return tx.maybe(`select ${columns("$3")} from account a where a.county_code = $1 and a.person_id = $2`, [
    tx.actor.countyCode,
    personId,
    now,
  ]);
}

export function listAccounts(tx: Tx, now: Date): Promise<AccountRecord[]> {
  return tx.query(
    `select ${columns("$2")} from account a where a.county_code = $1 and a.role <> 'resident' order by a.scope, a.role, a.login_name`,
    [tx.actor.countyCode, now],
  );
}

export interface Throttle {
  readonly attempts: number;
  readonly lockedUntil: string | null;
}

/**
 * Counts an attempt before it is judged, so that many at once cannot slip past the limit. The count starts again when
 * the lock or the window has run out.
 */
export async function countAttempt(
  tx: Tx,
  key: Buffer,
  limit: number,
  now: Date,
  windowMs: number,
): Promise<Throttle> {
  const until = new Date(now.getTime() + windowMs);
  const stale = "(t.locked_until <= $4 or (t.locked_until is null and t.since <= $5))";
  return tx.one(
    `insert into login_throttle as t (county_code, key_digest, attempts, since, locked_until)
     values ($1, $2, 1, $4, case when $3::int <= 1 then $6::timestamptz end)
     on conflict (county_code, key_digest) do update set
       attempts = case when ${stale} then 1 else t.attempts + 1 end,
       since = case when ${stale} then excluded.since else t.since end,
       locked_until = case when ${stale} then null
                           when t.locked_until is null and t.attempts + 1 >= $3::int then $6::timestamptz
                           else t.locked_until end
     returning attempts, locked_until as "lockedUntil"`,
    [tx.actor.countyCode, key, limit, now, new Date(now.getTime() - windowMs), until],
  );
}

export async function clearAttempts(tx: Tx, keys: readonly Buffer[]): Promise<void> {
  await tx.exec("delete from login_throttle where county_code = $1 and key_digest = any($2::bytea[])", [
    tx.actor.countyCode,
    keys,
  ]);
}

/** Takes back one count of each. */
export async function forgiveAttempts(tx: Tx, keys: readonly Buffer[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.exec(
    `update login_throttle set attempts = greatest(attempts - 1, 0), locked_until = null
      where county_code = $1 and key_digest = any($2::bytea[])`,
    [tx.actor.countyCode, keys],
  );
}

export async function clearAttemptsOf(tx: Tx, accountId: string): Promise<void> {
  await tx.exec(
    `delete from login_throttle where county_code = $1
        and key_digest in (select login_digest from account_login where county_code = $1 and account_id = $2)`,
    [tx.actor.countyCode, accountId],
  );
}

/** Takes the time step for this login; false when it (or a later one) was used before. */
export async function takeTotpStep(tx: Tx, accountId: string, step: number): Promise<boolean> {
  const n = await tx.exec(
    "update account set totp_last_step = $3 where county_code = $1 and id = $2 and totp_last_step < $3",
    [tx.actor.countyCode, accountId, step],
  );
  return n === 1;
}

export async function openSession(
  tx: Tx,
  s: { tokenDigest: Buffer; accountId: string; now: Date; expiresAt: Date },
): Promise<void> {
  await tx.exec(
    `with seen as (update account set last_login_at = $4 where county_code = $1 and id = $3)
     insert into session (county_code, token_digest, account_id, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $4, $5)`,
    [tx.actor.countyCode, s.tokenDigest, s.accountId, s.now, s.expiresAt],
  );
}

export interface SessionRecord {
  readonly accountId: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly loginName: string;
  readonly name: string;
  readonly role: Role;
  readonly scope: string;
  readonly party: string | null;
  readonly personId: string | null;
  readonly active: boolean;
  readonly totpEnabled: boolean;
  readonly lastLoginAt: string | null;
}

export function findSession(tx: Tx, tokenDigest: Buffer): Promise<SessionRecord | undefined> {
  return tx.maybe(
    `select s.account_id as "accountId", s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt",
            a.login_name as "loginName", a.name, a.role, a.scope, a.party, a.person_id as "personId", a.active,
            a.totp_sealed is not null as "totpEnabled", a.last_login_at as "lastLoginAt"
       from session s join account a on a.county_code = s.county_code and a.id = s.account_id
      where s.county_code = $1 and s.token_digest = $2`,
    [tx.actor.countyCode, tokenDigest],
  );
}

export async function touchSession(tx: Tx, tokenDigest: Buffer, now: Date): Promise<void> {
  await tx.exec(
    "update session set last_seen_at = $3 where county_code = $1 and token_digest = $2 and last_seen_at < $3",
    [tx.actor.countyCode, tokenDigest, now],
  );
}

export async function endSession(tx: Tx, tokenDigest: Buffer): Promise<string | undefined> {
  const row = await tx.maybe<{ id: string }>(
    "delete from session where county_code = $1 and token_digest = $2 returning account_id as id",
    [tx.actor.countyCode, tokenDigest],
  );
  return row?.id;
}

/** Ends every session of an account but, where given, one. */
export async function endSessions(tx: Tx, accountId: string, keep: Buffer | null): Promise<void> {
  await tx.exec(
    "delete from session where county_code = $1 and account_id = $2 and ($3::bytea is null or token_digest <> $3)",
    [tx.actor.countyCode, accountId, keep],
  );
}

/** False when the id, or the person, has an account already. */
export async function insertAccount(
  tx: Tx,
  a: {
    id: string;
    loginName: string;
    name: string;
    role: Role;
    scope: string;
    party: string | null;
    personId: string | null;
    passwordHash: string;
    now: Date;
  },
): Promise<boolean> {
  const n = await tx.exec(
    `insert into account (county_code, id, login_name, name, role, scope, party, person_id, password_hash, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [
      tx.actor.countyCode,
      a.id,
      a.loginName,
      a.name,
      a.role,
      a.scope,
      a.party,
      a.personId,
      a.passwordHash,
      a.now,
    ],
  );
  return n === 1;
}

/** The digests that were free and are now this account's. */
export async function insertLogins(tx: Tx, accountId: string, digests: readonly Buffer[]): Promise<Buffer[]> {
  const rows = await tx.query<{ digest: Buffer }>(
    `insert into account_login (county_code, login_digest, account_id)
     select $1, d, $2 from unnest($3::bytea[]) as d on conflict do nothing returning login_digest as digest`,
    [tx.actor.countyCode, accountId, digests],
  );
  return rows.map((r) => r.digest);
}

export interface AccountChange {
  readonly active?: boolean;
  readonly passwordHash?: string;
  readonly totpSealed?: Buffer | null;
  readonly totpPendingSealed?: Buffer | null;
}

const CHANGEABLE = {
  active: "active",
  passwordHash: "password_hash",
  totpSealed: "totp_sealed",
  totpPendingSealed: "totp_pending_sealed",
} as const;

export async function updateAccount(tx: Tx, id: string, change: AccountChange): Promise<void> {
  const entries = Object.entries(change) as [keyof typeof CHANGEABLE, unknown][];
  if (entries.length === 0) return;
  const sets = entries.map(([key], i) => `${CHANGEABLE[key]} = $${i + 3}`);
  await tx.exec(`update account set ${sets.join(", ")} where county_code = $1 and id = $2`, [
    tx.actor.countyCode,
    id,
    ...entries.map(([, value]) => value),
  ]);
}

export async function sweep(tx: Tx, now: Date, idleSince: Date, throttleSince: Date): Promise<number> {
  const n = await tx.exec(
    "delete from session where county_code = $1 and (expires_at <= $2 or last_seen_at <= $3)",
    [tx.actor.countyCode, now, idleSince],
  );
  await tx.exec(
    "delete from login_throttle where county_code = $1 and since <= $2 and (locked_until is null or locked_until <= $3)",
    [tx.actor.countyCode, throttleSince, now],
  );
  return n;
}

export function listStaff(
  tx: Tx,
  roles: readonly string[],
): Promise<{ id: string; name: string; role: Role; scope: string }[]> {
  return tx.query(
    `select id, name, role, scope from account where county_code = $1 and active and role = any($2) order by scope, name, id`,
    [tx.actor.countyCode, roles],
  );
}

export function accountNames(
  tx: Tx,
  ids: readonly string[],
): Promise<{ id: string; name: string; role: Role }[]> {
  return tx.query("select id, name, role from account where county_code = $1 and id = any($2::uuid[])", [
    tx.actor.countyCode,
    ids,
  ]);
}

export const parties = async (tx: Tx): Promise<string[]> =>
  (
    await tx.query<{ party: string }>(
      "select distinct party from account where county_code = $1 and active and party is not null",
      [tx.actor.countyCode],
    )
  ).map((r) => r.party);
