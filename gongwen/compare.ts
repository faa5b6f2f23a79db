import type { Token } from "./tokens.ts";
import type { Comparator } from "./types.ts";
import { isMoney, isTime, PER, perUnit } from "./units.ts";

const BEFORE =
  /(不少于|不低于|不小于|不得少于|不得低于|不得超过|不高于|不多于|不超过|不大于|不超|至少|最少|最低|最高|最多|高于|大于|多于|超过|突破|低于|少于|小于|不足|不到|不满|未满|逼近|接近|将近|达到|大约|约为|年满|已满|超|逾|近|约|达|满|至|≥|≤|>|<|≈|=)$/;
/** Last characters of those words: most figures have none before them. */
const BEFORE_ENDS = new Set("于小少低过高多大超破足到满近约达至为逾≥≤><≈=");
const AFTER =
  /(?:\(含[^()]{0,8}\))?(?:及|或|和)?(?:以上|以下|以内|之内|以外|左右|上下)(?:\(含[^()]{0,8}\))?/y;
const AT_LEAST = /不少于|不低于|不小于|不得少于|不得低于|至少|最少|最低|年满|已满|满|≥/;
const AT_MOST = /不高于|不多于|不超|不大于|不得超过|最高|最多|≤/;
const ABOVE = /突破|超|逾|高于|大于|多于|>/;
const BELOW = /低于|少于|小于|不足|不到|不满|未满|逼近|接近|将近|近|</;
/** 至少配备2名: a verb between the comparison and the figure. */
const APART = /(至少|不少于|不低于|最多|不超过)(?:要|应|须|需)?[一-龥]{1,4}$/;
/** 月人均补差412元, 每人每月发放基础养老金…元: the rate stands earlier in the clause. */
const RATE_EARLIER =
  /(每[人户生]每?[月年]|每月每人|每年每人|[月年]人均|人均每?[月年])[^,。;:\n\d]{1,16}$|(?<!每[人户名位])(每[月年]|每季度)(?:分别)?(?:定额)?(?:补助|补贴|资助|发放|奖励|给予(?:补助|补贴)?)$|(?<!每[人户名位])(每[月年])[一-龥]{0,6}(?:生活费|补贴|津贴|护理费|标准|补差|补助)(?:分别)?[为达]?到?$/;
/** 农村低保年标准从7094元…: the rate is part of the standard's name. */
const RATE_OF_STANDARD =
  /(?<![\d本今去上明每个])([月年])(?:最低|人均|基本)?(?:生活)?(?:保障|救助|供养|补助)?标准(?:[从由为达到至高于提调整]{0,4})$/;
/** 每人每年1万元 is a rate, 每年1万元 a sum. */
const EACH_PER_TIME = /^每[人户生]每[月年]/;
const rateEarlier = (words: string) => {
  const m = RATE_EARLIER.exec(words) ?? RATE_OF_STANDARD.exec(words);
  return m?.[1] ?? m?.[2] ?? m?.[3] ?? "";
};
const SHARE_OF = /(不少于|不低于|不超过|不高于|至少|超过)[^,。;:\d\n不]{1,16}的$/;
/** After these 至 belongs to the change, not to the figure. */
const CHANGED = /[高升加长低降少短大缩延调整增扩减涨展标]$/;

/** What a comparing word makes of the figure. */
function note(token: Token, word: string): void {
  const c: Comparator | undefined = AT_LEAST.test(word)
    ? ">="
    : AT_MOST.test(word)
      ? "<="
      : ABOVE.test(word)
        ? ">"
        : BELOW.test(word)
          ? "<"
          : undefined;
  if (c) {
    token.comparator = c;
    token.reasons.push({ pattern: `comparator.${c}`, why: `「${word}」` });
  }
  if (/约|≈/.test(word)) {
    token.approx = true;
    token.reasons.push({ pattern: "comparator.approx", why: `「${word}」：约数` });
  }
}

/** The comparing words that touch the figure, before and after; and 每人每月 between them. */
export function compare(text: string, token: Token): void {
  let from = token.numeral;
  for (let round = 0; round < 3; round++) {
    const left = text.slice(Math.max(0, from - 10), from);
    const per = isMoney(token.unit) || token.unit === "" ? PER.exec(left) : null;
    if (per && !token.per) {
      token.per = per[0];
      from -= per[0].length;
      continue;
    }
    const word = BEFORE_ENDS.has(left.at(-1) ?? "") ? BEFORE.exec(left)?.[1] : undefined;
    if (!word && round === 0 && (token.unit === "%" || token.unit === "倍")) {
      // 不少于全区低保对象的5%
      const share = SHARE_OF.exec(text.slice(Math.max(0, from - 22), from));
      if (share?.[1]) {
        note(token, share[1]);
        from -= share[0].length;
      }
    }
    if (!word) {
      const apart = round === 0 && /[至少于低多过]/.test(left) ? APART.exec(left)?.[1] : undefined;
      if (apart) note(token, apart);
      break;
    }
    const earlier = left.slice(0, left.length - word.length);
    if (word === "至" && CHANGED.test(earlier)) break;
    if (word === "满" && !isTime(token.unit) && !/岁/.test(token.unit)) break;
    if (word === "约" && /[签节条合预公契相邀]$/.test(earlier)) break;
    if (word === "近" && /[附就邻最]$/.test(earlier)) break;
    if (/^最/.test(word) && /[标水]$/.test(earlier)) break;
    note(token, word);
    from -= word.length;
  }
  if (!token.per && token.unit === "元") {
    const rate = rateEarlier(text.slice(Math.max(0, from - 24), from));
    if (token.multiplier === "" || EACH_PER_TIME.test(rate)) token.per = rate;
  }
  // 每人每月 alone is a measure, not a comparison: it stays outside the quote.
  token.from = token.per && text.startsWith(token.per, from) ? from + token.per.length : from;
  AFTER.lastIndex = token.unitTo;
  const after = AFTER.exec(text)?.[0];
  if (after) {
    token.to = token.unitTo + after.length;
    if (/以上/.test(after)) token.comparator = ">=";
    else if (/以下|以内|之内/.test(after)) token.comparator = "<=";
    else if (/以外/.test(after)) token.comparator = ">";
    else token.approx = true;
    token.reasons.push({ pattern: "comparator.after", why: `「${after}」` });
  } else if (isTime(token.unit) && text[token.unitTo] === "内" && text[token.unitTo + 1] !== "部") {
    token.to = token.unitTo + 1;
    token.comparator = "<=";
    token.reasons.push({ pattern: "comparator.after", why: "「内」：时限" });
  }
  if (
    isMoney(token.unit) &&
    !token.unit.includes("/") &&
    token.per &&
    (token.multiplier === "" || EACH_PER_TIME.test(token.per))
  )
    token.unit += perUnit(token.per);
}
