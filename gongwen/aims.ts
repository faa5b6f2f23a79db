import { clauseAround } from "./clauses.ts";
import { type Flow, spanOf } from "./flow.ts";
import type { Sections } from "./sections.ts";
import type { Shields } from "./shields.ts";
import type { Aim } from "./types.ts";

/** Measurable words without a numeral. They are kept apart: a figure may be checked, these must be given a measure. */
const WORDS: readonly [RegExp, Aim["comparator"], string][] = [
  [/(?:实现|达到|做到)?(?:全面覆盖|全覆盖|全部覆盖|全员覆盖)/g, "full", "全覆盖：应达到百分之百"],
  [
    /(?:稳中有升|稳步提升|稳步提高|稳步增长|稳步上升|持续提升|逐年提高|逐年增长|明显提高|明显提升|显著提高|显著提升|只增不减|稳定增长|不断提高)/g,
    "rising",
    "应高于上一期",
  ],
  [/(?:稳中有降|稳步下降|逐年下降|逐年减少|明显下降|明显减少|持续下降|只减不增)/g, "falling", "应低于上一期"],
  [
    /(?:零事故|零增长|零发生|零死亡|零投诉|零差错|零遗漏|无遗漏|不[漏落]一[户人](?:、不[漏落]一[户人])*|无(?:重大|较大)?(?:安全)?(?:责任)?事故)/g,
    "zero",
    "应为零",
  ],
  [/翻(?:[一两二三四]|\d)番/g, "double", "翻一番：应达到原来的两倍"],
  [/[二三四五六七八九十]分之[一二三四五六七八九两]+(?:以上)?/g, "fraction", "几分之几，不换算成小数"],
  [/(?<![\d:.])\d{1,3}(?:\.\d+)?:\d{1,4}(?:\.\d+)?(?![\d:])/g, "ratio", "配比，两个数合起来才有意思"],
];

/** 9:30 is a time of day, 3:0 a score: a ratio follows a word for it. */
const RATIO = /(?:比|配比|比例|配备|比重|结构|达到?|为|不低于|不高于|按|由上年的)$/;

export function aimsOf(
  flow: Flow,
  sections: Sections,
  shields: Shields,
  planPeriod: string | null,
  summaryPeriod: string | null,
): Aim[] {
  const { text } = flow;
  const aims: Aim[] = [];
  for (const [pattern, comparator, why] of WORDS)
    for (const m of text.matchAll(pattern)) {
      if (/书名号/.test(shields.at(m.index))) continue;
      if (comparator === "ratio" && !RATIO.test(text.slice(Math.max(0, m.index - 6), m.index))) continue;
      const about = sections.aboutAt(m.index);
      const span = spanOf(flow, m.index, m.index + m[0].length);
      aims.push({
        ...span,
        quote: flow.source.slice(span.start, span.end),
        object: objectAround(text, m.index, m.index + m[0].length),
        comparator,
        kind: about === "plan" ? "target" : "result",
        period: about === "plan" ? planPeriod : summaryPeriod,
        reasons: [{ pattern: `aim.${comparator}`, why }],
      });
    }
  return aims.sort((a, b) => a.start - b.start);
}

/** The words before it; when it opens its clause (12.持续提升救助效能), those behind it. */
function objectAround(text: string, from: number, to: number): string {
  const { left, right } = clauseAround(text, from, to);
  const before = left
    .replace(
      /^\s*(?:\d{1,2}[.、]|\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}(?:、|是|要))/,
      "",
    )
    // 兜底保障“不漏一户: what only opens a quotation is no part of the object.
    .replace(/[“、]+$/, "")
    .replace(/(?:实现|达到|做到|确保|较上年度?|逐步|推动|促进|保持|的)+$/, "")
    .replace(/^(?:推动|促进|确保|实现|逐步|力争|不断)+/, "");
  return before.trim() === "" ? right.replace(/^[”、的]+/, "").trim() : before;
}
