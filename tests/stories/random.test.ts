/**
 * Random sequences of standards, changes, deaths, recoveries, rosters, returns, repeats and crashes over one small county.
 * `npm run test:random` plays longer; WUXIN_SEED replays (WUXIN_PATH as printed: straight to the shortest failure).
 */
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { openCounty, prepare, settle } from "./random-county.ts";
import { DOINGS, finish } from "./random-doings.ts";
import { keepAtTheEnd, keepPromises, keepWords } from "./random-promises.ts";

const RUNS = Number(process.env.WUXIN_RUNS ?? 2);
/** Every day the same sequences, so that nobody's change is blamed for an old fault; a longer play is new each time. */
const SEED = Number(
  process.env.WUXIN_SEED ?? (process.env.WUXIN_RUNS ? Math.floor(Math.random() * 2 ** 31) : 401),
);
const PATH = process.env.WUXIN_PATH;
/** Shrinking a failure stops after this. */
const LIMIT_MS = Number(process.env.WUXIN_LIMIT_MS ?? 120_000);

type Name = keyof typeof DOINGS;
const WEIGHTS: Record<Name, number> = {
  ...{
    nextMonth: 5,
    payMonth: 6,
    raise: 3,
    carryOut: 4,
    suspend: 1,
    resume: 1,
    leave: 2,
    move: 1,
    review: 2,
    die: 2,
  },
  ...{
    recover: 6,
    correct: 1,
    generate: 1,
    discard: 1,
    push: 2,
    bankAnswers: 2,
    wrongFile: 1,
    reissue: 2,
    hold: 2,
    release: 2,
  },
  ...{ award: 1, split: 3, merge: 2, answerReshape: 1, second: 1, choose: 2, correctStandard: 1 },
};
const doing = fc
  .record({
    do: fc.oneof(
      ...(Object.entries(WEIGHTS) as [Name, number][]).map(([name, weight]) => ({
        weight,
        arbitrary: fc.constant(name),
      })),
    ),
    n: fc.tuple(fc.nat(97), fc.nat(97), fc.nat(7)),
    /** Broken off in its first, second or third transaction. */
    crash: fc.option(fc.nat(2), { freq: 4 }),
  })
  .map((d) => ({
    ...d,
    [fc.toStringMethod]: () => `${d.do}(${d.n})${d.crash === null ? "" : `✗${d.crash}`}`,
  }));

type Did = { do: Name; n: [number, number, number]; crash: number | null };
/** Once found, told in their shortest form. */
const FOUND: [Did[]][] = [
  // Put together from April on, confirmed in February; then a standard from March, counted before April was looked at.
  [
    [
      { do: "merge", n: [0, 0, 4], crash: null },
      { do: "raise", n: [84, 70, 2], crash: null },
    ],
  ],
  // 渐退, and somebody leaves: the amount stays the decision's.
  [
    [
      { do: "review", n: [0, 26, 0], crash: null },
      { do: "leave", n: [0, 0, 6], crash: null },
    ],
  ],
];

let county: string;
beforeAll(async () => {
  county = await prepare();
});

test(`whatever happens, every fen is accounted for (seed ${SEED})`, { timeout: 3_600_000 }, async () => {
  console.info(`random: seed ${SEED}, ${RUNS} runs`);
  const told: number[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(doing, { minLength: 1, maxLength: 32, size: "max" }), async (doings) => {
      const w = await openCounty(county);
      try {
        for (const d of doings) {
          w.crash = d.crash;
          await DOINGS[d.do](w, d.n);
          w.crash = null;
          await settle(w);
          await keepPromises(w);
          if (d.do === "nextMonth") await keepWords(w);
        }
        await finish(w);
        await keepAtTheEnd(w);
        told.push(w.told.filter((t) => !t.includes(" → ")).length);
      } finally {
        await w.close();
      }
    }),
    {
      examples: FOUND,
      ...{
        seed: SEED,
        numRuns: RUNS + FOUND.length,
        interruptAfterTimeLimit: LIMIT_MS * Math.max(1, RUNS / 2),
      },
      ...(PATH ? { path: PATH } : {}),
    },
  );
  console.info(`random: ${told.join(", ")} things done`);
  expect(Math.min(...told)).toBeGreaterThan(5);
});
