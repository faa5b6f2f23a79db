import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DomainError, type IsoDate } from "@wuxin/kernel";
import type { County } from "./county.ts";
import { type HolidayYear, loadHolidays } from "./holidays.ts";
import { loadCounties } from "./load.ts";

export type * from "./county.ts";
export type { HolidayYear } from "./holidays.ts";
export { loadCounties, loadCounty } from "./load.ts";

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

/** The value of each of a county's choices on a day; a choice not yet begun is absent. */
export function choicesOn(county: County, on: IsoDate): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, entries] of Object.entries(county.switches.choices)) {
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
