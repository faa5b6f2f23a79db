import { dateNumber, type FactColumn, type TypedHouseholds } from "../columns/facts.ts";
import type { InputFact, RuleSet } from "../types.ts";

/** Made-up households within the declared bounds, the same for the same rule set: for trying out, not for figures. */
export function randomHouseholds(ruleSet: RuleSet, count: number): TypedHouseholds {
  let state = 20_240_301;
  const random = () => {
    // Park and Miller's generator: the same numbers everywhere.
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const offsets = new Int32Array(count + 1);
  for (let h = 0; h < count; h++) offsets[h + 1] = offsets[h]! + 1 + Math.floor(random() * random() * 5);
  const columns = (entity: "家庭" | "成员", length: number) =>
    Object.fromEntries(
      ruleSet.inputs.filter((i) => i.entity === entity).map((i) => [i.name, column(i, length, random)]),
    );
  return {
    count,
    offsets,
    household: columns("家庭", count),
    members: columns("成员", offsets[count]!),
  };
}

function column(input: InputFact, length: number, random: () => number): FactColumn {
  const fill = <A extends Uint8Array | Int32Array | Float64Array>(
    array: A,
    next: () => number,
  ): FactColumn => {
    for (let i = 0; i < length; i++) array[i] = next();
    return { data: array };
  };
  const low = input.min ?? 0;
  const upTo = (most: number) => () =>
    low + Math.floor(random() * random() * (Math.min(input.max ?? most, most) - low + 1));
  switch (input.type) {
    case "boolean":
      return fill(new Uint8Array(length), () => (random() < 0.1 ? 1 : 0));
    case "text":
      return fill(new Uint8Array(length), () => Math.floor(random() * (input.choices?.length ?? 1)));
    case "date":
      return fill(new Int32Array(length), () =>
        dateNumber(`${1930 + Math.floor(random() * 94)}-0${1 + Math.floor(random() * 9)}-15`),
      );
    case "money":
      return fill(new Float64Array(length), upTo(low + 300_000));
    case "integer":
      return fill(new Int32Array(length), upTo(low + 3));
    case "number":
      return { ...fill(new Float64Array(length), () => (low + Math.floor(random() * 40)) * 100), per: 100 };
  }
}
