import { Run } from "./decide.ts";
import { compare, type Num, subtract, toNumber } from "./exact.ts";
import type { Ir } from "./feel/ir.ts";
import { evaluate, Undetermined } from "./machine/evaluate.ts";
import { failedNode } from "./machine/failed.ts";
import { versionIn } from "./parameters.ts";
import type { DecideRequest, RuleSet } from "./types.ts";
import { conditionText, moneyText, plain } from "./words.ts";

/** How far a household is from meeting the first condition it does not meet. */
export interface Shortfall {
  /** The variable whose condition failed. */
  readonly variable: string;
  readonly condition: string;
  /** The quantity that would have to move. */
  readonly quantity: string;
  readonly direction: "再低" | "再高";
  /** 分 for money, otherwise the plain number. For a strict comparison the smallest step past the line is included. */
  readonly distance: number;
  readonly money: boolean;
  readonly text: string;
}

/**
 * “人均收入再低 86.01 元即可”: follows a “否” through the yes/no variables it stands on to the first comparison of
 * amounts that failed. Undefined when the answer is yes, undetermined, or the cause is not an amount. Meeting this one
 * condition need not be enough: others may fail behind it.
 */
export function shortfall(
  ruleSet: RuleSet,
  request: DecideRequest,
  variable: string,
  member?: number,
): Shortfall | undefined {
  const run = new Run(ruleSet, request);
  let name = variable;
  for (let depth = 0; depth < 30; depth++) {
    if (run.variable(name, member) !== false) return undefined;
    const version = versionIn(ruleSet.variables.get(name)!.versions, request.month);
    if (!version) return undefined;
    run.slots = member === undefined ? [] : [member];
    const failed = failedNode(version.ir, run);
    if (!failed) return undefined;
    if (failed.op === "compare") return gap(failed, name, version.text, run);
    if (failed.op !== "variable" || (failed.slot !== "household" && member === undefined)) return undefined;
    name = failed.name;
  }
  return undefined;
}

function gap(
  node: Extract<Ir, { op: "compare" }>,
  variable: string,
  text: string,
  run: Run,
): Shortfall | undefined {
  if (node.a.type.kind !== "number" || node.cmp === "=" || node.cmp === "!=") return undefined;
  const a = evaluate(node.a, run);
  const b = evaluate(node.b, run);
  if (a instanceof Undetermined || b instanceof Undetermined || a === null || b === null) return undefined;
  const difference = subtract(a as Num, b as Num);
  const size = compare(difference, 0) < 0 ? subtract(0, difference) : difference;
  const money = node.a.type.dims.yuan === 1;
  const strict = node.cmp === "<" || node.cmp === ">";
  const distance = Math.ceil(toNumber(size)) + (strict && (money || node.a.type.whole) ? 1 : 0);
  // A standard does not move for one household: the side that is not a parameter has to.
  const fixed = node.a.op === "parameter";
  const moved = fixed ? node.b : node.a;
  const lower = (node.cmp === "<" || node.cmp === "<=") !== fixed;
  const quantity = text.slice(moved.from, moved.to);
  const direction = lower ? "再低" : "再高";
  return {
    variable,
    condition: text.slice(node.from, node.to),
    quantity,
    direction,
    distance,
    money,
    text: `${quantity}${direction} ${money ? `${moneyText(distance)} 元` : String(plain(distance))}，就满足“${conditionText(text.slice(node.from, node.to))}”。`,
  };
}
