/**
 * A publicity (公示): which lawful fields it shows and for how long. The day of posting is day 0; it hangs through
 * `toDate` and is invisible from the day after, whether or not anybody has taken it down yet.
 */
import type { PublicityDefinition, PublicityField } from "@wuxin/declare";
import { addDays, ageOn, DomainError, formatYuan, type IsoDate, maskName } from "@wuxin/kernel";
import type { Switches } from "./model.ts";

export interface PublicityFacts {
  readonly itemTitle: string;
  readonly applicantName: string;
  readonly applicantBirthDate: IsoDate | null;
  readonly memberCount: number;
  readonly amountFen: number | null;
  readonly township: string;
  readonly village: string | null;
  readonly opinion: string | null;
}

export interface PublicityText {
  readonly label: string;
  readonly text: string;
}

const LABELS: Record<PublicityField, string> = {
  applicantName: "申请人",
  memberCount: "家庭人数",
  amount: "拟保障金额（每月）",
  township: "乡镇（街道）",
  village: "村（社区）",
  item: "事项",
  opinion: "初审意见",
};

/** Only the fields that the declaration names; a field without a value is left out rather than shown empty. */
export function publicityRows(
  def: PublicityDefinition,
  facts: PublicityFacts,
  today: IsoDate,
): PublicityText[] {
  return def.fields.flatMap((field) => {
    const text = textOf(field, facts, today);
    return text === null ? [] : [{ label: LABELS[field], text }];
  });
}

function textOf(field: PublicityField, f: PublicityFacts, today: IsoDate): string | null {
  switch (field) {
    case "applicantName": {
      // Children never stand in public lists by full name (个人信息保护法 第二十八条: under 14).
      const child = f.applicantBirthDate !== null && ageOn(f.applicantBirthDate, today) < 14;
      return child ? maskName(f.applicantName) : f.applicantName;
    }
    case "memberCount":
      return `${f.memberCount} 人`;
    case "amount":
      return f.amountFen === null ? null : `${formatYuan(f.amountFen)} 元`;
    case "township":
      return f.township;
    case "village":
      return f.village ?? f.township;
    case "item":
      return f.itemTitle;
    case "opinion":
      return f.opinion;
  }
}

/** @throws DomainError("bad-declaration") when the county has not said how many days */
export function publicityDates(
  def: PublicityDefinition,
  today: IsoDate,
  switches: Switches,
): { fromDate: IsoDate; toDate: IsoDate } {
  const days = typeof def.days === "number" ? def.days : Number(switches[def.days.switch] ?? Number.NaN);
  if (!Number.isSafeInteger(days) || days < 1)
    throw new DomainError(
      "bad-declaration",
      `本县没有规定「${def.title}」公示多少天，请在县配置的开关里写明${typeof def.days === "number" ? "" : ` ${def.days.switch}`}。`,
    );
  return { fromDate: today, toDate: addDays(today, days) };
}

/** Whether a notice hangs on this day. */
export const hangs = (
  p: { readonly fromDate: IsoDate; readonly toDate: IsoDate; readonly takenDownOn: IsoDate | null },
  today: IsoDate,
): boolean => p.takenDownOn === null && p.fromDate <= today && today <= p.toDate;
