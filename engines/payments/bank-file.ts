/** Pure: the file to the bank, written as the bank's layout says (declare's `BankLayout`). */
import { createHash } from "node:crypto";
import type { BankLayout, LayoutCell } from "@wuxin/declare";
import { DomainError, formatYuan, type Month, upperYuan } from "@wuxin/kernel";
import { parseCsv, writeCsv } from "hucre/csv";
import { writeXlsx } from "hucre/xlsx";
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
export interface MadeFile {
  readonly bytes: Buffer;
  /** SHA-256, hex. */
  readonly digest: string;
  readonly control: Control;
}

/** Names are typed by people; a spreadsheet must not take one for a formula. */
const asText = (name: string): string => (/^[=+\-@\t\r]/.test(name) ? `'${name}` : name);
const yuan = (fen: number): string => formatYuan(fen).replaceAll(",", "");
export const encoderOf = (layout: Pick<BankLayout, "encoding">) =>
  layout.encoding === "gb18030" ? encodeGb18030 : (text: string) => Buffer.from(text, "utf8");

type Fields = Readonly<Record<string, string>>;

/** A cell's template with the fields in it. */
function filled(cell: LayoutCell, fields: Fields): string {
  if (!cell.value.includes("{")) return cell.value;
  return cell.value.replaceAll(/\{(\w+)\}/g, (_, field: string) => fields[field] ?? "");
}

/** Rows of one file, in pieces of any size; `head` says beforehand what they come to. */
export function openBankFile(layout: BankLayout, head: FileHead) {
  const spreadsheet = layout.kind === "xlsx" || layout.quoted;
  const encode = encoderOf(layout);
  const headFields: Fields = {
    ...{ batchNo: head.batchNo, lines: String(head.lines), today: head.today },
    ...{ totalFen: String(head.totalFen), totalYuan: yuan(head.totalFen) },
  };
  const pieces: Buffer[] = [];
  const sheetRows: string[][] = [];
  const control = { lines: 0, totalFen: 0 };

  function put(rows: readonly (readonly LayoutCell[])[], fields: readonly Fields[]): void {
    const texts = rows.map((cells, i) => cells.map((c) => filled(c, fields[i] as Fields)));
    if (layout.kind === "xlsx") sheetRows.push(...texts);
    else if (layout.kind === "fixed")
      pieces.push(
        Buffer.concat(texts.flatMap((r, i) => [fixed(rows[i] as readonly LayoutCell[], r, encode), CRLF])),
      );
    else if (layout.quoted)
      pieces.push(encode(`${writeCsv(texts, { lineSeparator: "\r\n", delimiter: layout.separator })}\r\n`));
    else pieces.push(encode(texts.map((r) => `${plain(r, layout.separator)}\r\n`).join("")));
  }

  if (layout.bom) pieces.push(Buffer.from("\ufeff"));
  if (layout.head.length > 0) put([layout.head], [headFields]);
  if (layout.titles) put([layout.columns.map((c) => ({ ...c, value: c.title }))], [{}]);
  return {
    add(rows: readonly BankRow[]): void {
      control.lines += rows.length;
      for (const r of rows) control.totalFen += r.amountFen;
      put(
        rows.map(() => layout.columns),
        rows.map((r) => ({
          ...r,
          seq: String(r.seq),
          ...(spreadsheet && {
            payeeName: asText(r.payeeName),
            accountName: asText(r.accountName),
            bankCode: asText(r.bankCode),
          }),
          amountFen: String(r.amountFen),
          amountYuan: yuan(r.amountFen),
        })),
      );
    },
    async close(): Promise<MadeFile> {
      if (layout.foot.length > 0) put([layout.foot], [headFields]);
      const bytes =
        layout.kind === "xlsx" ? Buffer.from(await sheet(layout, sheetRows, head)) : Buffer.concat(pieces);
      return { bytes, digest: sha256(bytes), control };
    },
  };
}
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

/** Every cell a text, so that no digit of a long number is lost; the control totals on a sheet of their own. */
async function sheet(layout: BankLayout, rows: string[][], head: FileHead): Promise<Uint8Array> {
  return writeXlsx({
    sheets: [
      {
        name: "发放明细",
        columns: layout.columns.map((c) => ({
          width: c.value.includes("basisId") ? 38 : /idNo|cardNo/.test(c.value) ? 24 : 14,
        })),
        rows,
        freezePane: { rows: 1 },
      },
      {
        name: "控制信息",
        columns: [{ width: 18 }, { width: 70 }],
        rows: [
          ["笔数", String(head.lines)],
          ["金额（分）", String(head.totalFen)],
          ["金额（元）", yuan(head.totalFen)],
          ["金额大写", upperYuan(head.totalFen)],
          ["名册摘要", head.rosterDigest],
        ],
      },
    ],
  });
}

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

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
