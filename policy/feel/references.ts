import { COUNT } from "../units.ts";
import type { Ast } from "./ast.ts";
import { FeelFault } from "./ast.ts";
import type { Checker } from "./check.ts";
import type { Ir, Slot } from "./ir.ts";
import { type Known, keyOf } from "./knowledge.ts";
import { type Declared, nearest, RESERVED } from "./names.ts";
import { type StaticType, typeText } from "./types.ts";

/** What a name or a path stands for: fact, variable, parameter, part of a date, a member's quantity. */

export function checkName(checker: Checker, ast: Extract<Ast, { k: "name" }>, known: Known): Ir {
  const span = { from: ast.from, to: ast.to };
  if (ast.name === "成员") {
    if (checker.entity === "成员") {
      throw new FeelFault(ast.from, "成员变量里不能看全家名单", "把汇总写成家庭变量，这里用 家庭.变量名");
    }
    return { ...span, type: { kind: "members", mayBeEmpty: false }, op: "members", filters: [] };
  }
  if (ast.name === "本月" || ast.name === "本月初")
    return { ...span, type: { kind: "date" }, op: "month", day: "first" };
  if (ast.name === "本月末") return { ...span, type: { kind: "date" }, op: "month", day: "last" };
  const declared = checker.names.find(ast.name);
  if (!declared) throw unknownName(checker, ast.from, ast.name);
  if (declared.kind === "parameter") return checkParameter(checker, span, declared, undefined);
  if (declared.entity === "家庭") {
    if (checker.entity === "成员") {
      throw new FeelFault(ast.from, `“${ast.name}”是家庭的，这里在算成员`, `写成 家庭.${ast.name}`);
    }
    return checkReference(checker, span, declared, "household", known, ast.name);
  }
  const slot = checker.binders.findLast((b) => b.alias === undefined)?.slot;
  if (slot === undefined) {
    throw new FeelFault(
      ast.from,
      `“${ast.name}”是每个成员的，家庭只能经过名单取用`,
      `写成 sum(成员.${ast.name})、count(成员[${ast.name} …]) 或 some 人 in 成员 satisfies 人.${ast.name} …`,
    );
  }
  return checkReference(checker, span, declared, slot, known, ast.name);
}

export function unknownName(checker: Checker, at: number, name: string): FeelFault {
  const near = nearest(name, checker.names.all());
  const mend = near
    ? `是不是“${near}”？如果是新的量，先在 rules.yaml 或 parameters.yaml 里声明`
    : "先在 rules.yaml 或 parameters.yaml 里声明";
  return new FeelFault(at, `不认识“${name}”`, RESERVED.has(name) ? "这是保留的词，不能单独使用" : mend);
}

export function checkReference(
  checker: Checker,
  span: { from: number; to: number },
  declared: Declared,
  slot: Slot,
  known: Known,
  key: string,
): Ir {
  if (declared.kind === "parameter") return checkParameter(checker, span, declared, undefined);
  checker.uses.set(declared.name, declared);
  const type = known.notNull.has(key) ? { ...declared.type, nullable: false } : declared.type;
  return { ...span, type, op: declared.kind, name: declared.name, slot };
}

export function checkParameter(
  checker: Checker,
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
  checker.uses.set(p.name, p);
  const by = p.by.map((name) => {
    const dimension = checker.names.find(name);
    if (!dimension || dimension.kind === "parameter") {
      throw new FeelFault(span.from, `参数“${p.name}”按“${name}”取值，但没有这个量`, `先声明 ${name}`);
    }
    checker.uses.set(dimension.name, dimension);
    const slot = dimension.entity === "家庭" ? ("household" as const) : checker.binders.at(-1)?.slot;
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

export function checkPath(checker: Checker, ast: Extract<Ast, { k: "path" }>, known: Known): Ir {
  const span = { from: ast.from, to: ast.to };
  if (ast.target.k === "name") {
    const head = ast.target.name;
    if (head === "家庭") {
      const declared = checker.names.find(ast.name);
      if (!declared) throw unknownName(checker, ast.from, ast.name);
      if (declared.kind !== "parameter" && declared.entity === "成员") {
        throw new FeelFault(
          ast.from,
          `“${ast.name}”是每个成员的，不是家庭的`,
          checker.entity === "成员" ? `直接写 ${ast.name}` : `写成 sum(成员.${ast.name}) 之类`,
        );
      }
      return checkReference(checker, span, declared, "household", known, keyOf(ast) ?? "");
    }
    const binder = checker.binders.findLast((b) => b.alias === head);
    if (binder) {
      const declared = checker.names.find(ast.name);
      if (!declared) throw unknownName(checker, ast.from, ast.name);
      if (declared.kind === "parameter" || declared.entity !== "成员") {
        throw new FeelFault(ast.from, `“${ast.name}”不是成员的量`, `直接写 ${ast.name}`);
      }
      return checkReference(checker, span, declared, binder.slot, known, keyOf(ast) ?? "");
    }
    const declared = checker.names.find(head);
    if (declared?.kind === "parameter" && declared.fields) {
      if (!declared.fields.includes(ast.name)) {
        throw new FeelFault(
          ast.from,
          `参数“${head}”没有“${ast.name}”`,
          `共有：${declared.fields.join("、")}`,
        );
      }
      return checkParameter(checker, span, declared, ast.name);
    }
  }
  const target = checker.check(ast.target, known);
  if (target.type.kind === "members") return checkProjection(checker, ast, target, known);
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

export function checkProjection(
  checker: Checker,
  ast: Extract<Ast, { k: "path" }>,
  list: Ir,
  known: Known,
): Ir {
  return checker.bind(undefined, (slot) => {
    const body = checkName(checker, { k: "name", name: ast.name, from: ast.from, to: ast.to }, known);
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
