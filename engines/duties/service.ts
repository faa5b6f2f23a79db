/** The door of the engine: the caller's transaction is theirs. */
import { checkFields, type FieldValue, isEmpty, type Values } from "@wuxin/declare";
import { DomainError, type Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { type CardChanges, cardsOf, createCards } from "./cards.ts";
import * as cardStore from "./cards-store.ts";
import { createDevices } from "./devices.ts";
import { createGenerator } from "./generate.ts";
import { together } from "./model.ts";
import { type DutiesDeps, dutiesActions } from "./ports.ts";
import * as store from "./store.ts";
import { createVisits } from "./visits.ts";
import * as visited from "./visits-store.ts";

export type Duties = ReturnType<typeof createDuties>;

export function createDuties(deps: DutiesDeps) {
  deps.audit.describe(dutiesActions);
  const { clock, vault, catalogue } = deps;
  const devices = createDevices(deps);
  const cards = createCards(deps);
  const visits = createVisits(deps, cards, devices);
  const all = [...catalogue.duties.values()];

  /** Visits of a household and of its people alone, newest first, told in words. */
  async function ofHousehold(tx: Tx, subjects: readonly string[], persons: readonly string[]) {
    return told(tx, await visited.visitsOf(tx, subjects, persons));
  }
  async function told(tx: Tx, rows: readonly visited.VisitRecord[]) {
    const answers = await visited.answersOf(
      tx,
      rows.map((r) => r.id),
    );
    return rows.map((v) => ({
      ...{ id: v.id, at: v.at, onDate: v.onDate, by: v.byName, title: v.title, subjectId: v.subjectId },
      answered: answers.filter((a) => a.visitId === v.id).map((a) => a.title),
    }));
  }

  /** One visit with everything said. Reading it is written down. Error: not-found. */
  async function page(tx: Tx, id: string) {
    const v = await visited.findVisit(tx, id);
    if (!v) throw new DomainError("not-found", "没有找到这次走访，或不在您的管辖范围内。");
    await deps.audit.record(tx, { action: "visit.read", object: "visit", objectId: id });
    const values = JSON.parse(vault.open(v.answersSealed)) as Values;
    const fields = together(all, "form");
    const [brief] = await told(tx, [v]);
    return {
      ...(brief as NonNullable<typeof brief>),
      ...{ personId: v.personId, householdId: v.householdId, receivedAt: v.receivedAt },
      divisionName: deps.divisionName(tx.actor.countyCode, v.divisionCode),
      place:
        v.latitude === null || v.longitude === null
          ? null
          : { latitude: v.latitude, longitude: v.longitude, accuracyM: v.accuracyM ?? 0 },
      lines: fields.flatMap((f) => {
        const value = values[f.name];
        if (value === undefined || value === null || value === "") return [];
        const label = (x: unknown) => f.choices?.find((c) => c.value === x)?.label ?? String(x);
        const text = Array.isArray(value)
          ? value.map(label).join("、")
          : typeof value === "boolean"
            ? value
              ? "是"
              : "否"
            : label(value);
        return [{ label: f.label, text }];
      }),
      ...{ photos: v.photos, signatureId: v.signatureId },
    };
  }

  /** What is known about a subject, with the questions, for the console. */
  async function card(tx: Tx, subjectId: string) {
    const known = (await cardsOf(tx, deps, [subjectId])).get(subjectId);
    return { fields: together(all, "card"), values: Object.fromEntries(known ?? []) };
  }

  /** What stands in each group of the card's questions (an assessment), with the day of its newest answer. */
  async function assessed(tx: Tx, subjectId: string) {
    const { fields, values } = await card(tx, subjectId);
    return [...new Set(fields.flatMap((f) => f.group ?? []))].flatMap((group) => {
      const known = fields.flatMap((f) => {
        const there = f.group === group ? values[f.name] : undefined;
        return there && !isEmpty(there.value as FieldValue) ? [{ f, there }] : [];
      });
      const at = known
        .map((k) => k.there.at)
        .sort()
        .at(-1);
      if (at === undefined) return [];
      const text = known.map((k) => `${k.f.label}：${cards.say(k.f.name, k.there.value)}`).join("；");
      return [{ group, at, text }];
    });
  }

  /** Somebody in an office puts the card right; from the version seen. Errors: invalid-input, stale-version. */
  async function changeCard(
    tx: Tx,
    of: { subjectId: string; divisionCode: string },
    changes: CardChanges,
  ): Promise<void> {
    const fields = together(all, "card").filter((f) => f.name in changes);
    const values = Object.fromEntries(Object.entries(changes).map(([k, c]) => [k, c.value])) as Values;
    const errors = checkFields(fields, values, clock.today());
    if (errors.length > 0)
      throw new DomainError("invalid-input", errors.map((e) => e.message).join(""), { details: errors });
    const now = (await cardsOf(tx, deps, [of.subjectId])).get(of.subjectId);
    for (const [field, c] of Object.entries(changes)) {
      const there = now?.get(field);
      if ((there?.version ?? 0) !== c.base)
        throw new DomainError(
          "stale-version",
          `「${field}」刚刚由${there?.by ?? "别人"}改过，请刷新页面再改。`,
        );
      await cardStore.addCardField(tx, {
        ...{ subjectId: of.subjectId, divisionCode: of.divisionCode, field, version: c.base + 1 },
        ...{ valueSealed: vault.seal(JSON.stringify(c.value ?? null)), at: clock.now() },
      });
    }
    await deps.audit.record(tx, {
      ...{ action: "card.change", object: "household", objectId: of.subjectId },
      detail: Object.keys(changes).join("、"),
    });
  }

  /** Per township and duty: due, done in time, late, in a month. */
  async function progress(tx: Tx, month: Month) {
    return (await store.progress(tx, month, clock.today())).map((r) => ({
      ...r,
      dutyTitle: catalogue.duties.get(r.duty)?.title ?? r.duty,
      divisionName: deps.divisionName(tx.actor.countyCode, r.divisionCode),
    }));
  }

  return {
    generate: createGenerator(deps),
    /** Of the outbox event `people.moved`: who looks after the new place goes there from now on. */
    onMoved: store.moveStops,
    /** A household that was looked at again without a visit: nobody has to go there for that. */
    lookedAtDesk: (tx: Tx, householdId: string) =>
      store.voidOf(
        tx,
        householdId,
        all.flatMap((d) => (d.source.from === "measures" ? [d.code] : [])),
      ),
    list: visits.list,
    board: visits.board,
    record: visits.record,
    recent: async (tx: Tx, q: visited.VisitFilter = {}, limit = 50) =>
      told(tx, await visited.recentVisits(tx, limit, q)),
    ofHousehold,
    page,
    card,
    assessed,
    changeCard,
    progress,
    lateByTownship: (tx: Tx) => store.lateByTownship(tx, clock.today()),
    conflicts: cards.listConflicts,
    resolve: cards.resolve,
    deviceKey: devices.key,
    devices: devices.list,
    revokeDevice: devices.revoke,
    deviceStanding: devices.standing,
  };
}
