import { ROLES } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { loginDigest, toAccount } from "./digests.ts";
import { type Account, assertRole, checkParty, checkPassword, checkScope, notFound } from "./model.ts";
import { hashPassword, verifyPassword } from "./secrets.ts";
import type { Access, AccessDeps, CreateAccount } from "./service.ts";
import * as store from "./store.ts";

type Accounts = Pick<
  Access,
  | "listAccounts"
  | "createAccount"
  | "updateAccount"
  | "registerResident"
  | "install"
  | "listStaff"
  | "accountNames"
  | "parties"
>;

const STAFF = ["grid", "village", "township", "county", "leader", "finance"] as const;

export function createAccounts({ clock, vault, audit, partyName }: AccessDeps): Accounts {
  async function get(tx: Tx, id: string): Promise<Account> {
    const found = await store.findAccount(tx, id, clock.now());
    if (!found) throw notFound();
    return toAccount(found);
  }

  async function create(
    tx: Tx,
    input: CreateAccount,
    hashOf: (password: string) => Promise<string> = hashPassword,
  ): Promise<Account> {
    const { id, role, scope, password } = input;
    const loginName = input.loginName.trim();
    const name = input.name.trim();
    if (!/^[a-z][a-z0-9._-]{2,39}$/.test(loginName)) {
      throw new DomainError("invalid-input", "登录名用小写字母开头，3 到 40 位，可含数字、点、横线。", {
        field: "loginName",
      });
    }
    if (name === "" || name.length > 50) {
      throw new DomainError("invalid-input", "请填写姓名，最多 50 个字。", { field: "name" });
    }
    const party = input.party ?? null;
    checkScope(tx.actor.countyCode, role, scope);
    checkParty(role, party);
    const bound = party === null ? undefined : await partyName?.(tx, party);
    if (party !== null && bound === undefined)
      throw new DomainError("invalid-input", "本县没有这个部门或机构，请重新选择。", { field: "party" });
    checkPassword(password, loginName);
    const passwordHash = await hashOf(password);
    const made = await store.insertAccount(tx, {
      ...{ id, loginName, name, role, scope, party, passwordHash },
      personId: null,
      now: clock.now(),
    });
    if (!made) {
      // Ids are made by the caller: the same request again gives the account that the first one made.
      const before = await store.findAccount(tx, id, clock.now());
      if (before && before.loginName === loginName && before.role === role) return toAccount(before);
      throw new DomainError("already-exists", "该编号已被另一个账号占用，请刷新页面后重试。");
    }
    const [mine] = await store.insertLogins(tx, id, [loginDigest(vault, loginName)]);
    if (!mine) {
      throw new DomainError("already-exists", `登录名“${loginName}”已有人使用，请换一个。`, {
        field: "loginName",
      });
    }
    await audit.record(tx, {
      action: "account.create",
      object: "account",
      objectId: id,
      detail: `${loginName}，${name}，${ROLES[role]}，${bound ?? `范围 ${scope}`}`,
    });
    return get(tx, id);
  }

  return {
    async listAccounts(tx) {
      assertRole(tx.actor, ["system_admin", "security_admin", "audit_admin"], "查看账号");
      return (await store.listAccounts(tx, clock.now())).map(toAccount);
    },

    async createAccount(tx, input) {
      assertRole(tx.actor, ["system_admin"], "新建账号");
      return create(tx, input);
    },

    async updateAccount(tx, id, input) {
      if (input.active !== undefined) assertRole(tx.actor, ["system_admin"], "启用和停用账号");
      if (input.unlock || input.password !== undefined || input.resetTotp) {
        assertRole(tx.actor, ["security_admin"], "解锁账号、重置密码和动态口令");
      }
      assertRole(tx.actor, ["system_admin", "security_admin"], "维护账号");
      const account = await get(tx, id);
      if (id === tx.actor.accountId) {
        throw new DomainError("forbidden", "不能在这里改自己的账号，请由另一位管理员办理。");
      }
      const note = (action: string) =>
        audit.record(tx, {
          action,
          object: "account",
          objectId: id,
          detail: `${account.loginName}，${account.roleName}`,
        });
      if (input.active !== undefined && input.active !== account.active) {
        await store.updateAccount(tx, id, { active: input.active });
        if (!input.active) await store.endSessions(tx, id, null);
        await note(input.active ? "account.activate" : "account.deactivate");
      }
      if (input.unlock) {
        await store.clearAttemptsOf(tx, id);
        await note("account.unlock");
      }
      if (input.password !== undefined) {
        checkPassword(input.password, account.loginName);
        await store.updateAccount(tx, id, { passwordHash: await hashPassword(input.password) });
        await store.endSessions(tx, id, null);
        await note("account.password-reset");
      }
      if (input.resetTotp) {
        await store.updateAccount(tx, id, { totpSealed: null, totpPendingSealed: null });
        await note("account.totp-reset");
      }
      return get(tx, id);
    },

    async registerResident(tx, input) {
      checkPassword(input.password);
      const before = await store.findByPerson(tx, input.personId, clock.now());
      if (before) {
        // Only a repeat of the same request, password included, is answered with the account.
        if (before.id === input.id && (await verifyPassword(before.passwordHash, input.password)))
          return toAccount(before);
        throw new DomainError(
          "already-exists",
          "该身份证号已经注册，请直接登录；忘记密码请到村（社区）或乡镇办理。",
          {
            field: "idNo",
          },
        );
      }
      const made = await store.insertAccount(tx, {
        id: input.id,
        loginName: input.shownAs,
        name: input.name,
        role: "resident",
        scope: "",
        party: null,
        personId: input.personId,
        passwordHash: await hashPassword(input.password),
        now: clock.now(),
      });
      const digests = input.loginNames.map((n) => loginDigest(vault, n));
      const mine = made ? await store.insertLogins(tx, input.id, digests) : [];
      if (!mine.some((d) => digests[0]?.equals(d))) {
        throw new DomainError("already-exists", "该身份证号已经注册，请直接登录。", { field: "idNo" });
      }
      await audit.record(tx, { action: "account.register", object: "account", objectId: input.id });
      return get(tx, input.id);
    },

    async install(tx, accounts) {
      if (tx.actor.role !== "system") {
        throw new DomainError("forbidden", "初始账号只能由系统在首次启动时建立。");
      }
      // First accounts that are given one and the same password share its hash; it must be changed anyway.
      const hashes = new Map<string, Promise<string>>();
      const hashOf = (password: string) => {
        const hash = hashes.get(password) ?? hashPassword(password);
        hashes.set(password, hash);
        return hash;
      };
      for (const account of accounts) await create(tx, account, hashOf);
    },

    async listStaff(tx) {
      return (await store.listStaff(tx, STAFF)).map((s) => ({ ...s, roleName: ROLES[s.role] }));
    },

    parties: async (tx) => new Set(await store.parties(tx)),

    async accountNames(tx, ids) {
      if (ids.length === 0) return new Map();
      const rows = await store.accountNames(tx, [...new Set(ids)]);
      return new Map(rows.map((r) => [r.id, { name: r.name, role: r.role }]));
    },
  };
}
