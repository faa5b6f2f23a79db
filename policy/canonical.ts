import type { Scalar } from "./feel/ir.ts";
import type { RuleSet } from "./types.ts";

/** The content of a rule set as one text, the same for the same meaning: comments, order of files and spaces fall away. */
export function canonicalText(set: Pick<RuleSet, "name" | "variables" | "parameters" | "inputs">): string {
  const variables = [...set.variables.values()].map((v) => ({
    ...v,
    versions: v.versions.map((x) => ({ since: x.since, text: x.text.replace(/\s+/g, " ") })),
  }));
  const parameters = [...set.parameters.values()].map(({ file: _file, ...p }) => ({
    ...p,
    unit: p.unit?.text ?? null,
    versions: p.versions.map((v) => ({
      ...v,
      values: [...v.values].map(([k, x]) => [k, scalarText(x)]).sort(),
    })),
  }));
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  return JSON.stringify(
    {
      name: set.name,
      inputs: [...set.inputs].sort(byName),
      parameters: parameters.sort(byName),
      variables: variables.sort(byName),
    },
    (_key, value: unknown) =>
      isPlainObject(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
  );
}

function scalarText(value: Scalar): string | number | boolean | null {
  return typeof value === "object" && value !== null ? `${value.n}/${value.d}` : value;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
