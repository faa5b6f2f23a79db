/** One household's decision before and after a change, step beside step. Pure. */
import type { Month } from "@wuxin/kernel";
import { conditionText, type Decision, decide, type RuleSet, type Step } from "@wuxin/policy";
import type { SituationInputs } from "./ports.ts";
import { type Outcome, wantedFor } from "./preview.ts";

export interface Side {
  readonly text: string;
  readonly formula: string;
  readonly article: string | null;
  readonly uses: { name: string; text: string; document: string | null; since: string | null }[];
  readonly failed: string | null;
}
export interface Pair {
  readonly variable: string;
  readonly member: string | null;
  readonly before: Side | null;
  readonly after: Side | null;
  /** Another value. */
  readonly changed: boolean;
}

export function decided(
  set: RuleSet,
  o: Outcome,
  month: Month,
  s: SituationInputs,
  more: readonly string[] = [],
): Decision {
  const { household, members } = s;
  return decide(set, { month, wanted: wantedFor(o, more), household, members });
}

const keyOf = (s: Step) => `${s.variable}\u0000${s.member ?? ""}`;

/** In the order in which a reader can follow; what only one side has stands alone. */
export function sideBySide(before: Decision, after: Decision, names: readonly string[]): Pair[] {
  const old = new Map(before.steps.map((s) => [keyOf(s), s]));
  const fresh = new Set(after.steps.map(keyOf));
  const steps = [...after.steps, ...before.steps.filter((s) => !fresh.has(keyOf(s)))];
  return steps.map((s) => {
    const a = fresh.has(keyOf(s)) ? s : undefined;
    const b = old.get(keyOf(s));
    return {
      variable: s.variable,
      member: s.member === undefined || names.length < 2 ? null : (names[s.member] ?? null),
      before: b ? side(b) : null,
      after: a ? side(a) : null,
      changed: b?.text !== a?.text,
    };
  });
}

const side = (s: Step): Side => ({
  text: s.text,
  formula: s.rounding ? `${s.working}（${s.rounding}）` : s.working,
  article: s.article ?? null,
  uses: s.uses.map((u) => ({
    name: u.name,
    text: u.text,
    document: u.document ?? null,
    since: u.since ?? null,
  })),
  failed: s.firstFailed === undefined ? null : conditionText(s.firstFailed),
});

/** Of the changed names, those whose value differs for this household, in words: what explains the difference. */
export function causes(before: Decision, after: Decision, changed: ReadonlySet<string>): string[] {
  const valuesOf = (d: Decision) => {
    const found = new Map<string, string>();
    for (const s of d.steps) {
      if (changed.has(s.variable)) found.set(keyOf(s), s.text);
      for (const u of s.uses) if (changed.has(u.name)) found.set(`${u.name}\u0000${u.member ?? ""}`, u.text);
    }
    for (const m of d.missing)
      if (changed.has(m.name)) found.set(`${m.name}\u0000${m.member ?? ""}`, "未填报");
    return found;
  };
  const old = valuesOf(before);
  const fresh = valuesOf(after);
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key) => {
    const [a, b] = [old.get(key), fresh.get(key)];
    if (a === b) return [];
    return [`「${key.split("\u0000")[0]}」${a ?? "没有"} → ${b ?? "没有"}`];
  });
}
