import type { ProblemList } from "../errors.ts";
import { FeelFault } from "../feel/ast.ts";
import { Checker } from "../feel/check.ts";
import type { Ir } from "../feel/ir.ts";
import type { Names } from "../feel/names.ts";
import { parseExpression } from "../feel/parse.ts";
import { typeText } from "../feel/types.ts";
import type { FormulaVersion, InputFact, Variable } from "../types.ts";
import { COUNT, sameDims } from "../units.ts";
import { type Declaration, staticType } from "./declarations.ts";
import { isScalar, type Scalar, type SourceFile } from "./source.ts";
import { checkTable } from "./tables.ts";

export function toInput(
  d: Declaration,
  names: Names,
  problems: ProblemList,
  conditions: Map<string, Ir>,
): InputFact {
  const { input } = d;
  if (!input) throw new Error("not an input");
  if (input.when) {
    const ir = compile(d, input.when.node, names, problems, input.when.text);
    if (ir?.type.kind === "boolean") conditions.set(d.name, ir);
    else if (ir)
      problems.add(
        d.source.place(input.when.node),
        `“${d.name}”的 when 应当是一个是否`,
        "写成比较，例如 年龄 >= 16",
      );
  }
  return {
    name: d.name,
    code: d.code,
    entity: d.entity,
    type: d.type,
    label: d.label,
    ...(d.unit ? { unit: d.unit.text } : {}),
    ...(d.choices ? { choices: d.choices } : {}),
    ...(input.question ? { question: input.question, askedAs: input.question } : {}),
    selfCheck: input.selfCheck,
    ...(input.when ? { when: input.when.text } : {}),
    ...(input.assume !== undefined ? { assume: input.assume } : {}),
    ...(input.unrecorded !== undefined ? { unrecorded: input.unrecorded } : {}),
    ...(input.min !== undefined ? { min: input.min } : {}),
    ...(input.max !== undefined ? { max: input.max } : {}),
    nullable: d.nullable,
    ...(input.material ? { material: input.material } : {}),
    ...(d.reference ? { reference: d.reference } : {}),
    ...(input.help ? { help: input.help } : {}),
  };
}

export function toVariable(d: Declaration, names: Names, problems: ProblemList): Variable {
  const versions: FormulaVersion[] = [];
  for (const body of d.bodies) {
    if (body.kind === "table") {
      const checker = new Checker(names, d.entity);
      const ir = checkTable(d.name, body.node, d.source, checker, problems);
      if (ir && fits(d, ir, body.node, problems) && ir.op === "table") {
        versions.push({
          since: body.since,
          text: ir.rows.map((r) => r.text).join("；"),
          ir,
          slots: checker.slotCount,
          uses: [...checker.uses.keys()],
        });
      }
      continue;
    }
    const text = d.source.string(body.node, `“${d.name}”的公式`);
    if (text === undefined || !isScalar(body.node)) continue;
    const checker = new Checker(names, d.entity);
    const ir = compile(d, body.node as Scalar, names, problems, text, checker);
    if (ir && fits(d, ir, body.node, problems))
      versions.push({
        since: body.since,
        text: text.trim(),
        ir,
        slots: checker.slotCount,
        uses: [...checker.uses.keys()],
      });
  }
  return {
    name: d.name,
    code: d.code,
    label: d.label,
    entity: d.entity,
    type: d.type,
    ...(d.unit ? { unit: d.unit.text } : {}),
    ...(d.choices ? { choices: d.choices } : {}),
    nullable: d.nullable,
    ...(d.reference ? { reference: d.reference } : {}),
    ...(d.description ? { description: d.description } : {}),
    ...(d.round ? { round: d.round } : {}),
    versions,
  };
}

function compile(
  d: Declaration,
  node: Scalar,
  names: Names,
  problems: ProblemList,
  text: string,
  checker = new Checker(names, d.entity),
): Ir | undefined {
  try {
    return checker.check(parseExpression(text));
  } catch (error) {
    if (!(error instanceof FeelFault)) throw error;
    problems.add(d.source.placeIn(node, error.at), `“${d.name}”：${error.message}`, error.mend);
    return undefined;
  }
}

/** Does the formula give what the variable says it is? */
function fits(
  d: Declaration,
  ir: Ir,
  node: Parameters<SourceFile["place"]>[0],
  problems: ProblemList,
): boolean {
  const want = staticType(d);
  const got = ir.type;
  const fail = (message: string, mend: string) => {
    problems.add(d.source.place(node), `“${d.name}”${message}`, mend);
    return false;
  };
  if (got.kind === "null" ? !d.nullable : got.kind !== want.kind)
    return fail(`是 ${typeText(want)}，公式得出${typeText(got)}`, "改公式或改 type");
  if (got.nullable && !d.nullable) {
    return fail(
      "的公式可能得出空（除以零、筛选后没有成员、空的事实）",
      "先用 if 写明这种情形，例如 if 保障人口数 > 0 then … else 0；确实可以为空的，写 nullable: true",
    );
  }
  if (got.kind === "number" && want.kind === "number") {
    const isLiteral = got.literal !== undefined;
    if (!sameDims(got.dims, want.dims) && !(isLiteral && (want.dims.yuan === 0 || got.literal === 0))) {
      if (isLiteral && want.dims.yuan !== 0)
        return fail("的公式里直接写了金额数字", "把金额写进 parameters.yaml，公式里用参数的名字");
      return fail(
        `的单位是 ${d.unit?.text ?? "无单位"}，公式得出${typeText({ ...got, dims: got.dims ?? COUNT })}`,
        "改 unit 或改公式",
      );
    }
    if (want.whole && !got.whole && !d.round) {
      if (d.type === "money")
        return fail("的公式有除法或小数，没有写怎么取整", "加上 round: half_up_fen（或 up_yuan 等）");
      return fail(
        "是整数，公式可能得出小数",
        "用 floor(…)、ceiling(…) 或 round half up(…, 0)，或改 type: number",
      );
    }
  }
  if (got.kind === "text" && want.kind === "text" && want.choices) {
    const outside = literals(ir).find((l) => !want.choices!.includes(l));
    if (outside !== undefined)
      return fail(`的公式得出“${outside}”，不在可选值里`, `可选：${want.choices.join("、")}`);
  }
  return true;
}

/** Texts a formula can end in, where they are written in it. */
function literals(ir: Ir): string[] {
  if (ir.op === "const") return typeof ir.value === "string" ? [ir.value] : [];
  if (ir.op === "if") return [...literals(ir.yes), ...literals(ir.no)];
  if (ir.op === "table") return ir.rows.flatMap((r) => literals(r.result));
  return [];
}
