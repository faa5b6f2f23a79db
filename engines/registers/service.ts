/** The use cases of every declared ledger. No register is named here: what one is, its declaration says. */
import type {
  Field,
  FieldError,
  RegisterDefinition,
  ResolvedRegister,
  Role,
  SubLedger,
  Values,
} from "@wuxin/declare";
import { DomainError, type IsoDate, within } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { columnsOf, dateField, isPersonal, registerFaults } from "./columns.ts";
import { Parameters } from "./condition-sql.ts";
import * as errors from "./errors.ts";
import {
  changes,
  completed,
  exceeded,
  type FindParameter,
  refusals,
  type StoredValues,
  sameValues,
} from "./model.ts";
import { divisionNames, type RegistersDeps } from "./ports.ts";
import { checkDueSql, type EntryQuery, flaggedSql, type Listed, listSql, parametersOf } from "./query.ts";
import { digestOf, opened, sealed } from "./seal.ts";
import * as store from "./store.ts";
import { type EntryPage, type EntryRow, entryPage, entryRow, publicRow } from "./views.ts";

export interface SaveEntry {
  /** 0 for a new entry, else the version that was on the screen. */
  readonly version: number;
  readonly values: Values;
  readonly reason?: string | undefined;
}
export interface AddRow {
  readonly id: string;
  readonly values: Values;
}

export interface Registers {
  /** Every register with how many entries are in use, flagged today, and due for their check. */
  list(tx: Tx): Promise<
    {
      code: string;
      title: string;
      system: ResolvedRegister["system"];
      entries: number;
      flagged: number;
      checksDue: number;
    }[]
  >;
  /** Definition, whether the actor may edit, and today's limits with their documents. */
  get(tx: Tx, code: string): Promise<RegisterPage>;
  listEntries(
    tx: Tx,
    code: string,
    query: EntryQuery,
  ): Promise<{ rows: EntryRow[]; total: number; sums: Record<string, number> }>;
  /** Leaves an audit line when the register holds personal data: needs a writing transaction. */
  getEntry(tx: Tx, code: string, id: string): Promise<EntryPage>;
  /**
   * Makes (version 0) or changes an entry; what is left out of `values` stays, null clears. The same save again is the
   * same request. Errors: invalid-input with every wrong field, forbidden, not-found, stale-version, already-exists.
   */
  saveEntry(tx: Tx, code: string, id: string, input: SaveEntry): Promise<EntryPage>;
  /** Takes an entry out of use or back into it. Errors as for `saveEntry`. */
  setActive(
    tx: Tx,
    code: string,
    id: string,
    input: { version: number; active: boolean; reason: string },
  ): Promise<EntryPage>;
  /** A line of a sub-ledger; lines are never changed. Errors: invalid-input, forbidden, not-found, already-exists. */
  addRow(tx: Tx, code: string, id: string, ledger: string, input: AddRow): Promise<EntryPage>;
  addCheck(tx: Tx, code: string, id: string, input: AddRow): Promise<EntryPage>;
  /** For residents: entries in use, public fields only. Error: not-found when the register is not public. */
  listPublic(
    tx: Tx,
    code: string,
  ): Promise<{ title: string; fields: Field[]; rows: Record<string, string | number | boolean | null>[] }>;
}

export interface RegisterPage {
  readonly definition: RegisterDefinition;
  readonly canEdit: boolean;
  readonly limits: {
    readonly parameter: string;
    readonly text: string;
    readonly document: string | null;
    readonly since: IsoDate;
    readonly unverified: boolean;
  }[];
}

/** @throws DomainError("bad-declaration") naming every fault of every register, its file and the mend */
export function createRegisters(deps: RegistersDeps): Registers {
  const { clock, vault, audit } = deps;
  const names = divisionNames(deps);
  const faults = [...deps.catalogue.registers.values()].flatMap((r) =>
    registerFaults(r).map((fault) => `${r.folder.path}/register.ts：${fault}`),
  );
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
  audit.describe?.({
    "register.create": "新建台账条目",
    "register.change": "修改台账条目",
    "register.retire": "停用台账条目",
    "register.restore": "恢复台账条目",
    "register.read": "查看台账条目",
    "register.row": "台账登记一笔",
    "register.check": "登记定期检查",
  });

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
  const may = (tx: Tx, by: readonly Role[]) => (by as readonly string[]).includes(tx.actor.role);
  const listed = (r: ResolvedRegister): Listed => ({
    code: r.code,
    columns: columnsOf(r),
    shown: r.columns,
    limits: r.limits ?? [],
    everyMonths: r.check?.everyMonths,
  });

  async function found(tx: Tx, r: ResolvedRegister, id: string, lock = false): Promise<store.EntryRecord> {
    const e = await store.findEntry(tx, r.code, id, lock);
    if (!e) throw errors.entryNotFound(r.title);
    return e;
  }

  async function page(tx: Tx, r: ResolvedRegister, id: string): Promise<EntryPage> {
    const e = await found(tx, r, id);
    const lines = new Map<string, store.LineRecord[]>();
    for (const l of r.ledgers ?? []) lines.set(l.code, await store.listLines(tx, r.code, id, l.code));
    return entryPage(r, e, limitsOn(tx, r, clock.today()), nameIn(tx), {
      history: await store.listHistory(tx, r.code, id),
      checks: r.check ? await store.listChecks(tx, r.code, id) : [],
      lines,
      plain: may(tx, r.editBy),
      plainLedgers: new Set((r.ledgers ?? []).filter((l) => may(tx, l.by)).map((l) => l.code)),
    });
  }

  /** Divisions must be the county's own; the one that places the entry, within the actor's scope. */
  function divisionErrors(tx: Tx, fields: readonly Field[], values: Values, placing?: string): FieldError[] {
    const own = new Set(deps.divisions(tx.actor.countyCode).map((d) => d.code));
    return fields.flatMap((f) => {
      const code = values[f.name];
      if (f.type !== "division" || typeof code !== "string") return [];
      if (!own.has(code))
        return [{ field: f.name, message: `「${f.label}」不是本县的乡镇或村（社区），请从列表里选择。` }];
      return f.name === placing && !within(tx.actor.scope, code)
        ? [
            {
              field: f.name,
              message: `「${f.label}」${nameIn(tx)(code)}不在您的管辖范围内，请选择您辖区内的地方。`,
            },
          ]
        : [];
    });
  }

  function refuseAny(list: readonly FieldError[]): void {
    if (list.length > 0) throw errors.invalidInput(list);
  }

  async function write(
    tx: Tx,
    r: ResolvedRegister,
    action: store.HistoryAction,
    e: Pick<store.EntryWrite, "id" | "version" | "values" | "active">,
    reason: string,
    detail: Readonly<Record<string, string>>,
  ): Promise<boolean> {
    const row: store.EntryWrite = {
      ...e,
      register: r.code,
      divisionCode: String(e.values[r.divisionField]),
      title: String(e.values[r.titleField]),
      at: clock.now().toISOString(),
      on: clock.today(),
    };
    if (action === "create") {
      if (!(await store.insertEntry(tx, row))) return false;
    } else await store.updateEntry(tx, row);
    await store.insertHistory(tx, row, action, reason);
    await audit.record(tx, {
      action: `register.${action}`,
      object: `register:${r.code}`,
      objectId: e.id,
      detail: { 台账: r.title, 版本: e.version, ...detail, ...(reason ? { 原因: reason } : {}) },
    });
    return true;
  }

  async function stale(tx: Tx, r: ResolvedRegister, id: string, version: number): Promise<DomainError> {
    const history = await store.listHistory(tx, r.code, id);
    const since = history.filter((h) => h.version > version);
    const last = since.at(-1);
    const before = history.find((h) => h.version === version)?.values ?? {};
    return errors.staleVersion(
      last?.byName ?? "别人",
      localTime(last?.at ?? clock.now().toISOString()),
      changes(r.fields, before, last?.values ?? {}, nameIn(tx)).map((c) => c.label),
    );
  }

  return {
    async list(tx) {
      const briefs = [];
      for (const r of deps.catalogue.registers.values()) {
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
      const sql = listSql(listed(r), query, {
        countyCode: tx.actor.countyCode,
        today: clock.today(),
        find,
        digest: (_, text) => digestOf(vault, text),
      });
      const rows = await store.listEntries(tx, sql, query.page, query.size);
      return {
        rows: rows.map((e) => entryRow(r, e, find, nameIn(tx))),
        ...(await store.totals(tx, sql)),
      };
    },

    async getEntry(tx, code, id) {
      const r = definition(code);
      const result = await page(tx, r, id);
      const fields = [...r.fields, ...(r.ledgers ?? []).flatMap((l) => l.fields)];
      if (fields.some(isPersonal))
        await audit.record(tx, {
          action: "register.read",
          object: `register:${code}`,
          objectId: id,
          detail: { 台账: r.title },
        });
      return result;
    },

    async saveEntry(tx, code, id, input) {
      const r = definition(code);
      if (!may(tx, r.editBy)) throw errors.forbidden(`修改《${r.title}》`, r.editBy);
      const existing = await store.findEntry(tx, code, id, true);
      if (!existing && input.version !== 0) throw errors.entryNotFound(r.title);
      // A browser may send the computed columns back with the rest.
      const answers = { ...input.values };
      for (const d of r.derived ?? []) delete answers[d.name];
      const values = completed(r.fields, answers, existing ? opened(vault, existing.values) : undefined);
      const next = sealed(vault, r.fields, values, existing?.values);
      if (existing && existing.version !== input.version) {
        if (existing.version === input.version + 1 && sameValues(next, existing.values))
          return page(tx, r, id);
        throw input.version === 0 ? errors.alreadyExists("这一条") : await stale(tx, r, id, input.version);
      }
      refuseAny(divisionErrors(tx, r.fields, values, r.divisionField));
      refuseAny(refusals(r, values, clock.today(), limitsOn(tx, r, clock.today())));
      if (existing && sameValues(next, existing.values)) return page(tx, r, id);
      const labels = changes(r.fields, existing?.values ?? {}, next, nameIn(tx)).map((c) => c.label);
      const version = input.version + 1;
      const entry = { id, version, values: next, active: existing?.active ?? true };
      const detail = { 栏目: labels.join("、") };
      if (!(await write(tx, r, existing ? "change" : "create", entry, input.reason ?? "", detail)))
        throw errors.alreadyExists("这一条");
      return page(tx, r, id);
    },

    async setActive(tx, code, id, input) {
      const r = definition(code);
      if (!may(tx, r.editBy)) throw errors.forbidden(`停用《${r.title}》的条目`, r.editBy);
      const e = await found(tx, r, id, true);
      if (e.active === input.active) return page(tx, r, id);
      if (e.version !== input.version) throw await stale(tx, r, id, input.version);
      if (input.reason.trim() === "")
        throw errors.invalidInput([{ field: "reason", message: "请填写原因。" }]);
      const next = { id, version: e.version + 1, values: e.values, active: input.active };
      await write(tx, r, input.active ? "restore" : "retire", next, input.reason.trim(), {});
      return page(tx, r, id);
    },

    async addRow(tx, code, id, ledger, input) {
      const r = definition(code);
      const l = (r.ledgers ?? []).find((x) => x.code === ledger);
      if (!l) throw errors.unknownLedger(r.title, ledger);
      if (!may(tx, l.by)) throw errors.forbidden(`登记「${l.title}」`, l.by);
      const e = await found(tx, r, id);
      const { values, stored, on } = line(tx, l.fields, input.values);
      const find = limitsOn(tx, r, on);
      const before = await store.findLine(tx, code, ledger, input.id);
      if (before) {
        if (before.entryId === id && sameValues(before.values, stored)) return page(tx, r, id);
        throw errors.alreadyExists("这一笔");
      }
      if (!e.active) throw errors.retired(r.title);
      refuseAny(refusals(part(l), values, clock.today(), find));
      const flags = exceeded(l.limits, l.fields, values, find).map((x) => x.message);
      const row = { register: code, entryId: id, ledger, id: input.id, on, values: stored, flags };
      if (!(await store.insertLine(tx, { ...row, at: clock.now().toISOString() })))
        throw errors.alreadyExists("这一笔");
      await audit.record(tx, {
        action: "register.row",
        object: `register:${code}`,
        objectId: id,
        detail: { 台账: r.title, 登记簿: l.title, 预警: flags.length },
      });
      return page(tx, r, id);
    },

    async addCheck(tx, code, id, input) {
      const r = definition(code);
      const { check } = r;
      if (!check) throw errors.unknownLedger(r.title, "check");
      if (!may(tx, r.editBy)) throw errors.forbidden(`登记「${check.label}」`, r.editBy);
      const e = await found(tx, r, id);
      const { values, stored, on } = line(tx, check.fields, input.values);
      const before = await store.findCheck(tx, code, input.id);
      if (before) {
        if (before.entryId === id && sameValues(before.values, stored)) return page(tx, r, id);
        throw errors.alreadyExists("这次检查");
      }
      if (!e.active) throw errors.retired(r.title);
      refuseAny(refusals({ fields: check.fields }, values, clock.today(), () => undefined));
      const at = clock.now().toISOString();
      if (
        !(await store.insertCheck(tx, { register: code, entryId: id, id: input.id, on, values: stored, at }))
      )
        throw errors.alreadyExists("这次检查");
      await audit.record(tx, {
        action: "register.check",
        object: `register:${code}`,
        objectId: id,
        detail: { 台账: r.title, 检查: check.label, 日期: on },
      });
      return page(tx, r, id);
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
      const where = `e.county_code = ${parameters.bind(tx.actor.countyCode, "text")} and e.register = ${parameters.bind(code, "text")} and e.active`;
      const sql = {
        where,
        orderBy: "e.division_code, e.title",
        sums: new Map(),
        parameters: parameters.values,
      };
      const rows = await store.listEntries(tx, sql, 1, MAX_PUBLIC_ROWS);
      return { title: r.title, fields, rows: rows.map((e) => publicRow(r, e, nameIn(tx))) };
    },
  };

  /** The answers of a line or a check, plain and as stored, and the day that they are about. */
  function line(
    tx: Tx,
    fields: readonly Field[],
    input: Values,
  ): { values: Values; stored: StoredValues; on: IsoDate } {
    const values = completed(fields, input, undefined);
    const day = dateField(fields);
    const given = day === undefined ? undefined : values[day];
    refuseAny(divisionErrors(tx, fields, values));
    refuseAny(refusals({ fields }, values, clock.today(), () => undefined));
    return {
      values,
      stored: sealed(vault, fields, values),
      on: typeof given === "string" ? given : clock.today(),
    };
  }
}

/** "2024-03-01 09:30", on the clocks of the county. */
const localTime = (at: string) =>
  new Date(at).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" }).slice(0, 16);

/** A county has hundreds of places, not tens of thousands; a longer list needs a search of its own. */
const MAX_PUBLIC_ROWS = 2000;

const part = (l: SubLedger) => ({ fields: l.fields, ...(l.limits ? { limits: l.limits } : {}) });
