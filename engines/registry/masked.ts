import { maskAccount, maskPhone, maskResidentId } from "@wuxin/kernel";
import type { Actor, Vault } from "@wuxin/platform";
import type { AccountRow } from "./account-store.ts";
import type { MemberRow } from "./household-store.ts";
import type { BankAccount, HouseholdMember, Person } from "./model.ts";
import type { PersonRow } from "./store.ts";

/** What is left of a row when its numbers are masked. At village level protected people have no phone and no address. */
export function toPerson(vault: Vault, actor: Actor, r: PersonRow): Person {
  const hidden = r.protected && (actor.role === "village" || actor.role === "grid");
  return {
    id: r.id,
    name: r.name,
    idNoMasked: maskResidentId(vault.open(r.idNoSealed)),
    idNoDigest: r.idNoDigest.toString("hex"),
    phoneMasked: r.phoneSealed === null || hidden ? null : maskPhone(vault.open(r.phoneSealed)),
    sex: r.sex,
    birthDate: r.birthDate,
    divisionCode: r.divisionCode,
    address: hidden ? "（受保护，不予显示）" : r.address,
    diedOn: r.diedOn,
    protected: r.protected,
    householdId: r.householdId,
  };
}

export function toMember(vault: Vault, m: MemberRow): HouseholdMember {
  return {
    personId: m.personId,
    name: m.name,
    relation: m.relation,
    sex: m.sex,
    birthDate: m.birthDate,
    idNoMasked: maskResidentId(vault.open(m.idNoSealed)),
    diedOn: m.diedOn,
    fromDate: m.fromDate,
    toDate: m.toDate,
  };
}

export function toAccount(vault: Vault, a: AccountRow): BankAccount {
  return {
    id: a.id,
    personId: a.personId,
    bankName: a.bankName,
    accountMasked: maskAccount(vault.open(a.accountSealed)),
    accountDigest: a.accountDigest.toString("hex"),
    holderName: a.holderName,
    since: a.since,
  };
}

/** The keyed digests. Each kind of number has its own prefix, so that equal texts of two kinds do not meet. */
export const digests = (vault: Vault) => ({
  idNo: (idNo: string) => vault.digest(`id:${idNo}`),
  idTail: (idNo: string) => vault.digest(`tail:${idNo.slice(-4)}`),
  phone: (phone: string) => vault.digest(`phone:${phone}`),
  account: (accountNo: string) => vault.digest(`account:${accountNo}`),
});
