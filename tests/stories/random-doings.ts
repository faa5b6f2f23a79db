/** Everything that may happen in the random county, and an office that finishes its work. */
import { DomainError, newId } from "@wuxin/kernel";
import { award, type County, type Doing, owner, settle, thisMonth, work } from "./random-county.ts";
import * as homes from "./random-homes.ts";
import * as people from "./random-people.ts";
import * as rosters from "./random-rosters.ts";

const { carryOut, repricing } = people;
const { nextMonth, payMonth, generate, send, answer } = rosters;

export const DOINGS = {
  ...{ nextMonth, payMonth, generate, carryOut },
  ...{ raise: people.raise, suspend: people.suspend, resume: people.resume, leave: people.leave },
  ...{ move: people.move, review: people.review, die: people.die },
  ...{ split: homes.split, merge: homes.merge, answerReshape: homes.answerReshape },
  ...{ second: homes.second, choose: homes.choose, correctStandard: people.correctStandard },
  ...{ recover: people.recover, correct: people.correct },
  ...{ discard: rosters.discard, push: rosters.push, bankAnswers: rosters.bankAnswers },
  ...{ wrongFile: rosters.wrongFile, reissue: rosters.reissue },
  ...{ hold: rosters.holdOrRelease("hold"), release: rosters.holdOrRelease("release") },
  award: (w, [a]) => award(w, a),
} satisfies Record<string, Doing>;

/** An office that finishes its work: runs carried out, everything sent, answered and paid again until nothing is left. */
export async function finish(w: County): Promise<void> {
  w.crash = null;
  w.told.push("—— 收尾：全部办完 ——");
  for (let n = 0; n < 3; n++) await carryOut(w, [0, 0, 0]);
  for (const r of (await rosters.rosters(w, "draft", "made", "checked", "approved")).reverse())
    await w.o.as("xian", (tx) => w.house.payments.discard(tx, r.id, { reason: "收尾" }));
  for (let month = 0; month < 2; month++) {
    await nextMonth(w, [0, 0, 0]);
    if (
      !(await rosters.rosters(w, "sent", "closed")).some(
        (r) => r.kind === "monthly" && r.month === thisMonth(w),
      )
    ) {
      await generate(w, [1, 0, 0]);
      for (const r of await rosters.rosters(w, "draft")) await send(w, r);
    }
    for (let n = 0; n < 4; n++) {
      for (const r of await rosters.rosters(w, "sent")) await answer(w, r.id, null);
      for (const r of await rosters.rosters(w, "sent"))
        try {
          await w.o.as("xian", (tx) => w.house.payments.reissue(tx, r.id, { id: newId() }));
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
        }
      for (const r of await rosters.rosters(w, "draft")) await send(w, r);
    }
  }
  await settle(w);
}

/** Every standard counted once more: whom it would still raise. */
export async function stillToRaise(w: County): Promise<unknown[]> {
  const found: unknown[] = [];
  const standards = await owner<{ id: string; since: string }>(
    w,
    "select distinct on (first_month) standard_id as id, first_month as since from reprice where state = 'done' order by first_month, opened_at desc",
  );
  for (const { id, since } of standards.slice(0, 1)) {
    const run = newId();
    await w.o.as("xian", (tx) => repricing(w).open(tx, { id: run, standardId: id, lowers: false }));
    await work(w);
    const { preview } = await w.o.as("xian", (tx) => repricing(w).page(tx, run));
    if (!preview || preview.total.raise > 0) found.push({ since, preview });
    await w.o.as("xian", (tx) => repricing(w).cancel(tx, run));
  }
  return found;
}
