/** Saving entries, taking them out of use, adding lines and checks. Each leaves its history and an audit line. */
import type { Field, FieldError, ResolvedRegister, SubLedger, Values } from "@wuxin/declare";
import { type DomainError, type IsoDate, within } from "@wuxin/kernel";
import { emit, type Tx } from "@wuxin/platform";
import { dateField } from "./columns.ts";
import * as errors from "./errors.ts";
import { type House, may } from "./house.ts";
import { checkHousehold, householdIn, unsettled } from "./households.ts";
import * as lineStore from "./line-store.ts";
import { changes, completed, exceeded, refusals, type StoredValues, sameValues } from "./model.ts";
import type { RegistersDeps } from "./ports.ts";
import { opened, sealed } from "./seal.ts";
import type { Registers } from "./service.ts";
import * as store from "./store.ts";

export function createWriting(
  deps: RegistersDeps,
  house: House,
): Pick<Registers, "saveEntry" | "setActive" | "addRow" | "addCheck"> {
  const { clock, vault, audit } = deps;
  const { definition, nameIn, limitsOn, found, page } = house;

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

  /** Whom its entries are told, are told how it stands. */
  const tell = async (tx: Tx, r: ResolvedRegister, entryId: string) =>
    r.shares ? emit(tx, "register.told", { register: r.code, entryId }) : undefined;

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
      divisionCode: r.divisionField ? String(e.values[r.divisionField]) : tx.actor.countyCode,
      title: String(e.values[r.titleField]),
      at: clock.now().toISOString(),
      on: clock.today(),
    };
    if (action === "create") {
      if (!(await store.insertEntry(tx, row))) return false;
    } else await store.updateEntry(tx, row);
    await store.insertHistory(tx, row, action, reason);
    await tell(tx, r, e.id);
    await audit.record(tx, {
      action: `register.${action}`,
      object: `register:${r.code}`,
      objectId: e.id,
      detail: { 台账: r.title, 版本: e.version, ...detail, ...(reason ? { 原因: reason } : {}) },
    });
    return true;
  }

  /** Closed is what another person saw after the proof was given. */
  async function refuseClosing(
    tx: Tx,
    r: ResolvedRegister,
    id: string,
    values: Values,
    before: StoredValues | undefined,
  ): Promise<void> {
    if (!r.closing || values[r.closing.field] !== r.closing.is) return;
    const { field, is, after, by } = r.closing;
    if (before?.[field] === is) return;
    if (!may(tx, by)) throw errors.forbidden(`把《${r.title}》的条目记为「${is}」`, by);
    if (before?.[field] !== after) throw errors.notYetProved(field, is, after);
    const history = await store.listHistory(tx, r.code, id);
    const proof = history.slice(history.findLastIndex((h) => h.values[field] !== after) + 1);
    if (proof.some((h) => h.byAccount === tx.actor.accountId)) throw errors.ownProof(is, after);
    const households = await unsettled(tx, r, id);
    if (households > 0) throw errors.householdsOpen(field, is, households);
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
      await refuseClosing(tx, r, id, values, existing?.values);
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
      const before = await lineStore.findLine(tx, code, ledger, input.id);
      if (before) {
        if (before.entryId === id && sameValues(before.values, stored)) return page(tx, r, id);
        throw errors.alreadyExists("这一笔");
      }
      if (!e.active) throw errors.retired(r.title);
      refuseAny(refusals(part(l), values, clock.today(), find));
      const householdId = householdIn(l.households, values);
      if (householdId) await checkHousehold(deps, house, tx, l, e, householdId);
      const flags = exceeded(l.limits, l.fields, values, find).map((x) => x.message);
      const row = {
        register: code,
        entryId: id,
        ledger,
        id: input.id,
        on,
        values: stored,
        flags,
        householdId,
      };
      if (!(await lineStore.insertLine(tx, { ...row, at: clock.now().toISOString() })))
        throw errors.alreadyExists("这一笔");
      await tell(tx, r, id);
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

const part = (l: SubLedger) => ({ fields: l.fields, ...(l.limits ? { limits: l.limits } : {}) });
