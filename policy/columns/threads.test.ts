import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { decide } from "../decide.ts";
import { placed, typedOf } from "../testing/facts.ts";
import { toy } from "../testing/toy.ts";
import { arrayOver, kindOf } from "./forms.ts";
import {
  ColumnMemory,
  compileColumns,
  type Numbers,
  resultAt,
  type TypedHouseholds,
  type TypedResult,
} from "./index.ts";
import { ColumnThreads } from "./threads.ts";

const ruleSet = toy();
const wanted = ["餐补", "符合条件", "每餐档次"];
const list = Array.from({ length: 40_000 }, (_, i) => ({
  household: { 区域类型: { value: i % 3 ? "城市" : "农村" }, 存款: { value: i }, 年收入: { value: i % 7 } },
  members: Array.from({ length: i === 20_000 ? 40 : 1 + (i % 3) }, (_, j) => ({
    出生日期: { value: `${1930 + ((i + j) % 90)}-0${1 + (i % 9)}-11` },
    独居: { value: i % 2 === 0 },
    月收入: { value: (i * 37 + j) % 50_000 },
  })),
}));
const typed = typedOf(ruleSet, list);
const machine = compileColumns(ruleSet, { month: "2024-03", wanted });
const one = machine.evaluate(typed);
const threads = new ColumnThreads(2);
beforeAll(() => threads.ready());
afterAll(() => threads.close());
afterEach(() => vi.unstubAllGlobals());

function agree(results: Record<string, TypedResult>) {
  for (const name of wanted) {
    expect(results[name]!.data.every((n, i) => n === one[name]!.data[i])).toBe(true);
    expect(results[name]!.state).toEqual(one[name]!.state);
  }
  // The household with forty members, which rows computed.
  const d = decide(ruleSet, { month: "2024-03", wanted, ...list[20_000]! });
  expect(resultAt(results.餐补!, 20_000)).toBe(d.results.餐补!.known && d.results.餐补!.value);
}

it("two threads give what one gives in one memory, again and again, also where a guard trips", () => {
  const memory = new ColumnMemory(8_000_000);
  const households = placed(typed, memory);
  const into = machine.allocate(households, memory);
  expect(machine.shareable(households, into)?.memory).toBe(memory.memory);
  for (let i = 0; i < 3; i++) {
    for (const name of wanted) into[name]!.data.fill(9);
    agree(threads.evaluate(machine, households, into));
  }
});

it("two threads give what one gives over shared arrays that lie anywhere", () => {
  const share = <T extends Numbers>(a: T): T => {
    const out = arrayOver(kindOf(a), new SharedArrayBuffer(a.byteLength), 0, a.length);
    out.set(a);
    return out as T;
  };
  const all = (columns: TypedHouseholds["household"]) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, c]) => [
        name,
        { ...c!, data: share(c!.data), ...(c!.state ? { state: share(c!.state) } : {}) },
      ]),
    );
  const households = {
    count: typed.count,
    offsets: share(typed.offsets),
    household: all(typed.household),
    members: all(typed.members),
  };
  expect(machine.shareable(households, machine.allocate(households, "shared"))).toBeDefined();
  agree(threads.evaluate(machine, households));
});

it("arrays of one thread are computed by the caller alone", () => {
  expect(machine.shareable(typed, machine.allocate(typed, "shared"))).toBeUndefined();
  agree(threads.evaluate(machine, typed));
});

it("without SharedArrayBuffer, as in a page that is not isolated, the answers are the same", () => {
  vi.stubGlobal("SharedArrayBuffer", undefined);
  const memory = new ColumnMemory(8_000_000);
  expect(memory.shared).toBe(false);
  const households = placed(typed, memory);
  agree(machine.evaluate(households, machine.allocate(households, memory)));
  agree(threads.evaluate(machine, households));
});

it("without WebAssembly, or without vectors in it, rows give the same answers", () => {
  const few = typedOf(ruleSet, list.slice(0, 50));
  const expected = machine.evaluate(few);
  const refusing = class {
    constructor() {
      throw new Error("invalid opcode 0xfd");
    }
  };
  for (const [api, reason] of [
    [undefined, /没有 WebAssembly/],
    [{ Module: refusing }, /invalid opcode/],
  ] as const) {
    vi.stubGlobal("WebAssembly", api);
    const other = compileColumns(ruleSet, { month: "2024-03", wanted });
    expect(other.reasonForRows(few)).toMatch(reason);
    const rows = other.evaluate(few);
    for (const name of wanted)
      for (let i = 0; i < rows[name]!.data.length; i++)
        expect([name, i, resultAt(rows[name]!, i)]).toEqual([name, i, resultAt(expected[name]!, i)]);
  }
});
