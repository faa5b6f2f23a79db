import type { IsoDate } from "@wuxin/kernel";
import { weekdayOf } from "@wuxin/kernel";
import { readData } from "./load.ts";

/** One published year: weekday holidays, weekend days worked in exchange, and the notice it rests on. */
export interface HolidayYear {
  year: number;
  off: IsoDate[];
  on: IsoDate[];
  source: string;
}

/** Reads and checks a holiday file. Throws `bad-county-file` naming the file, the place and the mend. */
export function loadHolidays(path: string): HolidayYear[] {
  return readData(path, JSON.parse)
    .get("years")
    .list()
    .map((entry) => {
      entry.only("year", "off", "on", "source");
      const year = entry.get("year").integer(2000, 2100);
      const days = (key: "off" | "on", weekend: boolean) =>
        entry
          .get(key)
          .list()
          .map((node) => {
            const day = node.date();
            if (!day.startsWith(`${year}-`)) node.fail(`（${day}）不在 ${year} 年`, "请移到所属的年份。");
            const onWeekend = [0, 6].includes(weekdayOf(day));
            if (onWeekend !== weekend) {
              node.fail(
                `（${day}）${onWeekend ? "是周末" : "是周一至周五"}`,
                "off 只写放假的周一至周五，on 只写上班的周末。",
              );
            }
            return day;
          });
      return { year, off: days("off", false), on: days("on", true), source: entry.get("source").text() };
    });
}
