/** A table as a workbook that opens in WPS and Excel and prints on A4 with nothing cut: ruled, wrapped, its head on every page. */
import { type CellStyle, writeXlsx } from "hucre/xlsx";

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export interface Table {
  readonly name: string;
  /** Above the table, each across all columns; the first is the title. */
  readonly above?: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** Below it, each across all columns. */
  readonly below?: readonly string[];
  /** The date inside the file, where the same table has to be the same bytes. */
  readonly on?: Date;
}

/** Characters of the ordinary type: a Chinese one takes two. */
const widthOf = (value: unknown): number =>
  [...String(value ?? "")].reduce((w, c) => w + ((c.codePointAt(0) as number) < 0x2e80 ? 1.1 : 2.1), 0);
const WIDEST = 36;
/** What stands beside each other on an upright page before it gets too small to read. */
const UPRIGHT = 112;
const LINE_HEIGHT = 16;

const thin = { style: "thin" } as const;
const ruled = { border: { top: thin, right: thin, bottom: thin, left: thin } };
const TITLE: CellStyle = {
  font: { bold: true, size: 16 },
  alignment: { horizontal: "center", vertical: "center", wrapText: true },
};
const LINE: CellStyle = { alignment: { vertical: "top", wrapText: true } };
const HEAD: CellStyle = {
  ...ruled,
  font: { bold: true },
  alignment: { horizontal: "center", vertical: "center", wrapText: true },
};
const TEXT: CellStyle = { ...ruled, alignment: { vertical: "center", wrapText: true } };
const NUMBER: CellStyle = { ...ruled, alignment: { horizontal: "right", vertical: "center" } };

export async function workbook(t: Table): Promise<Buffer> {
  const { above = [], below = [], head, rows, on } = t;
  const widths = head.map((title, i) => {
    const longest = Math.max(...rows.map((r) => widthOf(r[i])), 0);
    // A heading of two lines is easier to read than a column that is wide for nothing.
    return Math.min(Math.max(longest, widthOf(title) / 2, 4) + 1.5, WIDEST);
  });
  const whole = widths.reduce((a, b) => a + b, 0);
  const lines = [...above.map((x) => [x]), head, ...rows, ...below.map((x) => [x])];
  const first = above.length;
  const cells = new Map<string, { style: CellStyle }>();
  const rowDefs = new Map<number, { height: number }>();
  lines.forEach((line, n) => {
    const across = n < first || n > first + rows.length;
    const head = n === first;
    line.forEach((value, i) => {
      const style = across
        ? n === 0
          ? TITLE
          : LINE
        : head
          ? HEAD
          : typeof value === "number" || value === null
            ? NUMBER
            : TEXT;
      cells.set(`${n},${i}`, { style });
    });
    const rowsNeeded = across
      ? Math.ceil((widthOf(line[0]) * (n === 0 ? 1.5 : 1)) / whole)
      : Math.max(...line.map((value, i) => Math.ceil(widthOf(value) / ((widths[i] ?? WIDEST) - 1))));
    rowDefs.set(n, { height: Math.max(rowsNeeded, 1) * LINE_HEIGHT + (n === 0 && across ? 14 : 2) });
  });
  const last = head.length - 1;
  const merges = lines.flatMap((_, n) =>
    (n < first || n > first + rows.length) && last > 0
      ? [{ startRow: n, startCol: 0, endRow: n, endCol: last }]
      : [],
  );
  const bytes = await writeXlsx({
    ...(on ? { properties: { created: on, modified: on } } : {}),
    sheets: [
      {
        ...{ name: t.name, columns: widths.map((width) => ({ width })), rows: lines.map((x) => [...x]) },
        ...{ cells, rowDefs, merges, freezePane: { rows: first + 1 } },
        pageSetup: {
          ...{ paperSize: "a4", orientation: whole > UPRIGHT ? "landscape" : "portrait" },
          ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true },
          printTitlesRow: `$${first + 1}:$${first + 1}`,
          margins: { top: 0.6, bottom: 0.7, left: 0.5, right: 0.5, header: 0.3, footer: 0.3 },
        },
        headerFooter: { oddFooter: "&C第 &P 页，共 &N 页" },
      },
    ],
  });
  return Buffer.from(bytes);
}
