import { decimalText, type Num } from "../exact.ts";
import type { Ir, IrTest } from "../feel/ir.ts";
import { typeText } from "../feel/types.ts";
import type { FormulaVersion, ValueType } from "../types.ts";
import { moneyText, valueText } from "../words.ts";
import { chosen, evaluate, hitRow, listValues, type Outcome, Undetermined, type World } from "./evaluate.ts";

/** The formula with its values in it, in Chinese: `家庭月可支配收入（1,200.00 元）÷ 保障人口数（3）`. */
export function working(version: FormulaVersion, world: World): string {
  return words(version.ir, version.text, world, 0);
}

const OPS: Record<string, string> = { "+": "+", "-": "−", "*": "×", "/": "÷", modulo: "除余" };
const COMPARE: Record<string, string> = {
  "=": "等于",
  "!=": "不等于",
  "<": "低于",
  "<=": "不高于",
  ">": "高于",
  ">=": "不低于",
};
const ROUND: Record<string, string> = {
  half_up: "四舍五入",
  half_down: "五舍六入",
  half_even: "四舍六入",
  up: "进位",
  down: "舍去尾数",
  floor: "向下取整",
  ceiling: "向上取整",
};
const STRENGTH: Record<string, number> = {
  or: 1,
  and: 2,
  compare: 3,
  test: 3,
  "+": 4,
  "-": 4,
  modulo: 5,
  "*": 5,
  "/": 5,
};

function words(ir: Ir, text: string, world: World, outer: number): string {
  const say = (x: Ir, level = 0) => words(x, text, world, level);
  const strength = STRENGTH[ir.op] ?? 9;
  const wrap = (s: string) => (strength < outer ? `（${s}）` : s);
  switch (ir.op) {
    case "const":
      return show(ir.value, ir);
    case "fact":
    case "variable":
    case "parameter":
      return `${ir.op === "parameter" && ir.field ? `${ir.name}.${ir.field}` : ir.name}（${show(evaluate(ir, world), ir)}）`;
    case "month":
      return ir.day === "first" ? "本月初" : "本月末";
    case "+":
    case "-":
    case "*":
    case "/":
    case "modulo":
      return wrap(
        `${say(ir.a, strength)} ${OPS[ir.op]} ${say(ir.b, strength + (ir.op === "-" || ir.op === "/" ? 1 : 0))}`,
      );
    case "compare": {
      const word =
        ir.a.type.kind === "number"
          ? COMPARE[ir.cmp]!
          : { "=": "是", "!=": "不是", "<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于" }[ir.cmp];
      if (ir.b.op === "const" && ir.b.value === true && ir.cmp === "=") return say(ir.a, outer);
      return wrap(`${say(ir.a, 4)}${word}${say(ir.b, 4)}`);
    }
    case "and":
    case "or":
      return wrap(`${say(ir.a, strength)}${ir.op === "and" ? "，并且" : "，或者"}${say(ir.b, strength)}`);
    case "not":
      return `并非${say(ir.a, 9)}`;
    case "negate":
      return `−${say(ir.a, 6)}`;
    case "abs":
      return `${say(ir.a, 9)}的绝对值`;
    case "power":
      return `${say(ir.a, 9)}的 ${ir.exponent} 次方`;
    case "round":
      return `${say(ir.a, 9)}${ROUND[ir.mode]}`;
    case "if": {
      const condition = evaluate(ir.condition, world);
      if (condition instanceof Undetermined) return `要先知道：${say(ir.condition)}`;
      const branch = say(condition === true ? ir.yes : ir.no);
      return `${condition === true ? "因为" : "因为不满足“"}${say(ir.condition)}${condition === true ? "" : "”"}，所以：${branch}`;
    }
    case "test":
      return wrap(
        `${say(ir.value, 4)}${ir.negated ? "不" : ""}属于 ${ir.tests.map((t) => testWords(t, say)).join("、")}`,
      );
    case "aggregate":
      return aggregateWords(ir, text, world);
    case "some":
    case "every":
      return `${ir.op === "some" ? "有成员" : "每位成员都"}满足“${text.slice(ir.condition.from, ir.condition.to)}”`;
    case "table": {
      const hit = hitRow(ir, world);
      const row = ir.rows[hit];
      return row ? `适用第 ${hit + 1} 行：${row.text}；${say(row.result)}` : "要先知道表里的各项条件";
    }
    case "datePart":
      return `${say(ir.a)}的${{ year: "年", month: "月", day: "日" }[ir.part]}`;
    case "elapsed":
      return `从${say(ir.start)}到${say(ir.end)}${ir.part === "years" ? "满几年" : "余几个月"}`;
    case "shift":
      return `${say(ir.a)}${ir.months + ir.days < 0 ? "前推" : "后推"} ${ir.days !== 0 ? `${Math.abs(ir.days)} 天` : `${Math.abs(ir.months)} 个月`}`;
    case "members":
    case "project":
    case "items":
      return text.slice(ir.from, ir.to);
  }
}

function testWords(t: IrTest, say: (ir: Ir) => string): string {
  if (t.k === "oneOf") return t.list.map(say).join("、");
  if (t.k === "relation") return `${COMPARE[t.op]}${say(t.value)}`;
  return `${say(t.low)}${t.lowOpen ? "（不含）" : ""}至${say(t.high)}${t.highOpen ? "（不含）" : ""}`;
}

const AGGREGATE: Record<string, string> = {
  sum: "之和",
  min: "中最小的",
  max: "中最大的",
  mean: "的平均",
  count: "的个数",
};

function aggregateWords(ir: Extract<Ir, { op: "aggregate" }>, text: string, world: World): string {
  if ("args" in ir.items) {
    const parts = ir.items.args.map((a) => words(a, text, world, 0)).join("；");
    return `“${parts}”${AGGREGATE[ir.fn]}`;
  }
  const { list } = ir.items;
  if (list.op === "members") {
    const members = chosen(list, world);
    const who =
      list.filters.length > 0
        ? `满足“${list.filters.map((f) => text.slice(f.condition.from, f.condition.to)).join("、")}”的成员`
        : "成员";
    return `${who}人数（${members instanceof Undetermined ? "尚不能确定" : members.length}）`;
  }
  const values = listValues(list, world);
  const shown =
    values instanceof Undetermined
      ? "尚不能确定"
      : values.map((v) => show(v, list.op === "project" ? list.body : ir)).join("、");
  return `各${text.slice(list.from, list.to)}${AGGREGATE[ir.fn]}（${shown || "没有成员"}）`;
}

function show(value: Outcome, ir: Ir): string {
  if (value instanceof Undetermined) return "未知";
  const { type } = ir;
  if (type.kind === "number" && typeof value !== "string" && typeof value !== "boolean" && value !== null) {
    return type.dims.yuan === 1 ? `${moneyText(value)} 元` : decimalText(value as Num);
  }
  const kind: ValueType = type.kind === "date" ? "date" : type.kind === "boolean" ? "boolean" : "text";
  return type.kind === "null" ? "空" : value === null ? "无" : valueText(value, kind) || typeText(type);
}
