import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { DomainError } from "@wuxin/kernel";
import { ensureDataFolder } from "./data-folder.ts";
import { commandLine, findRunner, postgresEnvironment, type Runner } from "./postgres-binaries.ts";
import { findPostmaster, ownerToken } from "./postmaster.ts";

/** A running PostgreSQL of our own: Unix socket only, no TCP port, superuser `postgres` without password. */
export interface EmbeddedServer {
  readonly socketDir: string;
  readonly major: number;
  /** True when another living process of ours had started it: then `stop` leaves it running. */
  readonly reused: boolean;
  url(database: string, user: string): string;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Other server programs than the packaged ones, e.g. /usr/lib/postgresql/15/bin. */
  readonly binDir?: string;
  /** False only for throw-away clusters: no fsync at all. */
  readonly durable?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
}

const PATIENCE_MS = 90_000;
const LOG_BYTES = 4 * 1024 * 1024;
const SOCKETS = "wuxin-pg-";

/**
 * The guard starts PostgreSQL, and stops it when the pipe on fd 3 closes: on `stop`, and also when Node is gone in
 * whatever way (`kill -9` included). It leads a session of its own, so a Ctrl-C in the terminal reaches Node first.
 */
const GUARD = `
sockets=$1; shift
"$@" </dev/null 3<&- & server=$!
{ cat <&3 >/dev/null; kill -INT $server; n=0
  while [ $n -lt 30 ]; do sleep 1; n=$((n+1)); done; kill -QUIT $server; } 2>/dev/null & watch=$!
exec 3<&-
wait $server; code=$?
kill $watch 2>/dev/null
rm -rf "$sockets"
exit $code`;

/**
 * Starts the PostgreSQL of the data folder (`<folder>/pg`), creating it the first time.
 * A server that another living process holds is shared; one whose Node was killed is waited for and then replaced,
 * so that there is never a second database and never a lost commit.
 * Errors: data-folder-unwritable, embedded-unavailable, database-version, database-busy, database-failed.
 */
export async function startEmbedded(folder: string, options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const dataDir = ensureDataFolder(folder);
  const runner = findRunner(options.binDir);
  if (runner.ids.uid !== undefined) fs.chmodSync(dataDir, 0o711); // nobody must pass through, not look
  const cluster = path.join(dataDir, "pg");
  if (!fs.existsSync(path.join(cluster, "PG_VERSION")))
    createCluster(runner, dataDir, options.durable ?? true);
  checkVersion(runner, cluster);
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const shared = await settleOld(cluster, deadline);
    if (shared !== undefined) return describe(shared, runner.major, true, async () => {});
    const started = await launch(runner, dataDir, options);
    if (started !== undefined) return started;
    if (Date.now() > deadline) throw busy(cluster);
  }
}

/** Waits until the cluster has no server (undefined), or one to share (its socket folder). */
async function settleOld(cluster: string, deadline: number): Promise<string | undefined> {
  const since = Date.now();
  let asked = 0;
  let abandoned = "";
  for (;;) {
    const old = findPostmaster(cluster);
    if (old === undefined) break;
    if (old.liveOwner !== undefined && old.status === "ready") return old.socketDir;
    if (old.liveOwner === undefined) {
      // Its Node was killed: the guard is stopping it; ask too, in case the guard was killed with it.
      abandoned = old.socketDir;
      if (asked === 0 || (asked === 1 && Date.now() - since > 20_000)) {
        signal(old.pid, asked++ === 0 ? "SIGINT" : "SIGQUIT");
      }
    }
    if (Date.now() > deadline) throw busy(cluster);
    await sleep(25);
  }
  if (path.basename(abandoned).startsWith(SOCKETS)) fs.rmSync(abandoned, { recursive: true, force: true });
  return undefined;
}

/** An eighth of the machine's memory, between PostgreSQL's own default and a gibibyte. */
const sharedMb = (memory: number): number =>
  Math.min(1024, Math.max(128, Math.floor(memory / 8 / 1024 ** 2)));

async function launch(
  runner: Runner,
  dataDir: string,
  options: EmbeddedOptions,
): Promise<EmbeddedServer | undefined> {
  const cluster = path.join(dataDir, "pg");
  const socketDir = makeSocketFolder(runner);
  const settings: Record<string, string> = {
    listen_addresses: "",
    unix_socket_directories: socketDir,
    "wuxin.owner": ownerToken(),
    jit: "off",
    timezone: "Asia/Shanghai",
    // Statements carry personal data; the server's log must not.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_statement: "none",
    ...(options.durable === false
      ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_wal_size: "4GB" }
      : // A month of a large county writes two gigabytes: its indexes stay in memory and no checkpoint is forced midway.
        { shared_buffers: `${sharedMb(os.totalmem())}MB`, max_wal_size: "4GB" }),
    ...options.settings,
  };
  const [command, args] = commandLine(runner, "postgres", [
    "-D",
    cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  const logFile = path.join(dataDir, "postgres.log");
  // Appended to, because two starts at once share it and each must find its own words.
  if (fs.existsSync(logFile) && fs.statSync(logFile).size > LOG_BYTES) fs.truncateSync(logFile);
  const log = fs.openSync(logFile, "a", 0o600);
  const before = fs.fstatSync(log).size;
  const guard = spawn("/bin/sh", ["-c", GUARD, "wuxin-guard", socketDir, command, ...args], {
    ...runner.ids,
    cwd: os.tmpdir(),
    env: postgresEnvironment(),
    stdio: ["ignore", log, log, "pipe"],
    detached: true,
  });
  fs.closeSync(log);
  const leash = guard.stdio[3] as unknown as Writable & { unref(): void };
  leash.on("error", () => {}); // the guard may end first
  const ended = new Promise<void>((resolve) => {
    guard.once("exit", () => resolve());
    guard.once("error", () => resolve());
  });
  const hasEnded = () => guard.exitCode !== null || guard.signalCode !== null || guard.pid === undefined;
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!hasEnded()) {
    const seen = findPostmaster(cluster);
    if (seen?.status === "ready" && seen.socketDir === socketDir) {
      release(guard, leash);
      return describe(socketDir, runner.major, false, async () => {
        if (hasEnded()) return;
        guard.ref();
        leash.end();
        await ended;
      });
    }
    if (Date.now() > giveUpAt) leash.end();
    await Promise.race([sleep(20), ended]);
  }
  fs.rmSync(socketDir, { recursive: true, force: true });
  const said = fs.readFileSync(logFile).subarray(before).toString("utf8").trim();
  // Another was first; the file is empty for the moment in which the other writes it.
  if (/lock file .* (already exists|is empty)|is another (postmaster|postgres)/i.test(said)) return undefined;
  throw failed(said.split("\n").slice(-3).join(" ⏎ "), logFile);
}

/** A script that forgets `stop` still ends: the guard sees the pipe close and stops PostgreSQL. */
function release(guard: ChildProcess, leash: { unref(): void }): void {
  guard.unref();
  leash.unref();
}

/** Made beside and renamed, so that a start killed half-way never leaves half a database. */
function createCluster(runner: Runner, dataDir: string, durable: boolean): void {
  const cluster = path.join(dataDir, "pg");
  for (const name of fs.readdirSync(dataDir)) {
    const maker = /^pg\.new-(\d+)$/.exec(name)?.[1];
    if (maker !== undefined && !isAlive(Number(maker)))
      fs.rmSync(path.join(dataDir, name), { recursive: true });
  }
  const fresh = path.join(dataDir, `pg.new-${process.pid}`);
  fs.mkdirSync(fresh, { mode: 0o700 });
  if (runner.ids.uid !== undefined) fs.chownSync(fresh, runner.ids.uid, runner.ids.gid as number);
  // Order by code point everywhere: the same on Linux and macOS, immune to upgrades of the C library, and prefix
  // searches of division codes can use plain indexes.
  const locale =
    runner.major >= 17
      ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
      : ["--locale=C"];
  const [command, args] = commandLine(runner, "initdb", [
    ...["-D", fresh, "-U", "postgres", "-A", "trust", "-E", "UTF8", ...locale],
    ...(durable ? [] : ["--no-sync"]),
  ]);
  const made = spawnSync(command, args, {
    ...runner.ids,
    cwd: os.tmpdir(),
    env: postgresEnvironment(),
    encoding: "utf8",
  });
  if (made.status !== 0) {
    fs.rmSync(fresh, { recursive: true, force: true });
    throw failed(
      `initdb: ${(made.stderr || made.error?.message || "").trim().split("\n").slice(-2).join(" ")}`,
      dataDir,
    );
  }
  try {
    fs.renameSync(fresh, cluster);
  } catch (error) {
    fs.rmSync(fresh, { recursive: true, force: true });
    if (!fs.existsSync(path.join(cluster, "PG_VERSION"))) throw error; // else another starter was first
  }
}

function checkVersion(runner: Runner, cluster: string): void {
  const made = fs.readFileSync(path.join(cluster, "PG_VERSION"), "utf8").trim();
  if (made === String(runner.major)) return;
  throw new DomainError(
    "database-version",
    `数据文件夹 ${cluster} 由 PostgreSQL ${made} 建立，现在的程序是 ${runner.major}：请用原版本导出后再导入（见运维手册“升级”）。 / ` +
      `The data folder ${cluster} was made by PostgreSQL ${made}, this program brings ${runner.major}: dump with the old version and load with the new one.`,
  );
}

/** A Unix socket's whole path may have 103 bytes on macOS, so it never lives under a deep checkout or TMPDIR. */
function makeSocketFolder(runner: Runner): string {
  const base = Buffer.byteLength(os.tmpdir()) > 70 ? "/tmp" : os.tmpdir();
  const folder = fs.mkdtempSync(path.join(base, SOCKETS));
  if (runner.ids.uid !== undefined) fs.chownSync(folder, runner.ids.uid, runner.ids.gid as number);
  return folder;
}

function describe(
  socketDir: string,
  major: number,
  reused: boolean,
  stop: () => Promise<void>,
): EmbeddedServer {
  const url = (database: string, user: string) =>
    `postgres:///${database}?host=${encodeURIComponent(socketDir)}&user=${encodeURIComponent(user)}`;
  return { socketDir, major, reused, url, stop };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function signal(pid: number, name: "SIGINT" | "SIGQUIT"): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has just gone, or is another user's: then the wait ends in `database-busy`.
  }
}

function busy(cluster: string): DomainError {
  return new DomainError(
    "database-busy",
    `数据库文件夹 ${cluster} 仍被另一个 PostgreSQL 进程占用：请先结束该进程，或用 WUXIN_DATA 另选文件夹。 / ` +
      `The database folder ${cluster} is still held by another PostgreSQL process: stop it, or choose another folder with WUXIN_DATA.`,
  );
}

function failed(detail: string, place: string): DomainError {
  return new DomainError(
    "database-failed",
    `内置数据库未能启动（${detail}）：详见 ${place}，数据未被改动。 / ` +
      `The embedded database did not start (${detail}): see ${place}; no data was changed.`,
  );
}
