import { expect, test } from "vitest";
import {
  clockShare,
  clockText,
  dateTime,
  figure,
  fileSize,
  shortFigure,
  signedYuan,
  yuan,
} from "./format.ts";

const clock = { unit: "workingDays", left: 3, limit: 15, stoppedOn: null } as const;

test("a clock says what is left in its own unit", () => {
  expect(clockText(clock)).toBe("还剩 3 个工作日");
  expect(clockText({ ...clock, left: 0 })).toBe("今天到期");
  expect(clockText({ ...clock, left: -2 })).toBe("超期 2 个工作日");
  expect(clockText({ ...clock, unit: "calendarDays", left: 7 })).toBe("还剩 7 天");
  expect(clockText({ ...clock, stoppedOn: "2026-03-01" })).toBe("已办结");
  expect(clockText({ ...clock, left: -1, stoppedOn: "2026-03-01" })).toBe("已办结，曾超期 1 个工作日");
});

test("the share of a limit stays between nothing and all", () => {
  expect(clockShare(clock)).toBeCloseTo(0.8);
  expect(clockShare({ ...clock, left: -9 })).toBe(1);
  expect(clockShare({ ...clock, left: 20 })).toBe(0);
});

test("amounts carry separators and two decimals; a change carries its sign", () => {
  expect(yuan(123_456_789)).toBe("1,234,567.89");
  expect(yuan(null)).toBe("—");
  expect(signedYuan(5000)).toBe("+50.00");
  expect(signedYuan(-1200)).toBe("−12.00");
});

test("times are those of Shanghai, whatever the machine thinks", () => {
  expect(dateTime("2026-03-01T16:30:00Z")).toBe("2026-03-02 00:30");
});

test("figures say no more than they know", () => {
  expect(figure(null)).toBe("—");
  expect(figure(100, 1)).toBe("100.0");
  expect(figure(0, 4)).toBe("0.00");
  expect(shortFigure(61.28)).toBe("61.28");
  expect(fileSize(3 * 1024 * 1024)).toBe("3.0 MB");
});
