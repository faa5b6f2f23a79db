import { isIsoDate } from "@wuxin/kernel";
import type { ProblemList } from "../errors.ts";
import { type Entity, nearest, RESERVED } from "../feel/names.ts";
import type { StaticType } from "../feel/types.ts";
import { ROUNDINGS } from "../rounding.ts";
import type { PlainValue, ValueType } from "../types.ts";
import { COUNT, parseUnit, UNIT_WORDS, type Unit } from "../units.ts";
import { NAME } from "./parameters.ts";
import { type Entry, isMap, isScalar, isSeq, type Node, type Scalar, type SourceFile } from "./source.ts";

/** A formula or table as written, with its date. */
export interface Body {
  readonly since: string;
  readonly kind: "formula" | "table";
  readonly node: Node | null;
}

/** One entry of rules.yaml, read but not yet checked against the others. */
export interface Declaration {
  readonly name: string;
  readonly code: string;
  readonly label: string;
  readonly entity: Entity;
  readonly type: ValueType;
  readonly unit?: Unit;
  readonly choices?: readonly string[];
  readonly nullable: boolean;
  readonly reference?: string;
  readonly description?: string;
  readonly round?: string;
  readonly input?: InputPart;
  readonly bodies: readonly Body[];
  readonly source: SourceFile;
  readonly keyNode: Node;
}

export interface InputPart {
  readonly question?: string;
  readonly selfCheck: boolean;
  readonly when?: { readonly text: string; readonly node: Scalar };
  readonly assume?: PlainValue;
  readonly unrecorded?: PlainValue;
  readonly min?: number;
  readonly max?: number;
  readonly material?: string;
  readonly help?: string;
}

export const TYPES = ["money", "integer", "number", "boolean", "text", "date"];
export const COMMON = [
  "code",
  "label",
  "entity",
  "period",
  "type",
  "unit",
  "choices",
  "nullable",
  "reference",
  "description",
];
export const INPUT = [
  "input",
  "question",
  "self_check",
  "when",
  "assume",
  "unrecorded",
  "min",
  "max",
  "material",
  "help",
];
export const COMPUTED = ["formula", "table", "since", "round"];

export function readDeclarations(sources: readonly SourceFile[], problems: ProblemList): Declaration[] {
  const all = new Map<string, Declaration>();
  for (const source of sources) {
    for (const entry of source.entries(source.root, "规则文件")) {
      if (entry.key === "说明" || entry.key === "description") continue;
      if (!NAME.test(entry.key) || RESERVED.has(entry.key)) {
        problems.add(
          source.place(entry.keyNode),
          `“${entry.key}”不能用作名字`,
          "名字用汉字、字母、数字和下划线，不以数字开头，不用保留的词",
        );
        continue;
      }
      if (all.has(entry.key)) {
        problems.add(
          source.place(entry.keyNode),
          `“${entry.key}”在别的文件里已经声明`,
          "换一个名字，或删去一处",
        );
        continue;
      }
      const declaration = readOne(entry, source, problems);
      if (declaration) all.set(entry.key, declaration);
    }
  }
  return [...all.values()];
}

function readOne(entry: Entry, source: SourceFile, problems: ProblemList): Declaration | undefined {
  const name = entry.key;
  const place = source.place(entry.keyNode);
  const parts = new Map(source.entries(entry.value, `“${name}”`).map((e) => [e.key, e]));
  const known = [...COMMON, ...INPUT, ...COMPUTED];
  for (const [key, e] of parts) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    problems.add(
      source.place(e.keyNode),
      `“${name}”里不认识“${key}”`,
      near ? `是不是“${near}”？` : `可用：${known.join("、")}`,
    );
  }
  const text = (key: string) => {
    const e = parts.get(key);
    return e ? source.string(e.value, `“${name}”的 ${key}`) : undefined;
  };
  const flag = (key: string) => {
    const e = parts.get(key);
    return e ? (source.boolean(e.value, `“${name}”的 ${key}`) ?? false) : false;
  };
  const entity = text("entity");
  if (entity !== "家庭" && entity !== "成员") {
    problems.add(place, `“${name}”没有写明是家庭的还是成员的`, "加上 entity: 家庭 或 entity: 成员");
    return undefined;
  }
  const type = text("type");
  if (type === undefined || !TYPES.includes(type)) {
    problems.add(
      place,
      `“${name}”的 type ${type === undefined ? "没有写" : `“${type}”不认识`}`,
      `可用：${TYPES.join("、")}`,
    );
    return undefined;
  }
  const period = text("period");
  if (period !== undefined && period !== "月") {
    problems.add(
      source.place(parts.get("period")!.value),
      `“${name}”的 period 只支持 月`,
      "写 period: 月，或去掉",
    );
  }
  const unitText = text("unit") ?? (type === "money" ? "元/月" : undefined);
  const unit = unitText === undefined ? undefined : parseUnit(unitText);
  if (unit === null || (unit && (type === "money") !== (unit.dims.yuan === 1))) {
    problems.add(
      source.place(parts.get("unit")?.value ?? entry.keyNode),
      `“${name}”的单位“${unitText}”${unit ? `与 type: ${type} 不合` : "不认识"}`,
      `金额用 元、元/月、元/年；其他可用：${UNIT_WORDS}`,
    );
    return undefined;
  }
  const choices = parts.has("choices") ? source.strings(parts.get("choices")!.value, "choices") : undefined;
  if (choices && type !== "text")
    problems.add(
      source.place(parts.get("choices")!.keyNode),
      `“${name}”不是 text，不能有 choices`,
      "去掉 choices 或改成 type: text",
    );
  const round = text("round");
  if (round !== undefined && (type !== "money" || !(round in ROUNDINGS))) {
    problems.add(
      source.place(parts.get("round")!.value),
      type === "money" ? `不认识取整方式“${round}”` : `“${name}”不是金额，不用 round`,
      type === "money"
        ? `可用：${Object.keys(ROUNDINGS).join("、")}`
        : "整数用 floor、ceiling、round half up 写在公式里",
    );
  }
  const isInput = parts.has("input") ? flag("input") : parts.has("question") || parts.has("self_check");
  const bodies = readBodies(name, parts, source, problems);
  if (isInput && bodies.length > 0) {
    problems.add(place, `“${name}”既是填报的又有公式`, "填报的去掉 formula；计算的去掉 input 和 question");
    return undefined;
  }
  if (!isInput && !parts.has("formula") && !parts.has("table")) {
    problems.add(
      place,
      `“${name}”既没有公式也不是填报的`,
      "计算的加 formula（带日期）或 table；填报的加 input: true",
    );
    return undefined;
  }
  const reference = text("reference");
  const description = text("description");
  return {
    name,
    code: text("code") ?? name,
    label: text("label") ?? name,
    entity,
    type: type as ValueType,
    ...(unit ? { unit } : {}),
    ...(choices ? { choices } : {}),
    nullable: flag("nullable"),
    ...(reference ? { reference } : {}),
    ...(description ? { description } : {}),
    ...(round ? { round } : {}),
    ...(isInput
      ? { input: readInput(name, parts, type as ValueType, unit ?? undefined, choices, source, problems) }
      : {}),
    bodies,
    source,
    keyNode: entry.keyNode,
  };
}

function readInput(
  name: string,
  parts: ReadonlyMap<string, Entry>,
  type: ValueType,
  unit: Unit | undefined,
  choices: readonly string[] | undefined,
  source: SourceFile,
  problems: ProblemList,
): InputPart {
  const text = (key: string) => {
    const e = parts.get(key);
    return e ? source.string(e.value, `“${name}”的 ${key}`) : undefined;
  };
  const plain = (key: string): PlainValue | undefined => {
    const node = parts.get(key)?.value;
    if (!isScalar(node)) return undefined;
    const value = node.value;
    const fits =
      type === "boolean"
        ? typeof value === "boolean"
        : type === "text"
          ? typeof value === "string" && (!choices || choices.includes(value))
          : type === "date"
            ? isIsoDate(value)
            : typeof value === "number";
    if (!fits && value !== null) {
      problems.add(source.place(node), `“${name}”的 ${key} 与它的 type 或 choices 不合`, "改成合适的值");
      return undefined;
    }
    return typeof value === "number" && unit?.dims.yuan === 1
      ? Math.round(value * Number(unit.factor))
      : (value as PlainValue);
  };
  const whenNode = parts.get("when")?.value;
  const when =
    isScalar(whenNode) && text("when") !== undefined
      ? { text: text("when")!, node: whenNode as Scalar }
      : undefined;
  const assume = plain("assume");
  const unrecorded = plain("unrecorded");
  const min = plain("min");
  const max = plain("max");
  const question = text("question");
  const material = text("material");
  const help = text("help");
  return {
    selfCheck: parts.get("self_check")
      ? (source.boolean(parts.get("self_check")!.value, "self_check") ?? false)
      : false,
    ...(question ? { question } : {}),
    ...(when ? { when } : {}),
    ...(assume !== undefined ? { assume } : {}),
    ...(unrecorded !== undefined && unrecorded !== null ? { unrecorded } : {}),
    ...(typeof min === "number" ? { min } : {}),
    ...(typeof max === "number" ? { max } : {}),
    ...(material ? { material } : {}),
    ...(help ? { help } : {}),
  };
}

function readBodies(
  name: string,
  parts: ReadonlyMap<string, Entry>,
  source: SourceFile,
  problems: ProblemList,
): Body[] {
  const bodies: Body[] = [];
  for (const kind of ["formula", "table"] as const) {
    const part = parts.get(kind);
    if (!part) continue;
    const since = parts.get("since");
    if (since && (isScalar(part.value) || isSeq(part.value))) {
      const date = source.string(since.value, "since") ?? "";
      if (isIsoDate(date)) bodies.push({ since: date, kind, node: part.value });
      else problems.add(source.place(since.value), `“${date}”不是生效日期`, "写成 since: 2021-07-01");
      continue;
    }
    if (!isMap(part.value)) {
      problems.add(
        source.place(part.value ?? part.keyNode),
        `“${name}”的 ${kind} 没有生效日期`,
        `写成 ${kind}: 下面一行 2021-07-01: …`,
      );
      continue;
    }
    for (const e of source.entries(part.value, `“${name}”的 ${kind}`)) {
      if (isIsoDate(e.key)) bodies.push({ since: e.key, kind, node: e.value });
      else problems.add(source.place(e.keyNode), `“${e.key}”不是生效日期`, `写成 2021-07-01: …`);
    }
  }
  const dates = new Set<string>();
  for (const b of bodies) {
    if (dates.has(b.since))
      problems.add(source.place(b.node), `“${name}”在 ${b.since} 有两条规则`, "只留一条，或改日期");
    dates.add(b.since);
  }
  return bodies.sort((a, b) => (a.since < b.since ? -1 : 1));
}

/** Static type of a declared fact or variable. */
export function staticType(d: {
  type: ValueType;
  unit?: Unit;
  choices?: readonly string[];
  nullable: boolean;
}): StaticType {
  const mayBeNull = d.nullable ? { nullable: true } : {};
  switch (d.type) {
    case "boolean":
      return { kind: "boolean", ...mayBeNull };
    case "date":
      return { kind: "date", ...mayBeNull };
    case "text":
      return { kind: "text", ...(d.choices ? { choices: d.choices } : {}), ...mayBeNull };
    default:
      return { kind: "number", dims: d.unit?.dims ?? COUNT, whole: d.type !== "number", ...mayBeNull };
  }
}
