import { isIsoDate } from "@wuxin/kernel";
import { parser } from "lezer-feel";
import { type Ast, type CellTests, type CompareOp, FeelFault, type Test } from "./ast.ts";
import { unsupported } from "./unsupported.ts";

type SyntaxNode = ReturnType<ReturnType<typeof parser.parse>["topNode"]["cursor"]>["node"];

/** Longer or deeper texts are refused: no rule needs them, and nothing typed in may exhaust the machine. */
const LONGEST = 8_000;
const DEEPEST = 120;

const expressions = parser.configure({ top: "Expression" });
const unaryTests = parser.configure({ top: "UnaryTests" });

/** FEEL text → syntax tree of the supported part. Throws `FeelFault` with the first fault. */
export function parseExpression(text: string): Ast {
  const top = guarded(text, expressions);
  const child = only(text, top);
  return new Reader(text).expression(child, 0);
}

/** The cell of a decision table (FEEL unary tests): `-`, `[80..90)`, `>= 100`, `"城市", "农村"`, `not("一级")`. */
export function parseCell(text: string): CellTests {
  const top = guarded(text, unaryTests);
  const reader = new Reader(text);
  const children = meaningful(top);
  const span = { from: 0, to: text.length };
  if (children[0]?.name === "Wildcard") return { ...span, any: true, negated: false, tests: [] };
  const negated = children[0]?.name === "not";
  const body = children.find((c) => c.name === "PositiveUnaryTests");
  if (!body)
    throw new FeelFault(0, "这一格是空的或不是条件", '写成 "[80..90)"、">= 100"、\'"城市"\'，任意值写 "-"');
  return { ...span, any: false, negated, tests: meaningful(body).map((t) => reader.test(t, 0)) };
}

/** Characters an input method easily leaves behind, and what FEEL wants instead (full-width ASCII is handled by code). */
const LOOKALIKE: Record<string, string> = {
  "、": ",",
  "—": "-",
  "×": "*",
  "÷": "/",
  "≥": ">=",
  "≤": "<=",
  "≠": "!=",
  "“": '"',
  "”": '"',
  "‘": '"',
  "’": '"',
  "。": ".",
  "【": "[",
  "】": "]",
};

function halfWidth(ch: string): string | undefined {
  const code = ch.charCodeAt(0);
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : LOOKALIKE[ch];
}

function guarded(text: string, using: typeof expressions): SyntaxNode {
  if (text.trim() === "")
    throw new FeelFault(0, "公式是空的", "写上公式，例如 家庭月可支配收入 / 保障人口数");
  if (text.length > LONGEST) {
    throw new FeelFault(0, `公式超过 ${LONGEST} 个字符`, "拆成几个变量，每个变量一条公式");
  }
  let inString = false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const ch = text[i]!;
    if (ch === "\\" && inString) i++;
    else if (ch === '"') inString = !inString;
    else if (!inString) {
      const half = halfWidth(ch);
      if (half) throw new FeelFault(i, `公式里有全角符号“${ch}”`, `改成半角“${half}”`);
      if (ch === "(" || ch === "[" || ch === "{") depth++;
      if (ch === ")" || ch === "]" || ch === "}") depth--;
      if (depth > DEEPEST) throw new FeelFault(i, `括号超过 ${DEEPEST} 层`, "拆成几个变量");
    }
  }
  const tree = using.parse(text);
  let fault: number | undefined;
  tree.iterate({
    enter(node) {
      if (node.type.isError && fault === undefined) fault = node.from;
      return fault === undefined;
    },
  });
  if (fault !== undefined) throw syntaxFault(text, fault);
  return tree.topNode;
}

function syntaxFault(text: string, at: number): FeelFault {
  const rest = text.slice(at).trimStart();
  const found = rest === "" ? "公式到这里就断了" : `公式在“${rest.slice(0, 12)}”处读不下去`;
  if (/^(&&|\|\|)/.test(rest)) return new FeelFault(at, found, "“并且”写 and，“或者”写 or");
  if (/^%/.test(rest))
    return new FeelFault(at, found, "百分数写进 parameters.yaml（unit: %），公式里用参数的名字");
  if (/\bif\b/.test(text) && !/\belse\b/.test(text)) {
    return new FeelFault(at, found, "if 必须写全：if 条件 then 甲 else 乙");
  }
  return new FeelFault(at, found, "检查括号是否成对、运算符两边是否都有内容");
}

function meaningful(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== "LineComment" && child.name !== "BlockComment") children.push(child);
  }
  return children;
}

function only(text: string, top: SyntaxNode): SyntaxNode {
  const children = meaningful(top);
  const [first, second] = children;
  if (!first) throw new FeelFault(0, "公式是空的", "写上公式");
  if (second) throw syntaxFault(text, second.from);
  return first;
}

class Reader {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  source(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }

  expression(node: SyntaxNode, depth: number): Ast {
    if (depth > DEEPEST) throw new FeelFault(node.from, `公式嵌套超过 ${DEEPEST} 层`, "拆成几个变量");
    const span = { from: node.from, to: node.to };
    const parts = meaningful(node);
    const sub = (n: SyntaxNode): Ast => this.expression(n, depth + 1);
    switch (node.name) {
      case "ParenthesizedExpression": {
        const inner = parts.filter((p) => p.name !== "(" && p.name !== ")");
        if (inner.length !== 1) throw new FeelFault(node.from, "括号里应当正好是一个式子", "去掉多余的逗号");
        return sub(inner[0]!);
      }
      case "NumericLiteral":
        return { ...span, k: "number", text: this.source(node).replace(/\s+/g, "") };
      case "StringLiteral":
        return { ...span, k: "string", value: this.string(node) };
      case "BooleanLiteral":
        return { ...span, k: "boolean", value: this.source(node) === "true" };
      case "null":
        return { ...span, k: "null" };
      case "VariableName":
        return { ...span, k: "name", name: this.name(node) };
      case "DateTimeLiteral":
        return this.dateLiteral(node, parts);
      case "PathExpression": {
        const [target, , name] = parts;
        return { ...span, k: "path", target: sub(target!), name: this.source(name!).trim() };
      }
      case "FilterExpression":
        return { ...span, k: "filter", list: sub(parts[0]!), condition: sub(parts[2]!) };
      case "FunctionInvocation":
        return this.call(node, parts, depth);
      case "ArithmeticExpression":
        return this.arithmetic(node, parts, depth);
      case "Comparison":
        return this.comparison(node, parts, depth);
      case "Conjunction":
      case "Disjunction":
        return {
          ...span,
          k: node.name === "Conjunction" ? "and" : "or",
          left: sub(parts[0]!),
          right: sub(parts[2]!),
        };
      case "IfExpression": {
        const [, condition, , then, , otherwise] = parts;
        return { ...span, k: "if", condition: sub(condition!), yes: sub(then!), no: sub(otherwise!) };
      }
      case "QuantifiedExpression":
        return this.quantified(node, parts, depth);
      case "List":
        return { ...span, k: "list", items: parts.filter((p) => !/^[[\],]$/.test(p.name)).map(sub) };
      default:
        throw unsupported(node.name, node.from, this.source(node));
    }
  }

  test(node: SyntaxNode, depth: number): Test {
    const span = { from: node.from, to: node.to };
    const [first, second] = meaningful(node);
    if (node.name === "PositiveUnaryTest" || node.name === "SimplePositiveUnaryTest") {
      if (!first) throw syntaxFault(this.text, node.from);
      if (first.name === "CompareOp" && second) {
        return {
          ...span,
          k: "relation",
          op: this.compareOp(first),
          value: this.expression(second, depth + 1),
        };
      }
      return this.test(first, depth + 1);
    }
    if (node.name === "Interval") {
      const [open, low, , high, close] = meaningful(node);
      return {
        ...span,
        k: "interval",
        low: this.expression(low!, depth + 1),
        high: this.expression(high!, depth + 1),
        lowOpen: this.source(open!) !== "[",
        highOpen: this.source(close!) !== "]",
      };
    }
    return { ...span, k: "value", value: this.expression(node, depth + 1) };
  }

  private call(node: SyntaxNode, parts: SyntaxNode[], depth: number): Ast {
    const name = this.source(parts[0]!).replace(/\s+/g, " ");
    const named = parts.find((p) => p.name === "NamedParameters");
    if (named) throw new FeelFault(named.from, "带名字的参数不支持", "按顺序写参数，例如 max(甲, 乙)");
    const list = parts.find((p) => p.name === "PositionalParameters");
    const args = list ? meaningful(list).filter((p) => p.name !== ",") : [];
    return {
      from: node.from,
      to: node.to,
      k: "call",
      name,
      args: args.map((a) => this.expression(a, depth + 1)),
    };
  }

  private arithmetic(node: SyntaxNode, parts: SyntaxNode[], depth: number): Ast {
    const span = { from: node.from, to: node.to };
    if (parts.length === 2) return { ...span, k: "negate", operand: this.expression(parts[1]!, depth + 1) };
    const op = this.source(parts[1]!) as "+" | "-" | "*" | "/" | "**";
    return {
      ...span,
      k: "arithmetic",
      op,
      left: this.expression(parts[0]!, depth + 1),
      right: this.expression(parts[2]!, depth + 1),
    };
  }

  private comparison(node: SyntaxNode, parts: SyntaxNode[], depth: number): Ast {
    const span = { from: node.from, to: node.to };
    const left = this.expression(parts[0]!, depth + 1);
    const word = parts[1]!;
    if (word.name === "between") {
      return {
        ...span,
        k: "between",
        value: left,
        low: this.expression(parts[2]!, depth + 1),
        high: this.expression(parts[4]!, depth + 1),
      };
    }
    if (word.name === "in") {
      const list = parts.find((p) => p.name === "PositiveUnaryTests");
      const tests = list ? meaningful(list).filter((p) => p.name !== ",") : [parts[2]!];
      return { ...span, k: "in", value: left, tests: tests.map((t) => this.test(t, depth + 1)) };
    }
    if (parts[2]?.name === "SimplePositiveUnaryTest") {
      throw new FeelFault(
        word.from,
        `比较符“${this.text.slice(word.from, parts[2].from + 1)}”不对`,
        "相等只写一个 =，不等写 !=",
      );
    }
    return {
      ...span,
      k: "compare",
      op: this.compareOp(word),
      left,
      right: this.expression(parts[2]!, depth + 1),
    };
  }

  private compareOp(node: SyntaxNode): CompareOp {
    const op = this.source(node);
    if (op === "=" || op === "!=" || op === "<" || op === "<=" || op === ">" || op === ">=") return op;
    throw new FeelFault(node.from, `不认识比较符“${op}”`, "用 = != < <= > >=");
  }

  private quantified(node: SyntaxNode, parts: SyntaxNode[], depth: number): Ast {
    const [word, bindings, , condition] = parts;
    const inner = bindings ? meaningful(bindings).filter((p) => p.name === "InExpression") : [];
    if (inner.length !== 1) {
      throw new FeelFault(
        node.from,
        "some/every 一次只能遍历一个名单",
        "例如 some 人 in 成员 satisfies 人.年龄 >= 60",
      );
    }
    const [name, , context] = meaningful(inner[0]!);
    const list = context ? meaningful(context)[0] : undefined;
    if (!name || !list || !condition) throw syntaxFault(this.text, node.from);
    return {
      from: node.from,
      to: node.to,
      k: word?.name === "every" ? "every" : "some",
      name: this.source(name).trim(),
      list: this.expression(list, depth + 1),
      condition: this.expression(condition, depth + 1),
    };
  }

  private dateLiteral(node: SyntaxNode, parts: SyntaxNode[]): Ast {
    const span = { from: node.from, to: node.to };
    const source = this.source(node);
    const match = /^(?:@|(date|duration)\s*\(\s*)"([^"]*)"\s*\)?$/.exec(source);
    if (match) {
      const value = match[2]!;
      if (match[1] !== "duration" && isIsoDate(value)) return { ...span, k: "date", value };
      const duration = /^(-?)P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?$/.exec(value);
      if (match[1] !== "date" && duration && value.length > 2) {
        const sign = duration[1] === "-" ? -1 : 1;
        const months = sign * (Number(duration[2] ?? 0) * 12 + Number(duration[3] ?? 0));
        const days = sign * Number(duration[4] ?? 0);
        if (months === 0 || days === 0) return { ...span, k: "duration", months, days };
      }
      throw new FeelFault(
        node.from,
        `“${value}”不是日期或期间`,
        '日期写 date("2024-01-01")，期间写 duration("P1Y6M") 或 duration("P30D")',
      );
    }
    void parts;
    throw new FeelFault(node.from, `不支持 ${source.slice(0, 20)}`, '日期写 date("2024-01-01")');
  }

  private string(node: SyntaxNode): string {
    try {
      return JSON.parse(this.source(node)) as string;
    } catch {
      throw new FeelFault(node.from, "文字里有不支持的转义", '只用普通文字和 \\"');
    }
  }

  /** `a 与 b` is one name with spaces to FEEL; rule names have none, so the gap is the fault. */
  private name(node: SyntaxNode): string {
    const name = this.source(node);
    if (!/\s/.test(name)) return name;
    if (/^not\s/.test(name))
      throw new FeelFault(node.from, "not 后面要有括号", `写成 not(${name.slice(4).trim()})`);
    const gap = node.from + name.search(/\s/);
    throw new FeelFault(
      gap,
      `“${name}”中间有空格，被当成一个名字`,
      "名字里不能有空格；如果是两个量，中间写运算符，例如 and、+",
    );
  }
}
