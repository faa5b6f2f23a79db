import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assumedFacts, decide, evaluateBatch, type Facts, loadRuleSet, runExamples } from "@wuxin/policy";
import { sourceFromFile } from "@wuxin/policy/files";
import { columnsOf, householdsOf } from "@wuxin/policy/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Every item with rules: loads for every county, covers every month that can be asked, and its examples come out. */
const root = fileURLToPath(new URL("..", import.meta.url));
const folders = (...path: string[]) =>
  existsSync(join(root, ...path))
    ? readdirSync(join(root, ...path), { withFileTypes: true })
        .filter((d) => d.isDirectory())
        .map((d) => d.name)
    : [];
const counties = folders("counties").filter((c) => existsSync(join(root, "counties", c, "standards.yaml")));
const items = folders("domains").flatMap((domain) =>
  folders("domains", domain, "items").map((item) => join(root, "domains", domain, "items", item)),
);
const withRules = items.filter((item) => existsSync(join(item, "rules.yaml")));

const load = (item: string, county: string) =>
  loadRuleSet({
    name: item.split("/").at(-1)!,
    rules: [sourceFromFile(join(item, "rules.yaml"), root)],
    parameters: [
      ...(existsSync(join(item, "parameters.yaml"))
        ? [sourceFromFile(join(item, "parameters.yaml"), root)]
        : []),
      sourceFromFile(join(root, "counties", county, "standards.yaml"), root),
    ],
  });

it("finds items and counties", () => {
  expect(withRules.length).toBeGreaterThanOrEqual(2);
  expect(counties).toEqual(expect.arrayContaining(["420103", "430121", "430621", "441521", "632224"]));
});

describe.each(withRules.map((item) => ({ name: item.split("/").at(-1)!, item })))("$name", ({ item }) => {
  it.each(counties)("has a version in force in every month of 2023–2027 in %s", (county) => {
    expect(load(item, county).coverage("2023-01", "2027-12")).toEqual([]);
  });

  const examples = join(item, "examples.yaml");
  it.runIf(existsSync(examples))("decides its examples as written", () => {
    const results = counties.flatMap((county) =>
      runExamples(load(item, county), sourceFromFile(examples, root), { county }),
    );
    expect(results.filter((r) => !r.ok)).toEqual([]);
    expect(results.length).toBeGreaterThan(5);
  });

  it("decides any household alone as it does in a batch, and every answer is whole 分", () => {
    const ruleSet = load(item, "430621");
    const wanted = [...ruleSet.variables.keys()];
    fc.assert(
      fc.property(fc.array(householdsOf(ruleSet), { minLength: 1, maxLength: 4 }), (list) => {
        const { columns } = evaluateBatch(ruleSet, {
          month: "2024-03",
          wanted,
          households: columnsOf(ruleSet, list),
        });
        let start = 0;
        for (const [h, one] of list.entries()) {
          const decision = decide(ruleSet, { month: "2024-03", wanted, ...one });
          for (const name of wanted) {
            const column = columns[name]!;
            const single = decision.results[name];
            const each = single ? [single] : decision.memberResults[name]!;
            for (const [i, r] of each.entries()) {
              const value = column.values[single ? h : start + i];
              expect([name, value]).toEqual([name, r.known ? r.value : undefined]);
              if (r.known && r.type === "money") expect(Number.isSafeInteger(r.value)).toBe(true);
            }
          }
          start += one.members.length;
        }
      }),
      { numRuns: 60 },
    );
  });

  it("can be answered by the questions of 政策自测 alone", () => {
    const ruleSet = load(item, "430621");
    if (!ruleSet.inputs.some((i) => i.selfCheck)) return;
    const kept = (entity: string) =>
      ruleSet.inputs.filter((i) => i.entity === entity && i.selfCheck).map((i) => i.name);
    const only = (facts: Facts, names: string[]) =>
      Object.fromEntries(
        names.map((n) => [
          n,
          facts[n] ?? { value: ruleSet.inputs.find((i) => i.name === n)!.choices?.[0] ?? 1 },
        ]),
      );
    fc.assert(
      fc.property(householdsOf(ruleSet), ({ household, members }) => {
        fc.pre(
          members.every((m) => [m.出生日期, ...kept("成员").map((n) => m[n])].every((f) => f !== undefined)),
        );
        const wanted = [...ruleSet.variables.keys()];
        const request = assumedFacts(ruleSet, {
          month: "2024-03",
          wanted,
          household: only(household, kept("家庭")),
          members: members.map((m) => only(m, kept("成员"))),
        });
        expect(decide(ruleSet, request).missing).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
