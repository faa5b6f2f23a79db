/** A server of a test's own that the test kills: a run's shared server must not fall with it. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type EmbeddedServer, startEmbedded } from "../embedded.ts";
import { migrate } from "../migrate.ts";
import { findPostmaster } from "../postmaster.ts";
import { APP_ROLE, ensureRoles, withClient } from "../roles.ts";
import { withLogin } from "../urls.ts";
import { TEST_PASSWORD } from "./cluster.ts";

export interface KillableServer {
  /** Superuser and application addresses of a database; the same after every restart. */
  ownerUrl(database: string): string;
  appUrl(database: string): string;
  /** A copy of the migrated template, or of another database that nobody is connected to. */
  create(database: string, template?: string): Promise<void>;
  /** Every process of the server is killed outright, as when the power fails; then it starts and recovers. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export async function openKillableServer(): Promise<KillableServer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-killable-"));
  // Its programs may run as another user, who must reach the sockets through the link.
  fs.chmodSync(folder, 0o755);
  const binDir = process.env.WUXIN_TEST_POSTGRES;
  // A killed process loses nothing that reached the operating system: only the disk may be spared, not the commit.
  const start = () =>
    startEmbedded(path.join(folder, "data"), {
      ...{ durable: false, settings: { synchronous_commit: "on" } },
      ...(binDir ? { binDir } : {}),
    });
  const link = path.join(folder, "s");
  const point = (server: EmbeddedServer) => {
    fs.rmSync(link, { force: true });
    fs.symlinkSync(server.socketDir, link);
  };
  let server = await start();
  point(server);
  const ownerUrl = (database: string) => {
    const url = new URL(server.url(database, "postgres"));
    url.searchParams.set("host", link);
    return url.href;
  };
  const create = (database: string, template = "wuxin_template") =>
    withClient(ownerUrl("postgres"), async (client) => {
      await client.query(`create database ${database} template ${template}`);
    });
  await create("wuxin_template", "template1");
  await ensureRoles(ownerUrl("wuxin_template"), TEST_PASSWORD);
  await migrate(ownerUrl("wuxin_template"));
  return {
    ownerUrl,
    appUrl: (database) => withLogin(ownerUrl(database), { user: APP_ROLE, password: TEST_PASSWORD }),
    create,
    async kill() {
      const pid = findPostmaster(path.join(folder, "data", "pg"))?.pid;
      if (pid === undefined) throw new Error("no server to kill");
      // Its children first looked up, then killed after it, so that it starts none anew.
      const all = [pid, ...childrenOf(pid)];
      for (const one of all) killOutright(one);
      for (let n = 0; n < 400 && all.some(lives); n++) await sleep(10);
      server = await start();
      point(server);
    },
    async close() {
      await server.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function childrenOf(pid: number): number[] {
  const list = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  return list
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child as number);
}
function killOutright(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch (error) {
    // No such process; or no /proc to ask whether it is a zombie, then it lives.
    return (error as NodeJS.ErrnoException).code === "ENOENT" && process.platform !== "linux";
  }
}
