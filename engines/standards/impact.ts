/** The preview of changed texts: whom they touch is read in the caller's transaction, the rules run after it. */
import { filesIn, type RuleTexts } from "@wuxin/declare";
import { addMonths, addMonthsToDate, fen, type Month, maskName, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { loadRuleSet, type RuleSet } from "@wuxin/policy";
import { monthsFrom } from "./model.ts";
import type { Holder, Refused, RuledItem, SituationInputs, StandardsDeps } from "./ports.ts";
import { amounts, type Computed, changeOf, type RulesIn, type Touched } from "./preview.ts";

/** Refusals of the last year: their stored facts are not older. */
const REFUSED_MONTHS = 12;
/** Back-pay is counted for two years back; older months are said, not counted. */
const BACK_MONTHS = 24;
const AHEAD_MONTHS = 12;

export interface Prepared {
  readonly item: RuledItem;
  readonly before: RulesIn;
  readonly after: RulesIn;
  readonly holders: readonly Holder[];
  readonly refused: readonly Refused[];
}
export interface Span {
  readonly month: Month;
  /** Past months from which the change would have held, oldest first. */
  readonly back: readonly Month[];
  /** The twelve months from this one, or from that in which it begins. */
  readonly ahead: readonly Month[];
  /** Past months before the two years. */
  readonly uncounted: number;
}

/** The month asked for, or the first in which the change holds, not before this one. */
export function spanOf(first: Month, today: string, month: Month | null): Span {
  const now = monthOf(today);
  const all = monthsFrom(first, addMonths(now, -1));
  const back = all.slice(-BACK_MONTHS);
  const start = first > now ? first : now;
  return {
    month: month ?? start,
    back,
    ahead: monthsFrom(start, addMonths(start, AHEAD_MONTHS - 1)),
    uncounted: all.length - back.length,
  };
}

export async function prepare(
  tx: Tx,
  deps: Pick<StandardsDeps, "population" | "clock">,
  items: readonly RuledItem[],
  texts: { readonly before: RuleTexts; readonly after: RuleTexts },
  span: Span,
): Promise<Prepared[]> {
  const now = monthOf(deps.clock.today());
  const to = [now, span.month, ...span.ahead].reduce((a, b) => (a > b ? a : b));
  const from = span.back[0] ?? (span.month < now ? span.month : now);
  const since = addMonthsToDate(deps.clock.today(), -REFUSED_MONTHS);
  const prepared: Prepared[] = [];
  for (const item of items) {
    const code = tx.actor.countyCode;
    prepared.push({
      item,
      before: (month) => item.ruleSet({ code, standards: texts.before, month }),
      after: trials(item, texts.after),
      holders: await deps.population.holders(tx, item.code, from, to),
      refused: await deps.population.refused(tx, item.code, since),
    });
  }
  return prepared;
}

/** Not through `item.ruleSet`, which keeps what it loads: a preview leaves nothing behind. */
export function trial(item: RuledItem, texts: RuleTexts, month: Month): RuleSet {
  const { rules, parameters } = filesIn(item, texts, month);
  return loadRuleSet({
    name: item.code,
    rules: rules ? [rules] : [],
    parameters: [...(parameters ? [parameters] : []), texts],
  });
}

/** Of each month, loaded once for each text. */
export function trials(item: RuledItem, texts: RuleTexts): RulesIn {
  const sets = new Map<unknown, RuleSet>();
  return (month) => {
    const files = filesIn(item, texts, month).rules;
    let set = sets.get(files);
    if (!set) {
      set = trial(item, texts, month);
      sets.set(files, set);
    }
    return set;
  };
}

const liveIn = (h: Holder, month: Month) =>
  h.fromMonth <= month && (h.endMonth === null || h.endMonth >= month);
const situationsOf = (of: readonly { inputs: SituationInputs | null }[]): SituationInputs[] =>
  of.flatMap((h) => (h.inputs ? [h.inputs] : []));

/** What the change costs in one month, by township. */
export interface MonthCost {
  readonly month: Month;
  readonly townships: Map<string, TownshipCost>;
}
export interface TownshipCost {
  /** Whose amount is another. */
  households: number;
  beforeFen: number;
  afterFen: number;
}
export interface Impact {
  readonly touched: readonly Touched[];
  /** Past months first. */
  readonly months: readonly MonthCost[];
  readonly tookMs: number;
}

export async function impactOf(prepared: readonly Prepared[], span: Span): Promise<Impact> {
  const started = performance.now();
  const touched: Touched[] = [];
  const months = [...span.back, ...span.ahead].map((month): MonthCost => ({ month, townships: new Map() }));
  for (const p of prepared) {
    const outcome = p.item.outcome;
    const known = p.holders.filter((h) => h.inputs !== null);
    const at = new Map(known.map((h, i) => [h.entitlementId, i]));
    const asked = [...new Set([...span.back, span.month, ...span.ahead])];
    const before = await amounts(p.before, outcome, asked, situationsOf(known));
    const after = await amounts(p.after, outcome, asked, situationsOf(known));
    const of = (table: typeof before, month: Month, h: Holder): Computed => {
      const i = at.get(h.entitlementId);
      return i === undefined ? null : (table.get(month)?.[i] ?? null);
    };
    for (const h of p.holders.filter((x) => liveIn(x, span.month))) {
      const beforeFen = of(before, span.month, h);
      const afterFen = of(after, span.month, h);
      touched.push({
        ...person(p.item, h),
        ...{ id: h.entitlementId, kind: "entitlement", beforeFen, afterFen, paidFen: h.amountFen },
        change: changeOf(beforeFen, afterFen),
      });
    }
    for (const { month, townships } of months)
      for (const h of known)
        if (liveIn(h, month)) addCost(townships, h, of(before, month, h), of(after, month, h));
    touched.push(...(await entering(p, span)));
  }
  return { touched, months, tookMs: Math.round(performance.now() - started) };
}

function addCost(townships: MonthCost["townships"], h: Holder, before: Computed, after: Computed): void {
  if (before === null || after === null) return;
  const code = h.divisionCode.slice(0, 9);
  let cost = townships.get(code);
  if (!cost) {
    cost = { households: 0, beforeFen: 0, afterFen: 0 };
    townships.set(code, cost);
  }
  if (before !== after) cost.households++;
  cost.beforeFen = fen(cost.beforeFen + before);
  cost.afterFen = fen(cost.afterFen + after);
}

/** Refused by the rules as they are, and no longer by the new ones. */
async function entering(p: Prepared, { month }: Pick<Span, "month">): Promise<Touched[]> {
  const drawing = new Set(
    p.holders.filter((h) => liveIn(h, month)).map((h) => h.householdId ?? h.applicantId),
  );
  const refused = p.refused.filter((r) => !drawing.has(r.householdId ?? r.applicantId));
  const before = (await amounts(p.before, p.item.outcome, [month], situationsOf(refused))).get(month);
  const after = (await amounts(p.after, p.item.outcome, [month], situationsOf(refused))).get(month);
  return refused.flatMap((r, i): Touched[] => {
    const beforeFen = before?.[i] ?? null;
    const afterFen = after?.[i] ?? null;
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

/** Whom the rules refused in the last year and would not refuse any more. */
export async function newlyQualifying(
  tx: Tx,
  deps: Pick<StandardsDeps, "population" | "clock">,
  items: readonly RuledItem[],
  texts: { readonly before: RuleTexts; readonly after: RuleTexts },
  month: Month,
): Promise<Touched[]> {
  const since = addMonthsToDate(deps.clock.today(), -REFUSED_MONTHS);
  const found: Touched[] = [];
  for (const item of items) {
    const refused = await deps.population.refused(tx, item.code, since);
    if (refused.length === 0) continue;
    const [before, after] = [trials(item, texts.before), trials(item, texts.after)];
    found.push(...(await entering({ item, before, after, holders: [], refused }, { month })));
  }
  return found;
}

function person(item: RuledItem, of: { inputs: SituationInputs | null; divisionCode: string }) {
  return {
    item: item.code,
    name: maskName(of.inputs?.persons[0]?.name ?? "（没有留存）"),
    divisionCode: of.divisionCode,
    townshipCode: of.divisionCode.slice(0, 9),
  };
}
