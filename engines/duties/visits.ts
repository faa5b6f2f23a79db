/** The day's list of a worker, and a visit that answers everything it can. */
import { checkFields, type DutyDefinition, type Field, type FieldValue, type Values } from "@wuxin/declare";
import { DomainError, dateInShanghai, derivedId, type IsoDate, maskName } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { type CardChanges, cardsOf, type createCards } from "./cards.ts";
import type { createDevices } from "./devices.ts";
import { together } from "./model.ts";
import type { DutiesDeps } from "./ports.ts";
import * as store from "./store.ts";

export interface VisitInput {
  readonly id: string;
  readonly deviceId: string | null;
  readonly subjectId: string;
  /** ISO instant at which the worker was there; the phone's clock. */
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
}
export interface Visited {
  readonly id: string;
  readonly answered: readonly string[];
  readonly merged: readonly string[];
  readonly conflicts: readonly string[];
  /** In words: what could not be entered as it was told and why; the visit itself is kept. */
  readonly notes: readonly string[];
}
export interface Task {
  readonly id: string;
  readonly kind: "duty" | "clue";
  readonly code: string;
  readonly title: string;
  readonly reason: string;
  readonly dueOn: IsoDate | null;
  readonly late: boolean;
  readonly evidence: readonly { readonly label: string; readonly value: string }[];
  readonly bring: readonly string[];
}
export interface Stop {
  readonly subjectId: string;
  readonly title: string;
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly sex: string;
    readonly birthDate: IsoDate;
    readonly phone: string | null;
  }[];
  readonly address: string;
  readonly divisionName: string;
  readonly divisionCode: string;
  readonly dueOn: IsoDate | null;
  readonly tasks: readonly Task[];
  readonly card: Readonly<Record<string, { value: unknown; version: number; at: string; by: string }>>;
  readonly cardFields: readonly Field[];
  readonly form: readonly Field[];
  readonly isHousehold: boolean;
  readonly phone: string | null;
  readonly place: { readonly latitude: number; readonly longitude: number; readonly onDate: IsoDate } | null;
}
const MOST = 300;
/** The phone's clock may run ahead a little; a visit of next week is a mistake. */
const AHEAD_MS = 24 * 3600_000;

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
  const clueDuty = [...catalogue.duties.values()].find((d) => d.source.from === "clues");

  /** Everything that waits in scope (a worker's own clues), by stop. */
  async function stops(
    tx: Tx,
    only?: string,
    division = "",
  ): Promise<(Stop & { readonly definitions: DutyDefinition[] })[]> {
    const today = clock.today();
    const duties = await store.openDuties(tx, only);
    const clues = clueDuty ? await deps.clues.assigned(tx) : [];
    const mine = clues.filter(
      (c) =>
        (tx.actor.role !== "village" || c.workerId === tx.actor.accountId) &&
        (!only || (c.householdId ?? c.personId ?? c.id) === only),
    );
    const bySubject = new Map<string, { duties: store.NewDuty[]; clues: typeof clues }>();
    const at = (id: string) => {
      const s = bySubject.get(id) ?? { duties: [], clues: [] };
      bySubject.set(id, s);
      return s;
    };
    for (const d of duties) if (catalogue.duties.has(d.duty)) at(d.subjectId).duties.push(d);
    for (const c of mine) at(c.householdId ?? c.personId ?? c.id).clues.push(c);
    const householdIds = [
      ...duties.flatMap((d) => d.householdId ?? []),
      ...mine.flatMap((c) => c.householdId ?? []),
    ];
    const households = await deps.registry.households(tx, householdIds);
    const living = (id: string) =>
      households.get(id)?.members.filter((m) => m.toDate === null && m.diedOn === null) ?? [];
    const persons = await deps.registry.persons(tx, [
      ...duties.map((d) => d.personId),
      ...mine.flatMap((c) => c.personId ?? []),
      ...[...households.keys()].flatMap((id) => living(id).map((m) => m.personId)),
    ]);
    const known = await cardsOf(tx, deps, [...bySubject.keys()]);
    const places = new Map(
      (await store.lastPlaces(tx, [...bySubject.keys()])).map(({ subjectId, ...p }) => [subjectId, p]),
    );
    return [...bySubject]
      .map(([subjectId, s]) => {
        const h = households.get(subjectId);
        const ids = h
          ? living(h.id).map((m) => m.personId)
          : [...new Set([...s.duties.map((d) => d.personId), ...s.clues.flatMap((c) => c.personId ?? [])])];
        const people = ids.flatMap((id) => persons.get(id) ?? []);
        const [clue] = s.clues;
        const head = h?.headName ?? people[0]?.name ?? clue?.name ?? "";
        const tasks: Task[] = [
          ...s.clues.map((c) => ({
            ...{
              id: c.id,
              kind: "clue" as const,
              code: clueDuty?.code ?? "",
              title: c.title,
              reason: c.reason,
            },
            ...{ dueOn: c.dueOn, late: c.late, evidence: c.evidence, bring: c.bring },
          })),
          ...s.duties.map((d) => ({
            ...{ id: d.id, kind: "duty" as const, code: d.duty },
            title: catalogue.duties.get(d.duty)?.title ?? "",
            ...{ reason: d.reason, dueOn: d.dueOn, late: d.dueOn < today, evidence: [], bring: [] },
          })),
        ].sort((a, b) => ((a.dueOn ?? "9") < (b.dueOn ?? "9") ? -1 : 1));
        const definitions = [...catalogue.duties.values()].filter((d) =>
          tasks.some((t) => t.code === d.code),
        );
        const hidden = people.some((p) => p.protected) && tx.actor.role === "village";
        const divisionCode =
          h?.divisionCode ?? people[0]?.divisionCode ?? clue?.divisionCode ?? tx.actor.scope;
        return {
          subjectId,
          title: h && people.length > 1 ? `${head}家（${people.length} 人）` : head,
          people: people.map((p) => ({
            ...{ id: p.id, name: p.name, sex: p.sex as string, birthDate: p.birthDate },
            phone: null as string | null,
          })),
          // Of somebody the registry does not know, as the report gave it.
          phone: people.length === 0 ? (clue?.phone ?? null) : null,
          isHousehold: h !== undefined,
          address: hidden ? "（受保护，不予显示）" : h?.address || people[0]?.address || clue?.address || "",
          divisionName: deps.divisionName(tx.actor.countyCode, divisionCode),
          divisionCode,
          place: hidden ? null : (places.get(subjectId) ?? null),
          dueOn: tasks[0]?.dueOn ?? null,
          tasks,
          card: Object.fromEntries(known.get(subjectId) ?? []),
          cardFields: together(definitions, "card"),
          form: together(definitions, "form"),
          definitions,
        };
      })
      .filter((s) => s.divisionCode.startsWith(division))
      .sort((a, b) => {
        const [x, y] = [a, b].map((s) => `${s.dueOn ?? "9"} ${s.divisionCode} ${s.subjectId}`) as [
          string,
          string,
        ];
        return x < y ? -1 : 1;
      })
      .slice(0, MOST);
  }

  /** For a phone: with telephone numbers, so that a worker can call. Disclosing is written down. */
  async function list(tx: Tx, deviceId: string | null): Promise<{ today: IsoDate; stops: Stop[] }> {
    if (deviceId !== null) await devices.own(tx, deviceId);
    const found = await stops(tx);
    const ids = found.flatMap((s) => s.people.map((p) => p.id));
    const persons = await deps.registry.persons(tx, ids);
    const open = ids.filter((id) => persons.get(id)?.phoneMasked != null);
    const numbers = open.length > 0 ? await deps.registry.disclose(tx, open, "走访联系") : new Map();
    await deps.audit.record(tx, { action: "duty.list", object: "duty", detail: `${found.length} 户` });
    return {
      today: clock.today(),
      stops: found.map(({ definitions: _, ...s }) => ({
        ...s,
        people: s.people.map((p) => ({ ...p, phone: numbers.get(p.id)?.phone ?? null })),
      })),
    };
  }

  /** The same for the console, names masked, without numbers. */
  async function board(tx: Tx, q: store.VisitFilter = {}) {
    return (await stops(tx, undefined, q.division)).map((s) => ({
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
    }));
  }

  /**
   * A visit answers every open duty and clue of its subject whose questions it answers. The same id again is the same
   * visit. What cannot be entered (a clue that somebody closed meanwhile) is told; the visit itself is never lost.
   * Errors: not-found (subject), invalid-input (questions), device-revoked.
   */
  async function record(tx: Tx, input: VisitInput): Promise<Visited> {
    if (input.deviceId !== null) await devices.own(tx, input.deviceId);
    const before = await store.findVisit(tx, input.id);
    if (before) {
      const answered = (await store.answersOf(tx, [input.id])).map((a) => a.title);
      return { id: input.id, answered, merged: [], conflicts: [], notes: ["这次走访已经收到过。"] };
    }
    const at = new Date(input.at);
    if (Number.isNaN(at.getTime()) || at.getTime() > clock.now().getTime() + AHEAD_MS)
      throw new DomainError("invalid-input", "走访时间不对，请检查手机的日期和时间。", { field: "at" });
    const on = dateInShanghai(at);
    const [stop] = await stops(tx, input.subjectId);
    const place = stop ?? (await known(tx, input.subjectId));
    if (!place) throw new DomainError("not-found", "没有找到这户，或不在您的管辖范围内。");
    const notes: string[] = [];
    const definitions = stop?.definitions ?? [];
    if (!stop) notes.push("这户的任务已由别人办完，走访照样存档。");
    const asked = stop?.form ?? [];
    const answers = Object.fromEntries(
      Object.entries(input.answers).filter(([name]) => !stop || asked.some((f) => f.name === name)),
    );
    const changed = Object.fromEntries(Object.entries(input.card).map(([k, c]) => [k, c.value])) as Values;
    const errors = [
      ...(stop ? checkFields(asked, answers, on) : []),
      ...checkFields(onCard(changed), changed, on),
    ];
    if (errors.length > 0)
      throw new DomainError("invalid-input", errors.map((e) => e.message).join(""), { details: errors });
    await store.insertVisit(tx, {
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
    answers: Readonly<Record<string, FieldValue | undefined>>,
    on: IsoDate,
    notes: string[],
  ): Promise<string[]> {
    const answered: string[] = [];
    const ids = stop.tasks.filter((t) => t.kind === "duty").map((t) => t.id);
    for (const d of await store.closeDuties(tx, ids, input.id, on)) {
      const definition = definitions.find((x) => x.code === d.duty);
      const title = definition?.title ?? d.duty;
      await store.answer(tx, input.id, "duty", d.id, title);
      answered.push(title);
      if (definition?.settles && d.entitlementId) {
        const goesOn = answers[definition.settles.field] === definition.settles.goesOn;
        await deps.entitlements.recordReview(tx, d.entitlementId, {
          ...{ id: derivedId(input.id, d.id), result: goesOn ? "continue" : "recheck" },
          ...{ method: "home-visit", on, note: goesOn ? "" : "走访发现情况有变化，详见走访记录。" },
        });
      }
    }
    const clues = (await deps.clues.assigned(tx)).filter((c) => stop.tasks.some((t) => t.id === c.id));
    const names = new Set(clueDuty?.form.map((f) => f.name));
    for (const c of clues) {
      const data = Object.fromEntries(Object.entries(answers).filter(([name]) => names.has(name)));
      await deps.clues.act(tx, c.id, {
        ...{ id: derivedId(input.id, c.id), version: c.version, action: "visit" },
        data: { on, ...data, photos: [...input.photos] },
      });
      await store.answer(tx, input.id, "clue", c.id, c.title);
      answered.push(c.title);
    }
    const gone = stop.tasks.length - answered.length;
    if (gone > 0) notes.push(`有 ${gone} 项任务已由别人办完。`);
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
