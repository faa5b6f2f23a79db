/**
 * How one bank wants its file and how it answers: `counties/banks/<code>.yaml`. Columns, order, widths, separators,
 * encoding, control lines and the words of the answer are data; the payments engine writes and reads by them.
 */
import { DomainError } from "@wuxin/kernel";
import type { Source } from "@wuxin/policy";
import { parse } from "yaml";

/** What a cell may say, in braces: `{payeeName}`. The last ones only in head and foot. */
export const BANK_FIELDS = [
  ...[
    "batchNo",
    "seq",
    "subsidyCode",
    "subsidyName",
    "fundDocNo",
    "period",
    "division12",
    "payeeName",
    "idNo",
  ],
  ...["relation", "cardNo", "bankCode", "accountName", "amountFen", "amountYuan", "basisId"],
  ...["lines", "totalFen", "totalYuan", "today"],
] as const;
/** What a column of an answer may be. */
export const ANSWER_FIELDS = [
  ...["batchNo", "seq", "basisId", "payeeName", "cardNo", "amountFen", "amountYuan"],
  ...["status", "failCode", "failReason", "bankSerial", "paidAt"],
] as const;
export type AnswerField = (typeof ANSWER_FIELDS)[number];
export type AnswerOutcome = "paid" | "failed" | "unknown";

export interface LayoutCell {
  /** Text with fields in braces. */
  readonly value: string;
  readonly title: string;
  /** Bytes in the file's encoding; 0: as long as it is. */
  readonly width: number;
  readonly align: "left" | "right";
  readonly pad: string;
}
/** Where a cell of an answer stands: its title, its place from 1, or its first byte and width. */
export type Place = string | number | readonly [from: number, width: number];

export interface BankLayout {
  readonly code: string;
  readonly name: string;
  /** The paper it comes from. */
  readonly source: string;
  readonly kind: "delimited" | "fixed" | "xlsx";
  readonly extension: "csv" | "txt" | "xlsx";
  readonly encoding: "utf-8" | "gb18030";
  readonly bom: boolean;
  readonly separator: string;
  /** Cells in quotation marks where they need it; else a cell with a separator in it is refused. */
  readonly quoted: boolean;
  readonly titles: boolean;
  readonly head: readonly LayoutCell[];
  readonly columns: readonly LayoutCell[];
  readonly foot: readonly LayoutCell[];
  readonly answer: {
    /** What the bank gives back to name a line: our id, or its number in the file. */
    readonly match: "basisId" | "seq";
    readonly titles: boolean;
    /** Control lines before the first line of a payment. */
    readonly headLines: number;
    readonly columns: Readonly<Partial<Record<AnswerField, Place>>>;
    /** How the control line at the end is known, and where it says how many and how much. */
    readonly foot: {
      readonly starts: string;
      readonly lines: Place | null;
      readonly totalFen: Place | null;
      readonly totalYuan: Place | null;
    } | null;
    /** By what the bank writes, in lower case. */
    readonly outcomes: Readonly<Record<string, AnswerOutcome>>;
    /** Of every other word; null: the row is refused. */
    readonly otherwise: AnswerOutcome | null;
    /** The bank's codes in words. */
    readonly reasons: Readonly<Record<string, string>>;
  };
}

/** @throws DomainError("bad-declaration") naming file, place and mend */
export function readBankLayout(code: string, source: Source): BankLayout {
  const fail = (place: string, message: string): never => {
    throw new DomainError("bad-declaration", `${source.file} 的 ${place}：${message}`);
  };
  const data = (parse(source.text) ?? {}) as Record<string, unknown>;
  const choice = <T extends string>(
    of: Record<string, unknown>,
    key: string,
    known: readonly T[],
    or?: T,
  ): T => {
    const value = of[key] ?? or;
    return known.includes(value as T) ? (value as T) : fail(key, `应为 ${known.join("、")} 之一。`);
  };
  const text = (of: Record<string, unknown>, key: string): string =>
    typeof of[key] === "string" && of[key] !== "" ? (of[key] as string) : fail(key, "请填写文字。");
  for (const key of Object.keys(data))
    if (!TOP.includes(key)) fail(key, `不是已知的名称，可用的有：${TOP.join("、")}。`);

  const kind = choice(data, "kind", ["delimited", "fixed", "xlsx"] as const);
  const cell = (place: string, value: unknown): LayoutCell => {
    const c = (typeof value === "string" ? { value } : (value ?? {})) as Record<string, unknown>;
    for (const key of Object.keys(c))
      if (!["title", "value", "width", "align", "pad"].includes(key)) fail(place, `${key} 不是已知的名称。`);
    const template = typeof c.value === "string" ? c.value : "";
    for (const [, field] of template.matchAll(/\{(\w+)\}/g))
      if (!(BANK_FIELDS as readonly string[]).includes(field as string))
        fail(place, `{${field}} 不是可用的内容，可用的有：${BANK_FIELDS.join("、")}。`);
    const width = Number(c.width ?? 0);
    if (kind === "fixed" && !(Number.isInteger(width) && width > 0))
      fail(place, "定长文件的每一栏要写 width（字节数）。");
    const pad = String(c.pad ?? " ");
    if (pad.length !== 1 || pad.charCodeAt(0) > 126) fail(place, "pad 应为一个半角字符。");
    return {
      ...{ value: template, title: String(c.title ?? ""), width, pad },
      align: c.align === "right" ? "right" : "left",
    };
  };
  const cells = (key: string): LayoutCell[] =>
    data[key] === undefined
      ? []
      : Array.isArray(data[key])
        ? (data[key] as unknown[]).map((v, i) => cell(`${key}[${i}]`, v))
        : fail(key, "应为列表。");
  const columns = cells("columns");
  if (columns.length === 0) fail("columns", "请写出各栏。");
  // A foot by titles: empty in every other column.
  const footByTitle = data.foot as Record<string, unknown> | undefined;
  const foot =
    footByTitle !== undefined && !Array.isArray(footByTitle)
      ? columns.map((c) => ({ ...c, value: String(footByTitle[c.title] ?? "") }))
      : cells("foot");

  const a = (data.answer ?? fail("answer", "请写出银行怎样回盘。")) as Record<string, unknown>;
  const titles = a.titles === undefined ? data.titles === true || kind === "xlsx" : a.titles === true;
  const place = (where: string, value: unknown): Place => {
    if (titles && typeof value === "string") return value;
    if (!titles && kind === "fixed" && Array.isArray(value) && value.length === 2)
      return [Number(value[0]), Number(value[1])];
    if (!titles && kind !== "fixed" && Number.isInteger(value)) return value as number;
    return fail(
      where,
      titles ? "应写表头的名称。" : kind === "fixed" ? "应写 [起始字节, 字节数]。" : "应写第几栏。",
    );
  };
  const answerColumns: Partial<Record<AnswerField, Place>> = {};
  for (const [field, value] of Object.entries((a.columns ?? {}) as Record<string, unknown>)) {
    if (!(ANSWER_FIELDS as readonly string[]).includes(field))
      fail(`answer.columns.${field}`, `不是可用的内容，可用的有：${ANSWER_FIELDS.join("、")}。`);
    answerColumns[field as AnswerField] = place(`answer.columns.${field}`, value);
  }
  const match = choice(a, "match", ["basisId", "seq"] as const);
  for (const needed of [match, "status"] as const)
    if (answerColumns[needed] === undefined) fail(`answer.columns.${needed}`, "回盘里必须有这一栏。");
  if (answerColumns.amountFen === undefined && answerColumns.amountYuan === undefined)
    fail("answer.columns", "回盘里必须有金额（amountFen 或 amountYuan）。");
  const outcomes: Record<string, AnswerOutcome> = {};
  for (const [word, outcome] of Object.entries((a.outcomes ?? {}) as Record<string, unknown>)) {
    if (outcome !== "paid" && outcome !== "failed" && outcome !== "unknown")
      fail(`answer.outcomes.${word}`, "应为 paid、failed、unknown 之一。");
    outcomes[word.toLowerCase()] = outcome as AnswerOutcome;
  }
  if (!Object.values(outcomes).includes("paid")) fail("answer.outcomes", "请写出哪个结果是成功（paid）。");
  const f = a.foot as Record<string, unknown> | undefined;
  const at = (key: string) => (f?.[key] === undefined ? null : place(`answer.foot.${key}`, f[key]));
  return {
    ...{
      code,
      name: text(data, "name"),
      source: text(data, "source"),
      kind,
      columns,
      foot,
      head: cells("head"),
    },
    extension: choice(data, "extension", ["csv", "txt", "xlsx"] as const, kind === "xlsx" ? "xlsx" : "txt"),
    encoding: choice(data, "encoding", ["utf-8", "gb18030"] as const, "utf-8"),
    bom: data.bom === true,
    separator: typeof data.separator === "string" ? data.separator : ",",
    quoted: data.quoted === true,
    titles: data.titles === true || kind === "xlsx",
    answer: {
      ...{ match, titles, columns: answerColumns, outcomes, headLines: Number(a.headLines ?? 0) },
      foot: f
        ? {
            starts: String(f.starts ?? ""),
            lines: at("lines"),
            totalFen: at("totalFen"),
            totalYuan: at("totalYuan"),
          }
        : null,
      otherwise:
        a.otherwise === undefined ? null : choice(a, "otherwise", ["paid", "failed", "unknown"] as const),
      reasons: Object.fromEntries(
        Object.entries((a.reasons ?? {}) as object).map(([k, v]) => [k, String(v)]),
      ),
    },
  };
}
const TOP = [
  ...["name", "source", "kind", "extension", "encoding", "bom", "separator", "quoted", "titles"],
  ...["head", "columns", "foot", "answer"],
];
