import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { compileColumns, type TypedResult } from "@wuxin/policy";
import { expect, it } from "vitest";
import { asTyped, DIGESTS, digest, households, WANTED } from "./data.ts";
import { benchmarkRules } from "./rules.ts";

const shared = resolve(import.meta.dirname, "../../../shared");
const readme = join(shared, "bench/household-rules/README.md");

it.each([10_000, 100_000])("the rules from YAML give the agreed digests for %d households", (count) => {
  const facts = households(count);
  const typed = asTyped(facts);
  // The same columns outside the machine's memory: copied block by block.
  const columns = (of: typeof typed.members) =>
    Object.fromEntries(Object.entries(of).map(([name, c]) => [name, { ...c!, data: c!.data.slice() }]));
  const elsewhere = {
    count,
    offsets: typed.offsets.slice(),
    household: columns(typed.household),
    members: columns(typed.members),
  };
  let into: Record<string, TypedResult> | undefined;
  for (const [month, expected] of Object.entries(DIGESTS[count]!)) {
    const machine = compileColumns(benchmarkRules(), { month, wanted: WANTED });
    expect(machine.reasonForRows(typed)).toBeUndefined();
    into ??= machine.allocate(typed, facts.memory);
    expect([month, digest(machine.evaluate(typed, into))]).toEqual([month, expected]);
    expect([month, digest(machine.evaluate(elsewhere))]).toEqual([month, expected]);
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
