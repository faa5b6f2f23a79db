import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { collectMigrations, migrate } from "./migrate.ts";
import { type TestDatabase, testDatabase } from "./testing/index.ts";

let t: TestDatabase;
const root = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-migrate-"));
const write = (file: string, sql: string) => {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), sql);
};

beforeAll(async () => {
  t = await testDatabase();
});
beforeEach(async () => {
  fs.rmSync(root, { recursive: true, force: true });
  await t.owner("drop table if exists schema_migration, a, b, c");
  write("engines/toys/migrations/0040-toys.sql", "create table b (id int references a);");
  write("platform/migrations/0001-first.sql", "create table a (\n  id int primary key);");
});
afterAll(async () => {
  fs.rmSync(root, { recursive: true, force: true });
  await t.close();
});

test("files run by number across rooms, as the owner, once", async () => {
  expect(await migrate(t.ownerUrl, { root })).toEqual(["0001-first.sql", "0040-toys.sql"]);
  expect(await migrate(t.ownerUrl, { root })).toEqual([]);
  const owners = await t.owner("select distinct tableowner from pg_tables where tablename in ('a', 'b')");
  expect(owners).toEqual([{ tableowner: "wuxin_owner" }]);
});

test("two runners at once apply each file once", async () => {
  const both = await Promise.all([migrate(t.ownerUrl, { root }), migrate(t.ownerUrl, { root })]);
  expect(both.flat().sort()).toEqual(["0001-first.sql", "0040-toys.sql"]);
});

test("an applied file that was edited is refused by name; other line ends are no edit", async () => {
  await migrate(t.ownerUrl, { root });
  write("platform/migrations/0001-first.sql", "create table a (\r\n  id int primary key);");
  expect(await migrate(t.ownerUrl, { root })).toEqual([]);
  write("platform/migrations/0001-first.sql", "create table a (id bigint primary key);");
  await expect(migrate(t.ownerUrl, { root })).rejects.toMatchObject({
    code: "migration-changed",
    message: expect.stringContaining("0001-first.sql"),
  });
});

test("a file that the database knows and the program does not is refused by name", async () => {
  await migrate(t.ownerUrl, { root });
  fs.rmSync(path.join(root, "engines/toys/migrations/0040-toys.sql"));
  await expect(migrate(t.ownerUrl, { root })).rejects.toMatchObject({
    code: "migration-unknown",
    message: expect.stringContaining("0040-toys.sql"),
  });
});

test("a failing file is undone wholly, names its line, and the earlier ones stay", async () => {
  write("engines/toys/migrations/0050-bad.sql", "create table c (id int);\n\ncreate table c (id nonsense);");
  const failure = await migrate(t.ownerUrl, { root }).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: "migration-failed",
    message: expect.stringContaining("0050-bad.sql:3"),
  });
  expect(await t.owner("select name from schema_migration order by 1")).toHaveLength(2);
  expect(await t.owner("select to_regclass('c') as c")).toEqual([{ c: null }]);
});

test("names out of form and twice the same name are refused", () => {
  write("engines/toys/migrations/41-toys.sql", "");
  expect(() => collectMigrations(root)).toThrow(expect.objectContaining({ code: "migration-name" }));
  fs.rmSync(path.join(root, "engines/toys/migrations/41-toys.sql"));
  write("engines/others/migrations/0040-toys.sql", "");
  expect(() => collectMigrations(root)).toThrow(expect.objectContaining({ code: "migration-name" }));
});
