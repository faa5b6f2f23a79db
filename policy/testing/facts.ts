import fc from "fast-check";
import type { Households } from "../batch.ts";
import { type Numbers, type TypedHouseholds, typedColumn } from "../columns/facts.ts";
import { kindOf } from "../columns/forms.ts";
import type { ColumnMemory } from "../columns/memory.ts";
import type { Facts, InputFact, PlainValue, RuleSet } from "../types.ts";

/** Random households for any rule set, drawn from its declared inputs; some facts are missing. */
export function householdsOf(ruleSet: RuleSet): fc.Arbitrary<{ household: Facts; members: Facts[] }> {
  const facts = (entity: "家庭" | "成员"): fc.Arbitrary<Facts> =>
    fc.record(
      Object.fromEntries(ruleSet.inputs.filter((i) => i.entity === entity).map((i) => [i.name, value(i)])),
    );
  return fc.record({
    household: facts("家庭"),
    members: fc.array(facts("成员"), { minLength: 1, maxLength: 4 }),
  });
}

function value(i: InputFact) {
  const present = plainValue(i).map((v) => ({ value: v }));
  return fc.oneof({ weight: 12, arbitrary: present }, { weight: 1, arbitrary: fc.constant(undefined) });
}

function plainValue(i: InputFact): fc.Arbitrary<PlainValue> {
  const min = i.min ?? 0;
  switch (i.type) {
    case "boolean":
      return fc.boolean();
    case "text":
      return fc.constantFrom(...(i.choices ?? ["甲"]));
    case "date":
      return fc
        .tuple(
          fc.integer({ min: 1920, max: 2024 }),
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 1, max: 28 }),
        )
        .map(([y, m, d]) => `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`);
    case "money":
      return fc.oneof(
        fc.constant(min),
        fc.integer({ min, max: min + 200_000 }),
        fc.integer({ min, max: min + 3_000_000 }),
      );
    case "integer":
      return fc.integer({ min, max: Math.min(i.max ?? 4, min + 4) });
    case "number":
      return fc.integer({ min: min * 4, max: min * 4 + 40 }).map((n) => n / 4);
  }
}

/** The same households as columns. */
export function columnsOf(
  ruleSet: RuleSet,
  list: readonly { household: Facts; members: readonly Facts[] }[],
): Households {
  const offsets = [0];
  for (const h of list) offsets.push(offsets.at(-1)! + h.members.length);
  const column = (holders: readonly Facts[], name: string) => holders.map((f) => f[name]?.value);
  const members = list.flatMap((h) => h.members);
  const names = (entity: string) => ruleSet.inputs.filter((i) => i.entity === entity).map((i) => i.name);
  return {
    count: list.length,
    offsets,
    household: Object.fromEntries(
      names("家庭").map((n) => [
        n,
        column(
          list.map((h) => h.household),
          n,
        ),
      ]),
    ),
    members: Object.fromEntries(names("成员").map((n) => [n, column(members, n)])),
  };
}

/** The same households as typed columns. */
export function typedOf(
  ruleSet: RuleSet,
  list: readonly { household: Facts; members: readonly Facts[] }[],
): TypedHouseholds {
  const plain = columnsOf(ruleSet, list);
  const of = (entity: "家庭" | "成员", columns: Households["household"]) =>
    Object.fromEntries(
      ruleSet.inputs
        .filter((i) => i.entity === entity)
        .map((i) => [i.name, typedColumn(i, Array.from(columns[i.name]!))]),
    );
  return {
    count: list.length,
    offsets: Int32Array.from(plain.offsets),
    household: of("家庭", plain.household),
    members: of("成员", plain.members),
  };
}

/** The same columns in memory that the columnar machine works on in place. */
export function placed(h: TypedHouseholds, memory: ColumnMemory): TypedHouseholds {
  const move = <T extends Numbers>(a: T): T => {
    const copy = memory.array(kindOf(a), a.length);
    copy.set(a);
    return copy as T;
  };
  const all = (columns: TypedHouseholds["household"]) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, c]) => [
        name,
        { ...c!, data: move(c!.data), ...(c!.state ? { state: move(c!.state) } : {}) },
      ]),
    );
  return { count: h.count, offsets: move(h.offsets), household: all(h.household), members: all(h.members) };
}
