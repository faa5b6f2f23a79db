import { formatDateChinese } from "@wuxin/kernel";
import type { InputFact, Parameter, RuleSet, Variable } from "../types.ts";
import { printScalar } from "./print.ts";

const TYPE: Record<string, string> = {
  money: "金额",
  integer: "整数",
  number: "数",
  boolean: "是否",
  text: "文字",
  date: "日期",
};

/** A rule set as a Markdown page in Chinese: what is asked, what is computed from what, the standards and their documents. */
export function page(ruleSet: RuleSet): string {
  const variables = [...ruleSet.variables.values()];
  return [
    `# ${ruleSet.name}`,
    `规则版本 \`${ruleSet.version.slice(0, 16)}\`。`,
    "## 从事实到结论",
    picture(ruleSet),
    "## 要填报的事实",
    table(["事实", "属于", "类型", "问法", "材料"], ruleSet.inputs.map(inputRow)),
    "## 怎么计算",
    ...variables.map(section),
    "## 标准和参数",
    ...[...ruleSet.parameters.values()].map(parameterSection),
  ].join("\n\n");
}

/** Who stands on what, as a Mermaid graph; facts are boxes, results rounded, parameters slanted. */
function picture(ruleSet: RuleSet): string {
  const ids = new Map<string, string>();
  const id = (name: string) => {
    if (!ids.has(name)) ids.set(name, `n${ids.size}`);
    return ids.get(name)!;
  };
  const shape = (name: string) => {
    const at = id(name);
    if (ruleSet.parameters.has(name)) return `${at}[/"${name}"/]`;
    return ruleSet.variables.has(name) ? `${at}("${name}")` : `${at}["${name}"]`;
  };
  const edges = new Set<string>();
  for (const v of ruleSet.variables.values())
    for (const used of new Set(v.versions.flatMap((x) => x.uses)))
      edges.add(`  ${shape(used)} --> ${shape(v.name)}`);
  return ["```mermaid", "flowchart LR", ...edges, "```"].join("\n");
}

function inputRow(i: InputFact): string[] {
  const choices = i.choices ? `（${i.choices.join("、")}）` : "";
  return [
    i.name,
    i.entity,
    `${TYPE[i.type]}${i.unit ? `，${i.unit}` : ""}${choices}`,
    i.question ?? "",
    i.material ?? "",
  ];
}

function section(v: Variable): string {
  const head = `### ${v.name}\n\n${v.entity}，${TYPE[v.type]}${v.unit ? `（${v.unit}）` : ""}。${v.reference ? `依据：${v.reference}。` : ""}${v.description ?? ""}`;
  const bodies = v.versions.map((x) => `自 ${formatDateChinese(x.since)}起：\n\n\`\`\`\n${x.text}\n\`\`\``);
  return [head, ...bodies].join("\n\n");
}

function parameterSection(p: Parameter): string {
  const keys = [...new Set(p.versions.flatMap((v) => [...v.values.keys()]))];
  const rows = p.versions.map((v) => [
    v.since,
    ...keys.map((k) => (v.values.has(k) ? printScalar(v.values.get(k)!, p.type, p.unit) : "")),
    `${v.document ?? ""}${v.unverified ? "（示例值，待核实）" : ""}`,
  ]);
  const names = keys.map((k) => k.replaceAll("\u0000", "·") || "值");
  const unit = p.unit ? `（${p.unit.text}）` : "";
  return `### ${p.name}${unit}\n\n${table(["自", ...names, "文号"], rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "没有。";
  const line = (cells: readonly string[]) =>
    `| ${cells.map((c) => c.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
