/** Rows that wait on disk: every person's own, in their order, whatever an earlier run left lying. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { createKept } from "./kept.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-kept-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const place = path.join(folder, "list");
const text = (rows: readonly Uint8Array[] | undefined) => rows?.map((r) => Buffer.from(r).toString());
const all = (kept: ReturnType<typeof createKept>) => {
  const parts = [...kept.parts()];
  const people = parts.flatMap((p) => [...p.keys()]);
  expect(new Set(people).size).toBe(people.length);
  return new Map(parts.flatMap((p) => [...p]));
};

test("一万人各二十行：放不下的在盘上等，读回来还是各人的、按先后；放得下的不写盘", () => {
  const few = createKept(place);
  few.add(3, Buffer.from("甲"));
  few.add(9_000, Buffer.from("乙"));
  few.add(3, Buffer.from("丙"));
  expect(text(all(few).get(3))).toEqual(["甲", "丙"]);
  expect(fs.readdirSync(folder)).toEqual([]);

  // A killed run left this: it counts for nothing.
  fs.writeFileSync(`${place}.kept-0`, "残留");
  const many = createKept(place);
  for (let n = 0; n < 20; n++)
    for (let person = 0; person < 10_000; person++) many.add(person, Buffer.from(`${person}的第${n}行`));
  expect(fs.readdirSync(folder).sort()).toEqual([0, 1, 2, 3, 4].map((n) => `list.kept-${n}`));
  const rows = all(many);
  expect(rows.size).toBe(10_000);
  for (const person of [0, 4_095, 4_096, 9_999])
    expect(text(rows.get(person))).toEqual(Array.from({ length: 20 }, (_, n) => `${person}的第${n}行`));
});

test("先前的行原来是别人的：忘掉，后来的照留；一行比缓冲还长也不丢", () => {
  const kept = createKept(path.join(folder, "other"));
  const long = "长".repeat(100_000);
  kept.add(1, Buffer.from("错"));
  kept.add(2, Buffer.from(long));
  kept.forget(1);
  kept.add(1, Buffer.from("对"));
  expect(text(all(kept).get(1))).toEqual(["对"]);
  expect(text(all(kept).get(2))).toEqual([long]);
});
