import type { Reading } from "./types.ts";

/** Labels made by hand, as far as the score needs them. */
export interface Gold {
  readonly title: string | null;
  readonly issuer: string | null;
  readonly year: number | null;
  readonly kind: string;
  readonly doc?: unknown;
  readonly task_rule?: string;
  readonly tasks: readonly {
    readonly start: number;
    readonly title: string;
    readonly path: readonly string[];
  }[];
  readonly quantities: readonly GoldQuantity[];
  readonly not_quantities?: readonly { readonly start: number; readonly text: string }[];
}
interface GoldQuantity {
  readonly num_start: number;
  readonly num: string;
  readonly quote: string;
  readonly object: string;
  readonly base_value: number;
  readonly unit: string;
  readonly kind: string;
  readonly comparator: string;
  readonly from: number | null;
  readonly max?: number;
  readonly approx?: boolean;
  readonly period: string | null;
  readonly period_explicit: boolean;
  readonly damaged?: boolean;
  readonly boilerplate?: boolean;
}

export interface Score {
  readonly gold: number;
  readonly found: number;
  readonly hit: number;
}
export interface Scores {
  readonly tasks: Score;
  readonly titles: number;
  readonly paths: number;
  readonly quantities: Score;
  /** Of the matched ones: how many fields agree. */
  readonly fields: Record<"unit" | "kind" | "comparator" | "from" | "quote" | "period" | "object", number>;
  readonly kinds: Record<string, Score>;
  readonly trapped: number;
  readonly misses: readonly string[];
}

/** Two Chinese phrases by their shared pairs of characters, 0 to 1. */
export function alike(a: string, b: string): number {
  const pairs = (s: string) => {
    const t = s.replace(/[^一-龥A-Za-z0-9]/g, "");
    return new Set(Array.from({ length: Math.max(0, t.length - 1) }, (_, i) => t.slice(i, i + 2)));
  };
  const [x, y] = [pairs(a), pairs(b)];
  if (x.size + y.size === 0) return 0;
  return (2 * [...x].filter((p) => y.has(p)).length) / (x.size + y.size);
}

/** Scores one reading against its labels, by the rules beside the labels. */
export function score(gold: Gold, reading: Reading): Scores {
  const misses: string[] = [];
  const goldQ = gold.quantities.filter((q) => !q.damaged && !q.boilerplate);
  const left = new Set(reading.quantities);
  const fields = { unit: 0, kind: 0, comparator: 0, from: 0, quote: 0, period: 0, object: 0 };
  const kinds: Record<string, { gold: number; found: number; hit: number }> = {};
  const kindOf = (k: string) => {
    kinds[k] ??= { gold: 0, found: 0, hit: 0 };
    return kinds[k];
  };
  for (const q of reading.quantities) kindOf(q.kind).found++;
  let hit = 0;
  for (const g of goldQ) {
    kindOf(g.kind).gold++;
    const found = [...left].find(
      (q) => q.start <= g.num_start && g.num_start < q.end && q.baseValue === g.base_value,
    );
    if (!found) {
      misses.push(`missed ${g.num_start} ${g.quote} (${g.object})`);
      continue;
    }
    left.delete(found);
    hit++;
    if (found.kind === g.kind) kindOf(g.kind).hit++;
    const period = !g.period_explicit || found.period === g.period;
    const checks = {
      unit: found.unit === g.unit,
      kind: found.kind === g.kind,
      comparator: found.comparator === g.comparator,
      from:
        found.from === g.from && (found.max ?? undefined) === g.max && found.approx === (g.approx ?? false),
      quote: found.quote === g.quote,
      period,
      object: alike(found.object, g.object) >= 0.4,
    };
    for (const [name, ok] of Object.entries(checks)) {
      if (ok) fields[name as keyof typeof fields]++;
      else
        misses.push(
          `${name} ${g.num_start} ${g.quote}: ${JSON.stringify(name === "object" ? [found.object, g.object] : [found[name as "unit"], (g as unknown as Record<string, unknown>)[name]])}`,
        );
    }
  }
  for (const q of left) misses.push(`extra ${q.start} ${q.quote} (${q.object})`);
  let taskHit = 0;
  let titles = 0;
  let paths = 0;
  for (const t of gold.tasks) {
    const found = reading.tasks.find((r) => Math.abs(r.start - t.start) <= 2);
    if (!found) {
      misses.push(`task missed ${t.start} ${t.title}`);
      continue;
    }
    taskHit++;
    if (found.title === t.title) titles++;
    else misses.push(`task title ${JSON.stringify([found.title, t.title])}`);
    if (JSON.stringify(found.path) === JSON.stringify(t.path)) paths++;
    else misses.push(`task path ${JSON.stringify([found.path, t.path])}`);
  }
  for (const key of ["title", "issuer", "year", "kind"] as const)
    if (reading[key] !== gold[key]) misses.push(`${key} ${JSON.stringify([reading[key], gold[key]])}`);
  const trapped = (gold.not_quantities ?? []).filter((n) =>
    reading.quantities.some((q) => q.numeralStart >= n.start && q.numeralStart < n.start + n.text.length),
  ).length;
  return {
    tasks: { gold: gold.tasks.length, found: reading.tasks.length, hit: taskHit },
    titles,
    paths,
    quantities: { gold: goldQ.length, found: reading.quantities.length, hit },
    fields,
    kinds,
    trapped,
    misses,
  };
}
