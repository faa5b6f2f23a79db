import type { Num, RoundingMode } from "../exact.ts";
import { compare, roundedQuotient, roundTo } from "../exact.ts";
import type { Ir, IrTest, Scalar, Slot } from "../feel/ir.ts";
import {
  absolute,
  aggregated,
  arithmetic,
  compared,
  datePart,
  elapsed,
  minus,
  opposite,
  raised,
  shifted,
} from "./scalars.ts";

/** Undefined is “undetermined”: the batch says that facts are missing, `decide` says which. */
export type Cell = Scalar | undefined;

/** One household under way. Member values live at `start + i` of whole columns. */
export interface Row {
  household: number;
  start: number;
  count: number;
  /** Household in the batch; member columns are indexed absolutely. */
  slots: Int32Array;
}

export type Run = (row: Row) => Cell;

/** How the compiler finds the columns. All lookups happen here, none per row. */
export interface Linker {
  readonly firstDay: string;
  readonly lastDay: string;
  fact(name: string): (index: number) => Cell;
  variable(name: string): (row: Row, member: number | undefined) => Cell;
  parameter(name: string, field: string | undefined): Scalar | ((by: readonly Scalar[]) => Scalar);
}

/** The typed form as nested functions: names, parameters and versions are settled before the first row. */
export function compile(ir: Ir, link: Linker): Run {
  const c = (x: Ir) => compile(x, link);
  switch (ir.op) {
    case "const": {
      const { value } = ir;
      return () => value;
    }
    case "fact": {
      const read = link.fact(ir.name);
      const { slot } = ir;
      if (slot === "household") return (row) => read(row.household);
      return (row) => read(row.start + row.slots[slot]!);
    }
    case "variable": {
      const read = link.variable(ir.name);
      const { slot } = ir;
      if (slot === "household") return (row) => read(row, undefined);
      return (row) => read(row, row.slots[slot]!);
    }
    case "parameter":
      return parameter(ir, link);
    case "month": {
      const day = ir.day === "first" ? link.firstDay : link.lastDay;
      return () => day;
    }
    case "negate":
      return unary(c(ir.a), minus);
    case "abs":
      return unary(c(ir.a), absolute);
    case "not":
      return unary(c(ir.a), opposite);
    case "power": {
      const { exponent } = ir;
      return unary(c(ir.a), (a) => raised(a, exponent));
    }
    case "round":
      return roundedBy(c(ir.a), ir.step, ir.mode);
    case "datePart": {
      const { part } = ir;
      return unary(c(ir.a), (a) => datePart(part, a));
    }
    case "shift": {
      const { months, days } = ir;
      return unary(c(ir.a), (a) => shifted(a, months, days));
    }
    case "elapsed": {
      const { part } = ir;
      return binary(c(ir.start), c(ir.end), (a, b) => elapsed(part, a, b));
    }
    case "compare":
      return comparison(ir, c(ir.a), c(ir.b));
    case "+":
    case "-":
    case "*":
    case "/":
    case "modulo":
      return arithmeticOf(ir.op, c(ir.a), c(ir.b));
    case "and":
    case "or":
      return connect(ir.op === "and", [c(ir.a), c(ir.b)]);
    case "if": {
      const condition = c(ir.condition);
      const then = c(ir.yes);
      const otherwise = c(ir.no);
      return (row) => {
        const holds = condition(row);
        return holds === undefined ? undefined : holds === true ? then(row) : otherwise(row);
      };
    }
    case "test":
      return tests(ir, c, link);
    case "aggregate":
      return aggregate(ir, link);
    case "some":
    case "every": {
      const members = chooser(ir.list, link);
      const condition = c(ir.condition);
      const { slot } = ir;
      const all = ir.op === "every";
      return (row) => {
        const chosen = members(row);
        if (chosen === undefined) return undefined;
        let unknown = false;
        let sawNull = false;
        for (const m of chosen) {
          row.slots[slot] = m;
          const value = condition(row);
          if (value === undefined) unknown = true;
          else if (value === null) sawNull = true;
          else if ((value === true) !== all) return !all;
        }
        return unknown ? undefined : sawNull ? null : all;
      };
    }
    case "table": {
      const rows = ir.rows.map((r) => ({ hit: connect(true, r.conditions.map(c)), result: c(r.result) }));
      return (row) => {
        for (const r of rows) if (r.hit(row) === true) return r.result(row);
        return undefined;
      };
    }
    case "members":
    case "project":
    case "items":
      throw new Error(`a list has no single value: ${ir.op}`);
  }
}

function unary(a: Run, f: (a: Scalar) => Scalar): Run {
  return (row) => {
    const x = a(row);
    return x === undefined ? undefined : f(x);
  };
}

function binary(a: Run, b: Run, f: (a: Scalar, b: Scalar) => Scalar): Run {
  return (row) => {
    const x = a(row);
    const y = b(row);
    return x === undefined || y === undefined ? undefined : f(x, y);
  };
}

/** Whole numbers stay on the fast path; the exact fractions take over only where they are needed. */
function arithmeticOf(op: "+" | "-" | "*" | "/" | "modulo", a: Run, b: Run): Run {
  const slow = binary(a, b, (x, y) => arithmetic(op, x, y));
  if (op === "/" || op === "modulo") return slow;
  return (row) => {
    const x = a(row);
    const y = b(row);
    if (typeof x === "number" && typeof y === "number") {
      const z = op === "+" ? x + y : op === "-" ? x - y : x * y;
      if (Number.isSafeInteger(z)) return z === 0 ? 0 : z;
    }
    return x === undefined || y === undefined ? undefined : arithmetic(op, x, y);
  };
}

function comparison(ir: Extract<Ir, { op: "compare" }>, a: Run, b: Run): Run {
  const { cmp } = ir;
  return (row) => {
    const x = a(row);
    const y = b(row);
    if (typeof x === "number" && typeof y === "number") {
      return cmp === "="
        ? x === y
        : cmp === "!="
          ? x !== y
          : cmp === "<"
            ? x < y
            : cmp === "<="
              ? x <= y
              : cmp === ">"
                ? x > y
                : x >= y;
    }
    return x === undefined || y === undefined ? undefined : compared(cmp, x, y);
  };
}

function connect(all: boolean, terms: readonly Run[]): Run {
  return (row) => {
    let unknown = false;
    let sawNull = false;
    for (const term of terms) {
      const value = term(row);
      if (value === undefined) unknown = true;
      else if (value === null) sawNull = true;
      else if ((value === true) !== all) return !all;
    }
    return unknown ? undefined : sawNull ? null : all;
  };
}

/**
 * An expression and its rounding in one: a division that is rounded at once never becomes a fraction. Rounding goes
 * through `if`, for the branches are where the division stands.
 */
export function compileRounded(ir: Ir, link: Linker, step: number, mode: RoundingMode): Run {
  if (ir.op === "if") {
    const condition = compile(ir.condition, link);
    const yes = compileRounded(ir.yes, link, step, mode);
    const no = compileRounded(ir.no, link, step, mode);
    return (row) => {
      const holds = condition(row);
      return holds === undefined ? undefined : holds === true ? yes(row) : no(row);
    };
  }
  if (ir.op !== "/") return roundedBy(compile(ir, link), step, mode);
  const a = compile(ir.a, link);
  const b = compile(ir.b, link);
  return (row) => {
    const x = a(row);
    const y = b(row);
    if (x === undefined || y === undefined) return undefined;
    if (typeof x === "number" && typeof y === "number" && y !== 0 && Number.isSafeInteger(y * step)) {
      return roundedQuotient(x, y * step, mode) * step;
    }
    const quotient = arithmetic("/", x, y);
    return quotient === null ? null : roundTo(quotient as Num, step, mode);
  };
}

export function roundedBy(a: Run, step: Num, mode: RoundingMode): Run {
  return unary(a, (x) => (x === null ? null : roundTo(x as Num, step, mode)));
}

function parameter(ir: Extract<Ir, { op: "parameter" }>, link: Linker): Run {
  const value = link.parameter(ir.name, ir.field);
  if (typeof value !== "function") return () => value;
  const by = ir.by.map((d) =>
    compile({ from: 0, to: 0, type: { kind: "text" }, op: d.kind, name: d.name, slot: d.slot }, link),
  );
  return (row) => {
    const key: Scalar[] = [];
    for (const d of by) {
      const x = d(row);
      if (x === undefined) return undefined;
      key.push(x);
    }
    return value(key);
  };
}

function tests(ir: Extract<Ir, { op: "test" }>, c: (x: Ir) => Run, _link: Linker): Run {
  const value = c(ir.value);
  const slot = { current: null as Scalar };
  const terms = ir.tests.map((t) => testOf(t, c, () => slot.current));
  const any = connect(false, terms);
  const { negated } = ir;
  return (row) => {
    const x = value(row);
    if (x === undefined) return undefined;
    slot.current = x;
    const result = any(row);
    return negated && result !== undefined ? opposite(result) : result;
  };
}

function testOf(t: IrTest, c: (x: Ir) => Run, value: () => Scalar): Run {
  if (t.k === "oneOf")
    return connect(
      false,
      t.list.map((i) => unary(c(i), (x) => compared("=", value(), x))),
    );
  if (t.k === "relation") return unary(c(t.value), (x) => compared(t.op, value(), x));
  return binary(c(t.low), c(t.high), (low, high) => {
    const above = compared(t.lowOpen ? ">" : ">=", value(), low);
    const below = compared(t.highOpen ? "<" : "<=", value(), high);
    return above === null || below === null ? null : above && below;
  });
}

/** Members of the household that a list keeps, as positions in the household. */
function chooser(list: Ir, link: Linker): (row: Row) => readonly number[] | undefined {
  if (list.op !== "members") throw new Error(`not a member list: ${list.op}`);
  const filters = list.filters.map((f) => ({ slot: f.slot, condition: compile(f.condition, link) }));
  return (row) => {
    let members: number[] = [];
    for (let i = 0; i < row.count; i++) members.push(i);
    for (const f of filters) {
      let unknown = false;
      members = members.filter((m) => {
        row.slots[f.slot] = m;
        const keep = f.condition(row);
        if (keep === undefined) unknown = true;
        return keep === true;
      });
      if (unknown) return undefined;
    }
    return members;
  };
}

function aggregate(ir: Extract<Ir, { op: "aggregate" }>, link: Linker): Run {
  const { fn } = ir;
  if ("args" in ir.items) {
    const args = ir.items.args.map((a) => compile(a, link));
    return (row) => {
      const values: Scalar[] = [];
      let unknown = false;
      for (const a of args) {
        const x = a(row);
        if (x === undefined) unknown = true;
        else values.push(x);
      }
      return unknown ? undefined : pair(fn, values);
    };
  }
  const { list } = ir.items;
  if (list.op === "items") {
    return aggregate({ ...ir, items: { args: list.items } }, link);
  }
  const members = chooser(list.op === "project" ? list.list : list, link);
  if (list.op !== "project") return (row) => members(row)?.length;
  const body = compile(list.body, link);
  const { slot } = list;
  return (row) => {
    const chosen = members(row);
    if (chosen === undefined) return undefined;
    const values: Scalar[] = [];
    for (const m of chosen) {
      row.slots[slot] = m;
      const x = body(row);
      if (x === undefined) return undefined;
      values.push(x);
    }
    return aggregated(fn, values);
  };
}

function pair(fn: Parameters<typeof aggregated>[0], values: readonly Scalar[]): Scalar {
  const [a, b] = values;
  if (values.length === 2 && a !== null && b !== null) {
    if (fn === "max") return compare(a as Num, b as Num) >= 0 ? a! : b!;
    if (fn === "min") return compare(a as Num, b as Num) <= 0 ? a! : b!;
  }
  return aggregated(fn, values);
}

export type { Slot };
