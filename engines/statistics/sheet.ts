/** A sealed table as a file: the same bytes whenever it is taken out, held to the digest that was signed. */
import { createHash } from "node:crypto";
import { writeCsv } from "hucre/csv";
import { writeXlsx } from "hucre/xlsx";
import { type Cell, type Content, corrected, keyOf } from "./model.ts";

/** Everything that the file says, as it was when the second person signed. */
export interface SealedTable {
  readonly title: string;
  readonly number: string | null;
  readonly periodLabel: string;
  readonly divisionName: string;
  readonly version: number;
  readonly reason: string;
  readonly source: string;
  readonly columns: Content["columns"];
  readonly rows: Content["rows"];
  readonly cells: readonly Cell[];
  readonly filled: { readonly byName: string; readonly on: string };
  readonly sealed: { readonly byName: string; readonly on: string };
}
export type Format = "csv" | "xlsx";
/** A code or number that stands in the form and that nobody here has seen. */
const UNSEEN = "待核实";
type Line = readonly (string | number | null)[];

/** What people wrote; a spreadsheet must not take it for a formula. */
const asText = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function linesOf(t: SealedTable): Line[] {
  const byKey = new Map(t.cells.map((c) => [keyOf(c.row, c.column), c]));
  const label = (c: Cell) =>
    `${t.rows.find((r) => r.code === c.row)?.label ?? c.row}·${t.columns.find((x) => x.code === c.column)?.label ?? c.column}`;
  const remarks = t.cells.flatMap((c): Line[] => [
    ...(c.earlier && corrected(c)
      ? [
          [
            "更正",
            label(c),
            `第 ${c.earlier.version} 版 ${c.earlier.value ?? "无"}，本版 ${c.final ?? "无"}`,
            asText(t.reason),
          ],
        ]
      : []),
    ...(c.correction
      ? [["更正", label(c), `取数 ${c.value ?? "无"}，改为 ${c.final ?? "无"}`, asText(c.correction.reason)]]
      : []),
    ...(c.explanation
      ? [["说明", label(c), `比上年同期变动 ${c.jump ?? 0}%`, asText(c.explanation.text)]]
      : []),
  ]);
  return [
    [t.title],
    [
      `表号：${t.number ?? UNSEEN}`,
      `填报单位：${t.divisionName}`,
      `报告期：${t.periodLabel}`,
      `第 ${t.version} 版${t.reason ? `（${t.reason}）` : ""}`,
    ],
    [
      ...["指标代码", "指标名称", "计量单位", ...t.columns.map((c) => c.label)],
      ...t.columns.map((c) => `${c.label}（上年同期）`),
    ],
    ...t.rows.map((r): Line => {
      const cells = t.columns.map((c) => byKey.get(keyOf(r.code, c.code)));
      const name = `${"  ".repeat(r.level)}${r.label}`;
      return [
        r.official ?? UNSEEN,
        name,
        r.unit,
        ...cells.map((c) => c?.final ?? null),
        ...cells.map((c) => c?.last ?? null),
      ];
    }),
    ...(remarks.length > 0 ? [["更正与说明"], ...remarks] : []),
    [`表式依据：${t.source}`],
    [`填报人：${t.filled.byName}（${t.filled.on}）`, `负责人：${t.sealed.byName}（${t.sealed.on}）`],
  ];
}

export const csvOf = (t: SealedTable): string =>
  `\ufeff${writeCsv(
    linesOf(t).map((line) => [...line]),
    { lineSeparator: "\r\n" },
  )}\r\n`;

export const digestOf = (t: SealedTable): string => createHash("sha256").update(csvOf(t)).digest("hex");

/** The dates inside the workbook are those of the signature, so that it is the same file every time. */
export async function fileOf(t: SealedTable, format: Format): Promise<Buffer> {
  if (format === "csv") return Buffer.from(csvOf(t), "utf8");
  const signed = new Date(`${t.sealed.on}T00:00:00Z`);
  const bytes = await writeXlsx({
    properties: { created: signed, modified: signed },
    sheets: [
      {
        name: "报表",
        columns: [
          { width: 16 },
          { width: 34 },
          { width: 12 },
          ...t.columns.flatMap(() => [{ width: 14 }, { width: 18 }]),
        ],
        rows: linesOf(t).map((line) => [...line]),
      },
    ],
  });
  return Buffer.from(bytes);
}
