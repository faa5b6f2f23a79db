import type { Num } from "../exact.ts";
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
  rounded,
  shifted,
} from "./scalars.ts";

/** A fact that is missing, and whether it is needed whatever else comes out. */
export interface MissingRef {
  readonly name: string;
  /** Absent for a fact of the household. */
  readonly member?: number;
  readonly certain: boolean;
  readonly askedBy: string;
}

/** “Nobody recorded it”: not zero, not no, not null. Carries what is missing, in the order in which it matters. */
export class Undetermined {
  readonly missing: readonly MissingRef[];

  constructor(missing: readonly MissingRef[]) {
    this.missing = missing;
  }
}

export type Outcome = Scalar | Undetermined;

/** Where an expression finds its values. `member` is undefined for the household. */
export interface World {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly memberCount: number;
  /** Index of the member bound to each slot. */
  readonly slots: number[];
  fact(name: string, member: number | undefined): Outcome;
  variable(name: string, member: number | undefined): Outcome;
  parameter(name: string, field: string | undefined, by: readonly Scalar[]): Scalar;
  /** Unit of a fact, variable or parameter, for words. */
  unitOf(name: string): string | undefined;
}

export function evaluate(ir: Ir, world: World): Outcome {
  switch (ir.op) {
    case "const":
      return ir.value;
    case "fact":
      return world.fact(ir.name, memberOf(ir.slot, world));
    case "variable":
      return world.variable(ir.name, memberOf(ir.slot, world));
    case "parameter": {
      const by = ir.by.map((d) => {
        const member = memberOf(d.slot, world);
        return d.kind === "fact" ? world.fact(d.name, member) : world.variable(d.name, member);
      });
      return whenKnown(by, (values) => world.parameter(ir.name, ir.field, values));
    }
    case "month":
      return ir.day === "first" ? world.firstDay : world.lastDay;
    case "negate":
      return whenKnown([evaluate(ir.a, world)], ([a]) => minus(a!));
    case "abs":
      return whenKnown([evaluate(ir.a, world)], ([a]) => absolute(a!));
    case "not":
      return whenKnown([evaluate(ir.a, world)], ([a]) => opposite(a!));
    case "power":
      return whenKnown([evaluate(ir.a, world)], ([a]) => raised(a!, ir.exponent));
    case "round":
      return whenKnown([evaluate(ir.a, world)], ([a]) => rounded(a!, ir.step, ir.mode));
    case "datePart":
      return whenKnown([evaluate(ir.a, world)], ([a]) => datePart(ir.part, a!));
    case "shift":
      return whenKnown([evaluate(ir.a, world)], ([a]) => shifted(a!, ir.months, ir.days));
    case "elapsed":
      return whenKnown([evaluate(ir.start, world), evaluate(ir.end, world)], ([a, b]) =>
        elapsed(ir.part, a!, b!),
      );
    case "compare":
      return whenKnown([evaluate(ir.a, world), evaluate(ir.b, world)], ([a, b]) => compared(ir.cmp, a!, b!));
    case "+":
    case "-":
    case "*":
    case "/":
    case "modulo": {
      const { op } = ir;
      return whenKnown([evaluate(ir.a, world), evaluate(ir.b, world)], ([a, b]) => arithmetic(op, a!, b!));
    }
    case "and":
    case "or":
      return connect(ir.op === "and", [() => evaluate(ir.a, world), () => evaluate(ir.b, world)]);
    case "if":
      return choose(
        evaluate(ir.condition, world),
        () => evaluate(ir.yes, world),
        () => evaluate(ir.no, world),
      );
    case "test":
      return whenKnown([evaluate(ir.value, world)], ([value]) => {
        const any = connect(
          false,
          ir.tests.map((t) => () => test(t, value!, world)),
        );
        return ir.negated && !(any instanceof Undetermined) ? opposite(any) : any;
      });
    case "aggregate": {
      const fn = ir.fn;
      if ("args" in ir.items)
        return whenKnown(
          ir.items.args.map((a) => evaluate(a, world)),
          (v) => aggregated(fn, v),
        );
      const { list } = ir.items;
      if (list.op === "members") {
        const members = chosen(list, world);
        return members instanceof Undetermined ? members : members.length;
      }
      const values = listValues(list, world);
      return values instanceof Undetermined ? values : whenKnown(values, (v) => aggregated(fn, v));
    }
    case "some":
    case "every": {
      const members = chosen(ir.list, world);
      if (members instanceof Undetermined) return members;
      return connect(
        ir.op === "every",
        members.map((m) => () => {
          world.slots[ir.slot] = m;
          return evaluate(ir.condition, world);
        }),
      );
    }
    case "table":
      return tableResult(ir, world);
    case "members":
    case "project":
    case "items":
      throw new Error(`a list has no single value: ${ir.op}`);
  }
}

/** Values of a list expression, one per member or item. */
export function listValues(list: Ir, world: World): Outcome[] | Undetermined {
  if (list.op === "items") return list.items.map((i) => evaluate(i, world));
  if (list.op !== "project") throw new Error(`not a list: ${list.op}`);
  const members = chosen(list.list, world);
  if (members instanceof Undetermined) return members;
  return members.map((m) => {
    world.slots[list.slot] = m;
    return evaluate(list.body, world);
  });
}

/** Indexes of the members a filter keeps. A member whose condition is unknown makes the whole choice unknown. */
export function chosen(list: Ir, world: World): number[] | Undetermined {
  if (list.op !== "members") throw new Error(`not a member list: ${list.op}`);
  let members = Array.from({ length: world.memberCount }, (_, i) => i);
  const missing: MissingRef[] = [];
  for (const { slot, condition } of list.filters) {
    members = members.filter((m) => {
      world.slots[slot] = m;
      const keep = evaluate(condition, world);
      if (keep instanceof Undetermined) missing.push(...keep.missing);
      return keep === true;
    });
    if (missing.length > 0) return new Undetermined(missing);
  }
  return members;
}

function memberOf(slot: Slot, world: World): number | undefined {
  return slot === "household" ? undefined : world.slots[slot];
}

function whenKnown(
  outcomes: readonly Outcome[],
  then: (values: readonly Scalar[]) => Scalar | Outcome,
): Outcome {
  const missing = outcomes.flatMap((o) => (o instanceof Undetermined ? o.missing : []));
  return missing.length > 0 ? new Undetermined(missing) : then(outcomes as readonly Scalar[]);
}

/**
 * and (`all`) or or. One deciding value settles it even where others are missing: a household whose property is over
 * the limit is refused without waiting for its income.
 */
function connect(all: boolean, terms: readonly (() => Outcome)[]): Outcome {
  const missing: MissingRef[] = [];
  let sawNull = false;
  for (const term of terms) {
    const value = term();
    if (value instanceof Undetermined) missing.push(...value.missing);
    else if (value === null) sawNull = true;
    else if ((value === true) !== all) return !all;
  }
  if (missing.length > 0) return new Undetermined(missing);
  return sawNull ? null : all;
}

function choose(condition: Outcome, then: () => Outcome, otherwise: () => Outcome): Outcome {
  if (!(condition instanceof Undetermined)) return condition === true ? then() : otherwise();
  const later = [then(), otherwise()].flatMap((o) => (o instanceof Undetermined ? o.missing : []));
  return new Undetermined([...condition.missing, ...later.map((m) => ({ ...m, certain: false }))]);
}

function test(t: IrTest, value: Scalar, world: World): Outcome {
  if (t.k === "oneOf") {
    return connect(
      false,
      t.list.map((i) => () => whenKnown([evaluate(i, world)], ([x]) => compared("=", value, x!))),
    );
  }
  if (t.k === "relation") return whenKnown([evaluate(t.value, world)], ([x]) => compared(t.op, value, x!));
  return whenKnown([evaluate(t.low, world), evaluate(t.high, world)], ([low, high]) => {
    const above = compared(t.lowOpen ? ">" : ">=", value, low!);
    const below = compared(t.highOpen ? "<" : "<=", value, high!);
    return above === null || below === null ? null : above && below;
  });
}

function tableResult(ir: Extract<Ir, { op: "table" }>, world: World): Outcome {
  const missing: MissingRef[] = [];
  for (const row of ir.rows) {
    const hit = connect(
      true,
      row.conditions.map((c) => () => evaluate(c, world)),
    );
    if (hit === true) return evaluate(row.result, world);
    if (hit instanceof Undetermined) missing.push(...hit.missing);
  }
  if (missing.length > 0) return new Undetermined(missing);
  throw new Error("no row of a checked table applies");
}

/** The row of a table that applies, for the trace. */
export function hitRow(ir: Extract<Ir, { op: "table" }>, world: World): number {
  return ir.rows.findIndex(
    (row) =>
      connect(
        true,
        row.conditions.map((c) => () => evaluate(c, world)),
      ) === true,
  );
}

export type { Num };
