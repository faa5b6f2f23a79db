/** Sub-ledgers about households: whom a line is about, how many stand how, and what a household's own page tells. */
import type { ResolvedRegister, SubLedger, Values } from "@wuxin/declare";
import { type IsoDate, maskName, within } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import * as errors from "./errors.ts";
import type { House } from "./house.ts";
import * as lineStore from "./line-store.ts";
import { type StoredValues, textOf } from "./model.ts";
import type { RegistersDeps } from "./ports.ts";
import type { EntryRecord } from "./store.ts";

type About = NonNullable<SubLedger["households"]>;
/** A household as a line names it: its head masked, how many, where. Without a link it is out of the reader's sight. */
export interface NamedHousehold {
  readonly text: string;
  readonly link: string | null;
}
/** How many households an entry is about, by how they stand; those found not to be one are beside the total. */
export interface Tally {
  readonly ledger: string;
  readonly title: string;
  readonly total: number;
  readonly states: readonly { readonly label: string; readonly count: number; readonly counted: boolean }[];
}
/** What an entry says of one household. */
export interface HouseholdLine {
  readonly id: string;
  readonly register: string;
  readonly registerTitle: string;
  readonly entryId: string;
  readonly title: string;
  readonly on: IsoDate;
  readonly state: string;
  readonly by: string;
}

export const householdIn = (about: About | undefined, values: StoredValues | Values): string | null => {
  const id = about && values[about.field];
  return typeof id === "string" ? id : null;
};

const choiceOf = (l: SubLedger) => l.fields.find((f) => f.name === l.households?.state);

/** @throws invalid-input at the household: none in sight, or not where the entry is */
export async function checkHousehold(
  deps: RegistersDeps,
  { nameIn }: Pick<House, "nameIn">,
  tx: Tx,
  l: SubLedger,
  e: EntryRecord,
  id: string,
): Promise<void> {
  const field = l.households?.field ?? "";
  const refuse = (message: string) => errors.invalidInput([{ field, message }]);
  const h = (await deps.registry.households(tx, [id])).get(id);
  if (!h) throw refuse("没有找到这一户，或不在您的管辖范围内，请重新查找。");
  if (!within(e.divisionCode, h.divisionCode))
    throw refuse(
      `这一户在${nameIn(tx)(h.divisionCode)}，不在这一条的所在地（${nameIn(tx)(e.divisionCode)}）。别的地方的户请另立一条。`,
    );
}

/** The households of these lines, by id. */
export async function namedHouseholds(
  deps: RegistersDeps,
  { nameIn }: Pick<House, "nameIn">,
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NamedHousehold>> {
  const found = await deps.registry.households(tx, ids);
  return new Map(
    ids.map((id) => {
      const h = found.get(id);
      return [
        id,
        h
          ? {
              text: `${maskName(h.headName)}户，${h.members.filter((m) => m.toDate === null).length} 人，${nameIn(tx)(h.divisionCode)}`,
              link: `/households/${id}`,
            }
          : { text: "一户（不在您的管辖范围内）", link: null },
      ];
    }),
  );
}

export async function talliesOf(tx: Tx, r: ResolvedRegister, entryId: string): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const l of r.ledgers ?? []) {
    if (!l.households) continue;
    const { state, not } = l.households;
    const counts = new Map(
      (await lineStore.householdStates(tx, r.code, entryId, l.code, state)).map((x) => [
        x.state,
        x.households,
      ]),
    );
    const states = (choiceOf(l)?.choices ?? []).flatMap((c) => {
      const count = counts.get(c.value) ?? 0;
      return count > 0 ? [{ label: c.label, count, counted: !not.includes(c.value) }] : [];
    });
    const total = states.reduce((n, s) => n + (s.counted ? s.count : 0), 0);
    tallies.push({ ledger: l.code, title: l.title, total, states });
  }
  return tallies;
}

/** How many households are not put right yet: an entry with any is not closed. */
export async function unsettled(tx: Tx, r: ResolvedRegister, entryId: string): Promise<number> {
  let open = 0;
  for (const { code, households: about } of r.ledgers ?? [])
    if (about)
      for (const s of await lineStore.householdStates(tx, r.code, entryId, code, about.state))
        if (about.open.includes(s.state)) open += s.households;
  return open;
}

/** Every line that names this household, of entries in use and in sight, newest first. */
export async function linesAbout(
  { catalogue }: Pick<RegistersDeps, "catalogue">,
  tx: Tx,
  householdId: string,
): Promise<HouseholdLine[]> {
  return (await lineStore.linesOfHousehold(tx, householdId)).flatMap((w) => {
    const r = catalogue.registers.get(w.register);
    const l = r?.ledgers?.find((x) => x.code === w.ledger);
    const field = l && choiceOf(l);
    if (!r || !field) return [];
    const { id, register, entryId, title, on, by } = w;
    const state = textOf(field, w.values[field.name], () => "");
    return [{ id, register, registerTitle: r.title, entryId, title, on, state, by }];
  });
}

/** What is wrong with how a declaration says that lines are about households. */
export function householdFaults(
  r: Pick<ResolvedRegister, "fields" | "ledgers" | "check" | "shares">,
): string[] {
  const faults: string[] = [];
  for (const f of [...r.fields, ...(r.check?.fields ?? [])])
    if (f.type === "household") faults.push(`栏目 ${f.name} 是家庭，只能写在说明了 households 的子台账里。`);
  for (const l of r.ledgers ?? []) {
    const about = l.households;
    const named = l.fields.filter((f) => f.type === "household");
    if (named.length > 0 && (named.length > 1 || named[0]?.name !== about?.field))
      faults.push(`子台账 ${l.code} 的家庭栏目应当只有一个，并由 households.field 指明。`);
    if (!about) continue;
    const [household, state] = [about.field, about.state].map((n) => l.fields.find((f) => f.name === n));
    if (household?.type !== "household" || household.required !== true)
      faults.push(`子台账 ${l.code} 的 households.field 应当是必填的 household 栏目。`);
    const choices = new Set(state?.type === "choice" ? state.choices?.map((c) => c.value) : []);
    if (state?.required !== true || [...about.open, ...about.not].some((v) => !choices.has(v)))
      faults.push(`子台账 ${l.code} 的 households.state 应当是必填的单选栏目，open 和 not 是它的选项。`);
    if (r.shares?.ledgers?.includes(l.code) || r.shares?.adds === l.code)
      faults.push(`子台账 ${l.code} 写着家庭，不能告诉部门，请从 shares 删去。`);
  }
  return faults;
}
