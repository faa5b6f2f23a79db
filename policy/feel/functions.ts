import { multiply, type Num, power, type RoundingMode, ratio } from "../exact.ts";
import { COUNT } from "../units.ts";
import { type Ast, FeelFault } from "./ast.ts";
import type { Checker } from "./check.ts";
import type { Aggregate, Ir } from "./ir.ts";
import type { Known } from "./knowledge.ts";
import { type NumberType, type StaticType, typeText } from "./types.ts";

type Call = Extract<Ast, { k: "call" }>;

const ROUNDING: Record<string, RoundingMode> = {
  "round half up": "half_up",
  "round half down": "half_down",
  "round up": "up",
  "round down": "down",
  floor: "floor",
  ceiling: "ceiling",
  decimal: "half_even",
};

/** The functions of a formula, as an author writes them and in his words. */
export const FUNCTIONS: readonly { readonly name: string; readonly use: string; readonly does: string }[] = [
  { name: "count", use: "count(成员[条件])", does: "有几位" },
  { name: "sum", use: "sum(成员.月收入)", does: "合计" },
  { name: "min", use: "min(甲, 乙)", does: "取低的" },
  { name: "max", use: "max(甲, 乙)", does: "取高的" },
  { name: "mean", use: "mean(成员.月收入)", does: "平均" },
  { name: "abs", use: "abs(数)", does: "去掉负号" },
  { name: "not", use: "not(条件)", does: "不符合时为是" },
  { name: "modulo", use: "modulo(甲, 乙)", does: "余数" },
  { name: "round half up", use: "round half up(数, 位数)", does: "四舍五入" },
  { name: "round half down", use: "round half down(数, 位数)", does: "五舍六入" },
  { name: "round up", use: "round up(数, 位数)", does: "离开零进位" },
  { name: "round down", use: "round down(数, 位数)", does: "向零舍去" },
  { name: "floor", use: "floor(数)", does: "舍到整数" },
  { name: "ceiling", use: "ceiling(数)", does: "进到整数" },
  { name: "decimal", use: "decimal(数, 位数)", does: "四舍六入五成双" },
  { name: "date", use: 'date("2024-07-01")', does: "日期" },
  {
    name: "years and months duration",
    use: "years and months duration(出生日期, 本月末).years",
    does: "满几周岁",
  },
];

const SUPPORTED = FUNCTIONS.map((f) => f.name).join("、");

const INSTEAD: Record<string, string> = {
  round: "写明怎么取：round half up(数, 位数)、round up(数, 位数)、round down(数, 位数)",
  now: "规则不看时钟，用 本月、本月初、本月末",
  today: "规则不看时钟，用 本月、本月初、本月末",
  average: "求平均写 mean",
  all: "写成 every 人 in 成员 satisfies …",
  any: "写成 some 人 in 成员 satisfies …",
  if: "写成 if 条件 then 甲 else 乙",
};

/** Checks a call of one of the supported functions. */
export function checkCall(checker: Checker, ast: Call, known: Known): Ir {
  const mode = ROUNDING[ast.name];
  if (mode) return rounding(checker, ast, mode, known);
  switch (ast.name) {
    case "count":
    case "sum":
    case "min":
    case "max":
    case "mean":
      return aggregate(checker, ast, ast.name, known);
    case "not": {
      const a = checker.boolean(argument(ast, 0, 1), known, "not");
      return { from: ast.from, to: ast.to, type: a.type, op: "not", a };
    }
    case "abs": {
      const a = checker.number(argument(ast, 0, 1), known, "abs");
      return { from: ast.from, to: ast.to, type: withoutLiteral(a.type as NumberType), op: "abs", a };
    }
    case "modulo": {
      const a = checker.number(argument(ast, 0, 2), known, "modulo");
      const b = checker.number(argument(ast, 1, 2), known, "modulo");
      const type = checker.unify(ast.from, a.type, b.type);
      const literal = (b.type as NumberType).literal;
      const safe = literal !== undefined && literal !== 0;
      return {
        from: ast.from,
        to: ast.to,
        type: safe ? type : { ...type, nullable: true },
        op: "modulo",
        a,
        b,
      };
    }
    case "years and months duration":
      return elapsed(checker, ast, known);
    default:
      throw new FeelFault(
        ast.from,
        `不支持函数 ${ast.name}`,
        INSTEAD[ast.name] ?? `可用的函数：${SUPPORTED}`,
      );
  }
}

function argument(ast: Call, index: number, count: number): Ast {
  if (ast.args.length !== count) {
    throw new FeelFault(
      ast.from,
      `${ast.name} 要 ${count} 个参数，这里有 ${ast.args.length} 个`,
      "补上或去掉多余的参数",
    );
  }
  return ast.args[index]!;
}

function withoutLiteral(t: NumberType): NumberType {
  return { kind: "number", dims: t.dims, whole: t.whole, ...(t.nullable ? { nullable: true } : {}) };
}

function rounding(checker: Checker, ast: Call, mode: RoundingMode, known: Known): Ir {
  const scaleOptional = ast.name === "floor" || ast.name === "ceiling";
  const count = scaleOptional && ast.args.length === 1 ? 1 : 2;
  const a = checker.number(argument(ast, 0, count), known, ast.name);
  const t = a.type as NumberType;
  const scale =
    count === 2 ? (checker.number(argument(ast, 1, 2), known, "位数").type as NumberType).literal : 0;
  if (typeof scale !== "number" || scale < -4 || scale > 6) {
    throw new FeelFault(
      ast.from,
      `${ast.name} 的位数要写成 −4 到 6 的整数`,
      "例如 round half up(数, 2) 保留到分",
    );
  }
  // Places are places of a yuan for money (base unit 分), of the number itself otherwise.
  const one: Num = t.dims.yuan === 1 ? 100 : 1;
  const step = multiply(one, scale >= 0 ? ratio(1n, 10n ** BigInt(scale)) : power(10, -scale));
  const whole = t.dims.yuan === 1 ? scale <= 2 : scale <= 0;
  const type: StaticType = { kind: "number", dims: t.dims, whole, ...(t.nullable ? { nullable: true } : {}) };
  return { from: ast.from, to: ast.to, type, op: "round", a, mode, step };
}

function aggregate(checker: Checker, ast: Call, fn: Aggregate, known: Known): Ir {
  const span = { from: ast.from, to: ast.to };
  if (ast.args.length === 0) throw new FeelFault(ast.from, `${fn} 括号里是空的`, `例如 ${fn}(成员.变量)`);
  const args = ast.args.map((x) => checker.check(x, known));
  const [first] = args;
  if (args.length === 1 && first && (first.type.kind === "members" || first.type.kind === "list")) {
    if (fn === "count") return { ...span, type: countType(), op: "aggregate", fn, items: { list: first } };
    if (first.type.kind === "members") {
      throw new FeelFault(ast.from, `${fn} 不能直接用在名单上`, `取成员的一个量，例如 ${fn}(成员.变量)`);
    }
    const of = first.type.of;
    if (of.kind !== "number")
      throw new FeelFault(ast.from, `${fn} 要用数，这里是${typeText(of)}`, "检查取的是哪个量");
    const mayBeNull = first.type.mayBeEmpty || of.nullable ? { nullable: true } : {};
    const type: StaticType = {
      kind: "number",
      dims: of.dims,
      whole: of.whole && fn !== "mean",
      ...mayBeNull,
    };
    return { ...span, type, op: "aggregate", fn, items: { list: first } };
  }
  if (fn === "count") throw new FeelFault(ast.from, "count 要用名单", "例如 count(成员[条件])");
  for (const a of args) {
    if (a.type.kind !== "number")
      throw new FeelFault(a.from, `${fn} 要用数，这里是${typeText(a.type)}`, "检查参数");
  }
  const type = args.slice(1).reduce((t, a) => checker.unify(a.from, t, a.type), args[0]!.type);
  const result: StaticType = {
    ...withoutLiteral(type as NumberType),
    whole: (type as NumberType).whole && fn !== "mean",
  };
  return { ...span, type: result, op: "aggregate", fn, items: { args } };
}

function countType(): StaticType {
  return { kind: "number", dims: COUNT, whole: true };
}

function elapsed(checker: Checker, ast: Call, known: Known): Ir {
  const start = checker.check(argument(ast, 0, 2), known);
  const end = checker.check(argument(ast, 1, 2), known);
  for (const d of [start, end]) {
    if (d.type.kind !== "date")
      throw new FeelFault(
        d.from,
        `这里要用日期，现在是${typeText(d.type)}`,
        "例如 years and months duration(出生日期, 本月末).years",
      );
  }
  const mayBeNull = start.type.nullable || end.type.nullable ? { nullable: true } : {};
  return {
    from: ast.from,
    to: ast.to,
    type: { kind: "age", ...mayBeNull },
    op: "elapsed",
    part: "years",
    start,
    end,
  };
}
