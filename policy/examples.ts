import { isMonth, type Month } from "@wuxin/kernel";
import { decide } from "./decide.ts";
import { ProblemList } from "./errors.ts";
import { multiply, parseDecimal, toNumber } from "./exact.ts";
import { type Entry, isMap, isScalar, isSeq, type Node, SourceFile } from "./load/source.ts";
import type { Facts, FactValue, PlainValue, Result, RuleSet, Source, ValueType } from "./types.ts";
import { parseUnit } from "./units.ts";
import { valueText } from "./words.ts";

export interface ExampleResult {
  readonly name: string;
  readonly ok: boolean;
  /** What differs, in Chinese. */
  readonly problems: readonly string[];
}

interface Example {
  readonly name: string;
  readonly month: Month;
  readonly household: Entry[];
  readonly members: Entry[][];
  readonly expect: Entry[];
  readonly missing?: readonly string[];
}

/**
 * Runs an examples file: situations and what must come out. Money is written in 元, as people write it. With
 * `county`, the examples of other counties are left out.
 * @throws PolicyError when the file itself is not well formed
 */
export function runExamples(
  ruleSet: RuleSet,
  source: Source,
  options: { readonly county?: string } = {},
): ExampleResult[] {
  const problems = new ProblemList();
  const file = new SourceFile(source, problems);
  const examples = readExamples(file, problems, options.county);
  problems.throwIfAny();
  return examples.map((e) => runOne(ruleSet, e, file));
}

/** A situation of an examples file as `decide` takes it, money in 分. */
export interface Situation {
  readonly name: string;
  readonly month: Month;
  readonly household: Facts;
  readonly members: readonly Facts[];
  /** What the file expects results for. */
  readonly wanted: readonly string[];
}

/**
 * The situations of an examples file, to be explained or simulated.
 * @throws PolicyError when the file is not well formed or names facts the rules do not ask
 */
export function situationsIn(
  ruleSet: RuleSet,
  source: Source,
  options: { readonly county?: string } = {},
): Situation[] {
  const problems = new ProblemList();
  const file = new SourceFile(source, problems);
  const situations = readExamples(file, problems, options.county).map((e): Situation => {
    const unknown = (entry: Entry, entity: string) =>
      problems.add(file.place(entry.keyNode), `${entity}没有填报的事实“${entry.key}”`, "检查名字");
    return {
      name: e.name,
      month: e.month,
      household: factsOf(ruleSet, e.household, "家庭", unknown),
      members: e.members.map((m) => factsOf(ruleSet, m, "成员", unknown)),
      wanted: e.expect.map((x) => x.key),
    };
  });
  problems.throwIfAny();
  return situations;
}

function factsOf(
  ruleSet: RuleSet,
  entries: readonly Entry[],
  entity: "家庭" | "成员",
  unknown: (entry: Entry, entity: string) => void,
): Facts {
  const out: Record<string, FactValue | undefined> = {};
  for (const e of entries) {
    const input = ruleSet.inputs.find((i) => i.name === e.key && i.entity === entity);
    if (!input) {
      unknown(e, entity);
      continue;
    }
    const value = plainOf(e.value, input.type, input.unit);
    // “未填报” takes a default away again.
    out[e.key] = value === undefined ? undefined : { value, source: "例子" };
  }
  return out;
}

function readExamples(file: SourceFile, problems: ProblemList, county: string | undefined): Example[] {
  const top = new Map(file.entries(file.root, "例子文件").map((e) => [e.key, e]));
  const text = (e: Entry | undefined) => (e ? file.string(e.value, e.key) : undefined);
  const defaults = new Map(file.entries(top.get("defaults")?.value, "defaults").map((e) => [e.key, e]));
  const general = {
    month: text(top.get("month")),
    county: text(top.get("county")),
    household: file.entries(defaults.get("household")?.value, "defaults.household"),
    member: file.entries(defaults.get("member")?.value, "defaults.member"),
  };
  const list = top.get("examples")?.value;
  if (!isSeq(list)) {
    problems.add(file.place(file.root), "没有例子", "写 examples: 下面每行一个 - name: …");
    return [];
  }
  return list.items.flatMap((item): Example[] => {
    const parts = new Map(file.entries(item as Node, "例子").map((e) => [e.key, e]));
    for (const [key, e] of parts) {
      if (!["name", "month", "county", "household", "members", "expect", "missing"].includes(key)) {
        problems.add(
          file.place(e.keyNode),
          `例子里不认识“${key}”`,
          "可用：name、month、county、household、members、expect、missing",
        );
      }
    }
    const name = text(parts.get("name"));
    const month = text(parts.get("month")) ?? general.month;
    if (name === undefined || month === undefined || !isMonth(month)) {
      problems.add(file.place(item as Node), "例子没有名字或月份", "写 name: …，month: 2024-03");
      return [];
    }
    const own = text(parts.get("county")) ?? general.county;
    if (county !== undefined && own !== undefined && own !== county) return [];
    const members = parts.get("members")?.value;
    const missing = parts.get("missing");
    return [
      {
        name,
        month,
        household: [...general.household, ...file.entries(parts.get("household")?.value, "household")],
        members: isSeq(members)
          ? members.items.map((m) => [...general.member, ...file.entries(m as Node, "成员")])
          : [general.member],
        expect: file.entries(parts.get("expect")?.value, "expect"),
        ...(missing ? { missing: file.strings(missing.value, "missing") } : {}),
      },
    ];
  });
}

function runOne(ruleSet: RuleSet, example: Example, file: SourceFile): ExampleResult {
  const problems: string[] = [];
  const facts = (entries: readonly Entry[], entity: "家庭" | "成员") =>
    factsOf(ruleSet, entries, entity, (e) =>
      problems.push(`第 ${file.place(e.keyNode).line} 行：${entity}没有填报的事实“${e.key}”`),
    );
  try {
    const household = facts(example.household, "家庭");
    const members = example.members.map((m) => facts(m, "成员"));
    if (problems.length > 0) return { name: example.name, ok: false, problems };
    const wanted = example.expect.map((e) => e.key);
    const decision = decide(ruleSet, { month: example.month, wanted, household, members });
    for (const e of example.expect) {
      const result = decision.results[e.key];
      const each = decision.memberResults[e.key];
      if (result) compare(e.key, e.value, result, ruleSet, problems);
      else if (each && isSeq(e.value)) {
        const expected = e.value.items as Node[];
        if (expected.length !== each.length)
          problems.push(`${e.key}：写了 ${expected.length} 位成员，实有 ${each.length} 位`);
        else
          each.forEach(
            (r, i) => void compare(`第 ${i + 1} 位成员的${e.key}`, expected[i]!, r, ruleSet, problems, e.key),
          );
      } else problems.push(`${e.key} 是每个成员的，期望写成列表，例如 [0, 84]`);
    }
    if (example.missing) {
      const names = [...new Set(decision.missing.filter((m) => m.certain).map((m) => m.name))];
      if (names.join("、") !== example.missing.join("、")) {
        problems.push(
          `还缺的事实应为 ${example.missing.join("、") || "无"}，算出 ${names.join("、") || "无"}`,
        );
      }
    }
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  return { name: example.name, ok: problems.length === 0, problems };
}

function compare(
  label: string,
  node: Node | null,
  result: Result,
  ruleSet: RuleSet,
  problems: string[],
  name = label,
): void {
  const v = ruleSet.variables.get(name);
  const p = ruleSet.parameters.get(name);
  const type = v?.type ?? p?.type ?? "text";
  const unit = v?.unit ?? p?.unit?.text;
  const expected = plainOf(node, type, unit);
  if (expected === undefined) {
    if (result.known) problems.push(`${label} 应当不能确定，算出 ${result.text}`);
    return;
  }
  if (!result.known)
    problems.push(
      `${label} 应为 ${shown(expected, type, unit)}，但不能确定，缺 ${result.missing.join("、")}`,
    );
  else if (result.value !== expected)
    problems.push(`${label} 应为 ${shown(expected, type, unit)}，算出 ${result.text}`);
}

function shown(value: PlainValue, type: ValueType, unit: string | undefined): string {
  return valueText(
    typeof value === "number" && type === "number" ? parseDecimal(String(value)) : value,
    type,
    unit,
  );
}

/** Undefined for 未填报 / 不能确定. */
function plainOf(node: Node | null, type: ValueType, unit: string | undefined): PlainValue | undefined {
  if (!isScalar(node) || isMap(node)) return undefined;
  const { value } = node;
  if (value === "未填报" || value === "不能确定" || value === undefined) return undefined;
  if (value === null) return null;
  if (type === "money" || type === "number" || type === "integer") {
    const number = parseDecimal(String(node.source ?? value).replaceAll(",", ""));
    if (number === null) return String(value);
    const factor = unit === undefined ? 1 : (parseUnit(unit)?.factor ?? 1);
    return toNumber(multiply(number, factor));
  }
  return typeof value === "boolean" || typeof value === "string" ? value : String(node.source ?? value);
}
