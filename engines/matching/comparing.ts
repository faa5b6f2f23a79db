/** Declared beside what the lists say, item by item, and the figures for the case that takes them in. */
import { type FeedFact, feedsOf, type ResolvedFeed } from "@wuxin/declare";
import { formatYuan, type IsoDate, monthOf, type Scalar } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { FoundValue } from "./answer-lines.ts";
import { type FactsOfMatch, householdFigure, inWords, wholeLists } from "./model.ts";
import { answered } from "./packages-store.ts";
import type { CaseToCheck, MatchingDeps } from "./ports.ts";
import { reckon } from "./reckoning.ts";
import { codeIn, fromText } from "./scan-feed.ts";
import { type LastList, lastLists, newestMatches, notLookedFor } from "./store.ts";

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
  /** Both are there to be held to each other. */
  readonly compared: boolean;
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
type Unseen = (feeds: readonly string[], of: (personId: string) => boolean) => readonly string[];
export interface Compared {
  readonly items: readonly CheckItem[];
  readonly found: readonly Found[];
  /** What a list speaks of without saying enough: no figure, and none that adds it up. */
  readonly open: readonly string[];
}

/** No list says anything of anybody: each person was looked for, and is in none. It is no figure. */
export const SILENT = "名单中没有查到";
/** No list, or not of everybody. */
export const UNKNOWN = "不能确定";

export function createComparing(
  deps: Pick<MatchingDeps, "clock" | "catalogue" | "standards" | "vault" | "wide">,
) {
  const { clock, catalogue } = deps;
  const feeds = () => [...catalogue.feeds.values()].filter((f) => f.use.includes("verification"));

  async function look(tx: Tx, c: CaseToCheck): Promise<Compared> {
    const asked = feeds();
    const found = await newestMatches(
      tx,
      c.persons.map((p) => p.id),
      asked.map((f) => f.code),
      wholeLists(asked),
    );
    const last = new Map((await lastLists(tx)).map((r) => [r.feed, r]));
    const missed = await notLookedFor(
      tx,
      c.persons.map((p) => p.id),
      asked.filter((f) => f.authorisedOnly).map((f) => f.code),
      clock.today(),
    );
    // Packages are the county's; what they told of people who signed, whoever makes their report may read.
    const answers = await deps.wide(tx, () =>
      answered(
        tx,
        c.persons.map((p) => p.id),
      ),
    );
    /** What a package answered of this item, unless a list said otherwise since. */
    const toldOf = (feed: ResolvedFeed, item: string) =>
      answers.filter((a) => {
        if (a.feed !== feed.code || a.item !== item) return false;
        const listed = found.find((m) => m.feed === feed.code && m.personId === a.personId)?.asOf;
        const since = feed.extent === "whole" ? last.get(feed.code)?.asOf : listed;
        return since === undefined || since <= a.asOf;
      });
    /** Of these people, who was not looked for in any of the lists. */
    const unseen: Unseen = (codes, of) =>
      c.persons
        .filter((p) => of(p.id) && missed.some((m) => m.personId === p.id && codes.includes(m.feed)))
        .map((p) => p.name);
    // What a reckoning takes is told in its words.
    const taken = new Set([...catalogue.reckonings.values()].flatMap((r) => r.takes));
    const figures: Found[] = [];
    const items = asked.flatMap((feed) =>
      feed.facts
        .filter((fact) => !taken.has(fact.name))
        .map((fact): CheckItem => {
          const told = toldOf(feed, fact.name);
          const was = (personId: string) => told.some((a) => a.personId === personId);
          const asOf = c.persons.every((p) => was(p.id))
            ? (told.map((a) => a.asOf).sort()[0] ?? null)
            : (last.get(feed.code)?.asOf ?? null);
          const listed = found.flatMap(({ feed: f, personId, facts, sealed }) => {
            const value = facts[fact.name];
            return f !== feed.code || value === undefined || was(personId)
              ? []
              : [{ personId, value, sealed }];
          });
          const given = told.flatMap(({ personId, foundSealed }) => {
            const value = JSON.parse(deps.vault.open(foundSealed)) as FoundValue;
            return value === null ? [] : [{ personId, value }];
          });
          const rows = [...listed, ...given];
          const of = rows.map(({ personId, value }) => ({
            name: c.persons.find((p) => p.id === personId)?.name ?? "",
            value: inWords(feed, fact.name, value),
          }));
          const all = householdFigure(
            fact,
            rows.map((r) => r.value),
          );
          const twice = namedAgain(
            feed,
            fact,
            listed.map((m) => m.sealed),
          );
          const sum = typeof all === "number" ? all - twice : all;
          const declared = fact.answers === undefined ? undefined : c.declared.get(fact.answers);
          const without = unseen([feed.code], (id) => !was(id) && !rows.some((m) => m.personId === id));
          const whole = asOf !== null && without.length === 0;
          // That nobody is in the list agrees with having declared none; it says nothing against a declared sum.
          const comparable = whole && typeof declared === "number" && (sum !== null || declared === 0);
          if (whole && sum !== null && fact.answers !== undefined)
            figures.push({
              ...{ personId: null, fact: fact.answers, found: sum },
              from: `${feed.department}，截至 ${asOf}`,
            });
          return {
            ...{ item: fact.name, department: feed.department, feed: feed.title, asOf, of },
            declared: declared === undefined ? null : declaredText(feed, fact.name, declared),
            found: sum !== null ? inWords(feed, fact.name, sum) : whole ? SILENT : UNKNOWN,
            compared: comparable,
            differs: comparable && sum !== null && sum !== declared,
            note:
              [
                twice > 0 && `几个人共有的只算一次，少算 ${twice}。`,
                noteOf(feed, asOf),
                notLooked(without),
                byPackage(told.length, c.persons.length),
              ]
                .filter(Boolean)
                .join("") || null,
          };
        }),
    );
    const reckoned = reckonings(tx.actor.countyCode, c, found, last, unseen);
    return {
      items: [...items, ...reckoned.map((r) => r.item)],
      found: [...figures, ...reckoned.flatMap((r) => r.found)],
      open: reckoned.flatMap((r) => (r.open ? [r.answers] : [])),
    };
  }

  /** How often what is counted (a house, a car) is named of another of these people too: husband and wife own one. */
  function namedAgain(feed: ResolvedFeed, fact: FeedFact, kept: readonly Buffer[]): number {
    if (kept.length < 2 || feed.thing === undefined || !("count" in fact.take)) return 0;
    const at = (name: string) => feed.columns.findIndex((c) => c.name === name);
    const thing = at(feed.thing);
    const named = kept.flatMap((sealed) => {
      const counted = fromText(deps.vault.open(sealed)).filter((row) =>
        (fact.where ?? []).every((w) => w.in.includes(row[at(w.column)] ?? "")),
      );
      return [...new Set(counted.map((row) => codeIn(row[thing] ?? "")).filter((name) => name !== ""))];
    });
    return named.length - new Set(named).size;
  }

  /** Wages, business and pensions: of each person what the lists come to, beside what he declared. */
  function reckonings(
    county: string,
    c: CaseToCheck,
    matches: Awaited<ReturnType<typeof newestMatches>>,
    last: ReadonlyMap<string, LastList>,
    unseen: Unseen,
  ): { answers: string; item: CheckItem; found: Found[]; open: boolean }[] {
    const nameOf = (id: string) => c.persons.find((p) => p.id === id)?.name ?? "";
    const ofMembers = [...catalogue.reckonings.values()].filter((r) => !r.ofSupporter);
    return ofMembers.map((r) => {
      const sources = feedsOf(r, catalogue.feeds);
      const given = sources.filter((f) => last.has(f.code));
      const asOf = given.map((f) => last.get(f.code)!.asOf).sort()[0] ?? null;
      const said = new Map(
        c.persons.map((p) => [
          p.id,
          Object.assign(
            {},
            ...matches.filter((m) => m.personId === p.id).map((m) => m.facts),
          ) as FactsOfMatch,
        ]),
      );
      const ruleSet = r.ruleSet({ code: county, standards: deps.standards(county) });
      const { people, unverified } = reckon(r, ruleSet, monthOf(clock.today()), catalogue.feeds, said);
      const from = `${[...new Set(given.map((f) => f.department))].join("、")}，折算，截至 ${asOf}`;
      const figures = people.flatMap(({ personId, found }) =>
        found === null ? [] : [{ personId, fact: r.answers, found, from }],
      );
      const yuan = (fen: number) => `${formatYuan(fen)} 元`;
      const declaredBy = c.persons
        .map((p) => c.declaredBy.get(p.id)?.get(r.answers))
        .filter((v) => typeof v === "number");
      const notes = people.map(
        (p) =>
          `${nameOf(p.personId)}：${p.words}${p.missing.length > 0 ? `；不能确定，缺 ${p.missing.join("、")}，请入户核实` : ""}。`,
      );
      const notGiven = sources.filter((f) => !last.has(f.code)).map((f) => `《${f.title}》`);
      if (unverified.length > 0) notes.push(`${unverified.join("、")}是示例值，尚未按文件核实。`);
      if (notGiven.length > 0) notes.push(`还没有收到${notGiven.join("、")}。`);
      const without = unseen(
        given.map((f) => f.code),
        (id) => !people.some((p) => p.personId === id),
      );
      if (without.length > 0) notes.push(notLooked(without));
      const whole =
        notGiven.length === 0 && without.length === 0 && people.every((p) => p.missing.length === 0);
      return {
        answers: r.answers,
        found: figures,
        open: people.some((p) => p.missing.length > 0),
        item: {
          ...{ item: `${r.answers}（折算）`, asOf, feed: sources.map((f) => f.title).join("、") },
          department: [...new Set(sources.map((f) => f.department))].join("、"),
          declared: declaredBy.length === 0 ? null : yuan(sumOf(declaredBy)),
          found: figures.length > 0 ? yuan(sumOf(figures.map((f) => f.found))) : whole ? SILENT : UNKNOWN,
          differs: figures.some(({ personId, found }) => {
            const said = c.declaredBy.get(personId)?.get(r.answers);
            return typeof said === "number" && said !== found;
          }),
          compared: figures.some((f) => typeof c.declaredBy.get(f.personId)?.get(r.answers) === "number"),
          of: figures.map((f) => ({ name: nameOf(f.personId), value: yuan(f.found) })),
          note: notes.length === 0 ? null : notes.join(""),
        },
      };
    });
  }
  const sumOf = (fen: readonly number[]) => fen.reduce((a, b) => a + b, 0);
  const notLooked = (names: readonly string[]): string =>
    names.length === 0 ? "" : `${names.join("、")}在名单收到以后才登记或授权，没有查过，请索取新的名单。`;

  const byPackage = (n: number, of: number): string =>
    n === 0 ? "" : `${n < of ? `其中 ${n} 人` : ""}按${catalogue.checkPackage?.partner ?? ""}的答复。`;

  function noteOf(feed: ResolvedFeed, asOf: IsoDate | null): string | null {
    if (asOf === null) return "还没有收到这份数据，本项没有核对。";
    const days = Math.floor((Date.parse(clock.today()) - Date.parse(asOf)) / 86_400_000);
    return days > feed.freshDays ? `数据截至 ${asOf}，已过 ${days} 天，请索取新的数据。` : null;
  }
  const declaredText = (feed: ResolvedFeed, fact: string, v: Scalar): string =>
    typeof v === "number" ? inWords(feed, fact, v) : v === null ? "没有" : String(v);

  return { look };
}
