import { DomainError } from "./errors.ts";
import { toHalfWidth } from "./text.ts";

export type UsccResult =
  | {
      ok: true;
      /** 18 characters, upper case. */
      id: string;
      /** Position 1: the registering authority; "5" is civil affairs, "9" market regulation. */
      authority: string;
      /** Position 2: the kind within that authority. */
      kind: string;
      /** Positions 3–8: division of the registering authority. */
      regionCode: string;
    }
  | { ok: false; code: string; message: string };

/** GB 32100 leaves out I O S V Z, which are misread for digits. */
const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

function checkCharacter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31] ?? "";
}

/** Appends the GB 32100 check character to 17 characters. Throws `bad-uscc` otherwise. */
export function usccWithCheck(first17: string): string {
  if (first17.length !== 17 || [...first17].some((c) => !ALPHABET.includes(c))) {
    throw new DomainError("bad-uscc", "计算校验码需要统一社会信用代码的前 17 位，且不含字母 I、O、S、V、Z。");
  }
  return first17 + checkCharacter(first17);
}

/** Reads a 统一社会信用代码 (GB 32100) as typed. Never throws; each failure has its own code and way out. */
export function parseUscc(text: string): UsccResult {
  const bad = (code: string, message: string): UsccResult => ({ ok: false, code, message });
  const id = toHalfWidth(text).replace(/\s/g, "").toUpperCase();
  if (id === "") return bad("uscc-empty", "统一社会信用代码没有填写。请对照登记证书填写 18 位代码。");
  if (id.length !== 18) {
    return bad(
      "uscc-length",
      `统一社会信用代码应为 18 位，现在是 ${id.length} 位。请对照登记证书补全或删去多余的字符。`,
    );
  }
  const wrong = [...id].find((c) => !ALPHABET.includes(c));
  if (wrong !== undefined) {
    return bad(
      "uscc-characters",
      `统一社会信用代码不使用字符“${wrong}”。代码不含字母 I、O、S、V、Z，请检查是否应为数字 1、0、5、2。`,
    );
  }
  if (!/^[0-9]{6}$/.test(id.slice(2, 8))) {
    return bad(
      "uscc-region",
      "统一社会信用代码第 3 至 8 位应为登记机关的地区码（数字）。请对照登记证书核对。",
    );
  }
  if (checkCharacter(id.slice(0, 17)) !== id[17]) {
    return bad(
      "uscc-check",
      "统一社会信用代码的最后一位校验码不符，代码中至少有一位有误。请对照登记证书逐位核对。",
    );
  }
  return { ok: true, id, authority: id.charAt(0), kind: id.charAt(1), regionCode: id.slice(2, 8) };
}
