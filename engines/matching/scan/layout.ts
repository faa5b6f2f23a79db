/** From the heading of a file and the declaration of its feed: what stands where. */
import fs from "node:fs";
import type { FeedColumn, FeedDefinition, FeedFact } from "@wuxin/declare";
import { cleaned } from "./keys.mjs";
import { type Encoding, type FactPlan, fieldEnd, type Layout } from "./scanner.mjs";
import { badFile, encodeWord, encodingOf } from "./text.ts";

export interface Prepared {
  readonly layout: Layout;
  readonly start: number;
  /** Lines above the heading. */
  readonly above: number;
}

const DELIMITERS: readonly [number, string][] = [
  [9, "制表符"],
  [44, "逗号"],
  [0x7c, "竖线"],
];
const HEAD = 256 << 10;
/** So many lines above a heading are passed over. */
const TITLES = 9;

/** @throws DomainError bad-file, in a sentence that says what the file should have */
export function prepare(path: string, feed: FeedDefinition): Prepared {
  const { encoding, bom } = encodingOf(path);
  if (encoding !== "utf-8" && encoding !== "gb18030") throw badFile("文件编码无法识别，请存成 UTF-8 文本。");
  const head = Buffer.alloc(HEAD);
  const fd = fs.openSync(path, "r");
  const n = fs.readSync(fd, head, 0, HEAD, bom);
  fs.closeSync(fd);
  const bytes = head.subarray(0, n);
  if (n === 0) throw badFile("文件是空的，请重新导出。");
  const { delimiter, fields, end, above } = findHeading(bytes, encoding, feed);
  const names = fields.map((f) => cleaned(f));
  const twice = names.find((name, i) => name !== "" && names.indexOf(name) !== i);
  if (twice !== undefined) throw badFile(`表头“${twice}”出现了两次，分不清用哪一列，请改正后重传。`);
  const at = new Map(feed.columns.map((c) => [c.name, placeOf(c, names)]));
  const missing = feed.columns.filter((c) => c.required && at.get(c.name) === -1);
  if (missing.length > 0)
    throw badFile(
      `文件里没有${missing.map((c) => `“${c.label}”`).join("、")}列。第一行应是表头：${feed.columns.map((c) => c.label).join("、")}。`,
    );
  const columnOf = (name: string) => feed.columns.find((c) => c.name === name);
  const key = feed.key.kind === "name-birth" ? feed.key.birth : feed.key.column;
  return {
    start: bom + end,
    above,
    layout: {
      ...{ encoding, delimiter, columns: fields.length, keyColumn: at.get(key)!, keyKind: feed.key.kind },
      facts: feed.facts.map((f) => planOf(f, at, columnOf, encoding)),
      kept: feed.columns.map((c) => at.get(c.name)!),
    },
  };
}

const placeOf = (c: FeedColumn, names: readonly string[]): number =>
  [c.label, ...(c.aliases ?? []), c.name].map((l) => names.indexOf(cleaned(l))).find((i) => i >= 0) ?? -1;

interface Heading {
  readonly delimiter: number;
  readonly fields: readonly string[];
  readonly end: number;
  readonly above: number;
}
/** Titles and remarks may stand above it: the first line that has every required column; else the first line at all. */
function findHeading(bytes: Buffer, encoding: Encoding, feed: FeedDefinition): Heading {
  let first: Heading | undefined;
  for (let above = 0, from = 0; above <= TITLES && from < bytes.length; above++) {
    const best = DELIMITERS.map(([delimiter]) => {
      const [fields, end] = headingOf(bytes.subarray(from), delimiter, encoding);
      return { delimiter, fields, end: from + end, above };
    }).reduce((a, b) => (b.fields.length > a.fields.length ? b : a));
    first ??= best;
    const names = best.fields.map((f) => cleaned(f));
    if (feed.columns.every((c) => !c.required || placeOf(c, names) >= 0)) return best;
    from = best.end;
  }
  return first!;
}

function headingOf(bytes: Buffer, delimiter: number, encoding: Encoding): [string[], number] {
  const decoder = new TextDecoder(encoding);
  const gbPipe = encoding === "gb18030" && delimiter === 0x7c;
  const fields: string[] = [];
  for (let p = 0; ; p++) {
    const e = fieldEnd(bytes, p, bytes.length, delimiter, gbPipe);
    if (e < 0) return [fields, bytes.length];
    fields.push(decoder.decode(bytes.subarray(p, e)));
    if (e >= bytes.length) return [fields, e];
    if (bytes[e] !== delimiter) return [fields, bytes[e] === 13 && bytes[e + 1] === 10 ? e + 2 : e + 1];
    p = e;
  }
}

const OPS = { count: "count", sum: "sum", max: "max", earliest: "min", latest: "max" } as const;

function planOf(
  f: FeedFact,
  at: ReadonlyMap<string, number>,
  columnOf: (name: string) => FeedColumn | undefined,
  encoding: Encoding,
): FactPlan {
  const [op, name] = Object.entries(f.take)[0] as [keyof typeof OPS, string];
  const column = columnOf(name);
  const fen = column?.unit === "万元" ? 1_000_000 : 100;
  return {
    op: OPS[op],
    column: at.get(name) ?? -1,
    type: column?.type ?? "",
    scale: column?.type === "money" ? fen : 1,
    where: (f.where ?? []).map((w) => ({
      column: at.get(w.column) ?? -1,
      words: w.in.map((word) => encodeWord(word, encoding)),
    })),
  };
}
