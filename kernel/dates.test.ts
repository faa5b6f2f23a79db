import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  addMonths,
  addMonthsToDate,
  ageOn,
  DomainError,
  dateInShanghai,
  daysBetween,
  firstDay,
  fixedClock,
  formatDateChinese,
  formatMonthChinese,
  isIsoDate,
  isMonth,
  lastDay,
  monthOf,
  monthsBetween,
  monthsFromTo,
  weekdayOf,
} from "./index.ts";

const days = fc
  .date({ min: new Date("1850-01-01"), max: new Date("2150-12-31"), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const step = fc.integer({ min: -40_000, max: 40_000 });

test("只有日历上有的日子才是日期", () => {
  for (const good of ["2024-02-29", "2000-02-29", "1999-12-31"]) expect(isIsoDate(good)).toBe(true);
  for (const bad of [
    "2023-02-29",
    "1900-02-29",
    "2024-04-31",
    "2024-13-01",
    "2024-00-10",
    "2024-1-1",
    "0000-01-01",
    "",
    20240101,
    null,
  ]) {
    expect(isIsoDate(bad)).toBe(false);
  }
  expect(isMonth("2024-12")).toBe(true);
  for (const bad of ["2024-13", "2024-00", "2024-1", "0000-01", "2024-01-01"])
    expect(isMonth(bad)).toBe(false);
});

test("与标准库的日历逐日一致", () => {
  fc.assert(
    fc.property(days, step, (d, n) => {
      const ms = Date.parse(`${d}T00:00:00Z`) + n * 86_400_000;
      const expected = new Date(ms);
      const moved = addDays(d, n);
      return moved === expected.toISOString().slice(0, 10) && weekdayOf(moved) === expected.getUTCDay();
    }),
  );
});

test("加减天数可逆，天数差与之相符", () => {
  fc.assert(
    fc.property(
      days,
      step,
      (d, n) => addDays(addDays(d, n), -n) === d && daysBetween(d, addDays(d, n)) === n,
    ),
  );
});

describe("月", () => {
  test("跨年加减", () => {
    expect(addMonths("2024-01", -1)).toBe("2023-12");
    expect(addMonths("2024-11", 14)).toBe("2026-01");
    expect(monthsBetween("2023-12", "2024-02")).toBe(2);
    expect(monthsBetween("2024-02-29", "2023-12-01")).toBe(-2);
    expect(monthsFromTo("2023-11", "2024-02")).toEqual(["2023-11", "2023-12", "2024-01", "2024-02"]);
    expect(monthsFromTo("2024-02", "2024-01")).toEqual([]);
  });

  test("首日与末日", () => {
    expect(firstDay("2024-02")).toBe("2024-02-01");
    expect(lastDay("2024-02")).toBe("2024-02-29");
    expect(lastDay("2023-02")).toBe("2023-02-28");
    expect(lastDay("2024-12")).toBe("2024-12-31");
    expect(monthOf("2024-02-29")).toBe("2024-02");
  });

  test("加月可逆，末日之后是下月首日", () => {
    const months = days.map((d) => d.slice(0, 7));
    fc.assert(
      fc.property(months, fc.integer({ min: -1200, max: 1200 }), (m, n) => {
        const moved = addMonths(m, n);
        return (
          addMonths(moved, -n) === m &&
          monthsBetween(m, moved) === n &&
          addDays(lastDay(m), 1) === firstDay(addMonths(m, 1))
        );
      }),
    );
  });

  test("没有对应日时取月末（民法典第二百零二条）", () => {
    expect(addMonthsToDate("2024-01-31", 1)).toBe("2024-02-29");
    expect(addMonthsToDate("2023-08-31", 6)).toBe("2024-02-29");
    expect(addMonthsToDate("2024-03-15", -3)).toBe("2023-12-15");
  });
});

describe("周岁", () => {
  test("生日当天满岁", () => {
    expect(ageOn("1944-03-02", "2024-03-01")).toBe(79);
    expect(ageOn("1944-03-02", "2024-03-02")).toBe(80);
    expect(ageOn("2024-05-01", "2024-04-30")).toBe(-1);
  });

  test("二月二十九日出生的，平年三月一日满岁，闰年当天满岁", () => {
    expect(ageOn("1944-02-29", "2023-02-28")).toBe(78);
    expect(ageOn("1944-02-29", "2023-03-01")).toBe(79);
    expect(ageOn("1944-02-29", "2024-02-29")).toBe(80);
  });
});

test("中文写法不补零", () => {
  expect(formatDateChinese("2024-03-01")).toBe("2024年3月1日");
  expect(formatMonthChinese("2024-03")).toBe("2024年3月");
});

test("写错的日期和月份说得清怎么改", () => {
  expect(() => addDays("2023-02-29", 1)).toThrow(/“2023-02-29”不是有效日期.*2024-03-01/);
  expect(() => addMonths("2024-13", 1)).toThrow(/“2024-13”不是有效月份/);
  expect(() => addDays("9999-12-31", 1)).toThrow(DomainError);
});

describe("时钟", () => {
  test("今天按北京时间，不按世界时", () => {
    expect(dateInShanghai(new Date("2024-02-29T15:59:59Z"))).toBe("2024-02-29");
    expect(dateInShanghai(new Date("2024-02-29T16:00:00Z"))).toBe("2024-03-01");
  });

  test("停住的时钟：日期是当天上午九点，不带时区按北京时间", () => {
    expect(fixedClock("2024-03-01").now().toISOString()).toBe("2024-03-01T01:00:00.000Z");
    expect(fixedClock("2024-03-01T00:30:00").today()).toBe("2024-03-01");
    expect(fixedClock("2024-02-29T23:30:00Z").today()).toBe("2024-03-01");
    expect(() => fixedClock("明天")).toThrow(/不是有效的日期或时间/);
  });

  test("取出的时间被改动，时钟不动", () => {
    const clock = fixedClock("2024-03-01");
    clock.now().setFullYear(1999);
    expect(clock.today()).toBe("2024-03-01");
  });
});
