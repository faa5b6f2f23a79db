import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { labelled } from "./labelled.ts";
import { readText } from "./read.ts";
import { score } from "./scoring.ts";

/** Documents made up in the manners of many bureaus, labelled before they were read. */
const FOLDER = path.join(import.meta.dirname, "labelled");
const FIELDS = ["unit", "kind", "comparator", "from", "quote", "period", "object"] as const;

describe("labelled documents", () => {
  const scores = fs.readdirSync(FOLDER).map((file) => {
    const { text, gold } = labelled(fs.readFileSync(path.join(FOLDER, file), "utf8"));
    return { file, ...score(gold, readText(text)) };
  });
  const rate = (hit: number, of: number) => (of === 0 ? 1 : hit / of);
  const percent = (r: number) => `${(100 * r).toFixed(1)}%`;
  const sum = (pick: (s: (typeof scores)[number]) => number) => scores.reduce((n, s) => n + pick(s), 0);

  it("holds its floor on quantities, tasks and fields", () => {
    const hit = sum((s) => s.quantities.hit);
    const found = { quantity: sum((s) => s.quantities.found), task: sum((s) => s.tasks.found) };
    const gold = { quantity: sum((s) => s.quantities.gold), task: sum((s) => s.tasks.gold) };
    const tasks = sum((s) => s.tasks.hit);
    const fields = FIELDS.map(
      (field) =>
        [
          field,
          rate(
            sum((s) => s.fields[field]),
            hit,
          ),
        ] as const,
    );
    console.log(
      [
        `${scores.length} documents`,
        `quantity precision ${percent(rate(hit, found.quantity))} recall ${percent(rate(hit, gold.quantity))} (${gold.quantity} labelled)`,
        `task precision ${percent(rate(tasks, found.task))} recall ${percent(rate(tasks, gold.task))} (${gold.task} labelled)`,
        ...fields.map(([field, r]) => `  ${field} ${percent(r)}`),
      ].join("\n"),
    );
    expect(rate(hit, found.quantity)).toBeGreaterThanOrEqual(0.99);
    expect(rate(hit, gold.quantity)).toBeGreaterThanOrEqual(0.99);
    expect(rate(tasks, found.task)).toBeGreaterThanOrEqual(0.98);
    expect(rate(tasks, gold.task)).toBeGreaterThanOrEqual(0.98);
    for (const [field, r] of fields)
      expect(r, field).toBeGreaterThanOrEqual(field === "object" ? 0.93 : field === "kind" ? 0.98 : 0.99);
  });

  it("knows every document by its title, year and kind, and every task by its path", () => {
    const heads = scores.flatMap((s) => s.misses.filter((m) => /^(?:title|issuer|year|kind) \[/.test(m)));
    expect(heads).toEqual([]);
    expect(sum((s) => s.paths)).toBe(sum((s) => s.tasks.hit));
    expect(sum((s) => s.titles)).toBe(sum((s) => s.tasks.hit));
  });
});
