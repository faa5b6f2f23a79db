import { expect, test } from "vitest";
import { householdFigure, levelsOf } from "./model.ts";

test("一户的数按它是什么来合：金额和次数相加，最高的取最高，日期取最早或最晚", () => {
  expect(householdFigure({ take: { max: "value" } }, [600_000, 12_800_000])).toBe(12_800_000);
  expect(householdFigure({ take: { sum: "balance" } }, [100, 250])).toBe(350);
  expect(householdFigure({ take: { count: "rows" } }, [1, 2])).toBe(3);
  expect(householdFigure({ take: { earliest: "on" } }, ["2024-05-02", "2024-03-01"])).toBe("2024-03-01");
  expect(householdFigure({ take: { latest: "on" } }, ["2024-05-02", "2024-03-01"])).toBe("2024-05-02");
  expect(householdFigure({ take: { max: "value" } }, [])).toBeNull();
});

test("一户的级别史：每天取未核查的最高一级，写明因为哪些预警；都核查完了就没有级别", () => {
  const alert = (level: number, title: string, raisedOn: string, judgedOn: string | null) => ({
    ...{ level, title, raisedOn, judgedOn },
  });
  expect(
    levelsOf([
      alert(3, "名下有车", "2024-03-01", "2024-04-10"),
      alert(1, "有火化记录", "2024-03-20", "2024-03-25"),
      alert(2, "缴了公积金", "2024-06-01", null),
    ]),
  ).toEqual([
    { level: 3, from: "2024-03-01", until: "2024-03-20", because: ["名下有车"] },
    { level: 1, from: "2024-03-20", until: "2024-03-25", because: ["有火化记录"] },
    { level: 3, from: "2024-03-25", until: "2024-04-10", because: ["名下有车"] },
    { level: 2, from: "2024-06-01", until: null, because: ["缴了公积金"] },
  ]);
  // Raised and judged on one day: seen by nobody as a level.
  expect(levelsOf([alert(1, "同名的人", "2024-03-01", "2024-03-01")])).toEqual([]);
});
