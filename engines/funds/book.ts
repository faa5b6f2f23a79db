/** Entering a journal, with its keyed code; the one place where journals are made. */
import { DomainError, type IsoDate, type Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { canonicalJournal, type Entry, type Journal, type Kind } from "./model.ts";
import type { FundsDeps } from "./ports.ts";
import * as store from "./store.ts";

export interface Entering {
  readonly id: string;
  readonly kind: Kind;
  readonly rosterId?: string;
  /** Empty: of no single item. */
  readonly item: string;
  readonly month: Month;
  readonly movedOn: IsoDate;
  readonly amountFen: number;
  readonly reference?: string;
  readonly note?: string;
  readonly reverses?: string;
}
export type Book = ReturnType<typeof createBook>;

export function createBook(deps: FundsDeps) {
  /**
   * @param events digest of the events that are posted in it; '' when none
   * Errors: insufficient-funds.
   */
  async function enter(tx: Tx, e: Entering, entries: readonly Entry[], events = ""): Promise<void> {
    const { actor } = tx;
    const journal: Journal = {
      // As the database will print it.
      id: e.id.toLowerCase(),
      ...{ kind: e.kind, item: e.item, month: e.month, movedOn: e.movedOn, amountFen: e.amountFen },
      at: deps.clock.now().toISOString(),
      rosterId: e.rosterId ?? null,
      reference: e.reference ?? "",
      note: e.note ?? "",
      reverses: e.reverses ?? null,
      actorId: actor.accountId?.toLowerCase() ?? null,
      actorName: actor.name,
    };
    const mac = deps.audit.mac(canonicalJournal(actor.countyCode, journal, entries, events));
    try {
      await store.insertJournal(tx, journal, entries, mac);
    } catch (error) {
      if ((error as { code?: string }).code !== "WX122") throw error;
      throw new DomainError(
        "insufficient-funds",
        "这笔会使资金余额不足。请先登记拨入；确需先垫付的，由财务申请、局领导批准垫付额度后再办。",
        { cause: error },
      );
    }
  }

  /** The opposite of a journal, whole; once, as the database sees to. Errors: insufficient-funds. */
  async function takeBack(
    tx: Tx,
    was: store.JournalRecord,
    by: { readonly id: string; readonly note: string },
  ): Promise<void> {
    const { item, month, amountFen, reference, id: reverses } = was;
    await enter(
      tx,
      { ...by, kind: "reversal", item, month, movedOn: deps.clock.today(), amountFen, reference, reverses },
      (await store.entriesOf(tx, [was.id])).map((e) => ({
        ...{ accountId: e.accountId, class: e.class, month: e.month },
        ...{ debitFen: e.creditFen, creditFen: e.debitFen },
      })),
    );
  }
  return { enter, takeBack };
}
