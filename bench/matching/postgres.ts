/**
 * PostgreSQL in its own process: `postgres.ts FOLDER` loads the five lists with COPY, reading the files itself, into
 * unlogged tables of text, and gives the alerts. Memory: the server's processes together, what they share counted once.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startEmbedded, withClient } from "@wuxin/platform";
import { ALERTS, digestOf, LISTS } from "./alerts-sql.ts";

const folder = process.argv[2]!;
const data = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-bench-pg-"));
const server = await startEmbedded(data, {
  durable: false,
  settings: { shared_buffers: "128MB", work_mem: "64MB", max_parallel_workers_per_gather: "1" },
});

/** Kilobytes of every process named postgres, proportionally shared. */
function memory(): number {
  let sum = 0;
  for (const pid of fs.readdirSync("/proc"))
    try {
      if (
        !/^\d+$/.test(pid) ||
        (!fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(data) && !ours(pid))
      )
        continue;
      sum += Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      // a process that just ended
    }
  return sum;
}
/** Children of the server carry no path in their name. */
function ours(pid: string): boolean {
  const postmaster = fs.readFileSync(path.join(data, "pg", "postmaster.pid"), "utf8").split("\n")[0];
  return new RegExp(`^PPid:\\s+${postmaster}$`, "m").test(fs.readFileSync(`/proc/${pid}/status`, "utf8"));
}

try {
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, memory());
  }, 250);
  await withClient(server.url("postgres", "postgres"), async (client) => {
    const began = performance.now();
    const load = async (name: string, columns: string) => {
      await client.query(
        `create unlogged table ${name} (${columns
          .split(",")
          .map((c) => `${c} text`)
          .join(", ")})`,
      );
      const { rowCount } = await client.query(
        `copy ${name} from '${path.join(folder, `${name}.csv`)}' (format csv, header true)`,
      );
      return rowCount ?? 0;
    };
    await load("persons", "id_no,name,household_no,category");
    await client.query("create unlogged table watched as select upper(trim(id_no)) as id from persons");
    await client.query("analyze watched");
    let rows = 0;
    for (const [name, [, columns]] of Object.entries(LISTS)) rows += await load(name, columns);
    const lines = (await client.query<{ id: string; rule: string; value: string }>(ALERTS)).rows.map(
      (r) => `${r.id},${r.rule},${r.value}`,
    );
    const seconds = (performance.now() - began) / 1000;
    console.log(
      JSON.stringify({
        rows,
        alerts: lines.length,
        digest: digestOf(lines.map((l) => `${l}\n`).join("")),
        seconds,
        peakMb: Math.round(peak / 1024),
      }),
    );
  });
  clearInterval(watch);
} finally {
  await server.stop();
  fs.rmSync(data, { recursive: true, force: true });
}
