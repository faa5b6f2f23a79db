import { expect, test } from "vitest";
import { grouped } from "./group.ts";

test("rows by a key keep their order, and no key is made up", () => {
  const groups = grouped([3, 1, 4, 1, 5], (n) => n % 2 === 0);
  expect([...groups]).toEqual([
    [false, [3, 1, 1, 5]],
    [true, [4]],
  ]);
  expect(grouped([], (n) => n).size).toBe(0);
});
