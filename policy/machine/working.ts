import type { CompareOp } from "../feel/ast.ts";
import type { Ir, IrTest } from "../feel/ir.ts";
import type { FormulaVersion, ValueType } from "../types.ts";
import { valueText } from "../words.ts";
import { chosen, evaluate, hitRow, listValues, type Outcome, Undetermined, type World } from "./evaluate.ts";

/** The formula with its values in it, in Chinese: `家庭月可支配收入（1,200.00 元）÷ 共同生活人数（3 人）`. */
export function working(version: FormulaVersion, world: World): string {
  return new Teller(version.text, world).top(version.ir);
}

type If = Extract<Ir, { op: "if" }>;

const OPS: Record<string, string> = { "+": " + ", "-": " − ", "*": " × ", "/": " ÷ ", modulo: " 除余 " };
const AMOUNTS: Record<CompareOp, string> = {
  "=": "等于",
  "!=": "不等于",
  "<": "低于",
  "<=": "不高于",
  ">": "高于",
  ">=": "不低于",
};
const DATES: Record<CompareOp, string> = {
  "=": "是",
  "!=": "不是",
  "<": "早于",
  "<=": "不晚于",
  ">": "晚于",
  ">=": "不早于",
};
const INVERSE: Record<CompareOp, CompareOp> = {
  "=": "!=",
  "!=": "=",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};
const ROUND: Record<string, string> = {
  half_up: "四舍五入",
  half_down: "五舍六入",
  half_even: "四舍六入五成双",
  up: "进位",
  down: "舍去尾数",
  floor: "向下取整",
  ceiling: "向上取整",
};
const AGGREGATE: Record<string, string> = { sum: "合计", min: "中最小的", max: "中最大的", mean: "的平均" };
const STRENGTH: Record<string, number> = {
  if: 0,
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

class Teller {
  private readonly text: string;
  private readonly world: World;

  constructor(text: string, world: World) {
    this.text = text;
    this.world = world;
  }

  /** A chain of if … else reads as “因为…，按…”. */
  top(ir: Ir): string {
    if (ir.op !== "if") return ir.type.kind === "boolean" ? this.state(ir) : this.say(ir, 0);
    const reasons: string[] = [];
    let at: Ir = ir;
    while (at.op === "if") {
      const holds = evaluate(at.condition, this.world);
      if (holds instanceof Undetermined) return `要先知道：${this.say(at.condition, 0)}`;
      reasons.push(this.because(at.condition, holds === true));
      at = holds === true ? at.yes : at.no;
    }
    const named = at.type.kind === "boolean" && "name" in at ? `所以看 ${this.say(at, 0)}` : undefined;
    const whole = at.type.kind === "boolean" && at.op !== "const" ? `所以看：${this.state(at)}` : undefined;
    const end = named ?? whole ?? `所以是 ${this.say(at, 0)}`;
    return `因为${reasons.join("，")}，${end}`;
  }

  /** Each part of a condition as it really came out, met or not. */
  private state(ir: Ir): string {
    if (ir.op === "and" || ir.op === "or") return `${this.state(ir.a)}，${this.state(ir.b)}`;
    const truth = evaluate(ir, this.world);
    return truth instanceof Undetermined ? `${this.say(ir, 0)}：未知` : this.because(ir, truth === true);
  }

  private say(ir: Ir, outer: number): string {
    const strength = STRENGTH[ir.op] ?? 9;
    const wrap = (s: string) => (strength < outer ? `（${s}）` : s);
    switch (ir.op) {
      case "const":
        return this.show(ir.value, ir);
      case "fact":
      case "variable":
      case "parameter":
        return `${ir.op === "parameter" && ir.field ? `${ir.name}·${ir.field}` : ir.name}（${this.show(evaluate(ir, this.world), ir, ir.name)}）`;
      case "month":
        return ir.day === "first" ? "本月初" : "本月末";
      case "+":
      case "-":
      case "*":
      case "/":
      case "modulo":
        return wrap(
          `${this.say(ir.a, strength)}${OPS[ir.op]}${this.say(ir.b, strength + (ir.op === "-" || ir.op === "/" ? 1 : 0))}`,
        );
      case "compare":
        return wrap(this.comparison(ir, true));
      case "and":
      case "or":
        return wrap(
          `${this.say(ir.a, strength)}${ir.op === "and" ? "，并且" : "，或者"}${this.say(ir.b, strength)}`,
        );
      case "not":
        return `并非“${this.say(ir.a, 0)}”`;
      case "negate":
        return `−${this.say(ir.a, 6)}`;
      case "abs":
        return `${this.say(ir.a, 9)}的绝对值`;
      case "power":
        return `${this.say(ir.a, 9)}的 ${ir.exponent} 次方`;
      case "round":
        return `${this.say(ir.a, 9)}${ROUND[ir.mode]}`;
      case "if":
        return this.nested(ir);
      case "test":
        return wrap(this.membership(ir, true));
      case "aggregate":
        return this.aggregate(ir);
      case "some":
      case "every":
        return this.quantified(ir, true);
      case "table":
        return this.table(ir);
      case "datePart":
        return `${this.say(ir.a, 9)}的${{ year: "年", month: "月", day: "日" }[ir.part]}`;
      case "elapsed":
        return `从${this.say(ir.start, 9)}到${this.say(ir.end, 9)}的${ir.part === "years" ? "整年数" : "零头月数"}`;
      case "shift": {
        const back = ir.months + ir.days < 0;
        const length = ir.days !== 0 ? `${Math.abs(ir.days)} 天` : `${Math.abs(ir.months)} 个月`;
        return `${this.say(ir.a, 9)}${back ? "之前" : "之后"} ${length}`;
      }
      case "members":
      case "project":
      case "items":
        return this.source(ir);
    }
  }

  /** The condition as it came out: `年龄（44 岁）不低于 16`, `渐退期内为否`. */
  private because(ir: Ir, truth: boolean): string {
    switch (ir.op) {
      case "compare":
        return this.comparison(ir, truth);
      case "test":
        return this.membership(ir, truth);
      case "not":
        return this.because(ir.a, !truth);
      case "and":
      case "or": {
        // One part settles it: the first false of an “and”, the first true of an “or”.
        const settles = ir.op === "or";
        if (truth === settles) {
          const part = evaluate(ir.a, this.world) === settles ? ir.a : ir.b;
          return this.because(part, truth);
        }
        return `${this.because(ir.a, truth)}，并且${this.because(ir.b, truth)}`;
      }
      case "variable":
      case "fact":
      case "parameter":
        return `${ir.name}为${truth ? "是" : "否"}`;
      case "some":
      case "every":
        return this.quantified(ir, truth);
      default:
        return truth ? this.say(ir, 0) : `不满足“${this.say(ir, 0)}”`;
    }
  }

  private comparison(ir: Extract<Ir, { op: "compare" }>, truth: boolean): string {
    const numeric = ir.a.type.kind === "number";
    if (
      ir.b.op === "const" &&
      typeof ir.b.value === "boolean" &&
      (ir.cmp === "=" || ir.cmp === "!=") &&
      "name" in ir.a
    ) {
      return `${ir.a.name}为${this.show(evaluate(ir.a, this.world), ir.a)}`;
    }
    const cmp = truth ? ir.cmp : INVERSE[ir.cmp];
    const left = this.say(ir.a, 4);
    const right =
      ir.b.op === "const" && ir.b.type.kind === "text" ? `“${this.say(ir.b, 4)}”` : this.say(ir.b, 4);
    return `${left}${(numeric ? AMOUNTS : DATES)[cmp]}${right}`;
  }

  private membership(ir: Extract<Ir, { op: "test" }>, truth: boolean): string {
    const tests = ir.tests.map((t) => this.test(t)).join("、");
    return `${this.say(ir.value, 4)}${truth === ir.negated ? "不" : ""}属于“${tests}”`;
  }

  private test(t: IrTest): string {
    if (t.k === "oneOf") return t.list.map((i) => this.say(i, 0)).join("、");
    if (t.k === "relation") return `${AMOUNTS[t.op]}${this.say(t.value, 4)}`;
    return `${this.say(t.low, 4)}${t.lowOpen ? "（不含）" : ""}至${this.say(t.high, 4)}${t.highOpen ? "（不含）" : ""}`;
  }

  /** An if inside a formula: the part that applies, then why. */
  private nested(ir: If): string {
    const holds = evaluate(ir.condition, this.world);
    if (holds instanceof Undetermined) return `（要先知道：${this.say(ir.condition, 0)}）`;
    return `${this.say(holds === true ? ir.yes : ir.no, 9)}（因${this.because(ir.condition, holds === true)}）`;
  }

  private aggregate(ir: Extract<Ir, { op: "aggregate" }>): string {
    if ("args" in ir.items) {
      const parts = ir.items.args.map((a) => this.say(a, 0));
      const word = parts.length === 2 ? { max: "中较大的", min: "中较小的" }[ir.fn as "max"] : undefined;
      return `（${parts.join(parts.length === 2 ? " 与 " : "；")}）${word ?? AGGREGATE[ir.fn]}`;
    }
    const { list } = ir.items;
    if (list.op === "members") {
      const members = chosen(list, this.world);
      const count = members instanceof Undetermined ? "尚不能确定" : `${members.length}`;
      const who = list.filters.map((f) => this.plainCondition(f.condition));
      return `${who.length > 0 ? `${who.join("、")}的` : ""}成员人数（${count}）`;
    }
    const values = listValues(list, this.world);
    const name = list.op === "project" && "name" in list.body ? list.body.name : this.source(list);
    const each =
      values instanceof Undetermined
        ? "尚不能确定"
        : values.map((v) => this.show(v, list.op === "project" ? list.body : ir, name)).join("、");
    return `各成员的${name}${AGGREGATE[ir.fn]}（${each || "没有成员"}）`;
  }

  private table(ir: Extract<Ir, { op: "table" }>): string {
    const hit = hitRow(ir, this.world);
    const row = ir.rows[hit];
    if (!row) return "要先知道表里的各项条件";
    const why = row.conditions.map((c) => this.because(c, true)).join("，");
    return `${why ? `因为${why}，` : ""}按表的第 ${hit + 1} 行，是 ${this.say(row.result, 0)}`;
  }

  /** Which members meet the condition, by their place in the list: names are not the rules' to know. */
  private quantified(ir: Extract<Ir, { op: "some" | "every" }>, truth: boolean): string {
    const what = `“${this.plainCondition(ir.condition)}”`;
    if (ir.op === "every") return truth ? `每位成员都满足${what}` : `不是每位成员都满足${what}`;
    if (!truth) return `没有成员满足${what}`;
    const members = chosen(ir.list, this.world);
    if (members instanceof Undetermined) return `有成员满足${what}`;
    const hits = members.filter((m) => {
      this.world.slots[ir.slot] = m;
      return evaluate(ir.condition, this.world) === true;
    });
    return `${hits.map((m) => `第 ${m + 1} 位`).join("、")}成员满足${what}`;
  }

  /** A condition on members without its values: `保障对象为是、停发本人份额为否`. */
  private plainCondition(ir: Ir): string {
    return this.source(ir)
      .replace(/[\p{L}_][\p{L}\p{N}_]*\.(?=\p{L})/gu, "")
      .replaceAll(" = true", "为是")
      .replaceAll(" = false", "为否")
      .replaceAll(" and ", "、")
      .replaceAll(" or ", "或");
  }

  private source(ir: Ir): string {
    return this.text.slice(ir.from, ir.to);
  }

  private show(value: Outcome, ir: Ir, name?: string): string {
    if (value instanceof Undetermined) return "未知";
    const { type } = ir;
    const unit = name === undefined ? undefined : this.world.unitOf(name);
    if (type.kind === "null") return "空";
    const kind: ValueType =
      type.kind === "number"
        ? type.dims.yuan === 1
          ? "money"
          : "number"
        : type.kind === "date" || type.kind === "boolean"
          ? type.kind
          : "text";
    return valueText(value, kind, unit);
  }
}
