import { addDays, type IsoDate, isWorkingDay, workingCalendar } from "@wuxin/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueDate, runClocks, viewClock } from "./clocks.ts";
import type { CaseAction } from "./model.ts";
import { clockViews, datedClocks } from "./progress.ts";
import { toyFlow, toyItem } from "./testing/toy-item.ts";

const calendar = workingCalendar([{ year: 2024, off: ["2024-04-04", "2024-04-05"], on: ["2024-04-07"] }]);
const county = () => ({ toyConfirmedBy: "county" });

const actions = (...list: readonly (readonly [IsoDate, string, string])[]): CaseAction[] =>
  list.map(([on, action, to], i) => ({
    id: `a${i}`,
    seq: i + 1,
    action,
    to,
    on,
    at: `${on}T01:00:00.000Z`,
    actor: { accountId: null, personId: null, name: "某", role: "township" },
    data: {},
    outcome: {},
  }));
const view = (list: CaseAction[], today: IsoDate, key: string) =>
  clockViews(toyItem, datedClocks(toyItem, list, calendar, county), today, calendar).find(
    (c) => c.key === key,
  );

describe("时限", () => {
  it("起算日不计入；遇清明节顺延，调休的周日算工作日", () => {
    expect(dueDate("workingDays", "2024-04-02", 3, calendar)).toBe("2024-04-08");
    expect(dueDate("calendarDays", "2024-04-02", 7, calendar)).toBe("2024-04-09");
    expect(dueDate("months", "2024-01-31", 1, calendar)).toBe("2024-02-29");
  });

  it("周五到期，周六看已超期，不因没有工作日而算作 0", () => {
    const list = actions(["2024-03-05", "accept", "accepted"]);
    expect(view(list, "2024-03-08", "look")).toMatchObject({ dueOn: "2024-03-08", left: 0, light: "red" });
    expect(view(list, "2024-03-09", "look")).toMatchObject({ left: -1, light: "late" });
    expect(view(list, "2024-03-12", "look")).toMatchObject({ left: -2, light: "late" });
  });

  it("延长后从原来的起点按新的天数算", () => {
    const list = actions(["2024-03-01", "accept", "accepted"], ["2024-03-20", "extend", "accepted"]);
    expect(view(list, "2024-03-20", "total")).toMatchObject({
      limit: 45,
      dueOn: dueDate("workingDays", "2024-03-01", 45, calendar),
    });
  });

  it("委托与否决定天数；县里没有说的，不起这个时限", () => {
    const list = actions(["2024-03-01", "accept", "accepted"]);
    const limit = (by: string) =>
      runClocks(toyFlow, list, () => ({ toyConfirmedBy: by })).find((c) => c.key === "total")?.limit;
    expect([limit("county"), limit("township"), limit("")]).toEqual([30, 20, undefined]);
  });

  it("停过又起的是另一轮；结案时都停，送达通知的除外", () => {
    const list = actions(
      ["2024-03-01", "accept", "accepted"],
      ["2024-03-04", "survey", "accepted"],
      ["2024-03-06", "accept", "accepted"],
    );
    expect(runClocks(toyFlow, list, county).map((c) => [c.key, c.round, c.stoppedOn])).toEqual([
      ["look", 1, "2024-03-04"],
      ["total", 1, null],
      ["look", 2, null],
    ]);
    const ended = [
      ...list,
      ...actions(["2024-03-07", "withdraw", "withdrawn"]).map((a) => ({ ...a, seq: 4 })),
    ];
    expect(runClocks(toyFlow, ended, county).every((c) => c.stoppedOn !== null)).toBe(true);
  });

  it("按月的时限：剩几个整月，到期当天为红，次日超期", () => {
    const list = actions(["2024-01-31", "death", "paying"]);
    const at = (today: IsoDate) => {
      const v = view(list, today, "afterDeath");
      return [v?.dueOn, v?.left, v?.light];
    };
    expect(at("2024-01-31")).toEqual(["2024-04-30", 3, "green"]);
    expect(at("2024-02-10")).toEqual(["2024-04-30", 2, "green"]);
    expect(at("2024-03-30")).toEqual(["2024-04-30", 1, "yellow"]);
    expect(at("2024-04-15")).toEqual(["2024-04-30", 0, "yellow"]);
    expect(at("2024-04-30")).toEqual(["2024-04-30", 0, "red"]);
    expect(at("2024-05-01")).toEqual(["2024-04-30", -1, "late"]);
  });

  it("跨到没有公布放假安排的年份，照普通周计算，并说出是哪一年", () => {
    const list = actions(["2024-12-20", "accept", "accepted"]);
    expect(view(list, "2024-12-20", "total")?.unpublishedYears).toEqual([2025]);
    expect(view(list, "2024-12-20", "look")?.unpublishedYears).toEqual([]);
  });

  it("性质：工作日时限到期那天总是工作日，剩余随日子不增，灯只会变急", () => {
    const def = toyFlow.clocks[0];
    if (!def) throw new Error("no clock");
    const order = ["green", "yellow", "red", "late"];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 330 }), fc.integer({ min: 0, max: 60 }), (day, limit) => {
        const startedOn = addDays("2024-01-01", day);
        const dueOn = dueDate("workingDays", startedOn, limit, calendar);
        if (limit > 0) expect(isWorkingDay(calendar, dueOn)).toBe(true);
        let before: { left: number; light: number } | undefined;
        for (let d = 0; d < 100; d += 3) {
          const v = viewClock(
            def,
            {
              key: def.key,
              round: 1,
              startedOn,
              stoppedOn: null,
              limit,
              unit: "workingDays",
              dueOn,
              warnOn: dueOn,
            },
            addDays(startedOn, d),
            calendar,
          );
          const light = order.indexOf(v.light);
          if (before) {
            expect(v.left).toBeLessThanOrEqual(before.left);
            expect(light).toBeGreaterThanOrEqual(before.light);
          }
          before = { left: v.left, light };
        }
      }),
      { numRuns: 100, verbose: 1 },
    );
  });
});
