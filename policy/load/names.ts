import type { ProblemList } from "../errors.ts";
import type { Declared, Names } from "../feel/names.ts";
import type { Parameter } from "../types.ts";
import { type Declaration, staticType } from "./declarations.ts";
import type { Draft } from "./parameters.ts";

/** Every name with its type: facts, variables and parameters share one space of names. */
export function nameTable(
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
export function checkDimensions(
  parameters: ReadonlyMap<string, Parameter>,
  drafts: readonly Draft[],
  names: Names,
  problems: ProblemList,
  noRules: boolean,
): void {
  for (const p of parameters.values()) {
    const draft = drafts.find((d) => d.name === p.name)!;
    const at = draft.source.place(draft.node);
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
