import { addMonths, firstDay, type Month, monthsFromTo } from "@wuxin/kernel";
import { canonicalText } from "./canonical.ts";
import { type Problem, ProblemList } from "./errors.ts";
import { FeelFault } from "./feel/ast.ts";
import { Checker } from "./feel/check.ts";
import type { Ir } from "./feel/ir.ts";
import type { Declared, Names } from "./feel/names.ts";
import { parseExpression } from "./feel/parse.ts";
import { typeText } from "./feel/types.ts";
import { type Declaration, readDeclarations, staticType } from "./load/declarations.ts";
import { resolveParameters } from "./load/derive.ts";
import { checkCycles } from "./load/graph.ts";
import { readParameters } from "./load/parameters.ts";
import { isScalar, type Scalar, SourceFile } from "./load/source.ts";
import { checkTable } from "./load/tables.ts";
import { rememberRelevance } from "./selfcheck.ts";
import { sha256Hex } from "./sha256.ts";
import type { FormulaVersion, InputFact, Parameter, RuleSet, Source, Variable } from "./types.ts";
import { COUNT, sameDims } from "./units.ts";

/**
 * Reads, checks and links rules and parameters. Later parameter files override earlier ones by key, so a county's
 * standards lie over the national values.
 * @throws PolicyError with every problem found: file, line, column, what is wrong, how to mend it
 */
export function loadRuleSet(sources: { name: string; rules: Source[]; parameters: Source[] }): RuleSet {
  const problems = new ProblemList();
  const declarations = readDeclarations(
    sources.rules.map((s) => new SourceFile(s, problems)),
    problems,
  );
  const parameterFiles = sources.parameters.map((s) => new SourceFile(s, problems));
  const texts = sources.rules.map((s) => s.text).join("\n");
  const noRules = sources.rules.length === 0;
  const drafts = readParameters(parameterFiles, (name) => noRules || texts.includes(name), problems);
  const parameters = resolveParameters(drafts, problems);
  const names = nameTable(declarations, parameters, problems);
  checkDimensions(parameters, names, problems, noRules);

  const inputs: InputFact[] = [];
  const conditions = new Map<string, Ir>();
  const variables = new Map<string, Variable>();
  for (const d of declarations) {
    if (d.input) inputs.push(toInput(d, names, problems, conditions));
    else variables.set(d.name, toVariable(d, names, problems));
  }
  checkCycles(variables, declarations, problems);
  problems.throwIfAny();

  const own = new Set(
    parameterFiles.slice(0, 1).flatMap((f) => f.entries(f.root, "参数文件").map((e) => e.key)),
  );
  const used = usedParameters(parameters, variables, (p) => noRules || own.has(p));
  const content = { name: sources.name, variables, parameters: used, inputs };
  const ruleSet: RuleSet = {
    ...content,
    version: sha256Hex(canonicalText(content)),
    coverage: (from, to) => coverage(content, from, to),
  };
  rememberRelevance(ruleSet, conditions);
  return ruleSet;
}

function nameTable(
  declarations: readonly Declaration[],
  parameters: ReadonlyMap<string, Parameter>,
  problems: ProblemList,
): Names {
  const table = new Map<string, Declared>();
  for (const p of parameters.values()) {
    const values = p.versions.flatMap((v) => [...v.values.values()]);
    const whole =
      p.type === "money" || (p.type !== "number" ? true : values.every((v) => typeof v === "number"));
    const type = staticType({
      type: p.type === "number" && whole ? "integer" : p.type,
      nullable: false,
      ...(p.unit ? { unit: p.unit } : {}),
      ...(p.choices ? { choices: p.choices } : {}),
    });
    table.set(p.name, {
      kind: "parameter",
      name: p.name,
      type,
      by: p.by,
      nonZero: values.length > 0 && values.every((v) => v !== 0),
      ...(p.fields ? { fields: p.fields } : {}),
    });
  }
  for (const d of declarations) {
    if (table.has(d.name)) {
      problems.add(d.source.place(d.keyNode), `“${d.name}”既是规则里的量又是参数`, "换一个名字");
      continue;
    }
    const nonZero = (d.input?.min ?? 0) > 0 ? { nonZero: true } : {};
    table.set(d.name, {
      kind: d.input ? "fact" : "variable",
      name: d.name,
      entity: d.entity,
      type: staticType(d),
      ...nonZero,
    });
  }
  return { find: (name) => table.get(name), all: () => table.keys() };
}

/** A parameter that varies by a fact must have a value for each of its choices, on each date. */
function checkDimensions(
  parameters: ReadonlyMap<string, Parameter>,
  names: Names,
  problems: ProblemList,
  noRules: boolean,
): void {
  for (const p of parameters.values()) {
    const at = { file: p.file, line: 0, column: 0 };
    let combinations: string[][] = [[]];
    for (const name of p.by) {
      const dimension = names.find(name);
      if (
        !dimension ||
        dimension.kind === "parameter" ||
        dimension.type.kind !== "text" ||
        !dimension.type.choices
      ) {
        if (!noRules)
          problems.add(
            at,
            `参数“${p.name}”按“${name}”取值，但规则里没有带 choices 的文字量“${name}”`,
            `在 rules.yaml 声明 ${name}（type: text，choices: …）`,
          );
        return;
      }
      const { choices } = dimension.type;
      combinations = combinations.flatMap((c) => choices.map((x) => [...c, x]));
    }
    for (const v of p.versions) {
      const expected = combinations
        .flatMap((c) => (p.fields ? p.fields.map((f) => [...c, f]) : [c]))
        .map((c) => c.join("\u0000"));
      const show = (key: string) => key.replaceAll("\u0000", "·");
      for (const key of expected) {
        if (!v.values.has(key)) problems.add(at, `参数“${p.name}”${v.since} 缺“${show(key)}”的值`, "补上");
      }
      for (const key of v.values.keys()) {
        if (!noRules && !expected.includes(key))
          problems.add(
            at,
            `参数“${p.name}”${v.since} 多了“${show(key)}”`,
            `可写的：${expected.map(show).join("、") || "单个值"}`,
          );
      }
    }
  }
}

function toInput(
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

function toVariable(d: Declaration, names: Names, problems: ProblemList): Variable {
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
      versions.push({ since: body.since, text: text.trim(), ir, uses: [...checker.uses.keys()] });
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

/** What the rules read and what the item itself declares; a county's standards for other items are not its business. */
function usedParameters(
  parameters: ReadonlyMap<string, Parameter>,
  variables: ReadonlyMap<string, Variable>,
  own: (name: string) => boolean,
): ReadonlyMap<string, Parameter> {
  const used = new Set([...variables.values()].flatMap((v) => v.versions.flatMap((x) => x.uses)));
  return new Map([...parameters].filter(([name]) => used.has(name) || own(name)));
}

function coverage(set: Pick<RuleSet, "variables" | "parameters">, from: Month, to: Month): Problem[] {
  const found: Problem[] = [];
  const walk = (what: string, file: string, versions: readonly { since: string }[]) => {
    const gaps = monthsFromTo(from, to).filter((m) => !versions.some((v) => v.since <= firstDay(m)));
    if (gaps.length === 0) return;
    const range = gaps.length === 1 ? gaps[0]! : `${gaps[0]} 至 ${gaps.at(-1)}`;
    found.push({
      file,
      line: 0,
      column: 0,
      message: `${what}在 ${range} 没有生效的版本`,
      mend: `补上 ${addMonths(gaps[0]!, 0)} 及以前生效的值或公式`,
    });
  };
  for (const v of set.variables.values()) walk(`“${v.name}”`, "rules.yaml", v.versions);
  for (const p of set.parameters.values()) walk(`参数“${p.name}”`, p.file, p.versions);
  return found;
}
