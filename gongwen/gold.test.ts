import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readText } from "./read.ts";
import { type Gold, type Score, score } from "./scoring.ts";

/** The five documents and their labels lie beside the repository; without them there is nothing to measure. */
const PLANS = path.resolve(import.meta.dirname, "../../shared/plans");
const files = fs.existsSync(path.join(PLANS, "gold"))
  ? fs.readdirSync(PLANS).filter((f) => f.endsWith(".txt"))
  : [];
if (files.length === 0) console.log("没有找到 ../shared/plans/gold，跳过对标注的测量。");

const rate = (a: number, b: number) => (b === 0 ? 1 : a / b);
const percent = (a: number, b: number) => `${(100 * rate(a, b)).toFixed(1)}%`;

describe.skipIf(files.length === 0)("against the hand-made labels", () => {
  const scores = files.map((file) => {
    const gold = JSON.parse(
      fs.readFileSync(path.join(PLANS, "gold", `${file.slice(0, 3)}.json`), "utf8"),
    ) as Gold;
    return score(gold, readText(fs.readFileSync(path.join(PLANS, file), "utf8")));
  });
  const sum = (pick: (s: (typeof scores)[number]) => number) => scores.reduce((n, s) => n + pick(s), 0);
  const matched = sum((s) => s.quantities.hit);

  it("prints precision and recall of every kind, and holds its floor", () => {
    const kinds = [...new Set(scores.flatMap((s) => Object.keys(s.kinds)))].sort();
    const lines = kinds.map((kind) => {
      const of = (field: keyof Score) => sum((s) => s.kinds[kind]?.[field] ?? 0);
      expect(rate(of("hit"), of("found")), `precision of ${kind}`).toBeGreaterThanOrEqual(0.97);
      expect(rate(of("hit"), of("gold")), `recall of ${kind}`).toBeGreaterThanOrEqual(0.97);
      return `${kind.padEnd(10)} precision ${percent(of("hit"), of("found"))}  recall ${percent(of("hit"), of("gold"))}  (${of("gold")} labelled)`;
    });
    const found = sum((s) => s.quantities.found);
    const gold = sum((s) => s.quantities.gold);
    lines.push(
      `${"quantity".padEnd(10)} precision ${percent(matched, found)}  recall ${percent(matched, gold)}  (${gold} labelled)`,
    );
    const tasks = {
      hit: sum((s) => s.tasks.hit),
      found: sum((s) => s.tasks.found),
      gold: sum((s) => s.tasks.gold),
    };
    lines.push(
      `${"task".padEnd(10)} precision ${percent(tasks.hit, tasks.found)}  recall ${percent(tasks.hit, tasks.gold)}  (${tasks.gold} labelled)`,
    );
    for (const field of ["unit", "kind", "comparator", "from", "quote", "period", "object"] as const)
      lines.push(
        `  ${field.padEnd(10)} ${percent(
          sum((s) => s.fields[field]),
          matched,
        )}`,
      );
    lines.push(`  names and dates taken for quantities: ${sum((s) => s.trapped)}`);
    console.log(lines.join("\n"));
    expect(rate(matched, found)).toBeGreaterThanOrEqual(0.99);
    expect(rate(matched, gold)).toBeGreaterThanOrEqual(0.99);
    expect(rate(tasks.hit, tasks.found)).toBeGreaterThanOrEqual(0.99);
    expect(rate(tasks.hit, tasks.gold)).toBeGreaterThanOrEqual(0.99);
    expect(sum((s) => s.trapped)).toBe(0);
  });

  it("agrees on unit, kind, comparator, old value, quote, stated period; mostly on the object", () => {
    for (const field of ["unit", "kind", "comparator", "from", "quote", "period"] as const)
      expect(
        rate(
          sum((s) => s.fields[field]),
          matched,
        ),
        field,
      ).toBeGreaterThanOrEqual(0.98);
    expect(
      rate(
        sum((s) => s.fields.object),
        matched,
      ),
    ).toBeGreaterThanOrEqual(0.9);
    expect(sum((s) => s.titles)).toBe(sum((s) => s.tasks.hit));
    expect(sum((s) => s.paths)).toBe(sum((s) => s.tasks.hit));
  });
});
