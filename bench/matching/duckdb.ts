/** The bare join in DuckDB, two threads, columns as text, in its own process: `duckdb.ts FOLDER`. */
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

const folder = process.argv[2]!;
const began = performance.now();
const db = await DuckDBInstance.create(":memory:", { threads: "2" });
const sql = await db.connect();
const list = (name: string) =>
  `read_csv('${path.join(folder, `${name}.csv`)}', header = true, delim = ',', quote = '"', all_varchar = true)`;
await sql.run(`CREATE TABLE watched AS SELECT upper(trim(id_no)) AS id FROM ${list("persons")}`);
let rows = 0;
for (const [name, key] of [
  ["vehicle", "id_no"],
  ["property", "id_no"],
  ["pension", "id_no"],
  ["business", "legal_rep_id"],
  ["death", "id_no"],
]) {
  const answer = await sql.runAndReadAll(
    `SELECT count(*), count(w.id) FROM ${list(name!)} l LEFT JOIN watched w ON w.id = upper(trim(l.${key}))`,
  );
  rows += Number(answer.getRows()[0]![0]);
}
const seconds = (performance.now() - began) / 1000;
console.log(
  JSON.stringify({
    rows,
    rowsPerSecond: Math.round(rows / seconds),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
