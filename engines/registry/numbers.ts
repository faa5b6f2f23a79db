import { DomainError, luhnValid } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import * as accounts from "./account-store.ts";
import { digests, toAccount } from "./masked.ts";
import { type BankAccount, checkAccountNo, normalizeName } from "./model.ts";
import { noPerson } from "./people.ts";
import { readPerson, readSealed, readSealedIds } from "./store.ts";
import type { Registry, RegistryDeps } from "./types.ts";

type Numbers = Pick<
  Registry,
  | "setBankAccount"
  | "currentAccount"
  | "currentAccounts"
  | "accountHistory"
  | "sharedAccounts"
  | "unmask"
  | "disclose"
  | "idNumbers"
>;

const MAY_UNMASK = new Set(["township", "county", "finance", "auditor"]);
const FIELD_NAMES = { idNo: "身份证号", phone: "手机号", account: "银行账号" } as const;

/** Bank accounts, and the full numbers behind the masks. */
export function createNumbers({ clock, vault, audit }: RegistryDeps): Numbers {
  const digest = digests(vault);

  async function currentAccounts(tx: Tx, personIds: readonly string[]): Promise<Map<string, BankAccount>> {
    if (personIds.length === 0) return new Map();
    const rows = await accounts.readCurrent(tx, [...new Set(personIds)]);
    return new Map(rows.map((r) => [r.personId, toAccount(vault, r)]));
  }

  const told = (tx: Tx, people: number, purpose: string) =>
    audit.record(tx, {
      ...{ action: "person.disclose", object: "person" },
      detail: `${people} 人，用途：${purpose}`,
    });

  return {
    async setBankAccount(tx, input) {
      const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });
      const accountNo = checkAccountNo(input.accountNo);
      const bankName = input.bankName.trim();
      const holderName = normalizeName(input.holderName);
      const reason = input.reason.trim();
      if (bankName === "" || bankName.length > 60) throw bad("bankName", "请填写开户银行，最多 60 个字。");
      if (holderName === "" || holderName.length > 50) throw bad("holderName", "请填写户名，最多 50 个字。");
      if (reason === "") throw bad("reason", "请写明登记或更正的原因。");
      const person = await readPerson(tx, input.personId);
      if (!person) throw noPerson();
      const warnings = [
        ...(luhnValid(accountNo)
          ? []
          : ["账号未通过银行卡校验，如果是存折或社会保障卡账户可以继续，请照卡面再核对一次。"]),
        ...(holderName === normalizeName(person.name)
          ? []
          : [`户名“${holderName}”与本人姓名不一致，发放时会作为疑点提示。`]),
      ];
      await accounts.lockAccountOf(tx, person.id);
      const current = (await accounts.readCurrent(tx, [person.id]))[0];
      const accountDigest = digest.account(accountNo);
      const same =
        current?.accountDigest.equals(accountDigest) &&
        current.bankName === bankName &&
        current.holderName === holderName;
      if (current && (current.id === input.id || same))
        return { account: toAccount(vault, current), warnings };
      const row = {
        ...{ id: input.id, personId: person.id, bankName, holderName, accountDigest, reason },
        accountSealed: vault.seal(accountNo),
        since: clock.today(),
        divisionCode: person.divisionCode,
      };
      await accounts.replaceAccount(tx, row, clock.now());
      await audit.record(tx, {
        action: "person.bank-account",
        object: "person",
        objectId: person.id,
        detail: `尾号 ${accountNo.slice(-4)}，原因：${reason}`,
      });
      return { account: toAccount(vault, { ...row, replacedAt: null }), warnings };
    },

    currentAccounts,
    async currentAccount(tx, personId) {
      return (await currentAccounts(tx, [personId])).get(personId);
    },

    async accountHistory(tx, personId) {
      const rows = await accounts.readHistory(tx, personId);
      return rows.map((r) => ({ ...toAccount(vault, r), replacedAt: r.replacedAt }));
    },

    async sharedAccounts(tx, personIds) {
      if (personIds.length === 0) return new Map();
      const rows = await accounts.readShared(tx, personIds);
      return new Map(rows.map((r) => [r.personId, r.others]));
    },

    async unmask(tx, personId, field, reason) {
      if (!MAY_UNMASK.has(tx.actor.role)) {
        throw new DomainError(
          "forbidden",
          "您的账号不能查看完整号码，如办理需要请联系乡镇（街道）或县级经办。",
        );
      }
      if (reason.trim().length < 2) {
        throw new DomainError("invalid-input", "请写明查看原因。", { field: "reason" });
      }
      const [row] = await readSealed(tx, [personId]);
      if (!row) throw noPerson();
      const sealed = { idNo: row.idNoSealed, phone: row.phoneSealed, account: row.accountSealed }[field];
      if (sealed === null) throw new DomainError("not-found", `此人没有登记${FIELD_NAMES[field]}。`);
      await audit.record(tx, {
        action: "person.unmask",
        object: "person",
        objectId: personId,
        detail: `${FIELD_NAMES[field]}，原因：${reason.trim()}`,
      });
      return { value: vault.open(sealed) };
    },

    async idNumbers(tx, personIds, purpose) {
      if (personIds.length === 0) return new Map();
      const rows = await readSealedIds(tx, personIds);
      await told(tx, rows.length, purpose);
      return new Map(rows.map((r) => [r.id, vault.open(r.idNoSealed)]));
    },

    async disclose(tx, personIds, purpose) {
      if (personIds.length === 0) return new Map();
      const rows = await readSealed(tx, [...new Set(personIds)]);
      await told(tx, rows.length, purpose);
      return new Map(
        rows.map((r) => [
          r.id,
          {
            idNo: vault.open(r.idNoSealed),
            phone: r.phoneSealed === null ? null : vault.open(r.phoneSealed),
            account:
              r.accountSealed === null
                ? null
                : {
                    bankName: r.bankName ?? "",
                    accountNo: vault.open(r.accountSealed),
                    holderName: r.holderName ?? "",
                  },
          },
        ]),
      );
    },
  };
}
