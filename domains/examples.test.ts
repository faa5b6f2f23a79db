import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  assumedFacts,
  compileColumns,
  decide,
  evaluateBatch,
  type Facts,
  type InputFact,
  loadRuleSet,
  resultAt,
  runExamples,
} from "@wuxin/policy";
import { sourceFromFile } from "@wuxin/policy/files";
import { columnsOf, householdsOf, typedOf } from "@wuxin/policy/testing";
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
// `items` have a form and a flow; `rules` are decided already and wait for theirs; `signals` say who is worth a look, `reckonings`
// what a list's figures come to.
const items = folders("domains").flatMap((domain) =>
  ["items", "rules", "signals", "reckonings"].flatMap((kind) =>
    folders("domains", domain, kind).map((item) => join(root, "domains", domain, kind, item)),
  ),
);
const withRules = items.filter((item) => existsSync(join(item, "rules.yaml")));

const load = (item: string, county: string) =>
  loadRuleSet({
    name: item.split("/").at(-1)!,
    rules: [sourceFromFile(join(item, "rules.yaml"), root)],
    // A county's standards lie over what the rules have; rules without any read none.
    parameters: existsSync(join(item, "parameters.yaml"))
      ? [join(item, "parameters.yaml"), join(root, "counties", county, "standards.yaml")].map((f) =>
          sourceFromFile(f, root),
        )
      : [],
  });

/**
 * The first month that can be asked of every county: 2023, or when the rules themselves begin; what they go by (沿用) may be
 * older.
 */
const beginning = (item: string) => {
  const own = readFileSync(join(item, "rules.yaml"), "utf8");
  const dates = [...load(item, "430621").variables.values()]
    .filter((v) => own.includes(`\n${v.name}:`))
    .map((v) => v.versions[0]!.since.slice(0, 7));
  return ["2023-01", dates.sort()[0]!].sort().at(-1)!;
};
/** A month that tests ask about. */
const someMonth = (item: string) => ["2024-03", beginning(item)].sort().at(-1)!;

const anything = (input: InputFact) => (input.type === "boolean" ? false : (input.choices?.[0] ?? 1));

it("finds items and counties", () => {
  expect(withRules.length).toBeGreaterThanOrEqual(10);
  expect(counties).toEqual(expect.arrayContaining(["420103", "430121", "430621", "441521", "632224"]));
});

describe.each(withRules.map((item) => ({ name: item.split("/").at(-1)!, item })))("$name", ({ item }) => {
  it.each(counties)("has a version in force in every month to 2027 in %s", (county) => {
    expect(load(item, county).coverage(beginning(item), "2027-12")).toEqual([]);
  });

  const examples = join(item, "examples.yaml");
  it.runIf(existsSync(examples))("decides its examples as written", () => {
    const results = counties.flatMap((county) =>
      runExamples(load(item, county), sourceFromFile(examples, root), { county }),
    );
    expect(results.filter((r) => !r.ok)).toEqual([]);
    expect(results.length).toBeGreaterThan(5);
  });

  it("decides any household alone as it does in a batch and in columns, and every answer is whole 分", () => {
    const ruleSet = load(item, "430621");
    const wanted = [...ruleSet.variables.keys()];
    const month = someMonth(item);
    const machine = compileColumns(ruleSet, { month, wanted });
    fc.assert(
      fc.property(fc.array(householdsOf(ruleSet), { minLength: 1, maxLength: 4 }), (list) => {
        const { columns } = evaluateBatch(ruleSet, {
          month,
          wanted,
          households: columnsOf(ruleSet, list),
        });
        const households = typedOf(ruleSet, list);
        expect(machine.reasonForRows(households)).toBeUndefined();
        const typed = machine.evaluate(households);
        let start = 0;
        for (const [h, one] of list.entries()) {
          const decision = decide(ruleSet, { month, wanted, ...one });
          for (const name of wanted) {
            const column = columns[name]!;
            const single = decision.results[name];
            const each = single ? [single] : decision.memberResults[name]!;
            for (const [i, r] of each.entries()) {
              const value = column.values[single ? h : start + i];
              expect([name, value]).toEqual([name, r.known ? r.value : undefined]);
              const inColumns = resultAt(typed[name]!, single ? h : start + i);
              expect([name, inColumns]).toEqual([name, r.known ? r.value : undefined]);
              if (r.known && r.type === "money") expect(Number.isSafeInteger(r.value)).toBe(true);
            }
          }
          start += one.members.length;
        }
      }),
      { numRuns: item.includes("/signals/") ? 15 : 60 }, // a signal is one comparison or two
    );
  });

  it("can be answered by the questions of 政策自测 alone", () => {
    const ruleSet = load(item, "430621");
    if (!ruleSet.inputs.some((i) => i.selfCheck)) return;
    const kept = (entity: string) =>
      ruleSet.inputs.filter((i) => i.entity === entity && i.selfCheck).map((i) => i.name);
    const born = ruleSet.inputs.filter((i) => i.name === "出生日期").map((i) => i.name);
    const only = (facts: Facts, names: string[]) =>
      Object.fromEntries(
        names.map((n) => [n, facts[n] ?? { value: anything(ruleSet.inputs.find((i) => i.name === n)!) }]),
      );
    fc.assert(
      fc.property(householdsOf(ruleSet), ({ household, members }) => {
        fc.pre(members.every((m) => [...born, ...kept("成员")].every((n) => m[n] !== undefined)));
        const wanted = [...ruleSet.variables.keys()];
        const request = assumedFacts(ruleSet, {
          month: someMonth(item),
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
