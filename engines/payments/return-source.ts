/** Pure: the rows of a returned file, part by part, from any place where a part ended. */
import type { BankLayout } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";
import { parseCsv } from "hucre/csv";
import { streamXlsxRows } from "hucre/xlsx";
import { encoderOf } from "./bank-file.ts";
import { badReturn } from "./bank-return.ts";

export interface NumberedRow {
  /** As a person counts them, from 1. */
  readonly row: number;
  readonly cells: readonly unknown[];
}
export interface Part {
  /** Without empty ones. */
  readonly rows: readonly NumberedRow[];
  /** Bytes of a text up to here; of a workbook nothing. */
  readonly offset: number;
  /** Rows up to here. */
  readonly row: number;
  readonly last: boolean;
}
/** Where a part begins. */
export type Place = Pick<Part, "offset" | "row">;

export const PIECE = 1024 * 1024;
/** A part of a text; no line may be as long. */
export const WINDOW = 2 * PIECE;
const SHEET_PART = 5_000;
/** Of a workbook the words lie in one table for all rows, which memory must hold. */
export const MOST_SHEET_ROWS = 200_000;

const broken = (cause: unknown) =>
  new DomainError("bad-return-file", "文件打不开，可能已损坏，请重新从银行下载回盘文件。", {
    field: "file",
    cause,
  });
const filled = (r: NumberedRow): boolean => r.cells.some((c) => c !== null && String(c).trim() !== "");

/**
 * @param bytesFrom bytes of the file from an offset on, so many or what is left
 * @param length of a part
 * @throws bad-return-file when a line has no end or is no text
 */
export async function* textParts(
  layout: BankLayout,
  encoding: string,
  size: number,
  bytesFrom: (offset: number, length: number) => Promise<Buffer>,
  from: Place,
  length = WINDOW,
): AsyncGenerator<Part> {
  for (let { offset, row } = from; ; ) {
    const window = await bytesFrom(offset, length);
    const last = offset + window.length >= size;
    const end = last ? window.length : wholeRecords(window, layout.quoted);
    if (end === 0 && !last)
      throw badReturn(`第 ${row + 1} 行长得不像一行（引号没有成对？），请重新从银行下载回盘文件。`);
    const rows = textRows(layout, encoding, window.subarray(0, end)).map((cells, i) => ({
      ...{ row: row + i + 1, cells },
    }));
    offset += end;
    row += rows.length;
    yield { rows: rows.filter(filled), offset, row, last };
    if (last) return;
  }
}

/** The rows with which a text begins; `first`: its first bytes, whole lines at least. */
export async function firstRows(
  layout: BankLayout,
  encoding: string,
  size: number,
  first: Buffer,
): Promise<readonly NumberedRow[]> {
  for await (const part of textParts(layout, encoding, size, async () => first, { offset: 0, row: 0 }))
    return part.rows;
  return [];
}

/**
 * Where the last record with something in it begins that ends in this window: up to there all are whole, and at least one
 * is left for the next part, because the last of a file may be its control line. In neither encoding is a byte of a longer
 * character a quotation mark or the end of a line.
 */
function wholeRecords(bytes: Buffer, quoted: boolean): number {
  let start = 0;
  let lastFilled = 0;
  let open = false;
  for (let at = 0; ; ) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) return lastFilled;
    if (quoted)
      for (let q = bytes.indexOf(0x22, at); q >= 0 && q < end; q = bytes.indexOf(0x22, q + 1)) open = !open;
    at = end + 1;
    if (open) continue;
    for (let i = start; i < end; i++)
      if ((bytes[i] as number) > 0x2c) {
        lastFilled = start;
        break;
      }
    start = at;
  }
}

function textRows(layout: BankLayout, encoding: string, bytes: Uint8Array): unknown[][] {
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw badReturn("文件的文字编码认不出来，请另存为 UTF-8 编码的 CSV 后再上传。");
  }
  const lines = (): string[] => {
    const all = text.split("\n");
    if (all.at(-1) === "") all.pop();
    return all.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  };
  if (layout.kind === "fixed") {
    // One cell, the whole line, in the layout's own encoding: places are in bytes of it.
    const encode = encoderOf(layout);
    return lines().map((line) => [encode(line).toString("latin1")]);
  }
  if (!layout.quoted || !text.includes('"')) return lines().map((line) => line.split(layout.separator));
  try {
    return parseCsv(text, { delimiter: layout.separator });
  } catch (cause) {
    throw broken(cause);
  }
}

/** The first sheet. A part is taken up again by reading over what was read. */
export async function* sheetParts(bytes: Buffer, from: Place): AsyncGenerator<Part> {
  let rows: NumberedRow[] = [];
  // The last is left for the next part, as in a text.
  let held: NumberedRow | undefined;
  try {
    for await (const r of streamXlsxRows(bytes, { sheet: 0 })) {
      const row = { row: r.index + 1, cells: r.values };
      if (row.row <= from.row || !filled(row)) continue;
      if (row.row > MOST_SHEET_ROWS)
        throw badReturn(
          `XLSX 回盘最多 ${MOST_SHEET_ROWS / 10_000} 万行，这份更长；请向银行要 CSV 或文本格式的回盘（不限行数），或分成几个文件上传。`,
        );
      if (held) rows.push(held);
      held = row;
      if (rows.length < SHEET_PART) continue;
      yield { rows, offset: 0, row: row.row - 1, last: false };
      rows = [];
    }
  } catch (cause) {
    throw cause instanceof DomainError ? cause : broken(cause);
  }
  if (held) rows.push(held);
  yield { rows, offset: 0, row: held?.row ?? from.row, last: true };
}
