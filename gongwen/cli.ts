/**
 * npm run -s gongwen -- read FILE [--json] [--explain]: one official text to its tasks and quantities. `-` reads stdin.
 * npm run -s gongwen -- write FILE.json OUT.docx: a document to a Word file in the layout of GB/T 9704-2012.
 */
import fs from "node:fs";
import { DomainError } from "@wuxin/kernel";
import { documentFrom, type Quantity, type Reading, readText, textOf, writeDocument } from "./index.ts";

const USAGE = `用法：npm run -s gongwen -- read 文件 [--json] [--explain]
      npm run -s gongwen -- write 公文.json 输出.docx
  文件可以是 .txt、.docx、带文字的 .pdf，或 -（标准输入）。
  --json 只输出约定的字段；加 --explain 还给出纲目、无数字的目标、未计入的数字和每一条的依据。`;

function bytesOf(file: string): Uint8Array {
  try {
    return fs.readFileSync(file === "-" ? 0 : file);
  } catch (cause) {
    throw new DomainError(
      "file-unreadable",
      `读不到文件「${file}」。请检查文件名和权限，或者用 - 从标准输入给出文字。`,
      { cause },
    );
  }
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(
      Buffer.from(bytesOf(file))
        .toString("utf8")
        .replace(/^\uFEFF/, ""),
    );
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError("bad-json", `「${file}」不是有效的 JSON。请检查引号和逗号。`, { cause });
  }
}

function save(file: string, bytes: Uint8Array): void {
  try {
    fs.writeFileSync(file, bytes);
  } catch (cause) {
    throw new DomainError("file-unwritable", `写不了文件「${file}」。请检查文件夹是否存在、有没有权限。`, {
      cause,
    });
  }
}

const contract = (r: Reading) => ({
  title: r.title,
  issuer: r.issuer,
  year: r.year,
  kind: r.kind,
  tasks: r.tasks.map(({ start, end, path, title }) => ({ start, end, path, title })),
  quantities: r.quantities.map((q) => ({
    start: q.start,
    end: q.end,
    quote: q.quote,
    object: q.object,
    value: q.value,
    unit: q.unit,
    baseValue: q.baseValue,
    baseUnit: q.baseUnit,
    comparator: q.comparator,
    max: q.max,
    from: q.from,
    kind: q.kind,
    period: q.period,
    approx: q.approx,
  })),
});

const KIND: Record<Quantity["kind"], string> = {
  target: "目标",
  result: "结果",
  standard: "标准",
  other: "其他",
};
function print(r: Reading): string {
  const lines = [
    `${r.title ?? "（无标题）"}  ${r.issuer ?? ""}  ${r.year ?? ""}`,
    "",
    `任务 ${r.tasks.length} 项`,
  ];
  for (const t of r.tasks) lines.push(`  ${[...t.path, t.title].join(" › ")}`);
  lines.push("", `数量 ${r.quantities.length} 个`);
  for (const q of r.quantities) lines.push(`  ${KIND[q.kind]}  ${q.object}  ${q.quote}  ${q.period ?? ""}`);
  return lines.join("\n");
}

try {
  const args = process.argv.slice(2);
  const [command, file, target] = args.filter((a) => a === "-" || !a.startsWith("-"));
  if (command === "write" && file && target) {
    save(target, writeDocument(documentFrom(jsonOf(file))));
    console.error(`已写入 ${target}。`);
  } else if (command !== "read" || !file) {
    console.error(USAGE);
    process.exitCode = 2;
  } else {
    const reading = readText(await textOf(bytesOf(file)));
    const shown = args.includes("--explain") ? reading : contract(reading);
    process.stdout.write(`${args.includes("--json") ? JSON.stringify(shown) : print(reading)}\n`);
  }
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
