import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { systemActor } from "./database.ts";
import { startEmbedded } from "./embedded.ts";
import { openPlatform } from "./open.ts";
import { findPostmaster } from "./postmaster.ts";

const home = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-embedded-"));
const county = systemActor("430621");
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});
afterAll(() => fs.rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }));

/** Starts the writing child; resolves with it and a function that tells the last acknowledged number. */
async function writer(folder: string, from = 0) {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.join(import.meta.dirname, "testing", "platform-child.ts"), folder, String(from)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  children.push(child);
  let said = "";
  child.stdout?.on("data", (chunk) => {
    said += chunk;
  });
  const acknowledged = () => Number(said.slice(0, said.lastIndexOf("\n")).split("\n").at(-1));
  while (!(acknowledged() > from + 5)) {
    if (child.exitCode !== null) throw new Error(`child ended: ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { child, acknowledged };
}

const gone = async (pid: number) => {
  const end = Date.now() + 10_000;
  while (Date.now() < end) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
};

test("kill -9 at any moment loses no acknowledged row, leaves no server behind, and the next start recovers", async () => {
  const folder = path.join(home, "killed");
  let last = 0;
  for (let round = 0; round < 3; round++) {
    const { child, acknowledged } = await writer(folder, last);
    const server = findPostmaster(path.join(folder, "pg"));
    await new Promise((resolve) => setTimeout(resolve, 37 * round));
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    last = acknowledged();
    // Round 0: start again at once, while the old server is still going; later: it must be gone by itself.
    if (round > 0) expect(await gone(server?.pid ?? 0)).toBe(true);
    const again = await openPlatform({ dataDir: folder, url: "", before: "0010" });
    const rows = await again.db.read(county, (tx) => tx.query<{ key: string }>("select key from setting"));
    const found = new Set(rows.map((row) => row.key));
    for (let n = 1; n <= last; n++) expect(found.has(`n${n}`), `row ${n} of ${last}`).toBe(true);
    last = rows.length; // one may have been committed and not yet told
    await again.close();
  }
  expect(fs.readdirSync(folder).filter((name) => name.startsWith("pg"))).toEqual(["pg"]);
}, 90_000);

// Finds the guard through /proc.
test.skipIf(process.platform !== "linux")(
  "a killed PostgreSQL whose guard was killed with it is taken over, not doubled",
  async () => {
    const folder = path.join(home, "orphan");
    const { child } = await writer(folder);
    const before = findPostmaster(path.join(folder, "pg"));
    expect(before?.liveOwner).toBe(child.pid);
    // The guard is PostgreSQL's parent.
    const guard = Number(/^PPid:\s*(\d+)/m.exec(fs.readFileSync(`/proc/${before?.pid}/status`, "utf8"))?.[1]);
    for (const pid of [guard, child.pid as number]) process.kill(pid, "SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    const again = await startEmbedded(folder);
    expect(again.reused).toBe(false);
    expect(findPostmaster(path.join(folder, "pg"))?.pid).not.toBe(before?.pid);
    expect(fs.existsSync(before?.socketDir ?? "")).toBe(false);
    await again.stop();
  },
  60_000,
);

test("a second process shares the living server and does not stop it", async () => {
  const folder = path.join(home, "shared");
  const { child, acknowledged } = await writer(folder);
  const second = await openPlatform({ dataDir: folder, url: "", before: "0010" });
  const seen = await second.db.read(county, (tx) =>
    tx.one<{ n: number }>("select count(*) as n from setting"),
  );
  expect(seen.n).toBeGreaterThan(5);
  await second.close();
  const then = acknowledged();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(acknowledged()).toBeGreaterThan(then);
  expect(child.exitCode).toBeNull();
}, 60_000);

test("two starts at once make one database", async () => {
  const folder = path.join(home, "race");
  const [a, b] = await Promise.all([
    openPlatform({ dataDir: folder, url: "", before: "0010" }),
    openPlatform({ dataDir: folder, url: "", before: "0010" }),
  ]);
  await a.db.transact(county, (tx) =>
    tx.exec("insert into setting (county_code, key, value) values ('430621', 'x', '1')"),
  );
  expect(await b.db.read(county, (tx) => tx.query("select key from setting"))).toHaveLength(1);
  await a.close();
  await b.close();
}, 60_000);

test("a pid file whose number now belongs to something else does not stop the start", async () => {
  const folder = path.join(home, "stale");
  await (await startEmbedded(folder)).stop();
  fs.writeFileSync(
    path.join(folder, "pg", "postmaster.pid"),
    `${process.pid}\n${folder}/pg\n1\n5432\n/tmp/none\n\n\nready\n`,
  );
  const server = await startEmbedded(folder);
  expect(server.reused).toBe(false);
  const socketDir = server.socketDir;
  expect(fs.statSync(socketDir).mode & 0o077).toBe(0);
  await server.stop();
  expect(fs.existsSync(socketDir)).toBe(false);
}, 60_000);

test("what cannot start says so: another major's folder, an unwritable folder, a broken configuration", async () => {
  const folder = path.join(home, "odd");
  await (await startEmbedded(folder)).stop();
  await expect(startEmbedded(folder, { settings: { shared_buffers: "lots" } })).rejects.toMatchObject({
    code: "database-failed",
    message: expect.stringMatching(
      /内置数据库未能启动.*shared_buffers.* \/ The embedded database did not start/,
    ),
  });
  fs.writeFileSync(path.join(folder, "pg", "PG_VERSION"), "12\n");
  await expect(startEmbedded(folder)).rejects.toMatchObject({ code: "database-version" });
  if (process.platform === "linux") {
    await expect(startEmbedded("/proc/wuxin")).rejects.toMatchObject({ code: "data-folder-unwritable" });
  }
  const file = path.join(home, "a-file");
  fs.writeFileSync(file, "");
  await expect(startEmbedded(path.join(file, "data"))).rejects.toMatchObject({
    code: "data-folder-unwritable",
    message: expect.stringMatching(/WUXIN_DATA.* \/ .*WUXIN_DATA/),
  });
}, 60_000);
