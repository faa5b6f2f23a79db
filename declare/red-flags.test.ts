import type { DomainError } from "@wuxin/kernel";
import { expect, test } from "vitest";
import { readRedFlags, redFlagsIn } from "./red-flags.ts";

const national = {
  file: "domains/red-flags.yaml",
  text: `rules:
  - { rule: jump, since: 2014-05-01, label: 突变, level: warn, reason: "{上月}", limits: { percent: 50 }, article: 默认, unverified: true }`,
};
const county = (text: string) => ({ file: "counties/430621/red-flags.yaml", text });

test("a county's entry says what it changes, from its day; the rest stays", () => {
  const flags = readRedFlags(
    national,
    county("rules: [{ rule: jump, since: 2024-10-01, limits: { percent: 30 }, article: 岳民〔2024〕9号 }]"),
  );
  expect(redFlagsIn(flags, "2024-09").map((f) => [f.limits.percent, f.ofCounty])).toEqual([[50, false]]);
  expect(redFlagsIn(flags, "2024-10")).toMatchObject([
    { label: "突变", level: "warn", on: true, limits: { percent: 30 }, unverified: false, ofCounty: true },
  ]);
});

test("every fault is named with its file and place", () => {
  const faults = (text: string) => {
    try {
      return readRedFlags(national, county(text));
    } catch (e) {
      return (e as DomainError).message;
    }
  };
  expect(faults("rules: [{ rule: jump, since: 昨天, article: 甲 }]")).toContain(
    "rules[0].since：应写起算日期",
  );
  expect(faults("rules: [{ rule: jump, since: 2024-01-01 }]")).toContain("rules[0].article");
  expect(faults("rules: [{ rule: jump, since: 2024-01-01, article: 甲, levle: warn }]")).toContain("levle");
  expect(faults("rules: [{ rule: odd, since: 2024-01-01, article: 甲 }]")).toContain(
    "缺 label、level、reason",
  );
});
