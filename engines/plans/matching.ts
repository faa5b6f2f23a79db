/** Which indicator a target may mean: by the likeness of what is counted and of the unit, each said in words. Pure. */
import type { Aim } from "./model.ts";

export interface Candidate {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  /** The office that answers for it. */
  readonly owner: string;
}
export interface Proposal extends Candidate {
  /** 0 to 1. */
  readonly score: number;
  readonly why: string;
}

const FILLERS = /[的和与及、，。（）()《》“”\s]|全县|全区|全市|城乡|工作|情况|本年度?|累计|新增/g;
const pairsOf = (text: string): Set<string> => {
  const t = text.replaceAll(FILLERS, "");
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < t.length; i++) pairs.add(t.slice(i, i + 2));
  if (t.length === 1) pairs.add(t);
  return pairs;
};
/** 户 and 人 are counted differently; 元 and 万元 are the same kind of thing. */
const KINDS: readonly (readonly string[])[] = [
  ["元", "万元", "亿元", "元/月", "元/年", "元/人月"],
  ["%", "‰", "百分点"],
  ["人", "万人", "名", "位", "人次"],
  ["户", "万户"],
  ["个", "家", "所", "处", "座", "张", "具", "件", "次"],
];
const kindOf = (unit: string) => KINDS.findIndex((k) => k.includes(unit.trim()));

/** At most `most`, the likeliest first; nothing that shares no word. */
export function propose(aim: Pick<Aim, "object" | "unit">, all: readonly Candidate[], most = 3): Proposal[] {
  const mine = pairsOf(aim.object);
  const unit = kindOf(aim.unit);
  return all
    .flatMap((c): Proposal[] => {
      const theirs = pairsOf(c.name);
      const shared = [...mine].filter((p) => theirs.has(p));
      if (shared.length === 0) return [];
      const likeness = (2 * shared.length) / (mine.size + theirs.size);
      const same = unit >= 0 && unit === kindOf(c.unit);
      const apart = unit >= 0 && kindOf(c.unit) >= 0 && !same;
      const score = Math.min(1, Math.max(0, likeness + (same ? 0.15 : apart ? -0.25 : 0)));
      const units = same
        ? `单位同类（${aim.unit || "无"}、${c.unit}）`
        : apart
          ? `单位不同（${aim.unit}、${c.unit}）`
          : "单位不能比较";
      const { code, name, unit: counted, owner } = c;
      return [
        {
          code,
          name,
          unit: counted,
          owner,
          score,
          why: `名称相同的字词：${shared.slice(0, 4).join("、")}；${units}`,
        },
      ];
    })
    .filter((p) => p.score >= 0.15)
    .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
    .slice(0, most);
}
