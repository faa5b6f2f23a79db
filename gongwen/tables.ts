import { type Raw, stackedTables } from "./stacked.ts";
import { type Time, timesOf } from "./times.ts";
import { tidyRate } from "./units.ts";

/** Tables in plain text: rows of cells parted by | or tab. A bare number takes unit and meaning from row and column. */
export interface Cell {
  readonly from: number;
  readonly to: number;
  /** What the row and the column say it is. */
  readonly object: string;
  readonly unit: string;
  readonly multiplier: string;
  readonly kind: "target" | "result" | "standard" | undefined;
  /** The time that the column names: 2024年, 截至9月. */
  readonly time: Pick<Time, "period" | "relative"> | undefined;
  /** 序号, dates, codes, remarks: no figures. */
  readonly ignore: boolean;
}

const NUMBER_CELL = /^(?:[≥≤><=约]|不少于|不低于|达到|达)?\d+(?:\.\d+)?(?:%|以上|以下|左右)?$/;
const UNIT_WORD =
  /[(:]?(?:单位[:：]?)?([万亿]?(?:元(?:\/[月年人]{1,3}(?:\/[月年])?)?|人次|人|户|个|家|所|张|座|处|件|条|场|次|名|套|份|%|平方米|亩|公里|对|具|例|起|台|辆|支|项))\)?$/;

function rowCells(line: string, from: number): Raw[] {
  const cells: Raw[] = [];
  let i = 0;
  for (const part of line.split(/[|\t]/)) {
    const lead = part.length - part.trimStart().length;
    const text = part.trim();
    cells.push({ from: from + i + lead, to: from + i + lead + text.length, text });
    i += part.length + 1;
  }
  // | a | b | : the bar at the end opens no cell.
  if (cells.length > 1 && cells.at(-1)?.text === "") cells.pop();
  return cells;
}

function unitIn(header: string): { multiplier: string; unit: string } {
  const m = /[(:]([^()]{1,8})\)?$/.exec(header);
  const found = UNIT_WORD.exec(m?.[1] ?? "")?.[1] ?? "";
  const multiplier = /^[万亿]/.exec(found)?.[0] ?? "";
  return { multiplier, unit: found.slice(multiplier.length) };
}
function timeIn(header: string): Cell["time"] {
  const time = timesOf(header).find((t) => t.period ?? t.relative);
  const year = time ? undefined : /(?:19|20)\d{2}/.exec(header)?.[0];
  return time ?? (year ? { period: year } : undefined);
}
const kindIn = (header: string): Cell["kind"] =>
  /标准|单价/.test(header)
    ? "standard"
    : /完成|实际|已|进度|进展|结果|现有|现状|基期|基数|累计|完成率|上年|合计|季度末?$|月[底末]?$|目前|当前/.test(
          header,
        )
      ? "result"
      : /目标|计划|任务|指标值|预期|规划|年度值/.test(header)
        ? "target"
        : undefined;

/** 其中:(1)儿童福利 → 儿童福利. */
const nameIn = (cell: string) =>
  cell
    .replace(/\s/g, "")
    .replace(
      /^(?:其中:?|#|\*)?(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、]|[A-Z]{1,3}(?=[、.一-龥]))?[、.]?/,
      "",
    )
    .replace(/\*+$/, "");

/** 元/人·月 → 元/月. */
const tidyUnit = (unit: string) => (unit.startsWith("元") ? `元${tidyRate(unit.slice(1))}` : unit);

/** A cell of words: what its column says of the figures in it, and what its row is about. */
export interface WordCell {
  readonly from: number;
  readonly to: number;
  readonly kind: Cell["kind"];
  readonly label: string;
}
export interface Tables {
  /** Number cells, keyed by where they begin. */
  readonly numbers: ReadonlyMap<number, Cell>;
  /** In the order of the text. */
  readonly words: readonly WordCell[];
}

export function tablesOf(text: string): Tables {
  const numbers = new Map<number, Cell>();
  const words: WordCell[] = [];
  const cells = { numbers, words };
  const stacked = stackedTables(text);
  for (const table of stacked) readTable(table.rows, "", { multiplier: "", unit: "" }, cells);
  if (!/[|\t]/.test(text)) return { numbers, words };
  let block: Raw[][] = [];
  let head: Raw[] = [];
  let caption = "";
  let unitLine = { multiplier: "", unit: "" };
  const flush = () => {
    // | 统计月报表 | ||: the caption stands in the first row of the table itself.
    // A row of nothing but its lines stands between it and the head.
    while (block.length > 2 && (block[0] as Raw[]).filter((c) => c.text !== "").length <= 1)
      caption = (block.shift() as Raw[]).find((c) => c.text !== "")?.text ?? caption;
    // 城市最低生活保障 alone on a line is a group within the table: the head of the rows above stays.
    const goes = head.length > 0 && block[0]?.length === head.length && isFigures(block[0]);
    if (goes) readTable([head, ...block], caption, unitLine, cells);
    else if (block.length >= 2) {
      readTable(block, "", unitLine, cells);
      head = block[0] as Raw[];
    }
    block = [];
  };
  let i = 0;
  let k = 0;
  for (const line of text.split("\n")) {
    while ((stacked[k]?.to ?? text.length + 1) <= i) k++;
    if ((stacked[k]?.from ?? text.length + 1) <= i) flush();
    else if (/[|\t]/.test(line)) block.push(rowCells(line, i));
    else if (line !== "") {
      flush();
      if (line.length > GROUP_MAX || /[。;,]/.test(line)) head = [];
      const unit = /单位[:：]\s*([万亿]?[一-龥%]{1,3})/.exec(line)?.[1];
      if (unit) unitLine = { multiplier: /^[万亿]/.exec(unit)?.[0] ?? "", unit: unit.replace(/^[万亿]/, "") };
      else {
        caption = line.length < 40 ? line : "";
        unitLine = { multiplier: "", unit: "" };
      }
    }
    i += line.length + 1;
  }
  flush();
  words.sort((a, b) => a.from - b.from);
  return cells;
}

const GROUP_MAX = 20;
/** A row with a name and a number: not a head of its own. */
const isFigures = (row: readonly Raw[]) =>
  row.some((c) => NUMBER_CELL.test(c.text)) && row.some((c) => /[一-龥]{2}/.test(c.text));

function readTable(
  rows: readonly Raw[][],
  group: string,
  unitLine: { multiplier: string; unit: string },
  out: { readonly numbers: Map<number, Cell>; readonly words: WordCell[] },
): void {
  const head = rows[0] as Raw[];
  if (head.filter((c) => NUMBER_CELL.test(c.text)).length > head.length / 2) return;
  const headers = head.map((c) => c.text.replace(/\s/g, ""));
  const unitColumn = headers.findIndex((h) => /^(?:计量)?单位(?:名称)?$/.test(h));
  const nameColumn = headers.findIndex(
    (h, k) =>
      k !== unitColumn &&
      !/^(?:序号|编号|类别|No\.?)$/.test(h) &&
      rows.slice(1).some((r) => r[k] && r[k].text !== "" && !NUMBER_CELL.test(r[k].text)),
  );
  // 内容 | 进展情况: what the rows hold is what was to be done.
  const reports = headers.some((h) => kindIn(h) === "result");
  const kindOfColumn = (h: string) => kindIn(h) ?? (reports && CONTENT.test(h) ? "target" : undefined);
  const within = nameIn(group);
  let label = "";
  for (const row of rows.slice(1)) {
    // A cell that is empty below a name is the rest of a merged one.
    label = nameIn(row[nameColumn]?.text ?? "") || label;
    const said = unitColumn >= 0 ? (row[unitColumn]?.text ?? "").replace(/\s/g, "") : "";
    const rowUnit = /^[万亿千百]?[^\d\s]{1,8}$/.test(said) ? said : "";
    // 甲 乙 丙 1 2 3: the numbers of the columns, not figures.
    if (row.length > 2 && row.every((c) => /^(?:[甲乙丙丁戊]|\d{1,2}|)$/.test(c.text))) continue;
    row.forEach((cell, k) => {
      const header = headers[k] ?? "";
      if (!NUMBER_CELL.test(cell.text)) {
        if (/\d/.test(cell.text))
          out.words.push({
            from: cell.from,
            to: cell.to,
            kind: kindOfColumn(header),
            label: k === nameColumn ? "" : label,
          });
        return;
      }
      const inHeader = unitIn(header);
      const inLabel = unitIn(label);
      const own = /%/.test(cell.text) ? { multiplier: "", unit: "%" } : undefined;
      const named = rowUnit
        ? {
            multiplier: /^[万亿]/.exec(rowUnit)?.[0] ?? "",
            unit: tidyUnit(rowUnit.replace(/^[万亿](?=.)/, "")),
          }
        : undefined;
      const pick = own ?? (inHeader.unit ? inHeader : named ? named : inLabel.unit ? inLabel : unitLine);
      const clean = (s: string) => s.replace(/\([^()]*\)$/, "").replace(/(?:19|20)\d{2}年度?/, "");
      const full = clean(label).startsWith(within.slice(0, 2)) ? clean(label) : within + clean(label);
      const column = k === unitColumn ? "" : clean(header).replace(PLAIN_COLUMN, "");
      out.numbers.set(cell.from + cell.text.search(/\d/), {
        from: cell.from,
        to: cell.to,
        object: label && column ? `${full}${column}` : full || column,
        unit: pick.unit,
        multiplier: pick.multiplier,
        kind: kindOfColumn(header),
        time: timeIn(header),
        ignore:
          /序号|编号|日期|时间|时限|年度$|年份|电话|代码|备注|文号|No\.?/.test(header) ||
          (label === "" && column === "") ||
          (/^(?:19|20)\d{2}$/.test(cell.text) && pick.unit === ""),
      });
    });
  }
}

/** Column names that say what the figure is for, not what it counts. */
const CONTENT = /^(?:主要|具体|实施|实事|项目|建设|工作|任务)?内容$/;
const PLAIN_COLUMN =
  /^(?:年度|全年|实际|截至\d{1,2}月底?|\d{1,2}-\d{1,2}月|第?[一二三四]季度末?|[上下]半年|\d{1,2}月[底末])?(?:目标|计划|任务|完成|指标|实际|预期|数量|数值|合计|工作){0,3}(?:值|数|量|情况)?$/;
const WORK_HEADER = /考核指标|任务|工作|项目|事项|内容|目标|措施|实事/;

/** Rows of tables whose header speaks of work: where the row is, and its first cell with words. */
export function workRowsOf(text: string): { from: number; to: number; titleFrom: number; titleTo: number }[] {
  const rows: { from: number; to: number; titleFrom: number; titleTo: number }[] = [];
  for (const table of stackedTables(text)) {
    const column = (table.rows[0] as Raw[]).findIndex((c) => WORK_HEADER.test(c.text));
    for (const row of table.rows.slice(1)) {
      const [cell, filled] = [row[column], row.filter((c) => c.text !== "")];
      if (cell?.text && filled.length > 0)
        rows.push({
          from: (filled[0] as Raw).from,
          to: (filled.at(-1) as Raw).to,
          titleFrom: cell.from,
          titleTo: cell.to,
        });
    }
  }
  if (rows.length > 0 || !/[|\t]/.test(text)) return rows;
  let column = -1;
  let i = 0;
  for (const line of text.split("\n")) {
    const cells = /[|\t]/.test(line) ? rowCells(line, i) : [];
    if (cells.length < 2) column = line === "" ? column : -1;
    else if (column < 0) {
      column = cells.findIndex((c) => WORK_HEADER.test(c.text) && c.text.length <= 10);
      if (cells.length < 3 && column >= 0 && cells[column]?.text === "标题") column = -1;
    } else {
      const cell = cells[column];
      if (cell && /[一-龥]{2}/.test(cell.text))
        rows.push({
          from: (cells.find((c) => c.text !== "") as Raw).from,
          to: (cells.at(-1) as Raw).to,
          titleFrom: cell.from,
          titleTo: cell.to,
        });
    }
    i += line.length + 1;
  }
  return rows;
}
