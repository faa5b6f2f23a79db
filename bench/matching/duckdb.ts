/**
 * DuckDB on two threads in its own process: `duckdb.ts FOLDER join` counts what a bare join finds, columns as text;
 * `duckdb.ts FOLDER alerts` gives the alerts.
 */
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { ALERTS, digestOf, LISTS } from "./alerts-sql.ts";

const [folder, work] = [process.argv[2]!, process.argv[3]!];
const began = performance.now();
const db = await DuckDBInstance.create(":memory:", { threads: "2" });
const sql = await db.connect();
const list = (name: string) =>
  `read_csv('${path.join(folder, `${name}.csv`)}', header = true, delim = ',', quote = '"', all_varchar = true)`;
await sql.run(`CREATE TABLE watched AS SELECT upper(trim(id_no)) AS id FROM ${list("persons")}`);
let rows = 0;
const told: { alerts?: number; digest?: string } = {};
if (work === "join")
  for (const [name, [key]] of Object.entries(LISTS)) {
    const answer = await sql.runAndReadAll(
      `SELECT count(*), count(w.id) FROM ${list(name)} l LEFT JOIN watched w ON w.id = upper(trim(l.${key}))`,
    );
    rows += Number(answer.getRows()[0]![0]);
  }
else {
  for (const name of Object.keys(LISTS)) await sql.run(`CREATE VIEW ${name} AS SELECT * FROM ${list(name)}`);
  const lines = (await sql.runAndReadAll(ALERTS.replaceAll(' collate "C"', "")))
    .getRows()
    .map((r) => r.join(","));
  Object.assign(told, { alerts: lines.length, digest: digestOf(lines.map((l) => `${l}\n`).join("")) });
}
const seconds = (performance.now() - began) / 1000;
console.log(
  JSON.stringify({
    ...{ rows, ...told, seconds },
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
