import { powerOf, shifted } from "./numerals.ts";
import type { Token } from "./tokens.ts";
import { isTime } from "./units.ts";

/** A figure with the one before it, when the text says both. Spans are in the flow. */
export interface Claim {
  readonly token: Token;
  readonly before?: Token;
  readonly from: number;
  readonly to: number;
  /** Where the words that say what it is about end: before 从A. */
  readonly subjectTo: number;
  /** Position within a list of values that shares one subject, e.g. 分别提高到A和B. */
  readonly order?: { readonly index: number; readonly of: number };
}

const CHANGE =
  "(?:提高|提升|提标|提|增加|增长|增|上升|上调|调升|调整|调增|调高|调|升|涨|扩大|扩面|扩|延长|延|下降|下调|降低|降|减少|减|缩短|压缩|压减|缩|变更|变|发展|拓展|改|新增)";
const LINK = new RegExp(
  `^(?:的(?:基础上|标准|水平)?)?[^,;。!?\\n\\t|]{0,10}?,?(?:分别|统一|逐步|相应|同步|再|又|大幅|也|一律)*(?:${CHANGE}(?:了)?(?:到|至|为|成)?|(?:到|至|为))[^,;。!?\\n\\t|]{0,12}$`,
);
const EXPLICIT = new RegExp(`${CHANGE}(?:到|至|为|成)`);
const LIST_GAP =
  /^(?:、|和|与|及|以及)(?:每人每?[月年]|[月年]人均|人均每?[月年])?(?:不低于|不少于|达到|达)?$/;
const STARTS = /(?:从|由|自)(?:[^,;。!?\n\t|从由自]{0,14})$/;
const NEAR = 40;

const sameUnit = (a: Token, b: Token) => {
  const plain = (u: string) => u.replace(/\/.*$/, "");
  return plain(a.unit) === plain(b.unit) || a.unit === "";
};

/** Joins 从A到B, interleaved 分别从A、B到C、D, and “B，比…的A提高了C”. Everything else stands alone. */
export function claimsOf(text: string, tokens: readonly Token[]): Claim[] {
  const claims: Claim[] = [];
  const used = new Set<Token>();
  for (let i = 0; i < tokens.length; i++) {
    const group = listFrom(text, tokens, i);
    const pair = interleaved(text, tokens, i, group);
    if (pair) {
      claims.push(...pair);
      for (const c of pair) {
        used.add(c.token);
        if (c.before) used.add(c.before);
      }
      i = tokens.indexOf((pair.at(-1) as Claim).token, i);
      continue;
    }
    const token = tokens[i] as Token;
    const compared = comparedWith(text, tokens, i);
    if (compared) {
      token.reasons.push({ pattern: "from.compared", why: "「比…提高了…」：前值在后" });
      claims.push({ token, before: compared, from: token.from, to: token.to, subjectTo: token.from });
      // The step itself is about the same thing.
      const step = tokens[i + 2] as Token;
      step.reasons.push({ pattern: "from.step", why: "「提高了…」：增减的数" });
      claims.push({ token: step, from: step.from, to: step.to, subjectTo: token.from });
      for (const t of [token, compared, step]) used.add(t);
      continue;
    }
    if (used.has(token)) continue;
    // 每人每月增加5元,达到75元; 农村达到每月318元、城市达到467元: the rate is said once.
    const earlier = tokens[i - 1];
    if (
      token.unit === "元" &&
      earlier &&
      /^元\/[月年日]$/.test(earlier.unit) &&
      /^(?:,(?:提高|增加|上调|上升|调整|实际(?:完成|达到|执行)?)?|[、,](?:城市|城镇|农村|[一-龥\d]{2,10}(?:提高|调整|上调|增加)[到至]))$/.test(
        gap(text, earlier, token),
      ) &&
      /达|至|到|实际/.test(text.slice(earlier.to, token.numeral))
    )
      token.unit = earlier.unit;
    const rate = /\/.*$/.exec(token.unit)?.[0];
    let k = 0;
    for (; k < group; k++) {
      const member = tokens[i + k] as Token;
      if (k > 0 && (comparedWith(text, tokens, i + k) || interleaved(text, tokens, i + k, 1))) break;
      if (rate && member.unit === "元") member.unit += rate;
      // 分别不低于95%、90%: said once, meant of each.
      if (
        k > 0 &&
        member.comparator === "=" &&
        token.comparator !== "=" &&
        APIECE.test(text.slice(token.from - 4, token.numeral))
      )
        member.comparator = token.comparator;
      claims.push(
        group > 1
          ? { ...plain(member), subjectTo: token.from, order: { index: k, of: group } }
          : plain(member),
      );
    }
    i += k - 1;
  }
  return claims;
}

const APIECE = /分别(?:不低于|不少于|超过|突破|控制在)/;
const plain = (token: Token): Claim => ({ token, from: token.from, to: token.to, subjectTo: token.from });
const gap = (text: string, a: Token | undefined, b: Token | undefined) =>
  a && b && b.from - a.to < NEAR ? text.slice(a.to, b.from) : "\n";

/** How many tokens from `i` stand in one list of the same unit. */
function listFrom(text: string, tokens: readonly Token[], i: number): number {
  let n = 1;
  while (n < 12) {
    const a = tokens[i + n - 1];
    const b = tokens[i + n];
    if (!a || !b || !sameUnit(a, b) || !LIST_GAP.test(gap(text, a, b))) break;
    n++;
  }
  return n;
}

function interleaved(text: string, tokens: readonly Token[], i: number, group: number): Claim[] | undefined {
  const first = tokens[i] as Token;
  for (let size = group; size >= 1; size = size > 1 ? 1 : 0) {
    const lastOld = tokens[i + size - 1] as Token;
    const firstNew = tokens[i + size];
    if (!firstNew) continue;
    if (!sameUnit(lastOld, firstNew)) {
      const shorter = size === 1 ? shortened(text, lastOld, firstNew) : undefined;
      if (shorter) return [shorter];
      continue;
    }
    const lead = STARTS.exec(text.slice(Math.max(0, first.from - 16), first.from));
    const link = gap(text, lastOld, firstNew);
    if (!LINK.test(link) || !(lead || (EXPLICIT.test(link) && !link.includes(",")))) continue;
    if (/比|较|同比|其中/.test(link)) continue;
    const many = listFrom(text, tokens, i + size);
    // 由475元、220元提高到628元: two become one; the old value is the one of the same rate, else the first.
    const merged = size > 1 && many === 1 && (lead !== null || EXPLICIT.test(link));
    if (size > 1 && many < size && !merged) continue;
    const news = tokens.slice(i + size, i + size + (merged ? 1 : size));
    const from = lead ? first.from - lead[0].length : first.from;
    const to = (news.at(-1) as Token).to;
    // 80至89周岁由每人每月50元提高到60元,90至99周岁由100元提高到120元: the rate is said once.
    const earlier = tokens.slice(Math.max(0, i - 2), i).findLast((t) => t.unit !== "周岁");
    const goesOn = earlier && /^[,;、][^。;]{0,16}$/.test(gap(text, earlier, { ...first, from }));
    const said = goesOn && first.unit === "元" ? /^元(\/[月年日])$/.exec(earlier.unit)?.[1] : undefined;
    // 每月由300元调整为600元
    const stated =
      first.unit === "元" ? /每([月年])$/.exec(text.slice(Math.max(0, from - 3), from))?.[1] : undefined;
    const rate =
      said ??
      (stated ? `/${stated}` : undefined) ??
      [...tokens.slice(i, i + size), ...news].map((t) => /\/.*$/.exec(t.unit)?.[0]).find(Boolean);
    return news.map((token, k) => {
      const olds = tokens.slice(i, i + size);
      const before = (
        merged ? (olds.find((t) => token.unit.includes("/") && t.unit === token.unit) ?? olds[0]) : olds[k]
      ) as Token;
      settle(before, token, rate);
      token.reasons.push({
        pattern: size > 1 ? "from.interleaved" : "from.pair",
        why: size > 1 ? "「分别从…提高到…」：依次对应" : "「从…到…」：前值与现值",
      });
      return {
        token,
        before,
        from,
        to,
        subjectTo: from,
        ...(size > 1 && !merged ? { order: { index: k, of: size } } : {}),
      };
    });
  }
  return undefined;
}

/** 由两个月压缩到20个工作日: one claim; the old value has another unit and cannot be put into this one. */
function shortened(text: string, old: Token, token: Token): Claim | undefined {
  const lead = STARTS.exec(text.slice(Math.max(0, old.from - 16), old.from));
  const link = gap(text, old, token);
  if (!lead || !isTime(old.unit) || !isTime(token.unit) || !LINK.test(link) || !EXPLICIT.test(link))
    return undefined;
  const from = old.from - lead[0].length;
  token.reasons.push({ pattern: "from.other-unit", why: "前值的单位不同，不换算" });
  return { token, from, to: token.to, subjectTo: from };
}

/** Old and new share one unit and one rate, whichever of them carries it. */
function settle(before: Token, token: Token, rate: string | undefined): void {
  if (token.unit === "" && before.unit) token.unit = before.unit;
  if (rate && token.unit === "元") token.unit += rate;
}

const COMPARED = /^[,(]?(?:比|较|相比|同比)[^,;。!?\n\t|]{0,18}$/;
const GREW = new RegExp(`^(?:元|标准|水平)?,?(?:相?比)?(?:分别|共|净|又)?${CHANGE}了?$`);

/** “B，比上年的A提高了C”: A is B's old value, C a figure of its own. */
function comparedWith(text: string, tokens: readonly Token[], i: number): Token | undefined {
  const [now, old, step] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (!now || !old || !step || !sameUnit(old, now)) return undefined;
  if (!COMPARED.test(gap(text, now, old)) || !GREW.test(gap(text, old, step))) return undefined;
  return old;
}

/** The old value in the unit of the new one. */
export function beforeIn(before: Token, token: Token): number {
  const places =
    (before.multiplier === "" && before.unit === ""
      ? powerOf(token.multiplier)
      : powerOf(before.multiplier)) - powerOf(token.multiplier);
  return shifted(before.decimal, places);
}
