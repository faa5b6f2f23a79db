import type { Ir } from "../feel/ir.ts";
import type { FormulaVersion } from "../types.ts";
import { evaluate, type World } from "./evaluate.ts";

/** The first condition that made a yes/no formula come out “否”, as written; undefined when no single one did. */
export function firstFailed(version: FormulaVersion, world: World): string | undefined {
  const node = failedNode(version.ir, world);
  return node && node.to > node.from ? version.text.slice(node.from, node.to) : undefined;
}

/** The same, as a node: the innermost condition that is false and is not itself an “and”. */
export function failedNode(ir: Ir, world: World): Ir | undefined {
  if (evaluate(ir, world) !== false) return undefined;
  if (ir.op === "and") return failedNode(ir.a, world) ?? failedNode(ir.b, world);
  if (ir.op === "if") return failedNode(evaluate(ir.condition, world) === true ? ir.yes : ir.no, world) ?? ir;
  if (ir.op === "const") return undefined;
  return ir.op === "table" ? undefined : ir;
}
