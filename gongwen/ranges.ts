import { powerOf, shifted } from "./numerals.ts";
import type { Token } from "./tokens.ts";
import { isClassifier } from "./units.ts";

const RANGE = /^(?:-|--|~|至|到)$/;
const LIST = /^(?:、|和|及|与|以及|,)$/;

/** Ranges become one token; a numeral without unit takes the unit of the next one in its list. */
export function joined(text: string, tokens: Token[]): Token[] {
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
