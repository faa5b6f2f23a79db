import { expect, test } from "vitest";
import { createRecent } from "./recent.ts";

test("asked again within the time it is not made again; asked by many at once it is made once", async () => {
  let [time, made] = [0, 0];
  const recent = createRecent<number>(10, () => time);
  const make = async () => {
    made += 1;
    const mine = made;
    await new Promise((r) => setTimeout(r, 5));
    return mine;
  };
  expect(await Promise.all([recent("a", make), recent("a", make), recent("b", make)])).toEqual([1, 1, 2]);
  time = 9;
  expect(await recent("a", make)).toBe(1);
  time = 10;
  expect(await recent("a", make)).toBe(3);
});

test("a failure is nobody else's: who waited for it asks himself, and nothing of it is kept", async () => {
  const recent = createRecent<string>(1_000);
  const failing = recent("a", async () => {
    await new Promise((r) => setTimeout(r, 5));
    throw new Error("broken");
  });
  const waiting = recent("a", async () => "mine");
  await expect(failing).rejects.toThrow("broken");
  expect(await waiting).toBe("mine");
});
