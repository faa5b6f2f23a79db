import { clauseAround, left } from "./clauses.ts";
import { THING } from "./each.ts";
import { type Flow, spanOf } from "./flow.ts";
import type { Head } from "./head.ts";
import { APPLIED_FOR, type Context, explicitPeriod, kindOf, reports } from "./kinds.ts";
import { DEED, noun } from "./nouns.ts";
import { powerOf, shifted } from "./numerals.ts";
import { beforeIn, type Claim, claimsOf } from "./pairs.ts";
import type { Sections } from "./sections.ts";
import type { Cell, Tables, WordCell } from "./tables.ts";
import { type Time, within } from "./times.ts";
import type { Token } from "./tokens.ts";
import { labelBefore, yearAtHead } from "./topics.ts";
import type { Quantity, Reason } from "./types.ts";
import { objectOf, type Told } from "./wholes.ts";

export function quantitiesOf(
  flow: Flow,
  tokens: readonly Token[],
  times: readonly Time[],
  tables: Tables,
  head: Head,
  sections: Sections,
): Quantity[] {
  const { text } = flow;
  const out: Quantity[] = [];
  let t = 0;
  let w = 0;
  let sentence: Sentence = { from: 0, to: 0, times: [] };
  let last: Said | undefined;
  for (const claim of claimsOf(text, tokens)) {
    const { token } = claim;
    if (token.numeral >= sentence.to) {
      sentence = sentenceAt(text, token.numeral);
      while (t < times.length && (times[t] as Time).to <= sentence.from) t++;
      for (let k = t; k < times.length && (times[k] as Time).from < sentence.to; k++)
        sentence.times.push(times[k] as Time);
    }
    const before: Said | undefined = last && last.from === sentence.from ? last : undefined;
    const between = before ? text.slice(before.to, claim.from) : "";
    const said = before && parted(before, between);
    while (w < tables.words.length && (tables.words[w] as WordCell).to <= token.numeral) w++;
    const words = tables.words[w];
    const cell =
      tables.numbers.get(token.numeral) ?? (words && words.from <= token.numeral ? words : undefined);
    const quantity = quantityOf(flow, claim, sentence, cell, head, sections, said);
    last = {
      from: sentence.from,
      to: claim.to,
      whole: said ? said.whole : labelBefore(text, claim.subjectTo),
      bracket: said?.bracket ?? false,
      apart: false,
      // A share is said of something; what follows is said of that something again.
      object:
        (said && isShareOf(said.object, quantity) && said.object) || extended(text, claim) || quantity.object,
      ...listed(said, claim, quantity.object),
      standard: quantity.kind === "standard" && quantity.from !== null,
      beside: quantity.reasons.some((r) => r.pattern === APPLIED_FOR)
        ? "applied"
        : quantity.kind === "result" && sections.aboutAt(claim.from) === "plan"
          ? "there"
          : quantity.kind === "target" && sections.aboutAt(claim.from) === "review"
            ? "set"
            : quantity.kind === "target"
              ? "aimed"
              : undefined,
    };
    out.push(quantity);
  }
  return out.sort((a, b) => a.numeralStart - b.numeralStart);
}

/** 五保对象5人,其中集中供养2人; 机构19家(公办12家、民办7家),床位90张: what parts are of, until they are told. */
function parted(before: Said, between: string): Said {
  const said = { ...before, apart: /[,;][^,;。]{4,}[,;]/.test(between) };
  const bracket = between.lastIndexOf("(") > between.lastIndexOf(")");
  if (between.includes("其中") || bracket)
    return {
      ...said,
      whole: THING.test(said.object) && !said.object.endsWith("率") ? said.object : "",
      bracket,
    };
  if (said.bracket && between.includes(")"))
    return { ...said, object: said.whole || said.object, whole: "", bracket: false };
  return between.includes(";") ? { ...said, whole: "" } : said;
}

/**
 * 由2020年的540元提高到2025年的720元: the time of the new value;
 * 2026年、2027年分别新增150张、200张: each figure of the list has the time in its place.
 */
function timeOf(text: string, claim: Claim, times: readonly Time[]): string | undefined {
  const within = times.findLast((t) => t.from > claim.from && t.to <= claim.token.numeral);
  if (claim.before && within?.period && /[到至为成]/.test(text[within.from - 1] ?? "")) return within.period;
  const { index, of } = claim.order ?? { index: 0, of: 1 };
  const list = times.filter((t) => t.to <= claim.from).slice(-of);
  if (of < 2 || list.length < of) return undefined;
  const apart = list.slice(1).some((t, k) => !/^[、和及与]$/.test(text.slice((list[k] as Time).to, t.from)));
  return apart || !/^分别|^各/.test(text.slice((list.at(-1) as Time).to, (list.at(-1) as Time).to + 2))
    ? undefined
    : (list[index] as Time).period;
}

const isShareOf = (thing: string, { object, unit }: Quantity) =>
  /^占/.test(object) || (unit === "%" && thing !== "" && object !== thing && object.startsWith(thing));

/** 敬老院建设涉及6个乡镇,新建3所: how far it goes is said in passing, the talk is of the thing. */
function extended(text: string, claim: Claim): string {
  const words = /^(.*?[一-龥]{2})(?:涉及|覆盖|分布在|遍布)$/.exec(left(text, claim.from))?.[1];
  return words ? noun(words) : "";
}

/** The objects of the last whole list of figures, and of the one that is being told. */
function listed(
  said: Said | undefined,
  claim: Claim,
  object: string,
): Pick<Said, "list" | "telling" | "single"> {
  const { index, of } = claim.order ?? { index: 0, of: 1 };
  const list = said?.list ?? [];
  const single = said?.single ?? [];
  if (of < 2) return { list, telling: [], single: [...single.slice(-5), object] };
  const telling = index === 0 ? [object] : [...(said?.telling ?? []), object];
  return index === of - 1 ? { list: telling, telling: [], single } : { list, telling, single };
}

const LONGEST = 600;
/** Cells of a table say nothing of each other. */
const ENDS = new Set("。!?\n\t|");
/** A semicolon ends a sentence only where a new item of a list begins: a time said at its head holds for all of it. */
const opensItem = (text: string, at: number) =>
  /^(?:[一二三四五六七八九十]{1,3}是|\(|\d{1,2}[.、)]|[①-⑳])/.test(text.slice(at, at + 4));
interface Sentence {
  readonly from: number;
  readonly to: number;
  readonly times: Time[];
  reported?: boolean;
}
/** What the figures before it in the same sentence are about. */
interface Said extends Told {
  readonly from: number;
  /** Where the last of them ends. */
  readonly to: number;
  /** Its parts stand in brackets. */
  readonly bracket: boolean;
  /** Of a list that is not at its end. */
  readonly telling: readonly string[];
  /** It has a value before and is a standard. */
  readonly standard: boolean;
  readonly beside: Context["beside"];
}

function sentenceAt(text: string, at: number): Sentence {
  let from = at;
  for (; from > 0 && at - from < LONGEST; from--) {
    const c = text[from - 1] as string;
    if (
      ENDS.has(c) ||
      (c === ";" && opensItem(text, from)) ||
      ((c === "," || c === "、") && /^[一二三四五六七八九十]是/.test(text.slice(from, from + 2)))
    )
      break;
  }
  let to = at;
  while (
    to < text.length &&
    to - at < LONGEST &&
    !ENDS.has(text[to] as string) &&
    !(text[to] === ";" && opensItem(text, to + 1))
  )
    to++;
  return { from, to: Math.max(to, at + 1), times: [] };
}

function quantityOf(
  flow: Flow,
  claim: Claim,
  sentence: Sentence,
  place: Cell | WordCell | undefined,
  head: Head,
  sections: Sections,
  said: Said | undefined,
): Quantity {
  const { text } = flow;
  const { token } = claim;
  const reasons: Reason[] = [...token.reasons];
  const cell = place && "object" in place ? place : undefined;
  const words = place && "label" in place ? place : undefined;
  const own = objectOf(text, claim, said);
  // 在建3个: what is done, of what the row is about.
  const found =
    words?.label && (own.object === "" || DEED.test(own.object))
      ? { object: noun(words.label) + own.object, pattern: "object.table" }
      : own;
  const object = cell?.object || found.object;
  reasons.push(
    cell?.object
      ? { pattern: "object.table", why: OBJECT_WHY["object.table"] as string }
      : { pattern: found.pattern, why: OBJECT_WHY[found.pattern] ?? "" },
  );
  const about = sections.aboutAt(claim.from);
  const inherited = about === "plan" ? head.planPeriod : (head.summaryPeriod ?? head.planPeriod);
  // What a plan of five years tells of ends before its first year.
  const before =
    about === "review" && head.summaryPeriod === null && head.planPeriod?.includes("/")
      ? String(Number(head.planPeriod.slice(0, 4)) - 1)
      : undefined;
  const { period: absolute, relative } = cell?.time ?? {};
  const column = absolute ?? (relative && head.year !== null ? within(head.year, relative) : undefined);
  const shared = timeOf(text, claim, sentence.times);
  const explicit = column
    ? { period: column, open: false }
    : shared
      ? { period: shared, open: false }
      : explicitPeriod(text, claim.from, claim.to, sentence.times, before ?? inherited);
  const headed = explicit || about === "review" ? undefined : yearAtHead(text, claim.from);
  const around = clauseAround(text, claim.from, claim.to);
  const periodYear = explicit ? Number((explicit.period.split("/").at(-1) as string).slice(0, 4)) : undefined;
  const { kind, reason } = kindOf(
    claim,
    {
      reported: () => {
        sentence.reported ??= reports(text.slice(sentence.from, sentence.to));
        return sentence.reported;
      },
      clause: around.left + text.slice(claim.from, claim.to) + around.right,
      clauseBefore: around.left,
      beside: said?.beside,
      following: text.slice(claim.to, claim.to + 48),
      object,
      about,
    },
    periodYear,
    about === "plan" ? head.year : Number(String(head.summaryPeriod ?? head.year).slice(-4)),
  );
  // 额度由8万元提高到10万元，其他人员由5万元提高到10万元: the second is what the first is.
  const alike = claim.before !== undefined && said?.standard === true && /元/.test(token.unit);
  // A column of words says which way it looks; what is a standard, or nothing of the kind, stays so.
  const paid = /^元\//.test(token.unit) ? "standard" : undefined;
  // In a column of progress only plain words make a figure one that is still to come.
  const toCome = kind === "target" && about === "review";
  const byColumn =
    (cell?.kind && (paid ?? cell.kind)) ??
    (kind === "result" || (kind === "target" && !toCome) ? words?.kind : undefined);
  const finalKind = byColumn ?? (alike ? "standard" : kind);
  reasons.push(byColumn ? { pattern: "kind.table", why: "列名说明" } : reason);
  const period =
    explicit?.period ??
    headed ??
    (finalKind === "other" ? null : finalKind === "target" ? head.planPeriod : inherited);
  reasons.push(
    explicit
      ? { pattern: "period.said", why: "同一句话里的时间" }
      : { pattern: "period.inherited", why: "随全文或所在部分" },
  );
  const span = spanOf(flow, claim.from, claim.to);
  const power = powerOf(token.multiplier);
  return {
    // Written out: a spread makes each of a hundred thousand objects the slow way.
    start: span.start,
    end: span.end,
    quote: flow.source.slice(span.start, span.end),
    numeralStart: flow.at[token.numeral] as number,
    object,
    value: Number(token.decimal),
    unit: token.multiplier + token.unit,
    baseValue: shifted(token.decimal, power),
    baseUnit: token.unit,
    comparator: token.comparator,
    max: token.maxDecimal === undefined ? null : Number(token.maxDecimal),
    from: claim.before ? beforeIn(claim.before, token) : null,
    kind: finalKind,
    period,
    approx: token.approx,
    reasons,
  };
}

const OBJECT_WHY: Record<string, string> = {
  "object.after-classifier": "量词后面的名词",
  "object.before": "数字前面的名词",
  "object.shared-list": "几个数共用的名词，按次序分开",
  "object.after-amount": "金额后面的名词",
  "object.after": "数字后面的名词",
  "object.clause-before": "上一分句的名词",
  "object.same": "与前一个数说的是同一件事",
  "object.topic": "本句没有名词，用本段开头的话",
  "object.part-of": "数字前面的名词，属于前面说的事",
  "object.table": "行名和列名",
  "object.deed": "本句只有动作，没有名词",
  "object.none": "本句没有说明对象，请补充",
};
