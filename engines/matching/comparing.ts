/** Declared beside what the lists say, item by item, and the figures for the case that takes them in. */
import type { ResolvedFeed } from "@wuxin/declare";
import type { IsoDate, Scalar } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { inWords } from "./alerts.ts";
import { householdFigure } from "./model.ts";
import type { CaseToCheck, MatchingDeps } from "./ports.ts";
import { newestMatches } from "./store.ts";

export interface CheckItem {
  /** What was asked. */
  readonly item: string;
  readonly department: string;
  readonly feed: string;
  readonly asOf: IsoDate | null;
  /** Of the application, where it has such an item. */
  readonly declared: string | null;
  readonly found: string;
  readonly differs: boolean;
  readonly of: readonly { readonly name: string; readonly value: string }[];
  /** The list is older than it should be, or was never given. */
  readonly note: string | null;
}
/** A figure found, for the step of the case that takes the report in. */
export interface Found {
  readonly personId: string | null;
  readonly fact: string;
  readonly found: Scalar;
  readonly from: string;
}
export interface Compared {
  readonly items: readonly CheckItem[];
  readonly found: readonly Found[];
}

export function createComparing({ clock, catalogue }: Pick<MatchingDeps, "clock" | "catalogue">) {
  const feeds = () => [...catalogue.feeds.values()].filter((f) => f.use.includes("verification"));

  async function look(tx: Tx, c: CaseToCheck): Promise<Compared> {
    const asked = feeds();
    const found = await newestMatches(
      tx,
      c.persons.map((p) => p.id),
      asked.map((f) => f.code),
    );
    const last = new Map((await lastAsOf(tx)).map((r) => [r.feed, r.asOf]));
    const figures: Found[] = [];
    const items = asked.flatMap((feed) =>
      feed.facts.map((fact): CheckItem => {
        const asOf = last.get(feed.code) ?? null;
        const rows = found.filter((m) => m.feed === feed.code && m.facts[fact.name] !== undefined);
        const of = rows.map((m) => ({
          name: c.persons.find((p) => p.id === m.personId)?.name ?? "",
          value: inWords(feed, fact.name, m.facts[fact.name]!),
        }));
        const sum = householdFigure(
          fact,
          rows.map((m) => m.facts[fact.name]!),
        );
        const each = fact.answersOf === "person";
        const foundOf = (personId: string) => rows.find((m) => m.personId === personId)?.facts[fact.name];
        const saidBy = (personId: string) => c.declaredBy.get(personId)?.get(fact.answers ?? "");
        const declared =
          fact.answers === undefined
            ? undefined
            : each
              ? (householdFigure(
                  fact,
                  c.persons.map((p) => saidBy(p.id)).filter((v) => typeof v === "number"),
                ) ?? undefined)
              : c.declared.get(fact.answers);
        const comparable = asOf !== null && typeof declared === "number";
        const differs = each
          ? asOf !== null &&
            c.persons.some((p) => typeof saidBy(p.id) === "number" && saidBy(p.id) !== (foundOf(p.id) ?? 0))
          : comparable && (typeof sum === "number" ? sum : 0) !== declared;
        const from = `${feed.department}，截至 ${asOf}`;
        if (asOf !== null && fact.answers !== undefined)
          for (const personId of each ? c.persons.map((p) => p.id) : [null])
            figures.push({
              ...{ personId, fact: fact.answers, from },
              found: (personId === null ? sum : foundOf(personId)) ?? 0,
            });
        return {
          ...{ item: fact.name, department: feed.department, feed: feed.title, asOf, of },
          declared: declared === undefined ? null : declaredText(feed, fact.name, declared),
          found: asOf === null ? "未查" : sum === null ? "无记录" : inWords(feed, fact.name, sum),
          differs,
          note: noteOf(feed, asOf),
        };
      }),
    );
    return { items, found: figures };
  }
  const lastAsOf = (tx: Tx) =>
    tx.query<{ feed: string; asOf: IsoDate }>(`select feed, as_of as "asOf" from feed_last()`);

  function noteOf(feed: ResolvedFeed, asOf: IsoDate | null): string | null {
    if (asOf === null) return "还没有收到这份数据，本项没有核对。";
    const days = Math.floor((Date.parse(clock.today()) - Date.parse(asOf)) / 86_400_000);
    return days > feed.freshDays ? `数据截至 ${asOf}，已过 ${days} 天，请索取新的数据。` : null;
  }
  const declaredText = (feed: ResolvedFeed, fact: string, v: Scalar): string =>
    typeof v === "number" ? inWords(feed, fact, v) : v === null ? "没有" : String(v);

  return { look };
}
