import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadRuleSet, runExamples } from "@wuxin/policy";
import { sourceFromFile } from "@wuxin/policy/files";
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
});
