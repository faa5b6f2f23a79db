/** The rules over what a run found: who is worth a look, why in words, and that the same fact is one alert. */
import { setImmediate as breathe } from "node:timers/promises";
import type { ResolvedFeed, ResolvedSignal } from "@wuxin/declare";
import { addWorkingDays, ageOn, derivedId, type IsoDate, monthOf } from "@wuxin/kernel";
import { emitMany, type Tx } from "@wuxin/platform";
import { evaluateBatch, type PlainValue, type RuleSet } from "@wuxin/policy";
import { type NewAlert, upsertAlerts } from "./alerts-store.ts";
import { renewed } from "./corrections.ts";
import { type AlertRaised, type Evidence, type FactsOfMatch, inWords, typeOf } from "./model.ts";
import type { MatchingDeps } from "./ports.ts";
import { filledIn, parameterInWords } from "./reckoning.ts";
import { LIKELY } from "./scan/alike.ts";
import type { Match, Watched } from "./scan-feed.ts";
import { coverOf, type RunRecord } from "./store.ts";

/** Sealed in one go; then others get their turn, and what goes to the database goes on its way. */
export const AT_A_TIME = 256;

/** What is sealed with an alert. */
export interface Reason {
  readonly reason: string;
  readonly evidence: readonly Evidence[];
}

const isoOf = (yyyymmdd: number): IsoDate =>
  `${String(yyyymmdd).slice(0, 4)}-${String(yyyymmdd).slice(4, 6)}-${String(yyyymmdd).slice(6, 8)}`;

/** Figures as rules and screens read them: money in 分, days as text; what no row said is absent. */
export function factsOf(feed: ResolvedFeed, values: Float64Array): FactsOfMatch {
  const facts: Record<string, number | string> = {};
  feed.facts.forEach((f, i) => {
    const v = values[i]!;
    if (!Number.isNaN(v)) facts[f.name] = typeOf(feed, f.name) === "date" ? isoOf(v) : v;
  });
  return facts;
}

interface Hit {
  readonly signal: ResolvedSignal;
  readonly ruleSet: RuleSet;
  readonly watched: Watched;
  readonly match: Match;
  readonly facts: FactsOfMatch;
}

/** Everybody of these matches whom a rule of the feed hits. */
function hitsOf(
  rules: readonly Pick<Hit, "signal" | "ruleSet">[],
  feed: ResolvedFeed,
  watch: readonly Watched[],
  matches: readonly Match[],
  today: IsoDate,
): Hit[] {
  const facts = matches.map((m) => factsOf(feed, m.values));
  const hits: Hit[] = [];
  for (const { signal, ruleSet } of rules) {
    const column = (name: string): (PlainValue | undefined)[] => {
      if (name === "在享救助") return matches.map((m) => watch[m.person]!.receiving);
      if (name === "年龄") return matches.map((m) => ageOn(watch[m.person]!.birthDate, today));
      return facts.map((f) => f[name]);
    };
    const { columns } = evaluateBatch(ruleSet, {
      month: monthOf(today),
      wanted: [signal.hit],
      households: {
        count: matches.length,
        offsets: Int32Array.from({ length: matches.length + 1 }, (_, i) => i),
        household: {},
        members: Object.fromEntries(ruleSet.inputs.map((i) => [i.name, column(i.name)])),
      },
    });
    columns[signal.hit]!.values.forEach((v, i) => {
      const match = matches[i]!;
      if (v === true) hits.push({ signal, ruleSet, watched: watch[match.person]!, match, facts: facts[i]! });
    });
  }
  return hits;
}

const reasonOf = (feed: ResolvedFeed, h: Hit, today: IsoDate): string =>
  filledIn(h.signal.reason, (name) => {
    const fact = h.facts[name];
    if (fact !== undefined) return inWords(feed, name, fact);
    if (name === "年龄") return String(ageOn(h.watched.birthDate, today));
    return parameterInWords(h.ruleSet, name, monthOf(today));
  });

/** Alerts of a run, a part of its people at a time; a person comes with one part. */
export interface Raising {
  /** What is being `written` is waited for before anything is read. */
  judge(
    watch: readonly Watched[],
    matches: readonly Match[],
    written: Promise<void>,
  ): Promise<readonly NewAlert[]>;
  /** Stores them and tells of the new ones, in the run's transaction. */
  raise(alerts: readonly NewAlert[]): Promise<{ fresh: number; again: number }>;
}

export async function createRaising(
  tx: Tx,
  deps: MatchingDeps,
  run: Pick<RunRecord, "id" | "feed" | "asOf" | "replaces">,
  feed: ResolvedFeed,
): Promise<Raising> {
  const today = deps.clock.today();
  const { countyCode } = tx.actor;
  const actBy = addWorkingDays(await deps.working(tx), today, 1).date;
  const standards = deps.standards(countyCode);
  const rules = [...deps.catalogue.signals.values()]
    .filter((s) => s.feed === feed.code)
    .map((signal) => ({ signal, ruleSet: signal.ruleSet({ code: countyCode, standards }) }));
  const levels = new Map<string, number>();
  const levelOf = (kind: string) => {
    let level = levels.get(kind);
    if (level === undefined) {
      level = Number(deps.choice(countyCode, `alertLevel.${kind}`, today) ?? (kind === "stop" ? 1 : 3));
      levels.set(kind, level);
    }
    return level;
  };
  const alertOf = (h: Hit, overpaidFen: number | null): NewAlert => {
    const { signal, watched: w } = h;
    // Perhaps somebody else: to be looked at with the month, whatever the rule proposes of a sure match.
    const doubtful = h.match.score !== null && h.match.score < LIKELY;
    const proposes = doubtful && signal.proposes === "stop-payment" ? "review" : signal.proposes;
    const facts = signal.same.map((name) => `${name}=${h.facts[name] ?? ""}`);
    const same = [...facts, ...(doubtful ? ["疑似"] : [])].join("|");
    const id = derivedId(w.id, `${signal.code}|${same}`);
    const occurred = signal.occurred === undefined ? undefined : h.facts[signal.occurred];
    const occurredOn = typeof occurred === "string" ? occurred : null;
    const reason = reasonOf(feed, h, today);
    const evidence: Evidence[] = signal.evidence.flatMap((name) => {
      const v = h.facts[name];
      return v === undefined ? [] : [{ label: name, value: inWords(feed, name, v) }];
    });
    evidence.push({
      label: "数据",
      value: `${feed.department}《${feed.title}》${run.asOf}，${h.match.rows} 条记录`,
    });
    if (h.match.why)
      evidence.push({
        label: "按姓名比对",
        value: `${h.match.why}（相似度 ${h.match.score}），${doubtful ? "可能是别人，请先核实是否本人" : "请核实是否本人"}`,
      });
    return {
      ...{
        id,
        rule: signal.code,
        ruleVersion: h.ruleSet.version.slice(0, 12),
        level: doubtful ? 3 : levelOf(signal.kind),
        proposes,
      },
      ...{
        personId: w.id,
        householdId: w.householdId,
        divisionCode: w.divisionCode,
        title: signal.title,
        occurredOn,
      },
      reasonSealed: deps.vault.seal(JSON.stringify({ reason, evidence } satisfies Reason)),
      actBy: proposes === "stop-payment" ? actBy : null,
      overpaidFen: proposes === signal.proposes ? overpaidFen : null,
    };
  };
  return {
    async judge(watch, matches, written) {
      const hits = hitsOf(rules, feed, watch, matches, today);
      const overpaid = await overpaidOf(tx, deps, hits, written);
      const alerts = new Map<string, NewAlert>();
      for (const [n, hit] of hits.entries()) {
        const alert = alertOf(hit, overpaid[n] ?? null);
        alerts.set(alert.id, alert);
        if (n % AT_A_TIME === 0) await breathe();
      }
      return [...alerts.values()];
    },
    async raise(alerts) {
      const fresh = await upsertAlerts(tx, run, today, await renewed(tx, alerts));
      await emitMany(
        tx,
        "alert.raised",
        [...fresh].map((alertId) => ({ alertId }) satisfies AlertRaised),
      );
      return { fresh: fresh.size, again: alerts.length - fresh.size };
    },
  };
}

/** Paid for months after the one in which it happened; of a household, the person's share. Information: a person decides. */
async function overpaidOf(
  tx: Tx,
  deps: MatchingDeps,
  hits: readonly Hit[],
  written: Promise<void>,
): Promise<(number | null)[]> {
  const dated = hits.map((h) => {
    if (h.signal.proposes !== "stop-payment" || h.signal.occurred === undefined || !h.watched.receiving)
      return null;
    const on = h.facts[h.signal.occurred];
    return typeof on === "string" ? { personId: h.watched.id, month: monthOf(on) } : null;
  });
  const persons = dated.flatMap((d) => (d ? [d.personId] : []));
  if (persons.length === 0) return dated.map(() => null);
  await written;
  const cover = await coverOf(tx, persons);
  const months = await deps.paid.ofEntitlements(tx, [...new Set(cover.map((c) => c.entitlementId))]);
  return dated.map((d) => {
    if (!d) return null;
    return cover
      .filter((c) => c.personId === d.personId)
      .reduce((sum, c) => {
        const paid = months
          .filter((m) => m.entitlementId === c.entitlementId && m.paid && m.month > d.month)
          .reduce((s, m) => s + m.amountFen, 0);
        return sum + Math.floor(paid / Math.max(1, c.persons));
      }, 0);
  });
}
