/** One file against the watch list: what it says of each watched person, and what was wrong with it. */
import type { ResolvedFeed } from "@wuxin/declare";
import type { IsoDate } from "@wuxin/kernel";
import { MAX_BROKEN_SHARE, MAX_ROWS_KEPT } from "./model.ts";
import { alike, LIKELY } from "./scan/alike.ts";
import { birthsNear } from "./scan/births.ts";
import { createKept, type Kept } from "./scan/kept.ts";
import { cleaned } from "./scan/keys.mjs";
import { prepare } from "./scan/layout.ts";
import type { Likeness } from "./scan/names.ts";
import { named } from "./scan/names.ts";
import { type BrokenKey, RECORD } from "./scan/scanner.mjs";
import { badFile } from "./scan/text.ts";
import { createThings } from "./scan/things.ts";
import type { Scanners } from "./scan/threads.ts";
import { toText } from "./scan/unpack.ts";
import { watchTable } from "./scan/watch.ts";

export interface Watched {
  readonly id: string;
  readonly name: string;
  readonly birthDate: IsoDate;
  readonly divisionCode: string;
  readonly householdId: string | null;
  readonly receiving: boolean;
  /** Only where the feed's key is a number. */
  readonly idNo?: string;
  readonly codes?: readonly string[];
}

export interface Match {
  /** Place in the watch list. */
  readonly person: number;
  rows: number;
  score: number | null;
  why: string | null;
  readonly values: Float64Array;
}

export interface ScanReport {
  readonly encoding: string;
  readonly delimiter: string;
  readonly rows: number;
  readonly matchedRows: number;
  readonly persons: number;
  readonly broken: Record<BrokenKey, number>;
  readonly brokenAt: readonly { row: number; reason: BrokenKey }[];
  readonly misshapen: number;
  readonly misshapenAt: readonly { row: number; columns: number }[];
  /** Figures that could not be read and were left out. */
  readonly unreadable: number;
}
export interface Scanned {
  readonly matches: ReadonlyMap<number, Match>;
  /** The first rows of each, as the declared columns; some thousands of people at a time. */
  readonly kept: Pick<Kept, "parts">;
  readonly report: ScanReport;
  readonly encoding: string;
}

const DELIMITER: Readonly<Record<number, string>> = { 9: "制表符", 44: "逗号", 124: "竖线" };

/**
 * What it unpacks and keeps beside the file (`<path>.…`) is the caller's to delete, like the file itself.
 * @throws DomainError bad-file when the whole list must be sent back
 */
export async function scanFeed(
  scanners: Scanners,
  path: string,
  feed: ResolvedFeed,
  watch: readonly Watched[],
  unpacked: (path: string) => void = () => {},
): Promise<Scanned> {
  const text = await toText(path);
  if (text !== path) unpacked(text);
  const { layout, start, above } = prepare(text, feed);
  const { table, keys, peopleOf } = keysOf(feed, watch);
  // Without a number: every name made ready once, and the day of birth for which a key stands.
  const names = feed.key.kind === "name-birth" ? watch.map((w) => named(w.name)) : [];
  const births = names.length > 0 && keys ? [...keys.keys()] : [];
  const matches = new Map<number, Match>();
  const kept = createKept(path);
  const facts = layout.facts.length;
  const nameColumn =
    feed.key.kind === "name-birth"
      ? feed.columns.findIndex((c) => feed.key.kind === "name-birth" && c.name === feed.key.name)
      : -1;
  const decoder = new TextDecoder(layout.encoding);
  const things =
    feed.thing === undefined
      ? null
      : createThings(
          feed.columns.findIndex((c) => c.name === feed.thing),
          (bytes) => decoder.decode(bytes),
        );
  const broken: Record<BrokenKey, number> = { shape: 0, check: 0, excel: 0, empty: 0 };
  const brokenAt: { row: number; reason: BrokenKey }[] = [];
  const misshapenAt: { row: number; columns: number }[] = [];
  let [rows, matchedRows, misshapen, unreadable] = [0, 0, 0, 0];

  function add(person: number, row: Uint8Array, values: Float64Array, like: Likeness | null) {
    let m = matches.get(person);
    if (!m) {
      m = { person, rows: 0, score: null, why: null, values: new Float64Array(facts).fill(NaN) };
      matches.set(person, m);
    }
    if (like && m.score !== null && m.score >= LIKELY !== like.score >= LIKELY) {
      // Rows that are perhaps another's say nothing beside one that is surely his.
      if (m.score >= LIKELY) return;
      m.rows = 0;
      kept.forget(person);
      things?.forget(person);
      m.values.fill(NaN);
    }
    m.rows++;
    if (like && (m.score === null || like.score > m.score)) {
      m.score = like.score;
      m.why = like.why;
    }
    const thing = things?.of(person, row) ?? null;
    for (let f = 0; f < facts; f++) {
      const v = values[f]!;
      const was = m.values[f]!;
      if (Number.isNaN(v)) continue;
      const { op } = layout.facts[f]!;
      if (thing !== null && (op === "count" || op === "sum")) {
        if (thing.told & (1 << f)) continue;
        // A row that the fact's condition leaves out told nothing.
        if (v !== 0) thing.told |= 1 << f;
      }
      m.values[f] = Number.isNaN(was)
        ? v
        : op === "max"
          ? Math.max(was, v)
          : op === "min"
            ? Math.min(was, v)
            : was + v;
    }
    if (m.rows <= MAX_ROWS_KEPT) kept.add(person, row);
    matchedRows++;
  }

  // Names are compared here, between requests of others: a little at a time.
  const rangeBytes = names.length > 0 ? 1 << 19 : undefined;
  await scanners.scan(
    { path: text, start, layout, table, keys, ...(rangeBytes && { rangeBytes }) },
    (f, before) => {
      // The heading is row 1.
      const place = (row: number) => above + before + row + 1;
      if (f.fatal)
        throw badFile(
          f.fatal.code === "unclosed"
            ? `第 ${place(f.fatal.row)} 行的引号没有闭合，后面的内容都分不清，整份文件未接收。请改正后重传。`
            : `文件在第 ${place(f.fatal.row)} 行中断（没有传完，或者引号没有闭合），整份文件未接收。请重新导出后上传。`,
        );
      rows += f.rows;
      unreadable += f.unreadable;
      misshapen += f.misshapen.length;
      for (const m of f.misshapen)
        if (m && misshapenAt.length < 20) misshapenAt.push({ ...m, row: place(m.row) });
      for (const k of Object.keys(broken) as BrokenKey[]) broken[k] += f.broken[k];
      for (const b of f.brokenAt) if (brokenAt.length < 20) brokenAt.push({ ...b, row: place(b.row) });
      for (let i = 0; i < f.persons.length; i++) {
        const row = f.kept.subarray(i === 0 ? 0 : f.keptEnds[i - 1]!, f.keptEnds[i]!);
        const values = f.values.subarray(i * facts, (i + 1) * facts);
        const key = f.persons[i]!;
        if (!peopleOf) add(key, row, values, null);
        else if (nameColumn < 0) for (const p of peopleOf[key]!) add(p, row, values, null);
        else {
          const name = named(decoder.decode(row).split("\x1f")[nameColumn] ?? "");
          for (const p of peopleOf[key]!) {
            const like = alike({ named: names[p]!, birthDate: watch[p]!.birthDate }, name, births[key]!);
            if (like) add(p, row, values, like);
          }
        }
      }
    },
  );
  const bad = broken.shape + broken.check + broken.excel + broken.empty;
  if (rows === 0) throw badFile("文件里只有表头，没有数据行。请重新导出。");
  if (bad >= rows * MAX_BROKEN_SHARE && bad > 0)
    throw badFile(
      `${rows} 行里有 ${bad} 行的${keyWord(feed)}不能用（${whatBroke(broken)}），达到或超过一成，整份文件未接收。请数据提供单位改正后重传。`,
    );
  return {
    matches,
    kept,
    encoding: layout.encoding,
    report: {
      encoding: layout.encoding === "utf-8" ? "UTF-8" : "GB18030",
      delimiter: DELIMITER[layout.delimiter] ?? "",
      ...{ rows, matchedRows, persons: matches.size, broken, brokenAt, misshapen, misshapenAt, unreadable },
    },
  };
}

const keyWord = (feed: ResolvedFeed): string =>
  ({ "resident-id": "身份证号码", uscc: "统一社会信用代码", "name-birth": "出生日期" })[feed.key.kind];
const BROKEN: Readonly<Record<BrokenKey, string>> = {
  shape: "位数或字符不对",
  check: "校验码不符",
  excel: "被 Excel 改成科学计数，号码已丢失",
  empty: "空白",
};
export const whatBroke = (b: Record<BrokenKey, number>): string =>
  (Object.keys(BROKEN) as BrokenKey[])
    .filter((k) => b[k] > 0)
    .map((k) => `${BROKEN[k]} ${b[k]} 行`)
    .join("，");

/** How rows find people: by number through the shared table, otherwise by a text key that stands for several people. */
function keysOf(feed: ResolvedFeed, watch: readonly Watched[]) {
  if (feed.key.kind === "resident-id")
    return { table: watchTable(watch.map((w) => w.idNo ?? "")), keys: null, peopleOf: null };
  const keys = new Map<string, number>();
  const peopleOf: number[][] = [];
  watch.forEach((w, person) => {
    const own = feed.key.kind === "uscc" ? (w.codes ?? []) : birthsNear(w.birthDate).keys();
    for (const k of own) {
      let at = keys.get(k);
      if (at === undefined) {
        at = peopleOf.push([]) - 1;
        keys.set(k, at);
      }
      peopleOf[at]!.push(person);
    }
  });
  return { table: null, keys, peopleOf };
}

/** The rows of a person that were kept, as one text to seal: rows, then the declared columns, as the file had them. */
export const textReader = (encoding: string) => {
  const decoder = new TextDecoder(encoding);
  // A mark stands behind the last column too.
  return (rows: readonly Uint8Array[]): string =>
    rows.map((r) => decoder.decode(r.subarray(0, r.length - 1))).join(String.fromCharCode(RECORD));
};
export const fromText = (text: string): string[][] =>
  text.split(String.fromCharCode(RECORD)).map((r) => r.split("\x1f").map((v) => v.trim()));
export const codeIn = (value: string): string => cleaned(value);
