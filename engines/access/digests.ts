import { ROLES } from "@wuxin/declare";
import type { Vault } from "@wuxin/platform";
import type { Account } from "./model.ts";
import { normalizeLogin } from "./model.ts";
import type { AccountRecord } from "./store.ts";

/** Keyed, so that neither ID numbers nor phones can be read out of the login table. */
export const loginDigest = (vault: Vault, typed: string): Buffer =>
  vault.digest(`login:${normalizeLogin(typed)}`);
export const addressDigest = (vault: Vault, address: string): Buffer => vault.digest(`address:${address}`);

/** Leaves out the hash and the secrets. */
export function toAccount(a: AccountRecord): Account {
  return {
    id: a.id,
    loginName: a.loginName,
    name: a.name,
    role: a.role,
    roleName: ROLES[a.role],
    scope: a.scope,
    party: a.party,
    personId: a.personId,
    active: a.active,
    locked: a.locked,
    totpEnabled: a.totpSealed !== null,
    lastLoginAt: a.lastLoginAt,
  };
}
