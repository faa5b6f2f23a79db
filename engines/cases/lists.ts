/** Case lists and the workbench: who has what to do, by clock. */
import type { ItemDefinition } from "@wuxin/declare";
import {
  DomainError,
  type IsoDate,
  type Month,
  maskName,
  monthOf,
  parseResidentId,
  type WorkingCalendar,
} from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { type ClockView, viewClock } from "./clocks.ts";
import type { CasesDeps, DrawnInMonth } from "./deps.ts";
import {
  fold,
  getState,
  type LegalAction,
  legalActions,
  rolesOf,
  type Switches,
  shownState,
} from "./model.ts";
import { listActions } from "./store.ts";
import * as list from "./store-list.ts";
import { type OpenObjection, openObjections, valuesOf } from "./values.ts";
import type { CaseRow, WorkRow } from "./views.ts";

export interface CaseQuery {
  readonly page: number;
  readonly size: number;
  readonly item?: string | undefined;
  readonly state?: string | undefined;
  readonly division?: string | undefined;
  readonly q?: string | undefined;
  readonly light?: "yellow" | "red" | "late" | undefined;
  readonly mine?: boolean | undefined;
  readonly deviates?: boolean | undefined;
  readonly open?: "true" | "false" | undefined;
}

/** With what is drawn of it this month, which a raise, a change or an end made another than what was decided. */
export interface ListedCase extends CaseRow {
  readonly drawnFen: number | null;
  readonly drawnNote: string | null;
}
export interface CaseList {
  readonly rows: ListedCase[];
  readonly total: number;
  readonly states: { state: string; label: string; count: number }[];
}

export async function listCases(tx: Tx, deps: CasesDeps, q: CaseQuery): Promise<CaseList> {
  if (q.division !== undefined && !/^\d{6,12}$/.test(q.division))
    throw new DomainError("invalid-input", "区划代码应为 6、9 或 12 位数字，请从列表里选。", {
      field: "division",
    });
  const today = deps.clock.today();
  const filter: list.ListFilter = {
    item: q.item,
    state: q.state,
    division: q.division,
    light: q.light,
    deviates: q.deviates,
    open: q.open === undefined ? undefined : q.open === "true",
    today,
    ...(await searched(tx, deps, q.q)),
    ...(q.mine ? { todo: todoStates(deps, tx, tx.actor.role) } : {}),
  };
  const rows = await list.listFiles(tx, filter, q);
  const counts = await list.countStates(tx, filter);
  const calendar = await deps.calendar.working(tx);
  const month = monthOf(today);
  const drawn = await deps.drawnOfCases?.(
    tx,
    rows.map((r) => r.id),
    month,
  );
  const total = counts.filter((c) => !q.state || c.state === q.state).reduce((n, c) => n + c.count, 0);
  return {
    total,
    rows: rows.map((r) => {
      const d = drawn?.get(r.id);
      return {
        ...caseRow(tx, deps, r, today, calendar, d?.endMonth),
        // A recognition gives no money.
        ...drawnIn(month, deps.catalogue.items.get(r.item)?.entitlement.recognition ? undefined : d),
      };
    }),
    states: stateCounts(deps, counts),
  };
}

/** The amount of this month, and since or until when where that is not now; nothing of what was never opened. */
function drawnIn(month: Month, d: DrawnInMonth | undefined): Pick<ListedCase, "drawnFen" | "drawnNote"> {
  if (!d) return { drawnFen: null, drawnNote: null };
  const ended = d.endMonth !== null && d.endMonth < month;
  const note = ended
    ? `发到 ${d.endMonth}`
    : d.fromMonth > month
      ? `${d.fromMonth} 起`
      : d.endMonth !== null
        ? `到 ${d.endMonth}`
        : d.amountFen === 0
          ? "暂停"
          : null;
  return { drawnFen: d.amountFen, drawnNote: note };
}

/** A full ID number finds its owner; anything else is the beginning of a name or part of a number. */
async function searched(
  tx: Tx,
  deps: CasesDeps,
  typed: string | undefined,
): Promise<Pick<list.ListFilter, "text" | "applicantIds">> {
  const text = typed?.trim() ?? "";
  if (text === "") return {};
  const id = /^[\dXx\s]{15,20}$/.test(text) ? parseResidentId(text, deps.clock.today()) : undefined;
  if (!id?.ok) return { text };
  const person = await deps.registry.findPersonByIdNo(tx, id.id);
  return { applicantIds: person ? [person.id] : [] };
}

/** In the order of the flows; states of one name in several items are counted together per id. */
function stateCounts(
  deps: CasesDeps,
  counts: readonly { item: string; state: string; count: number }[],
): CaseList["states"] {
  const sums = new Map<string, { state: string; label: string; count: number }>();
  for (const item of deps.catalogue.items.values())
    for (const s of item.flow.states) {
      const count = counts
        .filter((c) => c.item === item.code && c.state === s.id)
        .reduce((n, c) => n + c.count, 0);
      if (count === 0) continue;
      const known = sums.get(s.id);
      sums.set(s.id, { state: s.id, label: known?.label ?? s.label, count: (known?.count ?? 0) + count });
    }
  return [...sums.values()];
}

export function caseRow(
  tx: Tx,
  deps: CasesDeps,
  r: list.ListedFile,
  today: IsoDate,
  calendar: WorkingCalendar,
  endMonth: Month | null = null,
): CaseRow {
  const item = deps.catalogue.items.get(r.item);
  const state = item ? shownState(getState(item.flow, r.state), endMonth, today) : undefined;
  return {
    id: r.id,
    number: r.number,
    item: r.item,
    itemTitle: item?.title ?? r.item,
    state: r.state,
    stateLabel: state?.label ?? r.state,
    tone: state?.tone ?? "neutral",
    applicantMasked: maskName(r.applicantName),
    memberCount: r.memberIds.length,
    divisionCode: r.divisionCode,
    divisionName: deps.counties.divisionName(tx.actor.countyCode, r.divisionCode),
    channel: r.channel,
    submittedOn: r.submittedOn,
    clock: item ? clockOf(item, r, today, calendar) : null,
    amountFen: r.amountFen,
    relative: r.relative,
    deviates: r.deviates,
  };
}

function clockOf(
  item: ItemDefinition,
  r: list.ListedFile,
  today: IsoDate,
  calendar: WorkingCalendar,
): ClockView | null {
  const def = item.flow.clocks.find((c) => c.key === r.dueKey);
  if (!def || !r.clockDueOn || !r.clockWarnOn || !r.clockStartedOn || !r.clockUnit || r.clockLimit === null)
    return null;
  return viewClock(
    def,
    {
      key: def.key,
      round: 1,
      startedOn: r.clockStartedOn,
      stoppedOn: null,
      limit: r.clockLimit,
      unit: r.clockUnit,
      dueOn: r.clockDueOn,
      warnOn: r.clockWarnOn,
    },
    today,
    calendar,
  );
}

/**
 * The states in which this role has a step of its own to do. Steps possible everywhere (withdraw, report) are no work
 * that waits, and a settled case waits for nobody unless a clock runs.
 */
export function todoStates(
  deps: Pick<CasesDeps, "catalogue" | "counties" | "clock">,
  tx: Tx,
  role: string,
): { item: string; state: string }[] {
  const switches = deps.counties.switchesOn(tx.actor.countyCode, deps.clock.today());
  return [...deps.catalogue.items.values()].flatMap((item) =>
    item.flow.states
      .filter((s) => !s.final && item.flow.actions.some((a) => isWork(item, a, s.id, role, switches)))
      .map((s) => ({ item: item.code, state: s.id })),
  );
}

function isWork(
  item: ItemDefinition,
  a: ItemDefinition["flow"]["actions"][number],
  state: string,
  role: string,
  switches: Switches,
): boolean {
  const tone = getState(item.flow, state).tone;
  const settled = tone === "good";
  const timed = item.flow.clocks.some((c) => c.stopsAt.includes(a.id));
  return (
    a.from.includes(state) &&
    !a.effects?.submit &&
    !item.flow.clocks.some((c) => c.extendedBy?.action === a.id) &&
    rolesOf(a, switches).includes(role) &&
    (!settled || timed) &&
    (a.tone !== "danger" || (timed && a.effects?.decide !== undefined))
  );
}

/** At most so many are looked at; a desk with more has other troubles than their order. */
const DESK = 300;

export async function workbenchRows(tx: Tx, deps: CasesDeps): Promise<WorkRow[]> {
  const today = deps.clock.today();
  const todo = todoStates(deps, tx, tx.actor.role);
  if (todo.length === 0) return [];
  const files = await list.listTodo(tx, { today, todo }, DESK);
  const ids = files.map((f) => f.id);
  const actions = await listActions(tx, ids);
  const objections = await list.countOpenObjections(tx, ids);
  const calendar = await deps.calendar.working(tx);
  const switches = deps.counties.switchesOn(tx.actor.countyCode, today);
  return files.flatMap((file) => {
    const item = deps.catalogue.items.get(file.item);
    if (!item) return [];
    const state = fold(item.flow.initial, actions.get(file.id) ?? []);
    const filed: readonly OpenObjection[] = objections.get(file.id) ?? [];
    const values = valuesOf({
      item,
      state,
      today,
      switches,
      objections: filed,
      members: { total: file.memberIds.length, living: file.memberIds.length },
      mustSign: null,
    });
    const settled = getState(item.flow, file.state).tone === "good";
    if (settled && file.dueKey === null) return [];
    const legal = legalActions(item.flow, state, tx.actor, switches, {
      ...values,
      // What the rules say is asked on the page of the case, not for every line of a desk.
      "decision.known": true,
      "decision.eligible": true,
    }).filter((l) => isWork(item, l.action, file.state, tx.actor.role, switches));
    const next = pick(legal, file.state);
    if (!next) return [];
    const row = caseRow(tx, deps, file, today, calendar);
    return [
      {
        kind: openObjections({ objections: filed, state }).length > 0 ? "objection" : "case",
        id: file.id,
        itemTitle: item.shortTitle,
        title: `${row.applicantMasked} · ${row.number}`,
        todo: next.action.label,
        waiting: `${row.stateLabel}，${file.submittedOn} 申请`,
        divisionName: row.divisionName,
        clock: row.clock,
        link: `/cases/${file.id}`,
      },
    ];
  });
}

/** The step to name: one that can be done, the main one first, then one that leads on. Nothing to do now: not on the desk. */
function pick(legal: readonly LegalAction[], state: string): LegalAction | undefined {
  const free = legal.filter((l) => l.blocked.length === 0);
  const leadsOn = (l: LegalAction) => l.action.to !== "=" && l.action.to !== state;
  return free.find((l) => l.action.tone === "primary") ?? free.find(leadsOn) ?? free[0];
}
