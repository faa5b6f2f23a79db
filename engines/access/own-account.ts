import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { checkPassword, notFound } from "./model.ts";
import { hashPassword, newTotpSecret, tokenDigest, totpStep, totpUri, verifyPassword } from "./secrets.ts";
import type { Access, AccessDeps } from "./service.ts";
import * as store from "./store.ts";

type OwnAccount = Pick<Access, "changePassword" | "startTotp" | "confirmTotp" | "disableTotp">;

/** What everybody does with the own account. */
export function createOwnAccount({ clock, vault, audit }: AccessDeps): OwnAccount {
  async function mine(tx: Tx): Promise<store.AccountRecord> {
    const account = tx.actor.accountId
      ? await store.findAccount(tx, tx.actor.accountId, clock.now())
      : undefined;
    if (!account) throw notFound();
    return account;
  }

  async function prove(account: store.AccountRecord, password: string, field: string): Promise<void> {
    if (await verifyPassword(account.passwordHash, password)) return;
    throw new DomainError("wrong-credentials", "当前密码不正确，请重新输入。", { field });
  }

  const note = (tx: Tx, account: store.AccountRecord, action: string) =>
    audit.record(tx, { action, object: "account", objectId: account.id });

  return {
    async changePassword(tx, { current, next }, keepToken) {
      const account = await mine(tx);
      await prove(account, current, "current");
      checkPassword(next, account.loginName, "next");
      if (current === next) {
        throw new DomainError("invalid-input", "新密码和当前密码相同，请换一个。", { field: "next" });
      }
      await store.updateAccount(tx, account.id, { passwordHash: await hashPassword(next) });
      await store.endSessions(tx, account.id, keepToken === undefined ? null : tokenDigest(keepToken));
      await note(tx, account, "account.password-change");
    },

    async startTotp(tx) {
      const account = await mine(tx);
      const secret = newTotpSecret();
      await store.updateAccount(tx, account.id, { totpPendingSealed: vault.seal(secret) });
      return { secret, uri: totpUri(secret, `${account.loginName}@${tx.actor.countyCode}`) };
    },

    async confirmTotp(tx, code) {
      const account = await mine(tx);
      if (account.totpPendingSealed === null) {
        throw new DomainError("invalid-input", "还没有开始绑定动态口令，请先扫描二维码。", { field: "code" });
      }
      const step = totpStep(vault.open(account.totpPendingSealed), code, clock.now(), account.totpLastStep);
      if (step === undefined || !(await store.takeTotpStep(tx, account.id, step))) {
        throw new DomainError("invalid-input", "动态口令不正确，请核对手机时间后输入最新的 6 位数字。", {
          field: "code",
        });
      }
      await store.updateAccount(tx, account.id, {
        totpSealed: account.totpPendingSealed,
        totpPendingSealed: null,
      });
      await note(tx, account, "account.totp-on");
    },

    async disableTotp(tx, password) {
      const account = await mine(tx);
      await prove(account, password, "password");
      await store.updateAccount(tx, account.id, { totpSealed: null, totpPendingSealed: null });
      await note(tx, account, "account.totp-off");
    },
  };
}
