/** A file of answers against what a package asked: line by line taken, or refused with why. */
import type { CheckPackageColumn, CheckPackageDefinition, FeedDefinition } from "@wuxin/declare";
import { DomainError, type IsoDate, isIsoDate, parseResidentId, parseYuan } from "@wuxin/kernel";
import { typeOf } from "./model.ts";
import type { PackageRow } from "./packages-store.ts";

export const REFUSALS = {
  order: "批次号或序号不是这一批的",
  digits: "身份证号码有错",
  person: "号码和委托的人对不上",
  "not-asked": "没有委托核对这一项",
  twice: "这一行已经答复过",
  value: "查询日期或查得结果看不懂",
} as const;
export type Refusal = keyof typeof REFUSALS;
/** Money in 分; null: looked, and nothing was. */
export type FoundValue = number | string | null;
export type Head = Readonly<Record<CheckPackageColumn, string>>;
export interface AnswerLine {
  /** Of the file, its first line being one. */
  readonly line: number;
  readonly cell: (column: CheckPackageColumn) => string;
  /** More cells than the head has: an amount cut at its comma, say. */
  readonly misshapen: boolean;
}
export interface Judged {
  readonly taken: readonly { readonly line: number; readonly asOf: IsoDate; readonly found: FoundValue }[];
  readonly refused: readonly { readonly line: number; readonly reason: Refusal }[];
}
interface Against {
  readonly nothing: CheckPackageDefinition["nothing"];
  readonly number: string;
  readonly rows: readonly PackageRow[];
  readonly feeds: ReadonlyMap<string, FeedDefinition>;
  readonly digest: (idNo: string) => Buffer;
  readonly today: IsoDate;
}

/**
 * The lines that answer something: one sent back as it went out waits for another file.
 * @param table cells as text. Error: bad-file (no head, a column lacking, nothing answered)
 */
export function answerLines(table: readonly (readonly string[])[], head: Head): AnswerLine[] {
  const bad = (message: string) => new DomainError("bad-file", message, { field: "file" });
  const top = table.findIndex((r) => r.includes(head.line) && r.includes(head.found));
  if (top < 0)
    throw bad(`没有找到有「${head.line}」「${head.found}」的表头，请用下载的批次文件填写，不要改列名。`);
  const at = new Map(Object.entries(head).map(([c, label]) => [c, table[top]!.indexOf(label)]));
  const lacking = Object.entries(head).filter(([c]) => c !== "name" && at.get(c)! < 0);
  if (lacking.length > 0) throw bad(`缺少「${lacking.map(([, label]) => label).join("、")}」一列，请补上。`);
  const lines = table
    .map((cells, i) => ({
      line: i + 1,
      cell: (c: CheckPackageColumn) => cells[at.get(c)!] ?? "",
      misshapen: cells.slice(table[top]!.length).some((c) => c !== ""),
    }))
    .slice(top + 1)
    .filter(({ cell }) => cell("asOf") !== "" || cell("found") !== "");
  if (lines.length === 0)
    throw bad(`没有一行填了「${head.asOf}」和「${head.found}」，请等对方填写以后再传。`);
  return lines;
}

export function judgeLines(lines: readonly AnswerLine[], of: Against): Judged {
  const asked = new Map(of.rows.map((r) => [String(r.line), r]));
  const done = new Set(of.rows.filter((r) => r.asOf !== null).map((r) => r.line));
  const taken: Judged["taken"][number][] = [];
  const refused: Judged["refused"][number][] = [];
  for (const answer of lines) {
    const { line, cell } = answer;
    const row = cell("number") === of.number ? asked.get(cell("line")) : undefined;
    const judged = judge(answer, row, of, done);
    if (typeof judged === "string") refused.push({ line, reason: judged });
    else {
      done.add(judged.line);
      taken.push(judged);
    }
  }
  return { taken, refused };
}

function judge(
  { cell, misshapen }: AnswerLine,
  row: PackageRow | undefined,
  of: Against,
  done: ReadonlySet<number>,
): Refusal | Judged["taken"][number] {
  if (!row) return "order";
  const id = parseResidentId(cell("idNo"), of.today);
  if (!id.ok) return "digits";
  if (!of.digest(id.id).equals(row.idNoDigest)) return "person";
  if (cell("item") !== row.item) return "not-asked";
  if (done.has(row.line)) return "twice";
  const found = valueIn(cell("found"), of, row);
  const asOf = dayOf(cell("asOf"));
  if (misshapen || found === undefined || !isIsoDate(asOf) || asOf > of.today) return "value";
  return { line: row.line, asOf, found };
}

/** 2024/5/8 and 2024年5月8日 as 2024-05-08; what is no day stays as it is. */
const dayOf = (text: string): string => {
  const m = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  return m ? `${m[1]}-${m[2]!.padStart(2, "0")}-${m[3]!.padStart(2, "0")}` : text;
};
/** Undefined: cannot be read, an empty cell too. */
function valueIn(text: string, of: Against, row: PackageRow): FoundValue | undefined {
  if (text === of.nothing) return null;
  const feed = of.feeds.get(row.feed);
  const type = feed && typeOf(feed, row.item);
  if (type === "date") return isIsoDate(text) ? text : undefined;
  if (type === "integer") return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
  try {
    const fen = parseYuan(text);
    return fen < 0 ? undefined : fen;
  } catch {
    return undefined;
  }
}
