import type { ProblemList } from "../errors.ts";
import { compare, isWhole, type Num } from "../exact.ts";
import type { CellTests } from "../feel/ast.ts";
import { FeelFault } from "../feel/ast.ts";
import type { Checker } from "../feel/check.ts";
import type { Ir, IrTest, TableRow } from "../feel/ir.ts";
import { parseCell, parseExpression } from "../feel/parse.ts";
import { isScalar, isSeq, type Node, type Scalar, type SourceFile } from "./source.ts";

/** The column that holds the result; all others are conditions. */
const OUTPUT = ["金额", "结果", "则"];

/** More combinations than this cannot be checked for gaps in reasonable time: the table should be split. */
const MOST_CELLS = 50_000;

interface Row {
  readonly cells: Map<string, { cell: CellTests; node: Scalar; text: string }>;
  readonly result: { node: Scalar; text: string };
  readonly node: Node;
}

/** Reads a decision table, checks that every combination hits exactly one row, and gives its form for the machines. */
export function checkTable(
  name: string,
  node: Node | null,
  source: SourceFile,
  checker: Checker,
  problems: ProblemList,
): Ir | undefined {
  if (!isSeq(node) || node.items.length === 0) {
    problems.add(
      source.place(node),
      `“${name}”的表是空的`,
      '每行写成 - { 年龄: "[80..90)", 金额: 标准.八十 }',
    );
    return undefined;
  }
  const before = problems.problems.length;
  const rows = node.items.flatMap((item) => readRow(name, item as Node, source, problems) ?? []);
  const columnNames = [...new Set(rows.flatMap((r) => [...r.cells.keys()]))];
  if (problems.problems.length > before) return undefined;
  const fault = (scalar: Node, error: unknown) => {
    if (!(error instanceof FeelFault)) throw error;
    const at = isScalar(scalar) ? source.placeIn(scalar as Scalar, error.at) : source.place(scalar);
    problems.add(at, `“${name}”的表：${error.message}`, error.mend);
  };
  const columns: { name: string; value: Ir }[] = [];
  for (const column of columnNames) {
    const at = rows.find((r) => r.cells.has(column))!.cells.get(column)!.node;
    try {
      columns.push({ name: column, value: checker.check(parseExpression(column)) });
    } catch (error) {
      if (!(error instanceof FeelFault)) throw error;
      problems.add(source.place(at), `“${name}”的表的列“${column}”：${error.message}`, error.mend);
    }
  }
  const compiled: { row: TableRow; tests: (Extract<Ir, { op: "test" }> | undefined)[]; node: Node }[] = [];
  let type = undefined as Ir["type"] | undefined;
  for (const row of rows) {
    const tests = columns.map((c) => {
      const written = row.cells.get(c.name);
      if (!written) return undefined;
      try {
        const ir = checker.cell(c.value, written.cell);
        return ir?.op === "test" ? ir : undefined;
      } catch (error) {
        fault(written.node, error);
        return undefined;
      }
    });
    try {
      const result = checker.check(parseExpression(row.result.text));
      type = type ? checker.unify(0, type, result.type) : result.type;
      const conditions = tests.filter((t) => t !== undefined);
      const words = columns.flatMap((c, i) => (tests[i] ? [`${c.name} ${row.cells.get(c.name)!.text}`] : []));
      const text = `${words.length > 0 ? words.join("，") : "其他"} → ${row.result.text}`;
      compiled.push({ row: { conditions, result, text }, tests, node: row.node });
    } catch (error) {
      fault(row.result.node, error);
    }
  }
  if (problems.problems.length > before || !type) return undefined;
  checkCover(name, columns, compiled, source, node, problems);
  const { literal: _literal, ...plain } = type as Ir["type"] & { literal?: unknown };
  return { from: 0, to: 0, type: plain as Ir["type"], op: "table", rows: compiled.map((c) => c.row) };
}

function readRow(name: string, node: Node, source: SourceFile, problems: ProblemList): Row | undefined {
  const cells: Row["cells"] = new Map();
  let result: Row["result"] | undefined;
  for (const entry of source.entries(node, `“${name}”的表的一行`)) {
    const text = source.string(entry.value, `“${entry.key}”`);
    if (text === undefined || !isScalar(entry.value)) continue;
    if (OUTPUT.includes(entry.key)) {
      result = { node: entry.value as Scalar, text };
      continue;
    }
    try {
      cells.set(entry.key, { cell: parseCell(text), node: entry.value as Scalar, text });
    } catch (error) {
      if (!(error instanceof FeelFault)) throw error;
      problems.add(
        source.placeIn(entry.value as Scalar, error.at),
        `“${name}”的表：${error.message}`,
        error.mend,
      );
    }
  }
  if (!result) {
    problems.add(
      source.place(node),
      `“${name}”的表有一行没有结果`,
      `加上 ${OUTPUT.slice(0, 2).join(" 或 ")} 一列`,
    );
    return undefined;
  }
  return { cells, result, node };
}

/** One atomic value of a column: a point, the open interval between two points, or a text. */
type Atom =
  | { readonly k: "point"; readonly at: Num | string | boolean }
  | { readonly k: "between"; readonly low: Num | undefined; readonly high: Num | undefined };

function checkCover(
  name: string,
  columns: readonly { name: string; value: Ir }[],
  rows: readonly { tests: readonly (Extract<Ir, { op: "test" }> | undefined)[]; node: Node }[],
  source: SourceFile,
  table: Node,
  problems: ProblemList,
): void {
  const atoms: Atom[][] = [];
  for (const [i, column] of columns.entries()) {
    const list = atomsOf(
      column.value,
      rows.flatMap((r) => r.tests[i] ?? []),
    );
    if (!list) {
      problems.add(
        source.place(table),
        `“${name}”的表的列“${column.name}”不能核对有无空缺`,
        "格子里只写数字、区间、可选值或是否；与参数比较请用 formula 的 if，或先算成一个是否变量",
      );
      return;
    }
    atoms.push(list);
  }
  const total = atoms.reduce((n, a) => n * a.length, 1);
  if (total > MOST_CELLS) {
    problems.add(source.place(table), `“${name}”的表组合太多（${total} 种）`, "拆成两张表，各算一个变量");
    return;
  }
  const pick = new Array<number>(atoms.length).fill(0);
  for (let n = 0; n < total; n++) {
    const combination = pick.map((p, i) => atoms[i]![p]!);
    const hits = rows.filter((r) => r.tests.every((t, i) => !t || accepts(t, combination[i]!)));
    if (hits.length !== 1) {
      const words = combination.map((a, i) => `${columns[i]!.name} ${atomText(a)}`).join("，");
      if (hits.length === 0)
        problems.add(source.place(table), `“${name}”的表有空缺：${words} 时没有一行适用`, "补上一行");
      else
        problems.add(
          source.place(hits[1]!.node),
          `“${name}”的表有重叠：${words} 时有 ${hits.length} 行同时适用`,
          "改条件，使每种情形只有一行",
        );
      return;
    }
    for (let i = 0; i < pick.length; i++) {
      pick[i]!++;
      if (pick[i]! < atoms[i]!.length) break;
      pick[i] = 0;
    }
  }
}

function constant(ir: Ir): Num | string | boolean | undefined {
  if (ir.op === "const" && ir.value !== null) return ir.value;
  if (ir.op === "negate" && ir.a.op === "const" && typeof ir.a.value === "number") return 0 - ir.a.value;
  return undefined;
}

/** Undefined when the column cannot be split into finitely many cases. */
function atomsOf(value: Ir, tests: readonly Extract<Ir, { op: "test" }>[]): Atom[] | undefined {
  const constants: (Num | string | boolean)[] = [];
  for (const t of tests.flatMap((x) => x.tests)) {
    const irs = t.k === "interval" ? [t.low, t.high] : t.k === "relation" ? [t.value] : t.list;
    for (const ir of irs) {
      const c = constant(ir);
      if (c === undefined) return undefined;
      constants.push(c);
    }
  }
  const { type } = value;
  if (type.nullable) return undefined;
  if (type.kind === "boolean") return [true, false].map((at) => ({ k: "point", at }));
  if (type.kind === "text") return type.choices?.map((at) => ({ k: "point", at }));
  if (type.kind !== "number") return undefined;
  const points = (constants as Num[])
    .sort(compare)
    .filter((p, i, all) => i === 0 || compare(p, all[i - 1]!) !== 0);
  const list: Atom[] = [];
  for (let i = 0; i <= points.length; i++) {
    const low = points[i - 1];
    const high = points[i];
    // Between two neighbouring whole numbers there is nothing for a whole quantity such as an age.
    const empty =
      type.whole && typeof low === "number" && typeof high === "number" && high - low <= 1 && isWhole(low);
    if (!empty) list.push({ k: "between", low, high });
    if (high !== undefined) list.push({ k: "point", at: high });
  }
  return list;
}

function accepts(test: Extract<Ir, { op: "test" }>, atom: Atom): boolean {
  return test.tests.some((t) => acceptsOne(t, atom)) !== test.negated;
}

function acceptsOne(test: IrTest, atom: Atom): boolean {
  if (test.k === "oneOf") return atom.k === "point" && test.list.some((i) => equal(constant(i)!, atom.at));
  if (test.k === "interval") {
    const low: IrTest = { k: "relation", op: test.lowOpen ? ">" : ">=", value: test.low };
    const high: IrTest = { k: "relation", op: test.highOpen ? "<" : "<=", value: test.high };
    return acceptsOne(low, atom) && acceptsOne(high, atom);
  }
  const bound = constant(test.value)!;
  if (atom.k === "point") {
    if (test.op === "=" || test.op === "!=") return equal(bound, atom.at) === (test.op === "=");
    const c = compare(atom.at as Num, bound as Num);
    return test.op === "<" ? c < 0 : test.op === "<=" ? c <= 0 : test.op === ">" ? c > 0 : c >= 0;
  }
  if (test.op === "=") return false;
  if (test.op === "!=") return true;
  if (test.op === "<" || test.op === "<=")
    return atom.high !== undefined && compare(atom.high, bound as Num) <= 0;
  return atom.low !== undefined && compare(atom.low, bound as Num) >= 0;
}

function equal(a: Num | string | boolean, b: Num | string | boolean): boolean {
  if (typeof a === "string" || typeof a === "boolean" || typeof b === "string" || typeof b === "boolean")
    return a === b;
  return compare(a, b) === 0;
}

function atomText(a: Atom): string {
  const show = (v: Num | string | boolean) =>
    typeof v === "object"
      ? String(Number(v.n) / Number(v.d))
      : typeof v === "boolean"
        ? v
          ? "是"
          : "否"
        : String(v);
  if (a.k === "point") return `= ${show(a.at)}`;
  if (a.low === undefined && a.high === undefined) return "为任意值";
  if (a.low === undefined) return `< ${show(a.high!)}`;
  if (a.high === undefined) return `> ${show(a.low)}`;
  return `在 ${show(a.low)} 与 ${show(a.high)} 之间`;
}
