import { type Head, looksOf } from "./head.ts";
import { type Item, turnsOf, walk } from "./outline.ts";

/** Where the text looks ahead and where it looks back. */
export interface Sections {
  aboutAt(at: number): "plan" | "review";
  /** What was promised stands beside what was done, item by item: both are of the same time. */
  readonly answered: boolean;
  readonly of: ReadonlyMap<Item, "plan" | "review">;
  /** Own-line headings without a number that part a document: 2024年工作计划. */
  readonly dividers: readonly { from: number; to: number; about: "plan" | "review" }[];
}

const AHEAD =
  /计划|打算|思路|工作安排|谋划|工作要点|下一步|下步|下一阶段|下阶段|下半年(?:工作|重点|打算)|明年|来年|今后|展望|工作重点|重点工作(?!完成|进展|开展|落实|情况)|工作部署|工作举措|努力方向|改进措施|(?:工作|发展|总体|主要|具体|规划|预期)(?:目标|指标)|重点任务(?!完成|进展|落实|情况)|目标任务(?!完成)|主要任务(?!完成)/;
const BACK =
  /(?<!验收|评估|巩固)总结(?!阶段|评估|验收|提升|推广|提炼|表彰)|回顾|完成情况|执行情况|实施情况|进展情况|工作进展|成效|成绩|亮点|落实情况|开展情况|主要做法|做法|存在(?:的)?(?:主要)?(?:问题|不足|困难|短板)|问题(?:和|与|及)?不足|工作经验|工作情况|基本情况|取得|^.{0,4}(?:发展基础|现状|发展成就|主要成就|面临形势|形势分析)$/;
const TURN =
  /下一?步|下一?阶段|下半年|计划|打算|思路|明年|来年|今后|努力方向|展望|(?:发展|总体|主要|工作)目标|改进措施|工作安排/;
const DIVIDER_END = /(?:总结|计划|思路|打算|安排|要点|回顾|情况|谋划|重点|举措|任务|目标|问题)$/;

interface Mark {
  readonly at: number;
  readonly about: "plan" | "review";
}

export function sectionsOf(text: string, items: readonly Item[], head: Head): Sections {
  const of = new Map<Item, "plan" | "review">();
  const start = head.looks;
  const marks: { at: number; about: "plan" | "review" }[] = [];
  const turns = head.kind === "plan" ? [] : turnsOf(text);
  let passed = 0;
  const dividers = dividersOf(text, items, head);
  let flow: "plan" | "review" = start;
  let d = 0;
  const prose = proseMarks(text, items, head).sort((a, b) => a.at - b.at);
  let p = 0;
  let told: Mark["about"] | undefined;
  const place = (list: readonly Item[], inherited: "plan" | "review" | undefined) => {
    let running = inherited ?? flow;
    for (const item of list) {
      if (inherited === undefined)
        while (d < dividers.length && (dividers[d]?.from ?? 0) < item.from) {
          flow = (dividers[d] as { about: "plan" | "review" }).about;
          running = flow;
          d++;
        }
      while (passed < turns.length && (turns[passed] as number) < item.from) passed++;
      const turn = turns[passed - 1];
      const answers =
        turn !== undefined &&
        (item.turn === turn || (item.rank >= 6 && item.parent !== undefined && turn > item.parent.from));
      if (answers) {
        running = "plan";
        if (inherited === undefined) flow = "plan";
      }
      const own = item.rank >= 6 ? undefined : cue(headingOf(text, item), head);
      // Below a heading that looks back, “重点工作…推进” is what was done; only plain words turn it round.
      const turned = own === "plan" && inherited === "review" && !TURN.test(headingOf(text, item));
      if (turned) running = "review";
      else if (own && (head.kind !== "plan" || own === "review")) {
        running = own;
      } else if (own === "plan") running = "plan";
      else if (head.kind === "plan" && inherited === undefined) running = flow;
      while (p < prose.length && (prose[p] as Mark).at <= item.from) told = (prose[p++] as Mark).about;
      // 她提出三点意见。一是…: without headings the prose before the first says which way they look.
      if (told && inherited === undefined && item.rank === 7 && item.inline) running = told;
      of.set(item, running);
      if (inherited === undefined) flow = head.kind === "plan" ? start : running;
      marks.push({ at: item.from, about: running });
      place(item.children, running);
    }
  };
  place(items, undefined);
  for (const x of dividers) marks.push({ at: x.from, about: x.about });
  for (const at of turns) marks.push({ at, about: "plan" });
  // One by one: a megabyte of short lines has more of them than a call takes arguments.
  for (const mark of prose) marks.push(mark);
  for (const mark of promises(text, items, head)) marks.push(mark);
  const replies = answered(text, items);
  for (const mark of replies) marks.push(mark);
  marks.sort((a, b) => a.at - b.at);
  return {
    of,
    dividers,
    answered: replies.length > 0,
    aboutAt(at) {
      let lo = 0;
      let hi = marks.length;
      while (lo < hi) {
        const mid = (lo + hi) >> 1;
        if ((marks[mid] as { at: number }).at <= at) lo = mid + 1;
        else hi = mid;
      }
      return marks[lo - 1]?.about ?? start;
    },
  };
}

/** The heading up to its first comma or colon, without names in quotation marks: what it calls itself. */
const headingOf = (text: string, item: Item) =>
  (text.slice(item.markerTo, item.headTo).split(/[,。;:]/)[0] ?? "").replace(/“[^”]*”|《[^》]*》/g, "");

function cue(title: string, head: Head): "plan" | "review" | undefined {
  const words = title.slice(0, 40);
  const year = /((?:19|20)\d{2})年/.exec(words);
  // 主要指标 in a text that looks back heads the figures that were reached.
  const figures = head.kind !== "plan" && /^[^,。]{0,4}指标$/.test(title.trim());
  const ahead = AHEAD.test(words) && !figures;
  const back = BACK.test(words) || (head.kind !== "plan" && /主要工作$/.test(words));
  if (ahead && !back) return "plan";
  if (back && !ahead) return "review";
  if (ahead && back) return words.search(AHEAD) > words.search(BACK) ? "plan" : "review";
  if (year && head.year !== null && head.kind !== "plan")
    return Number(year[1]) >= head.year && head.kind === "mixed" ? "plan" : "review";
  return undefined;
}

function dividersOf(text: string, items: readonly Item[], head: Head) {
  const list: { from: number; to: number; about: "plan" | "review" }[] = [];
  const firstItem = items[0]?.from ?? text.length;
  for (const m of text.matchAll(/(?<=^|\n)[^\n。;,:|]{4,36}(?=\n|$)/g)) {
    if (m.index < head.bodyFrom && m.index < firstItem) continue;
    const line = m[0].trim();
    // The title once more, below the table of what the page says about the text.
    if (line === head.title?.replace(/[(（][^()（）]*[)）]$/, "")) continue;
    if (
      !DIVIDER_END.test(line) ||
      /^(?:[一二三四五六七八九十]{1,3}[、.]|\(|\d|第[一二三四五六七八九十]+(?:部分|章|节|篇|编))/.test(
        line.replace(/^(?:19|20)\d{2}年/, ""),
      )
    )
      continue;
    const about = cue(line, head);
    if (about) list.push({ from: m.index, to: m.index + m[0].length, about });
  }
  return list;
}

const PROGRESS = /(?:实事|任务|目标|项目)[^,。]{0,8}(?:进度|进展|推进|完成)/;
/** 二、新建助餐点2个 / 已开工1个: in a table of progress set as text the heading promises, the lines below tell. */
function promises(text: string, items: readonly Item[], head: Head) {
  if (head.title === null || !PROGRESS.test(head.title)) return [];
  const told = items.flatMap((item, i) => {
    const end = text.indexOf("\n", item.from);
    const next = items[i + 1]?.from ?? text.length;
    const alone = end > 0 && end < next - 1 && item.children.length === 0;
    return alone && !text.slice(item.from, end).includes("。") ? [{ from: item.from, end }] : [];
  });
  if (told.length < 3 || told.length < items.length * 0.8) return [];
  return told.flatMap(({ from, end }) => [
    { at: from, about: "plan" as const },
    { at: end, about: "review" as const },
  ]);
}

const ANSWER = /[\n。;](?:完成|进展|办理|落实|推进|实施|工作进展)(?:情况|进度)?:/;
/** 1.培训4万人次。/ 完成情况：…: what an item promises stands above the line that tells. */
function answered(text: string, items: readonly Item[]) {
  const marks: { at: number; about: "plan" | "review" }[] = [];
  walk(items, (item) => {
    const told = item.children.length === 0 ? ANSWER.exec(text.slice(item.from, item.to)) : null;
    if (told) marks.push({ at: item.from, about: "plan" }, { at: item.from + told.index, about: "review" });
  });
  return marks.length >= 4 ? marks : [];
}

/** A paragraph that names the year of the document may still tell what was done in it. */
function looksAhead(text: string, at: number): boolean {
  const end = text.indexOf("\n", at + 1);
  return looksOf(text.slice(at, end < 0 ? at + 3000 : Math.min(end, at + 3000))) === "plan";
}

/** Without an outline a paragraph says itself which way it looks: 2023年，…成绩显著 / 2024年，…将…. */
function proseMarks(text: string, items: readonly Item[], head: Head) {
  if (items.length > 2 && head.kind === "plan" && !head.news) return [];
  if (items.length > 0 && !head.news) return [];
  const marks: { at: number; about: "plan" | "review" }[] = [];
  // What its title calls a plan looks ahead again in every paragraph that does not tell of the past.
  if (head.kind === "plan" && !head.news)
    for (const m of text.matchAll(/(?<=\n)[^\n]/g))
      marks.push({ at: m.index, about: looksAhead(text, m.index) ? "plan" : "review" });
  for (const m of text.matchAll(
    /(?<=^|\n|。)(?:[^\n。,]{0,10},)?(?:[对就])?((?:19|20)\d{2})年(?!度)|(?<=^|\n|。|\))(?:据[^,。\n]{1,6},)?(?:下一步|接下来|今年(?=,)|今年以来|今年来|去年|过去一年|近年来)|(?<=[。,\n])[^。,\n]{0,16}提出[^。\n:]{0,10}(?:意见|要求)[。:](?=一)/g,
  )) {
    if (m[1] !== undefined && head.year !== null)
      marks.push({
        at: m.index,
        about:
          Number(m[1]) >= head.year && head.kind !== "summary" && looksAhead(text, m.index)
            ? "plan"
            : "review",
      });
    else if (m[1] === undefined)
      marks.push({ at: m.index, about: /下一步|接下来|今年$|提出/.test(m[0]) ? "plan" : "review" });
  }
  return marks;
}
