/** A table as an office sends it: CSV or text in UTF-8 or GB18030, whatever separates the cells, or XLSX. Cells come as trimmed text. */
import { DomainError, toHalfWidth } from "@wuxin/kernel";
import { detectDelimiter, parseCsv } from "hucre/csv";
import { readXlsx } from "hucre/xlsx";

/** UTF-8, else GB18030, as offices write. */
export function textOfTable(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

const cell = (v: unknown): string =>
  v instanceof Date ? v.toISOString().slice(0, 10) : toHalfWidth(String(v ?? "")).trim();

/** @throws DomainError("bad-file") when it is no table at all */
export async function readTableFile(fileName: string, bytes: Buffer): Promise<string[][]> {
  const bad = (message: string) => new DomainError("bad-file", message, { field: "file" });
  if (/\.xls$/i.test(fileName)) throw bad("这是旧的 .xls 格式，请在表格软件里另存为 .xlsx 再传。");
  if (bytes.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004"))) {
    try {
      return ((await readXlsx(bytes)).sheets[0]?.rows ?? []).map((r) => r.map(cell));
    } catch {
      throw bad("这份表格打不开，可能没有传完或者加了密码，请在表格软件里另存一份再传。");
    }
  }
  const text = textOfTable(bytes);
  return parseCsv(text, { delimiter: detectDelimiter(text) }).map((r) => r.map(cell));
}
