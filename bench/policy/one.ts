// One engine, one size, one process, so that its peak memory is its own: `one.ts ENGINE HOUSEHOLDS` prints JSON.
import { compileColumns, type Numbers, type TypedHouseholds, type TypedResult } from "@wuxin/policy";
import { ColumnThreads } from "@wuxin/policy/threads";
import { asTyped, type Columns, DIGESTS, digest, digestOf, households, WANTED } from "./data.ts";
import { arraysOf, evaluateHome, homesOf, type Outcome } from "./objects.ts";
import { amountsOf } from "./parameters.ts";
import { benchmarkRules } from "./rules.ts";

/** The interpreters are measured on this many households: a rate per household does not change with the number. */
const FEW = 4000;
/** The first is timed; both are checked. */
const MONTHS = ["2024-03", "2023-12"] as const;

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

/** Median of at least five after warming up, in about `budget` seconds. */
async function median(work: () => unknown, budget = 4): Promise<number> {
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

async function timed(
  count: number,
  run: (month: string) => { work: () => unknown; digest: () => string },
): Promise<Measured> {
  let equal = true;
  let time = 0;
  let peak = 0;
  for (const month of MONTHS) {
    const { work, digest } = run(month);
    if (month === MONTHS[0]) {
      time = await median(work);
      // Before the digest, which copies the results.
      peak = peakMb();
    } else await work();
    equal &&= digest() === DIGESTS[count]![month];
  }
  return { householdsPerSecond: count / time, peakMb: peak, measuredHouseholds: count, digestsEqual: equal };
}

async function columns(count: number, threads: number, inPlace: boolean): Promise<Measured> {
  const facts = households(count);
  const typed = inPlace ? asTyped(facts) : elsewhere(asTyped(facts));
  const pool = new ColumnThreads(threads);
  await pool.ready();
  let into: Record<string, TypedResult> | undefined;
  const measured = await timed(count, (month) => {
    const machine = compileColumns(benchmarkRules(), { month, wanted: WANTED });
    const results = into ?? machine.allocate(typed, inPlace ? facts.memory : "shared");
    into = results;
    return {
      work: () => (threads > 1 ? pool.evaluate(machine, typed, results) : machine.evaluate(typed, results)),
      digest: () => digest(results),
    };
  });
  await pool.close();
  return measured;
}

/** The same columns as shared arrays that do not lie in the machine's memory. */
function elsewhere(typed: TypedHouseholds): TypedHouseholds {
  const copies = new Map<Numbers, Numbers>();
  const copy = <T extends Numbers>(a: T): T => {
    const make = a.constructor as new (buffer: SharedArrayBuffer) => T;
    const out = copies.get(a) ?? new make(new SharedArrayBuffer(a.byteLength));
    if (!copies.has(a)) out.set(a);
    copies.set(a, out);
    return out as T;
  };
  const all = (columns: TypedHouseholds["household"]) =>
    Object.fromEntries(Object.entries(columns).map(([name, c]) => [name, { ...c!, data: copy(c!.data) }]));
  const { count, offsets, household, members } = typed;
  return { count, offsets: copy(offsets), household: all(household), members: all(members) };
}

async function objects(count: number): Promise<Measured> {
  const homes = homesOf(households(count));
  let outcomes: Outcome[] = [];
  return await timed(count, (month) => {
    const amounts = amountsOf(month);
    return {
      work: () => {
        outcomes = homes.map((h) => evaluateHome(h, amounts));
      },
      digest: () => digestOf(arraysOf(outcomes)),
    };
  });
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
      return columns(count, 1, true);
    case "wuxin2":
      return columns(count, 2, true);
    case "copied1":
      return columns(count, 1, false);
    case "copied2":
      return columns(count, 2, false);
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
