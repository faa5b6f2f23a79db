import { DomainError } from "@wuxin/kernel";
import { multiply, type Num, power } from "../exact.ts";
import { COUNT, combineDims } from "../units.ts";
import { type Ast, type CompareOp, FeelFault, type Test } from "./ast.ts";
import type { Checker } from "./check.ts";
import type { Ir, IrTest } from "./ir.ts";
import { type Known, keyOf, learn, withKnown } from "./knowledge.ts";
import { type NumberType, type StaticType, typeText } from "./types.ts";

/** Arithmetic with its units, comparisons, tests and if. */

export function checkArithmetic(checker: Checker, ast: Extract<Ast, { k: "arithmetic" }>, known: Known): Ir {
  const span = { from: ast.from, to: ast.to };
  if (ast.right.k === "duration" && (ast.op === "+" || ast.op === "-")) {
    const a = checker.check(ast.left, known);
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
  const a = checker.number(ast.left, known, `“${ast.op}”`);
  const b = checker.number(ast.right, known, `“${ast.op}”`);
  const ta = a.type as NumberType;
  const tb = b.type as NumberType;
  const mayBeNull = nullable(a, b) ? { nullable: true } : {};
  const folded = ta.literal !== undefined && tb.literal !== undefined;
  switch (ast.op) {
    case "+":
    case "-":
      return { ...span, type: checker.unify(ast.from, ta, tb), op: ast.op, a, b };
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
      const safe = (tb.literal !== undefined && tb.literal !== 0) || isNonZero(checker, ast.right, known);
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
        throw new FeelFault(ast.from, "乘方只支持 0 到 8 的整数次方，底数不能是金额", "写成连乘，或改用参数");
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

export function isNonZero(checker: Checker, ast: Ast, known: Known): boolean {
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
  const declared = name === undefined ? undefined : checker.names.find(name);
  return declared?.nonZero === true;
}

/** One comparison; also used to check that a test fits the value it is put to. */
export function checkComparison(
  checker: Checker,
  span: { from: number; to: number },
  cmp: CompareOp,
  a: Ir,
  b: Ir,
): Ir {
  const type = checker.unify(span.from, a.type, b.type);
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

export function checkTests(
  checker: Checker,
  span: { from: number; to: number },
  value: Ir,
  tests: readonly Test[],
  negated: boolean,
  known: Known,
): Ir {
  const checked = tests.map((t): IrTest => {
    if (t.k === "interval") {
      const low = checker.check(t.low, known);
      const high = checker.check(t.high, known);
      checkComparison(checker, t, ">=", value, low);
      checkComparison(checker, t, "<=", value, high);
      return { k: "interval", low, high, lowOpen: t.lowOpen, highOpen: t.highOpen };
    }
    if (t.k === "relation") {
      const right = checker.check(t.value, known);
      checkComparison(checker, t, t.op, value, right);
      return { k: "relation", op: t.op, value: right };
    }
    const items = t.value.k === "list" ? t.value.items : [t.value];
    return {
      k: "oneOf",
      list: items.map((i) => {
        const item = checker.check(i, known);
        checkComparison(checker, i, "=", value, item);
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

export function checkConditional(checker: Checker, ast: Extract<Ast, { k: "if" }>, known: Known): Ir {
  const condition = checker.boolean(ast.condition, known, "if 后面");
  if (condition.type.nullable) {
    throw new FeelFault(
      ast.condition.from,
      "条件可能为空，空会被当成“否”",
      "先写明空怎么办，例如 if 死亡日期 = null then … else …",
    );
  }
  const yes = checker.check(ast.yes, withKnown(known, learn(ast.condition, true)));
  const no = checker.check(ast.no, withKnown(known, learn(ast.condition, false)));
  const type = checker.unify(ast.yes.from, yes.type, no.type);
  if (type.kind === "list" || type.kind === "members") {
    throw new FeelFault(ast.from, "if 的结果不能是名单", "先汇总，再判断");
  }
  return { from: ast.from, to: ast.to, type, op: "if", condition, yes, no };
}

export function nullable(...irs: readonly Ir[]): boolean {
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
