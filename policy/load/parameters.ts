import { isIsoDate } from "@wuxin/kernel";
import type { ProblemList } from "../errors.ts";
import { divide, isWhole, multiply, type Num, parseDecimal } from "../exact.ts";
import type { Scalar } from "../feel/ir.ts";
import { RESERVED } from "../feel/names.ts";
import { ROUNDINGS, roundMoney } from "../rounding.ts";
import type { Parameter, ParameterVersion, ValueType } from "../types.ts";
import { parseUnit, sameDims, UNIT_WORDS, type Unit } from "../units.ts";
import { type Entry, isMap, isScalar, type Node, type SourceFile } from "./source.ts";

/** Keys that describe a value instead of being one of its parts. */
const META = new Set(["文号", "document", "依据", "unverified", "note", "说明", "value"]);
/** No spaces, no operators; not `__proto__` and the like, which mean something to the machine below. */
export const NAME = /^(?!__)[\p{L}_][\p{L}\p{N}_]*$/u;

interface Declaration {
  readonly name: string;
  readonly source: SourceFile;
  readonly entries: Map<string, Entry>;
  readonly keyNode: Node;
}

export interface Derivation {
  readonly since: string;
  readonly from: string;
  readonly times: Num;
  readonly round?: string;
  readonly document?: string;
  readonly unverified: boolean;
}

/** A parameter before derived ones are computed. */
export interface Draft extends Omit<Parameter, "versions" | "fields"> {
  readonly versions: readonly ParameterVersion[];
  readonly fields?: readonly string[];
  readonly derived?: readonly Derivation[];
  readonly source: SourceFile;
  readonly node: Node;
}

export const KEYS = new Set([
  "code",
  "label",
  "unit",
  "type",
  "by",
  "choices",
  "values",
  "derived",
  "last_review",
  "reference",
  "description",
]);
const TYPES = new Set<ValueType>(["money", "integer", "number", "boolean", "text", "date"]);

/** Reads every parameter file; a later file overrides an earlier one by key. */
export function readParameters(
  sources: readonly SourceFile[],
  wanted: (name: string) => boolean,
  problems: ProblemList,
): Draft[] {
  const declared = new Map<string, Declaration[]>();
  for (const source of sources) {
    for (const entry of source.entries(source.root, "参数文件")) {
      if (entry.key === "说明" || entry.key === "description") continue;
      if (!NAME.test(entry.key) || RESERVED.has(entry.key)) {
        problems.add(
          source.place(entry.keyNode),
          `“${entry.key}”不能用作参数的名字`,
          "名字用汉字、字母、数字和下划线，不以数字开头，不用保留的词",
        );
        continue;
      }
      const entries = new Map(source.entries(entry.value, `参数“${entry.key}”`).map((e) => [e.key, e]));
      for (const [key, e] of entries) {
        if (!KEYS.has(key))
          problems.add(
            source.place(e.keyNode),
            `参数“${entry.key}”里不认识“${key}”`,
            `可用：${[...KEYS].join("、")}`,
          );
      }
      declared.set(entry.key, [
        ...(declared.get(entry.key) ?? []),
        { name: entry.key, source, entries, keyNode: entry.keyNode },
      ]);
    }
  }
  const drafts: Draft[] = [];
  for (const [name, layers] of declared) {
    const complete = layers.some(
      (l) => l.entries.has("unit") || l.entries.has("type") || l.entries.has("derived"),
    );
    // A county's standards file serves every item; what this item neither declares nor reads is not its business.
    if (!wanted(name) && (!complete || layers.every((l) => l.source !== sources[0]))) continue;
    const draft = readOne(name, layers, problems);
    if (draft) drafts.push(draft);
  }
  return drafts;
}

function readOne(name: string, layers: readonly Declaration[], problems: ProblemList): Draft | undefined {
  const pick = (key: string) => {
    const layer = layers.findLast((l) => l.entries.has(key));
    return layer ? { source: layer.source, node: layer.entries.get(key)!.value } : undefined;
  };
  const text = (key: string) => {
    const found = pick(key);
    return found ? found.source.string(found.node, `参数“${name}”的 ${key}`) : undefined;
  };
  const last = layers.findLast((l) => l.entries.has("values") || l.entries.has("derived")) ?? layers.at(-1)!;
  const place = last.source.place(last.keyNode);
  const unitText = text("unit");
  const unit = unitText === undefined ? undefined : parseUnit(unitText);
  if (unit === null) {
    problems.add(
      pick("unit")!.source.place(pick("unit")!.node),
      `不认识单位“${unitText}”`,
      `可用：${UNIT_WORDS}`,
    );
    return undefined;
  }
  const derived = last.entries.get("derived");
  const type =
    (text("type") as ValueType | undefined) ??
    (unit ? (unit.dims.yuan === 1 ? "money" : "number") : derived ? "money" : undefined);
  if (!type || !TYPES.has(type)) {
    problems.add(
      place,
      `参数“${name}”没有写 unit 或 type`,
      `数写 unit（${UNIT_WORDS}），开关写 type: boolean，文字写 type: text`,
    );
    return undefined;
  }
  const by = pick("by") ? pick("by")!.source.strings(pick("by")!.node, "by") : [];
  const choices = pick("choices")
    ? pick("choices")!.source.strings(pick("choices")!.node, "choices")
    : undefined;
  const lastReview = text("last_review");
  const reference = text("reference");
  const base = {
    name,
    code: text("code") ?? name,
    label: text("label") ?? name,
    type,
    ...(unit ? { unit } : {}),
    ...(choices ? { choices } : {}),
    by,
    ...(reference ? { reference } : {}),
    ...(lastReview ? { lastReview } : {}),
    file: last.source.file,
    source: last.source,
    node: last.keyNode,
  };
  if (derived && last.entries.has("values")) {
    problems.add(place, `参数“${name}”同时写了 values 和 derived`, "只留一个：直接给值，或由别的参数推出");
    return undefined;
  }
  if (derived)
    return { ...base, versions: [], derived: readDerived(name, derived.value, last.source, problems) };
  const values = last.entries.get("values");
  if (!values) {
    problems.add(
      place,
      `参数“${name}”没有值`,
      "写 values: 下面每个生效日期一个值；各县不同的值写在该县的 standards.yaml",
    );
    return undefined;
  }
  return { ...base, ...readVersions(name, values.value, base, last.source, problems) };
}

interface Shape {
  readonly type: ValueType;
  readonly unit?: Unit;
  readonly choices?: readonly string[];
  readonly by: readonly string[];
}

function readVersions(
  name: string,
  node: Node | null,
  shape: Shape,
  source: SourceFile,
  problems: ProblemList,
) {
  const versions: ParameterVersion[] = [];
  let fields: string[] | undefined;
  for (const entry of source.entries(node, `参数“${name}”的 values`)) {
    if (!isIsoDate(entry.key)) {
      problems.add(source.place(entry.keyNode), `“${entry.key}”不是生效日期`, "写成 2024-01-01: 值");
      continue;
    }
    const { meta, body } = splitMeta(entry.value, source, problems);
    const values = new Map<string, Scalar>();
    const parts = new Set<string>();
    const before = problems.problems.length;
    readTree(body, [], shape, { name, source, problems, values, parts });
    const partList = [...parts];
    if (fields && partList.join("\u0000") !== fields.join("\u0000") && problems.problems.length === before) {
      problems.add(
        source.place(entry.keyNode),
        `参数“${name}”各日期的分档不一样：${fields.join("、")} 与 ${partList.join("、")}`,
        "每个日期写同样的分档",
      );
    }
    fields ??= partList;
    versions.push({ since: entry.key, values, ...meta });
  }
  if (versions.length === 0)
    problems.add(source.place(node), `参数“${name}”一个日期也没有`, "写成 2024-01-01: 值");
  versions.sort((a, b) => (a.since < b.since ? -1 : 1));
  return { versions, ...(fields && fields.length > 0 ? { fields } : {}) };
}

function splitMeta(node: Node | null, source: SourceFile, problems: ProblemList) {
  if (!isMap(node)) return { meta: { unverified: false }, body: node };
  const entries = source.entries(node, "值");
  const find = (...keys: string[]) => entries.find((e) => keys.includes(e.key));
  const documentEntry = find("文号") ?? find("document", "依据");
  const document = documentEntry ? source.string(documentEntry.value, documentEntry.key) : undefined;
  const noteEntry = find("note", "说明");
  const note = noteEntry ? source.string(noteEntry.value, noteEntry.key) : undefined;
  const unverifiedEntry = find("unverified");
  const unverified = unverifiedEntry ? (source.boolean(unverifiedEntry.value, "unverified") ?? false) : false;
  const meta = { unverified, ...(document ? { document } : {}), ...(note ? { note } : {}) };
  const value = find("value");
  if (value) return { meta, body: value.value };
  const rest = entries.filter((e) => !META.has(e.key));
  if (rest.length === 0) {
    problems.add(source.place(node), "只写了文号等说明，没有值", "加上 value: 值");
    return { meta, body: null };
  }
  return { meta, body: rest };
}

interface Reading {
  readonly name: string;
  readonly source: SourceFile;
  readonly problems: ProblemList;
  readonly values: Map<string, Scalar>;
  readonly parts: Set<string>;
}

/** Walks the dimensions of `by`, then optional parts, down to single values. */
function readTree(node: Node | Entry[] | null, path: readonly string[], shape: Shape, r: Reading): void {
  const entries = Array.isArray(node) ? node : isMap(node) ? r.source.entries(node, "值") : undefined;
  const first = Array.isArray(node) ? node[0]?.keyNode : node;
  const depth = shape.by.length;
  if (path.length < depth) {
    if (!entries) {
      r.problems.add(
        r.source.place(first),
        `参数“${r.name}”按 ${shape.by[path.length]} 取值，这里只有一个值`,
        `写成 { 甲: 值, 乙: 值 }`,
      );
      return;
    }
    for (const e of entries) readTree(e.value, [...path, e.key], shape, r);
    return;
  }
  if (entries) {
    const unitEntry = entries.find((e) => parseUnit(e.key) !== null && e.key.includes("元"));
    if (unitEntry) {
      store(path, inUnit(unitEntry, entries, shape, r), shape, r, unitEntry.keyNode);
      return;
    }
    if (path.length > depth) {
      r.problems.add(r.source.place(first), `参数“${r.name}”的分档套了两层`, "分档只能有一层");
      return;
    }
    for (const e of entries) {
      r.parts.add(e.key);
      readTree(e.value, [...path, e.key], shape, r);
    }
    return;
  }
  if (path.length === depth && r.parts.size > 0) {
    r.problems.add(r.source.place(first), `参数“${r.name}”有的分档、有的不分档`, "写成一样的形式");
    return;
  }
  store(path, single(node as Node | null, shape, r), shape, r, first);
}

function store(
  path: readonly string[],
  value: Scalar | undefined,
  shape: Shape,
  r: Reading,
  at: Node | null | undefined,
): void {
  if (value === undefined) return;
  if (
    shape.type === "money" &&
    value !== null &&
    typeof value !== "string" &&
    typeof value !== "boolean" &&
    !isWhole(value)
  ) {
    r.problems.add(
      r.source.place(at),
      `参数“${r.name}”的金额不是整数分`,
      "按文件取整后填写，或写 { 元/年: 值, round: up_yuan }",
    );
    return;
  }
  r.values.set(path.join("\u0000"), value);
}

/** `{ 元/年: 5400 }`: a value in another unit of money, converted exactly. */
function inUnit(entry: Entry, all: readonly Entry[], shape: Shape, r: Reading): Scalar | undefined {
  const unit = parseUnit(entry.key)!;
  const written = r.source.string(entry.value, entry.key);
  const value = written === undefined ? null : parseDecimal(written);
  if (value === null || !shape.unit) {
    r.problems.add(r.source.place(entry.value), `“${written}”不是数`, "写成 { 元/年: 5400 }");
    return undefined;
  }
  let amount = multiply(value, unit.factor);
  const target = shape.unit.dims;
  if (!sameDims(unit.dims, target)) {
    if (unit.dims.year === -1 && target.month === -1) amount = divide(amount, 12)!;
    else if (unit.dims.month === -1 && target.year === -1) amount = multiply(amount, 12);
    else {
      r.problems.add(r.source.place(entry.keyNode), `${entry.key} 不能换算成 ${shape.unit.text}`, "检查单位");
      return undefined;
    }
  }
  const roundEntry = all.find((e) => e.key === "round");
  if (!roundEntry) return amount;
  const rounding = r.source.string(roundEntry.value, "round") ?? "";
  if (!(rounding in ROUNDINGS)) {
    r.problems.add(
      r.source.place(roundEntry.value),
      `不认识取整方式“${rounding}”`,
      `可用：${Object.keys(ROUNDINGS).join("、")}`,
    );
    return undefined;
  }
  return roundMoney(amount, rounding);
}

function single(node: Node | null, shape: Shape, r: Reading): Scalar | undefined {
  const raw = isScalar(node) ? node.value : undefined;
  const fail = (message: string, mend: string) => {
    r.problems.add(r.source.place(node), `参数“${r.name}”的值${message}`, mend);
    return undefined;
  };
  if (raw === null || raw === undefined)
    return fail("是空的", "写上值；还不知道的写一个示例值并标 unverified: true");
  if (shape.type === "boolean")
    return typeof raw === "boolean" ? raw : fail("应当是 true 或 false", "改成 true 或 false");
  const text = isScalar(node) ? String(node.source ?? raw).trim() : "";
  if (shape.type === "text") {
    const value = String(raw);
    return shape.choices && !shape.choices.includes(value)
      ? fail(`“${value}”不在可选值里`, `可选：${shape.choices.join("、")}`)
      : value;
  }
  if (shape.type === "date") return isIsoDate(text) ? text : fail("不是日期", "写成 2024-01-01");
  const number = typeof raw === "number" || /^\d/.test(text) ? parseDecimal(text.replaceAll(",", "")) : null;
  if (number === null) return fail(`“${text}”不是数`, "只写数字，单位写在 unit");
  if (shape.type === "integer" && !isWhole(number)) return fail("应当是整数", "改成整数");
  return multiply(number, shape.unit?.factor ?? 1);
}

function readDerived(
  name: string,
  node: Node | null,
  source: SourceFile,
  problems: ProblemList,
): Derivation[] {
  const entries = source.entries(node, `参数“${name}”的 derived`);
  const dated = entries.length > 0 && entries.every((e) => isIsoDate(e.key));
  const one = (since: string, list: readonly Entry[], at: Node | null): Derivation[] => {
    const get = (key: string) => list.find((e) => e.key === key);
    const from = get("from") ? source.string(get("from")!.value, "from") : undefined;
    const timesText = get("times") ? source.string(get("times")!.value, "times") : undefined;
    const times = timesText === undefined ? null : parseDecimal(timesText);
    const round = get("round") ? source.string(get("round")!.value, "round") : undefined;
    for (const e of list) {
      if (!["from", "times", "round", "文号", "document", "依据", "unverified"].includes(e.key)) {
        problems.add(
          source.place(e.keyNode),
          `derived 里不认识“${e.key}”`,
          "可用：from、times、round、文号、unverified",
        );
      }
    }
    if (from === undefined || times === null) {
      problems.add(
        source.place(at),
        `参数“${name}”的 derived 不完整`,
        "写成 derived: { from: 低保标准, times: 1.3, round: up_yuan }",
      );
      return [];
    }
    if (round !== undefined && !(round in ROUNDINGS)) {
      problems.add(
        source.place(get("round")!.value),
        `不认识取整方式“${round}”`,
        `可用：${Object.keys(ROUNDINGS).join("、")}`,
      );
      return [];
    }
    const documentEntry = get("文号") ?? get("document") ?? get("依据");
    const document = documentEntry ? source.string(documentEntry.value, "文号") : undefined;
    const unverified = get("unverified")
      ? (source.boolean(get("unverified")!.value, "unverified") ?? false)
      : false;
    return [
      { since, from, times, unverified, ...(round ? { round } : {}), ...(document ? { document } : {}) },
    ];
  };
  if (!dated) return one("0001-01-01", entries, node);
  return entries
    .flatMap((e) => one(e.key, source.entries(e.value, `参数“${name}”的 derived`), e.value))
    .sort((a, b) => (a.since < b.since ? -1 : 1));
}
