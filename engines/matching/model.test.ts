import { expect, test } from "vitest";
import { householdFigure } from "./model.ts";

test("一户的数按它是什么来合：金额和次数相加，最高的取最高，日期取最早或最晚", () => {
  expect(householdFigure({ take: { max: "value" } }, [600_000, 12_800_000])).toBe(12_800_000);
  expect(householdFigure({ take: { sum: "balance" } }, [100, 250])).toBe(350);
  expect(householdFigure({ take: { count: "rows" } }, [1, 2])).toBe(3);
  expect(householdFigure({ take: { earliest: "on" } }, ["2024-05-02", "2024-03-01"])).toBe("2024-03-01");
  expect(householdFigure({ take: { latest: "on" } }, ["2024-05-02", "2024-03-01"])).toBe("2024-05-02");
  expect(householdFigure({ take: { max: "value" } }, [])).toBeNull();
});
