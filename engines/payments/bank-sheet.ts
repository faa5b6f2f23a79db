/**
 * Pure: a workbook written as its rows come. Every part of the sheet is deflated by itself and flushed, so that the parts
 * together are one stream, and a sum of a few numbers is all that must be known to go on. Texts stand in their cells: a
 * table of them would have to be held to the end.
 */
import zlib from "node:zlib";
import type { LayoutCell } from "@wuxin/declare";
import { DomainError } from "@wuxin/kernel";

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
  readonly entries: readonly Entry[];
}
interface Entry {
  readonly name: string;
  readonly at: number;
  readonly crc: number;
  readonly plain: number;
  readonly packed: number;
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
  const entries: Entry[] = [];
  let at = 0;
  for (const [name, text] of [...frame(sheets), ["xl/worksheets/sheet2.xml", shortSheet(beside)]] as const) {
    const plain = Buffer.from(XML + text);
    const body = zlib.deflateRawSync(plain);
    const entry = { name, at, crc: zlib.crc32(plain), plain: plain.length, packed: body.length };
    parts.push(local(entry, 0), body);
    at += 30 + name.length + body.length;
    entries.push(entry);
  }
  const widths = columns.map((c) =>
    c.value.includes("basisId") ? 38 : /idNo|cardNo/.test(c.value) ? 24 : 14,
  );
  const opened = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${cols(widths)}<sheetData>`;
  const none = { rows: 0, before: at, crc: 0, plain: 0, packed: 0, entries };
  const { bytes, place } = packed(opened, none, zlib.constants.Z_FULL_FLUSH);
  // Sum and sizes of it are known at its end and stand behind it.
  const entry = { name: DETAIL, at, crc: 0, plain: 0, packed: 0 };
  return { bytes: Buffer.concat([...parts, local(entry, BEHIND), bytes]), place };
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
  const behind = Buffer.alloc(16);
  behind.write("PK\x07\x08", "latin1");
  behind.writeUInt32LE(place.crc, 4);
  behind.writeUInt32LE(place.packed, 8);
  behind.writeUInt32LE(place.plain, 12);
  const list = Buffer.concat([
    ...from.entries.map((e) => listed(e, 0)),
    listed({ ...place, name: DETAIL, at: place.before }, BEHIND),
  ]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(from.entries.length + 1, 8);
  end.writeUInt16LE(from.entries.length + 1, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(place.before + 30 + DETAIL.length + place.packed + behind.length, 16);
  return Buffer.concat([bytes, behind, list, end]);
}

// ── ZIP (APPNOTE 6.3) ────────────────────────────────────────────────────────────────────────────────────────────────

const BEHIND = 0x0008;
function common(e: Entry, flags: number): Buffer {
  const b = Buffer.alloc(26);
  b.writeUInt16LE(20, 0);
  b.writeUInt16LE(flags, 2);
  b.writeUInt16LE(8, 4);
  b.writeUInt16LE(0x21, 8); // 1980-01-01: the same rows give the same bytes
  b.writeUInt32LE(e.crc, 10);
  b.writeUInt32LE(e.packed, 14);
  b.writeUInt32LE(e.plain, 18);
  b.writeUInt16LE(e.name.length, 22);
  return b;
}
const local = (e: Entry, flags: number): Buffer =>
  Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common(e, flags), Buffer.from(e.name)]);
function listed(e: Entry, flags: number): Buffer {
  const place = Buffer.alloc(14);
  place.writeUInt32LE(e.at, 10);
  return Buffer.concat([
    Buffer.from("PK\x01\x02\x14\x00", "latin1"),
    common(e, flags),
    place,
    Buffer.from(e.name),
  ]);
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
