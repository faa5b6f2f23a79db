import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { systemActor } from "./database.ts";
import { openDatabase, openPlatform } from "./open.ts";
import { checkAppRole, withClient } from "./roles.ts";
import { explain, unreachable } from "./startup-errors.ts";
import { TEST_PASSWORD } from "./testing/cluster.ts";
import { type TestDatabase, testDatabase } from "./testing/index.ts";
import { withLogin } from "./urls.ts";

let t: TestDatabase;
const home = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-open-"));
const bilingual = /^.*[一-龥].*。 \/ [A-Z].*\.$/s;

beforeAll(async () => {
  t = await testDatabase();
  process.env.WUXIN_APP_PASSWORD = TEST_PASSWORD; // roles are the server's, and other files use them now
});
afterAll(async () => {
  delete process.env.WUXIN_APP_PASSWORD;
  fs.rmSync(home, { recursive: true, force: true });
  await t.close();
});

const failure = async (options: Parameters<typeof openPlatform>[0]) => {
  const error = await openPlatform({ dataDir: path.join(home, "x"), before: "0010", ...options }).catch(
    (e: unknown) => e,
  );
  return { code: (error as { code: string }).code, sentence: explain(error) ?? "" };
};

test("a server of one's own: roles, migrations, keys and a bound application role", async () => {
  const platform = await openPlatform({ dataDir: path.join(home, "a"), url: t.ownerUrl, before: "0010" });
  const who = await platform.db.read(systemActor("430621"), (tx) => tx.one("select current_user as name"));
  expect(who).toEqual({ name: "wuxin_app" });
  const id = await platform.files.put(Buffer.from("甲"));
  await platform.close();
  const db = await openDatabase({ dataDir: path.join(home, "a"), url: t.ownerUrl, before: "0010" });
  await db.close();
  expect(id).toHaveLength(64);
  // Keys of another data folder do not fit this database.
  expect(await failure({ url: t.ownerUrl })).toMatchObject({ code: "vault-lost" });
});

test("a login without the right to make roles is told what the administrator must run", async () => {
  await t.owner("create role plain login password 'plain'");
  const url = withLogin(t.ownerUrl, { user: "plain", password: "plain" });
  const { code, sentence } = await failure({ url });
  expect(code).toBe("database-roles");
  expect(sentence).toContain("create role wuxin_owner");
  expect(sentence).toMatch(bilingual);
  await t.owner("drop role plain");
});

test("an application role that policies do not bind is refused", async () => {
  await expect(checkAppRole(t.ownerUrl)).rejects.toMatchObject({ code: "app-role-unsafe" });
});

test.each([
  ["no PostgreSQL address", "mysql://x", "database-url", /DATABASE_URL/],
  ["no address at all", "localhost:5432", "database-url", /DATABASE_URL/],
  ["nothing listens", "postgres://u:p@127.0.0.1:9/db", "database-unreachable", /ECONNREFUSED/],
  ["an unknown host", "postgres://u:p@nowhere.invalid/db", "database-unreachable", /主机名/],
])("DATABASE_URL: %s", async (_what, url, code, words) => {
  const found = await failure({ url });
  expect(found.code).toBe(code);
  expect(found.sentence).toMatch(words);
  expect(found.sentence).toMatch(bilingual);
});

test("DATABASE_URL: a missing database", async () => {
  const found = await failure({ url: withLogin(inject("wuxinServer"), { database: "nowhere" }) });
  expect(found.sentence).toMatch(/不存在.*createdb/);
  expect(found.sentence).toMatch(bilingual);
});

test("a used port, a forbidden folder, a wrong password: one sentence each; a defect: none", async () => {
  const server = http.createServer().listen(0);
  const { port } = server.address() as { port: number };
  const used = await new Promise((resolve) => http.createServer().once("error", resolve).listen(port));
  server.close();
  expect(explain(used)).toMatch(bilingual);
  expect(explain(used)).toContain(`${port}`);
  const readOnly = Object.assign(new Error("EROFS"), { code: "EROFS", path: "/data" });
  expect(explain(readOnly)).toMatch(/\/data.*WUXIN_DATA/);
  expect(explain(Object.assign(new Error("x"), { code: "28P01" }))).toMatch(bilingual);
  expect(explain(unreachable(Object.assign(new Error("x"), { code: "28P01" })))).toMatch(/密码/);
  expect(explain(new TypeError("undefined is not a function"))).toBeUndefined();
});

test("addresses with and without a host take another login or database", async () => {
  const { host } = new URL("postgres://h:1/x");
  expect(withLogin(`postgres://u:p@${host}/db?sslmode=require`, { user: "a", password: "b/c" })).toBe(
    "postgres://a:b%2Fc@h:1/db?sslmode=require",
  );
  expect(withLogin("postgres://u:p@/db?host=/run/pg", { user: "a" })).toBe(
    "postgres://a@/db?host=%2Frun%2Fpg",
  );
  const [row] = await withClient(t.appUrl, async (c) => (await c.query("select current_user as name")).rows);
  expect(row).toEqual({ name: "wuxin_app" });
});
