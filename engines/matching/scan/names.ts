/** How alike two names are, with the reason in words. The same day of birth is given; it alone is nobody. */
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

const plain = (name: string): string =>
  [...cleaned(name).replace(/[·•・.]/g, "")].map((c) => VARIANTS.get(c) ?? c).join("");
const sounds = (name: string): string[] => pinyin(name, { toneType: "none", type: "array", surname: "head" });

export interface Likeness {
  readonly score: number;
  readonly why: string;
}
/** At or above: a match. Below it, down to nothing, no match: half a name is somebody else. */
export const SAME_PERSON = 0.8;

export function likeness(a: string, b: string): Likeness {
  if (cleaned(a) === cleaned(b)) return { score: 1, why: "姓名、出生日期都相同" };
  const [x, y] = [plain(a), plain(b)];
  if (x === y) return { score: 0.96, why: "出生日期相同，姓名只有异体字或标点不同" };
  if (x.length === y.length && x.length > 1) {
    const [sx, sy] = [sounds(x), sounds(y)];
    if (sx.join(" ") === sy.join(" "))
      return { score: x[0] === y[0] ? 0.9 : 0.82, why: "出生日期相同，姓名读音相同、用字不同" };
    const differing = [...x].filter((c, i) => c !== y[i] && sx[i] !== sy[i]).length;
    if (x.length >= 3 && differing === 1 && x[0] === y[0])
      return { score: 0.7, why: "出生日期相同，姓名差一个字" };
  }
  return { score: 0, why: "姓名不同" };
}
