/** Pure: the file that comes back from the bank, read and doubted. */
import { DomainError, formatYuan, isIsoDate, toHalfWidth } from "@wuxin/kernel";
import { parseCsv } from "hucre/csv";
import { readXlsx } from "hucre/xlsx";
import { COLUMNS, type Column, type Format, TOTAL } from "./bank-file.ts";
import type { Outcome } from "./model.ts";

export interface ReturnRow {
  /** As a person counts them: the header is row 1. */
  readonly row: number;
  readonly batchNo: string;
  readonly lineId: string;
  readonly cardNo: string;
  readonly amountFen: number;
  readonly outcome: Outcome;
  readonly failCode: string;
  readonly failReason: string;
  readonly bankSerial: string;
  readonly paidOn: string | null;
}
export interface Problem {
  readonly row: number;
  readonly message: string;
}

/** Not more than this many are told at once. */
const MOST_PROBLEMS = 200;

export function badReturn(message: string, problems: readonly Problem[] = []): DomainError {
  return new DomainError("bad-return-file", message, {
    field: "file",
    details: { problems: problems.slice(0, MOST_PROBLEMS) },
  });
}

/** For a person: the first few rows in words. */
export function refuseRows(problems: readonly Problem[]): DomainError {
  const first = problems.slice(0, 3).map((p) => `第 ${p.row} 行：${p.message}`);
  return badReturn(
    `回盘有 ${problems.length} 处问题，一笔也没有装载。${first.join(" ")}${problems.length > 3 ? " ……" : ""}请更正后重新上传。`,
    problems,
  );
}

/** What the bytes are, whatever the name says. Throws `bad-return-file` when they are neither, or not what the name says. */
export function sniff(name: string, bytes: Uint8Array): Format {
  if (bytes.length === 0) throw badReturn("文件是空的，请重新从银行下载回盘文件。");
  const magic = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  const format: Format | null = magic.startsWith("PK\x03\x04")
    ? "xlsx"
    : magic.startsWith("\xd0\xcf\x11\xe0") || magic.startsWith("%PDF") || bytes.subarray(0, 4096).includes(0)
      ? null
      : "csv";
  if (format === null)
    throw badReturn(
      magic.startsWith("\xd0\xcf")
        ? "这是旧式的 .xls 文件，请用 Excel 或 WPS 另存为 .xlsx 后再上传。"
        : "文件内容不是 CSV 或 XLSX 表格，请上传银行返回的回盘文件。",
    );
  const named = /\.([a-z]+)$/i.exec(name.trim())?.[1]?.toLowerCase();
  if (named !== format)
    throw badReturn(
      `文件名写的是“.${named ?? "无扩展名"}”，内容却是 ${format.toUpperCase()}，请核对是否传错文件。`,
    );
  return format;
}

async function table(format: Format, bytes: Uint8Array): Promise<string[][]> {
  try {
    const rows =
      format === "csv"
        ? parseCsv(decode(bytes), { skipEmptyRows: true, delimiter: "," })
        : ((await readXlsx(bytes, { sheets: [0] })).sheets[0]?.rows ?? []);
    return rows.map((row) => row.map(cellText)).filter((row) => row.some((c) => c !== ""));
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError("bad-return-file", "文件打不开，可能已损坏，请重新从银行下载回盘文件。", {
      field: "file",
      cause,
    });
  }
}

/** Banks answer in UTF-8 or in GB18030. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    try {
      return new TextDecoder("gb18030", { fatal: true }).decode(bytes);
    } catch (cause) {
      throw new DomainError(
        "bad-return-file",
        "文件的文字编码认不出来，请另存为 UTF-8 编码的 CSV 后再上传。",
        {
          field: "file",
          cause,
        },
      );
    }
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return toHalfWidth(String(value)).trim();
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  成功: "paid",
  已发放: "paid",
  paid: "paid",
  失败: "failed",
  退回: "failed",
  failed: "failed",
  未知: "unknown",
  处理中: "unknown",
  unknown: "unknown",
};

/**
 * Reads a return. Throws `bad-return-file` for a file that is no table, has other columns or has been cut off; rows
 * that are wrong in themselves come back as problems.
 */
export async function readReturn(
  name: string,
  bytes: Uint8Array,
): Promise<{ rows: ReturnRow[]; problems: Problem[] }> {
  const [header, ...all] = await table(sniff(name, bytes), bytes);
  const titles = (header ?? []).map((h) => h.replace("(", "（").replace(")", "）"));
  const at = new Map(COLUMNS.map(([key, title]) => [key, titles.indexOf(title)]));
  const missing = COLUMNS.filter(([key]) => NEEDED.has(key) && (at.get(key) ?? -1) < 0).map(
    ([, title]) => title,
  );
  if (missing.length > 0)
    throw badReturn(`表头缺少“${missing.join("”“")}”列，不是本系统报送文件的回盘，请核对是否传错文件。`);
  const cell = (row: readonly string[], key: Column) => row[at.get(key) ?? -1] ?? "";

  const last = all.at(-1);
  if (!last || cell(last, "batchNo") !== TOTAL)
    throw badReturn("文件末尾没有“合计”行，可能没有下载完整，请重新从银行下载回盘文件。");
  const body = all.slice(0, -1);
  if (body.length === 0) throw badReturn("回盘里一笔明细也没有，请核对是否传错文件。");
  const problems: Problem[] = [];
  const rows: ReturnRow[] = [];
  body.forEach((r, i) => {
    const read = readRow(i + 2, (key) => cell(r, key));
    if ("message" in read) problems.push(read);
    else rows.push(read);
  });
  const unanswered = body.filter((r) => cell(r, "status") === "").length;
  if (unanswered === body.length)
    throw badReturn("每一行的“处理结果”都是空的，这是报送文件，不是银行的回盘。");
  const stated = {
    lines: Number.parseInt(cell(last, "payeeName"), 10),
    totalFen: Number(cell(last, "amountFen")),
  };
  const totalFen = body.reduce((sum, r) => sum + Number(cell(r, "amountFen")), 0);
  if (problems.length === 0 && (stated.lines !== body.length || stated.totalFen !== totalFen))
    throw badReturn(
      `合计行写 ${stated.lines} 笔 ${formatYuan(stated.totalFen || 0)} 元，明细却是 ${body.length} 笔 ${formatYuan(totalFen)} 元，文件不完整或被改过，请重新下载。`,
    );
  return { rows, problems };
}
const NEEDED: ReadonlySet<Column> = new Set([
  "batchNo",
  "payeeName",
  "cardNo",
  "amountFen",
  "basisId",
  "status",
  "failCode",
  "bankSerial",
  "paidAt",
]);

function readRow(row: number, cell: (key: Column) => string): ReturnRow | Problem {
  const outcome = OUTCOMES[cell("status").toLowerCase()];
  if (cell("status") === "") return { row, message: "没有写处理结果，请补上“成功”“失败”或“未知”。" };
  if (!outcome)
    return { row, message: `处理结果“${cell("status").slice(0, 20)}”认不出来，只能写“成功”“失败”或“未知”。` };
  if (!/^\d{1,15}$/.test(cell("amountFen")))
    return { row, message: `金额（分）“${cell("amountFen").slice(0, 20)}”不是整数。` };
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(cell("basisId")))
    return { row, message: "依据编号不完整，请保留报送文件里的原值。" };
  const paidOn = cell("paidAt").slice(0, 10).replaceAll("/", "-");
  if (outcome === "paid" && !isIsoDate(paidOn))
    return { row, message: "成功的一笔没有写入账日期，应写成 2024-03-01。" };
  return {
    row,
    batchNo: cell("batchNo"),
    lineId: cell("basisId").toLowerCase(),
    cardNo: cell("cardNo"),
    amountFen: Number(cell("amountFen")),
    outcome,
    failCode: cell("failCode").slice(0, 40),
    failReason: cell("failReason").slice(0, 200),
    bankSerial: cell("bankSerial").slice(0, 80),
    paidOn: outcome === "paid" ? paidOn : null,
  };
}
