import fc from "fast-check";
import { expect, it } from "vitest";
import { evaluateBatch } from "../batch.ts";
import { placed } from "../testing/facts.ts";
import { shapedHouseholds, shapes } from "../testing/shapes.ts";
import type { PlainValue } from "../types.ts";
import { factAt } from "./facts.ts";
import { ColumnMemory, compileColumns, resultAt, type TypedHouseholds } from "./index.ts";

const ruleSet = shapes();
const wanted = [...ruleSet.variables.keys()];

/** What each machine says, or which error it gives. */
function attempt(run: () => Record<string, (PlainValue | undefined)[]>) {
  try {
    return { values: run() };
  } catch (error) {
    return { refused: (error as { code?: string }).code ?? String(error) };
  }
}

function byRows(month: string, h: TypedHouseholds) {
  const plain = (entity: "家庭" | "成员") =>
    Object.fromEntries(
      ruleSet.inputs
        .filter((i) => i.entity === entity)
        .map((i) => {
          const column = (entity === "家庭" ? h.household : h.members)[i.name]!;
          return [i.name, Array.from(column.data, (_, at) => factAt(column, i, at))];
        }),
    );
  const batch = evaluateBatch(ruleSet, {
    month,
    wanted,
    households: { count: h.count, offsets: h.offsets, household: plain("家庭"), members: plain("成员") },
  });
  return Object.fromEntries(wanted.map((name) => [name, batch.columns[name]!.values as PlainValue[]]));
}

function byColumns(month: string, h: TypedHouseholds, memory?: ColumnMemory) {
  const machine = compileColumns(ruleSet, { month, wanted });
  expect(machine.reasonForRows(h)).toBeUndefined();
  const results = machine.evaluate(h, machine.allocate(h, memory));
  return Object.fromEntries(
    wanted.map((name) => {
      const column = results[name]!;
      return [name, Array.from(column.data, (_, at) => resultAt(column, at))];
    }),
  );
}

it("every operation, array type, tail and extreme: columns copied and in place give what rows give", () => {
  fc.assert(
    fc.property(shapedHouseholds, fc.constantFrom("2020-02", "2023-12", "2024-02"), (h, month) => {
      const expected = attempt(() => byRows(month, h));
      expect(attempt(() => byColumns(month, h))).toEqual(expected);
      const memory = new ColumnMemory(4_000_000);
      expect(attempt(() => byColumns(month, placed(h, memory), memory))).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});
