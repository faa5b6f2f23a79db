// One engine, one size, one process, so that its peak memory is its own: `one.ts ENGINE HOUSEHOLDS` prints JSON.
import { compileColumns, type TypedResult } from "@wuxin/policy";
import { ColumnThreads } from "@wuxin/policy/threads";
import { asTyped, type Columns, DIGESTS, digest, digestOf, households, WANTED } from "./data.ts";
import { arraysOf, evaluateHome, homesOf, type Outcome } from "./objects.ts";
import { amountsOf } from "./parameters.ts";
import { benchmarkRules } from "./rules.ts";

/** The interpreters are measured on this many households: a rate per household does not change with the number. */
const FEW = 4000;
const MONTHS = ["2023-12", "2024-03"] as const;

interface Measured {
  readonly householdsPerSecond: number;
  readonly peakMb: number;
  readonly measuredHouseholds: number;
  readonly digestsEqual: boolean;
}

const seconds = async (work: () => unknown): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

/** Median of at least five after warming up, in at most about `budget` seconds. */
async function median(work: () => unknown, budget = 6): Promise<number> {
  const first = await seconds(work);
  await work();
  const times: number[] = [];
  const runs = Math.max(5, Math.min(15, Math.floor(budget / Math.max(first, 0.001))));
  for (let i = 0; i < runs; i++) times.push(await seconds(work));
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

async function columns(count: number, threads: number): Promise<Measured> {
  const facts = households(count);
  const typed = asTyped(facts);
  const pool = new ColumnThreads(threads);
  await pool.ready();
  let equal = true;
  let time = 0;
  let peak = 0;
  let into: Record<string, TypedResult> | undefined;
  for (const month of MONTHS) {
    const machine = compileColumns(benchmarkRules(), { month, wanted: WANTED });
    into ??= machine.allocate(typed, facts.memory);
    const work = () => (threads > 1 ? pool.evaluate(machine, typed, into) : machine.evaluate(typed, into));
    time = await median(work);
    // Before the digest, which copies the results.
    peak ||= peakMb();
    equal &&= digest(into) === DIGESTS[count]![month];
  }
  await pool.close();
  return {
    householdsPerSecond: count / time,
    peakMb: peak,
    measuredHouseholds: count,
    digestsEqual: equal,
  };
}

async function objects(count: number): Promise<Measured> {
  const homes = homesOf(households(count));
  let equal = true;
  let time = 0;
  let peak = 0;
  for (const month of MONTHS) {
    const amounts = amountsOf(month);
    let outcomes: Outcome[] = [];
    time = await median(() => {
      outcomes = homes.map((h) => evaluateHome(h, amounts));
    });
    peak ||= peakMb();
    equal &&= digestOf(arraysOf(outcomes)) === DIGESTS[count]![month];
  }
  return {
    householdsPerSecond: count / time,
    peakMb: peak,
    measuredHouseholds: count,
    digestsEqual: equal,
  };
}

/** An engine that takes one household at a time, on the first few of them. */
async function few(
  count: number,
  run: (homes: ReturnType<typeof homesOf>, month: string) => Promise<Outcome[]>,
) {
  const size = Math.min(FEW, count);
  const homes = homesOf(households(size));
  let equal = true;
  let time = 0;
  for (const month of MONTHS) {
    const amounts = amountsOf(month);
    const expected = digestOf(arraysOf(homes.map((h) => evaluateHome(h, amounts))));
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      let outcomes: Outcome[] = [];
      times.push(
        await seconds(async () => {
          outcomes = await run(homes, month);
        }),
      );
      equal &&= digestOf(arraysOf(outcomes)) === expected;
    }
    time = times.sort((a, b) => a - b)[1]!;
  }
  return {
    householdsPerSecond: size / time,
    peakMb: peakMb(),
    measuredHouseholds: size,
    digestsEqual: equal,
  };
}

/** Every byte read, the outputs written: what the memory and the loop alone cost. */
function pass(c: Columns, out: { cls: Uint8Array; amount: Int32Array; member: Int32Array[] }): number {
  const [i0, i1, i2, i3, i4] = c.income as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  const [living, care, oldAge] = out.member as [Int32Array, Int32Array, Int32Array];
  let sum = 0;
  for (let p = 0; p < c.members; p++) {
    const money = (i0[p]! + i1[p]! + i2[p]! + i3[p]! + i4[p]! - c.deductions[p]!) | 0;
    living[p] = money;
    care[p] = c.birth[p]!;
    oldAge[p] = c.disability[p]! + c.flags[p]!;
    sum = (sum + money) | 0;
  }
  for (let h = 0; h < c.count; h++) {
    out.cls[h] = c.region[h]! + c.houses[h]! + c.cars[h]!;
    out.amount[h] = (c.assets[h]! + c.start[h + 1]! - c.start[h]!) | 0;
  }
  return sum;
}

async function passOver(count: number): Promise<Measured> {
  const c = households(count);
  const out = {
    cls: new Uint8Array(count),
    amount: new Int32Array(count),
    member: Array.from({ length: 3 }, () => new Int32Array(c.members)),
  };
  const time = await median(() => pass(c, out));
  return {
    householdsPerSecond: count / time,
    peakMb: peakMb(),
    measuredHouseholds: count,
    digestsEqual: true,
  };
}

async function measure(engine: string, count: number): Promise<Measured> {
  switch (engine) {
    case "wuxin1":
      return columns(count, 1);
    case "wuxin2":
      return columns(count, 2);
    case "objects":
      return objects(count);
    case "pass":
      return passOver(count);
  }
  // Loaded only here: their weight is not the other engines'.
  const { byFeelin, byJsonRules, byZen } = await import("./rule-engines.ts");
  if (engine === "jsonRulesEngine") return few(count, (h, m) => byJsonRules(h, amountsOf(m)));
  if (engine === "zen") return few(count, (h, m) => byZen(h, amountsOf(m)));
  if (engine === "feelin") return few(count, async (h, m) => byFeelin(h, amountsOf(m)));
  throw new Error(`no such engine: ${engine}`);
}

const [engine, count] = process.argv.slice(2);
console.log(JSON.stringify(await measure(engine ?? "", Number(count))));
