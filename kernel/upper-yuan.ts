import { fen } from "./money.ts";

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];

/** 1–9999 without leading zero words: 1005 → 壹仟零伍. */
function upTo9999(n: number): string {
  let out = "";
  let gap = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(n / 10 ** place) % 10;
    if (digit === 0) {
      gap = out !== "";
      continue;
    }
    out += (gap ? "零" : "") + DIGITS[digit] + PLACES[place];
    gap = false;
  }
  return out;
}

/** Joins a higher and a lower section; one 零 where the lower does not fill its places. */
function join(high: string, unit: string, low: string, lowIsShort: boolean): string {
  if (high === "") return low;
  return high + unit + (low === "" ? "" : (lowIsShort ? "零" : "") + low);
}

function upTo99999999(n: number): string {
  const low = n % 10_000;
  return join(upTo9999(Math.floor(n / 10_000)), "万", upTo9999(low), low < 1_000);
}

function integerPart(yuan: number): string {
  const low = yuan % 100_000_000;
  return join(upTo99999999(Math.floor(yuan / 100_000_000)), "亿", upTo99999999(low), low < 10_000_000);
}

/**
 * The amount in financial capitals, as vouchers and bank forms want it: 123456 → 壹仟贰佰叁拾肆元伍角陆分.
 * Follows the bill-writing rules of 支付结算办法 附一: 整 after 元 when there is no 角 or 分, none after 角 or 分;
 * 零 between 元 and 分 when 角 is 0.
 */
export function upperYuan(a: number): string {
  const amount = Math.abs(fen(a));
  const yuan = Math.floor(amount / 100);
  const jiao = Math.floor(amount / 10) % 10;
  const cent = amount % 10;
  let out = yuan > 0 ? `${integerPart(yuan)}元` : "";
  if (jiao > 0) out += `${DIGITS[jiao]}角`;
  else if (cent > 0 && yuan > 0) out += "零";
  if (cent > 0) out += `${DIGITS[cent]}分`;
  if (jiao === 0 && cent === 0) out = yuan > 0 ? `${out}整` : "零元整";
  return a < 0 ? `负${out}` : out;
}
