import { expect, test } from "vitest";
import { readText } from "./index.ts";

test("more headings than a call takes arguments are read, not thrown at", () => {
  expect(readText("一\n1\n个\n".repeat(90_000)).quantities).toEqual([]);
}, 30_000);
