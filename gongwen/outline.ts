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
    "(?<s3>(?<![\\d.])(?<n3>\\d{1,3})(?:[.、](?=(?:19|20)[\\d*xX×]{1,2}年)|[.](?!\\d)|、(?![\\d一]{1,2}(?:个|月|日|、))(?!\\d)))",
    "(?<s4>\\((?<n4>\\d{1,2})\\)|(?<![\\d(])(?<n4b>\\d{1,2})\\)(?!\\d))",
    "(?<s5>[①-⑳])",
    `(?<s7>(?<n7>${CN})(?<w7>是|要)(?!否|不是))`,
    "(?<s6>(?:在)?[^,。;:!?、“”()\\n|\\d]{2,12}方面(?=[,:。]))",
  ].join("|"),
  "g",
);
const RANK_OF: Record<string, number> = { s0: 0, s1: 1, s2: 2, s3: 3, s4: 4, s5: 5, s6: 6, s7: 7 };
const SECTION = 0.5;
const rankOf = (style: string) => (style.endsWith("节") ? SECTION : (RANK_OF[style.slice(0, 2)] as number));
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
    if (!lineStart && !(rank === 7 ? SOFT_STOP : STOP).test(before)) continue;
    if (rank === 0 && !lineStart) continue;
    while ((attached[0]?.to ?? from + 1) <= from) attached.shift();
    if ((attached[0]?.from ?? from + 1) <= from) continue;
    const digits = g.n3 ?? g.n4 ?? g.n4b;
    const words = g.n0 ?? g.n1 ?? g.n2 ?? g.n7;
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
  const roots: Item[] = [];
  const all: Item[] = [];
  const stack: Item[] = [];
  const last = new Map<string, number>();
  list.forEach((c, i) => {
    const previous = last.get(c.style);
    const follows = previous !== undefined && c.n === previous + 1;
    const opens = c.n === 1 && following[i] === 2;
    const plausible = previous === undefined ? c.n <= 3 || opens : c.n <= previous + 3;
    let ok: boolean;
    if (c.rank === 6) ok = stack.some((s) => s.rank <= 5) && !c.lineStart && text[c.from - 1] !== ":";
    else if (c.rank === 7) ok = opens || follows;
    else ok = c.lineStart ? plausible || c.rank <= 2 : opens || follows;
    if (!ok) return;
    while (stack.length > 0 && (stack.at(-1) as Item).rank >= c.rank) stack.pop();
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
    };
    (parent ? parent.children : roots).push(item);
    stack.push(item);
    all.push(item);
    // A higher item restarts the counting below it, except for numbers that run through the document.
    for (const style of [...last.keys()])
      if (rankOf(style) > c.rank && !style.startsWith("s3")) last.delete(style);
    last.set(c.style, c.n);
  });
  close(text, all);
  return roots;
}

/** Ends: the next item of the same or a higher rank; headings end at the first stop. */
function close(text: string, all: readonly Item[]): void {
  all.forEach((item, i) => {
    let j = i + 1;
    while (j < all.length && (all[j] as Item).rank > item.rank) j++;
    let to = (all[j]?.from ?? text.length) as number;
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
