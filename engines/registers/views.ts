/** Records → the shapes that the contract promises. */
import type { Field, FieldValue, RegisterDefinition, Values } from "@wuxin/declare";
import { addMonthsToDate, type IsoDate } from "@wuxin/kernel";
import { columnsOf, isPersonal } from "./columns.ts";
import { householdIn, type NamedHousehold, type Tally } from "./households.ts";
import type { LineRecord } from "./line-store.ts";
import {
  changes,
  exceeded,
  type FindParameter,
  isScalar,
  isSealedValue,
  masked,
  type StoredValues,
  textOf,
  withDerived,
} from "./model.ts";
import type { CheckRecord, EntryRecord, HistoryAction, HistoryRecord } from "./store.ts";

/** What a form can be filled with again; files and signatures are told in words beside. */
type Plain = string | number | boolean | null | readonly string[];
export interface EntryRow {
  readonly id: string;
  readonly version: number;
  readonly values: Record<string, Plain>;
  readonly texts: Record<string, string>;
  readonly divisionName: string;
  readonly flags: string[];
  readonly checkDueOn: IsoDate | null;
  readonly active: boolean;
}
export interface EntryPage extends EntryRow {
  readonly history: {
    readonly at: string;
    readonly by: string;
    readonly action: string;
    readonly rows: {
      readonly label: string;
      readonly before: string | null;
      readonly after: string | null;
    }[];
  }[];
  readonly checks: {
    readonly id: string;
    readonly on: IsoDate;
    readonly by: string;
    readonly values: Record<string, FieldValue>;
  }[];
  readonly ledgers: Record<
    string,
    {
      readonly id: string;
      readonly at: string;
      readonly by: string;
      readonly values: Record<string, Plain>;
      readonly flags: string[];
      /** The household that the line is about; null in a sub-ledger that is about none. */
      readonly household: NamedHousehold | null;
    }[]
  >;
  /** How many households its sub-ledgers are about, one each that is about any. */
  readonly tallies: readonly Tally[];
}
export type DivisionName = (code: string) => string;

const ACTIONS: Record<HistoryAction, string> = {
  create: "新建",
  change: "修改",
  retire: "停用",
  restore: "恢复",
};

/** Sealed numbers only as their masks; other personal answers masked unless `plain`. */
function shown(fields: readonly Field[], stored: StoredValues, plain: boolean): Values {
  const out: Record<string, FieldValue> = {};
  for (const f of fields) {
    const v = stored[f.name];
    if (v === undefined) continue;
    out[f.name] = isSealedValue(v) ? v.masked : plain || !isPersonal(f) ? v : masked(f, v);
  }
  return out;
}

const isTexts = (v: unknown): v is readonly string[] =>
  Array.isArray(v) && v.every((x) => typeof x === "string");
const plainly = (values: Values): Record<string, Plain> =>
  Object.fromEntries(
    Object.entries(values).filter((e): e is [string, Plain] => isScalar(e[1]) || isTexts(e[1])),
  );

/** When the next check is due: `everyMonths` after the last one, before any after the entry was made. */
export const checkDueOn = (
  r: Pick<RegisterDefinition, "check">,
  e: Pick<EntryRecord, "lastCheckedOn" | "createdOn">,
): IsoDate | null => (r.check ? addMonthsToDate(e.lastCheckedOn ?? e.createdOn, r.check.everyMonths) : null);

export function entryRow(
  r: RegisterDefinition,
  e: EntryRecord,
  find: FindParameter,
  name: DivisionName,
  plain = false,
): EntryRow {
  const values = withDerived(r, shown(r.fields, e.values, plain));
  const texts: Record<string, string> = {};
  for (const f of r.fields) {
    if (values[f.name] === undefined) continue;
    texts[f.name] = textOf(f, values[f.name], name);
  }
  const columns = columnsOf(r);
  for (const d of r.derived ?? [])
    if (values[d.name] !== undefined)
      texts[d.name] = textOf({ type: columns.get(d.name)?.type ?? "integer" }, values[d.name], name);
  return {
    id: e.id,
    version: e.version,
    values: plainly(values),
    texts,
    divisionName: name(e.divisionCode),
    flags: exceeded(r.limits, r.fields, values, find).map((x) => x.message),
    checkDueOn: e.active ? checkDueOn(r, e) : null,
    active: e.active,
  };
}

export function entryPage(
  r: RegisterDefinition,
  e: EntryRecord,
  find: FindParameter,
  name: DivisionName,
  more: {
    readonly history: readonly HistoryRecord[];
    readonly checks: readonly CheckRecord[];
    readonly lines: ReadonlyMap<string, readonly LineRecord[]>;
    readonly households: ReadonlyMap<string, NamedHousehold>;
    readonly tallies: readonly Tally[];
    readonly plain: boolean;
    readonly plainLedgers: ReadonlySet<string>;
  },
): EntryPage {
  const history = more.history.map((h, i) => ({
    at: h.at,
    by: h.byName,
    action: h.reason ? `${ACTIONS[h.action]}：${h.reason}` : ACTIONS[h.action],
    rows: changes(r.fields, more.history[i - 1]?.values ?? {}, h.values, name),
  }));
  return {
    ...entryRow(r, e, find, name, more.plain),
    history: history.reverse(),
    checks: more.checks.map((c) => ({
      id: c.id,
      on: c.on,
      by: c.byName,
      values: shown(r.check?.fields ?? [], c.values, more.plain) as Record<string, FieldValue>,
    })),
    ledgers: Object.fromEntries(
      (r.ledgers ?? []).map((l) => [
        l.code,
        (more.lines.get(l.code) ?? []).map((w) => ({
          id: w.id,
          at: w.at,
          by: w.byName,
          values: plainly(shown(l.fields, w.values, more.plainLedgers.has(l.code))),
          flags: [...w.flags],
          household: more.households.get(householdIn(l.households, w.values) ?? "") ?? null,
        })),
      ]),
    ),
    tallies: more.tallies,
  };
}

/** What residents read: declared public fields and nothing else; choices and divisions in words. */
export function publicRow(
  r: RegisterDefinition,
  e: EntryRecord,
  name: DivisionName,
): Record<string, Exclude<Plain, readonly string[]>> {
  const values = withDerived(r, shown(r.fields, e.values, false));
  const row: Record<string, Exclude<Plain, readonly string[]>> = {};
  for (const field of r.publicFields ?? []) {
    const f = r.fields.find((x) => x.name === field);
    const v = values[field];
    row[field] =
      v === undefined
        ? null
        : typeof v === "number" || typeof v === "boolean"
          ? v
          : f
            ? textOf(f, v, name)
            : String(v);
  }
  return row;
}
