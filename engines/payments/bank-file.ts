/** Pure: the 一卡通 file to the bank. The columns are our proposal (no national layout is published). */
import { createHash } from "node:crypto";
import { formatYuan, type Month, upperYuan } from "@wuxin/kernel";
import { parseCsv, writeCsv } from "hucre/csv";
import { writeXlsx } from "hucre/xlsx";
import type { Outcome } from "./model.ts";

export type Format = "csv" | "xlsx";
export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** What one line of the file says; texts as they stand in the cell. */
export interface BankRow {
  batchNo: string;
  subsidyCode: string;
  /** Empty until the fund ledger names the document. */
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

export const COLUMNS = [
  ["batchNo", "批次号"],
  ["subsidyCode", "补贴代码"],
  ["fundDocNo", "资金文号"],
  ["period", "所属月份"],
  ["division12", "行政区划"],
  ["payeeName", "姓名"],
  ["idNo", "身份证号"],
  ["relation", "与享受对象关系"],
  ["cardNo", "账号"],
  ["bankCode", "开户银行"],
  ["accountName", "户名"],
  ["amountFen", "金额（分）"],
  ["amountYuan", "金额（元）"],
  ["basisId", "依据编号"],
  ["status", "处理结果"],
  ["failCode", "失败代码"],
  ["failReason", "失败原因"],
  ["bankSerial", "银行流水号"],
  ["paidAt", "入账日期"],
] as const;
export type Column = (typeof COLUMNS)[number][0];
const HEADERS = COLUMNS.map(([, header]) => header);
/** First cell of the last line. */
export const TOTAL = "合计";

export interface Control {
  readonly lines: number;
  readonly totalFen: number;
}
export const controlOf = (rows: readonly { readonly amountFen: number }[]): Control => ({
  lines: rows.length,
  totalFen: rows.reduce((sum, r) => sum + r.amountFen, 0),
});

/** Names are typed by people; a spreadsheet must not take one for a formula. */
const asText = (name: string): string => (/^[=+\-@\t\r]/.test(name) ? `'${name}` : name);
const yuan = (fen: number): string => formatYuan(fen).replaceAll(",", "");

function cells(row: BankRow, answer?: Partial<Record<Column, string>>): string[] {
  const texts: Record<Column, string> = {
    ...row,
    payeeName: asText(row.payeeName),
    accountName: asText(row.accountName),
    bankCode: asText(row.bankCode),
    amountFen: String(row.amountFen),
    amountYuan: yuan(row.amountFen),
    status: "",
    failCode: "",
    failReason: "",
    bankSerial: "",
    paidAt: "",
    ...answer,
  };
  return COLUMNS.map(([key]) => texts[key]);
}

/** The last line: how many lines, how much. A file without it has been cut off. */
function footer({ lines, totalFen }: Control): string[] {
  return COLUMNS.map(([key]) =>
    key === "batchNo"
      ? TOTAL
      : key === "payeeName"
        ? `${lines}笔`
        : key === "amountFen"
          ? String(totalFen)
          : key === "amountYuan"
            ? yuan(totalFen)
            : "",
  );
}

export interface MadeFile {
  readonly bytes: Buffer;
  /** SHA-256, hex. */
  readonly digest: string;
  readonly control: Control;
}

/** CSV in UTF-8 with BOM, CRLF; XLSX with every cell a text, so that no digit of a long number is lost. */
export async function makeBankFile(
  rows: readonly BankRow[],
  format: Format,
  rosterDigest: string,
  answers?: readonly Partial<Record<Column, string>>[],
): Promise<MadeFile> {
  const control = controlOf(rows);
  const body = rows.map((r, i) => cells(r, answers?.[i]));
  const bytes =
    format === "csv"
      ? Buffer.from(
          writeCsv([HEADERS, ...body, footer(control)], { bom: true, lineSeparator: "\r\n" }),
          "utf8",
        )
      : Buffer.from(await sheet(body, control, rosterDigest));
  return { bytes, digest: sha256(bytes), control };
}

async function sheet(body: string[][], control: Control, rosterDigest: string): Promise<Uint8Array> {
  return writeXlsx({
    sheets: [
      {
        name: "发放明细",
        columns: COLUMNS.map(([key]) => ({
          width: key === "basisId" ? 38 : key === "idNo" || key === "cardNo" ? 24 : 14,
        })),
        rows: [HEADERS, ...body, footer(control)],
        freezePane: { rows: 1 },
      },
      {
        name: "控制信息",
        columns: [{ width: 18 }, { width: 70 }],
        rows: [
          ["笔数", String(control.lines)],
          ["金额（分）", String(control.totalFen)],
          ["金额（元）", yuan(control.totalFen)],
          ["金额大写", upperYuan(control.totalFen)],
          ["名册摘要", rosterDigest],
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
 * What a bank does with our CSV: fills in the answers, keeping everything else. For demonstrations and tests; `answer`
 * gives none for a line that the bank leaves out.
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
  const rows = parseCsv(Buffer.from(bytes).toString("utf8")).map((row) => row.map((c) => String(c ?? "")));
  const at = Object.fromEntries(COLUMNS.map(([key], i) => [key, i])) as Record<Column, number>;
  const words: Record<Outcome, string> = { paid: "成功", failed: "失败", unknown: "未知" };
  const answered: string[][] = [];
  rows.slice(1, -1).forEach((row, index) => {
    const a = answer({
      lineId: row[at.basisId] ?? "",
      payeeName: row[at.payeeName] ?? "",
      amountFen: Number(row[at.amountFen]),
      index,
    });
    if (!a) return;
    const filled = [...row];
    filled[at.status] = words[a.outcome];
    filled[at.failCode] = a.failCode ?? "";
    filled[at.failReason] = a.failReason ?? "";
    filled[at.bankSerial] = a.bankSerial ?? "";
    filled[at.paidAt] = a.paidOn ?? "";
    answered.push(filled);
  });
  const control = controlOf(answered.map((r) => ({ amountFen: Number(r[at.amountFen]) })));
  return Buffer.from(
    writeCsv([HEADERS, ...answered, footer(control)], { bom: true, lineSeparator: "\r\n" }),
    "utf8",
  );
}
