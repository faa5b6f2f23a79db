/**
 * One measurement in its own process: `wuxin.ts FOLDER THREADS [LIST ENCODING]`. The five lists, or the one, are scanned,
 * joined and judged by the benchmark's rules; storing the alerts is not part of it. Prints one line of JSON.
 */
import fs from "node:fs";
import path from "node:path";
import type { Encoding, FactPlan, Layout } from "../../engines/matching/scan/scanner.mjs";
import { encodeWord } from "../../engines/matching/scan/text.ts";
import { createScanners } from "../../engines/matching/scan/threads.ts";
import { watchTable } from "../../engines/matching/scan/watch.ts";
import { digestOf } from "./alerts-sql.ts";

const [folder, threads, only] = [process.argv[2]!, Number(process.argv[3]), process.argv[4]];
const encoding = (process.argv[5] ?? "utf-8") as Encoding;

const words = (...w: string[]) => w.map((x) => encodeWord(x, encoding));
const fact = (
  op: FactPlan["op"],
  column: number,
  type: string,
  scale: number,
  where: FactPlan["where"],
): FactPlan => ({
  ...{ op, column, type, scale, where },
});
const layout = (columns: number, keyColumn: number, facts: readonly FactPlan[]): Layout => ({
  ...{ encoding, delimiter: 44, keyKind: "resident-id", columns, keyColumn, facts },
  kept: Array.from({ length: columns }, (_, i) => i),
});
const normal = (column: number) => [{ column, words: words("正常") }];
const LISTS: Readonly<Record<string, Layout>> = {
  vehicle: layout(7, 0, [fact("max", 4, "money", 100, normal(6)), fact("count", -1, "", 1, normal(6))]),
  property: layout(7, 0, [fact("count", -1, "", 1, [{ column: 5, words: words("住宅") }])]),
  pension: layout(6, 0, [fact("sum", 3, "money", 100, normal(5))]),
  business: layout(6, 1, [fact("sum", 3, "integer", 1, [{ column: 4, words: words("存续") }])]),
  death: layout(4, 0, [fact("min", 2, "date", 1, [])]),
};

async function run() {
  // Everything from the start on: the threads start while the watch list is read.
  const began = performance.now();
  const scanners = createScanners(threads);
  const ids = fs
    .readFileSync(path.join(folder, "persons.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((l) => l.slice(0, l.indexOf(",")).trim().toUpperCase());
  const table = watchTable(ids);
  const told: Record<string, Float64Array[]> = {};
  let rows = 0;
  for (const [name, l] of Object.entries(LISTS)) {
    if (only && name !== only) continue;
    const file = path.join(folder, `${name}.csv`);
    const head = Buffer.alloc(1000);
    const fd = fs.openSync(file, "r");
    fs.readSync(fd, head, 0, 1000, 0);
    fs.closeSync(fd);
    const columns = l.facts.map(() => new Float64Array(ids.length).fill(Number.NaN));
    told[name] = columns;
    const n = l.facts.length;
    await scanners.scan({ path: file, start: head.indexOf(10) + 1, layout: l, table, keys: null }, (f) => {
      if (f.fatal) throw new Error(`${name}: ${f.fatal.code}`);
      rows += f.rows;
      for (let i = 0; i < f.persons.length; i++)
        for (let k = 0; k < n; k++) {
          const v = f.values[i * n + k]!;
          const p = f.persons[i]!;
          const was = columns[k]![p]!;
          if (Number.isNaN(v)) continue;
          const { op } = l.facts[k]!;
          columns[k]![p] = Number.isNaN(was)
            ? v
            : op === "max"
              ? Math.max(v, was)
              : op === "min"
                ? Math.min(v, was)
                : v + was;
        }
    });
  }
  const alerts: string[] = [];
  ids.forEach((id, p) => {
    const of = (list: string, k = 0) => told[list]?.[k]?.[p] ?? Number.NaN;
    if (of("vehicle") >= 6_000_000 || of("vehicle", 1) >= 2) alerts.push(`${id},V,${of("vehicle")}`);
    if (of("property") >= 2) alerts.push(`${id},R,${of("property")}`);
    if (of("pension") > 70_000) alerts.push(`${id},P,${of("pension")}`);
    if (of("business") >= 10) alerts.push(`${id},B,${of("business")}`);
    if (of("death") > 0) alerts.push(`${id},D,${of("death")}`);
  });
  alerts.sort();
  const seconds = (performance.now() - began) / 1000;
  await scanners.close();
  return { rows, alerts: alerts.length, digest: digestOf(alerts), seconds };
}

const measured = await run();
console.log(JSON.stringify({ ...measured, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
