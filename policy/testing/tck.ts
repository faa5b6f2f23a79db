import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { toNumber } from "../exact.ts";
import { FeelFault } from "../feel/ast.ts";
import type { Scalar } from "../feel/ir.ts";
import { evaluate, Undetermined } from "../machine/evaluate.ts";
import { compileText, worldOf } from "./expressions.ts";

/** The cases of the DMN TCK about FEEL: which this room runs, and why the others are out. */

export interface TckCase {
  readonly group: string;
  readonly id: string;
  readonly text: string;
  readonly outcome: "agrees" | "differs" | "out";
  /** Why it is out, or what came instead. */
  readonly reason?: string;
}

const WORLD = worldOf({ household: {}, members: [{}] });

/** Every test case of every model under the folder. */
export function tckCases(folder: string): TckCase[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((d) => d.isDirectory())
    .map((d) => d.name)
    .sort()
    .flatMap((group) => {
      const files = readdirSync(join(folder, group));
      const read = (f: string) => readFileSync(join(folder, group, f), "utf8");
      const models = files.filter((f) => f.endsWith(".dmn")).map(read);
      const decisions = new Map(models.flatMap(decisionsOf));
      const tests = files.filter((f) => f.endsWith(".xml")).map(read);
      return tests.flatMap((xml) => casesOf(group, xml, decisions));
    });
}

/** `missing` is a sentence where the data should be there and is not; undefined folder: not expected here. */
export function tckFolder(root: string): { folder?: string; missing?: string } {
  const shared = join(root, "..", "shared");
  const folder = join(shared, "data", "dmn-tck");
  if (existsSync(folder)) return { folder };
  return existsSync(shared)
    ? { missing: "../shared/data/dmn-tck is missing although ../shared is there" }
    : {};
}

function plainXml(text: string): string {
  return text
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replace(/&#(\d+);/g, (_m, n: string) => String.fromCodePoint(Number(n)))
    .replace(/&#x([0-9a-fA-F]+);/g, (_m, n: string) => String.fromCodePoint(Number.parseInt(n, 16)))
    .replaceAll("&amp;", "&");
}

/** Name of the decision → its one literal expression; null where it is something else or needs inputs. */
function decisionsOf(xml: string): [string, string | null][] {
  return [...xml.matchAll(/<(?:\w+:)?decision\b([^>]*)>([\s\S]*?)<\/(?:\w+:)?decision>/g)].map(
    ([, head, body]) => {
      const name = plainXml(/name="([^"]*)"/.exec(head!)?.[1] ?? "");
      const texts = [
        ...body!.matchAll(
          /<(?:\w+:)?literalExpression\b[^>]*>\s*<(?:\w+:)?text>([\s\S]*?)<\/(?:\w+:)?text>/g,
        ),
      ];
      const alone =
        texts.length === 1 &&
        !/<(?:\w+:)?(informationRequirement|context|invocation|decisionTable|list|relation|functionDefinition|filter|conditional|for|some|every)\b/.test(
          body!,
        );
      return [name, alone ? plainXml(texts[0]![1]!).trim() : null];
    },
  );
}

function casesOf(group: string, xml: string, decisions: ReadonlyMap<string, string | null>): TckCase[] {
  return [...xml.matchAll(/<testCase\b([^>]*)>([\s\S]*?)<\/testCase>/g)].flatMap(([, head, body]) => {
    const id = /id="([^"]*)"/.exec(head!)?.[1] ?? "";
    return [...body!.matchAll(/<resultNode\b([^>]*)>([\s\S]*?)<\/resultNode>/g)].map(
      ([, node, result]): TckCase => {
        const name = plainXml(/name="([^"]*)"/.exec(node!)?.[1] ?? "");
        const text = decisions.get(name);
        const at = { group, id: `${id} ${name}` };
        if (!text)
          return { ...at, text: "", outcome: "out", reason: "要输入、表或多步的模型，不是单独一条表达式" };
        return { ...at, text, ...ran(text, expectedOf(result!)) };
      },
    );
  });
}

/** Undefined: a list or a context. */
function expectedOf(xml: string): Scalar | string | undefined {
  if (/<list|<component/.test(xml)) return undefined;
  if (/xsi:nil="true"/.test(xml)) return null;
  const [, type, value] = /<value[^>]*xsi:type="(?:\w+:)?(\w+)"[^>]*>([\s\S]*?)<\/value>/.exec(xml) ?? [];
  if (type === undefined) return undefined;
  const text = plainXml(value ?? "");
  if (type === "boolean") return text.trim() === "true";
  if (type === "decimal" || type === "double" || type === "integer") return Number(text);
  return text;
}

function ran(text: string, expected: Scalar | string | undefined): Pick<TckCase, "outcome" | "reason"> {
  let value: Scalar | Undetermined;
  try {
    const ir = compileText(text);
    const kind = ir.type.kind;
    if (kind === "list" || kind === "members" || kind === "duration" || kind === "age")
      return { outcome: "out", reason: "结果是列表或期间" };
    value = evaluate(ir, WORLD);
  } catch (error) {
    if (error instanceof FeelFault) return { outcome: "out", reason: reasonOf(error.message, expected) };
    return { outcome: "out", reason: "数太大" };
  }
  if (expected === undefined) return { outcome: "out", reason: "结果是列表或期间" };
  if (value instanceof Undetermined) return { outcome: "differs", reason: "undetermined" };
  const got = typeof value === "object" && value !== null ? toNumber(value) : value;
  const same =
    typeof got === "number" && typeof expected === "number"
      ? Math.abs(got - expected) <= 1e-8 * Math.max(1, Math.abs(expected))
      : got === expected;
  return same
    ? { outcome: "agrees" }
    : { outcome: "differs", reason: `${String(expected)} expected, got ${String(got)}` };
}

/** Refusals in a few kinds, for the table. What the TCK wants to be null because it is an error is refused when loaded. */
function reasonOf(message: string, expected: Scalar | string | undefined): string {
  if (expected === null) return "TCK 以空表示的错误，本室在读入时就拒绝";
  if (/不支持函数|不支持|没有用处/.test(message))
    return "用了不支持的函数或写法（列表、上下文、时间、期间、for 等）";
  if (/不认识/.test(message)) return "用了不认识的名字（函数当值、上下文等）";
  return "类型、单位或写法在读入时拒绝";
}
