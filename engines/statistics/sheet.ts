/** A sealed table as a file: the same bytes whenever it is taken out, held to the digest that was signed. */
import { createHash } from "node:crypto";
import { workbook } from "@wuxin/engines/documents";
import { writeCsv } from "hucre/csv";
import { type Cell, type Content, corrected, keyOf } from "./model.ts";

/** Everything that the file says, as it was when the second person signed. */
export interface SealedTable {
  /** How its lines are written: the digest is over them. Absent: sealed before a missing code was said. */
  readonly lines?: 2;
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

interface Parts {
  readonly about: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly Line[];
  readonly remarks: readonly (readonly [kind: string, cell: string, figures: string, words: string])[];
  readonly signed: readonly string[];
}
function partsOf(t: SealedTable): Parts {
  const byKey = new Map(t.cells.map((c) => [keyOf(c.row, c.column), c]));
  const label = (c: Cell) =>
    `${t.rows.find((r) => r.code === c.row)?.label ?? c.row}·${t.columns.find((x) => x.code === c.column)?.label ?? c.column}`;
  const byHand = (c: Cell) => t.lines !== undefined && c.byHand !== null;
  const remark = (c: Cell, reason: string): Parts["remarks"][number] =>
    c.final === null
      ? ["无此项", label(c), "无", reason]
      : byHand(c)
        ? ["手填", label(c), `${c.final}`, reason]
        : ["更正", label(c), `取数 ${c.value ?? "无"}，改为 ${c.final}`, reason];
  const remarks = t.cells.flatMap((c): Parts["remarks"][number][] => [
    ...(c.earlier && corrected(c)
      ? [
          [
            "更正",
            label(c),
            `第 ${c.earlier.version} 版 ${c.earlier.value ?? "无"}，本版 ${c.final ?? "无"}`,
            t.reason,
          ] as const,
        ]
      : []),
    ...(c.correction ? [remark(c, c.correction.reason)] : []),
    ...(c.explanation
      ? [["说明", label(c), `比上年同期变动 ${c.jump ?? 0}%`, c.explanation.text] as const]
      : []),
  ]);
  return {
    about: [
      ...(t.number || t.lines ? [`表号：${t.number ?? UNSEEN}`] : []),
      `填报单位：${t.divisionName}`,
      `报告期：${t.periodLabel}`,
      `第 ${t.version} 版${t.reason ? `（${t.reason}）` : ""}`,
    ],
    head: [
      ...["指标代码", "指标名称", "计量单位", ...t.columns.map((c) => c.label)],
      ...t.columns.map((c) => `${c.label}（上年同期）`),
    ],
    rows: t.rows.map((r): Line => {
      const cells = t.columns.map((c) => byKey.get(keyOf(r.code, c.code)));
      return [
        r.official ?? (t.lines ? UNSEEN : ""),
        `${"  ".repeat(r.level)}${r.label}`,
        r.unit,
        ...cells.map((c) => c?.final ?? null),
        ...cells.map((c) => c?.last ?? null),
      ];
    }),
    remarks,
    signed: [`填报人：${t.filled.byName}（${t.filled.on}）`, `负责人：${t.sealed.byName}（${t.sealed.on}）`],
  };
}

function linesOf(t: SealedTable): Line[] {
  const { about, head, rows, remarks, signed } = partsOf(t);
  return [
    [t.title],
    ...[about, head, ...rows],
    ...(remarks.length > 0
      ? [
          ["更正与说明"],
          ...remarks.map(([kind, cell, figures, words]) => [kind, cell, figures, asText(words)]),
        ]
      : []),
    ...[[`表式依据：${t.source}`], signed],
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
  const { about, head, rows, remarks, signed } = partsOf(t);
  return workbook({
    ...{ name: "报表", above: [t.title, about.join("　")], head, rows },
    below: [
      ...(remarks.length > 0 ? ["更正与说明"] : []),
      ...remarks.map(([kind, cell, figures, words]) => `${kind}　${cell}：${figures}。${words}`),
      `表式依据：${t.source}`,
      signed.join("　"),
    ],
    on: new Date(`${t.sealed.on}T00:00:00Z`),
  });
}
