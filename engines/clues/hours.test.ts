import { holidayTables } from "@wuxin/counties";
import { workingCalendar } from "@wuxin/kernel";
import { expect, test } from "vitest";
import { helpClock, hoursFrom } from "./hours.ts";

const calendar = workingCalendar(holidayTables());
const office = { from: "08:30", to: "17:30" };
const after = (at: string, hours: number, of: typeof office | null) =>
  new Date(hoursFrom(new Date(`${at}:00+08:00`), hours, of, calendar).getTime() + 8 * 3_600_000)
    .toISOString()
    .slice(0, 16);

test("昼夜都算：四小时就是四小时，半夜也算", () => {
  expect(after("2024-05-08T22:00", 4, null)).toBe("2024-05-09T02:00");
});

test("只算办公时间：下班接着第二天算，周末和节假日不算", () => {
  expect(after("2024-05-08T09:00", 4, office)).toBe("2024-05-08T13:00");
  expect(after("2024-05-08T16:30", 4, office)).toBe("2024-05-09T11:30");
  expect(after("2024-05-08T23:00", 2, office)).toBe("2024-05-09T10:30");
  expect(after("2024-05-08T06:00", 9, office)).toBe("2024-05-08T17:30");
  // 10 May is a Friday; the Saturday 11 May 2024 was a working day after the holiday.
  expect(after("2024-05-10T17:00", 1, office)).toBe("2024-05-11T09:00");
  expect(after("2024-05-11T17:00", 1, office)).toBe("2024-05-13T09:00");
});

test("县里没有写的用暂定的；写错了说出改法", () => {
  expect(helpClock(() => undefined)).toEqual({ hours: 24, urgentHours: 4, escalateHours: 12, office: null });
  const of = (choices: Record<string, string | number>) => helpClock((name) => choices[name]);
  expect(of({ troubleClock: "09:00-17:00", troubleHours: 8 })).toMatchObject({
    ...{ hours: 8, office: { from: "09:00", to: "17:00" } },
  });
  expect(() => of({ troubleClock: "全天" })).toThrow(/round-the-clock/);
  expect(() => of({ troubleClock: "17:30-08:30" })).toThrow(/troubleClock/);
  expect(() => of({ troubleUrgentHours: 0 })).toThrow(/1 至 240/);
});
