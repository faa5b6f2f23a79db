/** Pure: the file to the bank, written as the bank's layout says (declare's `BankLayout`). */
import type { BankLayout, LayoutCell } from "@wuxin/declare";
import { DomainError, formatYuan, type Month, upperYuan } from "@wuxin/kernel";
import { parseCsv, writeCsv } from "hucre/csv";
import { beginSheet, endSheet, moreRows, type SheetPlace } from "./bank-sheet.ts";
import { encodeGb18030 } from "./encoding.ts";
import type { Outcome } from "./model.ts";

export const mediaType = (layout: Pick<BankLayout, "extension" | "encoding">): string =>
  layout.extension === "xlsx"
    ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    : `text/${layout.extension === "csv" ? "csv" : "plain"}; charset=${layout.encoding}`;

/** What one line of the file says; texts as they stand in the cell. */
export interface BankRow {
  batchNo: string;
  /** The line's number in its roster. */
  seq: number;
  subsidyCode: string;
  subsidyName: string;
  /** 资金文号; several where one paper does not reach. Empty while the money is still waited for. */
  fundDocNo: string;
  period: Month;
  division12: string;
  payeeName: string;
  idNo: string;
  relation: string;
  cardNo: string;
  bankCode: string;
  accountName: string;
  amountFen: number;
  /** The line: what the bank must give back unchanged. */
  basisId: string;
}
export interface Control {
  readonly lines: number;
  readonly totalFen: number;
}
/** What head and foot may say besides. */
export interface FileHead extends Control {
  readonly batchNo: string;
  readonly today: string;
  readonly rosterDigest: string;
}
/** How far a file is written; enough to go on from. */
export interface Place extends Control {
  /** Of a workbook. */
  readonly sheet?: SheetPlace;
}
export const START: Place = { lines: 0, totalFen: 0 };

/** Names are typed by people; a spreadsheet must not take one for a formula. */
const asText = (name: string): string => (/^[=+\-@\t\r]/.test(name) ? `'${name}` : name);
const yuan = (fen: number): string => formatYuan(fen).replaceAll(",", "");
export const encoderOf = (layout: Pick<BankLayout, "encoding">) =>
  layout.encoding === "gb18030" ? encodeGb18030 : (text: string) => Buffer.from(text, "utf8");

type Fields = Readonly<Record<string, string>>;

/** A cell's template, cut where its fields stand. */
function template(cell: LayoutCell): (fields: Fields) => string {
  const parts = cell.value.split(/\{(\w+)\}/);
  if (parts.length === 1) return () => cell.value;
  const [before = "", field = "", after = ""] = parts;
  if (parts.length === 3 && before === "" && after === "") return (fields) => fields[field] ?? "";
  return (fields) => parts.map((part, i) => (i % 2 === 0 ? part : (fields[part] ?? ""))).join("");
}

/**
 * The bytes of one file, piece by piece: `begin`, then `rows` as they come, then `end`; `head` says beforehand what they
 * come to. Each gives its bytes and the place from which another may go on. The same rows in the same pieces are the same
 * bytes.
 */
export function bankFile(layout: BankLayout, head: FileHead) {
  const spreadsheet = layout.kind === "xlsx" || layout.quoted;
  const encode = encoderOf(layout);
  const headFields: Fields = {
    ...{ batchNo: head.batchNo, lines: String(head.lines), today: head.today },
    ...{ totalFen: String(head.totalFen), totalYuan: yuan(head.totalFen) },
  };
  const columns = layout.columns.map(template);
  const textsOf = (cells: readonly LayoutCell[], fields: Fields) => cells.map((c) => template(c)(fields));

  function written(cells: readonly LayoutCell[], texts: string[][]): Buffer {
    if (layout.kind === "fixed")
      return Buffer.concat(texts.flatMap((row) => [fixed(cells, row, encode), CRLF]));
    return encode(
      layout.quoted
        ? `${writeCsv(texts, { lineSeparator: "\r\n", delimiter: layout.separator })}\r\n`
        : texts.map((row) => `${plain(row, layout.separator)}\r\n`).join(""),
    );
  }
  function put(cells: readonly LayoutCell[], texts: string[][], from: Place): Written {
    if (texts.length === 0) return { bytes: NOTHING, place: from };
    if (!from.sheet) return { bytes: written(cells, texts), place: from };
    const { bytes, place } = moreRows(texts, from.sheet);
    return { bytes, place: { ...from, sheet: place } };
  }

  return {
    begin(): Written {
      const sheet = layout.kind === "xlsx" && beginSheet(layout.columns, SHEETS, controlRows(head));
      const start = sheet ? { ...START, sheet: sheet.place } : START;
      const first = layout.head.length > 0 ? [textsOf(layout.head, headFields)] : [];
      const top = put(layout.head, first, start);
      const titles = put(
        layout.columns,
        layout.titles ? [layout.columns.map((c) => c.title)] : [],
        top.place,
      );
      const before = sheet ? sheet.bytes : layout.bom ? BOM : NOTHING;
      return { bytes: Buffer.concat([before, top.bytes, titles.bytes]), place: titles.place };
    },
    rows(rows: readonly BankRow[], from: Place): Written {
      let { lines, totalFen } = from;
      const texts = rows.map((r) => {
        lines++;
        totalFen += r.amountFen;
        const fields: Fields = {
          ...r,
          seq: String(r.seq),
          ...(spreadsheet && {
            payeeName: asText(r.payeeName),
            accountName: asText(r.accountName),
            bankCode: asText(r.bankCode),
          }),
          amountFen: String(r.amountFen),
          amountYuan: yuan(r.amountFen),
        };
        return columns.map((text) => text(fields));
      });
      const { bytes, place } = put(layout.columns, texts, from);
      return { bytes, place: { ...place, lines, totalFen } };
    },
    end(from: Place): Buffer {
      const foot = layout.foot.length > 0 ? [textsOf(layout.foot, headFields)] : [];
      const { bytes, place } = put(layout.foot, foot, from);
      return place.sheet ? Buffer.concat([bytes, endSheet(place.sheet)]) : bytes;
    },
  };
}
interface Written {
  readonly bytes: Buffer;
  readonly place: Place;
}
const BOM = Buffer.from("\ufeff");
const NOTHING = Buffer.alloc(0);
const SHEETS = ["发放明细", "控制信息"] as const;
const CRLF = Buffer.from("\r\n");

function plain(cells: readonly string[], separator: string): string {
  const bad = cells.find((c) => c.includes(separator) || /[\r\n]/.test(c));
  if (bad !== undefined)
    throw new DomainError(
      "bad-bank-value",
      `“${bad.slice(0, 30)}”里有分隔符“${separator}”或换行，银行会读错；请先更正这个户名，再生成文件。`,
    );
  return cells.join(separator);
}

function fixed(
  cells: readonly LayoutCell[],
  texts: readonly string[],
  encode: (t: string) => Buffer,
): Buffer {
  return Buffer.concat(
    cells.map((c, i) => {
      const bytes = encode(texts[i] as string);
      if (bytes.length > c.width)
        throw new DomainError(
          "bad-bank-value",
          `“${(texts[i] as string).slice(0, 30)}”有 ${bytes.length} 个字节，银行文件这一栏只容 ${c.width} 个；请先更正，再生成文件。`,
        );
      const padding = Buffer.alloc(c.width - bytes.length, c.pad);
      return Buffer.concat(c.align === "right" ? [padding, bytes] : [bytes, padding]);
    }),
  );
}

const controlRows = (head: FileHead): string[][] => [
  ["笔数", String(head.lines)],
  ["金额（分）", String(head.totalFen)],
  ["金额（元）", yuan(head.totalFen)],
  ["金额大写", upperYuan(head.totalFen)],
  ["名册摘要", head.rosterDigest],
];

export interface BankAnswer {
  readonly outcome: Outcome;
  readonly failCode?: string;
  readonly failReason?: string;
  readonly bankSerial?: string;
  /** YYYY-MM-DD */
  readonly paidOn?: string;
}

/**
 * What a bank does with a CSV of ours that has titles: fills in the answers, keeping everything else. For
 * demonstrations and tests; `answer` gives none for a line that the bank leaves out.
 */
export function answerCsv(
  bytes: Uint8Array,
  answer: (line: {
    lineId: string;
    payeeName: string;
    amountFen: number;
    index: number;
  }) => BankAnswer | null,
): Buffer {
  const [titles = [], ...rows] = parseCsv(Buffer.from(bytes).toString("utf8")).map((row) =>
    row.map((c) => String(c ?? "")),
  );
  const at = (title: string) => titles.findIndex((t) => t.replace("\ufeff", "") === title);
  const words: Record<Outcome, string> = { paid: "成功", failed: "失败", unknown: "未知" };
  const answered: string[][] = [];
  rows.slice(0, -1).forEach((row, index) => {
    const a = answer({
      lineId: row[at("依据编号")] ?? "",
      payeeName: row[at("姓名")] ?? "",
      amountFen: Number(row[at("金额（分）")]),
      index,
    });
    if (!a) return;
    const given = [...row];
    given[at("处理结果")] = words[a.outcome];
    given[at("失败代码")] = a.failCode ?? "";
    given[at("失败原因")] = a.failReason ?? "";
    given[at("银行流水号")] = a.bankSerial ?? "";
    given[at("入账日期")] = a.paidOn ?? "";
    answered.push(given);
  });
  const totalFen = answered.reduce((sum, r) => sum + Number(r[at("金额（分）")]), 0);
  const foot = titles.map(() => "");
  foot[0] = "合计";
  foot[at("姓名")] = `${answered.length}笔`;
  foot[at("金额（分）")] = String(totalFen);
  foot[at("金额（元）")] = yuan(totalFen);
  return Buffer.from(writeCsv([titles, ...answered, foot], { lineSeparator: "\r\n" }), "utf8");
}
