import { DomainError } from "./errors.ts";
import { toHalfWidth } from "./text.ts";

/** Money in 分 (1/100 yuan): always a safe integer, may be negative (a reversing entry). */
export type Fen = number & { readonly __unit: "fen" };

/**
 * How a division or a multiplication becomes an integer again. The last word is the smallest unit kept.
 * Rounding is symmetric about zero (`up` = away from zero, `half_up` = halves away from zero), so that a
 * reversing entry is exactly the negative of what it reverses.
 */
export type Rounding =
  | "half_up_fen"
  | "down_fen"
  | "up_fen"
  | "half_up_yuan"
  | "up_yuan"
  | "down_yuan"
  | "half_up_jiao"
  | "up_jiao";

/** Brands an integer as 分. Throws `bad-amount` for fractions, NaN and unsafe integers. */
export function fen(n: number): Fen {
  if (!Number.isSafeInteger(n)) {
    throw new DomainError("bad-amount", `金额应为整数分，收到的是“${n}”。请检查计算中是否漏写了取整方式。`);
  }
  return (n === 0 ? 0 : n) as Fen;
}

/** Sum of amounts in 分; throws `bad-amount` when the sum leaves the safe range. */
export function sumFen(amounts: Iterable<number>): Fen {
  let total = 0;
  for (const amount of amounts) total = fen(total + fen(amount));
  return fen(total);
}

const AMOUNT = /^(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?$/;

/**
 * Reads an amount in yuan as people type it ("1,234.56", "￥1234.5", full-width digits) into 分.
 * Throws `bad-amount` when it is not an amount, has more than two decimals or is too large.
 */
export function parseYuan(text: string): Fen {
  const cleaned = toHalfWidth(text)
    .trim()
    .replace(/^(-?)[¥￥]\s*/, "$1")
    .replace(/\s*元$/, "");
  const match = AMOUNT.exec(cleaned);
  if (!match) {
    const tooFine = /^-?[\d,]+\.\d{3,}$/.test(cleaned);
    throw new DomainError(
      "bad-amount",
      tooFine
        ? `金额“${text.trim()}”超过两位小数。金额最小到分，请按分四舍五入后填写，如 1234.56。`
        : `“${text.trim()}”不是金额。请只填数字，单位为元，最多两位小数，如 1234.56。`,
    );
  }
  const yuan = BigInt((match[2] ?? "0").replaceAll(",", ""));
  const cents = BigInt((match[3] ?? "").padEnd(2, "0") || "0");
  const value = yuan * 100n + cents;
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new DomainError("bad-amount", `金额“${text.trim()}”太大，请检查是否多输了数字。`);
  }
  return fen(Number(match[1] === "-" ? -value : value));
}

/** 123456 → "1,234.56". Always two decimals. */
export function formatYuan(a: number): string {
  const amount = fen(a);
  const digits = Math.abs(amount).toString().padStart(3, "0");
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${amount < 0 ? "-" : ""}${yuan}.${digits.slice(-2)}`;
}

const UNIT: Record<Rounding, { unit: bigint; mode: "half_up" | "up" | "down" }> = {
  half_up_fen: { unit: 1n, mode: "half_up" },
  down_fen: { unit: 1n, mode: "down" },
  up_fen: { unit: 1n, mode: "up" },
  half_up_jiao: { unit: 10n, mode: "half_up" },
  up_jiao: { unit: 10n, mode: "up" },
  half_up_yuan: { unit: 100n, mode: "half_up" },
  up_yuan: { unit: 100n, mode: "up" },
  down_yuan: { unit: 100n, mode: "down" },
};

/** The exact fraction `numerator / denominator` 分, rounded. Throws `bad-amount` for a denominator of 0. */
export function roundFen(numerator: bigint, denominator: bigint, rounding: Rounding): Fen {
  if (denominator === 0n) throw new DomainError("bad-amount", "金额不能除以 0。请检查人数或月数是否漏填。");
  const { unit, mode } = UNIT[rounding];
  const negative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = (denominator < 0n ? -denominator : denominator) * unit;
  const whole = top / bottom;
  const rest = top % bottom;
  const carry = mode === "up" ? rest > 0n : mode === "half_up" ? rest * 2n >= bottom : false;
  const value = (whole + (carry ? 1n : 0n)) * unit;
  return fen(Number(negative ? -value : value));
}

/** `a / by`, exact until the one stated rounding. `by` is an integer (persons, months), not 0. */
export function divideFen(a: number, by: number, rounding: Rounding): Fen {
  if (!Number.isSafeInteger(by)) {
    throw new DomainError("bad-amount", `除数应为整数，收到的是“${by}”。小数倍数请用 timesFen。`);
  }
  return roundFen(BigInt(fen(a)), BigInt(by), rounding);
}

/** `a × factorText`, exact until the one stated rounding. The factor is a decimal string: "1.3", "0.035". */
export function timesFen(a: number, factorText: string, rounding: Rounding): Fen {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(factorText.trim());
  if (!match) {
    throw new DomainError("bad-amount", `倍数“${factorText}”不是十进制小数。请写成 1.3 这样的形式。`);
  }
  const decimals = match[3] ?? "";
  const factor = BigInt(`${match[2]}${decimals}`);
  return roundFen(
    BigInt(fen(a)) * (match[1] === "-" ? -factor : factor),
    10n ** BigInt(decimals.length),
    rounding,
  );
}
