import { firstDay, lastDay, type Month } from "@wuxin/kernel";
import type { CompareOp } from "../feel/ast.ts";
import type { Ir, IrTest, Scalar, Slot } from "../feel/ir.ts";
import { parameterVersion, pick, versionIn } from "../parameters.ts";
import { ROUNDINGS } from "../rounding.ts";
import type { InputFact, RuleSet, Variable } from "../types.ts";
import { addDays, addMonths, firstOf, monthsLeft, partsOf } from "./dates.ts";
import { dateNumber, type FactColumn, monthIndex, rangeOf } from "./facts.ts";
import { Graph, isConst, type Node, NotColumnar, SAFE } from "./nodes.ts";
import { type Val, Values } from "./values.ts";

/** Where an expression is evaluated: for the household, or for a member bound to some of the slots. */
interface Place {
  readonly member: boolean;
  readonly slots: ReadonlySet<number>;
}
const HOUSEHOLD: Place = { member: false, slots: new Set() };

/** Formulas of one month as a graph of whole-number operations; parameters are folded in. */
export class Lowering {
  readonly g = new Graph();
  readonly v = new Values(this.g);
  /** Every text that the rules compare or give, by number. */
  readonly words: string[] = [];
  private readonly ruleSet: RuleSet;
  private readonly month: Month;
  private readonly columns: (input: InputFact) => FactColumn | undefined;
  private readonly inputs: ReadonlyMap<string, InputFact>;
  private readonly done = new Map<string, Val>();

  constructor(ruleSet: RuleSet, month: Month, columns: (input: InputFact) => FactColumn | undefined) {
    this.ruleSet = ruleSet;
    this.month = month;
    this.columns = columns;
    this.inputs = new Map(ruleSet.inputs.map((i) => [i.name, i]));
  }

  /** A variable as it comes out for its own entity, rounded. */
  variable(variable: Variable): Val {
    const old = this.done.get(variable.name);
    if (old) return old;
    const version = versionIn(variable.versions, this.month);
    if (!version) throw new NotColumnar(`“${variable.name}”在 ${this.month} 没有公式`);
    const member = variable.entity === "成员";
    const raw = this.lower(version.ir, { member, slots: new Set(member ? [0] : []) });
    const rounding = variable.round ? ROUNDINGS[variable.round]! : undefined;
    const value = rounding ? this.v.round(raw, rounding.step, rounding.mode) : raw;
    this.done.set(variable.name, value);
    return value;
  }

  word(text: string): Node {
    let at = this.words.indexOf(text);
    if (at < 0) at = this.words.push(text) - 1;
    return this.g.constant(at);
  }

  private lower(ir: Ir, at: Place): Val {
    const { g, v } = this;
    switch (ir.op) {
      case "const":
        return this.scalar(ir.value);
      case "fact":
        return this.placed(this.fact(this.inputs.get(ir.name)!), ir.slot, at);
      case "variable":
        return this.placed(this.variable(this.ruleSet.variables.get(ir.name)!), ir.slot, at);
      case "parameter":
        return this.parameter(ir, at);
      case "month":
        return this.scalar(ir.day === "first" ? firstDay(this.month) : lastDay(this.month));
      case "negate": {
        const a = this.lower(ir.a, at);
        return { ...a, n: g.negate(a.n) };
      }
      case "abs": {
        const a = this.lower(ir.a, at);
        return { ...a, n: g.max(a.n, g.negate(a.n)) };
      }
      case "not": {
        const a = this.lower(ir.a, at);
        return { ...a, n: g.not(a.n) };
      }
      case "+":
        return v.add(this.lower(ir.a, at), this.lower(ir.b, at));
      case "-":
        return v.subtract(this.lower(ir.a, at), this.lower(ir.b, at));
      case "*":
        return v.multiply(this.lower(ir.a, at), this.lower(ir.b, at));
      case "/":
        return v.divide(this.lower(ir.a, at), this.lower(ir.b, at), ir.type.nullable === true);
      case "modulo": {
        const [a, b] = [this.lower(ir.a, at), this.lower(ir.b, at)];
        const whole = v.round(v.divide(a, b, true), 1, "floor");
        return v.subtract(a, v.multiply(whole, b));
      }
      case "power": {
        const a = this.lower(ir.a, at);
        let result = { ...v.of(g.one), unknown: a.unknown, none: a.none };
        for (let i = 0; i < ir.exponent; i++) result = v.multiply(result, a);
        return result;
      }
      case "round":
        return v.round(this.lower(ir.a, at), ir.step, ir.mode);
      case "compare":
        return this.compare(ir.cmp, this.lower(ir.a, at), this.lower(ir.b, at));
      case "and":
      case "or":
        return this.connect(ir.op === "and", [this.lower(ir.a, at), this.lower(ir.b, at)]);
      case "if": {
        const c = this.lower(ir.condition, at);
        const chosen = v.choose(
          v.isTrue(c),
          this.undated(this.lower(ir.yes, at)),
          this.undated(this.lower(ir.no, at)),
        );
        return this.unless(chosen, c.unknown);
      }
      case "test": {
        const value = this.lower(ir.value, at);
        const any = this.unless(
          this.connect(
            false,
            ir.tests.map((t) => this.test(t, value, at)),
          ),
          value.unknown,
        );
        return ir.negated ? { ...any, n: g.not(any.n) } : any;
      }
      case "aggregate":
        return this.aggregate(ir, at);
      case "some":
      case "every": {
        const place = this.inside(ir.list, ir.slot);
        const chosen = this.chosen(ir.list);
        const c = this.lower(ir.condition, place);
        const settles = ir.op === "some" ? v.isTrue(c) : v.isFalse(c);
        const hit = g.lt(g.zero, g.segSum(g.and(chosen.keep, settles)));
        const open = g.lt(g.zero, g.segSum(g.and(chosen.keep, c.unknown)));
        const n = ir.op === "some" ? hit : g.not(hit);
        return this.readFor(
          v.of(n, g.one, g.or(chosen.unknown, g.and(g.not(hit), open))),
          { member: false, slots: new Set() },
          at,
        );
      }
      case "table":
        return this.table(ir, at);
      case "datePart":
        return this.datePart(ir.part, this.lower(ir.a, at));
      case "elapsed":
        return this.elapsed(ir.part, this.lower(ir.start, at), this.lower(ir.end, at));
      case "shift": {
        const a = this.undated(this.lower(ir.a, at));
        const shifted = ir.days !== 0 ? addDays(g, a.n, ir.days) : addMonths(g, a.n, ir.months);
        // Beyond years of four digits the row machine says what it is.
        g.guard(g.and(g.not(g.or(a.unknown, a.none)), g.not(shifted.fits)));
        return { ...a, n: shifted.date };
      }
      case "members":
      case "project":
      case "items":
        throw new Error(`a list has no single value: ${ir.op}`);
    }
  }

  private scalar(value: Scalar): Val {
    const { g, v } = this;
    if (value === null) return v.of(g.zero, g.one, g.zero, g.one);
    if (typeof value === "boolean") return v.of(value ? g.one : g.zero);
    if (typeof value !== "string") return v.number(value);
    return v.of(/^\d{4}-\d\d-\d\d$/.test(value) ? g.constant(dateNumber(value)) : this.word(value));
  }

  /** A fact as its entity has it. Values that do not fit the declaration trip a guard. */
  private fact(input: InputFact): Val {
    const name = `f ${input.name}`;
    const old = this.done.get(name);
    if (old) return old;
    const column = this.columns(input);
    const value = column ? this.recorded(input, column) : this.unrecorded(input);
    this.done.set(name, value);
    return value;
  }

  private unrecorded(input: InputFact): Val {
    const { g, v } = this;
    if (input.unrecorded === undefined) return v.of(g.zero, g.one, g.one);
    const value = input.unrecorded;
    if (input.type === "number") throw new NotColumnar(`“${input.name}”没有填报值`);
    return this.scalar(value);
  }

  private recorded(input: InputFact, column: FactColumn): Val {
    const { g, v } = this;
    const member = input.entity === "成员";
    const [least, most] = rangeOf(column.data);
    const load = g.load(this.sameArray(input, column), member, least, most);
    const state = column.state ? g.load(`${input.name}?`, member, 0, 2) : g.zero;
    const given = g.eq(state, g.zero);
    if (column.data instanceof Float64Array) g.guard(g.and(given, g.not(g.wholeNumber(load))));
    // What is not recorded may hold anything: it must not trip the range.
    const within = (lo: number, hi: number) => {
      if (lo <= least && hi >= most) return load;
      return column.state ? g.within(g.sel(given, load, g.constant(lo)), lo, hi) : g.within(load, lo, hi);
    };
    let value: Val;
    let months: Node | undefined;
    switch (input.type) {
      case "boolean":
        value = v.of(column.bit === undefined ? within(0, 1) : g.bit(load, column.bit));
        break;
      case "text":
        value = v.of(this.choice(input, within(0, (input.choices?.length ?? 1) - 1)));
        break;
      case "date": {
        if (column.monthsSince === undefined) value = v.of(within(10_000_101, 99_991_231));
        else {
          const base = monthIndex(column.monthsSince);
          months = g.add(within(12_000 - base, 119_999 - base), g.constant(base));
          value = v.of(months);
        }
        break;
      }
      default: {
        const per = column.per ?? 1;
        if (input.type !== "number" && per !== 1) throw new NotColumnar(`“${input.name}”应当是整数`);
        const lo = input.min === undefined ? -SAFE : Math.ceil(input.min * per);
        const hi = input.max === undefined ? SAFE : Math.floor(input.max * per);
        value = v.of(within(Math.max(lo, -SAFE), Math.min(hi, SAFE)), g.constant(per));
      }
    }
    if (state === g.zero) return months ? { ...value, months } : value;
    const nobody = input.nullable ? g.eq(state, g.one) : g.not(given);
    const none = input.nullable ? g.eq(state, g.constant(2)) : g.zero;
    const known: Val = { ...(months ? this.undated({ ...value, months }) : value), unknown: g.zero, none };
    if (input.unrecorded === undefined)
      return { ...known, unknown: nobody, ...(months ? { n: months, months } : {}) };
    return v.choose(nobody, this.unrecorded(input), known);
  }

  /** The first fact kept in the same array (yes/no facts share one by bits), so that it is read once. */
  private sameArray(input: InputFact, column: FactColumn): string {
    return this.ruleSet.inputs.find(
      (i) => i.entity === input.entity && this.columns(i)?.data === column.data,
    )!.name;
  }

  /** Place in `choices` → number of the word. */
  private choice(input: InputFact, load: Node): Node {
    const { g } = this;
    const words = (input.choices ?? []).map((c) => this.word(c).lo);
    if (words.length === 0) throw new NotColumnar(`“${input.name}”是没有 choices 的文字`);
    if (words.every((w, i) => w === words[0]! + i)) return g.add(load, g.constant(words[0]!));
    return words.reduce<Node>(
      (n, w, i) => (i === 0 ? n : g.sel(g.eq(load, g.constant(i)), g.constant(w), n)),
      g.constant(words[0]!),
    );
  }

  /** A reference read from where the expression stands. */
  private placed(value: Val, slot: Slot, at: Place): Val {
    if (slot === "household") return at.member ? this.own(value) : value;
    if (!at.slots.has(slot)) throw new NotColumnar("名单里套名单");
    return value;
  }

  private own(value: Val): Val {
    const { g } = this;
    const months = value.months ? { months: g.own(value.months) } : {};
    return {
      n: g.own(value.n),
      d: g.own(value.d),
      unknown: g.own(value.unknown),
      none: g.own(value.none),
      ...months,
    };
  }

  private readFor(value: Val, from: Place, at: Place): Val {
    return !from.member && at.member ? this.own(value) : value;
  }

  /** A month-coded date as yyyymmdd. */
  private undated(value: Val): Val {
    if (!value.months) return value;
    const { months, ...rest } = value;
    return { ...rest, n: firstOf(this.g, months) };
  }

  private parameter(ir: Extract<Ir, { op: "parameter" }>, at: Place): Val {
    const { g, v } = this;
    const p = this.ruleSet.parameters.get(ir.name)!;
    const version = parameterVersion(p, this.month);
    const dims = ir.by.map((d) => {
      const node: Ir = { from: 0, to: 0, type: { kind: "text" }, op: d.kind, name: d.name, slot: d.slot };
      return this.lower(node, at);
    });
    const choices = p.by.map(
      (name) => this.inputs.get(name)?.choices ?? this.ruleSet.variables.get(name)?.choices ?? [],
    );
    const value = (keys: readonly string[]): Val => {
      const depth = keys.length;
      if (depth === dims.length) return this.scalar(pick(p, version, keys, ir.field));
      const options = choices[depth]!;
      const last = value([...keys, options.at(-1)!]);
      return options
        .slice(0, -1)
        .reduceRight(
          (rest, option) => v.choose(g.eq(dims[depth]!.n, this.word(option)), value([...keys, option]), rest),
          last,
        );
    };
    const result = value([]);
    for (const d of dims) g.guard(d.none);
    return dims.reduce((r, d) => this.unless(r, d.unknown), result);
  }

  private unless(value: Val, unknown: Node): Val {
    const { g } = this;
    if (unknown === g.zero) return value;
    return { ...value, unknown: g.or(unknown, value.unknown), none: g.and(value.none, g.not(unknown)) };
  }

  private compare(cmp: CompareOp, left: Val, right: Val): Val {
    const { g, v } = this;
    const [a, b] = [this.undated(left), this.undated(right)];
    const both = v.both(a, b);
    if (cmp === "=" || cmp === "!=") {
      const equal = g.or(g.and(a.none, b.none), g.and(g.and(g.not(a.none), g.not(b.none)), v.equal(a, b)));
      return v.of(cmp === "=" ? equal : g.not(equal), g.one, both.unknown);
    }
    const n =
      cmp === "<"
        ? v.less(a, b)
        : cmp === ">"
          ? v.less(b, a)
          : cmp === "<="
            ? g.not(v.less(b, a))
            : g.not(v.less(a, b));
    return { n, d: g.one, ...both };
  }

  /** and/or of three values and “undetermined”: one part that decides is enough. */
  private connect(all: boolean, terms: readonly Val[]): Val {
    const { g, v } = this;
    const settled = terms.map((t) => (all ? v.isFalse(t) : v.isTrue(t))).reduce((a, b) => g.or(a, b));
    const open = g.not(settled);
    const unknown = g.and(
      open,
      terms.map((t) => t.unknown).reduce((a, b) => g.or(a, b)),
    );
    const none = g.and(
      g.and(open, g.not(unknown)),
      terms.map((t) => t.none).reduce((a, b) => g.or(a, b)),
    );
    const n = all ? terms.map((t) => v.isTrue(t)).reduce((a, b) => g.and(a, b)) : settled;
    return { n, d: g.one, unknown, none };
  }

  private test(t: IrTest, value: Val, at: Place): Val {
    if (t.k === "relation") return this.compare(t.op, value, this.lower(t.value, at));
    if (t.k === "oneOf")
      return this.connect(
        false,
        t.list.map((i) => this.compare("=", value, this.lower(i, at))),
      );
    // An interval needs both bounds known, unlike `and`.
    const low = this.compare(t.lowOpen ? ">" : ">=", value, this.lower(t.low, at));
    const high = this.compare(t.highOpen ? "<" : "<=", value, this.lower(t.high, at));
    return { n: this.g.and(low.n, high.n), d: this.g.one, ...this.v.both(low, high) };
  }

  private table(ir: Extract<Ir, { op: "table" }>, at: Place): Val {
    const { g, v } = this;
    const rows = ir.rows.map((r) => {
      const conditions = r.conditions.map((c) => this.lower(c, at));
      const hit = conditions.length === 0 ? v.of(g.one) : this.connect(true, conditions);
      return { hit, result: this.undated(this.lower(r.result, at)) };
    });
    const last = rows.at(-1)!;
    const value = rows
      .slice(0, -1)
      .reduceRight((rest, r) => v.choose(v.isTrue(r.hit), r.result, rest), last.result);
    const open = rows.map((r) => g.or(r.hit.unknown, r.hit.none)).reduce((a, b) => g.or(a, b));
    if (open === g.zero) return value;
    const any = rows.map((r) => v.isTrue(r.hit)).reduce((a, b) => g.or(a, b));
    const unknown = rows.map((r) => r.hit.unknown).reduce((a, b) => g.or(a, b));
    // Nothing applies although all is known: the row machine says so.
    g.guard(g.and(g.not(any), g.not(unknown)));
    return this.unless(value, g.not(any));
  }

  // ── members ────────────────────────────────────────────────────────────────

  private inside(list: Ir, slot: number): Place {
    if (list.op !== "members") throw new Error(`not a member list: ${list.op}`);
    return { member: true, slots: new Set([slot]) };
  }

  /** 1 for each member that the filters keep; `unknown` is the household's. */
  private chosen(list: Ir): { keep: Node; unknown: Node } {
    const { g, v } = this;
    if (list.op !== "members") throw new Error(`not a member list: ${list.op}`);
    let keep = g.one;
    let unknown = g.zero;
    for (const { slot, condition } of list.filters) {
      const c = this.lower(condition, { member: true, slots: new Set([slot]) });
      unknown = g.or(unknown, g.and(keep, c.unknown));
      keep = g.and(keep, v.isTrue(c));
    }
    return { keep, unknown: g.lt(g.zero, g.segSum(unknown)) };
  }

  private aggregate(ir: Extract<Ir, { op: "aggregate" }>, at: Place): Val {
    const { g, v } = this;
    const { fn, items } = ir;
    const list = "list" in items ? items.list : undefined;
    if (!list || list.op === "items") {
      const parts = list?.op === "items" ? list.items : "args" in items ? items.args : [];
      if (fn === "count") return v.of(g.constant(parts.length));
      const values = parts.map((p) => this.lower(p, at));
      const combine = (a: Val, b: Val): Val => {
        if (fn === "sum" || fn === "mean") return v.add(a, b);
        const { x, y, d } = v.aligned(a, b);
        return { n: fn === "max" ? g.max(x, y) : g.min(x, y), d, ...v.both(a, b) };
      };
      const total = values.reduce(combine);
      return fn === "mean" ? v.divide(total, v.of(g.constant(values.length)), false) : total;
    }
    return this.readFor(this.overMembers(fn, list), HOUSEHOLD, at);
  }

  private overMembers(fn: Extract<Ir, { op: "aggregate" }>["fn"], list: Ir): Val {
    const { g, v } = this;
    const from = list.op === "project" ? list.list : list;
    const { keep, unknown } = this.chosen(from);
    const many = from.op === "members" && from.filters.length === 0 ? g.count() : g.segSum(keep);
    if (fn === "count" || list.op !== "project") return v.of(many, g.one, unknown);
    const body = this.undated(this.lower(list.body, this.inside(from, list.slot)));
    const open = g.or(unknown, g.lt(g.zero, g.segSum(g.and(keep, body.unknown))));
    const empty = from.op === "members" && from.filters.length === 0 ? g.zero : g.eq(many, g.zero);
    const nothing = g.or(empty, g.lt(g.zero, g.segSum(g.and(keep, body.none))));
    const none = g.and(nothing, g.not(open));
    if (!isConst(body.d)) throw new NotColumnar("名单里有没有取整的除法");
    if (fn === "min" || fn === "max") {
      const n = g.segBest(fn === "min" ? "segMin" : "segMax", body.n, keep);
      return { n, d: body.d, unknown: open, none };
    }
    const sum = { n: g.segSum(g.sel(keep, body.n, g.zero)), d: body.d, unknown: open, none };
    return fn === "sum" ? sum : v.divide(sum, v.of(many), true);
  }

  // ── dates ──────────────────────────────────────────────────────────────────

  private datePart(part: "year" | "month" | "day", date: Val): Val {
    const { g } = this;
    const a = this.undated(date);
    return { ...a, n: partsOf(g, a.n)[part] };
  }

  private elapsed(part: "years" | "months", start: Val, end: Val): Val {
    const { g, v } = this;
    const both = v.both(start, end);
    if (part === "years" && start.months && isConst(end.n) && end.n.lo % 100 === 1 && !end.months) {
      const last = Math.floor(end.n.lo / 10_000) * 12 + Math.floor((end.n.lo % 10_000) / 100) - 1;
      return { n: g.trunc(g.sub(g.constant(last), start.months), 12), d: g.one, ...both };
    }
    const [a, b] = [this.undated(start), this.undated(end)];
    if (part === "years") return { n: g.trunc(g.sub(b.n, a.n), 10_000), d: g.one, ...both };
    return { n: monthsLeft(g, a.n, b.n), d: g.one, ...both };
  }
}
