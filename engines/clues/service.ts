/** The door of the engine: the caller's transaction is theirs. */
import { addDays } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { createActing } from "./acting.ts";
import { createAsking } from "./asking.ts";
import { createFinding } from "./finding.ts";
import { createFound } from "./found.ts";
import { createHearing } from "./hearing.ts";
import { createLists } from "./lists.ts";
import { createMeasures } from "./measures.ts";
import { createOpening } from "./opening.ts";
import { createPages } from "./pages.ts";
import { type CluesDeps, cluesActions } from "./ports.ts";
import { createRectifications } from "./rectifications.ts";
import { createSamples } from "./samples.ts";
import { createBook } from "./sealed.ts";
import * as counts from "./supervision-store.ts";
import * as tallies from "./tally-store.ts";
import { createTrouble } from "./trouble.ts";

/** Counts of who told us of trouble, by digest. */
const KEPT_DAYS = 7;

export type Clues = ReturnType<typeof createClues>;

export function createClues(deps: CluesDeps) {
  deps.audit.describe(cluesActions);
  const book = createBook(deps);
  const asking = createAsking(deps, book);
  const { step, act, answered, seenAgain, urgeLate, escalate } = createActing(deps, book, asking);
  const hearing = createHearing(deps, book, step, asking);
  const { onAlert, report, handOver } = createOpening(deps, book, step);
  const { enqueueFinding, jobs } = createFinding(deps, onAlert);
  return {
    onAlert,
    jobs,
    report,
    trouble: createTrouble(deps, book, step, report),
    act,
    answered,
    seenAgain,
    urgeLate,
    /** Of the outbox event `case.decided`. */
    async onCaseDecided(tx: Tx, e: Parameters<typeof hearing.onCaseDecided>[1]) {
      await hearing.onCaseDecided(tx, e);
      await hearing.onAwarded(tx, e);
    },
    onPersonDied: hearing.onPersonDied,
    onAlertJudged: hearing.onAlertJudged,
    onMoved: hearing.onMoved,
    ...createPages(deps, book, asking.fieldsOf),
    found: createFound(deps, book),
    ...createLists(deps),
    ...createSamples(deps),
    rectifications: createRectifications(deps),
    measures: createMeasures(deps),
    lateByTownship: (tx: Tx) => counts.lateByTownship(tx, deps.clock.today(), deps.clock.now()),
    /** Nightly, as the system of one county: the monthly hand-over, and what is late. */
    async sweep(tx: Tx) {
      await tallies.forgetTallies(tx, addDays(deps.clock.today(), -KEPT_DAYS));
      await enqueueFinding(tx);
      return { handedOver: await handOver(tx), escalated: await escalate(tx) };
    },
  };
}
