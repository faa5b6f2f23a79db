/**
 * `npm run bench:matching [-- FOLDER]`: 50,000 watched people against the five lists of the shared benchmark (5 M rows at
 * scale 1, `SCALE=10` for 50 M), each measurement in its own process. Without FOLDER the lists are generated into a
 * temporary folder and deleted. At scale 1 the alerts are checked by digest. Writes bench/results/matching.json.
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const HERE = import.meta.dirname;
const DIGEST_AT_SCALE_1 = "028650d23676ff42";

interface Measured {
  readonly rows: number;
  readonly rowsPerSecond: number;
  readonly peakMb: number;
  readonly digest?: string;
  readonly alerts?: number;
}
function child(script: string, ...args: string[]): Measured {
  const text = execFileSync(
    process.execPath,
    ["--import", "tsx", path.join(HERE, "matching", script), ...args],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  );
  return JSON.parse(text.trim().split("\n").at(-1)!) as Measured;
}

const given = process.argv[2];
const folder = given ?? fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-matching-"));
try {
  if (!given) {
    const generator = path.join(HERE, "../../shared/bench/matching/gen.mjs");
    if (!fs.existsSync(generator))
      throw new Error(
        "the benchmark's generator (shared/bench/matching/gen.mjs beside the repository) is not here: say a folder with persons.csv and the five lists",
      );
    execFileSync(process.execPath, [generator, folder, process.env.SCALE ?? "1"], { stdio: "inherit" });
  }
  const wuxin1 = child("wuxin.ts", folder, "1");
  const wuxin = child("wuxin.ts", folder, "2");
  const duckdb = child("duckdb.ts", folder);
  // A bounded number of rows: the rate stands for all of them.
  const csvParse = child("csv-parse.ts", folder, "300000");
  const digestsEqual =
    wuxin1.digest === wuxin.digest && (wuxin.rows !== 5_000_000 || wuxin.digest === DIGEST_AT_SCALE_1);
  const engines = { wuxin, wuxin1, duckdb, csvParse };
  const of = (pick: (m: Measured) => number) =>
    Object.fromEntries(Object.entries(engines).map(([name, m]) => [name, pick(m)]));
  const result = {
    rowsPerSecond: of((m) => m.rowsPerSecond),
    peakMb: of((m) => m.peakMb),
    digestsEqual,
    csvParseRows: csvParse.rows,
    ...{ rows: wuxin.rows, alerts: wuxin.alerts, digest: wuxin.digest },
    machine: `${os.cpus().length} cores, Node ${process.versions.node}, load ${os.loadavg()[0]?.toFixed(1)}`,
  };
  fs.writeFileSync(path.join(HERE, "results", "matching.json"), `${JSON.stringify(result, null, 2)}\n`);
  for (const [name, m] of Object.entries(engines))
    console.log(
      `${name.padEnd(10)}${m.rowsPerSecond.toLocaleString("en").padStart(12)} rows/s${String(m.peakMb).padStart(8)} MB`,
    );
  console.log(`${result.machine}; alerts ${digestsEqual ? "as they should be" : "DIFFER"}`);
  if (!digestsEqual) process.exitCode = 1;
} finally {
  if (!given) fs.rmSync(folder, { recursive: true, force: true });
}
