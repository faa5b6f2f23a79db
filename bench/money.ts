/**
 * `npm run bench:money [-- part …]`: money by the million: repricing, rosters, returns, verification, looks after the payment, screens. SIZES=20000,200000
 * takes other sizes than the parts' own. Each part is a module in bench/money/ that exports `run(db, sizes)`; what it
 * gives is laid over the same part of bench/results/money.json, so that parts may be measured on different days; each figure
 * has the machine's load of its own minute.
 */
import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type MoneyDatabase, openMoneyDatabase } from "./money/database.ts";

/** By size, as the part counts it; `floor` goes beside the parts under the part's name. */
export interface Figures {
  readonly [size: string]: Readonly<Record<string, unknown>>;
}
export interface Part {
  run(
    db: MoneyDatabase,
    sizes: readonly number[],
  ): Promise<{ readonly figures: Figures; readonly floor?: Figures }>;
}

const PARTS = ["reprice", "roster", "returns", "verify", "recheck", "screens"] as const;
const SIZES = [20_000, 200_000, 1_000_000];
const asked = process.argv.slice(2);
const sizes = process.env.SIZES ? process.env.SIZES.split(",").map(Number) : SIZES;
const here = import.meta.dirname;
const parts = PARTS.filter(
  (p) => (asked.length === 0 || asked.includes(p)) && existsSync(path.join(here, "money", `${p}.ts`)),
);
const unknown = asked.filter((a) => !parts.some((p) => p === a));
if (unknown.length > 0) {
  console.error(`没有这一部分：${unknown.join("、")}。可用：${PARTS.join(" ")}`);
  process.exit(1);
}

const file = path.join(here, "results", "money.json");
type Results = Record<string, Figures | Record<string, Figures> | string | number>;
const results: Results = existsSync(file) ? (JSON.parse(await fs.readFile(file, "utf8")) as Results) : {};
const merged = (old: unknown, add: Figures): Figures => ({ ...(old as Figures | undefined), ...add });

const told = () => ({
  ...results,
  node: process.version,
  cpus: os.cpus().length,
});

const db = await openMoneyDatabase();
try {
  for (const name of parts) {
    const part = (await import(`./money/${name}.ts`)) as Part;
    const { figures, floor } = await part.run(db, sizes);
    results[name] = merged(results[name], figures);
    const floors = (results.floor ?? {}) as Record<string, Figures>;
    if (floor) results.floor = { ...floors, [name]: merged(floors[name], floor) };
    // After each part: what took minutes is kept when a later part is interrupted.
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, `${JSON.stringify(told(), null, 2)}\n`);
  }
} finally {
  await db.close();
}
console.log(JSON.stringify(told(), null, 2));
process.exit(0);
