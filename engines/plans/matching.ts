/** Which indicator a target may mean: by the likeness of what is counted, of the unit and of what comes new, each said in words. Pure. */
import type { FoundTarget } from "./model.ts";

export interface Candidate {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  /** The office that answers for it. */
  readonly owner: string;
}
interface Counter extends Candidate {
  readonly kind: "stock" | "flow";
  readonly share: boolean;
}
export interface Proposal extends Candidate {
  /** 0 to 1. */
  readonly score: number;
  readonly why: string;
}

const FILLERS =
  /[的和与及、，。（）()《》“”\s]|全县|全区|全市|城乡|工作|情况|[本当]年度?|累计|新增|新建成?|新开业?/g;
/** What is counted of it stands in the unit: 低保对象, 低保人数 and 低保对象人数 are about the same people. */
const TAIL = /(?:对象)?(?:人次|户次|[人户件]数|数)?$/;
const pairsOf = (text: string): Set<string> => {
  const bare = text.replaceAll(FILLERS, "").replaceAll("城镇", "城市");
  const t = bare.replace(TAIL, "") || bare;
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < t.length; i++) pairs.add(t.slice(i, i + 2));
  if (t.length === 1) pairs.add(t);
  return pairs;
};
/** 户 and 人 are counted differently; 元 and 万元 are the same kind of thing. */
const KINDS: readonly (readonly string[])[] = [
  ["元", "万元", "亿元"],
  ["元/月", "元/年", "元/日", "元/人月"],
  ["%", "‰", "百分点"],
  ["人", "万人", "名", "位", "人次"],
  ["户", "万户"],
  ["个", "家", "所", "处", "座", "张", "具", "件", "次"],
];
const kindOf = (unit: string) => KINDS.findIndex((k) => k.includes(unit.trim()));

/** What comes new in a time is the sum of that time, not how many there are; a verb of making stands right before its figure. */
const NEW =
  /新(?:增|建|开|设|办|添|购|培育|成立|[(（]改)|净增|[本当]年(?![末底])|(?:建设|建成|创建|打造|培育)$/;
export const saysNew = (text: string): boolean => NEW.test(text);

/** At most `most`, the likeliest first; nothing that shares no word. */
export function propose(
  aim: Pick<FoundTarget, "object" | "unit" | "adds">,
  all: readonly Counter[],
  most = 3,
): Proposal[] {
  const mine = pairsOf(aim.object);
  const adds = aim.adds ?? saysNew(aim.object);
  return all
    .flatMap(({ kind, share, ...c }): Proposal[] => {
      const theirs = pairsOf(c.name);
      const shared = [...mine].filter((p) => theirs.has(p));
      if (shared.length === 0) return [];
      const unit = unitsOf(aim.unit, c.unit);
      const flow = share ? NOTHING : flowOf(adds, kind === "flow", saysNew(c.name));
      const likeness = (2 * shared.length) / (mine.size + theirs.size);
      const score = Math.max(0, likeness + unit.adds + flow.adds) / (1 + SAME_UNIT + (adds ? BOTH_NEW : 0));
      const why = [`名称相同的字词：${shared.slice(0, 4).join("、")}`, unit.why, flow.why]
        .filter(Boolean)
        .join("；");
      return [{ ...c, score, why }];
    })
    .filter((p) => p.score >= 0.15)
    .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
    .slice(0, most);
}

interface Weight {
  /** To the likeness of the names. */
  readonly adds: number;
  readonly why: string;
}
const SAME_UNIT = 0.2;
const BOTH_NEW = 0.25;
const NOTHING: Weight = { adds: 0, why: "" };
function unitsOf(aimed: string, counted: string): Weight {
  const [a, b] = [kindOf(aimed), kindOf(counted)];
  if (aimed === counted && a >= 0) return { adds: SAME_UNIT, why: `单位相同（${counted}）` };
  if (a >= 0 && a === b) return { adds: 0.15, why: `单位同类（${aimed}、${counted}）` };
  if (a >= 0 && b >= 0) return { adds: -0.25, why: `单位不同（${aimed}、${counted}）` };
  return { adds: 0, why: "单位不能比较" };
}
function flowOf(adds: boolean, flow: boolean, named: boolean): Weight {
  if (adds && flow) return { adds: named ? BOTH_NEW : 0, why: "都是当年新增的数" };
  if (adds) return { adds: -0.15, why: "目标是新增的数，这是现有的数" };
  if (named) return { adds: -0.2, why: "这是新增的数，目标没有说新增" };
  return NOTHING;
}
