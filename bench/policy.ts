// npm run bench:policy — the shared household rules on this engine and on what a user would pick instead, each in its
// own process, in rounds, so that what else the machine does meets all of them alike. Writes bench/results/policy.json.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const HERE = import.meta.dirname;
const ENGINES = ["pass", "wuxin1", "objects", "wuxin2", "zen", "jsonRulesEngine", "feelin"] as const;
/** The same engine over columns outside its memory, which it copies by blocks. */
const COPIED = ["copied1", "copied2"] as const;
const SIZES = [100_000, 1_000_000];
const ROUNDS = Number(process.env.ROUNDS || 3);
/** Interpreters take seconds for thousands: measured once on a few thousand, the rate stands for every number. */
const SLOW = new Set<string>(["zen", "jsonRulesEngine", "feelin"]);

interface Measured {
  readonly householdsPerSecond: number;
  readonly peakMb: number;
  readonly measuredHouseholds: number;
  readonly digestsEqual: boolean;
}

function child<T>(script: string, ...args: string[]): T {
  const text = execFileSync(
    process.execPath,
    ["--import", "tsx", path.join(HERE, "policy", script), ...args],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
      maxBuffer: 1 << 20,
    },
  );
  return JSON.parse(text.trim().split("\n").at(-1)!) as T;
}

/** A round is a median of at least five runs; of the rounds the least disturbed counts, for all engines alike. */
const best = (list: number[]) => Math.max(...list);
const least = (list: number[]) => Math.min(...list);

const began = performance.now();
const runs = new Map<string, Measured[]>();
for (let round = 0; round < ROUNDS; round++) {
  for (const size of SIZES) {
    for (const engine of [...ENGINES, ...COPIED]) {
      if (SLOW.has(engine) && (round > 0 || size !== SIZES[0])) continue;
      const measured = child<Measured>("one.ts", engine, String(size));
      const sizes = SLOW.has(engine) ? SIZES : [size];
      for (const s of sizes) runs.set(`${s} ${engine}`, [...(runs.get(`${s} ${engine}`) ?? []), measured]);
      console.log(
        `${size} ${engine}: ${Math.round(measured.householdsPerSecond).toLocaleString("en")} households/s, ${measured.peakMb} MB${measured.digestsEqual ? "" : " — WRONG ANSWERS"}`,
      );
    }
  }
}

const of = (size: number, engine: string, pick: (m: Measured) => number, choose: (l: number[]) => number) =>
  Math.round(choose(runs.get(`${size} ${engine}`)!.map(pick)));
const table = (engines: readonly string[], pick: (m: Measured) => number, choose: (l: number[]) => number) =>
  Object.fromEntries(
    SIZES.map((s) => [String(s), Object.fromEntries(engines.map((e) => [e, of(s, e, pick, choose)]))]),
  );
const speed = (m: Measured) => m.householdsPerSecond;
const householdsPerSecond = table(ENGINES, speed, best);
const copied = table(COPIED, speed, best);
/** How many times plain objects. */
const times = (rate: number | undefined, size: string) => {
  const ratio = (rate ?? 0) / householdsPerSecond[size]!.objects!;
  return Number(ratio < 1 ? ratio.toPrecision(2) : ratio.toFixed(1));
};
const timesObjects = Object.fromEntries(
  SIZES.map(String).map((s) => [
    s,
    {
      one: times(householdsPerSecond[s]!.wuxin1, s),
      two: times(householdsPerSecond[s]!.wuxin2, s),
      copiedOne: times(copied[s]!.copied1, s),
      copiedTwo: times(copied[s]!.copied2, s),
    },
  ]),
);
const explained = child<{ explainedPerSecond: number; loadMs: number; compileMs: number; worded: number }>(
  "explained.ts",
);
// Loading a million households into tables takes longer than all the rest: SQL=0 leaves it out.
const sql =
  process.env.SQL === "0"
    ? undefined
    : child<{ households: number; householdsPerSecond: number; digestsEqual: boolean }>(
        "sql.ts",
        process.env.SQL ?? "1000000",
      );
const result = {
  householdsPerSecond,
  peakMb: table(ENGINES, (m) => m.peakMb, least),
  explainedPerSecond: Math.round(explained.explainedPerSecond),
  digestsEqual: [...runs.values()].flat().every((m) => m.digestsEqual) && (sql?.digestsEqual ?? true),
  ...(sql
    ? { sql: { households: sql.households, householdsPerSecond: Math.round(sql.householdsPerSecond) } }
    : {}),
  timesObjects,
  copied,
  measuredHouseholds: Object.fromEntries(
    [...SLOW].map((e) => [e, runs.get(`${SIZES[0]} ${e}`)![0]!.measuredHouseholds]),
  ),
  wordedPerSecond: Math.round(explained.worded),
  loadMs: Number(explained.loadMs.toFixed(1)),
  compileMs: Number(explained.compileMs.toFixed(1)),
  rounds: ROUNDS,
  seconds: Math.round((performance.now() - began) / 1000),
  load: Number(os.loadavg()[0]!.toFixed(1)),
  node: process.version,
  cpus: os.cpus().length,
  cpu: os.cpus()[0]?.model ?? "",
};
fs.mkdirSync(path.join(HERE, "results"), { recursive: true });
fs.writeFileSync(path.join(HERE, "results", "policy.json"), `${JSON.stringify(result, null, 2)}\n`);
print();
if (!result.digestsEqual) process.exitCode = 1;

function print(): void {
  const n = (value: number) => Math.round(value).toLocaleString("en").padStart(12);
  const [few, many] = SIZES.map(String) as [string, string];
  console.log(`\n${"households/s".padEnd(18)}${few.padStart(12)}${many.padStart(12)}   × objects   peak MB`);
  for (const e of ENGINES) {
    const rates = [few, many].map((s) => n(householdsPerSecond[s]![e]!)).join("");
    const ratio = times(householdsPerSecond[many]![e], many);
    console.log(
      `${e.padEnd(18)}${rates}${String(ratio).padStart(12)}${String(result.peakMb[many]![e]).padStart(10)}`,
    );
  }
  for (const e of COPIED) console.log(`${e.padEnd(18)}${n(copied[few]![e]!)}${n(copied[many]![e]!)}`);
  if (sql)
    console.log(
      `PostgreSQL, ${sql.households.toLocaleString("en")} households: ${n(sql.householdsPerSecond).trim()}/s`,
    );
  console.log(
    `explained ${n(result.explainedPerSecond).trim()}/s (in words ${result.wordedPerSecond}/s); loaded in ${result.loadMs} ms, compiled in ${result.compileMs} ms`,
  );
  console.log(
    `${result.cpus} × ${result.cpu}, Node ${result.node}, load ${result.load}; ${result.seconds} s; answers ${result.digestsEqual ? "equal" : "DIFFER"}`,
  );
}
