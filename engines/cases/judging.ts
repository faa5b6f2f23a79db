/**
 * What a household may have, item by item, by the facts on file: for whoever neither draws it nor applied nor stands on a list.
 * The newest facts are read when it is asked, and what is not known is named, not guessed. `judgements.ts` keeps what came of it.
 */
import type { ResolvedItem } from "@wuxin/declare";
import { addMonths, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Facts as PolicyFacts } from "@wuxin/policy";
import { type CurrentFact, type Subject, subjectKey } from "../facts/index.ts";
import { type AssessedPerson, assessInputs, inputsOf } from "./assessment.ts";
import { begun, type CasesDeps, ruleSetOf } from "./deps.ts";
import { drawnBy } from "./drawn.ts";
import { failedStep, failedWords } from "./explain.ts";
import { wrong } from "./self-check.ts";

export interface Judged {
  readonly item: string;
  readonly title: string;
  readonly state: "yes" | "no" | "unsure";
  readonly reason: string;
  /** Whom it is about: of a person's item those of this state, else all who live there. */
  readonly personIds: readonly string[];
  /** Of the rules that said so. */
  readonly version: string;
}
interface Known {
  readonly id: string;
  readonly areaClass: string;
  readonly members: readonly {
    readonly personId: string;
    readonly name: string;
    readonly relation: string;
    readonly diedOn: string | null;
  }[];
}
interface One {
  readonly state: Judged["state"];
  readonly reason: string;
}
/** So many missing facts are named; the rest is counted. */
const NAMED = 4;

/** @param but items of which something is said already */
export async function judgeHousehold(
  tx: Tx,
  deps: CasesDeps,
  of: Known,
  but: ReadonlySet<string>,
): Promise<Judged[]> {
  const today = deps.clock.today();
  const month = addMonths(monthOf(today), 1);
  const county = tx.actor.countyCode;
  const living = of.members.filter((m) => m.diedOn === null);
  const ids = living.map((m) => m.personId);
  const persons = await deps.registry.persons(tx, ids);
  const subjects: Subject[] = [
    { kind: "household", id: of.id },
    ...ids.map((id): Subject => ({ kind: "person", id })),
  ];
  const facts = await deps.facts.current(tx, subjects);
  const judged: Judged[] = [];
  for (const item of deps.catalogue.items.values()) {
    if (but.has(item.code)) continue;
    const rules = ruleSetOf(deps, item, county, month);
    if (!begun(rules, item.outcome.eligible, month)) continue;
    const input = new Map(rules.inputs.map((i) => [i.name, i]));
    const drawn = await drawnBy(tx, deps, item, ids, month);
    const known = (subject: Subject): PolicyFacts => {
      const recorded: ReadonlyMap<string, CurrentFact> = facts.get(subjectKey(subject)) ?? new Map();
      return Object.fromEntries(
        [...recorded].flatMap(([name, f]) => {
          const i = input.get(name);
          // The same name with other choices elsewhere: these rules were not answered.
          return i && wrong(i, f.value, today) === undefined
            ? [[name, { value: f.value, source: f.source, date: f.validFrom }]]
            : [];
        }),
      );
    };
    const people = living.flatMap((m): AssessedPerson[] => {
      const p = persons.get(m.personId);
      if (!p) return [];
      const own = known({ kind: "person", id: m.personId });
      const { name, sex, birthDate, diedOn } = p;
      const ledger = drawn ? { drawn: drawn.get(m.personId) ?? [] } : {};
      return [
        {
          ...{ personId: m.personId, name, sex, birthDate, diedOn, inCounty: true, facts: own },
          ...ledger,
          relation: m.relation,
        },
      ];
    });
    if (people.length === 0) continue;
    const household = known({ kind: "household", id: of.id });
    const judge = (members: readonly AssessedPerson[]): One => {
      const situation = { month, areaClass: of.areaClass, household, members };
      const inputs = inputsOf(item, rules, situation);
      return say(
        item,
        assessInputs(item, rules, { ...inputs, members: relationsKnown(item, inputs.members) }),
      );
    };
    const one =
      item.subject === "household"
        ? { ...judge(people), personIds: people.map((p) => p.personId) }
        : ofPersons(item, people, judge);
    judged.push({ item: item.code, title: item.title, version: rules.version, ...one });
  }
  return judged;
}

/** A person's item, asked of each: whoever has it comes first, then whoever may. */
function ofPersons(
  item: ResolvedItem,
  people: readonly AssessedPerson[],
  judge: (members: readonly AssessedPerson[]) => One,
): One & Pick<Judged, "personIds"> {
  const [self, ...others] = item.form.relations;
  const each = people.map((p) => ({
    id: p.personId,
    name: p.name,
    ...judge([{ ...p, relation: self ?? "本人" }]),
  }));
  // Whoever must support him is not of his household; without them nobody can say that he is entitled.
  const all = others.length > 0 ? each.map((e) => (e.state === "yes" ? unsupported(e) : e)) : each;
  const state = (["yes", "unsure", "no"] as const).find((s) => all.some((e) => e.state === s)) ?? "no";
  const chosen = all.filter((e) => e.state === state);
  const reason =
    state === "no" ? (chosen[0]?.reason ?? "") : chosen.map((e) => `${e.name}：${e.reason}`).join("；");
  return { state, reason, personIds: chosen.map((e) => e.id) };
}
const unsupported = <E extends One>(e: E): E => ({
  ...e,
  ...{ state: "unsure", reason: "还要知道法定义务人的情况，请按申请办理。" },
});

/** The registry's word for a relation may be none of the item's: then it is not known, not another. */
function relationsKnown(item: ResolvedItem, members: readonly PolicyFacts[]): readonly PolicyFacts[] {
  const names = Object.entries(item.registryFacts ?? {}).flatMap(([n, kind]) =>
    kind === "relation" ? [n] : [],
  );
  const [self] = item.form.relations;
  return members.map((facts, n) => {
    const kept: Record<string, PolicyFacts[string]> = { ...facts };
    for (const name of names) {
      const said = kept[name]?.value;
      if (typeof said === "string" && item.form.relations.includes(said)) continue;
      if (n === 0 && self !== undefined) kept[name] = { value: self, source: "户籍登记" };
      else delete kept[name];
    }
    return kept;
  });
}

function say(item: ResolvedItem, a: ReturnType<typeof assessInputs>): One {
  if (a.eligible === true) return { state: "yes", reason: a.explanation.conclusion };
  const failed = a.eligible === false ? failedStep(item, a.decision) : undefined;
  if (a.eligible === false)
    return { state: "no", reason: failed ? `${failedWords(failed)}。` : a.explanation.conclusion };
  const missing = [
    ...new Set(
      a.decision.missing.map((m) => {
        const who = m.member === undefined ? "" : (a.inputs.persons[m.member]?.name ?? "");
        return who && item.subject === "household" ? `${who}的${m.label}` : m.label;
      }),
    ),
  ];
  const rest = missing.length > NAMED ? `等 ${missing.length} 项` : "";
  return { state: "unsure", reason: `还不知道${missing.slice(0, NAMED).join("、")}${rest}。` };
}
