/**
 * Pure: a workbook written as its rows come. Every part of the sheet is deflated by itself and flushed, so that the parts
 * together are one stream, and a sum of a few numbers is all that must be known to go on. Texts stand in their cells: a
 * table of them would have to be held to the end.
 */
import zlib from "node:zlib";
import type { LayoutCell } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";
import { type ZipEntry, zipEnd, zipHead, zipTail } from "@wuxin/platform";

/** How far a workbook is written. */
export interface SheetPlace {
  readonly rows: number;
  /** Bytes of the archive before its last sheet. */
  readonly before: number;
  /** Of the last sheet: its sum, and its bytes as they are and as they lie in the archive. */
  readonly crc: number;
  readonly plain: number;
  readonly packed: number;
  /** What stands in the archive before it. */
  readonly entries: readonly ZipEntry[];
}
type Cells = readonly string[];

/** What a sheet of Excel holds. */
export const MOST_ROWS = 1_048_576;
const DETAIL = "xl/worksheets/sheet1.xml";
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** @param sheets the names of the sheet with rows and of the short one beside it, whose rows are known */
export function beginSheet(
  columns: readonly LayoutCell[],
  sheets: readonly [string, string],
  beside: readonly Cells[],
): { bytes: Buffer; place: SheetPlace } {
  const parts: Buffer[] = [];
  const entries: ZipEntry[] = [];
  let at = 0;
  for (const [name, text] of [...frame(sheets), ["xl/worksheets/sheet2.xml", shortSheet(beside)]] as const) {
    const plain = Buffer.from(XML + text);
    const body = zlib.deflateRawSync(plain);
    const entry = { name, at, crc: zlib.crc32(plain), plain: plain.length, packed: body.length };
    const whole = [zipHead(name), body, zipTail(entry)];
    parts.push(...whole);
    at += whole.reduce((n, b) => n + b.length, 0);
    entries.push(entry);
  }
  const widths = columns.map((c) =>
    c.value.includes("basisId") ? 38 : /idNo|cardNo/.test(c.value) ? 24 : 14,
  );
  const opened = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${cols(widths)}<sheetData>`;
  const none = { rows: 0, before: at, crc: 0, plain: 0, packed: 0, entries };
  const { bytes, place } = packed(opened, none, zlib.constants.Z_FULL_FLUSH);
  return { bytes: Buffer.concat([...parts, zipHead(DETAIL), bytes]), place };
}

export function moreRows(rows: readonly Cells[], from: SheetPlace): { bytes: Buffer; place: SheetPlace } {
  if (from.rows + rows.length > MOST_ROWS)
    throw new DomainError(
      "bad-bank-value",
      "名册太长，一张 XLSX 表最多 1,048,576 行；请改选 CSV 或文本格式。",
    );
  const { bytes, place } = packed(rowsText(rows, from.rows), from, zlib.constants.Z_FULL_FLUSH);
  return { bytes, place: { ...place, rows: from.rows + rows.length } };
}

export function endSheet(from: SheetPlace): Buffer {
  const { bytes, place } = packed("</sheetData></worksheet>", from, zlib.constants.Z_FINISH);
  const tail = zipTail(place);
  const list = zipEnd(
    [...from.entries, { ...place, name: DETAIL, at: place.before }],
    place.before + zipHead(DETAIL).length + place.packed + tail.length,
  );
  return Buffer.concat([bytes, tail, list]);
}

function packed(text: string, from: SheetPlace, finishFlush: number) {
  const plain = Buffer.from(text);
  const bytes = zlib.deflateRawSync(plain, { finishFlush });
  const place = {
    ...from,
    crc: zlib.crc32(plain, from.crc),
    plain: from.plain + plain.length,
    packed: from.packed + bytes.length,
  };
  return { bytes, place };
}

// ── SpreadsheetML ────────────────────────────────────────────────────────────────────────────────────────────────────

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** What XML cannot carry, as Office writes it. */
const escaped = (text: string): string =>
  text.replaceAll(
    /[&<>\p{Cc}\ufffe\uffff]/gu,
    (c) => ESCAPES[c] ?? `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
  );
/** A1, B1 … AA1. */
function letters(column: number): string {
  let name = "";
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26))
    name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
  return name;
}
/** Every cell a text, so that no digit of a long number is lost. */
function rowsText(rows: readonly Cells[], before: number): string {
  const names = Array.from({ length: Math.max(0, ...rows.map((r) => r.length)) }, (_, i) => letters(i));
  let text = "";
  for (const [i, cells] of rows.entries()) {
    const row = before + i + 1;
    text += `<row r="${row}">`;
    for (let c = 0; c < cells.length; c++)
      if (cells[c] !== "")
        text += `<c r="${names[c]}${row}" t="inlineStr"><is><t xml:space="preserve">${escaped(cells[c] as string)}</t></is></c>`;
    text += "</row>";
  }
  return text;
}
const cols = (widths: readonly number[]): string =>
  `<cols>${widths.map((w, i) => `<col min="${i + 1}" max="${i + 1}" width="${w}" customWidth="1"/>`).join("")}</cols>`;
const shortSheet = (rows: readonly Cells[]): string =>
  `<worksheet xmlns="${MAIN}">${cols([18, 70])}<sheetData>${rowsText(rows, 0)}</sheetData></worksheet>`;

const frame = (sheets: readonly string[]): [string, string][] => [
  [
    "[Content_Types].xml",
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${sheets.map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`).join("")}</Types>`,
  ],
  ["_rels/.rels", relations([["officeDocument", "xl/workbook.xml"]])],
  [
    "xl/workbook.xml",
    `<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets>${sheets.map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join("")}</sheets></workbook>`,
  ],
  [
    "xl/_rels/workbook.xml.rels",
    relations(sheets.map((_, i) => ["worksheet", `worksheets/sheet${i + 1}.xml`])),
  ],
];
const relations = (to: readonly (readonly [string, string])[]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${to.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${REL}/${type}" Target="${target}"/>`).join("")}</Relationships>`;
