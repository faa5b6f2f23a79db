import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { compileColumns } from "@wuxin/policy";
import { expect, it } from "vitest";
import { asTyped, DIGESTS, digest, households, WANTED } from "./data.ts";
import { benchmarkRules } from "./rules.ts";

const shared = resolve(import.meta.dirname, "../../../shared");
const readme = join(shared, "bench/household-rules/README.md");

it.each([10_000, 100_000])("the rules from YAML give the agreed digests for %d households", (count) => {
  const typed = asTyped(households(count));
  for (const [month, expected] of Object.entries(DIGESTS[count]!)) {
    const machine = compileColumns(benchmarkRules(), { month, wanted: WANTED });
    expect(machine.reasonForRows(typed)).toBeUndefined();
    expect([month, digest(machine.evaluate(typed))]).toEqual([month, expected]);
  }
});

it.skipIf(!existsSync(shared))(
  "the digests are those of the shared definition (skipped: no ../shared)",
  () => {
    const text = readFileSync(readme, "utf8");
    for (const months of Object.values(DIGESTS))
      for (const expected of Object.values(months)) expect(text).toContain(expected);
  },
);
