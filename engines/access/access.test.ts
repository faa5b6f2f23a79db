import { verify } from "@node-rs/argon2";
import { newId } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { generateSync } from "otplib";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createAudit } from "../audit/index.ts";
import { type CreateAccount, createAccess } from "./index.ts";
import type { LoginInput } from "./service.ts";

// The real one, counted: how often it runs is what must not tell a known name from an unknown one, and time is no test.
vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  return { ...real, verify: vi.fn(real.verify) };
});

const COUNTY = "430621";
const system = systemActor(COUNTY);
const PASSWORD = "chunfeng2026";

let t: TestDatabase;
let now: Date;
const clock = { now: () => now, today: () => now.toISOString().slice(0, 10) };
const minutes = (n: number) => {
  now = new Date(now.getTime() + n * 60_000);
};
let access: ReturnType<typeof createAccess>;

const officers: CreateAccount[] = [
  ["sysadmin", "系统管理员甲", "system_admin", COUNTY],
  ["secadmin", "安全管理员乙", "security_admin", COUNTY],
  ["auditadmin", "审计管理员丙", "audit_admin", COUNTY],
  ["lisi", "李四", "township", "430621101"],
  ["wangwu", "王五", "county", COUNTY],
].map(
  ([loginName, name, role, scope]) =>
    ({ id: newId(), loginName, name, role, scope, password: PASSWORD }) as CreateAccount,
);
const idOf = (loginName: string) => officers.find((o) => o.loginName === loginName)!.id;

beforeAll(async () => {
  t = await testDatabase();
  now = new Date("2026-03-02T09:00:00+08:00");
  access = createAccess({ clock, vault: t.vault, audit: createAudit({ clock, vault: t.vault }) });
  await t.db.transact(system, (tx) => access.install(tx, officers));
});
afterAll(() => t.close());
beforeEach(() => {
  minutes(24 * 60);
});

const login = (loginName: string, over: Partial<LoginInput> = {}) =>
  access.login(t.db, { county: COUNTY, loginName, password: PASSWORD, ...over });
const codeOf = (p: Promise<unknown>) =>
  p.then(
    () => "ok",
    (e: { code?: string }) => e.code ?? String(e),
  );
const as = async (loginName: string): Promise<Actor> => (await login(loginName)).actor;

describe("logging in", () => {
  test("gives a session whose token is nowhere in the database", async () => {
    const { token, actor, account } = await login("lisi");
    expect(actor).toEqual({
      countyCode: COUNTY,
      scope: "430621101",
      accountId: idOf("lisi"),
      personId: null,
      name: "李四",
      role: "township",
    });
    expect(account).toMatchObject({ roleName: "乡镇（街道）经办", totpEnabled: false });
    expect(await access.sessionOf(t.db, COUNTY, token)).toMatchObject({
      actor,
      expiresAt: new Date(now.getTime() + 12 * 3600_000).toISOString(),
    });
    const [row] = await t.owner<{ everything: string }>(
      "select string_agg(s::text, '') as everything from session s",
    );
    expect(row?.everything).not.toContain(token);
    const [hash] = await t.owner<{ h: string }>(
      "select password_hash as h from account where login_name = 'lisi'",
    );
    expect(hash?.h).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test("typed in capitals, full width or with blanks it is the same name", async () => {
    expect((await login(" ＬiSi ")).account.id).toBe(idOf("lisi"));
  });

  test("a wrong password and an unknown name give the same sentence, code and field", async () => {
    const errors = await Promise.all(
      [login("lisi", { password: "x" }), login("nobody", { password: "x" })].map((p) =>
        p.catch((e: unknown) => e),
      ),
    );
    const [a, b] = errors.map((e) => ({ ...(e as object), message: (e as Error).message }));
    expect(a).toMatchObject({ code: "wrong-credentials", message: "登录名或密码不正确，请核对后再试。" });
    expect(a).toEqual(b);
  });

  test("and both do the slow work of the password once: neither answers sooner", async () => {
    for (const loginName of ["wangwu", "nobody-here"]) {
      vi.mocked(verify).mockClear();
      await codeOf(login(loginName, { password: "x" }));
      const work = vi.mocked(verify).mock.calls.map(([hash]) => String(hash).slice(0, 30));
      expect(work).toEqual(["$argon2id$v=19$m=19456,t=2,p=1"]);
    }
  });

  test("a closed account says nothing else", async () => {
    const id = newId();
    await t.db.transact(system, (tx) =>
      access.install(tx, [
        { id, loginName: "closed", name: "已停用", role: "county", scope: COUNTY, password: PASSWORD },
      ]),
    );
    const { token } = await login("closed");
    await t.db.transact(await as("sysadmin"), (tx) => access.updateAccount(tx, id, { active: false }));
    expect(await codeOf(login("closed"))).toBe("wrong-credentials");
    expect(await access.sessionOf(t.db, COUNTY, token)).toBeUndefined();
  });
});

describe("lock-out", () => {
  test("five failures lock the name for 15 minutes, the right password included", async () => {
    for (let i = 0; i < 5; i++)
      expect(await codeOf(login("lisi", { password: "wrong" }))).toBe("wrong-credentials");
    expect(await codeOf(login("lisi"))).toBe("account-locked");
    minutes(14);
    expect(await codeOf(login("lisi"))).toBe("account-locked");
    minutes(2);
    expect(await codeOf(login("lisi"))).toBe("ok");
    expect(await codeOf(login("lisi", { password: "wrong" }))).toBe("wrong-credentials");
    expect(await codeOf(login("lisi"))).toBe("ok");
  });

  test("four failures and a success start the count again", async () => {
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) await codeOf(login("lisi", { password: "wrong" }));
      expect(await codeOf(login("lisi"))).toBe("ok");
    }
  });

  test("a name that does not exist locks too, so that the lock tells nothing", async () => {
    for (let i = 0; i < 5; i++) await codeOf(login("ghost", { password: "wrong" }));
    expect(await codeOf(login("ghost"))).toBe("account-locked");
  });

  test("twenty guesses at once get no more than five tries", async () => {
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => codeOf(login("wangwu", { password: "wrong" }))),
    );
    expect(codes.filter((c) => c === "wrong-credentials")).toHaveLength(5);
    expect(codes.filter((c) => c === "account-locked")).toHaveLength(15);
  });

  test("the security administrator unlocks; the list shows it", async () => {
    for (let i = 0; i < 5; i++) await codeOf(login("lisi", { password: "wrong" }));
    const security = await as("secadmin");
    const locked = async () =>
      (await t.db.read(security, (tx) => access.listAccounts(tx))).find((a) => a.loginName === "lisi")
        ?.locked;
    expect(await locked()).toBe(true);
    await t.db.transact(security, (tx) => access.updateAccount(tx, idOf("lisi"), { unlock: true }));
    expect(await locked()).toBe(false);
    expect(await codeOf(login("lisi"))).toBe("ok");
  });

  test("one address cannot try a hundred names", async () => {
    const key = t.vault.digest("address:10.0.0.9");
    await t.owner(
      "insert into login_throttle (county_code, key_digest, attempts, since, locked_until) values ($1, $2, 100, $3, $4)",
      [COUNTY, key, now, new Date(now.getTime() + 60_000)],
    );
    expect(await codeOf(login("lisi", { address: "10.0.0.9" }))).toBe("too-many-requests");
    expect(await codeOf(login("lisi", { address: "10.0.0.8" }))).toBe("ok");
  });
});

describe("sessions end", () => {
  test("after an hour without use, but not while used", async () => {
    const { token } = await login("lisi");
    for (let i = 0; i < 3; i++) {
      minutes(50);
      expect(await access.sessionOf(t.db, COUNTY, token)).toBeDefined();
    }
    minutes(61);
    expect(await access.sessionOf(t.db, COUNTY, token)).toBeUndefined();
  });

  test("after twelve hours in any case", async () => {
    const { token } = await login("lisi");
    for (let i = 0; i < 14; i++) {
      minutes(50);
      await access.sessionOf(t.db, COUNTY, token);
    }
    expect(await access.sessionOf(t.db, COUNTY, token)).toBeDefined();
    minutes(21);
    expect(await access.sessionOf(t.db, COUNTY, token)).toBeUndefined();
  });

  test("on logging out, and in another county it is no session at all", async () => {
    const { token } = await login("lisi");
    expect(await access.sessionOf(t.db, "420103", token)).toBeUndefined();
    await access.logout(t.db, COUNTY, token);
    expect(await access.sessionOf(t.db, COUNTY, token)).toBeUndefined();
    expect(await access.sessionOf(t.db, "x", token)).toBeUndefined();
  });

  test("when the password changes: all others, not the one that changed it", async () => {
    const mine = await login("wangwu");
    const other = await login("wangwu");
    const change = (current: string, next: string) =>
      t.db.transact(mine.actor, (tx) => access.changePassword(tx, { current, next }, mine.token));
    expect(await codeOf(change("wrong", "qiuyue2026aa"))).toBe("wrong-credentials");
    await expect(change(PASSWORD, "short1")).rejects.toMatchObject({ code: "invalid-input", field: "next" });
    await expect(change(PASSWORD, "wangwu20260302")).rejects.toThrow(/不能包含登录名/);
    await change(PASSWORD, "qiuyue2026aa");
    expect(await access.sessionOf(t.db, COUNTY, mine.token)).toBeDefined();
    expect(await access.sessionOf(t.db, COUNTY, other.token)).toBeUndefined();
    await t.db.transact(mine.actor, (tx) =>
      access.changePassword(tx, { current: "qiuyue2026aa", next: PASSWORD }),
    );
  });

  test("the nightly sweep removes what ended", async () => {
    await login("lisi");
    minutes(13 * 60);
    expect(await t.db.transact(system, (tx) => access.sweep(tx))).toBeGreaterThan(0);
    expect(await t.owner("select 1 from session")).toEqual([]);
  });
});

describe("second factor", () => {
  const step = (secret: string, at = now) => generateSync({ secret, epoch: Math.floor(at.getTime() / 1000) });

  async function bind(loginName: string) {
    const { actor } = await login(loginName);
    const { secret, uri } = await t.db.transact(actor, (tx) => access.startTotp(tx));
    expect(uri).toContain("otpauth://totp/");
    expect(await codeOf(t.db.transact(actor, (tx) => access.confirmTotp(tx, "000000")))).toBe(
      "invalid-input",
    );
    await t.db.transact(actor, (tx) => access.confirmTotp(tx, step(secret)));
    return { actor, secret };
  }

  test("is asked for after the password, works once, and not again", async () => {
    const { actor, secret } = await bind("lisi");
    expect(await codeOf(login("lisi"))).toBe("second-factor-needed");
    expect(await codeOf(login("lisi", { code: step(secret) }))).toBe("wrong-credentials"); // used to confirm
    minutes(1);
    const code = step(secret);
    const [a, b] = await Promise.all([codeOf(login("lisi", { code })), codeOf(login("lisi", { code }))]);
    expect([a, b].sort()).toEqual(["ok", "wrong-credentials"]);
    const before = step(secret, new Date(now.getTime() - 5 * 60_000));
    expect(await codeOf(login("lisi", { code: before }))).toBe("wrong-credentials");
    const [sealed] = await t.owner<{ s: Buffer }>(
      "select totp_sealed as s from account where login_name = 'lisi'",
    );
    expect(sealed?.s.toString("latin1")).not.toContain(secret);
    expect(await codeOf(t.db.transact(actor, (tx) => access.disableTotp(tx, "wrong")))).toBe(
      "wrong-credentials",
    );
    await t.db.transact(actor, (tx) => access.disableTotp(tx, PASSWORD));
    expect(await codeOf(login("lisi"))).toBe("ok");
  });

  test("a known password buys no more than five guesses at the code, asking in between included", async () => {
    const { secret } = await bind("wangwu");
    minutes(2);
    const tried: string[] = [];
    for (let i = 0; i < 8; i++) {
      tried.push(await codeOf(login("wangwu")));
      tried.push(await codeOf(login("wangwu", { code: "123456" })));
    }
    expect(tried.filter((c) => c === "wrong-credentials").length).toBeLessThanOrEqual(5);
    expect(tried.at(-1)).toBe("account-locked");
    await t.db.transact(await as("secadmin"), (tx) =>
      access.updateAccount(tx, idOf("wangwu"), { unlock: true, resetTotp: true }),
    );
    expect(await codeOf(login("wangwu"))).toBe("ok");
    expect(secret).toHaveLength(32);
  });
});

describe("accounts and separation", () => {
  const fresh = (over: Partial<CreateAccount> = {}): CreateAccount => ({
    id: newId(),
    loginName: `u${Math.random().toString(36).slice(2, 10)}`,
    name: "新人",
    role: "township",
    scope: "430621101",
    password: PASSWORD,
    ...over,
  });
  const create = async (who: string, input: CreateAccount) =>
    t.db.transact(await as(who), (tx) => access.createAccount(tx, input));

  test("only the system administrator makes accounts; repeating the request gives the same one", async () => {
    const input = fresh();
    const made = await create("sysadmin", input);
    expect(made).toMatchObject({ id: input.id, role: "township", active: true });
    expect((await create("sysadmin", input)).id).toBe(input.id);
    for (const who of ["secadmin", "auditadmin", "lisi", "wangwu"]) {
      expect(await codeOf(create(who, fresh()))).toBe("forbidden");
    }
    await expect(create("sysadmin", fresh({ loginName: input.loginName }))).rejects.toMatchObject({
      code: "already-exists",
      field: "loginName",
    });
    // The refused one left nothing behind.
    expect(await t.owner("select 1 from account where login_name = $1", [input.loginName])).toHaveLength(1);
  });

  test.each([
    ["a scope of another county", { scope: "420103" }, "scope"],
    ["a township officer for the whole county", { scope: COUNTY }, "scope"],
    ["a village worker for a township", { role: "village" as const }, "scope"],
    ["a resident", { role: "resident" as const }, "role"],
    ["a weak password", { password: "12345678901" }, "password"],
    ["a name of blanks", { name: "  " }, "name"],
    ["a login name in Chinese", { loginName: "李四" }, "loginName"],
  ])("refused: %s", async (_, over, field) => {
    await expect(create("sysadmin", fresh(over))).rejects.toMatchObject({ code: "invalid-input", field });
  });

  test("closing is the system administrator's, resetting the security administrator's, and nobody's own", async () => {
    const update = async (who: string, id: string, change: object) =>
      codeOf(t.db.transact(await as(who), (tx) => access.updateAccount(tx, id, change)));
    const { id, loginName } = await create("sysadmin", fresh());
    expect(await update("secadmin", id, { active: false })).toBe("forbidden");
    expect(await update("sysadmin", id, { password: "xindemima2026" })).toBe("forbidden");
    expect(await update("auditadmin", id, { unlock: true })).toBe("forbidden");
    expect(await update("wangwu", id, {})).toBe("forbidden");
    expect(await update("sysadmin", idOf("sysadmin"), { active: false })).toBe("forbidden");
    expect(await update("secadmin", newId(), { unlock: true })).toBe("not-found");
    expect(await update("secadmin", id, { password: "xindemima2026" })).toBe("ok");
    expect(await codeOf(login(loginName))).toBe("wrong-credentials");
    expect(await codeOf(login(loginName, { password: "xindemima2026" }))).toBe("ok");
  });

  test("the list is the administrators' only, holds no residents and no secrets", async () => {
    for (const who of ["lisi", "wangwu"]) {
      expect(await codeOf(t.db.read(await as(who), (tx) => access.listAccounts(tx)))).toBe("forbidden");
    }
    const list = await t.db.read(await as("auditadmin"), (tx) => access.listAccounts(tx));
    expect(list.length).toBeGreaterThanOrEqual(5);
    expect(JSON.stringify(list)).not.toMatch(/argon2|sealed/i);
  });

  test("administrators carry no data scope: the database shows them no business row", async () => {
    for (const who of ["sysadmin", "secadmin", "auditadmin"]) expect((await as(who)).scope).toBe("");
  });

  test("staff for the fields of an item: those who handle cases, never administrators", async () => {
    const staff = await t.db.read(await as("lisi"), (tx) => access.listStaff(tx));
    expect(staff.map((s) => s.name)).toEqual(expect.arrayContaining(["李四", "王五"]));
    expect(staff.some((s) => s.role.endsWith("_admin"))).toBe(false);
    const names = await t.db.read(await as("lisi"), (tx) =>
      access.accountNames(tx, [idOf("wangwu"), newId()]),
    );
    expect([...names]).toEqual([[idOf("wangwu"), { name: "王五", role: "county" }]]);
  });

  test("first accounts are the system's to make", async () => {
    expect(await codeOf(t.db.transact(await as("sysadmin"), (tx) => access.install(tx, [])))).toBe(
      "forbidden",
    );
  });
});

describe("residents", () => {
  const personId = newId();
  const registration = {
    id: newId(),
    personId,
    name: "张三丰",
    loginNames: ["110105194912310021", "13800001234"],
    shownAs: "138****1234",
    password: "guxiang2026a",
  };
  const register = (over: object = {}) =>
    t.db.transact(system, (tx) => access.registerResident(tx, { ...registration, ...over }));
  const enter = (loginName: string) => login(loginName, { password: registration.password });

  test("log in by ID number or phone, neither of which is stored; scope empty, person set", async () => {
    expect((await register()).role).toBe("resident");
    expect((await register()).id).toBe(registration.id);
    const { actor } = await enter("110105194912310021");
    expect(actor).toMatchObject({ scope: "", personId, role: "resident" });
    expect((await enter("138 0000 1234")).account.id).toBe(registration.id);
    const [row] = await t.owner<{ all: string }>(
      "select string_agg(a::text, '') || (select string_agg(l::text, '') from account_login l) as all from account a",
    );
    expect(row?.all).not.toMatch(/110105194912310021|13800001234/);
  });

  test("register once; somebody else's phone is left out", async () => {
    expect(await codeOf(register({ id: newId() }))).toBe("already-exists");
    expect(await codeOf(register({ password: "bieren2026aa" }))).toBe("already-exists");
    expect(await codeOf(register({ id: newId(), personId: newId() }))).toBe("already-exists");
    const second = {
      id: newId(),
      personId: newId(),
      name: "李奶奶",
      loginNames: ["11010519491231002X", "13800001234"],
    };
    await register(second);
    expect((await enter("11010519491231002x")).account.id).toBe(second.id);
    expect((await enter("13800001234")).account.id).toBe(registration.id);
  });

  test("see their own account and no other, even in SQL", async () => {
    const { actor } = await enter("13800001234");
    const rows = await t.db.read(actor, (tx) => tx.query("select id from account"));
    expect(rows).toEqual([{ id: registration.id }]);
    const visitor: Actor = { ...system, scope: "", role: "visitor", name: "访客" };
    expect(await t.db.read(visitor, (tx) => tx.query("select id from account"))).toEqual([]);
    expect(await t.db.read(systemActor("420103"), (tx) => tx.query("select id from account"))).toEqual([]);
  });
});

test("what happened is in the trail, without passwords or ID numbers", async () => {
  const rows = await t.owner<{ action: string; row: string }>(
    "select action, e::text as row from audit_entry e",
  );
  const actions = new Set(rows.map((r) => r.action));
  for (const action of [
    ...[
      "session.login",
      "session.failed",
      "session.locked",
      "session.logout",
      "account.create",
      "account.unlock",
    ],
    ...[
      "account.password-change",
      "account.password-reset",
      "account.totp-on",
      "account.totp-off",
      "account.register",
    ],
  ]) {
    expect(actions).toContain(action);
  }
  for (const { row } of rows)
    expect(row).not.toMatch(/chunfeng2026|guxiang2026a|110105194912310021|11010519491231002X/);
});
