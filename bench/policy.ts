// npm run bench:policy — the shared household rules on this engine and on what a user would pick instead, each in its
// own process, in rounds, so that what else the machine does meets all of them alike. Writes bench/results/policy.json.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const HERE = import.meta.dirname;
const ENGINES = ["pass", "wuxin1", "objects", "wuxin2", "zen", "jsonRulesEngine", "feelin"] as const;
const SIZES = [100_000, 1_000_000];
const ROUNDS = Number(process.env.ROUNDS || 3);
/** Interpreters do not change with the number of households: measured once per round, not once per size. */
const SLOW = new Set(["zen", "jsonRulesEngine", "feelin"]);

interface Measured {
  readonly householdsPerSecond: number;
  readonly peakMb: number;
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

const runs = new Map<string, Measured[]>();
for (let round = 0; round < ROUNDS; round++) {
  for (const size of SIZES) {
    for (const engine of ENGINES) {
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

const table = (pick: (m: Measured) => number, of: (list: number[]) => number) =>
  Object.fromEntries(
    SIZES.map((s) => [
      String(s),
      Object.fromEntries(ENGINES.map((e) => [e, Math.round(of(runs.get(`${s} ${e}`)!.map(pick)))])),
    ]),
  );
const householdsPerSecond = table((m) => m.householdsPerSecond, best);
const ratios = Object.fromEntries(
  SIZES.map((s) => {
    const r = householdsPerSecond[String(s)]!;
    return [
      String(s),
      { one: Number((r.wuxin1! / r.objects!).toFixed(1)), two: Number((r.wuxin2! / r.objects!).toFixed(1)) },
    ];
  }),
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
  peakMb: table((m) => m.peakMb, least),
  explainedPerSecond: Math.round(explained.explainedPerSecond),
  digestsEqual: [...runs.values()].flat().every((m) => m.digestsEqual) && (sql?.digestsEqual ?? true),
  ...(sql
    ? { sql: { households: sql.households, householdsPerSecond: Math.round(sql.householdsPerSecond) } }
    : {}),
  timesObjects: ratios,
  wordedPerSecond: Math.round(explained.worded),
  loadMs: Number(explained.loadMs.toFixed(1)),
  compileMs: Number(explained.compileMs.toFixed(1)),
  rounds: ROUNDS,
  load: Number(os.loadavg()[0]!.toFixed(1)),
  node: process.version,
  cpus: os.cpus().length,
  cpu: os.cpus()[0]?.model ?? "",
};
fs.mkdirSync(path.join(HERE, "results"), { recursive: true });
fs.writeFileSync(path.join(HERE, "results", "policy.json"), `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
if (!result.digestsEqual) process.exitCode = 1;
