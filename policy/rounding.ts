import { type Num, type RoundingMode, roundTo } from "./exact.ts";

/** How money is rounded: the names of the kernel's `Rounding`, with their step in 分 and their words. */
export const ROUNDINGS: Readonly<
  Record<string, { readonly mode: RoundingMode; readonly step: number; readonly words: string }>
> = {
  half_up_fen: { mode: "half_up", step: 1, words: "四舍五入到分" },
  down_fen: { mode: "down", step: 1, words: "舍去不足一分的部分" },
  up_fen: { mode: "up", step: 1, words: "不足一分的进到分" },
  half_up_jiao: { mode: "half_up", step: 10, words: "四舍五入到角" },
  up_jiao: { mode: "up", step: 10, words: "不足一角的进到角" },
  half_up_yuan: { mode: "half_up", step: 100, words: "四舍五入到元" },
  up_yuan: { mode: "up", step: 100, words: "不足一元的进到元" },
  down_yuan: { mode: "down", step: 100, words: "舍去不足一元的部分" },
};

/** Rounds an amount in 分; `rounding` must be a key of `ROUNDINGS`. */
export function roundMoney(amount: Num, rounding: string): Num {
  const { mode, step } = ROUNDINGS[rounding]!;
  return roundTo(amount, step, mode);
}
