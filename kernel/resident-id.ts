import { systemClock } from "./clock.ts";
import { type IsoDate, isIsoDate } from "./dates.ts";
import { DomainError } from "./errors.ts";
import { toHalfWidth } from "./text.ts";

/** Which document an 18-digit number belongs to; all three share the GB 11643 structure and check digit. */
export type ResidentIdKind = "居民身份证" | "港澳台居民居住证" | "外国人永久居留身份证";

export type ResidentIdResult =
  | {
      ok: true;
      /** Always 18 characters, upper-case X. */
      id: string;
      birthDate: IsoDate;
      sex: "男" | "女";
      /** First six characters: where the number was first given, not where the person lives now. */
      regionCode: string;
      kind: ResidentIdKind;
    }
  | { ok: false; code: string; message: string };

/** 2^(17−i) mod 11, GB 11643. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = "10X98765432";

const PROVINCES = new Set(
  "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split(
    " ",
  ),
);
const RESIDENCE_PERMIT_REGIONS = new Set(["810000", "820000", "830000"]);

function checkCharacter(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += Number(first17[i]) * (WEIGHTS[i] ?? 0);
  return CHECK_CHARACTERS[sum % 11] ?? "";
}

/** Appends the GB 11643 check character to 17 digits. Throws `bad-resident-id` otherwise. */
export function residentIdWithCheck(first17: string): string {
  if (!/^\d{17}$/.test(first17)) {
    throw new DomainError("bad-resident-id", "计算校验码需要身份证号码的前 17 位数字，请检查位数。");
  }
  return first17 + checkCharacter(first17);
}

function kindOf(regionCode: string): ResidentIdKind | undefined {
  if (regionCode.startsWith("9")) return "外国人永久居留身份证";
  if (/^8[123]/.test(regionCode)) {
    return RESIDENCE_PERMIT_REGIONS.has(regionCode) ? "港澳台居民居住证" : undefined;
  }
  return PROVINCES.has(regionCode.slice(0, 2)) ? "居民身份证" : undefined;
}

const bad = (code: string, message: string): ResidentIdResult => ({ ok: false, code, message });

/**
 * Reads a resident ID as typed: trims, full-width to half-width, drops inner spaces, x to X. A 15-digit number of
 * the first generation is upgraded. Also reads 港澳台居民居住证 (prefix 810000/820000/830000) and the 18-digit
 * 外国人永久居留身份证 (first digit 9). Never throws: each failure has its own code and a message with the way out.
 * `today` decides what a future birth date is.
 */
export function parseResidentId(text: string, today: IsoDate = systemClock.today()): ResidentIdResult {
  const typed = toHalfWidth(text).replace(/\s/g, "").toUpperCase();
  if (typed === "") return bad("id-empty", "身份证号码没有填写。请对照证件填写 18 位号码。");
  if (/^[A-Z]{3}\d{12}$/.test(typed)) {
    return bad(
      "id-old-foreign",
      "这是旧版外国人永久居留身份证号码（3 位字母加 12 位数字），不含可校验的 18 位号码。请填写换发的新证号码，或按其他证件登记。",
    );
  }
  if (typed.length !== 18 && typed.length !== 15) {
    return bad(
      "id-length",
      `身份证号码应为 18 位，现在是 ${typed.length} 位。请对照证件补全或删去多余的字符。`,
    );
  }
  if (!/^(\d{15}|\d{17}[\dX])$/.test(typed)) {
    return bad(
      "id-characters",
      "身份证号码只能是数字，仅最后一位可以是 X。请检查是否混入了字母 O、I 或标点。",
    );
  }
  const first17 = typed.length === 15 ? `${typed.slice(0, 6)}19${typed.slice(6)}` : typed.slice(0, 17);
  const regionCode = first17.slice(0, 6);
  const kind = kindOf(regionCode);
  if (kind === undefined) {
    return bad("id-region", `身份证号码前 6 位“${regionCode}”不是有效的地区码。请对照证件检查开头几位。`);
  }
  const birthDate = `${first17.slice(6, 10)}-${first17.slice(10, 12)}-${first17.slice(12, 14)}`;
  if (!isIsoDate(birthDate)) {
    return bad("id-birth-date", `身份证号码中的出生日期“${birthDate}”不存在。请对照证件检查第 7 至 14 位。`);
  }
  if (birthDate > today) {
    return bad(
      "id-birth-future",
      `身份证号码中的出生日期“${birthDate}”晚于今天。请对照证件检查第 7 至 14 位。`,
    );
  }
  if (birthDate < "1850-01-01") {
    return bad(
      "id-birth-early",
      `身份证号码中的出生日期“${birthDate}”过早。请对照证件检查第 7 至 10 位的年份。`,
    );
  }
  const id = residentIdWithCheck(first17);
  if (typed.length === 18 && id !== typed) {
    return bad("id-check", "身份证号码的最后一位校验码不符，号码中至少有一位有误。请对照证件逐位核对。");
  }
  return { ok: true, id, birthDate, sex: Number(first17[16]) % 2 === 1 ? "男" : "女", regionCode, kind };
}
