import { expect, it } from "vitest";
import { decide } from "../decide.ts";
import { typedOf } from "../testing/facts.ts";
import { toy } from "../testing/toy.ts";
import type { FactColumn } from "./facts.ts";
import { compileColumns, resultAt, type TypedHouseholds } from "./index.ts";
import { ColumnThreads } from "./threads.ts";

/** Copies columns into shared memory. */
function shared(h: TypedHouseholds): TypedHouseholds {
  const copy = <T extends FactColumn["data"]>(a: T): T => {
    const type = a.constructor as unknown as new (b: SharedArrayBuffer) => T;
    const out = new type(new SharedArrayBuffer(a.byteLength));
    out.set(a);
    return out;
  };
  const all = (columns: TypedHouseholds["household"]) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, c]) => [
        name,
        { ...c!, data: copy(c!.data), ...(c!.state ? { state: copy(c!.state) } : {}) },
      ]),
    );
  return {
    count: h.count,
    offsets: copy(h.offsets),
    household: all(h.household),
    members: all(h.members),
  };
}

it("two threads give what one gives, also where a guard trips", async () => {
  const ruleSet = toy();
  const list = Array.from({ length: 40_000 }, (_, i) => ({
    household: { 区域类型: { value: i % 3 ? "城市" : "农村" }, 存款: { value: i }, 年收入: { value: i % 7 } },
    members: Array.from({ length: i === 20_000 ? 40 : 1 + (i % 3) }, (_, j) => ({
      出生日期: { value: `${1930 + ((i + j) % 90)}-0${1 + (i % 9)}-11` },
      独居: { value: i % 2 === 0 },
      月收入: { value: (i * 37 + j) % 50_000 },
    })),
  }));
  const wanted = ["餐补", "符合条件", "每餐档次"];
  const machine = compileColumns(ruleSet, { month: "2024-03", wanted });
  const households = shared(typedOf(ruleSet, list));
  expect(machine.shareable(households, machine.allocate(households, "shared"))).toBeDefined();
  const threads = new ColumnThreads(2);
  await threads.ready();
  const two = threads.evaluate(machine, households);
  const one = machine.evaluate(households);
  await threads.close();
  for (const name of wanted) expect(two[name]!.data).toEqual(one[name]!.data);
  const d = decide(ruleSet, { month: "2024-03", wanted, ...list[20_000]! });
  expect(resultAt(two.餐补!, 20_000)).toBe(d.results.餐补!.known && d.results.餐补!.value);
});
