/** Random stories of money, rosters, answers, reissues and repeats: the books balance, and say what the bank says. */
import { createAudit } from "@wuxin/engines/audit";
import { answerCsv, type BankAnswer } from "@wuxin/engines/payments";
import { addMonths, fixedClock, newId } from "@wuxin/kernel";
import { type Actor, systemActor, type Tx } from "@wuxin/platform";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { actor, COUNTY, openToyCounty } from "../payments/testing.ts";
import * as flow from "./flow.ts";
import { type Funds, fundsChain, SOURCES } from "./index.ts";
import { toyFunds } from "./testing.ts";

const TODAY = "2024-11-05";
type Toy = Awaited<ReturnType<typeof openToyCounty>>;
let toy: Toy;
beforeAll(async () => {
  toy = await openToyCounty();
}, 60_000);
afterAll(() => toy.close());

const OUTCOMES: readonly BankAnswer[] = [
  { outcome: "paid", paidOn: "2024-11-04", bankSerial: "B1" },
  { outcome: "failed", failReason: "销户" },
  { outcome: "unknown" },
];
const step = fc.oneof(
  fc.record({
    do: fc.constant("allocate" as const),
    source: fc.constantFrom(...SOURCES),
    item: fc.constantFrom("", "soup", "tea"),
    amountFen: fc.integer({ min: 1, max: 250_000 }),
  }),
  fc.record({
    do: fc.constant("award" as const),
    item: fc.constantFrom("soup", "tea"),
    amountFen: fc.integer({ min: 100, max: 90_000 }),
  }),
  fc.record({ do: fc.constant("roster" as const) }),
  fc.record({
    do: fc.constant("answer" as const),
    outcomes: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ do: fc.constant("reissue" as const) }),
  fc.record({ do: fc.constant("overdraw" as const), amountFen: fc.integer({ min: 1, max: 80_000 }) }),
  fc.record({ do: fc.constant("post" as const), times: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant("recover" as const), amountFen: fc.integer({ min: 1, max: 60_000 }) }),
);

it("whatever happens, debit is credit, nothing is below zero unasked, and paid is what the bank paid", async () => {
  const audit = createAudit({ clock: fixedClock(TODAY), vault: toy.data.vault, settleMs: 0 });
  audit.registerChain(fundsChain);
  const { funds } = toyFunds({ toy, clock: fixedClock(TODAY), audit, items: { soup: "热汤", tea: "茶水" } });
  const as = <T>(who: Actor, work: (tx: Tx, f: Funds) => Promise<T>) =>
    toy.data.db.transact(who, (tx) => work(tx, funds));
  const { finance, leader, clerk } = toy.staff;
  let month = "2022-01";
  let files: { id: string; file: Buffer }[] = [];
  const rosters: string[] = [];
  let people = 0;
  const name = (source: string, target: string) => ({
    ...{ source, document: `${source}〔2024〕1号`, issuedOn: "2024-01-02", item: target },
  });
  const allocate = (source: string, target: string, amountFen: number) =>
    as(finance, (tx, f) =>
      f.allocate(tx, { id: newId(), ...name(source, target), amountFen, receivedOn: TODAY, note: "" }),
    );
  const sendOff = async (id: string) => {
    await toy.signAll(id);
    files.push({ id, file: await toy.send(id) });
    rosters.push(id);
  };
  const page = () => as(actor("auditor", "审计员"), (tx, f) => f.page(tx, { year: 2024 }));

  const run: { [K in string]: (s: never) => Promise<void> } = {
    allocate: (s: { source: string; item: string; amountFen: number }) =>
      allocate(s.source, s.item, s.amountFen),
    award: async (s: { item: string; amountFen: number }) => {
      const p = await toy.person(`人${++people}`);
      await toy.award([p], { item: s.item, amountFen: s.amountFen, fromMonth: month });
    },
    roster: async () => {
      if (month > "2024-10") return;
      const roster = await toy.generate(month);
      month = addMonths(month, 1);
      if (roster.lines > 0) await sendOff(roster.id);
    },
    answer: async (s: { outcomes: number[] }) => {
      // Any roster, also one that was answered: only what is not settled may say something new.
      const given = files.at(s.outcomes[0] === 0 ? 0 : -1);
      if (!given) return;
      await toy
        .load(
          given.id,
          answerCsv(
            given.file,
            ({ index }) => OUTCOMES[s.outcomes[index % s.outcomes.length] as number] as BankAnswer,
          ),
        )
        .catch((e: { code?: string }) => {
          // A failure of what was paid, or paid of what is in a reissue: refused as a whole.
          expect(e.code).toBe("bad-return-file");
        });
    },
    reissue: async () => {
      for (const { id } of files) {
        const at = await toy.pageOf(id);
        if (!at.can.reissue) continue;
        const again = newId();
        await toy.run(clerk, (tx, p) => p.reissue(tx, id, { id: again }));
        await sendOff(again);
        return;
      }
    },
    overdraw: async (s: { amountFen: number }) => {
      const id = newId();
      await as(finance, (tx, f) =>
        f.requestOverride(tx, { id, ...name("县", ""), limitFen: s.amountFen, reason: "先行垫付" }),
      );
      await as(leader, (tx, f) => f.approveOverride(tx, id));
    },
    post: async (s: { times: number }) => {
      await Promise.all(
        Array.from({ length: s.times }, () => as(systemActor(COUNTY), (tx, f) => f.catchUp(tx))),
      );
    },
    recover: async (s: { amountFen: number }) => {
      const account = (await page()).accounts.find((a) => a.paidFen - a.recoveredFen >= s.amountFen);
      if (!account) return;
      await as(finance, (tx, f) =>
        f.recover(tx, {
          ...{ id: newId(), accountId: account.id, amountFen: s.amountFen, month: "2024-03" },
          ...{ receivedOn: TODAY, reference: "收据", note: "", item: "soup", apart: false },
        }),
      ).catch((e: { code?: string }) => expect(e.code).toBe("invalid-input"));
    },
  };

  async function holds() {
    await as(systemActor(COUNTY), (tx, f) => f.catchUp(tx));
    const { accounts, totals } = await page();
    const reconciliation = await as(finance, (tx, f) => f.reconcile(tx, "2022-01", "2024-12"));
    for (const a of accounts) {
      expect(a.availableFen).toBeGreaterThanOrEqual(-a.overdraftFen);
      expect(Math.min(a.receivedFen, a.committedFen, a.paidFen, a.recoveredFen)).toBeGreaterThanOrEqual(0);
      expect(a.availableFen + a.committedFen + a.paidFen).toBe(a.receivedFen + a.recoveredFen);
    }
    // What differs waits for money, and for nothing else.
    expect(reconciliation.differences.filter((d) => !d.awaited)).toEqual([]);
    expect(reconciliation.rosterFen).toBe(reconciliation.bankFen);
    expect(totals.paidFen).toBe(reconciliation.ledgerFen);
    const { faults } = await as(systemActor(COUNTY), (tx, f) => f.check(tx));
    expect(faults).toEqual([]);
    expect((await toy.run(finance, (tx, p) => p.prove(tx))).faults).toEqual([]);
    // The months to come, read in one go, are those of each month by itself.
    const months = ["2022-01", "2022-06", "2024-10", "2024-11", "2026-01"];
    const owed = await as(finance, (tx) => flow.owed(tx, months));
    for (const m of months) {
      const alone = await as(finance, (tx) =>
        tx.query<{ item: string; fen: number }>(
          `select item, sum(amount_fen)::bigint as fen from entitlement_owed($1) group by item order by item collate "C"`,
          [m],
        ),
      );
      expect(owed.filter((o) => o.month === m).map((o) => ({ item: o.item, fen: o.amountFen }))).toEqual(
        alone,
      );
    }
    return { accounts, reconciliation };
  }

  let told = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (steps) => {
      // One county goes on from story to story; each begins with somebody who is paid.
      if (month > "2024-10") return;
      files = files.slice(-3);
      await run.award?.({ item: "soup", amountFen: 30_000 } as never);
      await run.roster?.({} as never);
      for (const s of steps) {
        await run[s.do]?.(s as never);
        told++;
      }
      await holds();
    }),
    { numRuns: Number(process.env.WUXIN_RUNS ?? 6), endOnFailure: true },
  );
  expect(told).toBeGreaterThan(7);
  expect(rosters.length).toBeGreaterThan(0);
  // With money enough, everything agrees.
  await allocate("中央", "", 100_000_000);
  const { reconciliation } = await holds();
  expect(reconciliation).toMatchObject({ agrees: true, differences: [] });
  await audit.seal(toy.data.db, COUNTY);
  expect((await audit.verify(toy.data.db, COUNTY)).map((c) => [c.name, c.ok])).toEqual([
    ["audit", true],
    ["funds", true],
  ]);
}, 120_000);
