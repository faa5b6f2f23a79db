import type { Ast } from "./ast.ts";

/** What a surrounding condition already guarantees about a quantity, by its text (`甲`, `家庭.甲`, `人.甲`). */
export interface Known {
  readonly notNull: ReadonlySet<string>;
  readonly nonZero: ReadonlySet<string>;
}

export const none: Known = { notNull: new Set(), nonZero: new Set() };

export function withKnown(a: Known, b: Known): Known {
  return { notNull: new Set([...a.notNull, ...b.notNull]), nonZero: new Set([...a.nonZero, ...b.nonZero]) };
}

/** The text by which a name or a simple path is remembered. */
export function keyOf(ast: Ast): string | undefined {
  if (ast.k === "name") return ast.name;
  if (ast.k === "path" && ast.target.k === "name") return `${ast.target.name}.${ast.name}`;
  return undefined;
}

/** What follows when `condition` is true (`truth`) or is not true. */
export function learn(condition: Ast, truth: boolean): Known {
  if (condition.k === "and" && truth)
    return withKnown(learn(condition.left, true), learn(condition.right, true));
  if (condition.k === "or" && !truth)
    return withKnown(learn(condition.left, false), learn(condition.right, false));
  if (condition.k === "call" && condition.name === "not" && condition.args.length === 1) {
    return learn(condition.args[0]!, !truth);
  }
  if (condition.k !== "compare") return none;
  const left = keyOf(condition.left);
  if (left === undefined) return none;
  const { op, right } = condition;
  if (right.k === "null") {
    const notNull = (op === "!=" && truth) || (op === "=" && !truth);
    return notNull ? { notNull: new Set([left]), nonZero: new Set() } : none;
  }
  if (right.k !== "number") return none;
  const bound = Number(right.text);
  const nonZero = truth
    ? (op === ">" && bound >= 0) ||
      (op === ">=" && bound > 0) ||
      (op === "!=" && bound === 0) ||
      (op === "=" && bound !== 0) ||
      (op === "<" && bound <= 0)
    : (op === "=" && bound === 0) || (op === "<=" && bound >= 0) || (op === "<" && bound > 0);
  // A comparison that came out true also shows that the value is there.
  return { notNull: new Set(truth ? [left] : []), nonZero: new Set(nonZero ? [left] : []) };
}
