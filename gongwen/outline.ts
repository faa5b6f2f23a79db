import { chineseInteger } from "./numerals.ts";

/** An item of the outline, in offsets of the flow. */
export interface Item {
  readonly from: number;
  readonly markerTo: number;
  to: number;
  readonly rank: number;
  readonly n: number;
  readonly inline: boolean;
  readonly parent: Item | undefined;
  readonly children: Item[];
  /** End of the heading: marker and text up to the first stop. */
  readonly headTo: number;
  /** Offset of the line 下一步,我局将… that the item answers: what stands above is closed. */
  readonly turn: number | undefined;
}

interface Candidate {
  readonly from: number;
  readonly markerTo: number;
  readonly rank: number;
  readonly n: number;
  readonly lineStart: boolean;
  readonly style: string;
}

const CN = "[一二三四五六七八九十]{1,3}";
const CANDIDATE = new RegExp(
  [
    `(?<s0>第(?<n0>${CN})(?:部分|章|篇|编|节)[、:.]?)`,
    `(?<s1>(?<n1>${CN})[、.](?![一二三四五六七八九十]))`,
    `(?<s2>\\((?<n2>${CN})\\)[、.]?)`,
    "(?<s3>(?<![\\d.])(?<n3>\\d{1,3})(?:[.、](?=(?:19|20)[\\d*xX×]{1,2}年|\\d{1,2}月(?:[底末初份前中]|[上中下]旬|\\d))|[.](?!\\d)|、(?![\\d一]{1,2}(?:个|月|日|、))(?!\\d)))",
    "(?<s9>(?<=^|\\n)\\d{1,2}(?:\\.\\d{1,2})?\\.(?<n9>\\d{1,2})(?: (?=\\d)|[、 ]?(?=[一-龥“])(?![万亿元人户个家张所名位座处年月日倍成米吨亩公平])))",
    "(?<s4>\\((?<n4>\\d{1,2})\\)|(?<![\\d(])(?<n4b>\\d{1,2})\\)(?!\\d))",
    "(?<s5>[①-⑳])",
    `(?<s7>(?<n7>${CN})(?<w7>是|要)(?!否|不是))`,
    `(?<s8>第(?<n8>${CN})[,:]|第(?<n8b>${CN})、(?!第))`,
    "(?<s6>(?:在)?[^,。;:!?、“”()\\n|\\d]{2,12}方面(?=[,:。]))",
  ].join("|"),
  "g",
);
const RANK_OF: Record<string, number> = {
  s0: 0,
  s1: 1,
  s2: 2,
  s3: 3,
  s9: 3.5,
  s4: 4,
  s5: 5,
  s6: 6,
  s7: 7,
  s8: 7,
};
const SECTION = 0.5;
const rankOf = (style: string) => (style.endsWith("节") ? SECTION : (RANK_OF[style.slice(0, 2)] as number));
/** 下一步,我局将…: a line that leaves what was done; 2024年,重点抓好以下工作: says so by its end. */
const TURN_LINE =
  /(?<=^|\n)(?:(?:下一?步|接下来|下一?阶段|下半年|明年|来年)(?!(?:工作)?(?:计划|打算|安排|思路|重点|举措)[^,:。]{0,4}(?:\n|$))[,,:]?[^\n。]{0,60}|(?:19|20)\d{2}年,[^\n。]{0,30}(?:将|要|拟|计划|重点|着力)[^\n。]{0,30}(?:以下|如下|下列)[^\n。]{0,14}[:。](?=\n|$|[一(1]))/g;
export const turnsOf = (text: string): number[] => [...text.matchAll(TURN_LINE)].map((m) => m.index);

/** 一、2022年工作总结(一)社会救助。: a copied text has lost the line end between a heading and the first item below it. */
const RUN_IN = 45;
/** An item may open inside a paragraph only behind a stop. */
const STOP = /[。;:!?)”…]/;
const SOFT_STOP = /[。;:!?)”…,、]/;

/** 附件：1.… and the names below it count papers, not tasks. */
const ATTACHED = /(?<=^|\n)附件:[^\n。]{1,80}(?:\n\d{1,2}[.、][^\n。;]{1,80}(?=\n|$))*/g;

function candidates(text: string): Candidate[] {
  const list: Candidate[] = [];
  const attached = [...text.matchAll(ATTACHED)].map((m) => ({ from: m.index, to: m.index + m[0].length }));
  for (const m of text.matchAll(CANDIDATE)) {
    const g = m.groups as Record<string, string | undefined>;
    const style = Object.keys(RANK_OF).find((s) => g[s] !== undefined) as string;
    const from = m.index;
    const before = text[from - 1] ?? "\n";
    const lineStart = before === "\n";
    const rank = RANK_OF[style] as number;
    const words = g.n0 ?? g.n1 ?? g.n2 ?? g.n7 ?? g.n8 ?? g.n8b;
    const digits = g.n3 ?? g.n4 ?? g.n4b ?? g.n9;
    const above = list.at(-1);
    const runIn =
      (rank === 2 || rank === 3) &&
      (words === "一" || digits === "1") &&
      above !== undefined &&
      above.rank < rank &&
      from - above.markerTo <= RUN_IN &&
      /^[^。;:!?\n]{4,}$/.test(text.slice(above.markerTo, from));
    if (!lineStart && !runIn && !(rank === 7 ? SOFT_STOP : STOP).test(before)) continue;
    if (rank === 0 && !lineStart) continue;
    while ((attached[0]?.to ?? from + 1) <= from) attached.shift();
    if ((attached[0]?.from ?? from + 1) <= from) continue;
    const n =
      rank === 5
        ? m[0].charCodeAt(0) - 0x245f
        : digits !== undefined
          ? Number(digits)
          : words !== undefined
            ? (chineseInteger(words) ?? 0)
            : 0;
    if (rank !== 6 && n === 0) continue;
    // 节 lies below 章.
    const section = rank === 0 && m[0].includes("节");
    list.push({
      from,
      markerTo: from + m[0].length,
      rank: section ? SECTION : rank,
      n,
      lineStart,
      style: style + (section ? "节" : (g.w7 ?? "")),
    });
  }
  return list;
}

const PART_AHEAD =
  /计划|打算|安排|思路|谋划|重点|任务|(?:主要|工作|发展|预期)目标|下一?步|下半年|明年|来年|今后/;
/** 三、2024年工作打算 / 2024年,我局将做好以下工作: the line below that heading belongs to it. */
function opensPart(text: string, item: Item | undefined, turn: number): boolean {
  if (!item) return false;
  const line = text.slice(item.markerTo, Math.min(turn, item.markerTo + 60)).split("\n")[0] as string;
  return PART_AHEAD.test(line) || !/[\n。].*[\n。]/.test(text.slice(item.markerTo, turn));
}

/** The outline. Items inside paragraphs must count up from one; items on their own line may skip. */
export function itemsOf(text: string): Item[] {
  const list = candidates(text);
  const nextOfStyle = new Map<string, number>();
  const following: (number | undefined)[] = new Array(list.length);
  for (let i = list.length - 1; i >= 0; i--) {
    const c = list[i] as Candidate;
    following[i] = nextOfStyle.get(c.style);
    nextOfStyle.set(c.style, c.n);
  }
  // The highest rank that still opens a line behind each candidate.
  const above: number[] = new Array(list.length);
  for (let i = list.length - 1, rank = 9; i >= 0; i--) {
    above[i] = rank;
    const c = list[i] as Candidate;
    if (c.lineStart) rank = Math.min(rank, c.rank);
  }
  const turns = turnsOf(text);
  let turned = 0;
  const roots: Item[] = [];
  const all: Item[] = [];
  const stack: Item[] = [];
  const last = new Map<string, number>();
  /** As `last`, but through higher items: ①② under 一、, ③④ under 二、. */
  const through = new Map<string, number>();
  list.forEach((c, i) => {
    const previous = last.get(c.style);
    const follows = previous !== undefined && c.n === previous + 1;
    const opens = c.n === 1 && following[i] === 2;
    const goesOn = c.rank === 4 || c.rank === 5 ? through.get(c.style) === c.n - 1 : false;
    const plausible = previous === undefined ? c.n <= 3 || opens || goesOn : c.n <= previous + 3;
    let ok: boolean;
    if (c.rank === 6) ok = stack.some((s) => s.rank <= 5) && !c.lineStart && text[c.from - 1] !== ":";
    else if (c.rank === 7) ok = opens || follows;
    else ok = c.lineStart ? plausible || c.rank <= 2 : opens || follows;
    if (!ok) return;
    while (stack.length > 0 && (stack.at(-1) as Item).rank >= c.rank) stack.pop();
    while (turned < turns.length && (turns[turned] as number) < c.from) turned++;
    const turn = turns[turned - 1];
    const behind = turn !== undefined && turn > (all.at(-1)?.from ?? -1) && c.n === 1;
    const answers = behind && (above[i] as number) >= c.rank && !opensPart(text, stack.at(-1), turn);
    if (answers) stack.length = 0;
    const parent = stack.at(-1);
    const item: Item = {
      from: c.from,
      markerTo: c.markerTo,
      to: text.length,
      rank: c.rank,
      n: c.n,
      inline: !c.lineStart,
      parent,
      children: [],
      headTo: 0,
      turn: answers ? turn : undefined,
    };
    (parent ? parent.children : roots).push(item);
    stack.push(item);
    all.push(item);
    // A higher item restarts the counting below it, except for numbers that run through the document.
    for (const style of [...last.keys()])
      if (rankOf(style) > c.rank && !style.startsWith("s3")) last.delete(style);
    last.set(c.style, c.n);
    through.set(c.style, c.n);
  });
  close(text, all);
  return roots;
}

/** Ends: the next item of the same or a higher rank; headings end at the first stop. */
function close(text: string, all: readonly Item[]): void {
  all.forEach((item, i) => {
    let j = i + 1;
    while (j < all.length && (all[j] as Item).rank > item.rank && all[j]?.turn === undefined) j++;
    let to = (all[j]?.turn ?? all[j]?.from ?? text.length) as number;
    while (to > item.markerTo && /[\s]/.test(text[to - 1] as string)) to--;
    item.to = to;
    const firstChild = all[i + 1];
    const limit = firstChild && firstChild.from < to ? firstChild.from : to;
    (item as { headTo: number }).headTo = headEnd(text, item, limit);
  });
}

/** A heading alone on its line is taken whole; one that opens a paragraph ends at the first stop. */
function headEnd(text: string, item: Item, limit: number): number {
  let end = item.markerTo;
  while (end < limit && text[end] !== "\n") end++;
  const line = text.slice(item.markerTo, end);
  const alone =
    (end === text.length || text[end] === "\n") && line.length <= 60 && !/[。;!?].*[^。;!?]/.test(line);
  if (alone) return item.from + trimmed(text.slice(item.from, end)).length;
  const stop = line.search(/[。;:!?]/);
  return stop < 0 ? end : item.markerTo + stop;
}

const trimmed = (s: string) => s.replace(/\s+$/, "");

export function walk(
  items: readonly Item[],
  visit: (item: Item, path: readonly Item[]) => void,
  path: readonly Item[] = [],
): void {
  for (const item of items) {
    visit(item, path);
    walk(item.children, visit, [...path, item]);
  }
}
