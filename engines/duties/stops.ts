/** Doors to go to: everything that is open at a household (else about a person, else a clue alone), what is due first. */
import type { DutyDefinition, Field } from "@wuxin/declare";
import { DomainError, type IsoDate, isUuid } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { cardsOf } from "./cards.ts";
import { together } from "./model.ts";
import type { DutiesDeps } from "./ports.ts";
import * as store from "./store.ts";
import * as visited from "./visits-store.ts";

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
export type FullStop = Stop & { readonly definitions: DutyDefinition[] };

export interface StopPage extends Omit<store.StopQuery, "duties" | "clues" | "after"> {
  /** False: only what duties ask for. */
  readonly withClues?: boolean | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
}
/** The last stop of a page, as the caller brings it back. */
const markOf = (r: store.StopRecord) => [r.dueOn ?? "", r.divisionCode, r.subjectId].join("/");
function placeOf(mark: string): store.StopRecord {
  const [dueOn = "", divisionCode = "", subjectId = ""] = mark.split("/");
  if (!/^(\d{4}-\d{2}-\d{2})?$/.test(dueOn) || !/^\d*$/.test(divisionCode) || !isUuid(subjectId))
    throw new DomainError("invalid-input", "清单的位置不对，请重新取清单。", { field: "after" });
  return { dueOn: dueOn === "" ? null : dueOn, divisionCode, subjectId };
}

export function createStops(deps: DutiesDeps) {
  const { clock, catalogue } = deps;
  const clueDuty = (found: boolean) =>
    [...catalogue.duties.values()].find(
      ({ source }) => source.from === "clues" && (source.found ?? false) === found,
    );

  /** A grid worker goes where he was sent, and is shown what he needs to find the door and to ask. */
  const least = (tx: Tx) => tx.actor.role === "grid";
  /** A worker is shown his own clues, an office all of its place. */
  const worker = (tx: Tx) => (tx.actor.role === "village" || least(tx) ? tx.actor.accountId : null);

  /** One page of what waits in scope, and how many stops there are in all. */
  async function page(
    tx: Tx,
    q: StopPage,
  ): Promise<{ stops: FullStop[]; total: number; next: string | null }> {
    const { withClues = true, after, ...filter } = q;
    const { rows, total } = await store.stopPage(tx, {
      ...filter,
      duties: least(tx) ? [] : [...catalogue.duties.keys()],
      clues: withClues ? { worker: worker(tx) } : undefined,
      after: after === undefined ? undefined : placeOf(after),
    });
    const last = rows.at(-1);
    return {
      ...{ stops: await told(tx, rows), total },
      next: last && rows.length === q.limit ? markOf(last) : null,
    };
  }
  async function one(tx: Tx, subject: string): Promise<FullStop | undefined> {
    return (await page(tx, { subject, limit: 1 })).stops[0];
  }

  /** The stops of a page with their people, tasks, questions and cards. */
  async function told(tx: Tx, rows: readonly store.StopRecord[]): Promise<FullStop[]> {
    if (rows.length === 0) return [];
    const today = clock.today();
    const subjects = rows.map((r) => r.subjectId);
    const duties = least(tx)
      ? []
      : (await store.openDuties(tx, subjects)).filter((d) => catalogue.duties.has(d.duty));
    const mine = (await deps.clues.assigned(tx, subjects)).filter(
      (c) => worker(tx) === null || c.workerId === worker(tx),
    );
    const bySubject = new Map(
      rows.map((r) => [r.subjectId, { ...r, duties: [] as store.NewDuty[], clues: [] as typeof mine }]),
    );
    for (const d of duties) bySubject.get(d.subjectId)?.duties.push(d);
    for (const c of mine) bySubject.get(c.householdId ?? c.personId ?? c.id)?.clues.push(c);
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
      (await visited.lastPlaces(tx, [...bySubject.keys()])).map(({ subjectId, ...p }) => [subjectId, p]),
    );
    return [...bySubject].map(([subjectId, s]) => {
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
            code: clueDuty(c.found)?.code ?? "",
            title: c.title,
            reason: c.reason,
          },
          ...{ dueOn: c.dueOn, late: c.late, evidence: least(tx) ? [] : c.evidence, bring: c.bring },
        })),
        ...s.duties.map((d) => ({
          ...{ id: d.id, kind: "duty" as const, code: d.duty },
          title: catalogue.duties.get(d.duty)?.title ?? "",
          ...{ reason: d.reason, dueOn: d.dueOn, late: d.dueOn < today, evidence: [], bring: [] },
        })),
      ].sort((a, b) => ((a.dueOn ?? "9") < (b.dueOn ?? "9") ? -1 : 1));
      const definitions = [...catalogue.duties.values()].filter((d) => tasks.some((t) => t.code === d.code));
      const hidden = people.some((p) => p.protected) && (tx.actor.role === "village" || least(tx));
      const { divisionCode } = s;
      const cardFields = together(definitions, "card");
      const asks = (field: string) => cardFields.some((f) => f.name === field);
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
        card: Object.fromEntries([...(known.get(subjectId) ?? [])].filter(([f]) => !least(tx) || asks(f))),
        cardFields,
        form: together(definitions, "form"),
        definitions,
      };
    });
  }

  return { clueDuty, page, one };
}
