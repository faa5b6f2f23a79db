import { DomainError } from "@wuxin/kernel";
import { multiply, type Num, negate, parseDecimal, power } from "../exact.ts";
import { COUNT, combineDims, dimsText, sameDims } from "../units.ts";
import { type Ast, type CellTests, type CompareOp, FeelFault, type Test } from "./ast.ts";
import { checkCall } from "./functions.ts";
import type { Ir, IrTest, Slot } from "./ir.ts";
import { type Known, keyOf, learn, none, withKnown } from "./knowledge.ts";
import { type Declared, type Entity, type Names, nearest, RESERVED } from "./names.ts";
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
  private readonly binders: Binder[] = [];
  private nextSlot: number;

  constructor(names: Names, entity: Entity) {
    this.names = names;
    this.entity = entity;
    this.nextSlot = 0;
    if (entity === "成员") this.binders.push({ slot: this.nextSlot++ });
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
        return this.name(ast, known);
      case "path":
        return this.path(ast, known);
      case "filter":
        return this.filter(ast, known);
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
        return this.arithmetic(ast, known);
      case "compare":
        return this.compare(ast, ast.op, this.check(ast.left, known), this.check(ast.right, known));
      case "between": {
        const value = this.check(ast.value, known);
        const low = this.compare(ast, ">=", value, this.check(ast.low, known));
        const high = this.compare(ast, "<=", value, this.check(ast.high, known));
        return {
          ...span,
          type: { kind: "boolean", nullable: nullable(low, high) },
          op: "and",
          a: low,
          b: high,
        };
      }
      case "in":
        return this.tests(span, this.check(ast.value, known), ast.tests, false, known);
      case "and":
      case "or": {
        const a = this.boolean(ast.left, known, ast.k);
        const b = this.boolean(ast.right, withKnown(known, learn(ast.left, ast.k === "and")), ast.k);
        return { ...span, type: { kind: "boolean", nullable: nullable(a, b) }, op: ast.k, a, b };
      }
      case "if":
        return this.conditional(ast, known);
      case "some":
      case "every":
        return this.quantified(ast, known);
      case "list":
        return this.list(ast, known);
    }
  }

  /** Checks one cell of a decision table against the column's value. Undefined for “anything” (`-`). */
  cell(value: Ir, cell: CellTests): Ir | undefined {
    if (cell.any) return undefined;
    return this.tests(cell, value, cell.tests, cell.negated, none);
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

  private name(ast: Extract<Ast, { k: "name" }>, known: Known): Ir {
    const span = { from: ast.from, to: ast.to };
    if (ast.name === "成员") {
      if (this.entity === "成员") {
        throw new FeelFault(ast.from, "成员变量里不能看全家名单", "把汇总写成家庭变量，这里用 家庭.变量名");
      }
      return { ...span, type: { kind: "members", mayBeEmpty: false }, op: "members", filters: [] };
    }
    if (ast.name === "本月" || ast.name === "本月初")
      return { ...span, type: { kind: "date" }, op: "month", day: "first" };
    if (ast.name === "本月末") return { ...span, type: { kind: "date" }, op: "month", day: "last" };
    const declared = this.names.find(ast.name);
    if (!declared) throw this.unknown(ast.from, ast.name);
    if (declared.kind === "parameter") return this.parameter(span, declared, undefined);
    if (declared.entity === "家庭") {
      if (this.entity === "成员") {
        throw new FeelFault(ast.from, `“${ast.name}”是家庭的，这里在算成员`, `写成 家庭.${ast.name}`);
      }
      return this.reference(span, declared, "household", known, ast.name);
    }
    const slot = this.binders.findLast((b) => b.alias === undefined)?.slot;
    if (slot === undefined) {
      throw new FeelFault(
        ast.from,
        `“${ast.name}”是每个成员的，家庭只能经过名单取用`,
        `写成 sum(成员.${ast.name})、count(成员[${ast.name} …]) 或 some 人 in 成员 satisfies 人.${ast.name} …`,
      );
    }
    return this.reference(span, declared, slot, known, ast.name);
  }

  private unknown(at: number, name: string): FeelFault {
    const near = nearest(name, this.names.all());
    const mend = near
      ? `是不是“${near}”？如果是新的量，先在 rules.yaml 或 parameters.yaml 里声明`
      : "先在 rules.yaml 或 parameters.yaml 里声明";
    return new FeelFault(at, `不认识“${name}”`, RESERVED.has(name) ? "这是保留的词，不能单独使用" : mend);
  }

  private reference(
    span: { from: number; to: number },
    declared: Declared,
    slot: Slot,
    known: Known,
    key: string,
  ): Ir {
    if (declared.kind === "parameter") return this.parameter(span, declared, undefined);
    this.uses.set(declared.name, declared);
    const type = known.notNull.has(key) ? { ...declared.type, nullable: false } : declared.type;
    return { ...span, type, op: declared.kind, name: declared.name, slot };
  }

  private parameter(
    span: { from: number; to: number },
    p: Extract<Declared, { kind: "parameter" }>,
    field: string | undefined,
  ): Ir {
    if (p.fields && field === undefined) {
      throw new FeelFault(
        span.from,
        `参数“${p.name}”分几档，要指明一档`,
        `写成 ${p.name}.${p.fields[0]}（共有：${p.fields.join("、")}）`,
      );
    }
    this.uses.set(p.name, p);
    const by = p.by.map((name) => {
      const dimension = this.names.find(name);
      if (!dimension || dimension.kind === "parameter") {
        throw new FeelFault(span.from, `参数“${p.name}”按“${name}”取值，但没有这个量`, `先声明 ${name}`);
      }
      this.uses.set(dimension.name, dimension);
      const slot = dimension.entity === "家庭" ? ("household" as const) : this.binders.at(-1)?.slot;
      if (slot === undefined) {
        throw new FeelFault(
          span.from,
          `参数“${p.name}”按每个成员的“${name}”取值，家庭公式里没有一个成员`,
          "在成员变量里用它，再汇总",
        );
      }
      return { kind: dimension.kind, name: dimension.name, slot };
    });
    return {
      ...span,
      type: p.type,
      op: "parameter",
      name: p.name,
      ...(field === undefined ? {} : { field }),
      by,
    };
  }

  private path(ast: Extract<Ast, { k: "path" }>, known: Known): Ir {
    const span = { from: ast.from, to: ast.to };
    if (ast.target.k === "name") {
      const head = ast.target.name;
      if (head === "家庭") {
        const declared = this.names.find(ast.name);
        if (!declared) throw this.unknown(ast.from, ast.name);
        if (declared.kind !== "parameter" && declared.entity === "成员") {
          throw new FeelFault(
            ast.from,
            `“${ast.name}”是每个成员的，不是家庭的`,
            this.entity === "成员" ? `直接写 ${ast.name}` : `写成 sum(成员.${ast.name}) 之类`,
          );
        }
        return this.reference(span, declared, "household", known, keyOf(ast) ?? "");
      }
      const binder = this.binders.findLast((b) => b.alias === head);
      if (binder) {
        const declared = this.names.find(ast.name);
        if (!declared) throw this.unknown(ast.from, ast.name);
        if (declared.kind === "parameter" || declared.entity !== "成员") {
          throw new FeelFault(ast.from, `“${ast.name}”不是成员的量`, `直接写 ${ast.name}`);
        }
        return this.reference(span, declared, binder.slot, known, keyOf(ast) ?? "");
      }
      const declared = this.names.find(head);
      if (declared?.kind === "parameter" && declared.fields) {
        if (!declared.fields.includes(ast.name)) {
          throw new FeelFault(
            ast.from,
            `参数“${head}”没有“${ast.name}”`,
            `共有：${declared.fields.join("、")}`,
          );
        }
        return this.parameter(span, declared, ast.name);
      }
    }
    const target = this.check(ast.target, known);
    if (target.type.kind === "members") return this.project(ast, target, known);
    if (target.type.kind === "date" && (ast.name === "year" || ast.name === "month" || ast.name === "day")) {
      const type: StaticType = {
        kind: "number",
        dims: COUNT,
        whole: true,
        ...(target.type.nullable ? { nullable: true } : {}),
      };
      return { ...span, type, op: "datePart", part: ast.name, a: target };
    }
    if (
      target.type.kind === "age" &&
      target.op === "elapsed" &&
      (ast.name === "years" || ast.name === "months")
    ) {
      const type: StaticType = {
        kind: "number",
        dims: COUNT,
        whole: true,
        ...(target.type.nullable ? { nullable: true } : {}),
      };
      return { ...target, ...span, type, part: ast.name };
    }
    throw new FeelFault(
      ast.from,
      `${typeText(target.type)}没有“${ast.name}”`,
      "日期可取 .year .month .day；名单可取 成员.变量；期间可取 .years .months",
    );
  }

  private project(ast: Extract<Ast, { k: "path" }>, list: Ir, known: Known): Ir {
    return this.bind(undefined, (slot) => {
      const body = this.name({ k: "name", name: ast.name, from: ast.from, to: ast.to }, known);
      if ((body.op !== "fact" && body.op !== "variable") || body.slot === "household") {
        throw new FeelFault(ast.from, `“${ast.name}”不是成员的量`, "名单后面只能取成员的量");
      }
      const mayBeEmpty = list.type.kind === "members" && list.type.mayBeEmpty;
      return {
        from: ast.from,
        to: ast.to,
        type: { kind: "list", of: body.type, mayBeEmpty },
        op: "project",
        slot,
        list,
        body,
      };
    });
  }

  private filter(ast: Extract<Ast, { k: "filter" }>, known: Known): Ir {
    const list = this.check(ast.list, known);
    if (list.op !== "members") {
      throw new FeelFault(
        ast.from,
        `只能对成员名单筛选，这里是${typeText(list.type)}`,
        "写成 成员[条件].变量，筛选在前、取值在后",
      );
    }
    // FEEL interpreters read a filter that is a bare name or a call as an index, so only comparisons are taken.
    if (!["compare", "between", "in", "and", "or"].includes(ast.condition.k)) {
      const { condition } = ast;
      const name =
        condition.k === "name" ? condition.name : condition.k === "call" ? `${condition.name}(…)` : "…";
      throw new FeelFault(condition.from, `筛选条件不是比较：${name}`, `写成 成员[${name} = true]`);
    }
    return this.bind(undefined, (slot) => {
      const condition = this.boolean(ast.condition, known, "筛选条件");
      return {
        from: ast.from,
        to: ast.to,
        type: { kind: "members", mayBeEmpty: true },
        op: "members",
        filters: [...list.filters, { slot, condition }],
      };
    });
  }

  private quantified(ast: Extract<Ast, { k: "some" | "every" }>, known: Known): Ir {
    const list = this.check(ast.list, known);
    if (list.type.kind !== "members") {
      throw new FeelFault(
        ast.list.from,
        `some/every 只能遍历成员名单，这里是${typeText(list.type)}`,
        "写成 some 人 in 成员 satisfies …",
      );
    }
    if (this.names.find(ast.name) || RESERVED.has(ast.name)) {
      throw new FeelFault(ast.from, `“${ast.name}”已有别的意思`, "换一个称呼，例如 人");
    }
    return this.bind(ast.name, (slot) => {
      const condition = this.boolean(ast.condition, known, "satisfies 后面");
      if (condition.type.nullable) {
        throw new FeelFault(
          ast.condition.from,
          "satisfies 后面的条件可能为空",
          `先排除空，例如 ${ast.name}.量 != null and ${ast.name}.量 > 0`,
        );
      }
      const type: StaticType = { kind: "boolean" };
      return { from: ast.from, to: ast.to, type, op: ast.k, slot, list, condition };
    });
  }

  private list(ast: Extract<Ast, { k: "list" }>, known: Known): Ir {
    const items = ast.items.map((i) => this.check(i, known));
    if (items.length === 0) throw new FeelFault(ast.from, "空列表没有用处", "写上内容或去掉");
    const of = items.slice(1).reduce((t, i) => this.unify(i.from, t, i.type), items[0]!.type);
    return { from: ast.from, to: ast.to, type: { kind: "list", of, mayBeEmpty: false }, op: "items", items };
  }

  private arithmetic(ast: Extract<Ast, { k: "arithmetic" }>, known: Known): Ir {
    const span = { from: ast.from, to: ast.to };
    if (ast.right.k === "duration" && (ast.op === "+" || ast.op === "-")) {
      const a = this.check(ast.left, known);
      if (a.type.kind !== "date") throw new FeelFault(ast.from, "期间只能加在日期上", "左边写日期");
      const sign = ast.op === "-" ? -1 : 1;
      return {
        ...span,
        type: a.type,
        op: "shift",
        a,
        months: sign * ast.right.months,
        days: sign * ast.right.days,
      };
    }
    const a = this.number(ast.left, known, `“${ast.op}”`);
    const b = this.number(ast.right, known, `“${ast.op}”`);
    const ta = a.type as NumberType;
    const tb = b.type as NumberType;
    const mayBeNull = nullable(a, b) ? { nullable: true } : {};
    const folded = ta.literal !== undefined && tb.literal !== undefined;
    switch (ast.op) {
      case "+":
      case "-":
        return { ...span, type: this.unify(ast.from, ta, tb), op: ast.op, a, b };
      case "*": {
        if (ta.dims.yuan !== 0 && tb.dims.yuan !== 0) {
          throw new FeelFault(ast.from, "金额乘以金额没有意义", "其中一边应当是人数、比例或月数");
        }
        const literal = folded ? { literal: fold(ast.from, () => multiply(ta.literal!, tb.literal!)) } : {};
        const type: StaticType = {
          kind: "number",
          dims: combineDims(ta.dims, tb.dims, 1),
          whole: ta.whole && tb.whole,
          ...literal,
          ...mayBeNull,
        };
        return { ...span, type, op: "*", a, b };
      }
      case "/": {
        const safe = (tb.literal !== undefined && tb.literal !== 0) || this.nonZero(ast.right, known);
        if (tb.literal === 0) throw new FeelFault(ast.right.from, "除数是零", "检查公式");
        const type: StaticType = {
          kind: "number",
          dims: combineDims(ta.dims, tb.dims, -1),
          whole: false,
          ...(safe ? mayBeNull : { nullable: true }),
        };
        return { ...span, type, op: "/", a, b };
      }
      case "**": {
        if (typeof tb.literal !== "number" || tb.literal < 0 || tb.literal > 8 || ta.dims.yuan !== 0) {
          throw new FeelFault(
            ast.from,
            "乘方只支持 0 到 8 的整数次方，底数不能是金额",
            "写成连乘，或改用参数",
          );
        }
        const literal =
          ta.literal === undefined
            ? {}
            : { literal: fold(ast.from, () => power(ta.literal!, tb.literal as number)) };
        return {
          ...span,
          type: { kind: "number", dims: COUNT, whole: ta.whole, ...literal, ...mayBeNull },
          op: "power",
          a,
          exponent: tb.literal,
        };
      }
    }
  }

  private nonZero(ast: Ast, known: Known): boolean {
    const key = keyOf(ast);
    if (key !== undefined && known.nonZero.has(key)) return true;
    // A household has at least one member; a filtered list may have none.
    const [only] = ast.k === "call" && ast.name === "count" ? ast.args : [];
    if (only?.k === "name" && only.name === "成员") return true;
    const name =
      ast.k === "name"
        ? ast.name
        : ast.k === "path" && ast.target.k === "name" && ast.target.name === "家庭"
          ? ast.name
          : undefined;
    const declared = name === undefined ? undefined : this.names.find(name);
    return declared?.nonZero === true;
  }

  compare(span: { from: number; to: number }, cmp: CompareOp, a: Ir, b: Ir): Ir {
    const type = this.unify(span.from, a.type, b.type);
    const equality = cmp === "=" || cmp === "!=";
    if (!equality && type.kind !== "number" && type.kind !== "date") {
      throw new FeelFault(span.from, `${typeText(type)}不能比大小`, "用 = 或 !=");
    }
    if (type.kind === "list" || type.kind === "members" || type.kind === "age") {
      throw new FeelFault(span.from, `${typeText(type)}不能直接比较`, "先用 count、sum 等算出一个数");
    }
    const mayBeNull = !equality && nullable(a, b) ? { nullable: true } : {};
    return {
      from: span.from,
      to: span.to,
      type: { kind: "boolean", ...mayBeNull },
      op: "compare",
      cmp,
      a,
      b,
    };
  }

  private tests(
    span: { from: number; to: number },
    value: Ir,
    tests: readonly Test[],
    negated: boolean,
    known: Known,
  ): Ir {
    const checked = tests.map((t): IrTest => {
      if (t.k === "interval") {
        const low = this.check(t.low, known);
        const high = this.check(t.high, known);
        this.compare(t, ">=", value, low);
        this.compare(t, "<=", value, high);
        return { k: "interval", low, high, lowOpen: t.lowOpen, highOpen: t.highOpen };
      }
      if (t.k === "relation") {
        const right = this.check(t.value, known);
        this.compare(t, t.op, value, right);
        return { k: "relation", op: t.op, value: right };
      }
      const items = t.value.k === "list" ? t.value.items : [t.value];
      return {
        k: "oneOf",
        list: items.map((i) => {
          const item = this.check(i, known);
          this.compare(i, "=", value, item);
          return item;
        }),
      };
    });
    const mayBeNull = value.type.nullable && checked.some((t) => t.k !== "oneOf") ? { nullable: true } : {};
    return {
      from: span.from,
      to: span.to,
      type: { kind: "boolean", ...mayBeNull },
      op: "test",
      value,
      tests: checked,
      negated,
    };
  }

  private conditional(ast: Extract<Ast, { k: "if" }>, known: Known): Ir {
    const condition = this.boolean(ast.condition, known, "if 后面");
    if (condition.type.nullable) {
      throw new FeelFault(
        ast.condition.from,
        "条件可能为空，空会被当成“否”",
        "先写明空怎么办，例如 if 死亡日期 = null then … else …",
      );
    }
    const yes = this.check(ast.yes, withKnown(known, learn(ast.condition, true)));
    const no = this.check(ast.no, withKnown(known, learn(ast.condition, false)));
    const type = this.unify(ast.yes.from, yes.type, no.type);
    if (type.kind === "list" || type.kind === "members") {
      throw new FeelFault(ast.from, "if 的结果不能是名单", "先汇总，再判断");
    }
    return { from: ast.from, to: ast.to, type, op: "if", condition, yes, no };
  }
}

function nullable(...irs: readonly Ir[]): boolean {
  return irs.some((ir) => ir.type.nullable === true);
}

/** Arithmetic on numbers written in the formula; what is beyond all measure is a fault of the formula. */
function fold(at: number, compute: () => Num): Num {
  try {
    return compute();
  } catch (error) {
    if (error instanceof DomainError) throw new FeelFault(at, "公式里的数太大", "检查公式里的数和乘方");
    throw error;
  }
}
