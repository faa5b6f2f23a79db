/**
 * A run over everybody who draws: counted first, then applied, some thousand households a transaction. Whatever stops it,
 * the next worker goes on behind the last piece that was committed; a piece done twice adds nothing.
 */
import { DomainError, type Month, monthOf } from "@wuxin/kernel";
import { isUniqueViolation, type JobContext, type JobHandler, type Tx } from "@wuxin/platform";
import type { EntitlementsDeps, Repricing } from "./ports.ts";
import { type Chunk, computed, type Engine, engineOf, type Reader, read } from "./reprice-chunk.ts";
import { added, emptyTotals, monthNumber, monthText, type Totals, type Window } from "./reprice-model.ts";
import * as store from "./reprice-store.ts";

export const COUNT_JOB = "reprice.count";
export const APPLY_JOB = "reprice.apply";

/** Households a transaction: short enough to stop at once, long enough to be cheap. */
const CHUNK = 8_000;
const ZERO = "00000000-0000-0000-0000-000000000000";

/** Where a run stands. */
interface Place {
  /** Of the run's items, the one under way. */
  readonly item: number;
  readonly after: string;
  readonly done: number;
  readonly totals: Totals;
  /** The month in which it began. */
  readonly current: Month;
  readonly seconds: number;
}
/** What is kept of a count and of a run. */
export interface Told {
  readonly totals: Totals;
  readonly current: Month;
  readonly seconds: number;
}
export interface Preview extends Told {
  readonly entering: readonly {
    readonly caseId: string;
    readonly item: string;
    readonly name: string;
    readonly divisionCode: string;
    readonly amountFen: number;
  }[];
}

export function createRepriceJobs(deps: EntitlementsDeps & { readonly repricing: Repricing }) {
  const { clock, repricing } = deps;

  function engines(county: string, r: store.RepriceRecord, window: Window): Engine[] {
    return r.items.map((item) =>
      engineOf(
        item.code,
        (month) => {
          const rules = repricing.rules(county, item.code, month, versionIn(item, month));
          if (rules) return rules;
          throw new DomainError(
            "action-not-allowed",
            `测算之后「${item.title}」的规则又有变化，测算时的规则已经取不到。请取消这次提标，重新测算。`,
          );
        },
        window,
      ),
    );
  }

  async function get(context: JobContext): Promise<store.RepriceRecord> {
    const { repriceId } = context.job.input as { repriceId: string };
    const r = await context.db.read(context.actor, (tx) => store.findReprice(tx, repriceId));
    if (!r) throw new DomainError("not-found", "没有找到这次提标。");
    return r;
  }

  /** From a place to the end; `write` does what a piece is for, with the place after it. */
  async function through(
    context: JobContext,
    r: store.RepriceRecord,
    from: Place,
    write: (tx: Tx, e: Engine, chunk: Chunk, place: Place) => Promise<void>,
  ): Promise<Place> {
    const { db, actor } = context;
    const list = engines(actor.countyCode, r, windowOf(r, from.current));
    const total = await db.read(actor, (tx) =>
      store.countHolders(
        tx,
        r.items.map((i) => i.code),
        r.firstMonth,
        monthText(windowOf(r, from.current).end),
      ),
    );
    const reader: Reader = {
      ...{ db, actor, rules: repricing, size: deps.repricePiece ?? CHUNK },
      current: monthNumber(from.current),
    };
    let place = from;
    for (let i = place.item; i < list.length; i++) {
      const e = list[i] as Engine;
      // Three pieces at once: one is read, one computed, one written.
      const ahead = (after: string) => {
        const standing = read(reader, e, after);
        standing.catch(() => {}); // looked at when its turn comes
        return standing;
      };
      let standing = ahead(place.after);
      const next = () => {
        const chunk = standing.then((s) => {
          if (s.last === null) return null;
          standing = ahead(s.last);
          return computed(reader, e, s);
        });
        chunk.catch(() => {});
        return chunk;
      };
      let coming = next();
      for (;;) {
        const began = performance.now();
        const ready = await coming;
        if (ready === null) break;
        let chunk: Chunk = ready;
        coming = next();
        for (let tries = 1; ; tries++) {
          const after: Place = {
            ...{ item: i, after: chunk.last as string, done: place.done + chunk.households },
            ...{ totals: added(place.totals, chunk.totals), current: place.current },
            seconds: place.seconds + (performance.now() - began) / 1000,
          };
          try {
            await context.step(async (tx) => {
              await write(tx, e, chunk, after);
              return { done: after.done, total: Math.max(total, after.done) };
            });
            place = after;
            break;
          } catch (error) {
            // A decision or a death changed one of these households since it was read: read again.
            if (!isUniqueViolation(error, "entitlement_amount_pkey") || tries === 5) throw error;
            chunk = await computed(reader, e, await read(reader, e, place.after));
            if (chunk.last === null) break;
            standing = ahead(chunk.last);
            coming = next();
          }
        }
      }
      place = { ...place, item: i + 1, after: ZERO };
    }
    return place;
  }

  const begin = (): Place => ({
    ...{ item: 0, after: ZERO, done: 0, totals: emptyTotals() },
    ...{ current: monthOf(clock.today()), seconds: 0 },
  });

  const countJob: JobHandler = async (context) => {
    const r = await get(context);
    if (r.state !== "counting") return null;
    const from = (r.place as Place | null) ?? begin();
    const end = await through(context, r, from, async (tx, _e, chunk, place) => {
      await store.addExceptions(tx, r.id, chunk.left);
      await store.moveReprice(tx, r.id, { place });
    });
    const { totals, current, seconds } = end;
    await context.step(async (tx) => {
      const entering = await repricing.entering(tx, r.standardId, monthText(windowOf(r, current).now));
      const preview: Preview = { totals, current, seconds: rounded(seconds), entering };
      await store.moveReprice(tx, r.id, { state: "ready", preview, place: null });
      return { done: end.done, total: end.done };
    });
    return { households: totals.total.households, seconds: rounded(seconds) };
  };

  const applyJob: JobHandler = async (context) => {
    const r = await get(context);
    if (r.state !== "applying") return null;
    const reason = `${r.cause === "rule" ? "规则变动" : "提标"}：${r.label}（${r.document}）`;
    const from = (r.place as Place | null) ?? begin();
    const end = await through(context, r, from, async (tx, _e, chunk, place) => {
      await store.addAmounts(tx, { repriceId: r.id, reason, at: clock.now() }, chunk.amounts);
      await store.moveReprice(tx, r.id, { place });
    });
    const { totals, current, seconds } = end;
    const report: Told = { totals, current, seconds: rounded(seconds) };
    await context.step(async (tx) => {
      await store.moveReprice(tx, r.id, { state: "done", report, ended: clock.now() });
      return { done: end.done, total: end.done };
    });
    return { households: totals.total.households, raised: totals.total.raise, seconds: rounded(seconds) };
  };

  return { [COUNT_JOB]: countJob, [APPLY_JOB]: applyJob };
}

/** The version that was counted for a month. */
export const versionIn = (item: store.RepriceItem, month: Month): string =>
  (item.versions.findLast((v) => v.from <= month) ?? item.versions[0])?.version ?? "";

/** So many months ahead a change may be entered (reshape-work.ts: from one of the next three months on). */
const ENTERED_AHEAD = 3;
/** From the standard's first month to the next month; what is lowered is lowered from the next month on. */
export function windowOf(r: Pick<store.RepriceRecord, "firstMonth" | "lowers">, current: Month): Window {
  const [first, now] = [monthNumber(r.firstMonth), monthNumber(current)];
  const next = Math.max(first, now + 1);
  const end = Math.max(next, now + ENTERED_AHEAD);
  return { first, last: next, end, now: Math.max(first, now), open: next, lowers: r.lowers };
}

const rounded = (seconds: number) => Math.round(seconds * 10) / 10;
