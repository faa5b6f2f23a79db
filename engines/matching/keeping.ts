/** What a scan found becomes what the house keeps of it. */
import { setImmediate as breathe } from "node:timers/promises";
import type { ResolvedFeed } from "@wuxin/declare";
import type { Tx } from "@wuxin/platform";
import { AT_A_TIME, createRaising, factsOf } from "./alerts.ts";
import type { NewAlert } from "./alerts-store.ts";
import { settleDay } from "./falls.ts";
import type { MatchingDeps } from "./ports.ts";
import { codeIn, fromText, type Match, type Scanned, textReader, type Watched } from "./scan-feed.ts";
import * as store from "./store.ts";

/** What a scan found, with its alerts and events, in one transaction; some thousands of people at a time. */
export async function keepFound(
  tx: Tx,
  deps: MatchingDeps,
  run: store.RunRecord,
  feed: ResolvedFeed,
  watch: readonly Watched[],
  found: Scanned,
) {
  const { clock, vault, audit } = deps;
  const codeColumns = feed.columns.flatMap((c, i) =>
    c.type === "uscc" && feed.key.kind !== "uscc" ? [i] : [],
  );
  const textOf = textReader(found.encoding);
  const codesIn = (text: string): string[] =>
    fromText(text)
      .flatMap((r) => codeColumns.map((i) => codeIn(r[i] ?? "")))
      .filter((c) => /^[0-9A-Z]{18}$/.test(c));
  const raising = await createRaising(tx, deps, run, feed);
  const alerts = { fresh: 0, again: 0 };
  const write = async (stored: readonly store.NewMatch[], raised: readonly NewAlert[]) => {
    await store.insertMatches(tx, run, stored);
    const { fresh, again } = await raising.raise(raised);
    alerts.fresh += fresh;
    alerts.again += again;
  };
  // While the database takes in one part, the next is made ready.
  let writing: Promise<void> = Promise.resolve();
  for (const part of found.kept.parts()) {
    const matches: Match[] = [];
    const stored: store.NewMatch[] = [];
    for (const [person, bytes] of part) {
      const [m, w, text] = [found.matches.get(person)!, watch[person]!, textOf(bytes)];
      matches.push(m);
      stored.push({
        ...{ personId: w.id, divisionCode: w.divisionCode, rows: m.rows, score: m.score },
        facts: JSON.stringify(factsOf(feed, m.values)),
        codes: codeColumns.length === 0 ? [] : [...new Set(codesIn(text))],
        sealed: vault.seal(text),
      });
      if (stored.length % AT_A_TIME === 0) await breathe();
    }
    const raised = await raising.judge(watch, matches, writing);
    await writing;
    writing = write(stored, raised);
    writing.catch(() => {}); // awaited with the next part
  }
  await writing;
  await store.endRun(
    tx,
    run.id,
    "done",
    { ...found.report, watched: watch.length, alerts: alerts.fresh, again: alerts.again },
    clock.now(),
  );
  await settleDay(tx, deps, run, feed, found.report.rows);
  await audit.record(tx, {
    ...{ action: "feed.run", object: "feed", objectId: run.id },
    detail: `${feed.title}：${found.report.rows} 行，命中 ${found.report.persons} 人，新预警 ${alerts.fresh} 条`,
  });
}
