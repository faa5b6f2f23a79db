/**
 * `npm run bench:matching [-- FOLDER]`: 50,000 watched people against the five lists of the shared benchmark (5 M rows at
 * scale 1, `SCALE=10` for 50 M), each measurement in its own process. Without FOLDER the lists are generated into a
 * temporary folder and deleted. Everybody's alerts are checked by digest. Writes bench/results/matching.json; 50 M rows
 * stand in it beside the 5 M, as `scale10`.
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";

const HERE = import.meta.dirname;
const RESULTS = path.join(HERE, "results", "matching.json");
const ROWS_AT_SCALE_1 = 5_000_000;
const DIGEST_AT_SCALE_1 = "028650d23676ff42";

interface Measured {
  readonly rows: number;
  readonly seconds: number;
  readonly peakMb: number;
  readonly digest?: string;
  readonly alerts?: number;
  /** Of what was stored: the same rows written by COPY. */
  readonly floorSeconds?: number;
}
/**
 * Each as plain JavaScript: the loader of TypeScript would add 40 MB and a quarter of a second to every engine's figure.
 * Only what runs the whole house (`product.ts`, `postgres.ts`) keeps it, as the house does.
 */
const PLAIN = ["wuxin.ts", "duckdb.ts", "csv-parse.ts", "gb18030.ts"];
const BUILT = path.join(HERE, "..", "node_modules", ".cache", "wuxin-bench-matching");
buildSync({
  entryPoints: PLAIN.map((script) => path.join(HERE, "matching", script)),
  ...{
    outdir: BUILT,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    external: ["@duckdb/node-api", "csv-parse"],
  },
  ...{ platform: "node", format: "esm", target: "node20" },
});
// The threads' own files are plain already, and stand beside what starts them.
const SCAN = path.join(HERE, "..", "engines", "matching", "scan");
for (const file of fs.readdirSync(SCAN))
  if (file.endsWith(".mjs")) fs.copyFileSync(path.join(SCAN, file), path.join(BUILT, file));

function child(script: string, ...args: string[]): Measured {
  const command = PLAIN.includes(script)
    ? [path.join(BUILT, script.replace(/ts$/, "mjs"))]
    : ["--import", "tsx", path.join(HERE, "matching", script)];
  const text = execFileSync(process.execPath, [...command, ...args], {
    ...{ encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  });
  return JSON.parse(text.trim().split("\n").at(-1) || "{}") as Measured;
}
/** The middle one of three by time. */
function median(measure: () => Measured): Measured {
  return [measure(), measure(), measure()].sort((a, b) => a.seconds - b.seconds)[1]!;
}

const given = process.argv[2];
const folder = given ?? fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-matching-"));
const gb = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-matching-gb-"));
try {
  if (!given) {
    const generator = path.join(HERE, "../../shared/bench/matching/gen.mjs");
    if (!fs.existsSync(generator))
      throw new Error(
        "the benchmark's generator (shared/bench/matching/gen.mjs beside the repository) is not here: say a folder with persons.csv and the five lists",
      );
    execFileSync(process.execPath, [generator, folder, process.env.SCALE ?? "1"], { stdio: "inherit" });
  }
  // The server's own account reads the lists.
  fs.chmodSync(folder, 0o755);
  const wuxin = median(() => child("wuxin.ts", folder, "2"));
  const engines: Record<string, Measured> = {
    wuxin,
    wuxin1: median(() => child("wuxin.ts", folder, "1")),
    duckdb: median(() => child("duckdb.ts", folder, "join")),
    duckdbAlerts: { ...child("duckdb.ts", folder, "alerts"), rows: wuxin.rows },
    // A bounded number of rows: the rate stands for all of them.
    csvParse: child("csv-parse.ts", folder, "300000"),
    postgresCopy: child("postgres.ts", folder),
    // The same lists through the house: received, run, alerts stored sealed, file deleted.
    wuxinStored: child("product.ts", folder),
  };
  // One list in both encodings, alone.
  child("gb18030.ts", path.join(folder, "vehicle.csv"), path.join(gb, "vehicle.csv"));
  fs.copyFileSync(path.join(folder, "persons.csv"), path.join(gb, "persons.csv"));
  engines.oneListUtf8 = median(() => child("wuxin.ts", folder, "2", "vehicle", "utf-8"));
  engines.oneListGb18030 = median(() => child("wuxin.ts", gb, "2", "vehicle", "gb18030"));

  const digest = wuxin.rows === ROWS_AT_SCALE_1 ? DIGEST_AT_SCALE_1 : wuxin.digest;
  const digestsEqual =
    ["wuxin", "wuxin1", "duckdbAlerts", "postgresCopy"].every((name) => engines[name]!.digest === digest) &&
    engines.oneListUtf8.digest === engines.oneListGb18030.digest;
  const of = (pick: (m: Measured) => number) =>
    Object.fromEntries(Object.entries(engines).map(([name, m]) => [name, pick(m)]));
  const result = {
    rowsPerSecond: of((m) => Math.round(m.rows / m.seconds)),
    peakMb: of((m) => m.peakMb),
    digestsEqual,
    csvParseRows: engines.csvParse!.rows,
    ...{ rows: wuxin.rows, alerts: wuxin.alerts, digest: wuxin.digest },
    alertsStored: engines.wuxinStored!.alerts,
    ...{ storedSeconds: engines.wuxinStored!.seconds, storedFloorSeconds: engines.wuxinStored!.floorSeconds },
    machine: `${os.cpus().length} cores, Node ${process.versions.node}, load ${os.loadavg()[0]?.toFixed(1)}`,
  };
  const before = fs.existsSync(RESULTS) ? (JSON.parse(fs.readFileSync(RESULTS, "utf8")) as object) : {};
  const scale = Math.round(wuxin.rows / ROWS_AT_SCALE_1);
  const merged =
    scale === 1
      ? { ...result, ...("scale10" in before ? { scale10: before.scale10 } : {}) }
      : { ...before, [`scale${scale}`]: result };
  fs.writeFileSync(RESULTS, `${JSON.stringify(merged, null, 2)}\n`);
  for (const [name, m] of Object.entries(engines))
    console.log(
      `${name.padEnd(16)}${Math.round(m.rows / m.seconds)
        .toLocaleString("en")
        .padStart(12)} rows/s${String(m.peakMb).padStart(8)} MB`,
    );
  console.log(`${result.machine}; alerts ${digestsEqual ? "as they should be" : "DIFFER"}`);
  if (!digestsEqual) process.exitCode = 1;
} finally {
  if (!given) fs.rmSync(folder, { recursive: true, force: true });
  fs.rmSync(gb, { recursive: true, force: true });
}
