/**
 * One measurement in its own process: `wuxin.ts FOLDER THREADS [LIST ENCODING]`. The five lists, or the one, are scanned,
 * joined and judged by the benchmark's rules; storing the alerts is not part of it. Prints one line of JSON.
 */
import fs from "node:fs";
import path from "node:path";
import type { Encoding, FactPlan, Layout } from "../../engines/matching/scan/scanner.mjs";
import { encodeWord } from "../../engines/matching/scan/text.ts";
import { createScanners } from "../../engines/matching/scan/threads.ts";
import { createWatchList } from "../../engines/matching/scan/watch.ts";
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

/** In the order of their letters; the value told is the first figure of the list. */
const RULES: readonly { list: string; rule: string; when: (v: Float64Array[], p: number) => boolean }[] = [
  { list: "business", rule: "B", when: ([capital], p) => capital![p]! >= 10 },
  { list: "death", rule: "D", when: ([day], p) => day![p]! > 0 },
  { list: "pension", rule: "P", when: ([sum], p) => sum![p]! > 70_000 },
  { list: "property", rule: "R", when: ([homes], p) => homes![p]! >= 2 },
  { list: "vehicle", rule: "V", when: ([top, count], p) => top![p]! >= 6_000_000 || count![p]! >= 2 },
];
/** Longest line: number, letter, figure. */
const LINE = 48;

/** The watch list from its file: numbers straight from the bytes, a line's place is the person's number. */
function watchFile(file: string) {
  const bytes = fs.readFileSync(file);
  const starts: number[] = [];
  for (let at = bytes.indexOf(10) + 1; at < bytes.length; at = bytes.indexOf(10, at) + 1) starts.push(at);
  const people = starts.length;
  const list = createWatchList(people);
  const heads = new Float64Array(people);
  const tails = new Int32Array(people);
  const digits = (from: number, to: number) => {
    let n = 0;
    for (let i = from; i < to; i++) n = n * 10 + (bytes[i]! - 48);
    return n;
  };
  for (let p = 0; p < people; p++) {
    const at = starts[p]!;
    heads[p] = digits(at, at + 9);
    tails[p] = digits(at + 9, at + 17);
    list.add(p, heads[p]!, tails[p]!);
  }
  return {
    ...{ people, table: list.table },
    sorted: () =>
      new Uint32Array(people).map((_, p) => p).sort((a, b) => heads[a]! - heads[b]! || tails[a]! - tails[b]!),
    /** Writes a number, its check digit large. */
    writeId: (p: number, to: Uint8Array, at: number) => {
      const from = starts[p]!;
      for (let i = 0; i < 18; i++) to[at + i] = bytes[from + i]!;
      if (to[at + 17] === 120) to[at + 17] = 88;
      return at + 18;
    },
  };
}

function writeWhole(value: number, to: Uint8Array, at: number): number {
  let end = at + 1;
  for (let v = value; v >= 10; v = Math.floor(v / 10)) end++;
  for (let i = end - 1, v = value; i >= at; i--, v = Math.floor(v / 10)) to[i] = 48 + (v % 10);
  return end;
}

/** Lines `id,rule,value`, as bytes: a hundred thousand strings would cost more than finding what they say. */
function alertsOf(
  watch: ReturnType<typeof watchFile>,
  order: Uint32Array,
  told: Record<string, Float64Array[]>,
) {
  const lines = Buffer.allocUnsafe(watch.people * RULES.length * LINE);
  let length = 0;
  let alerts = 0;
  const rules = RULES.map(({ list, rule, when }) => ({
    rule: rule.charCodeAt(0),
    when,
    values: told[list] ?? [],
  }));
  for (const p of order)
    for (const { rule, when, values } of rules)
      if (values.length > 0 && when(values, p)) {
        length = watch.writeId(p, lines, length);
        lines[length++] = 44;
        lines[length++] = rule;
        lines[length++] = 44;
        length = writeWhole(values[0]![p]!, lines, length);
        lines[length++] = 10;
        alerts++;
      }
  return { alerts, digest: digestOf(lines.subarray(0, length)) };
}

async function run() {
  // Everything from the start on: the threads start while the watch list is read.
  const began = performance.now();
  const scanners = createScanners(threads);
  const watch = watchFile(path.join(folder, "persons.csv"));
  const { table } = watch;
  const told: Record<string, Float64Array[]> = {};
  let rows = 0;
  const order = watch.sorted();
  for (const [name, l] of Object.entries(LISTS)) {
    if (only && name !== only) continue;
    const file = path.join(folder, `${name}.csv`);
    const head = Buffer.alloc(1000);
    const fd = fs.openSync(file, "r");
    fs.readSync(fd, head, 0, 1000, 0);
    fs.closeSync(fd);
    const columns = l.facts.map(() => new Float64Array(watch.people).fill(Number.NaN));
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
  const found = alertsOf(watch, order, told);
  const seconds = (performance.now() - began) / 1000;
  await scanners.close();
  return { rows, ...found, seconds };
}

const measured = await run();
console.log(JSON.stringify({ ...measured, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
