import { contract } from "@wuxin/contract";
import { expect, test } from "vitest";
import { ACCESS } from "./access.ts";

test("the console offers a section to exactly the roles that the door lets in", () => {
  for (const [route, roles] of Object.entries(ACCESS)) {
    const { access } = contract[route as keyof typeof ACCESS];
    expect([...roles].sort(), route).toEqual([...access].sort());
  }
});
