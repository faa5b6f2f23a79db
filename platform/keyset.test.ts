import { expect, test } from "vitest";
import { type Reading, stretch } from "./keyset.ts";

const all = Array.from({ length: 7 }, (_, i) => ({ id: `r${i}` }));
const read = async (from: string | null, { order, limit }: Reading) => {
  const list = order === "desc" ? [...all].reverse() : all;
  const at = from === null ? 0 : list.findIndex((r) => r.id === from) + 1;
  return list.slice(at, at + limit);
};
const ids = (s: { rows: { id: string }[] }) => s.rows.map((r) => r.id).join(" ");

test("there and back through a list, each row once; the ends have nothing beyond", async () => {
  const one = await stretch({ size: 3 }, "asc", read);
  expect([ids(one), one.previous, one.next]).toEqual(["r0 r1 r2", null, "r2"]);
  const two = await stretch({ size: 3, after: "r2" }, "asc", read);
  expect([ids(two), two.previous, two.next]).toEqual(["r3 r4 r5", "r3", "r5"]);
  const three = await stretch({ size: 3, after: "r5" }, "asc", read);
  expect([ids(three), three.previous, three.next]).toEqual(["r6", "r6", null]);
  const back = await stretch({ size: 3, before: "r6" }, "asc", read);
  expect([ids(back), back.previous, back.next]).toEqual(["r3 r4 r5", "r3", "r5"]);
  const start = await stretch({ size: 3, before: "r3" }, "asc", read);
  expect([ids(start), start.previous, start.next]).toEqual(["r0 r1 r2", null, "r2"]);
  expect(await stretch({ size: 3 }, "asc", async () => [])).toEqual({ rows: [], previous: null, next: null });
});

test("a place in the list that is gone: the list from its beginning, with the way on", async () => {
  const gone = (from: string | null, reading: Reading) =>
    from === "gone" ? Promise.resolve([]) : read(from, reading);
  const after = await stretch({ size: 3, after: "gone" }, "asc", gone);
  expect([ids(after), after.previous, after.next]).toEqual(["r0 r1 r2", null, "r2"]);
  expect(await stretch({ size: 3, before: "gone" }, "asc", gone)).toEqual(after);
  expect(await stretch({ after: "gone" }, "asc", async () => [])).toEqual({
    rows: [],
    previous: null,
    next: null,
  });
});
