import { expect, test } from "vitest";
import { readCheckPackage } from "./check-package.ts";
import type { ResolvedFeed, ResolvedReckoning } from "./watching.ts";

const feed = (code: string, use: string, facts: string[]) =>
  [code, { code, use: [use], facts: facts.map((name) => ({ name })) } as unknown as ResolvedFeed] as const;
const feeds = new Map([
  feed("boats", "verification", ["船数", "捕捞收入"]),
  feed("floods", "alerts", ["水位"]),
]);
const reckonings = new Map([["catch", { takes: ["捕捞收入"] } as unknown as ResolvedReckoning]]);
const columns = "{ number: 批, line: 序, name: 名, idNo: 号, item: 项, asOf: 日, found: 得 }";
function read(text: string) {
  const faults: string[] = [];
  const read = readCheckPackage({ file: "check-package.yaml", text }, feeds, reckonings, faults);
  return { read, faults };
}

test("each item is asked of the feed that tells it", () => {
  const { read: d, faults } = read(`
unverified: true
partner: 省里
nothing: 无
columns: ${columns}
items: [船数]`);
  expect(faults).toEqual([]);
  expect(d).toMatchObject({ unverified: true, nothing: "无", items: [{ item: "船数", feed: "boats" }] });
});

test("every fault is named with its mend", () => {
  expect(read("items: [").faults).toEqual([expect.stringContaining("读不懂")]);
  const { faults } = read(`
partner: 省里
columns: ${columns.replace("得", '""')}
items: [水位, 捕捞收入]`);
  expect(faults).toEqual([
    "check-package.yaml：columns 缺 found，请写这一列的名称。",
    "check-package.yaml：缺 nothing，请写上。",
    "check-package.yaml：items 里的「水位」不是核对用的数据源的事实，请改正。",
    "check-package.yaml：items 里的「捕捞收入」是折算用的，请去掉。",
  ]);
  expect(read(`{ partner: 省里, nothing: 无, columns: ${columns}, items: [] }`).faults).toEqual([
    "check-package.yaml：缺 items，请至少写一项。",
  ]);
});
