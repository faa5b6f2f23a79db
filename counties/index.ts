import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DomainError, type IsoDate } from "@wuxin/kernel";
import type { County, SwitchValue } from "./county.ts";
import { type HolidayYear, loadHolidays } from "./holidays.ts";
import { loadCounties } from "./load.ts";

export type * from "./county.ts";
export type { HolidayYear } from "./holidays.ts";
export { loadCounties, loadCounty } from "./load.ts";
export type { Outline, OutlineArea } from "./outline.ts";

/** `banks/<code>.yaml`: how a bank wants its file. Read by `declare`. */
export const bankLayoutPath = (code: string): string => join(ROOT, "banks", `${code}.yaml`);

const ROOT = dirname(fileURLToPath(import.meta.url));

let counties: County[] | undefined;
let holidays: HolidayYear[] | undefined;

/** Every county that has a folder here, in order of code. Server side only; read once. */
export function listCounties(): County[] {
  counties ??= loadCounties(ROOT);
  return counties;
}

/** One county. Throws `unknown-county` when it has no folder. */
export function getCounty(code: string): County {
  const county = listCounties().find((c) => c.code === code);
  if (!county) {
    const known = listCounties()
      .map((c) => `${c.name} ${c.code}`)
      .join("、");
    throw new DomainError("unknown-county", `没有区划代码为“${code}”的县。已接入的有：${known}。`);
  }
  return county;
}

/**
 * Every switch of a county on a day, by the name that items use in `{ switch: … }`: its dated choices, and its
 * parameters `payDay`, `reviewMonthsA` `B` `C`, `gradualExitMonths`, `acceptsResidencePermit`,
 * `commitmentInsteadOfProof`. A choice not yet begun is absent.
 */
export function switchesOn(county: County, on: IsoDate): Record<string, SwitchValue> {
  const { choices, payDay, reviewMonths, gradualExitMonths } = county.switches;
  const values: Record<string, SwitchValue> = {
    payDay: payDay.day,
    reviewMonthsA: reviewMonths.A,
    reviewMonthsB: reviewMonths.B,
    reviewMonthsC: reviewMonths.C,
    gradualExitMonths,
    acceptsResidencePermit: county.switches.acceptsResidencePermit,
    commitmentInsteadOfProof: county.switches.commitmentInsteadOfProof,
  };
  for (const [name, entries] of Object.entries(choices)) {
    const current = entries.filter((entry) => entry.from <= on).at(-1);
    if (current) values[name] = current.value;
  }
  return values;
}

/** The published holiday years, earliest first; feed them to the kernel's `workingCalendar`. */
export function holidayTables(): HolidayYear[] {
  holidays ??= loadHolidays(join(ROOT, "holidays.json"));
  return holidays;
}
