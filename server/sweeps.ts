/**
 * What happens without anybody asking: the outbox, the sealing of the chains (every second), approved standards, and once a day and county
 * the taking down of expired publicity and the end of old sessions. Each is safe to run twice and to be killed in.
 */
import { log, systemActor, type Tx } from "@wuxin/platform";
import type { House } from "./compose.ts";
import { enqueueJudging } from "./judgements.ts";
import { takeLeftReplies } from "./parties.ts";

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** 帮扶回访 that nobody made for so many days goes on supervision. */
export async function superviseReturns({ clues, matters }: House, tx: Tx): Promise<void> {
  for (const late of await clues.measures.longLate(tx, Math.max(1, matters.raiseAfterDays(tx))))
    await matters.openOfReturn(tx, late);
}

/** @returns stops the timers and waits for what is under way */
export function startSweeps(house: House): () => Promise<void> {
  const counties = house.counties.list().map((c) => c.code);
  let stopped = false;
  const running = new Set<Promise<void>>();
  const timers: NodeJS.Timeout[] = [];

  function every(ms: number, name: string, work: () => Promise<void>): void {
    let busy = false;
    const tick = () => {
      if (busy || stopped) return;
      busy = true;
      const run = work()
        .catch((error: unknown) => log.error(`sweep ${name} failed`, { error }))
        .finally(() => {
          busy = false;
          running.delete(run);
        });
      running.add(run);
    };
    timers.push(setInterval(tick, ms));
    tick();
  }

  every(SECOND, "outbox", async () => {
    await house.dispatcher.drain();
  });
  every(SECOND, "seal", async () => {
    for (const code of counties) if (!stopped) await house.audit.seal(house.db, code);
  });
  // A standard approved in another process holds here within seconds; a reading of rules never asks the database itself.
  every(3 * SECOND, "standards", async () => {
    for (const code of counties)
      if (!stopped)
        await house.db.read(systemActor(code), (tx) =>
          house.standards.sources.refresh(tx).then(() => undefined),
        );
  });
  every(HOUR, "daily", async () => {
    for (const code of counties) {
      if (stopped) return;
      await house.db.transact(systemActor(code), async (tx) => {
        await house.cases.sweep(tx);
        await house.funds.catchUp(tx);
        await house.entitlements.openAgeReviews(tx);
        await house.clues.sweep(tx);
        await house.duties.generate(tx);
        await house.matching.checks.enqueueRechecks(tx);
        await enqueueJudging(house, tx);
        await superviseReturns(house, tx);
        await house.matters.sweep(tx);
        await house.plans.places.retell(tx);
        await house.access.sweep(tx);
      });
    }
  });
  every(60 * SECOND, "answers of outside parties", async () => {
    for (const code of counties) if (!stopped) await takeLeftReplies(house, code);
  });
  // A month's payments are asked again once it is over; the rest of the day does not wait for it.
  every(HOUR, "rechecks", async () => {
    for (const code of counties)
      if (!stopped) await house.db.transact(systemActor(code), (tx) => house.payments.rechecks.sweep(tx));
  });
  // Counting a month and its tables takes a while: not inside the transaction of the others.
  every(HOUR, "figures", async () => {
    for (const code of counties) {
      // What ended last month is frozen before anything of this month is kept.
      if (!stopped) await house.db.transact(systemActor(code), (tx) => house.indicators.freezeDue(tx));
      if (!stopped) await house.db.transact(systemActor(code), (tx) => house.plans.keep(tx));
      if (!stopped) await house.db.transact(systemActor(code), (tx) => house.statistics.openDue(tx));
    }
  });
  every(HOUR, "unfinished files", async () => {
    const swept = house.sweepFiles(house.clock.now());
    if (swept > 0) log.info(`swept ${swept} unfinished files`);
  });
  for (const code of counties) house.matching.openInbox(code);
  every(3 * SECOND, "watched folders", async () => {
    for (const code of counties) if (!stopped) await house.matching.collect(house.db, code);
  });
  every(5 * SECOND, "lists to fetch", async () => {
    await Promise.all(counties.map((code) => house.matching.connectors.run(house.db, code)));
  });
  every(HOUR, "feed files", async () => {
    for (const code of counties) if (!stopped) await house.matching.sweep(house.db, code);
  });
  return async () => {
    stopped = true;
    for (const t of timers) clearInterval(t);
    house.matching.connectors.stop();
    await Promise.allSettled(running);
  };
}
