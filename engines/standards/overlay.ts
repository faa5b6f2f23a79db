/**
 * A county's rule source with approved versions laid over its file: a text in the same grammar as standards.yaml, so that
 * everything that reads the file reads this, and the version of the rules changes with it. Pure.
 */
import { DomainError, isIsoDate } from "@wuxin/kernel";
import { loadRuleSet, type Parameter, type ParameterVersion, type Source } from "@wuxin/policy";
import { type Document, isMap, parseDocument, type YAMLMap } from "yaml";
import type { Layer, StandardValue } from "./model.ts";
import { printed } from "./printed.ts";

/** The same layers give the same text, in every process. */
export function overlay(base: Source, national: readonly Source[], layers: readonly Layer[]): Source {
  if (layers.length === 0) return base;
  const doc = parseDocument(base.text.trim() === "" ? "{}" : base.text);
  if (!isMap(doc.contents))
    throw new DomainError("bad-declaration", `${base.file}：不是按名字写的标准，请检查。`);
  const ordered = layers.toSorted((a, b) =>
    a.parameter === b.parameter ? (a.since < b.since ? -1 : 1) : a.parameter < b.parameter ? -1 : 1,
  );
  const names = [...new Set(ordered.map((l) => l.parameter))];
  for (const name of names) bringOver(doc, name, national);
  // Amounts of what was derived are settled last, when what they were derived from stands.
  const settled = names.filter(
    (n) => isDerived(doc, n) && ordered.some((l) => l.parameter === n && l.form === "amount"),
  );
  for (const layer of ordered) if (!settled.includes(layer.parameter)) add(doc, layer);
  for (const name of settled) {
    for (const layer of ordered) if (layer.parameter === name && layer.form === "multiple") add(doc, layer);
    settle(doc, base, national, ordered, name);
  }
  return { file: base.file, text: doc.toString({ lineWidth: 0 }) };
}

/** What the county's file does not name it takes from the national file, as a whole: a later file replaces by key. */
function bringOver(doc: Document, name: string, national: readonly Source[]): void {
  if (doc.hasIn([name, "values"]) || doc.hasIn([name, "derived"])) return;
  for (const source of national) {
    const own = parseDocument(source.text);
    const entry = own.getIn([name], true);
    if (!isMap(entry) || !(entry.has("values") || entry.has("derived"))) continue;
    // With unit and dimensions: a reader may load the county's text without the national one.
    doc.setIn([name], doc.createNode(entry.toJSON()));
    return;
  }
  doc.setIn([name, "values"], doc.createNode({}));
}

const isDerived = (doc: Document, name: string): boolean => doc.hasIn([name, "derived"]);

function add(doc: Document, layer: Layer): void {
  const meta = {
    文号: layer.document,
    ...(layer.note ? { note: layer.note } : {}),
  };
  if (layer.form === "multiple" && layer.multiple) {
    const { from, times, round } = layer.multiple;
    const dated = datedDerivation(doc, layer.parameter);
    dated.set(layer.since, doc.createNode({ from, times: Number(times), round, 文号: layer.document }));
    return;
  }
  const values = doc.getIn([layer.parameter, "values"], true);
  if (isMap(values)) (values as YAMLMap).set(layer.since, doc.createNode({ ...tree(layer.values), ...meta }));
}

/** `derived: { from, times }` without dates holds from the beginning. */
function datedDerivation(doc: Document, name: string): YAMLMap {
  const node = doc.getIn([name, "derived"], true) as YAMLMap;
  const dated = node.items.length > 0 && node.items.every((p) => isIsoDate(String(p.key)));
  if (dated) return node;
  doc.setIn([name, "derived"], doc.createNode({ "0001-01-01": node.toJSON() }));
  return doc.getIn([name, "derived"], true) as YAMLMap;
}

/** Derived until the first amount that was fixed by name; from then on the fixed amounts. */
function settle(
  doc: Document,
  base: Source,
  national: readonly Source[],
  layers: readonly Layer[],
  name: string,
): void {
  const fixed = layers.filter((l) => l.parameter === name && l.form === "amount");
  const until = fixed[0]?.since ?? "9999-12-31";
  const owner = national.find((s) => parseDocument(s.text).has(name)) ?? base;
  const set = loadRuleSet({
    name: "standards",
    rules: [],
    parameters: [owner, { file: base.file, text: doc.toString({ lineWidth: 0 }) }],
  });
  const parameter = set.parameters.get(name);
  const before = (parameter?.versions ?? []).filter((v) => v.since < until);
  doc.deleteIn([name, "derived"]);
  // The dimensions came with what it was derived from.
  if (parameter && parameter.by.length > 0) doc.setIn([name, "by"], doc.createNode([...parameter.by]));
  const values = Object.fromEntries(before.map((v) => [v.since, parameter ? writtenOut(parameter, v) : {}]));
  doc.setIn([name, "values"], doc.createNode(values));
  for (const layer of fixed) add(doc, layer);
}

function writtenOut(p: Parameter, v: ParameterVersion): Record<string, unknown> {
  const values = [...v.values].map(
    ([key, value]): StandardValue => ({
      key: key.split("\u0000").filter((k) => k !== ""),
      text: printed(p, value),
      unit: null,
    }),
  );
  return {
    ...tree(values),
    ...(v.unverified ? { unverified: true } : {}),
    ...(v.document ? { 文号: v.document } : {}),
  };
}

/** Values by their keys, one map within the other; a single value stands as `value`. */
function tree(values: readonly StandardValue[]): Record<string, unknown> {
  const top: Record<string, unknown> = {};
  for (const v of values) {
    const path = v.key.length > 0 ? v.key : ["value"];
    let at = top;
    for (const key of path.slice(0, -1)) {
      at[key] ??= {};
      at = at[key] as Record<string, unknown>;
    }
    at[path.at(-1) as string] = v.unit === null ? plain(v.text) : { [v.unit]: plain(v.text) };
  }
  return top;
}

function plain(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
