/** Where a case stands after its last action: its clocks, and what lists must find quickly. */
import type { ItemDefinition } from "@wuxin/declare";
import type { IsoDate, WorkingCalendar } from "@wuxin/kernel";
import { type ClockView, type DatedClock, dateClock, runClocks, viewClock } from "./clocks.ts";
import { type CaseAction, getState, type Switches } from "./model.ts";

export interface Standing {
  readonly clocks: readonly (DatedClock & { readonly owner: string })[];
  readonly state: string;
  readonly version: number;
  readonly isOpen: boolean;
  /** The earliest of the running clocks. */
  readonly dueOn: IsoDate | null;
  readonly warnOn: IsoDate | null;
  readonly dueKey: string | null;
}

export function standingOf(
  item: ItemDefinition,
  actions: readonly CaseAction[],
  calendar: WorkingCalendar,
  switchesOn: (on: IsoDate) => Switches,
): Standing {
  const clocks = datedClocks(item, actions, calendar, switchesOn);
  const running = clocks.filter((c) => c.stoppedOn === null);
  const [next] = running.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  const warn = running.map((c) => c.warnOn).sort();
  const state = actions.at(-1)?.to ?? item.flow.initial;
  return {
    clocks,
    state,
    version: actions.length,
    isOpen: getState(item.flow, state).final !== true,
    dueOn: next?.dueOn ?? null,
    warnOn: warn[0] ?? null,
    dueKey: next?.key ?? null,
  };
}

export function datedClocks(
  item: ItemDefinition,
  actions: readonly CaseAction[],
  calendar: WorkingCalendar,
  switchesOn: (on: IsoDate) => Switches,
): (DatedClock & { owner: string })[] {
  return runClocks(item.flow, actions, switchesOn).flatMap((run) => {
    const def = item.flow.clocks.find((c) => c.key === run.key);
    return def ? [{ ...dateClock(def, run, calendar), owner: def.owner }] : [];
  });
}

/** Running clocks first, by what is due soonest; then those that have stopped, newest first. */
export function clockViews(
  item: ItemDefinition,
  clocks: readonly DatedClock[],
  today: IsoDate,
  calendar: WorkingCalendar,
): ClockView[] {
  const views = clocks.flatMap((c) => {
    const def = item.flow.clocks.find((d) => d.key === c.key);
    return def ? [viewClock(def, c, today, calendar)] : [];
  });
  const running = views.filter((v) => v.stoppedOn === null);
  const stopped = views.filter((v) => v.stoppedOn !== null);
  return [
    ...running.sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1)),
    ...stopped.sort((a, b) => ((a.stoppedOn ?? "") > (b.stoppedOn ?? "") ? -1 : 1)),
  ];
}
