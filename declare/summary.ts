/**
 * How a domain tells its half year or year in the bureau's summary: `domains/<domain>/summary.yaml`. Words of the author
 * with places for figures: `{code}` the period's figure, `{code 上年}` the same period of last year, `{code 比上年}` the
 * comparison in words; `{期末}` and `{期间}` say the time. What has no figure leaves its clause out; it is told apart.
 */
import { DomainError } from "@wuxin/kernel";
import type { Source } from "@wuxin/policy";
import { SYSTEMS, type System } from "./roles.ts";
import { readYaml } from "./yaml-file.ts";

export type SummaryToken =
  | string
  | { readonly time: "end" | "span" }
  | { readonly code: string; readonly of: "value" | "last" | "change" };
export type SummaryClause = readonly SummaryToken[];
export interface SummaryPart {
  readonly heading: string;
  readonly system: System;
  /** Its place in the summary, the smallest first. */
  readonly order: number;
  readonly paragraphs: readonly {
    readonly heading: string;
    readonly sentences: readonly (readonly SummaryClause[])[];
  }[];
}

const TIMES: Readonly<Record<string, "end" | "span">> = { 期末: "end", 期间: "span" };
const KINDS: Readonly<Record<string, "value" | "last" | "change">> = {
  "": "value",
  上年: "last",
  比上年: "change",
};

/** @throws DomainError("bad-declaration") with every fault of every file, each naming place and mend */
export function readSummaries(sources: readonly Source[], indicators: ReadonlySet<string>): SummaryPart[] {
  const faults: string[] = [];
  const parts = sources.flatMap((s) => readOne(s, indicators, (m) => faults.push(`${s.file}：${m}`)) ?? []);
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
  return parts.sort((a, b) => a.order - b.order || (a.heading < b.heading ? -1 : 1));
}

function readOne(
  source: Source,
  indicators: ReadonlySet<string>,
  fault: (message: string) => void,
): SummaryPart | undefined {
  const data = readYaml(source, fault);
  if (!data) return undefined;
  const { heading, system, order, paragraphs } = data;
  if (typeof heading !== "string" || heading === "") fault("缺 heading，请写这一部分的标题。");
  const known = SYSTEMS.find((s) => s === system);
  if (!known) fault(`system 应是 ${SYSTEMS.join("、")} 之一。`);
  if (typeof order !== "number") fault("缺 order，请写一个数，小的在前。");
  const list = Array.isArray(paragraphs) ? (paragraphs as Record<string, unknown>[]) : [];
  if (list.length === 0) fault("缺 paragraphs，请至少写一段。");
  return {
    heading: String(heading),
    system: known ?? "保障",
    order: Number(order),
    paragraphs: list.map((p) => ({
      heading: String(p.heading ?? ""),
      sentences: (Array.isArray(p.sentences) ? p.sentences : []).map((s) =>
        String(s)
          .replace(/。$/, "")
          .split("，")
          .map((c) => clauseOf(c, indicators, fault)),
      ),
    })),
  };
}

function clauseOf(
  words: string,
  indicators: ReadonlySet<string>,
  fault: (message: string) => void,
): SummaryClause {
  const tokens: SummaryToken[] = [];
  for (const piece of words.split(/(\{[^}]*\})/)) {
    if (piece === "") continue;
    const inside = /^\{([^}]*)\}$/.exec(piece)?.[1];
    if (inside === undefined) {
      // A figure that no ledger counted has no business in a template.
      if (/\d/.test(piece)) fault(`“${piece}”里写死了数字，数字要用 {指标代码} 取。`);
      tokens.push(piece);
      continue;
    }
    const time = TIMES[inside];
    const [code = "", kind = ""] = inside.split(" ");
    const of = KINDS[kind];
    if (time) tokens.push({ time });
    else if (!indicators.has(code)) fault(`没有代码为“${code}”的指标，请改正，或先在 indicators.ts 里申报。`);
    else if (!of) fault(`“${inside}”里的“${kind}”不认得，可用的有 上年、比上年。`);
    else tokens.push({ code, of });
  }
  return tokens;
}
