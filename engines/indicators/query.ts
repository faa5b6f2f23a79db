/** What a page may ask for: a month that has begun, and a part of the county. */
import type { System } from "@wuxin/declare";
import { type Clock, DomainError, isMonth, type Month, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export interface IndicatorQuery {
  /** The current month when left out. */
  readonly month?: Month | undefined;
  /** Prefix; within the actor's scope whatever is asked. */
  readonly division?: string | undefined;
  readonly system?: System | undefined;
  /** One of them alone. */
  readonly code?: string | undefined;
}

/** A part of another county has no figures here: saying so is better than a page of noughts. */
export function divisionAsked(tx: Tx, division: string | undefined): string | undefined {
  const { countyCode } = tx.actor;
  if (!division || countyCode.startsWith(division)) return undefined;
  if (!/^\d+$/.test(division) || !division.startsWith(countyCode))
    throw new DomainError(
      "invalid-input",
      `「${division}」不是本县的区划代码，请从列表里选择乡镇或村（社区）。`,
      {
        field: "division",
      },
    );
  return division;
}

export function monthAsked(clock: Clock, month: Month | undefined): Month {
  const current = monthOf(clock.today());
  if (month === undefined) return current;
  if (!isMonth(month) || month > current || month < "2000-01")
    throw new DomainError(
      "invalid-input",
      `月份应为 2000-01 至 ${current}，现在是「${month}」，请重新选择。`,
      {
        field: "month",
      },
    );
  return month;
}
