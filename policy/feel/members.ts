import type { Ast } from "./ast.ts";
import { FeelFault } from "./ast.ts";
import type { Checker } from "./check.ts";
import type { Ir } from "./ir.ts";
import type { Known } from "./knowledge.ts";
import { RESERVED } from "./names.ts";
import { type StaticType, typeText } from "./types.ts";

/** Filters, some/every and lists. */

export function checkFilter(checker: Checker, ast: Extract<Ast, { k: "filter" }>, known: Known): Ir {
  const list = checker.check(ast.list, known);
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
  return checker.bind(undefined, (slot) => {
    const condition = checker.boolean(ast.condition, known, "筛选条件");
    return {
      from: ast.from,
      to: ast.to,
      type: { kind: "members", mayBeEmpty: true },
      op: "members",
      filters: [...list.filters, { slot, condition }],
    };
  });
}

export function checkQuantified(
  checker: Checker,
  ast: Extract<Ast, { k: "some" | "every" }>,
  known: Known,
): Ir {
  const list = checker.check(ast.list, known);
  if (list.type.kind !== "members") {
    throw new FeelFault(
      ast.list.from,
      `some/every 只能遍历成员名单，这里是${typeText(list.type)}`,
      "写成 some 人 in 成员 satisfies …",
    );
  }
  if (checker.names.find(ast.name) || RESERVED.has(ast.name)) {
    throw new FeelFault(ast.from, `“${ast.name}”已有别的意思`, "换一个称呼，例如 人");
  }
  return checker.bind(ast.name, (slot) => {
    const condition = checker.boolean(ast.condition, known, "satisfies 后面");
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

export function checkList(checker: Checker, ast: Extract<Ast, { k: "list" }>, known: Known): Ir {
  const items = ast.items.map((i) => checker.check(i, known));
  if (items.length === 0) throw new FeelFault(ast.from, "空列表没有用处", "写上内容或去掉");
  const of = items.slice(1).reduce((t, i) => checker.unify(i.from, t, i.type), items[0]!.type);
  return { from: ast.from, to: ast.to, type: { kind: "list", of, mayBeEmpty: false }, op: "items", items };
}
