/** What reading and writing share: the declaration, the names, the limits of a day, and the page of an entry. */
import type { ResolvedRegister, Role } from "@wuxin/declare";
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { columnsOf } from "./columns.ts";
import * as errors from "./errors.ts";
import { householdIn, namedHouseholds, talliesOf } from "./households.ts";
import * as lineStore from "./line-store.ts";
import type { FindParameter } from "./model.ts";
import { divisionNames, type RegistersDeps } from "./ports.ts";
import type { Listed } from "./query.ts";
import * as store from "./store.ts";
import { type EntryPage, entryPage } from "./views.ts";

export interface House {
  /** @throws not-found */
  definition(code: string): ResolvedRegister;
  nameIn(tx: Tx): (divisionCode: string) => string;
  limitsOn(tx: Tx, r: ResolvedRegister, date: IsoDate): FindParameter;
  found(tx: Tx, r: ResolvedRegister, id: string, lock?: boolean): Promise<store.EntryRecord>;
  page(tx: Tx, r: ResolvedRegister, id: string): Promise<EntryPage>;
}

export const may = (tx: Tx, by: readonly Role[]): boolean =>
  (by as readonly string[]).includes(tx.actor.role);

export const listed = (r: ResolvedRegister): Listed => ({
  code: r.code,
  columns: columnsOf(r),
  shown: r.columns,
  sums: r.sums,
  limits: r.limits ?? [],
  everyMonths: r.check?.everyMonths,
});

/** The households that these lines are about, each once. */
const aboutHouseholds = (
  r: ResolvedRegister,
  lines: ReadonlyMap<string, readonly lineStore.LineRecord[]>,
) => [
  ...new Set(
    (r.ledgers ?? []).flatMap((l) =>
      (lines.get(l.code) ?? []).flatMap((w) => householdIn(l.households, w.values) ?? []),
    ),
  ),
];

export function createHouse(deps: RegistersDeps): House {
  const { clock } = deps;
  const names = divisionNames(deps);
  const definition = (code: string): ResolvedRegister => {
    const r = deps.catalogue.registers.get(code);
    if (!r) throw errors.unknownRegister(code);
    return r;
  };
  const nameIn = (tx: Tx) => (code: string) => names(tx.actor.countyCode, code);
  const limitsOn =
    (tx: Tx, r: ResolvedRegister, date: IsoDate): FindParameter =>
    (name) =>
      deps.parameterOn(tx.actor.countyCode, r.folder, name, date);
  async function found(tx: Tx, r: ResolvedRegister, id: string, lock = false): Promise<store.EntryRecord> {
    const e = await store.findEntry(tx, r.code, id, lock);
    if (!e) throw errors.entryNotFound(r.title);
    return e;
  }

  async function page(tx: Tx, r: ResolvedRegister, id: string): Promise<EntryPage> {
    const e = await found(tx, r, id);
    const lines = new Map<string, lineStore.LineRecord[]>();
    for (const l of r.ledgers ?? []) lines.set(l.code, await lineStore.listLines(tx, r.code, id, l.code));
    return entryPage(r, e, limitsOn(tx, r, clock.today()), nameIn(tx), {
      history: await store.listHistory(tx, r.code, id),
      checks: r.check ? await store.listChecks(tx, r.code, id) : [],
      lines,
      households: await namedHouseholds(deps, { nameIn }, tx, aboutHouseholds(r, lines)),
      tallies: await talliesOf(tx, r, id),
      plain: may(tx, r.editBy),
      plainLedgers: new Set((r.ledgers ?? []).filter((l) => may(tx, l.by)).map((l) => l.code)),
    });
  }

  return { definition, nameIn, limitsOn, found, page };
}
