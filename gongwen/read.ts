import { aimsOf } from "./aims.ts";
import { type Flow, flowOf, spanOf } from "./flow.ts";
import { headOf } from "./head.ts";
import { supplyUnit } from "./missing.ts";
import { type Item, itemsOf } from "./outline.ts";
import { quantitiesOf } from "./quantities.ts";
import { type Sections, sectionsOf } from "./sections.ts";
import { LIST_NUMBER, shieldsOf } from "./shields.ts";
import { type Cell, tablesOf } from "./tables.ts";
import { tasksOf } from "./tasks.ts";
import { timesOf } from "./times.ts";
import { type Token, tokensOf } from "./tokens.ts";
import type { OutlineNode, Quantity, Reading, Skipped } from "./types.ts";

/**
 * Reads an official text: outline, tasks, and every quantity with object, value, unit, comparator, period, kind and
 * place. Deterministic; each quantity says which patterns found it. Never throws on any text.
 */
export function readText(source: string): Reading {
  const flow = flowOf(source);
  const { text } = flow;
  const items = itemsOf(text);
  const times = timesOf(text);
  const shields = shieldsOf(text, times);
  shieldMarkers(items, shields);
  let head = headOf(flow, items);
  let sections = sectionsOf(text, items, head);
  // What was promised stands beside what is done: a list of progress is both.
  if (sections.answered && head.kind === "summary")
    head = {
      ...head,
      kind: /进展|进度/.test(head.title ?? "") ? "mixed" : "summary",
      planPeriod: head.summaryPeriod,
    };
  const tables = tablesOf(text);
  const { tokens, skipped } = tokensOf(text, shields);
  const kept = tokens.filter((t) => keep(text, t, tables.numbers, skipped));
  const quantities = quantitiesOf(flow, kept, times, tables, head, sections);
  if (head.news && head.kind === "plan" && quantities.some(reviewed)) {
    // A news report whose review holds figures is both; its year does not change.
    head = { ...head, kind: "mixed", summaryPeriod: head.year === null ? null : String(head.year - 1) };
    sections = sectionsOf(text, items, { ...head, kind: "plan" });
  }
  // A table without a title that sets what was to be done beside what is done.
  const columns = new Set(
    quantities.flatMap((q) => (q.reasons.some((r) => r.pattern === "kind.table") ? [q.kind] : [])),
  );
  const setBeside = head.title === null && columns.has("target") && columns.has("result");
  const told = head.reported && quantities.some(reviewed);
  if (head.kind === "summary" && (setBeside || told)) head = { ...head, kind: "mixed" };
  return {
    title: head.title,
    issuer: head.issuer,
    year: head.year,
    kind: head.kind,
    planPeriod: head.planPeriod,
    summaryPeriod: head.summaryPeriod,
    outline: items.map((i) => nodeOf(flow, i, sections)),
    tasks: tasksOf(flow, items, sections, head),
    quantities,
    aims: aimsOf(flow, sections, shields, head.planPeriod, head.summaryPeriod),
    skipped: skipped
      .filter((s) => s.why !== LIST_NUMBER)
      .map((s): Skipped => {
        const span = spanOf(flow, s.start, s.end);
        return { start: span.start, end: span.end, text: source.slice(span.start, span.end), why: s.why };
      }),
  };
}

/** A figure of what was done, and not at the meeting that is reported. */
const reviewed = (q: Quantity) =>
  q.kind === "result" && q.reasons.every((r) => r.pattern !== "kind.at-meeting");

const ITEM_MARK = 7;
function shieldMarkers(
  items: readonly Item[],
  shields: { add(from: number, to: number, why: number): void },
): void {
  for (const item of items) {
    if (item.rank !== 6) shields.add(item.from, item.markerTo, ITEM_MARK);
    shieldMarkers(item.children, shields);
  }
}

/** Table cells take their unit from the table; other bare numbers need a reason to stay. */
function keep(
  text: string,
  token: Token,
  cells: ReadonlyMap<number, Cell>,
  skipped: Omit<Skipped, "text">[],
): boolean {
  const cell = cells.get(token.numeral);
  const drop = (why: string) => {
    skipped.push({ start: token.numeral, end: token.numeralTo, why });
    return false;
  };
  if (cell && token.unit !== "" && token.unit !== "%" && token.to < cell.to) return true;
  if (cell) {
    if (cell.ignore) return drop("表中的序号、日期或编号");
    if (token.unit === "" || token.unit === "%") {
      token.unit = token.unit || cell.unit;
      token.multiplier = token.multiplier || cell.multiplier;
      token.reasons.push({
        pattern: "table.cell",
        why: `表格中的数，单位随行列${cell.unit ? `「${cell.multiplier}${cell.unit}」` : "（表中没有写）"}`,
      });
    }
    return true;
  }
  if (!supplyUnit(text, token)) return drop("没有单位，不能确定是数量");
  return true;
}

function nodeOf(flow: Flow, item: Item, sections: Sections): OutlineNode {
  const span = spanOf(flow, item.from, Math.max(item.to, item.markerTo));
  const at = (from: number, to: number) => {
    if (to <= from) return "";
    const s = spanOf(flow, from, to);
    return flow.source.slice(s.start, s.end).trim();
  };
  return {
    ...span,
    rank: item.rank,
    marker: at(item.from, item.markerTo),
    title: at(item.markerTo, item.headTo),
    about: sections.of.get(item) ?? "plan",
    children: item.children.map((c) => nodeOf(flow, c, sections)),
  };
}
