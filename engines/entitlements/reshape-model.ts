/** Pure: one household that draws becomes two, or two become one; what the rules are then given. */
import type { Facts } from "@wuxin/policy";
import type { SituationInputs } from "./basis.ts";

export type ReshapeKind = "split" | "merge";
export const RESHAPE_KINDS: Readonly<Record<ReshapeKind, string>> = { split: "分户", merge: "合户" };
export const RESHAPE_STATES = {
  proposed: "待确认",
  confirmed: "已确认",
  rejected: "已退回",
  withdrawn: "已撤回",
} as const;
export type ReshapeState = keyof typeof RESHAPE_STATES;

/** Who goes over, and what he is to the head of the household where he then lives. */
export interface Moving {
  readonly personId: string;
  readonly relation: string;
}
/** Property and numbers of things of a household, as an officer established them: name of the fact → value. */
export type Property = Readonly<Record<string, number>>;
/** Of the household that stays (or both together), and of the one that leaves. */
export interface PropertyOf {
  readonly first: Property;
  readonly second: Property;
}
/** What is asked for: who leaves with which head, or which household joins. */
export type ReshapeInput = {
  readonly fromMonth: string;
  readonly reason: string;
  readonly people: readonly Moving[];
  readonly facts: PropertyOf;
} & (
  | { readonly kind: "split"; readonly headId: string }
  | { readonly kind: "merge"; readonly otherId: string }
);

const SOURCE = "分户（合户）登记";
type Persons = NonNullable<SituationInputs["persons"]>;

const related = (facts: Facts, name: string | undefined, relation: string): Facts =>
  name === undefined ? facts : { ...facts, [name]: { value: relation, source: SOURCE } };

/** With what the officer established of its property. */
export const withProperty = (inputs: SituationInputs, property: Property): SituationInputs => ({
  ...inputs,
  household: {
    ...inputs.household,
    ...Object.fromEntries(Object.entries(property).map(([name, value]) => [name, { value, source: SOURCE }])),
  },
});

/** Those of the inputs whom a test picks, in their order, with their facts. */
function picked(inputs: SituationInputs, test: (personId: string) => boolean) {
  const persons = inputs.persons ?? [];
  const at = persons.flatMap((p, i) => (test(p.personId) ? [i] : []));
  return {
    persons: at.map((i) => persons[i]) as Persons,
    members: at.map((i) => inputs.members[i] ?? {}),
  };
}

/**
 * The household's own facts (property, houses, vehicles) go with both until the officer says how they were divided: counted
 * whole on either side they let nobody in who should stay out.
 */
export function split(
  inputs: SituationInputs,
  leaving: readonly Moving[],
  headId: string,
  relationFact: string | undefined,
): { readonly stay: SituationInputs; readonly leave: SituationInputs } {
  const relations = new Map(leaving.map((p) => [p.personId, p.relation]));
  const gone = picked(inputs, (id) => relations.has(id));
  const all = gone.persons.map((p, i) => ({ p, i }));
  const order = [
    ...all.filter(({ p }) => p.personId === headId),
    ...all.filter(({ p }) => p.personId !== headId),
  ];
  const stay = picked(inputs, (id) => !relations.has(id));
  return {
    stay: { ...inputs, ...stay },
    leave: {
      ...inputs,
      persons: order.map(({ p }) => p),
      members: order.map(({ p, i }) =>
        related(gone.members[i] ?? {}, relationFact, relations.get(p.personId) ?? ""),
      ),
    },
  };
}

/** Until the officer says otherwise, property of both is counted together (`added`: facts that are sums and numbers of things); the rest is the first's. */
export function merge(
  into: SituationInputs,
  joining: SituationInputs,
  people: readonly Moving[],
  relationFact: string | undefined,
  added: readonly string[],
): SituationInputs {
  const relations = new Map(people.map((p) => [p.personId, p.relation]));
  const both = picked(joining, (id) => relations.has(id));
  const household = { ...into.household };
  for (const name of added) {
    const [a, b] = [into.household[name]?.value, joining.household[name]?.value];
    if (typeof b === "number")
      household[name] = { value: (typeof a === "number" ? a : 0) + b, source: SOURCE };
  }
  return {
    household,
    members: [
      ...into.members,
      ...both.members.map((m, i) =>
        related(m, relationFact, relations.get(both.persons[i]?.personId ?? "") ?? ""),
      ),
    ],
    persons: [...(into.persons ?? []), ...both.persons],
  };
}
