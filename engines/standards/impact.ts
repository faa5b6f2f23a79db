/** The preview of a standard: whom it touches is read in the caller's transaction, the rules run after it. */
import { addMonths, addMonthsToDate, countyOf, fen, type Month, maskName, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { loadRuleSet, type RuleSet, type Source } from "@wuxin/policy";
import { firstMonth, monthsFrom, type StandardInput } from "./model.ts";
import type { Holder, Refused, RuledItem, SituationInputs, StandardsDeps } from "./ports.ts";
import { amounts, changeOf, count, emptyTally, type Tally, type Touched } from "./preview.ts";

/** Rows in the reply at most; the counts are of all. */
const MOST_ROWS = 2_000;
/** Refusals of the last year: their stored facts are not older. */
const REFUSED_MONTHS = 12;
/** Back-pay is counted for two years back; older months are said, not counted. */
const BACK_MONTHS = 24;

export interface Prepared {
  readonly item: RuledItem;
  readonly before: RuleSet;
  readonly after: RuleSet;
  readonly holders: readonly Holder[];
  readonly refused: readonly Refused[];
}
export interface Span {
  readonly month: Month;
  /** Past months from which the standard would have held, oldest first. */
  readonly back: readonly Month[];
  /** Past months before the two years. */
  readonly uncounted: number;
}

/** The month asked for, or the first in which the standard holds, not before this one. */
export function spanOf(input: Pick<StandardInput, "since">, today: string, month: Month | null): Span {
  const now = monthOf(today);
  const first = firstMonth(input.since);
  const all = monthsFrom(first, addMonths(now, -1));
  const back = all.slice(-BACK_MONTHS);
  return { month: month ?? (first > now ? first : now), back, uncounted: all.length - back.length };
}

export async function prepare(
  tx: Tx,
  deps: Pick<StandardsDeps, "population" | "clock">,
  items: readonly RuledItem[],
  sources: { readonly before: Source; readonly after: Source },
  span: Span,
): Promise<Prepared[]> {
  const now = monthOf(deps.clock.today());
  const to = span.month > now ? span.month : now;
  const from = span.back[0] ?? (span.month < now ? span.month : now);
  const since = addMonthsToDate(deps.clock.today(), -REFUSED_MONTHS);
  const prepared: Prepared[] = [];
  for (const item of items) {
    prepared.push({
      item,
      before: item.ruleSet({ code: tx.actor.countyCode, standards: sources.before }),
      after: trial(item, sources.after),
      holders: await deps.population.holders(tx, item.code, from, to),
      refused: await deps.population.refused(tx, item.code, since),
    });
  }
  return prepared;
}

/** Not through `item.ruleSet`, which keeps what it loads: a preview leaves nothing behind. */
export const trial = (item: RuledItem, standards: Source): RuleSet =>
  loadRuleSet({
    name: item.code,
    rules: item.folder.rules ? [item.folder.rules] : [],
    parameters: [...(item.folder.parameters ? [item.folder.parameters] : []), standards],
  });

const liveIn = (h: Holder, month: Month) =>
  h.fromMonth <= month && (h.endMonth === null || h.endMonth >= month);
const situationsOf = (of: readonly { inputs: SituationInputs | null }[]): SituationInputs[] =>
  of.flatMap((h) => (h.inputs ? [h.inputs] : []));

export interface BackMonth {
  readonly month: Month;
  households: number;
  amountFen: number;
}
export interface Impact {
  readonly touched: readonly Touched[];
  readonly back: readonly BackMonth[];
  readonly tookMs: number;
}

export async function impactOf(prepared: readonly Prepared[], span: Span): Promise<Impact> {
  const started = performance.now();
  const touched: Touched[] = [];
  const back: BackMonth[] = span.back.map((month) => ({ month, households: 0, amountFen: 0 }));
  for (const p of prepared) {
    const outcome = p.item.outcome;
    const live = p.holders.filter((h) => liveIn(h, span.month));
    const known = live.filter((h) => h.inputs !== null);
    const before = await amounts(p.before, outcome, span.month, situationsOf(known));
    const after = await amounts(p.after, outcome, span.month, situationsOf(known));
    const at = new Map(known.map((h, i) => [h.entitlementId, i]));
    for (const h of live) {
      const i = at.get(h.entitlementId);
      const beforeFen = i === undefined ? null : (before[i] ?? null);
      const afterFen = i === undefined ? null : (after[i] ?? null);
      touched.push({
        ...person(p.item, h),
        ...{ id: h.entitlementId, kind: "entitlement", beforeFen, afterFen, paidFen: h.amountFen },
        change: changeOf(beforeFen, afterFen),
      });
    }
    touched.push(...(await entering(p, span)));
    for (const b of back) await addBack(b, p);
  }
  return { touched, back, tookMs: Math.round(performance.now() - started) };
}

/** Refused by the rules as they are, and no longer by the new ones. */
async function entering(p: Prepared, span: Span): Promise<Touched[]> {
  const drawing = new Set(
    p.holders.filter((h) => liveIn(h, span.month)).map((h) => h.householdId ?? h.applicantId),
  );
  const refused = p.refused.filter((r) => !drawing.has(r.householdId ?? r.applicantId));
  const before = await amounts(p.before, p.item.outcome, span.month, situationsOf(refused));
  const after = await amounts(p.after, p.item.outcome, span.month, situationsOf(refused));
  return refused.flatMap((r, i): Touched[] => {
    const beforeFen = before[i] ?? null;
    const afterFen = after[i] ?? null;
    if (beforeFen !== 0 || afterFen === null || afterFen === 0) return [];
    return [
      {
        ...person(p.item, r),
        ...{ id: r.caseId, kind: "case", beforeFen, afterFen, paidFen: null },
        change: "enter",
      },
    ];
  });
}

async function addBack(b: BackMonth, p: Prepared): Promise<void> {
  const live = p.holders.filter((h) => liveIn(h, b.month) && h.inputs !== null);
  const before = await amounts(p.before, p.item.outcome, b.month, situationsOf(live));
  const after = await amounts(p.after, p.item.outcome, b.month, situationsOf(live));
  live.forEach((_, i) => {
    const difference = (after[i] ?? 0) - (before[i] ?? 0);
    if (before[i] === null || after[i] === null || difference === 0) return;
    b.households++;
    b.amountFen = fen(b.amountFen + difference);
  });
}

function person(item: RuledItem, of: { inputs: SituationInputs | null; divisionCode: string }) {
  return {
    item: item.code,
    name: maskName(of.inputs?.persons[0]?.name ?? "（没有留存）"),
    divisionCode: of.divisionCode,
    townshipCode: of.divisionCode.slice(0, 9),
  };
}

/** The contract's shape: totals, townships by cost, the rows that matter most first. */
export function impactView(
  impact: Impact,
  span: Span,
  prepared: readonly Prepared[],
  names: (divisionCode: string) => string,
) {
  const total = emptyTally();
  const townships = new Map<string, Tally>();
  for (const t of impact.touched) {
    count(total, t);
    let tally = townships.get(t.townshipCode);
    if (!tally) {
      tally = emptyTally();
      townships.set(t.townshipCode, tally);
    }
    count(tally, t);
  }
  const moved = impact.touched.filter((t) => t.change !== "same");
  const weight = (t: Touched) => Math.abs((t.afterFen ?? 0) - (t.beforeFen ?? 0));
  const title = new Map(prepared.map((p) => [p.item.code, p.item.shortTitle]));
  const rows = moved.toSorted((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1));
  const withDifference = (t: Tally) => ({
    ...t,
    monthlyFen: fen(t.afterFen - t.beforeFen),
    yearlyFen: fen((t.afterFen - t.beforeFen) * 12),
  });
  return {
    month: span.month,
    items: prepared.map((p) => ({
      code: p.item.code,
      title: p.item.title,
      versionBefore: p.before.version,
      versionAfter: p.after.version,
    })),
    total: withDifference(total),
    /** In force now, not recomputed since an earlier change: their real step is larger or smaller than shown. */
    outOfStep: impact.touched.filter(
      (t) => t.kind === "entitlement" && t.beforeFen !== null && t.paidFen !== t.beforeFen,
    ).length,
    townships: [...townships]
      .map(([code, t]) => ({
        code,
        name: code.length === 9 ? names(code) : names(countyOf(code)),
        ...withDifference(t),
      }))
      .sort((a, b) => b.monthlyFen - a.monthlyFen || (a.code < b.code ? -1 : 1)),
    back: impact.back.map((b) => ({ ...b })),
    backFen: fen(impact.back.reduce((sum, b) => sum + b.amountFen, 0)),
    backUncountedMonths: span.uncounted,
    rows: rows.slice(0, MOST_ROWS).map((t) => ({
      item: t.item,
      itemTitle: title.get(t.item) ?? t.item,
      id: t.id,
      kind: t.kind,
      name: t.name,
      townshipCode: t.townshipCode,
      divisionName: names(t.divisionCode),
      change: t.change,
      beforeFen: t.beforeFen,
      afterFen: t.afterFen,
      paidFen: t.paidFen,
    })),
    rowsLeft: Math.max(0, rows.length - MOST_ROWS),
    tookMs: impact.tookMs,
  };
}
