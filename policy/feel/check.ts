import { negate, parseDecimal } from "../exact.ts";
import { COUNT, dimsText, sameDims } from "../units.ts";
import { type Ast, type CellTests, FeelFault } from "./ast.ts";
import { checkCall } from "./functions.ts";
import type { Ir } from "./ir.ts";
import { type Known, learn, none, withKnown } from "./knowledge.ts";
import { checkFilter, checkList, checkQuantified } from "./members.ts";
import type { Declared, Entity, Names } from "./names.ts";
import { checkArithmetic, checkComparison, checkConditional, checkTests, nullable } from "./operators.ts";
import { checkName, checkPath } from "./references.ts";
import { type NumberType, type StaticType, typeText } from "./types.ts";

/** A member bound by a filter (bare names), or by some/every (names behind the alias). */
interface Binder {
  readonly slot: number;
  readonly alias?: string;
}

/**
 * Names, entities, units and null are settled here, once, when the rules are loaded. Throws `FeelFault` with the
 * offset inside the expression.
 */
export class Checker {
  readonly names: Names;
  readonly entity: Entity;
  readonly uses = new Map<string, Declared>();
  /** Members bound around the place being checked, innermost last. */
  readonly binders: Binder[] = [];
  private nextSlot: number;

  constructor(names: Names, entity: Entity) {
    this.names = names;
    this.entity = entity;
    this.nextSlot = 0;
    if (entity === "成员") this.binders.push({ slot: this.nextSlot++ });
  }

  /** Slots handed out so far. */
  get slotCount(): number {
    return this.nextSlot;
  }

  check(ast: Ast, known: Known = none): Ir {
    const span = { from: ast.from, to: ast.to };
    switch (ast.k) {
      case "number": {
        const value = parseDecimal(ast.text);
        if (value === null) throw new FeelFault(ast.from, `“${ast.text}”不是数`, "写成普通的小数，例如 1.3");
        const type: StaticType = {
          kind: "number",
          dims: COUNT,
          whole: typeof value === "number",
          literal: value,
        };
        return { ...span, type, op: "const", value };
      }
      case "string":
        return { ...span, type: { kind: "text", literal: ast.value }, op: "const", value: ast.value };
      case "boolean":
        return { ...span, type: { kind: "boolean" }, op: "const", value: ast.value };
      case "null":
        return { ...span, type: { kind: "null", nullable: true }, op: "const", value: null };
      case "date":
        return { ...span, type: { kind: "date" }, op: "const", value: ast.value };
      case "duration":
        throw new FeelFault(ast.from, "期间只能加在日期上或从日期里减去", '例如 出生日期 + duration("P60Y")');
      case "name":
        return checkName(this, ast, known);
      case "path":
        return checkPath(this, ast, known);
      case "filter":
        return checkFilter(this, ast, known);
      case "call":
        return checkCall(this, ast, known);
      case "negate": {
        const a = this.number(ast.operand, known, "负号");
        const t = a.type as NumberType;
        return {
          ...span,
          type: { ...t, ...(t.literal === undefined ? {} : { literal: negate(t.literal) }) },
          op: "negate",
          a,
        };
      }
      case "arithmetic":
        return checkArithmetic(this, ast, known);
      case "compare":
        return checkComparison(this, ast, ast.op, this.check(ast.left, known), this.check(ast.right, known));
      case "between": {
        const value = this.check(ast.value, known);
        const low = checkComparison(this, ast, ">=", value, this.check(ast.low, known));
        const high = checkComparison(this, ast, "<=", value, this.check(ast.high, known));
        return {
          ...span,
          type: { kind: "boolean", nullable: nullable(low, high) },
          op: "and",
          a: low,
          b: high,
        };
      }
      case "in":
        return checkTests(this, span, this.check(ast.value, known), ast.tests, false, known);
      case "and":
      case "or": {
        const a = this.boolean(ast.left, known, ast.k);
        const b = this.boolean(ast.right, withKnown(known, learn(ast.left, ast.k === "and")), ast.k);
        return { ...span, type: { kind: "boolean", nullable: nullable(a, b) }, op: ast.k, a, b };
      }
      case "if":
        return checkConditional(this, ast, known);
      case "some":
      case "every":
        return checkQuantified(this, ast, known);
      case "list":
        return checkList(this, ast, known);
    }
  }

  /** Checks one cell of a decision table against the column's value. Undefined for “anything” (`-`). */
  cell(value: Ir, cell: CellTests): Ir | undefined {
    if (cell.any) return undefined;
    return checkTests(this, cell, value, cell.tests, cell.negated, none);
  }

  number(ast: Ast, known: Known, what: string): Ir {
    const ir = this.check(ast, known);
    if (ir.type.kind === "number") return ir;
    throw new FeelFault(ast.from, `${what}要用数，这里是${typeText(ir.type)}`, "检查两边的量是不是写错了");
  }

  boolean(ast: Ast, known: Known, what: string): Ir {
    const ir = this.check(ast, known);
    if (ir.type.kind === "boolean") return ir;
    throw new FeelFault(
      ast.from,
      `${what}要用是否，这里是${typeText(ir.type)}`,
      "写成一个比较，例如 收入 < 标准",
    );
  }

  /** One common type for two sides; a number in the formula takes the other side's unit, except that of money. */
  unify(at: number, a: StaticType, b: StaticType): StaticType {
    const mayBeNull = a.nullable === true || b.nullable === true ? { nullable: true } : {};
    if (a.kind === "null") return { ...b, nullable: true };
    if (b.kind === "null") return { ...a, nullable: true };
    if (a.kind === "number" && b.kind === "number") {
      const whole = a.whole && b.whole;
      if (sameDims(a.dims, b.dims)) return { kind: "number", dims: a.dims, whole, ...mayBeNull };
      const [literal, other] = a.literal !== undefined ? [a.literal, b] : [b.literal, a];
      if (literal === undefined) {
        throw new FeelFault(
          at,
          `单位不一致：${dimsText(a.dims)} 与 ${dimsText(b.dims)}`,
          this.unitMend(a, b),
        );
      }
      if (other.dims.yuan !== 0 && literal !== 0) {
        throw new FeelFault(
          at,
          "公式里直接写了金额数字",
          "把金额写进 parameters.yaml（带单位、日期和文号），公式里用参数的名字",
        );
      }
      return {
        kind: "number",
        dims: other.dims,
        whole: other.whole && (whole || literal === 0),
        ...mayBeNull,
      };
    }
    if (a.kind === "text" && b.kind === "text") {
      this.choice(at, a, b);
      this.choice(at, b, a);
      const choices = a.choices ?? b.choices;
      return { kind: "text", ...(choices ? { choices } : {}), ...mayBeNull };
    }
    if (a.kind === b.kind) return { ...a, ...mayBeNull };
    throw new FeelFault(at, `两边的类型不一致：${typeText(a)} 与 ${typeText(b)}`, "检查是不是用错了名字");
  }

  /** Runs `inside` with a member bound to a new slot. */
  bind<T>(alias: string | undefined, inside: (slot: number) => T): T {
    const slot = this.nextSlot++;
    this.binders.push(alias === undefined ? { slot } : { slot, alias });
    try {
      return inside(slot);
    } finally {
      this.binders.pop();
    }
  }

  private unitMend(a: NumberType, b: NumberType): string {
    const monthly = (t: NumberType) => t.dims.yuan === 1 && t.dims.month === -1;
    const yearly = (t: NumberType) => t.dims.yuan === 1 && t.dims.year === -1;
    if ((monthly(a) && yearly(b)) || (yearly(a) && monthly(b)))
      return "把 元/年 的一边先换成 元/月（参数可直接写成 { 元/年: 5400 }）";
    return "检查是不是用错了量；月标准乘以月数才是一笔钱";
  }

  private choice(at: number, literal: { literal?: string }, other: { choices?: readonly string[] }): void {
    if (literal.literal === undefined || !other.choices || other.choices.includes(literal.literal)) return;
    throw new FeelFault(at, `“${literal.literal}”不在可选值里`, `可选：${other.choices.join("、")}`);
  }
}
