/** Recoveries beside the rosters that pay them off: held lines, wrong entries, raises that reach into their months. */
import { newId } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import { afterEach, beforeEach, expect, it } from "vitest";
import { answerRequest } from "./recovery-entry-store.ts";
import { allPaid, type Citizen, COUNTY, codeOf, openToyCounty } from "./toy-county.ts";

type Toy = Awaited<ReturnType<typeof openToyCounty>>;
let toy: Toy;
/** Paid 500 for September; 400 were owed, and a recovery asks the rest back. */
let debtor: Citizen;
let entitlementId: string;
let recoveryId: string;
beforeEach(async () => {
  toy = await openToyCounty();
  debtor = await toy.person("欠款人");
  entitlementId = await toy.award([debtor]);
  await toy.award([await toy.person("邻居")]);
  await pay((await toy.generate("2024-09", undefined, "2024-09-05")).id, "2024-09-06");
  await adjust(debtor, "2024-09", 40_000, "2024-09-20");
  [recoveryId = ""] = (await toy.data.owner<{ id: string }>("select id from recovery")).map((r) => r.id);
});
afterEach(() => toy.close());

/** A decision for a person's soup, heard by entitlements and payments; what it makes too much is proposed. */
async function adjust(who: Citizen, fromMonth: string, amountFen: number, on: string) {
  await toy.data.db.transact(systemActor(COUNTY), async (tx) => {
    const { entitlements, payments } = toy.engines(on);
    const { caseId } = await tx.one<{ caseId: string }>(
      'select case_id as "caseId" from entitlement where id = $1',
      [entitlementId],
    );
    const event = {
      ...{ caseId, decisionId: newId(), item: "soup", kind: "adjust" as const, householdId: null },
      ...{ applicantId: who.id, payeeId: who.id, divisionCode: `${COUNTY}101`, fromMonth, amountFen },
      ...{ persons: 1, covered: [who.id], decidedOn: on, reason: "重新核定" },
    };
    await entitlements.onDecision(tx, event);
    await payments.recoveries.onDecision(tx, event);
  });
}
/** Signed, sent, all of it paid; the roster's answers heard. */
async function pay(rosterId: string, today: string) {
  await toy.signAll(rosterId, undefined, today);
  await toy.load(
    rosterId,
    allPaid(await toy.send(rosterId, "csv", today), today),
    undefined,
    undefined,
    today,
  );
  await toy.data.db.transact(systemActor(COUNTY), (tx) =>
    toy.engines(today).payments.recoveries.onRosterMoved(tx, { rosterId }),
  );
}
const page = () => toy.run(toy.staff.clerk, (tx, p) => p.recoveries.page(tx, recoveryId), "2024-12-05");
const lineOf = async (rosterId: string, who: Citizen) =>
  (await toy.linesOf(rosterId)).find((l) => l.payee === who.name && l.change !== "backpay");

const confirm = (plan: { way: "deduct" | "cash"; instalmentFen: number | null; deductFrom: string | null }) =>
  toy.run(toy.staff.clerk, (tx, p) => p.recoveries.confirm(tx, recoveryId, { ...plan, note: "" }));
const repay = (amountFen: number, today: string, id = newId(), on = today) =>
  toy.run(
    toy.staff.finance,
    (tx, p) => p.recoveries.repay(tx, recoveryId, { id, amountFen, on, note: "收据" }),
    today,
  );

it("what a held line would have kept back lapses when the roster is signed without it; the next roster keeps it back, and a late release pays the month whole", async () => {
  await confirm({ way: "deduct", instalmentFen: 8_000, deductFrom: entitlementId });
  const october = (await toy.generate("2024-10", undefined, "2024-10-05")).id;
  const line = await lineOf(october, debtor);
  expect(line).toMatchObject({ amountFen: 32_000, change: "recovery" });
  // 500 a month before: what is kept back makes the month cheaper, not dearer.
  expect((await toy.pageOf(october)).changes).toContainEqual(
    expect.objectContaining({ change: "recovery", count: 1, amountFen: -18_000 }),
  );
  expect(await page()).toMatchObject({ keptFen: 8_000, leftFen: 10_000 });
  await toy.run(toy.staff.clerk, (tx, p) => p.hold(tx, october, line?.id ?? "", { reason: "联系不上" }));
  // Held in a draft it may still be paid: it counts.
  expect(await page()).toMatchObject({ keptFen: 8_000 });
  await pay(october, "2024-10-06");
  expect(await page()).toMatchObject({ keptFen: 0, leftFen: 10_000, backFen: 0, rostersLeft: 2 });

  // Cash takes what the held line no longer stands for, the next roster the rest.
  await expect(repay(5_000, "2024-10-20", newId(), "2024-07-31")).rejects.toThrow("不能早于多发的月份");
  await repay(5_000, "2024-10-20");
  const november = (await toy.generate("2024-11", undefined, "2024-11-05")).id;
  expect(await lineOf(november, debtor)).toMatchObject({ amountFen: 35_000 });
  await pay(november, "2024-11-06");
  expect(await page()).toMatchObject({ state: "settled", backFen: 10_000, leftFen: 0 });

  // Released after all: October whole, nothing is kept back a second time.
  await toy.run(toy.staff.leader, (tx, p) => p.release(tx, october, line?.id ?? "", { reason: "联系上了" }));
  const again = await toy.run(toy.staff.clerk, (tx, p) => p.reissue(tx, october, { id: newId() }));
  expect(await toy.linesOf(again.id)).toMatchObject([{ payee: "欠款人", amountFen: 40_000 }]);
  await pay(again.id, "2024-12-05");
  expect(await page()).toMatchObject({ state: "settled", backFen: 10_000 });
  expect((await toy.pageOf(october)).reconciliation.agrees).toBe(true);
  const paid = await toy.data.owner(
    `select month, sum(amount_fen + deducted_fen)::int as fen from roster_line
       where payee_id = $1 and state = 'paid' group by month order by month`,
    [debtor.id],
  );
  expect(paid).toEqual([
    { month: "2024-09", fen: 50_000 },
    { month: "2024-10", fen: 40_000 },
    { month: "2024-11", fen: 40_000 },
  ]);
});

it("cash entered wrongly is taken back whole by an entry of its own, asked by one and given by another", async () => {
  await confirm({ way: "cash", instalmentFen: null, deductFrom: null });
  // Two at once, one of them of a township: the second is told that one waits.
  const waive = (who: Actor) =>
    toy.run(who, (tx, p) =>
      p.recoveries.ask(tx, recoveryId, {
        ...{ id: newId(), kind: "waiver", amountFen: 1_000, receiptId: null, reason: "家里有病人" },
      }),
    );
  const both = [toy.staff.township, toy.staff.clerk].map((who) => codeOf(waive(who)));
  const told = await Promise.all(both);
  expect(told.filter((c) => c === "already-exists")).toHaveLength(1);
  const [asked] = await toy.run(toy.staff.leader, (tx, p) => p.recoveries.waiting(tx));
  // Who refuses says why: the service and the database both ask for it.
  const refuse = (reason?: string) =>
    toy.run(toy.staff.leader, (tx, p) => p.recoveries.answer(tx, asked?.id ?? "", { given: false, reason }));
  expect(await codeOf(refuse())).toBe("invalid-input");
  await expect(
    toy.run(toy.staff.leader, (tx) => answerRequest(tx, asked?.id ?? "", false, " ", new Date())),
  ).rejects.toThrow("recovery_request_refused_with_reason");
  expect((await refuse("有存款，能退")).requests[0]).toMatchObject({
    given: false,
    answerNote: "有存款，能退",
  });
  // Who answers otherwise afterwards, or at the same moment, is told; the same answer once more is the same.
  const late = toy.run(toy.staff.leader, (tx, p) =>
    p.recoveries.answer(tx, asked?.id ?? "", { given: true }),
  );
  expect(await codeOf(late)).toBe("action-not-allowed");
  expect((await refuse("有存款，能退")).requests).toHaveLength(1);
  const wrong = newId();
  await repay(10_000, "2024-10-01", wrong);
  expect(await page()).toMatchObject({ state: "settled", leftFen: 0 });
  const ask = (who: Actor, receiptId: string, id = newId()) =>
    toy.run(who, (tx, p) =>
      p.recoveries.ask(tx, recoveryId, {
        ...{ id, kind: "reversal", amountFen: 10_000, receiptId, reason: "收据 7 号实为 60 元" },
      }),
    );
  expect(await codeOf(ask(toy.staff.township, wrong))).toBe("forbidden");
  expect(await codeOf(ask(toy.staff.finance, newId()))).toBe("action-not-allowed");
  const request = newId();
  for (let twice = 0; twice < 2; twice++) await ask(toy.staff.finance, wrong, request);
  expect(await codeOf(ask(toy.staff.clerk, wrong))).toBe("already-exists");
  const waits = (who: Actor) => toy.run(who, (tx, p) => p.recoveries.waiting(tx));
  expect(await waits(toy.staff.finance)).toEqual([]);
  expect(await waits(toy.staff.leader)).toMatchObject([{ id: request, kindLabel: "更正退回现金" }]);
  const give = (who: Actor) => toy.run(who, (tx, p) => p.recoveries.answer(tx, request, { given: true }));
  expect(await codeOf(give(toy.staff.finance))).toBe("forbidden");
  for (let twice = 0; twice < 2; twice++) await give(toy.staff.leader);
  expect(await waits(toy.staff.leader)).toEqual([]);
  const after = await page();
  expect(after).toMatchObject({ state: "confirmed", backFen: 0, leftFen: 10_000 });
  expect(after.entries).toMatchObject([
    { kind: "cash", amountFen: 10_000, reversed: true, canReverse: false },
    { kind: "reversal", amountFen: -10_000 },
  ]);
  // What is right is registered anew; what was taken back is not taken back again.
  expect(await codeOf(ask(toy.staff.finance, wrong))).toBe("action-not-allowed");
  await repay(6_000, "2024-10-02");
  expect(await page()).toMatchObject({ state: "confirmed", backFen: 6_000, leftFen: 4_000 });
  expect(
    await toy.data.owner("select payload->>'receiptId' as id from outbox where kind = 'recovery.reversed'"),
  ).toEqual([{ id: wrong }]);
  // Nor past the service: another amount, or without the second person.
  const raw = (amountFen: number) =>
    toy.run(toy.staff.leader, (tx) =>
      tx.exec(
        `insert into recovery_entry (county_code, receipt_id, recovery_id, month, kind, amount_fen, entered_on, note, at,
           by_name, reverses)
         select county_code, $1, recovery_id, month, 'reversal', $2, entered_on, '', now(), '', receipt_id
         from recovery_entry where kind = 'cash' and amount_fen = 6000`,
        [newId(), amountFen],
      ),
    );
  expect(await codeOf(raw(-5_000))).toBe("WX106");
  expect(await codeOf(raw(-6_000))).toBe("WX106");
});

it("a later raise that reaches into an overpaid month: what is left is asked no more, what came back is paid again once", async () => {
  await confirm({ way: "deduct", instalmentFen: 6_000, deductFrom: entitlementId });
  await pay((await toy.generate("2024-10", undefined, "2024-10-05")).id, "2024-10-06");
  expect(await page()).toMatchObject({ backFen: 6_000, leftFen: 4_000 });
  // September is owed 480 after all: 20 were too much, 60 came back.
  await adjust(debtor, "2024-09", 48_000, "2024-10-20");
  expect(await page()).toMatchObject({ state: "settled", backFen: 6_000, reducedFen: 4_000, leftFen: 0 });
  const november = (await toy.generate("2024-11", undefined, "2024-11-05")).id;
  const back = async (id: string) =>
    (await toy.linesOf(id, { change: "backpay" })).map((l) => [l.month, l.amountFen]).sort();
  expect(await back(november)).toEqual([
    ["2024-09", 4_000],
    ["2024-10", 8_000],
  ]);
  await pay(november, "2024-11-06");
  expect(await back((await toy.generate("2024-12", undefined, "2024-12-05")).id)).toEqual([]);
  // Lowered again: from what was asked before, once.
  await adjust(debtor, "2024-09", 40_000, "2024-12-06");
  const asked = await toy.data.owner(
    "select amount_fen::int as fen, state from recovery order by opened_at, amount_fen desc",
  );
  expect(asked).toEqual([
    { fen: 10_000, state: "settled" },
    { fen: 24_000, state: "proposed" },
  ]);
  await toy.run(systemActor(COUNTY), (tx, p) => p.recoveries.propose(tx, [entitlementId]));
  expect(await toy.data.owner("select id from recovery")).toHaveLength(2);
});

it("lowered while the bank had the money: asked back once the bank has paid it", async () => {
  const { id } = await toy.generate("2024-10", undefined, "2024-10-05");
  await toy.signAll(id, undefined, "2024-10-05");
  const file = await toy.send(id, "csv", "2024-10-05");
  await adjust(debtor, "2024-10", 30_000, "2024-10-06");
  expect(await toy.data.owner("select id from recovery")).toHaveLength(1);
  await toy.load(id, allPaid(file, "2024-10-07"), undefined, undefined, "2024-10-07");
  for (let twice = 0; twice < 2; twice++)
    await toy.run(systemActor(COUNTY), (tx, p) => p.recoveries.onRosterMoved(tx, { rosterId: id }));
  expect(
    await toy.data.owner("select month, amount_fen::int as fen from recovery_month order by month"),
  ).toEqual([
    { month: "2024-09", fen: 10_000 },
    { month: "2024-10", fen: 10_000 },
  ]);
});
