/** How alike two names are, with the reason in words: what differs, character by character. */
import { pinyin } from "pinyin-pro";
import { cleaned } from "./keys.mjs";

/** Characters that registers and people write for one another. */
const VARIANTS = new Map(
  [
    ..."峯峰昇升陞升凃涂葉叶張张劉刘陳陈楊杨黃黄趙赵吳吴孫孙馬马羅罗鄭郑謝谢韓韩馮冯鄧邓許许蕭肖萧肖閻闫阎闫傅付戴代淼渺堃坤喆哲祐佑祕秘崑昆竝并甯宁寧宁濬浚玥月菓果勛勋勳勋珮佩衞卫衛卫麗丽國国華华蘭兰鳳凤蓮莲貴贵榮荣興兴龍龙雲云紅红軍军愛爱義义東东長长",
  ]
    .join("")
    .match(/../gu)
    ?.map((pair) => [pair[0] as string, pair[1] as string]),
);

/** How a character may be read, and as those hear it who do not tell zh from z, n from l, f from h, an from ang. */
interface Spoken {
  readonly as: readonly string[];
  readonly near: readonly string[];
}
const spoken = new Map<string, Spoken>();
function soundsOf(character: string): Spoken {
  let known = spoken.get(character);
  if (!known) {
    const as = [...new Set(pinyin(character, { toneType: "none", type: "array", multiple: true }))];
    known = { as, near: as.map(nearSound) };
    spoken.set(character, known);
  }
  return known;
}
const nearSound = (sound: string): string =>
  sound
    .replace(/^([zcs])h/, "$1")
    .replace(/^n/, "l")
    .replace(/^hu(?=.)/, "f")
    .replace(/^hu$/, "fu")
    .replace(/(?<=[aei])ng$/, "n");

/** A name made ready once, however many others it is held against. */
export interface Named {
  readonly typed: string;
  readonly chars: readonly string[];
  readonly sounds: readonly Spoken[];
}
/** Longer than any name; what is longer is a remark. */
const LONGEST = 30;
export function named(name: string): Named {
  const typed = cleaned(name);
  const chars = [...typed.replace(/[·•・.]/g, "")].slice(0, LONGEST).map((c) => VARIANTS.get(c) ?? c);
  return { typed, chars, sounds: chars.map(soundsOf) };
}
const meet = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a?.some((x) => b?.includes(x)) === true;

/** Worth a closer look: the first characters sound alike. Cheap, and keeps a day's other people away. */
export const sameHead = (a: Named, b: Named): boolean => meet(a.sounds[0]?.near, b.sounds[0]?.near);

export interface Likeness {
  /** 1 the same, 0 another. */
  readonly score: number;
  readonly why: string;
}

/** What a difference costs; of a surname it costs double, and a missing surname is another name. */
const COST = { sound: 0.08, nearSound: 0.2, missing: 0.26, swapped: 0.18 };

interface Step {
  readonly cost: number;
  readonly from: readonly [number, number];
  readonly words: string;
}

/** The cheapest way from one name to the other: characters kept, written otherwise, left out, changed round. */
export function likeness(a: Named, b: Named): Likeness {
  if (a.typed === b.typed && a.chars.length > 0) return { score: 1, why: "姓名相同" };
  const [n, m] = [a.chars.length, b.chars.length];
  if (n < 2 || m < 2 || Math.abs(n - m) > 1) return whole(a, b);
  const other = 1.35 / Math.max(n, m);
  const best: Step[][] = Array.from({ length: n + 1 }, () => []);
  best[0]![0] = { cost: 0, from: [0, 0], words: "" };
  for (let i = 0; i <= n; i++)
    for (let j = 0; j <= m; j++) {
      if (i + j === 0) continue;
      const ways: Step[] = [];
      const way = (di: number, dj: number, cost: number, words: string) => {
        const before = best[i - di]?.[j - dj];
        if (before) ways.push({ cost: before.cost + cost, from: [i - di, j - dj], words });
      };
      const [x, y] = [a.chars[i - 1], b.chars[j - 1]];
      const head = i === 1 && j === 1 ? 2 : 1;
      if (i > 1) way(1, 0, COST.missing, `名单上少“${x}”字`);
      if (j > 1) way(0, 1, COST.missing, `名单上多“${y}”字`);
      if (i > 0 && j > 0) {
        if (x === y) way(1, 1, 0, "");
        else if (meet(a.sounds[i - 1]?.as, b.sounds[j - 1]?.as))
          way(1, 1, COST.sound * head, `“${x}”和“${y}”读音相同`);
        else if (meet(a.sounds[i - 1]?.near, b.sounds[j - 1]?.near))
          way(1, 1, COST.nearSound * head, `“${x}”和“${y}”读音相近`);
        else way(1, 1, other * head, `“${x}”和“${y}”不同`);
      }
      if (i > 2 && j > 2 && x === b.chars[j - 2] && a.chars[i - 2] === y && x !== y)
        way(2, 2, COST.swapped, `“${y}${x}”写成“${x}${y}”`);
      const cheapest = ways.sort((p, q) => p.cost - q.cost)[0];
      if (cheapest) best[i]![j] = cheapest;
    }
  const end = best[n]?.[m];
  if (!end) return { score: 0, why: "姓名不同" };
  const words: string[] = [];
  for (let at = end, [i, j] = [n, m]; i + j > 0; at = best[i]?.[j] ?? end) {
    if (at.words) words.unshift(at.words);
    [i, j] = at.from;
  }
  if (end.cost === 0) return { score: 0.97, why: "姓名只有异体字或标点不同" };
  return { score: Math.max(0, 1 - end.cost), why: `姓名${words.join("，")}` };
}

/** Of a name in parts (买买提·阿不都), a list may give one part only. */
function whole(a: Named, b: Named): Likeness {
  const [short, long] = a.chars.length < b.chars.length ? [a, b] : [b, a];
  const parts = long.typed.split(/[·•・.]/);
  return parts.length > 1 && short.chars.length > 1 && parts[0] === short.typed
    ? { score: 0.76, why: "名单或登记只写了姓名的第一段" }
    : { score: 0, why: "姓名不同" };
}
