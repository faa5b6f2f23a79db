/** The door of the engine: the caller's transaction is theirs. */
import { addDays } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { createActing } from "./acting.ts";
import { createFinding } from "./finding.ts";
import { createFound } from "./found.ts";
import { createLists } from "./lists.ts";
import { createOpening } from "./opening.ts";
import { createPages } from "./pages.ts";
import { type CluesDeps, cluesActions } from "./ports.ts";
import { createRectifications } from "./rectifications.ts";
import { createSamples } from "./samples.ts";
import { createBook } from "./sealed.ts";
import * as store from "./store.ts";
import { createTrouble } from "./trouble.ts";

/** Counts of who told us of trouble, by digest. */
const KEPT_DAYS = 7;

export type Clues = ReturnType<typeof createClues>;

export function createClues(deps: CluesDeps) {
  deps.audit.describe(cluesActions);
  const book = createBook(deps);
  const acting = createActing(deps, book);
  const { step, act, urgeLate, fieldsOf, escalate, onPersonDied } = acting;
  const { onAlert, report, handOver } = createOpening(deps, book, step);
  const { enqueueFinding, jobs } = createFinding(deps, onAlert);
  return {
    onAlert,
    jobs,
    report,
    trouble: createTrouble(deps, book, step, report),
    act,
    urgeLate,
    /** Of the outbox event `case.decided`. */
    async onCaseDecided(tx: Tx, e: Parameters<typeof acting.onCaseDecided>[1]) {
      await acting.onCaseDecided(tx, e);
      await acting.onAwarded(tx, e);
    },
    onPersonDied,
    ...createPages(deps, book, fieldsOf),
    found: createFound(deps, book),
    ...createLists(deps),
    ...createSamples(deps),
    rectifications: createRectifications(deps),
    lateByTownship: (tx: Tx) => store.lateByTownship(tx, deps.clock.today(), deps.clock.now()),
    /** Nightly, as the system of one county: the monthly hand-over, and what is late. */
    async sweep(tx: Tx) {
      await store.forgetTallies(tx, addDays(deps.clock.today(), -KEPT_DAYS));
      await enqueueFinding(tx);
      return { handedOver: await handOver(tx), escalated: await escalate(tx) };
    },
  };
}
