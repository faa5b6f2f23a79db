/** Lists, definitions and pages of every register. */
import type { Field, ResolvedRegister } from "@wuxin/declare";
import { addDays, holds, type IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { columnsOf, isPersonal } from "./columns.ts";
import { conditionSql, Parameters } from "./condition-sql.ts";
import * as errors from "./errors.ts";
import { type House, listed, may } from "./house.ts";
import { linesAbout } from "./households.ts";
import * as lineStore from "./line-store.ts";
import type { FindParameter, StoredValues } from "./model.ts";
import type { RegistersDeps } from "./ports.ts";
import { checkDueSql, type EntryQuery, flaggedSql, listSql, parametersOf } from "./query.ts";
import { digestOf, opened } from "./seal.ts";
import type { Ground, Registers, RegisterTodo, Site } from "./service.ts";
import * as store from "./store.ts";
import { entryRow, publicRow } from "./views.ts";

export function createReading(
  { clock, vault, audit, catalogue }: RegistersDeps,
  { definition, nameIn, limitsOn, page }: House,
): Pick<
  Registers,
  | ("list" | "get" | "listEntries" | "getEntry" | "listPublic" | "waiting" | "inspections" | "sites")
  | ("told" | "grounds" | "ofHousehold")
> {
  const sqlOf = (tx: Tx, r: ResolvedRegister, query: EntryQuery, find: FindParameter) =>
    listSql(listed(r), query, {
      countyCode: tx.actor.countyCode,
      today: clock.today(),
      find,
      digest: (_, text) => digestOf(vault, text),
    });
  return {
    async list(tx) {
      const briefs = [];
      for (const r of catalogue.registers.values()) {
        const parameters = parametersOf(tx.actor.countyCode, r.code);
        const flagged = flaggedSql(listed(r), limitsOn(tx, r, clock.today()), parameters);
        const due = checkDueSql(listed(r), clock.today(), parameters);
        const counts = await store.countEntries(tx, flagged, due, parameters.values);
        briefs.push({ code: r.code, title: r.title, system: r.system, ...counts });
      }
      return briefs;
    },

    async get(tx, code) {
      const r = definition(code);
      const find = limitsOn(tx, r, clock.today());
      const rules = [...(r.limits ?? []), ...(r.ledgers ?? []).flatMap((l) => l.limits ?? [])];
      const limits = [...new Set(rules.map((l) => l.parameter))].flatMap((parameter) => {
        const p = find(parameter);
        if (!p) return [];
        return [{ parameter, text: p.text, document: p.document, since: p.since, unverified: p.unverified }];
      });
      const { folder: _, ...shown } = r; // what lies beside the declaration is no business of a browser
      return { definition: shown, canEdit: may(tx, r.editBy), limits };
    },

    async listEntries(tx, code, query) {
      const r = definition(code);
      const find = limitsOn(tx, r, clock.today());
      const sql = sqlOf(tx, r, query, find);
      const rows = await store.listEntries(tx, sql, query.page, query.size);
      return {
        rows: rows.map((e) => entryRow(r, e, find, nameIn(tx))),
        ...(await store.totals(tx, sql)),
      };
    },

    async waiting(tx) {
      const found: RegisterTodo[] = [];
      for (const r of catalogue.registers.values())
        for (const { by, when, dueField, daysBefore, text } of r.todos ?? []) {
          if (!may(tx, by)) continue;
          const until = daysBefore === undefined ? undefined : addDays(clock.today(), daysBefore);
          const find = limitsOn(tx, r, clock.today());
          const query = { page: 1, size: MAX_TODOS, sort: dueField, filter: JSON.stringify(when) };
          for (const e of await store.listEntries(tx, sqlOf(tx, r, query, find), 1, MAX_TODOS)) {
            const row = entryRow(r, e, find, nameIn(tx));
            const dueOn = String(row.values[dueField] ?? "");
            if (until && (dueOn === "" || dueOn > until)) break; // by their day: nothing nearer follows
            found.push({
              ...{ register: r.code, registerTitle: r.title, id: e.id, text },
              title: row.texts[r.titleField] ?? String(row.values[r.titleField] ?? ""),
              ...{ divisionName: row.divisionName, dueOn },
            });
          }
        }
      return found;
    },

    async inspections(tx, since, until) {
      const named = inspecting(catalogue.registers);
      const rows = await lineStore.linesBetween(tx, [...named.keys()], since, until);
      return rows.map(({ ledger, ...row }) => ({ ...row, where: named.get(ledger) ?? ledger }));
    },

    async sites(tx) {
      const found: Site[] = [];
      for (const r of catalogue.registers.values())
        if (r.site)
          for (const e of await store.sites(tx, r.code, r.site.by ?? "", MAX_SITES))
            found.push({ register: r.code, registerTitle: r.title, ...e });
      return found;
    },

    async told(tx, code, id) {
      const r = definition(code);
      const e = await store.findEntry(tx, code, id);
      if (!e?.active) return undefined;
      const ground = groundOf(r, id, e.values, clock.today());
      return { values: opened(vault, e.values), page: await page(tx, r, id), ground };
    },

    ofHousehold: (tx, householdId) => linesAbout({ catalogue }, tx, householdId),

    async grounds(tx) {
      const found: Ground[] = [];
      for (const r of catalogue.registers.values())
        for (const { id, values } of r.grounds ? await store.inUse(tx, r.code) : []) {
          const ground = groundOf(r, id, values, clock.today());
          if (ground) found.push(ground);
        }
      return found.sort((a, b) => Number(b.valid) - Number(a.valid));
    },

    async getEntry(tx, code, id) {
      const r = definition(code);
      const result = await page(tx, r, id);
      const fields = [...r.fields, ...(r.ledgers ?? []).flatMap((l) => l.fields)];
      if (fields.some((f) => isPersonal(f) || f.type === "household"))
        await audit.record(tx, {
          action: "register.read",
          object: `register:${code}`,
          objectId: id,
          detail: { 台账: r.title },
        });
      return result;
    },

    async listPublic(tx, code) {
      const r = definition(code);
      const open = r.publicFields ?? [];
      if (open.length === 0) throw errors.unknownRegister(code);
      const columns = columnsOf(r);
      const fields = open.flatMap((name): Field[] => {
        const field = r.fields.find((f) => f.name === name);
        if (field) return [field];
        const c = columns.get(name);
        return c ? [{ name, label: c.label, type: c.type }] : [];
      });
      const parameters = new Parameters();
      const shown = r.publicWhen
        ? conditionSql(r.publicWhen, (name) => columns.get(name), parameters)
        : "true";
      const where = `e.county_code = ${parameters.bind(tx.actor.countyCode, "text")} and e.register = ${parameters.bind(code, "text")} and e.active and ${shown}`;
      const sql = {
        where,
        orderBy: "e.division_code, e.title",
        sums: new Map(),
        parameters: parameters.values,
      };
      const rows = await store.listEntries(tx, sql, 1, MAX_PUBLIC_ROWS);
      return { title: r.publicTitle ?? r.title, fields, rows: rows.map((e) => publicRow(r, e, nameIn(tx))) };
    },
  };
}

/** The sub-ledgers whose lines are inspections, as `register:ledger`, with their names in words. */
export const inspecting = (registers: ReadonlyMap<string, ResolvedRegister>): Map<string, string> =>
  new Map(
    [...registers.values()].flatMap((r) =>
      (r.ledgers ?? [])
        .filter((l) => l.inspects)
        .map((l) => [`${r.code}:${l.code}`, `${r.title}·${l.title}`] as const),
    ),
  );

/** On a desk, of one kind. */
const MAX_TODOS = 50;
/** Of one register: a county has hundreds of places of a kind. */
const MAX_SITES = 2000;
/** A county has hundreds of places, not tens of thousands; a longer list needs a search of its own. */
const MAX_PUBLIC_ROWS = 2000;

/** What an entry says about the feed that it names; null: it names none. */
function groundOf(r: ResolvedRegister, id: string, values: StoredValues, today: IsoDate): Ground | null {
  const g = r.grounds;
  const feed = g && values[g.feed];
  if (!g || typeof feed !== "string") return null;
  const last = values[g.until];
  const until = typeof last === "string" ? last : null;
  const valid = holds(g.when, { ...values }) && (until === null || until >= today);
  return { register: r.code, entryId: id, title: String(values[r.titleField] ?? ""), feed, until, valid };
}
