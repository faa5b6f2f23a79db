import { expect, test } from "vitest";
import { DomainError } from "./index.ts";

test("错误带着代码、字段、细节和原因；没有的就没有", () => {
  const cause = new Error("内情");
  const full = new DomainError("bad-amount", "金额有误。", {
    field: "amountFen",
    details: { max: 1 },
    cause,
  });
  expect(full).toBeInstanceOf(Error);
  expect(full).toMatchObject({
    name: "DomainError",
    code: "bad-amount",
    message: "金额有误。",
    field: "amountFen",
    details: { max: 1 },
    cause,
  });
  const bare = new DomainError("x", "出错。");
  expect("field" in bare).toBe(false);
  expect("cause" in bare).toBe(false);
});
