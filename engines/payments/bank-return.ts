/** Pure: the file that comes back from the bank, read by its layout and doubted. */
import type { AnswerField, BankLayout, Place } from "@wuxin/declare";
import { DomainError, isIsoDate, toHalfWidth } from "@wuxin/kernel";
import type { Outcome } from "./model.ts";

export interface ReturnRow {
  /** As a person counts them: the header is row 1. */
  readonly row: number;
  /** Empty when the layout does not give it back. */
  readonly batchNo: string;
  /** One of the two names the line. */
  readonly lineId: string | null;
  readonly seq: number | null;
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

export function badReturn(message: string, problems: readonly Problem[] = []): DomainError {
  return new DomainError("bad-return-file", message, {
    field: "file",
    details: { problems },
  });
}

/** For a person: the first few rows in words; `all`: how many there are. */
export function refuseRows(problems: readonly Problem[], all: number): DomainError {
  const first = problems.slice(0, 3).map((p) => `第 ${p.row} 行：${p.message}`);
  return badReturn(
    `回盘有 ${all} 处问题，一笔也没有装载。${first.join(" ")}${all > 3 ? " ……" : ""}请更正后重新上传。`,
    problems,
  );
}

/**
 * What a file is by its first bytes, whatever the name says. Throws `bad-return-file` when it is neither, or not what the
 * name says.
 */
export function sniff(name: string, bytes: Uint8Array): "text" | "xlsx" {
  if (bytes.length === 0) throw badReturn("文件是空的，请重新从银行下载回盘文件。");
  const magic = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  const kind = magic.startsWith("PK\x03\x04")
    ? "xlsx"
    : magic.startsWith("\xd0\xcf\x11\xe0") || magic.startsWith("%PDF") || bytes.subarray(0, 4096).includes(0)
      ? null
      : "text";
  if (kind === null)
    throw badReturn(
      magic.startsWith("\xd0\xcf")
        ? "这是旧式的 .xls 文件，请用 Excel 或 WPS 另存为 .xlsx 后再上传。"
        : "文件内容不是 CSV 或 XLSX 表格，请上传银行返回的回盘文件。",
    );
  const named = /\.([a-z]+)$/i.exec(name.trim())?.[1]?.toLowerCase();
  if ((named === "xlsx") !== (kind === "xlsx"))
    throw badReturn(
      `文件名写的是“.${named ?? "无扩展名"}”，内容却是 ${kind === "text" ? "CSV" : "XLSX"}，请核对是否传错文件。`,
    );
  return kind;
}

/**
 * Which layout a file follows: the one whose titles its first line has, else one without titles. Those come first by
 * which this roster's own files were made.
 */
export function layoutOf(
  layouts: readonly BankLayout[],
  kind: "text" | "xlsx",
  firstLine: string,
): BankLayout {
  const fitting = layouts.filter((l) => (l.kind === "xlsx") === (kind === "xlsx"));
  const titles = (l: BankLayout) =>
    l.answer.titles && Object.values(l.answer.columns).some((p) => firstLine.includes(String(p)));
  const found = fitting.find(titles) ?? fitting.find((l) => !l.answer.titles) ?? fitting[0];
  if (!found)
    throw badReturn("本县没有登记能读这种文件的回盘格式，请换一种文件，或请系统管理员登记银行格式。");
  return found;
}

/** Cells of an answer as this layout places them; `titles`: the line of titles, if it has one. Throws `bad-return-file`. */
export function cellsBy(layout: BankLayout, titles: readonly unknown[]) {
  const { answer } = layout;
  const plain = titles.map((t) => plainTitle(cellText(t)));
  const missing = Object.values(answer.columns).filter(
    (p) => typeof p === "string" && !plain.includes(plainTitle(p)),
  );
  if (missing.length > 0)
    throw badReturn(`表头缺少“${missing.join("”“")}”列，不是本系统报送文件的回盘，请核对是否传错文件。`);
  // A title's place is looked for once, not in every row.
  const places = new Map(Object.values(answer.columns).map((p) => [p, placeOf(p, plain)]));
  return (row: readonly unknown[], place: Place | null | undefined): string => {
    if (place === null || place === undefined) return "";
    if (typeof place !== "object") return cellText(row[places.get(place) ?? placeOf(place, plain)]);
    const [from, width] = place;
    const bytes = Buffer.from(String(row[0] ?? "").slice(from - 1, from - 1 + width), "latin1");
    return cellText(new TextDecoder(layout.encoding).decode(bytes));
  };
}
const placeOf = (place: Place, titles: readonly string[]): number =>
  typeof place === "string" ? titles.indexOf(plainTitle(place)) : Number(place) - 1;

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return toHalfWidth(String(value)).trim();
}
const plainTitle = (title: string): string => title.replace("(", "（").replace(")", "）");

/** Whole 分, or NaN. */
export function fenOf(fen: string, yuan: string): number {
  if (fen !== "") return /^\d{1,15}$/.test(fen) ? Number(fen) : Number.NaN;
  const m = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(yuan.replaceAll(",", ""));
  return m ? Number(m[1]) * 100 + Number((m[2] ?? "").padEnd(2, "0")) : Number.NaN;
}

/** 2024-03-01, 2024/3/1 or 20240301; null when it is none of them. */
function dayOf(text: string): string | null {
  const m = /^(\d{4})[-/]?(\d{1,2})[-/]?(\d{1,2})(\s|T|$)/.exec(text);
  if (!m) return null;
  const day = `${m[1]}-${(m[2] as string).padStart(2, "0")}-${(m[3] as string).padStart(2, "0")}`;
  return isIsoDate(day) ? day : null;
}

export function readRow(
  layout: BankLayout,
  row: number,
  cell: (field: AnswerField) => string,
): ReturnRow | Problem {
  const { answer } = layout;
  const status = cell("status");
  const outcome = answer.outcomes[status.toLowerCase()] ?? answer.otherwise;
  if (status === "") return { row, message: "没有写处理结果，请补上“成功”“失败”或“未知”。" };
  if (!outcome)
    return { row, message: `处理结果“${status.slice(0, 20)}”认不出来，只能写“成功”“失败”或“未知”。` };
  const fen = cell("amountFen");
  const amountFen = fenOf(fen, cell("amountYuan"));
  if (Number.isNaN(amountFen))
    return { row, message: `金额“${(fen || cell("amountYuan")).slice(0, 20)}”不是数。` };
  const lineId = answer.match === "basisId" ? cell("basisId").toLowerCase() : null;
  if (lineId !== null && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(lineId))
    return { row, message: "依据编号不完整，请保留报送文件里的原值。" };
  const seq = answer.match === "seq" ? cell("seq") : null;
  if (seq !== null && !/^\d{1,9}$/.test(seq))
    return { row, message: `序号“${seq.slice(0, 20)}”不是数，请保留报送文件里的原值。` };
  const paidOn = dayOf(cell("paidAt"));
  if (outcome === "paid" && paidOn === null)
    return { row, message: "成功的一笔没有写入账日期，应写成 2024-03-01。" };
  // A status that is no word of ours is the bank's own code of the failure.
  const failCode =
    cell("failCode") || (outcome === "failed" && !(status.toLowerCase() in answer.outcomes) ? status : "");
  return {
    ...{ row, lineId, amountFen, outcome, batchNo: cell("batchNo"), cardNo: cell("cardNo") },
    seq: seq === null ? null : Number(seq),
    failCode: failCode.slice(0, 40),
    failReason: (cell("failReason") || (answer.reasons[failCode] ?? "")).slice(0, 200),
    bankSerial: cell("bankSerial").slice(0, 80),
    paidOn: outcome === "paid" ? paidOn : null,
  };
}
