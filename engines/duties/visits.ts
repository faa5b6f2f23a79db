/** The day's list of a worker, and a visit that answers everything it can. */
import { checkFields, type DutyDefinition, type Values } from "@wuxin/declare";
import { DomainError, dateInShanghai, derivedId, type IsoDate, maskName } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { CardChanges, createCards } from "./cards.ts";
import type { createDevices } from "./devices.ts";
import { createGone } from "./gone.ts";
import { namedIn, together } from "./model.ts";
import type { DutiesDeps } from "./ports.ts";
import { createStops, type Stop, type StopPage } from "./stops.ts";
import * as store from "./store.ts";
import * as visited from "./visits-store.ts";

export interface VisitInput {
  readonly id: string;
  readonly deviceId: string | null;
  readonly subjectId: string;
  /** ISO instant at which the worker was there, by the phone. */
  readonly at: string;
  readonly place: {
    readonly latitude: number;
    readonly longitude: number;
    readonly accuracyM: number;
  } | null;
  readonly answers: Values;
  readonly card: CardChanges;
  readonly photos: readonly string[];
  readonly signatureId: string | null;
  /** For what he went, as his list had it. */
  readonly tasks?: readonly string[] | undefined;
}
export interface Visited {
  readonly id: string;
  readonly answered: readonly string[];
  readonly merged: readonly string[];
  readonly conflicts: readonly string[];
  /** In words: what could not be entered as it was told and why; the visit itself is kept. */
  readonly notes: readonly string[];
}
/** What a phone takes at once: more doors than anybody goes to in a day. */
const PHONE_PAGE = 300;
/** A phone's clock that runs ahead by more than this is told. */
const AHEAD_MS = 2 * 60_000;

export function createVisits(
  deps: DutiesDeps,
  cards: ReturnType<typeof createCards>,
  devices: ReturnType<typeof createDevices>,
) {
  const { clock, vault, catalogue } = deps;
  const cardFields = together([...catalogue.duties.values()], "card");
  /** What is left empty was taken off the card: nothing is required there. */
  const onCard = (changed: Values) =>
    cardFields.filter((f) => f.name in changed).map((f) => ({ ...f, required: false }));
  const { clueDuty, page, one } = createStops(deps);
  const goneFrom = createGone(deps, clueDuty);

  /**
   * For a phone: with telephone numbers, so that a worker can call. Disclosing is written down. What is due first, a page
   * at a time; `total` says how many wait in all. Errors: device-revoked, not-found (phone), invalid-input (after).
   */
  async function list(
    tx: Tx,
    deviceId: string | null,
    q: { after?: string | undefined } = {},
  ): Promise<{ today: IsoDate; now: string; stops: Stop[]; total: number; next: string | null }> {
    if (deviceId !== null) await devices.own(tx, deviceId);
    const { stops, total, next } = await page(tx, { ...q, limit: PHONE_PAGE });
    const ids = stops.flatMap((s) => s.people.map((p) => p.id));
    const persons = await deps.registry.persons(tx, ids);
    const open = ids.filter((id) => persons.get(id)?.phoneMasked != null);
    const numbers = open.length > 0 ? await deps.registry.disclose(tx, open, "走访联系") : new Map();
    await deps.audit.record(tx, { action: "duty.list", object: "duty", detail: `${stops.length} 户` });
    return {
      ...{ today: clock.today(), now: clock.now().toISOString(), total, next },
      stops: stops.map(({ definitions: _, ...s }) => ({
        ...s,
        people: s.people.map((p) => ({ ...p, phone: numbers.get(p.id)?.phone ?? null })),
      })),
    };
  }

  /** The same for the console, names masked, without numbers. */
  async function board(tx: Tx, q: StopPage) {
    const { stops, total } = await page(tx, q);
    return {
      total,
      rows: stops.map((s) => ({
        ...{ subjectId: s.subjectId, titleMasked: maskName(s.title.replace(/家（.*/, "")) },
        ...{ divisionName: s.divisionName, divisionCode: s.divisionCode, dueOn: s.dueOn },
        isHousehold: s.isHousehold,
        ...{ late: s.tasks.some((t) => t.late) },
        tasks: s.tasks.map((t) => ({
          title: t.title,
          reason: t.reason,
          kind: t.kind,
          id: t.id,
          dueOn: t.dueOn,
        })),
        person: s.people[0]?.id ?? null,
      })),
    };
  }

  /**
   * A visit answers every open duty and clue of its subject whose questions it answers. The same id again is the same
   * visit. What cannot be entered (a clue that somebody closed meanwhile) is told; the visit itself is never lost.
   * Errors: not-found (subject), invalid-input (questions), device-revoked.
   */
  async function record(tx: Tx, input: VisitInput): Promise<Visited> {
    if (input.deviceId !== null) await devices.own(tx, input.deviceId);
    const before = await visited.findVisit(tx, input.id);
    if (before) {
      const answered = (await visited.answersOf(tx, [input.id])).map((a) => a.title);
      return { id: input.id, answered, merged: [], conflicts: [], notes: ["这次走访已经收到过。"] };
    }
    const told = Date.parse(input.at);
    if (Number.isNaN(told))
      throw new DomainError("invalid-input", "没有走访时间，请在手机上打开这次走访重新提交。", {
        field: "at",
      });
    // Nobody has been where he will be: what a phone dates later than now was at the latest now.
    const now = clock.now().getTime();
    const at = new Date(Math.min(told, now));
    const on = dateInShanghai(at);
    const stop = await one(tx, input.subjectId);
    // Who goes only where he was sent does not keep a record of the others in his village.
    const gone = await goneFrom(tx, input, stop?.tasks ?? []);
    const knows = tx.actor.role !== "grid" || gone.clues.length > 0;
    const place = stop ?? (knows ? await known(tx, input.subjectId) : undefined);
    if (!place) throw new DomainError("not-found", "没有找到这户，或不归您去。");
    const notes: string[] = [];
    if (told - now > AHEAD_MS)
      notes.push(
        "手机的时间比实际快，这次走访按收到的时间记。请在手机设置里打开「自动设置日期和时间」，再点「同步」。",
      );
    const definitions = stop?.definitions ?? [];
    if (!stop) notes.push("这户的任务已由别人办完，走访照样存档。");
    const asked = stop?.form ?? [];
    const heard = [...asked, ...gone.form];
    const answers = Object.fromEntries(
      Object.entries(input.answers).filter(([name]) => !stop || heard.some((f) => f.name === name)),
    );
    const changed = Object.fromEntries(Object.entries(input.card).map(([k, c]) => [k, c.value])) as Values;
    const errors = [
      ...(stop ? checkFields(asked, answers, on) : []),
      ...checkFields(onCard(changed), changed, on),
    ];
    if (errors.length > 0)
      throw new DomainError("invalid-input", errors.map((e) => e.message).join(""), { details: errors });
    await visited.insertVisit(tx, {
      ...{ id: input.id, subjectId: input.subjectId, divisionCode: place.divisionCode, title: place.title },
      personId: place.people.length === 1 ? (place.people[0]?.id ?? null) : null,
      householdId: place.isHousehold ? input.subjectId : null,
      ...{ method: definitions[0]?.method ?? "visit", onDate: on, at, receivedAt: clock.now() },
      ...{ deviceId: input.deviceId, latitude: input.place?.latitude ?? null },
      longitude: input.place?.longitude ?? null,
      accuracyM: input.place ? Math.round(input.place.accuracyM) : null,
      answersSealed: vault.seal(JSON.stringify(answers)),
      ...{ photos: [...input.photos], signatureId: input.signatureId },
    });
    const files = [...input.photos, ...(input.signatureId ? [input.signatureId] : [])];
    await deps.attach(tx, files, { visitId: input.id, divisionCode: place.divisionCode });
    const answered = stop ? await settle(tx, input, stop, definitions, answers, on, notes) : [];
    notes.push(...(await gone.tell(answers, on)));
    const merged = await cards.apply(
      tx,
      { subjectId: input.subjectId, divisionCode: place.divisionCode, visitId: input.id },
      input.card,
    );
    await deps.audit.record(tx, {
      ...{ action: "visit.record", object: "visit", objectId: input.id },
      detail: `${maskName(place.title.replace(/家（.*/, ""))}：${answered.length} 项`,
    });
    const label = (name: string) => cardFields.find((f) => f.name === name)?.label ?? name;
    return {
      id: input.id,
      answered,
      merged: merged.written.map(label),
      conflicts: merged.conflicts.map(label),
      notes,
    };
  }

  /** Carries what was found into the duties, the reviews and the clues. */
  async function settle(
    tx: Tx,
    input: VisitInput,
    stop: Stop,
    definitions: readonly DutyDefinition[],
    answers: Values,
    on: IsoDate,
    notes: string[],
  ): Promise<string[]> {
    const answered: string[] = [];
    const ids = stop.tasks.filter((t) => t.kind === "duty").map((t) => t.id);
    for (const d of await store.closeDuties(tx, ids, input.id, on)) {
      const definition = definitions.find((x) => x.code === d.duty);
      const title = definition?.title ?? d.duty;
      if (definition?.source.from === "measures") {
        const { householdId } = d;
        const data = { ...namedIn(definition.form, answers), on, photos: [...input.photos] };
        const entered =
          householdId !== null &&
          (await deps.clues.measures.looked(tx, {
            ...{ id: derivedId(input.id, d.id), householdId, visitId: input.id, data },
          }));
        if (!entered) notes.push(`「${title}」已由别人办完。`);
      }
      await visited.answer(tx, input.id, "duty", d.id, title);
      answered.push(title);
      if (definition?.settles && d.entitlementId) {
        const goesOn = answers[definition.settles.field] === definition.settles.goesOn;
        await deps.entitlements.recordReview(tx, d.entitlementId, {
          ...{ id: derivedId(input.id, d.id), result: goesOn ? "continue" : "recheck" },
          ...{ method: "home-visit", on, note: goesOn ? "" : "走访发现情况有变化，详见走访记录。" },
        });
      }
    }
    const clues = (await deps.clues.assigned(tx, [stop.subjectId])).filter((c) =>
      stop.tasks.some((t) => t.id === c.id),
    );
    for (const c of clues) {
      const data = namedIn(clueDuty(c.found)?.form ?? [], answers);
      await deps.clues.act(tx, c.id, {
        ...{ id: derivedId(input.id, c.id), version: c.version, action: c.found ? "contact" : "visit" },
        visitId: input.id,
        // Who would rather not signs that he was told.
        data: {
          ...{ on, ...data },
          photos: [...input.photos, ...(c.found && input.signatureId ? [input.signatureId] : [])],
        },
      });
      await visited.answer(tx, input.id, "clue", c.id, c.title);
      answered.push(c.title);
    }
    return answered;
  }

  /** A subject with nothing open any more. */
  async function known(tx: Tx, subjectId: string) {
    const h = (await deps.registry.households(tx, [subjectId])).get(subjectId);
    if (h) return { title: h.headName, divisionCode: h.divisionCode, people: [], isHousehold: true };
    const p = (await deps.registry.persons(tx, [subjectId])).get(subjectId);
    return p && { title: p.name, divisionCode: p.divisionCode, people: [{ id: p.id }], isHousehold: false };
  }

  return { list, board, record };
}
