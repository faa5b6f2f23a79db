/**
 * From the money trail of a roster into the ledger: what went to the bank binds money, what it paid is paid, what it
 * sent back is free again. An event is posted once, whoever asks and however often.
 */

import { documentKey, type RecoveryReceived } from "@wuxin/engines/payments";
import { addDays, DomainError, derivedId, type Month, newId } from "@wuxin/kernel";
import { attempt, type Tx } from "@wuxin/platform";
import type { Book } from "./book.ts";
import * as flow from "./flow.ts";
import { type Class, inPayingOrder, joined, type Kind, moving, type Part, SIDES, take } from "./model.ts";
import type { FundsDeps } from "./ports.ts";
import * as receipts from "./receipts.ts";
import * as store from "./store.ts";

type Payer = Pick<store.AccountRecord, "id" | "availableFen" | "overdraftFen">;
/** How long the bank may take over a roster. */
const LATE_DAYS = 100;

export function createPosting(deps: FundsDeps, book: Book) {
  /** Accounts that may pay an item, in their order. */
  const payers = async (tx: Tx, item: string): Promise<store.AccountRecord[]> =>
    inPayingOrder(
      deps.sourceOrder(tx.actor.countyCode),
      (await store.accounts(tx)).filter((a) => a.item === item || a.item === ""),
    );

  /** What is there first; leave to overdraw only when everything there is used up. */
  function fromAvailable(list: readonly Payer[], amountFen: number) {
    const there = list.map((a) => ({ accountId: a.id, amountFen: Math.max(0, a.availableFen) }));
    const leave = list.map((a) => ({
      accountId: a.id,
      amountFen: a.overdraftFen + Math.min(0, a.availableFen),
    }));
    const { parts, missingFen } = take(amountFen, [...there, ...leave]);
    return { parts: joined(parts), missingFen };
  }

  /**
   * The papers that pay what a roster sends: those its money is bound from; before it is entered, those that would be
   * taken now. By month and item; what finds no money is not there.
   */
  async function documentsOf(
    tx: Tx,
    rosterId: string,
    sent: readonly { readonly item: string; readonly month: Month; readonly amountFen: number }[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const papers = new Map<string, string[]>();
    const bound = await flow.documentsBound(tx, rosterId);
    const accounts = inPayingOrder(deps.sourceOrder(tx.actor.countyCode), await store.accounts(tx));
    for (const { item, month, amountFen } of sent) {
      const key = documentKey({ item, month });
      const known = bound.filter((b) => b.item === item && b.month === month).map((b) => b.document);
      if (known.length > 0) papers.set(key, known);
      else {
        const { parts, missingFen } = fromAvailable(
          accounts.filter((a) => a.item === item || a.item === ""),
          amountFen,
        );
        if (missingFen > 0) continue;
        const from = accounts.filter((a) => parts.some((p) => p.accountId === a.id));
        for (const a of from) a.availableFen -= parts.find((p) => p.accountId === a.id)?.amountFen ?? 0;
        papers.set(key, [...new Set(from.map((a) => a.document))]);
      }
    }
    return papers;
  }

  /** What the roster binds, in the county's order, or in the opposite one. */
  async function fromBound(tx: Tx, rosterId: string, p: flow.Pending, backwards: boolean): Promise<Part[]> {
    const order = (await payers(tx, p.item)).map((a) => a.id);
    const parts = (await flow.bound(tx, rosterId, p.item, p.month)).sort(
      (a, b) => order.indexOf(a.accountId) - order.indexOf(b.accountId),
    );
    const taken = take(p.amountFen, backwards ? parts.reverse() : parts);
    // Cannot be: every event that takes from it came after the one that bound it.
    if (taken.missingFen > 0) throw new Error(`roster ${rosterId}: ${p.flow} exceeds what it binds`);
    return taken.parts;
  }

  /** One roster. Its parts that find no money stay as they are and are listed as waiting. */
  async function postRoster(tx: Tx, rosterId: string): Promise<void> {
    await store.lockLedger(tx);
    if (!(await flow.lockRoster(tx, rosterId))) return;
    await flow.useIndexes(tx, true);
    const at = deps.clock.now();
    const groups = new Map<string, Map<flow.Flow, flow.Pending>>();
    for (const p of await flow.pending(tx, rosterId)) {
      const key = `${p.month} ${p.item}`;
      groups.set(key, (groups.get(key) ?? new Map()).set(p.flow, p));
    }

    const enter = async (
      p: flow.Pending,
      kind: Kind,
      parts: readonly Part[],
      debit: Class,
      credit: Class,
    ) => {
      const id = newId();
      await book.enter(
        tx,
        { id, kind, rosterId, item: p.item, month: p.month, movedOn: p.movedOn, amountFen: p.amountFen },
        moving(parts, debit, credit, p.month),
        p.events,
      );
      await flow.post(tx, rosterId, p, id);
    };
    const waiting: flow.Pending[] = [];
    const wait = (p: flow.Pending, missingFen: number) => {
      waiting.push(p);
      const { item, month, amountFen: neededFen } = p;
      return flow.setWaiting(tx, { rosterId, item, month, neededFen, missingFen, at });
    };

    for (const { sent, failed, paid, late } of [...groups.values()].map(
      (g) => Object.fromEntries(g) as Partial<Record<flow.Flow, flow.Pending>>,
    )) {
      if (sent) {
        const { parts, missingFen } = fromAvailable(await payers(tx, sent.item), sent.amountFen);
        if (missingFen > 0) {
          // What the bank did with it waits too: it takes from what is bound.
          await wait(sent, missingFen);
          continue;
        }
        await enter(sent, "commitment", parts, "committed", "available");
      }
      if (failed)
        await enter(failed, "return", await fromBound(tx, rosterId, failed, true), "available", "committed");
      if (paid) await enter(paid, "payment", await fromBound(tx, rosterId, paid, false), "paid", "committed");
      if (late) {
        const { parts, missingFen } = fromAvailable(await payers(tx, late.item), late.amountFen);
        if (missingFen > 0) await wait(late, missingFen);
        else await enter(late, "payment", parts, "paid", "available");
      }
    }
    await flow.clearWaiting(tx, rosterId, waiting);
    await flow.useIndexes(tx, false);
  }

  /** Cash that never was leaves the ledger again; while it has been spent, it waits for other money. */
  async function reverseCash(tx: Tx, journalId: string): Promise<void> {
    const was = await store.findJournal(tx, journalId);
    if (!was) return;
    try {
      await attempt(tx, () =>
        book.takeBack(tx, was, {
          id: derivedId(journalId, "reversal"),
          note: "追缴更正退回现金，自动冲正",
        }),
      );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }

  /**
   * Everything that waits for money, after some came in: cash taken back, rosters, then cash of the months that they
   * paid.
   */
  async function postWaiting(tx: Tx): Promise<void> {
    await store.lockLedger(tx);
    for (const { journalId } of await receipts.toReverse(tx)) await reverseCash(tx, journalId);
    for (let more = true; more; ) {
      for (const { id } of await flow.rostersWaiting(tx)) await postRoster(tx, id);
      more = false;
      // Cash that is entered is money for the next.
      for (const r of await receipts.unposted(tx)) more = (await enterCash(tx, r)) || more;
    }
  }

  /**
   * Cash that came back for a month, onto the accounts that paid it; once for each receipt, recovery and month. While the
   * ledger has not paid as much (its roster waits for money) nothing is entered. Tells whether it was.
   */
  async function enterCash(tx: Tx, r: RecoveryReceived): Promise<boolean> {
    const id = derivedId(r.receiptId, `recovery:${r.recoveryId} ${r.month}`);
    if (await store.findJournal(tx, id)) {
      await receipts.link(tx, r, id);
      return false;
    }
    const { parts, missingFen } = take(r.amountFen, await flow.paidNet(tx, r.item, r.month));
    if (missingFen > 0) return false;
    const { debit, credit } = SIDES.recovery;
    await book.enter(
      tx,
      {
        ...{ id, kind: "recovery", item: r.item, month: r.month, movedOn: r.receivedOn },
        ...{ amountFen: r.amountFen, note: "追缴退回现金，自动入账" },
      },
      moving(parts, debit, credit, r.month),
    );
    await receipts.link(tx, r, id);
    return true;
  }

  /** What a roster kept back was never paid out: it moves nothing here. */
  async function postRecovery(tx: Tx, r: RecoveryReceived): Promise<void> {
    if (r.way !== "cash") return;
    await store.lockLedger(tx);
    if (await enterCash(tx, r)) await postWaiting(tx);
  }

  /** What the outbox may have missed, or what is older than this ledger. From time to time. */
  async function catchUp(tx: Tx): Promise<number> {
    await store.lockLedger(tx);
    const behind = await flow.rostersBehind(tx, addDays(deps.clock.today(), -LATE_DAYS));
    for (const { id } of behind) await postRoster(tx, id);
    await postWaiting(tx);
    return behind.length;
  }

  return { postRoster, postWaiting, postRecovery, catchUp, documentsOf };
}
