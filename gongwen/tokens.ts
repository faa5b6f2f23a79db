import { chineseCounts } from "./counting.ts";
import { chineseDecimal, chineseInteger, powerOf, shifted } from "./numerals.ts";
import type { Shields } from "./shields.ts";
import type { Comparator, Reason, Skipped } from "./types.ts";
import { isClassifier, isMoney, isTime, PER, perUnit, RATE_TAIL, tidyRate, UNIT } from "./units.ts";

/** A numeral with its unit and the words that compare it; spans are in the flow. */
export interface Token {
  /** With the comparing word before. */
  from: number;
  readonly numeral: number;
  readonly numeralTo: number;
  /** End of the unit. */
  unitTo: number;
  /** With 以上, 左右 …. */
  to: number;
  decimal: string;
  maxDecimal?: string;
  multiplier: string;
  /** Without 万, 亿, per person. */
  unit: string;
  comparator: Comparator;
  approx: boolean;
  readonly chinese: boolean;
  /** 每人每月 … before the amount. */
  per: string;
  readonly reasons: Reason[];
}

const NUMERAL =
  /\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?|(?:百分之|千分之)[零〇一二三四五六七八九十百两]+(?:点[零〇一二三四五六七八九]+)?|[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]+(?:点[零〇一二三四五六七八九]+)?/g;
const MORE = /[多余几]/;
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
  /(每人每?[月年]|每月每人|每年每人|[月年]人均|人均每?[月年])[^,。;:\n\d]{1,16}$|(?<!每[人户名位])(每[月年]|每季度)(?:定额)?(?:补助|补贴|资助|发放|给予(?:补助|补贴)?)$/;
/** 农村低保年标准从7094元…: the rate is part of the standard's name. */
const RATE_OF_STANDARD =
  /(?<![\d本今去上明])([月年])(?:保障|救助|供养|补助)?标准(?:[从由为达到至高于提调整]{0,4})$/;
const rateEarlier = (words: string) => {
  const m = RATE_EARLIER.exec(words) ?? RATE_OF_STANDARD.exec(words);
  return m?.[1] ?? m?.[2] ?? "";
};
const SHARE_OF = /(不少于|不低于|不超过|不高于|至少|超过)[^,。;:\d\n不]{1,16}的$/;
/** After these 至 belongs to the change, not to the figure. */
const CHANGED = /[高升加长低降少短大缩延调增扩减涨展标]$/;

/** Every numeral of the text that may be a quantity, and those that are none, with the reason. */
export function tokensOf(
  text: string,
  shields: Shields,
): { tokens: Token[]; skipped: Omit<Skipped, "text">[] } {
  const tokens: Token[] = [];
  const skipped: Omit<Skipped, "text">[] = [];
  let readTo = 0;
  for (const match of text.matchAll(NUMERAL)) {
    const numeral = match.index;
    if (numeral < readTo) continue;
    const raw = match[0];
    const arabic = /^\d/.test(raw);
    const skip = (why: string) => {
      skipped.push({ start: numeral, end: numeral + raw.length, why });
    };
    const shield = shields.at(numeral);
    if (shield) {
      skip(shield);
      continue;
    }
    const token = arabic ? arabicToken(text, numeral, raw) : chineseToken(text, numeral, raw);
    if (typeof token === "string") {
      if (token) skip(token);
      continue;
    }
    compare(text, token);
    readTo = token.unitTo;
    tokens.push(token);
  }
  return { tokens: joined(text, tokens), skipped };
}

/** Reads 多/余, 万/亿, the unit and the rate after a numeral. */
function measure(text: string, end: number): { multiplier: string; unit: string; to: number; more: boolean } {
  let i = end;
  let more = false;
  const takeMore = () => {
    if (MORE.test(text[i] ?? "")) {
      more = true;
      i++;
    }
  };
  takeMore();
  const multiplier =
    /^(?:[十百千]?[万亿]{1,2}|[百千](?=[多余]?[元人户名家个次张件份万亿]))/.exec(text.slice(i, i + 4))?.[0] ??
    "";
  i += multiplier.length;
  takeMore();
  UNIT.lastIndex = i;
  let unit = UNIT.exec(text)?.[0] ?? "";
  if (unit === "成" && !/^(?:以上|以下|左右|的|[多,。;、])/.test(text.slice(i + 1, i + 3))) unit = "";
  if (
    unit === "分" &&
    /^[一-龥]/.test(text[i + 1] ?? "") &&
    !/^(?:以上|以下|以内|左右|的|提|增|下)/.test(text.slice(i + 1, i + 3))
  )
    unit = "";
  if (unit === "部" && text[i + 1] === "门") unit = "部门";
  i += unit.length;
  // 550/月, 1500/人: the writer left out 元.
  if (unit === "" && /^\/[人月年户床]/.test(text.slice(i, i + 2))) unit = "元";
  if (unit === "元") {
    RATE_TAIL.lastIndex = i;
    const tail = RATE_TAIL.exec(text)?.[0] ?? "";
    i += tail.length;
    unit += tidyRate(tail);
  } else if (/^[人名次]$/.test(unit)) {
    const tail = /^(?:\/|每|·)(?:人|月|年|天|日|次|季度|周)/.exec(text.slice(i, i + 4))?.[0] ?? "";
    i += tail.length;
  }
  if (unit && /[多余]/.test(text[i] ?? "") && !/[一-龥]/.test(text[i + 1] ?? "")) {
    more = true;
    i++;
  }
  return { multiplier, unit, to: i, more };
}

function arabicToken(text: string, numeral: number, raw: string): Token | string {
  let end = numeral + raw.length;
  const before = text[numeral - 1] ?? "";
  if (/[A-Za-z]/.test(before)) return "名称或编号";
  if (/[A-Z]/.test(text[end] ?? "")) return "等级或名称";
  if (text[end] === "级") return "等级";
  if (text[end] === "届") return "序数";
  if (/^[大化](?!病|于|约|型)/.test(text.slice(end, end + 2))) return "并称";
  if (text.startsWith("分之", end)) return "分数";
  let decimal = raw.replaceAll(",", "");
  let got = measure(text, end);
  // 3亿2000万元, 1万3千人: one figure in two parts.
  const rest =
    got.unit === "" && got.multiplier
      ? /^(\d+(?:\.\d+)?)([万千百])/.exec(text.slice(got.to, got.to + 10))
      : null;
  if (rest?.[1] && rest[2]) {
    const total = shifted(decimal, powerOf(got.multiplier)) + shifted(rest[1], powerOf(rest[2]));
    decimal = String(Number((total / shifted("1", powerOf(got.multiplier))).toPrecision(15)));
    end = got.to + rest[0].length;
    got = { ...measure(text, end), multiplier: got.multiplier };
  }
  const token = make(text, numeral, end, decimal, got, false);
  token.reasons.push({ pattern: "numeral.arabic", why: "阿拉伯数字" });
  return token;
}

function chineseToken(text: string, numeral: number, raw: string): Token | string {
  const end = numeral + raw.length;
  if (/^[百千]分之/.test(raw)) {
    const decimal = chineseDecimal(raw.slice(3));
    if (decimal === undefined) return "读不出的数字";
    const unit = raw.startsWith("百") ? "%" : "‰";
    const token = make(text, numeral, end, decimal, { multiplier: "", unit, to: end, more: false }, true);
    token.reasons.push({ pattern: "numeral.percent-in-words", why: "百分之…" });
    return token;
  }
  if (raw === "一" || /^[万亿千百零〇]+$/.test(raw) || text.startsWith("分之", end)) {
    const hundred =
      /^[百千万]$/.test(raw) && /^[余多](?:[名户人家个张件份场]|人次)/.test(text.slice(end, end + 3));
    if (!hundred) return "";
  }
  const multiplier = /[万亿]$/.exec(raw)?.[0] ?? "";
  const digits = raw.slice(0, raw.length - multiplier.length) || raw;
  const value = /点/.test(digits) ? chineseDecimal(digits) : chineseInteger(digits)?.toString();
  if (value === undefined || /[第初]/.test(text[numeral - 1] ?? "")) return "";
  const got = measure(text, end);
  if (got.unit === "") return "";
  const token = make(text, numeral, end, value, { ...got, multiplier: multiplier + got.multiplier }, true);
  const noun = text.slice(got.to, got.to + 16).split(/[,。;:!?、\n]/)[0] ?? "";
  if (!chineseCounts(token, value, noun, text.slice(Math.max(0, numeral - 6), numeral)))
    return "并称或概数，不作数量";
  token.reasons.push({ pattern: "numeral.chinese", why: "中文数字，后面是可以数的事物" });
  return token;
}

function make(
  text: string,
  numeral: number,
  numeralTo: number,
  decimal: string,
  got: { multiplier: string; unit: string; to: number; more: boolean },
  chinese: boolean,
): Token {
  const token: Token = {
    from: numeral,
    numeral,
    numeralTo,
    unitTo: got.to,
    to: got.to,
    decimal,
    multiplier: got.multiplier,
    unit: got.unit,
    comparator: "=",
    approx: false,
    chinese,
    per: "",
    reasons: [],
  };
  if (got.unit || got.multiplier)
    token.reasons.push({ pattern: "unit", why: `单位「${text.slice(numeralTo, got.to)}」` });
  if (got.more) {
    token.comparator = ">";
    token.reasons.push({ pattern: "comparator.more", why: "「多」「余」：大于" });
  }
  return token;
}

/** The comparing words that touch the figure, before and after; and 每人每月 between them. */
function compare(text: string, token: Token): void {
  const note = (word: string) => {
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
  };
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
        note(share[1]);
        from -= share[0].length;
      }
    }
    if (!word) {
      const apart = round === 0 && /[至少于低多过]/.test(left) ? APART.exec(left)?.[1] : undefined;
      if (apart) note(apart);
      break;
    }
    const earlier = left.slice(0, left.length - word.length);
    if (word === "至" && CHANGED.test(earlier)) break;
    if (word === "满" && !isTime(token.unit) && !/岁/.test(token.unit)) break;
    if (word === "约" && /[签节条合预公契相邀]$/.test(earlier)) break;
    if (word === "近" && /[附就邻最]$/.test(earlier)) break;
    if (/^最/.test(word) && /[标水]$/.test(earlier)) break;
    note(word);
    from -= word.length;
  }
  if (!token.per && token.unit === "元" && !/[万亿]/.test(token.multiplier))
    token.per = rateEarlier(text.slice(Math.max(0, from - 24), from));
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
  if (isMoney(token.unit) && !token.unit.includes("/") && token.per && !/[万亿]/.test(token.multiplier))
    token.unit += perUnit(token.per);
}

const RANGE = /^(?:-|--|~|至|到)$/;
const LIST = /^(?:、|和|及|与|以及|,)$/;

/** Ranges become one token; a numeral without unit takes the unit of the next one in its list. */
function joined(text: string, tokens: Token[]): Token[] {
  const out: Token[] = [];
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i] as Token;
    const next = out.at(-1);
    if (next) {
      const between = text.slice(token.unitTo, next.numeral);
      const same = token.unit === next.unit || token.unit === "";
      const range =
        RANGE.test(between) &&
        same &&
        next.maxDecimal === undefined &&
        shifted(token.decimal, powerOf(token.multiplier || next.multiplier)) <
          shifted(next.decimal, powerOf(next.multiplier)) &&
        !/[从由自]$/.test(text.slice(Math.max(0, token.from - 1), token.from));
      if (range) {
        token.maxDecimal = next.decimal;
        token.multiplier = next.multiplier;
        token.unit = next.unit;
        token.unitTo = next.unitTo;
        token.to = next.to;
        token.comparator = ">=";
        token.reasons.push({ pattern: "range", why: "一个到另一个之间" });
        out.pop();
      } else if (
        token.unit === "" &&
        token.multiplier === "" &&
        between.length <= 2 &&
        LIST.test(between) &&
        between !== "," &&
        next.unit &&
        !isClassifierGap(token, next)
      ) {
        token.unit = next.unit;
        token.multiplier = next.multiplier;
        token.reasons.push({
          pattern: "unit.list",
          why: `与后面并列，单位同为「${next.multiplier}${next.unit}」`,
        });
      }
    }
    out.push(token);
  }
  return out.reverse();
}

const isClassifierGap = (a: Token, b: Token) => a.chinese && b.chinese && isClassifier(b.unit);
