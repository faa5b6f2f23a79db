import { ROLES } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";
import { type Database, systemActor, type Tx } from "@wuxin/platform";
import { addressDigest, loginDigest, toAccount } from "./digests.ts";
import {
  ABSOLUTE_MS,
  type Account,
  actorOf,
  LOCK_MS,
  MAX_FAILURES,
  MAX_FAILURES_OF_ADDRESS,
  notFound,
  sessionState,
  TOUCH_MS,
} from "./model.ts";
import { newToken, nobodysHash, tokenDigest, totpStep, verifyPassword } from "./secrets.ts";
import type { Access, AccessDeps, LoggedIn, LoginInput } from "./service.ts";
import * as store from "./store.ts";

type Sessions = Pick<Access, "login" | "openSession" | "sessionOf" | "logout" | "endSessions" | "sweep">;

export function createSessions({ clock, vault, audit }: AccessDeps): Sessions {
  /** Counts the attempt first; refuses while locked. One transaction of its own, so that a refusal is remembered. */
  async function admit(db: Database, input: LoginInput) {
    const now = clock.now();
    const name = loginDigest(vault, input.loginName);
    const address = input.address === undefined ? undefined : addressDigest(vault, input.address);
    const { account, locked, flooded } = await db.transact(systemActor(input.county), async (tx) => {
      const from = address && (await store.countAttempt(tx, address, MAX_FAILURES_OF_ADDRESS, now, LOCK_MS));
      const byName = await store.countAttempt(tx, name, MAX_FAILURES, now, LOCK_MS);
      const locked = byName.attempts > MAX_FAILURES;
      // Told once per lock, not once per knock.
      if (byName.attempts === MAX_FAILURES + 1) {
        await audit.record(tx, {
          action: "session.locked",
          object: "account",
          detail: "连续登录失败，已锁定 15 分钟",
        });
      }
      return {
        account: await store.findByLogin(tx, name, now),
        locked,
        flooded: from !== undefined && from.attempts > MAX_FAILURES_OF_ADDRESS,
      };
    });
    if (flooded) {
      throw new DomainError("too-many-requests", "来自您所在网络的失败登录过多，请 15 分钟后再试。");
    }
    if (locked) {
      throw new DomainError(
        "account-locked",
        `连续 ${MAX_FAILURES} 次登录失败，已锁定 15 分钟。请稍后再试，或请安全管理员解锁。`,
      );
    }
    return { account, keys: address ? [name, address] : [name] };
  }

  async function failed(db: Database, county: string, accountId: string | undefined): Promise<DomainError> {
    await db.transact(systemActor(county), (tx) =>
      audit.record(tx, {
        action: "session.failed",
        object: "account",
        ...(accountId ? { objectId: accountId } : {}),
      }),
    );
    return new DomainError("wrong-credentials", "登录名或密码不正确，请核对后再试。");
  }

  async function open(tx: Tx, account: Account): Promise<LoggedIn & { token: string }> {
    const now = clock.now();
    const token = newToken();
    const expiresAt = new Date(now.getTime() + ABSOLUTE_MS);
    await store.openSession(tx, { tokenDigest: tokenDigest(token), accountId: account.id, now, expiresAt });
    await audit.record(tx, {
      action: "session.login",
      object: "account",
      objectId: account.id,
      detail: `${account.roleName}登录`,
    });
    const fresh = { ...account, locked: false, lastLoginAt: now.toISOString() };
    return {
      token,
      account: fresh,
      actor: actorOf(tx.actor.countyCode, account),
      expiresAt: expiresAt.toISOString(),
    };
  }

  async function sessionOf(db: Database, countyCode: string, token: string): Promise<LoggedIn | undefined> {
    if (!/^\d{6}$/.test(countyCode) || token.length > 100) return undefined;
    const digest = tokenDigest(token);
    const system = systemActor(countyCode);
    const s = await db.read(system, (tx) => store.findSession(tx, digest));
    const now = clock.now();
    if (!s?.active || sessionState(s, now) !== "alive") return undefined;
    if (now.getTime() - Date.parse(s.lastSeenAt) >= TOUCH_MS) {
      await db.transact(system, (tx) => store.touchSession(tx, digest, now));
    }
    const account: Account = {
      id: s.accountId,
      loginName: s.loginName,
      name: s.name,
      role: s.role,
      roleName: ROLES[s.role],
      scope: s.scope,
      party: s.party,
      personId: s.personId,
      active: true,
      locked: false,
      totpEnabled: s.totpEnabled,
      lastLoginAt: s.lastLoginAt,
    };
    return { actor: actorOf(countyCode, account), account, expiresAt: s.expiresAt };
  }

  return {
    async login(db, input) {
      const { account, keys } = await admit(db, input);
      const right = await verifyPassword(account?.passwordHash ?? (await nobodysHash()), input.password);
      if (!account || !right || !account.active) throw await failed(db, input.county, account?.id);
      const system = systemActor(input.county);
      if (account.totpSealed !== null && (input.code ?? "") === "") {
        // The password was right: asking for the code is no failure. Only this attempt is forgiven, not the wrong codes
        // before it, or a known password would buy endless guesses.
        await db.transact(system, (tx) => store.forgiveAttempts(tx, keys));
        throw new DomainError("second-factor-needed", "请输入动态口令 App 上的 6 位数字。", {
          field: "code",
        });
      }
      // Inside for this one step, also for an outside party: the counts of failures are the house's.
      const { party: _, ...inside } = actorOf(input.county, account);
      const as = { ...inside, scope: system.scope };
      const opened = await db.transact(as, async (tx) => {
        if (account.totpSealed !== null) {
          const secret = vault.open(account.totpSealed);
          const step = totpStep(secret, input.code ?? "", clock.now(), account.totpLastStep);
          if (step === undefined || !(await store.takeTotpStep(tx, account.id, step))) return undefined;
        }
        await store.clearAttempts(tx, keys.slice(0, 1));
        await store.forgiveAttempts(tx, keys.slice(1));
        return open(tx, toAccount(account));
      });
      if (opened) return opened;
      await failed(db, input.county, account.id);
      throw new DomainError("wrong-credentials", "动态口令不正确或已经用过，请等下一组数字再试。", {
        field: "code",
      });
    },

    async openSession(tx, accountId) {
      const account = await store.findAccount(tx, accountId, clock.now());
      if (!account?.active) throw notFound();
      return open(tx, toAccount(account));
    },

    sessionOf,

    async logout(db, countyCode, token) {
      const session = await sessionOf(db, countyCode, token);
      const actor = session?.actor ?? systemActor(countyCode);
      await db.transact(actor, async (tx) => {
        const accountId = await store.endSession(tx, tokenDigest(token));
        if (accountId)
          await audit.record(tx, { action: "session.logout", object: "account", objectId: accountId });
      });
    },
    endSessions: (tx, accountId) => store.endSessions(tx, accountId, null),
    sweep(tx) {
      const now = clock.now().getTime();
      return store.sweep(tx, new Date(now), new Date(now - 60 * 60_000), new Date(now - LOCK_MS));
    },
  };
}
