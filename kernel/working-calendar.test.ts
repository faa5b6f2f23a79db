import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, addWorkingDays, isWorkingDay, workingCalendar, workingDaysUntil } from "./index.ts";

/** A fixture: 国办发明电〔2025〕7号. The kernel ships no data; the real table is the counties' room's. */
const cal = workingCalendar([
  {
    year: 2026,
    off: (
      "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 " +
      "06-19 09-25 10-01 10-02 10-05 10-06 10-07"
    )
      .split(" ")
      .map((d) => `2026-${d}`),
    on: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"].map((d) => `2026-${d}`),
  },
]);
const days2026 = fc.integer({ min: 0, max: 364 }).map((n) => addDays("2026-01-01", n));

test("2026 年有 248 个工作日", () => {
  const days = Array.from({ length: 365 }, (_, n) => addDays("2026-01-01", n));
  expect(days.filter((d) => isWorkingDay(cal, d))).toHaveLength(248);
});

test("节假日不上班，调休的周末上班", () => {
  expect(isWorkingDay(cal, "2026-02-17")).toBe(false);
  expect(isWorkingDay(cal, "2026-02-14")).toBe(true);
  expect(isWorkingDay(cal, "2026-02-21")).toBe(false);
});

describe("期限", () => {
  test("1 月 26 日受理，30 个工作日到 3 月 13 日（跨春节）", () => {
    expect(addWorkingDays(cal, "2026-01-26", 30)).toEqual({ date: "2026-03-13", unpublishedYears: [] });
  });

  test("第二天才开始算：周五受理，1 个工作日到下周一", () => {
    expect(addWorkingDays(cal, "2026-03-06", 1).date).toBe("2026-03-09");
    expect(addWorkingDays(cal, "2026-03-07", 0).date).toBe("2026-03-07");
  });

  test("跨进没有公布节假日的年份，要说出来", () => {
    expect(addWorkingDays(cal, "2026-12-25", 10)).toEqual({ date: "2027-01-08", unpublishedYears: [2027] });
    expect(workingDaysUntil(cal, "2025-12-31", "2026-01-04")).toEqual({ days: 1, unpublishedYears: [] });
    expect(workingDaysUntil(cal, "2026-12-31", "2028-01-03").unpublishedYears).toEqual([2027, 2028]);
  });

  test("剩余工作日：当天为 0，过期为负", () => {
    expect(workingDaysUntil(cal, "2026-03-13", "2026-03-13").days).toBe(0);
    expect(workingDaysUntil(cal, "2026-03-12", "2026-03-13").days).toBe(1);
    expect(workingDaysUntil(cal, "2026-03-16", "2026-03-13").days).toBe(-1);
  });

  test("负数或小数的期限被拒绝", () => {
    expect(() => addWorkingDays(cal, "2026-01-01", -1)).toThrow(/不小于 0 的整数/);
    expect(() => addWorkingDays(cal, "2026-01-01", 1.5)).toThrow(/不小于 0 的整数/);
  });

  test("到期日总是工作日，剩余天数等于期限，且正反相消", () => {
    fc.assert(
      fc.property(days2026, fc.integer({ min: 1, max: 90 }), (from, n) => {
        const { date } = addWorkingDays(cal, from, n);
        const left = workingDaysUntil(cal, from, date).days;
        return isWorkingDay(cal, date) && left === n && workingDaysUntil(cal, date, from).days === -n;
      }),
    );
  });
});
