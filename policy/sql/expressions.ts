import { isConst, type Node, SAFE } from "../columns/nodes.ts";

/** A node as SQL, given how its arguments are written. Yes/no nodes have a boolean form and a 0/1 form. */
export interface Written {
  readonly sql: string;
  readonly boolean: boolean;
}

export type Write = (n: Node) => Written;

export const asNumber = (w: Written): string => (w.boolean ? `(${w.sql})::int` : w.sql);
export const asBoolean = (w: Written): string => (w.boolean ? w.sql : `(${w.sql}) = 1`);

/** Values stay within 64 bits, except what is about to be guarded. */
const LARGE = 2 ** 62;

export function sqlOf(n: Node, write: Write): Written {
  const [a, b, c] = n.args as [Node, Node, Node];
  const num = (x: Node) => `(${asNumber(write(x))})`;
  const bool = (x: Node) => `(${asBoolean(write(x))})`;
  const number = (sql: string): Written => ({ sql, boolean: false });
  const truth = (sql: string): Written => ({ sql, boolean: true });
  const wide = n.lo < -LARGE || n.hi > LARGE ? "::numeric" : "";
  switch (n.op) {
    case "const":
      return number(n.lo < -(2 ** 31) || n.lo >= 2 ** 31 ? `${n.lo}::bigint` : String(n.lo));
    case "bit":
      return truth(`(${num(a)} >> ${n.attr}) & 1 = 1`);
    case "add":
      return number(`${num(a)}${wide || "::bigint"} + ${num(b)}`);
    case "sub":
      return number(`${num(a)}${wide || "::bigint"} - ${num(b)}`);
    case "mul":
      return number(`${num(a)}${wide || "::bigint"} * ${num(b)}`);
    case "div":
      // Whole-number division of what is not negative; where the divisor is 0 the result is not used.
      return number(`${num(a)} / greatest(${num(b)}, 1)`);
    case "trunc":
      return number(`${num(a)} / ${n.attr}`);
    case "lt":
      return truth(`${num(a)} < ${num(b)}`);
    case "eq":
      return truth(`${num(a)} = ${num(b)}`);
    case "and":
      return truth(`${bool(a)} and ${bool(b)}`);
    case "or":
      return truth(`${bool(a)} or ${bool(b)}`);
    case "not":
      return truth(`not ${bool(a)}`);
    case "sel": {
      const flag = write(b).boolean && write(c).boolean;
      const pick = flag ? bool : num;
      return { sql: `case when ${bool(a)} then ${pick(b)} else ${pick(c)} end`, boolean: flag };
    }
    case "min":
      return number(`least(${num(a)}, ${num(b)})`);
    case "max":
      return number(`greatest(${num(a)}, ${num(b)})`);
    case "range": {
      const sql = num(a);
      const fits = inside(a, n, sql);
      return number(fits ? `case when ${fits} then ${sql} else ${Math.max(0, n.lo)} end::bigint` : sql);
    }
    case "whole":
      // Facts in tables are whole already.
      return truth("true");
    default:
      throw new Error(`not an expression of one row: ${n.op}`);
  }
}

/** The condition under which a guarded value is within its range; empty where nothing is to be checked. */
export function inside(a: Node, guard: Node, sql: string): string {
  const [least, most] = String(guard.attr).split(":").map(Number) as [number, number];
  const parts = [
    ...(least > a.lo ? [`${sql} >= ${plain(least)}`] : []),
    ...(most < a.hi ? [`${sql} <= ${plain(most)}`] : []),
  ];
  return parts.join(" and ");
}

/** Loads, sums and what other passes give are not of one row; everything else can be written in place. */
export function inPlace(n: Node): boolean {
  return !["load", "loadOwn", "own", "count", "segSum", "segMin", "segMax"].includes(n.op) || isConst(n);
}

function plain(n: number): string {
  return Math.abs(n) > SAFE ? BigInt(n).toString() : String(n);
}
