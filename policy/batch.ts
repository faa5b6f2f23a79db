import { DomainError, firstDay, isMonth, lastDay, type Month } from "@wuxin/kernel";
import { withinTheStack } from "./errors.ts";
import { checkedFact } from "./facts.ts";
import { type Cell, compile, compileRounded, type Linker, type Row, type Run } from "./machine/compile.ts";
import { parameterVersion, pick, versionIn } from "./parameters.ts";
import { ROUNDINGS } from "./rounding.ts";
import type { PlainValue, RuleSet, ValueType, Variable } from "./types.ts";
import { plain } from "./words.ts";

/** One fact of every household, or of every member; `undefined` is “nobody recorded it”. Money in 分. */
export type Column = ArrayLike<PlainValue | undefined>;

/**
 * Many households at once. Members of all households follow one another; household `h` has the members from
 * `offsets[h]` up to but not including `offsets[h + 1]`.
 */
export interface Households {
  readonly count: number;
  /** `count + 1` entries. */
  readonly offsets: ArrayLike<number>;
  readonly household: Readonly<Record<string, Column | undefined>>;
  readonly members: Readonly<Record<string, Column | undefined>>;
}

/** One variable: a value per household, or per member. `undefined` is undetermined. */
export interface ResultColumn {
  readonly entity: "家庭" | "成员";
  readonly type: ValueType;
  readonly values: (PlainValue | undefined)[];
}

export interface BatchResult {
  readonly version: string;
  readonly month: Month;
  readonly columns: Readonly<Record<string, ResultColumn>>;
}

/**
 * The same answers as `decide`, for many households and without the trace.
 * @throws DomainError `policy-bad-fact`, `policy-unknown-variable`, `policy-no-version`, `policy-too-deep`
 */
export const evaluateBatch = (ruleSet: RuleSet, request: BatchRequest): BatchResult =>
  withinTheStack(ruleSet.name, () => evaluated(ruleSet, request));

interface BatchRequest {
  readonly month: Month;
  readonly wanted: readonly string[];
  readonly households: Households;
}
function evaluated(ruleSet: RuleSet, request: BatchRequest): BatchResult {
  const { households, month } = request;
  if (!isMonth(month)) throw new DomainError("policy-bad-month", `“${month}”不是月份。请写成 2024-03。`);
  const linker = new BatchLinker(ruleSet, month, households);
  const total = households.count === 0 ? 0 : households.offsets[households.count]!;
  const wanted = request.wanted.map((name) => linker.wanted(name));
  const columns: Record<string, ResultColumn> = {};
  for (const w of wanted) {
    const values = new Array<PlainValue | undefined>(w.variable.entity === "家庭" ? households.count : total);
    columns[w.variable.name] = { entity: w.variable.entity, type: w.variable.type, values };
  }
  const row: Row = { household: 0, start: 0, count: 0, slots: new Int32Array(0) };
  for (let h = 0; h < households.count; h++) {
    row.household = h;
    row.start = households.offsets[h]!;
    row.count = households.offsets[h + 1]! - row.start;
    if (row.count < 1)
      throw new DomainError("policy-no-members", `第 ${h + 1} 户一个成员也没有。请至少登记申请人本人。`);
    linker.next();
    for (const w of wanted) {
      const { values } = columns[w.variable.name]!;
      if (w.variable.entity === "家庭") values[h] = shown(w.read(row, undefined));
      else for (let i = 0; i < row.count; i++) values[row.start + i] = shown(w.read(row, i));
    }
  }
  return { version: ruleSet.version, month, columns };
}

function shown(cell: Cell): PlainValue | undefined {
  return cell === undefined ? undefined : plain(cell);
}

class BatchLinker implements Linker {
  readonly firstDay: string;
  readonly lastDay: string;
  private readonly ruleSet: RuleSet;
  private readonly month: Month;
  private readonly households: Households;
  private readonly readers = new Map<string, (row: Row, member: number | undefined) => Cell>();
  private generation = 0;

  constructor(ruleSet: RuleSet, month: Month, households: Households) {
    this.ruleSet = ruleSet;
    this.month = month;
    this.households = households;
    this.firstDay = firstDay(month);
    this.lastDay = lastDay(month);
  }

  /** Forgets the values of the household before. */
  next(): void {
    this.generation++;
  }

  wanted(name: string): { variable: Variable; read: (row: Row, member: number | undefined) => Cell } {
    const variable = this.ruleSet.variables.get(name);
    if (!variable)
      throw new DomainError(
        "policy-unknown-variable",
        `规则“${this.ruleSet.name}”里没有“${name}”。请检查名字。`,
      );
    return { variable, read: this.variable(name) };
  }

  fact(name: string): (index: number) => Cell {
    const input = this.ruleSet.inputs.find((i) => i.name === name)!;
    const columns = input.entity === "家庭" ? this.households.household : this.households.members;
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (!column) {
      const absent = checkedFact(input, undefined);
      return () => absent;
    }
    const { type, min, max } = input;
    const amount = type === "money" || type === "integer";
    return (index) => {
      const value = column[index];
      // What fits goes straight through; everything else meets the same checks as in a single decision.
      if (
        amount &&
        Number.isSafeInteger(value) &&
        !((value as number) < min!) &&
        !((value as number) > max!)
      ) {
        return value === 0 ? 0 : value;
      }
      if (typeof value === "boolean" && type === "boolean") return value;
      return checkedFact(input, value === undefined ? undefined : { value });
    };
  }

  variable(name: string): (row: Row, member: number | undefined) => Cell {
    const ready = this.readers.get(name);
    if (ready) return ready;
    const v = this.ruleSet.variables.get(name)!;
    const version = versionIn(v.versions, this.month);
    if (!version) {
      throw new DomainError(
        "policy-no-version",
        `“${name}”在 ${this.month} 没有生效的公式。请补上 ${this.month} 及以前生效的公式。`,
      );
    }
    const rounding = v.round ? ROUNDINGS[v.round]! : undefined;
    const run = rounding
      ? compileRounded(version.ir, this, rounding.step, rounding.mode)
      : compile(version.ir, this);
    const reader = this.memoised(run, version.slots);
    this.readers.set(name, reader);
    return reader;
  }

  parameter(name: string, field: string | undefined) {
    const p = this.ruleSet.parameters.get(name)!;
    const version = parameterVersion(p, this.month);
    if (p.by.length === 0) return pick(p, version, [], field);
    return (by: readonly (number | string | boolean | null | { n: bigint; d: bigint })[]) =>
      pick(p, version, by, field);
  }

  /** A variable is computed once per household, or once per member of it. */
  private memoised(run: Run, slotCount: number): (row: Row, member: number | undefined) => Cell {
    const values: Cell[] = [];
    const stamps: number[] = [];
    // One array per variable is enough: a variable never runs inside itself, circles are refused when loaded.
    const slots = new Int32Array(slotCount);
    return (row, member) => {
      const at = member ?? 0;
      if (stamps[at] === this.generation) return values[at];
      const outer = row.slots;
      row.slots = slots;
      if (member !== undefined) slots[0] = member;
      const value = run(row);
      row.slots = outer;
      stamps[at] = this.generation;
      values[at] = value;
      return value;
    };
  }
}
