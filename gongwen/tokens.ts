import { compare } from "./compare.ts";
import { chineseCounts } from "./counting.ts";
import { chineseDecimal, chineseInteger, powerOf, shifted } from "./numerals.ts";
import { joined } from "./ranges.ts";
import type { Shields } from "./shields.ts";
import type { Comparator, Reason, Skipped } from "./types.ts";
import { RATE_TAIL, tidyRate, UNIT } from "./units.ts";

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
  /\d+(?:\.\d+)?|(?:百分之|千分之)[零〇一二三四五六七八九十百两]+(?:点[零〇一二三四五六七八九]+)?|[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]+(?:点[零〇一二三四五六七八九]+)?/g;
/** 百, 千万, 亿 without a digit, and what they then count. */
const ROUND = /^(?:[百千]|[百千]?万|[百千]?亿)$/;
const ROUND_UNIT = /^(?:[元人名户家个张件份场亩册床例座]|人次)/;
const MORE = /[多余几]/;
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
  const whole = joined(text, tokens);
  for (let i = 1; i < whole.length; i++) sameRate(text, whole[i - 1] as Token, whole[i] as Token);
  return { tokens: whole, skipped };
}

/** 一级每月130元、二级110元: the rate is said with the first degree. */
function sameRate(text: string, before: Token, token: Token): void {
  if (token.unit !== "元" || token.multiplier || token.from - before.to > 20) return;
  const rate = /^元(\/[月年日])$/.exec(before.unit)?.[1];
  if (
    rate &&
    /^[,、;][^。,;\d]{0,14}[一二三四五六七八A-E][级档类等]$/.test(text.slice(before.to, token.from))
  )
    token.unit += rate;
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
  let decimal = raw;
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
    // 近百张, 超亿元: one hundred, one hundred million.
    const about = ROUND.test(raw) && /[近上超逾约过达破]/.test(text[numeral - 1] ?? "");
    if (!hundred && !(about && ROUND_UNIT.test(text.slice(end, end + 2)))) return "";
  }
  const multiplier = /[万亿]$/.exec(raw)?.[0] ?? "";
  const digits = raw.slice(0, raw.length - multiplier.length) || (multiplier ? "一" : raw);
  const value = /点/.test(digits) ? chineseDecimal(digits) : chineseInteger(digits)?.toString();
  if (value === undefined || /[第初]/.test(text[numeral - 1] ?? "")) return "";
  const got = measure(text, end);
  if (got.unit === "") return "";
  const token = make(text, numeral, end, value, { ...got, multiplier: multiplier + got.multiplier }, true);
  const before = text.slice(Math.max(0, numeral - 6), numeral);
  // 新建幸福院十二个: where no noun follows, the one before is counted.
  const noun =
    (text.slice(got.to, got.to + 16).split(/[,。;:!?、\n]/)[0] ?? "") ||
    (got.unit === "个" ? before.slice(-2) : "");
  if (!chineseCounts(token, value, noun, before)) return "并称或概数，不作数量";
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
