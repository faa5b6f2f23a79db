/** Tables of the main part: columns as wide as what stands in them, and no number cut in two. */
import { CORE_WIDTH, STYLES, type StyleId, widthIn } from "./layout.ts";
import type { Column } from "./model.ts";
import { paragraph, run } from "./paragraph.ts";

const NUMERIC = /^[\d.,%‰—\-+*/]*$/;
/** Left and right of the words in a cell. */
const PADDING = 160;
/** Figures are half as wide as high, but not in every typeface that stands in for the standard's. */
const FIGURE = 0.64;
const roomFor = (text: string): number =>
  [...text].reduce((w, c) => w + ((c.codePointAt(0) as number) < 0x2e80 ? FIGURE : 1), 0);

interface Type {
  readonly head: StyleId;
  readonly cell: StyleId;
}
/** From the ordinary type down: the first in which no number has to be cut. */
const TYPES: readonly Type[] = [
  { head: "columnHead", cell: "cell" },
  { head: "columnHeadSmall", cell: "cellSmall" },
];

/** Numbers, dates and Latin words stay whole; Chinese may break after any four characters, a heading before its bracket. */
const pieces = (text: string): string[] => text.match(/[!-~]+|[（(][^）)]*[）)]|[^!-~（(]{1,4}/g) ?? [];
const widest = (list: readonly string[]): number => Math.max(0, ...list.map(roomFor));

interface Widths {
  readonly least: readonly number[];
  readonly wanted: readonly number[];
}
/** In twentieths of a point, padding included. */
function widthsIn(columns: readonly Column[], rows: readonly (readonly string[])[], type: Type): Widths {
  const character = STYLES[type.cell].size * 20;
  const all = columns.map((c, k) => [c.title, ...rows.map((r) => r[k] ?? "")]);
  return {
    least: all.map((texts) => Math.ceil(widest(texts.flatMap(pieces)) * character) + PADDING),
    wanted: columns.map((c, k) => {
      const longest = Math.min(Math.max(widest(all[k] ?? []), 3), 18);
      return Math.ceil((c.width ?? longest) * character) + PADDING;
    }),
  };
}
const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** What is over after everything that must stay whole goes to the columns that want more. */
function shared({ least, wanted }: Widths): number[] {
  const more = wanted.map((w, k) => Math.max(w - (least[k] ?? 0), 0));
  const over = Math.max(CORE_WIDTH - sum(least), 0);
  const asked = sum(more);
  const widths = least.map((w, k) => w + (asked > 0 ? (over * (more[k] ?? 0)) / asked : over / least.length));
  const scale = CORE_WIDTH / sum(widths);
  return widths.map((w) => Math.floor(w * scale));
}

export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const fitting = TYPES.find((type) => sum(widthsIn(columns, rows, type).least) <= CORE_WIDTH);
  const type = fitting ?? (TYPES.at(-1) as Type);
  const widths = shared(widthsIn(columns, rows, type));
  const aligned = columns.map(
    (c, k) =>
      c.align ??
      (rows.every((r) => NUMERIC.test(r[k] ?? "") || widthIn(r[k] ?? "") <= 4) ? "center" : "left"),
  );
  const row = (cells: readonly string[], head: boolean) =>
    `<w:tr><w:trPr><w:cantSplit/>${head ? "<w:tblHeader/>" : ""}</w:trPr>${columns
      .map((_, k) => {
        const body = head
          ? paragraph(type.head, run(cells[k] ?? ""))
          : paragraph(type.cell, run(cells[k] ?? ""), { indent: `<w:jc w:val="${aligned[k]}"/>` });
        return `<w:tc><w:tcPr><w:tcW w:w="${widths[k]}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${body}</w:tc>`;
      })
      .join("")}</w:tr>`;
  const edge = (name: string) => `<w:${name} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`;
  return `<w:tbl><w:tblPr><w:tblW w:w="${CORE_WIDTH}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>${["top", "left", "bottom", "right", "insideH", "insideV"].map(edge).join("")}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>${widths.map((w) => `<w:gridCol w:w="${w}"/>`).join("")}</w:tblGrid>${row(
    columns.map((c) => c.title),
    true,
  )}${rows.map((r) => row(r, false)).join("")}</w:tbl>`;
}
