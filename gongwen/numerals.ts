/** Numerals: Chinese to decimal text, exact decimal shifts. No floating-point steps on the way. */

const DIGIT: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  壹: 1,
  二: 2,
  贰: 2,
  两: 2,
  三: 3,
  叁: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
};
const STEP: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };

/** 一百二十三 → 123, 十二 → 12, 二〇二四 → 2024; undefined when it is no number (三四, 百千万). */
export function chineseInteger(text: string): number | undefined {
  if (!/[十百千万亿拾佰仟]/.test(text)) {
    // Digit by digit (二〇二四); two digits side by side are an estimate (三四个), no number.
    if (text.length === 1) return DIGIT[text];
    if (text.length < 4) return undefined;
    let value = 0;
    for (const c of text) {
      const digit = DIGIT[c];
      if (digit === undefined) return undefined;
      value = value * 10 + digit;
    }
    return value;
  }
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  let lastStep = Number.POSITIVE_INFINITY;
  for (const c of text) {
    const step = STEP[c];
    if (step !== undefined) {
      if (step >= lastStep) return undefined;
      section += (digit ?? (step === 10 || section + total === 0 ? 1 : Number.NaN)) * step;
      digit = undefined;
      lastStep = step;
    } else if (c === "万" || c === "亿") {
      const part = section + (digit ?? 0);
      if (part === 0) return undefined;
      total = (total + part) * (c === "万" ? 10_000 : 100_000_000);
      section = 0;
      digit = undefined;
      lastStep = Number.POSITIVE_INFINITY;
    } else {
      const d = DIGIT[c];
      if (d === undefined || (digit !== undefined && digit !== 0)) return undefined;
      digit = d;
    }
  }
  const value = total + section + (digit ?? 0);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** 九十八点五 → "98.5". */
export function chineseDecimal(text: string): string | undefined {
  const [whole = "", fraction] = text.split("点");
  const head = chineseInteger(whole);
  if (head === undefined) return undefined;
  if (fraction === undefined) return String(head);
  const digits = [...fraction].map((c) => DIGIT[c]);
  return digits.length === 0 || digits.includes(undefined) ? undefined : `${head}.${digits.join("")}`;
}

/** "34.8734", 4 → 348734, exactly as the decimal text says. */
export function shifted(decimal: string, places: number): number {
  return Number(`${decimal}e${places}`);
}

/** Powers of ten of 万, 亿, 百万 …. */
export function powerOf(multiplier: string): number {
  let power = 0;
  for (const c of multiplier)
    power += c === "十" ? 1 : c === "百" ? 2 : c === "千" ? 3 : c === "万" ? 4 : c === "亿" ? 8 : 0;
  return power;
}

const CHINESE = "零一二三四五六七八九";
/** 1 → 一, 12 → 十二, 20 → 二十, as items are numbered; above 99 digits. */
export function chineseNumber(n: number): string {
  if (n > 99) return String(n);
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return `${tens === 0 ? "" : `${tens === 1 ? "" : CHINESE[tens]}十`}${ones === 0 && tens > 0 ? "" : CHINESE[ones]}`;
}
