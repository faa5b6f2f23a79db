import {
  countyOf,
  DomainError,
  type IsoDate,
  isMobilePhone,
  normalizePhone,
  parseResidentId,
} from "@wuxin/kernel";
import { pinyin } from "pinyin-pro";

/** A registered person, numbers masked. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly idNoMasked: string;
  /** Keyed digest of the ID number, hex: the same person in any county of this installation. */
  readonly idNoDigest: string;
  readonly phoneMasked: string | null;
  readonly sex: "男" | "女";
  readonly birthDate: IsoDate;
  readonly divisionCode: string;
  readonly address: string;
  readonly diedOn: IsoDate | null;
  readonly protected: boolean;
  /** The household that the person belongs to now. */
  readonly householdId: string | null;
}

export interface HouseholdMember {
  readonly personId: string;
  readonly name: string;
  readonly relation: string;
  readonly sex: "男" | "女";
  readonly birthDate: IsoDate;
  readonly idNoMasked: string;
  readonly diedOn: IsoDate | null;
  readonly fromDate: IsoDate;
  readonly toDate: IsoDate | null;
}

export interface Household {
  readonly id: string;
  readonly headPersonId: string;
  readonly headName: string;
  readonly divisionCode: string;
  readonly address: string;
  readonly areaClass: "城市" | "农村";
  readonly openedOn: IsoDate;
  readonly closedOn: IsoDate | null;
  /** Everybody who belongs or belonged, the head first, then by entry. `toDate` null = now. */
  readonly members: readonly HouseholdMember[];
}

export interface BankAccount {
  readonly id: string;
  readonly personId: string;
  readonly bankName: string;
  readonly accountMasked: string;
  /** Keyed digest, hex: equal accounts have equal digests. */
  readonly accountDigest: string;
  readonly holderName: string;
  readonly since: IsoDate;
}

export interface PersonInput {
  /** Made by the caller; used when the person is new. */
  readonly id: string;
  readonly name: string;
  readonly idNo: string;
  readonly phone?: string | undefined;
  readonly divisionCode: string;
  readonly address: string;
  /** Prefix of the field names in errors, e.g. `members.2` gives `members.2.idNo`. */
  readonly at?: string | undefined;
}

export interface CheckedPerson {
  readonly id: string;
  readonly name: string;
  readonly idNo: string;
  readonly birthDate: IsoDate;
  readonly sex: "男" | "女";
  readonly phone: string | null;
  readonly divisionCode: string;
  readonly address: string;
  readonly field: (name: string) => string;
}

/** Throws `invalid-input` at the first wrong field. */
export function checkPerson(input: PersonInput, countyCode: string, today: IsoDate): CheckedPerson {
  const field = (name: string) => (input.at === undefined ? name : `${input.at}.${name}`);
  const bad = (name: string, message: string) =>
    new DomainError("invalid-input", message, { field: field(name) });
  const name = checkName(input.name, field("name"));
  const parsed = parseResidentId(input.idNo, today);
  if (!parsed.ok) throw bad("idNo", parsed.message);
  const typedPhone = (input.phone ?? "").trim();
  if (typedPhone !== "" && !isMobilePhone(typedPhone)) throw bad("phone", "手机号应为 11 位，请核对。");
  checkDivision(input.divisionCode, countyCode, field("divisionCode"));
  const address = input.address.trim();
  if (address.length > 200) throw bad("address", "地址最长 200 个字，请精简。");
  return {
    id: input.id,
    name,
    idNo: parsed.id,
    birthDate: parsed.birthDate,
    sex: parsed.sex,
    phone: typedPhone === "" ? null : normalizePhone(typedPhone),
    divisionCode: input.divisionCode,
    address,
    field,
  };
}

/** The name in its one form. Throws `invalid-input`. */
export function checkName(typed: string, field = "name"): string {
  const bad = (message: string) => new DomainError("invalid-input", message, { field });
  const name = normalizeName(typed);
  if (name === "") throw bad("请填写姓名。");
  if (name.length > 50) throw bad("姓名最长 50 个字，请核对。");
  if (/[\d<>@#%&*=]/.test(name)) throw bad("姓名里不能有数字或符号，请照身份证填写。");
  return name;
}

export function checkDivision(code: string, countyCode: string, field = "divisionCode"): void {
  if (!/^(\d{6}|\d{9}|\d{12})$/.test(code) || countyOf(code) !== countyCode) {
    throw new DomainError("invalid-input", "所在地应选择本县的乡镇或村（社区）。", { field });
  }
}

/** 阿卜杜拉•买买提 and 阿卜杜拉·买买提 are one name; blanks inside Chinese names are slips. */
export function normalizeName(typed: string): string {
  const text = typed
    .normalize("NFKC")
    .replace(/[•・‧．⋅]/g, "·")
    .trim();
  return /\p{Script=Han}/u.test(text) ? text.replace(/\s+/g, "") : text.replace(/\s+/g, " ");
}

/** How a name is found by keyboard: `zhangsanfeng` and `zsf`. Surnames with a reading of their own keep it (单 shan). */
export function searchKeys(name: string): { pinyin: string; initials: string } {
  const parts = pinyin(name, { toneType: "none", type: "array", surname: "head", v: true })
    .map((p) => p.toLowerCase().replace(/[^a-z]/g, ""))
    .filter((p) => p !== "");
  return { pinyin: parts.join(""), initials: parts.map((p) => p[0]).join("") };
}

export type SearchKind =
  | { readonly by: "idNo"; readonly idNo: string }
  | { readonly by: "phone"; readonly phone: string }
  | { readonly by: "idTail"; readonly tail: string }
  | { readonly by: "name"; readonly prefix: string }
  | { readonly by: "pinyin"; readonly prefix: string };

/** What a search text is meant as; undefined when it can find nothing (one letter, three digits). */
export function searchKind(typed: string, today: IsoDate): SearchKind | undefined {
  const text = normalizeName(typed);
  const compact = text.replace(/[\s-]/g, "").toUpperCase();
  if (/^(\d{17}[\dX]|\d{15})$/.test(compact)) {
    const id = parseResidentId(compact, today);
    if (id.ok) return { by: "idNo", idNo: id.id };
  }
  if (isMobilePhone(compact)) return { by: "phone", phone: normalizePhone(compact) };
  if (/^\d{3,17}[\dX]$/.test(compact)) return { by: "idTail", tail: compact };
  if (/\d/.test(compact)) return undefined;
  if (/^[A-Z' ]+$/i.test(text)) {
    const prefix = compact.toLowerCase().replace(/[^a-z]/g, "");
    return prefix.length >= 2 ? { by: "pinyin", prefix } : undefined;
  }
  return text === "" ? undefined : { by: "name", prefix: text };
}

/** Throws `invalid-input` when there is no head, nobody, or somebody twice. */
export function checkMembers(
  headPersonId: string,
  members: readonly { readonly personId: string; readonly relation: string }[],
): void {
  const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });
  if (members.length === 0) throw bad("members", "家庭至少要有一位成员，请先添加户主。");
  if (!members.some((m) => m.personId === headPersonId)) {
    throw bad("headPersonId", "这个家庭没有户主，请在成员中指定一位户主。");
  }
  const seen = new Set<string>();
  members.forEach((m, i) => {
    if (seen.has(m.personId))
      throw bad(`members.${i}.idNo`, `第 ${i + 1} 位成员与前面的成员是同一人，请删去一位。`);
    seen.add(m.personId);
    if (m.relation.trim() === "")
      throw bad(`members.${i}.relation`, `请填写第 ${i + 1} 位成员与户主的关系。`);
  });
}

/** Digits only. Throws `invalid-input` at `accountNo`. A wrong Luhn digit is no error: passbooks have none. */
export function checkAccountNo(typed: string): string {
  const digits = typed.normalize("NFKC").replace(/[\s-]/g, "");
  if (!/^\d{8,30}$/.test(digits)) {
    throw new DomainError("invalid-input", "银行账号应为 8 至 30 位数字，请照卡面填写。", {
      field: "accountNo",
    });
  }
  return digits;
}
