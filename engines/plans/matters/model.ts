/** A matter on supervision (督办事项): where it comes from, how it stands, when it goes up a level. Pure. */
import { addDays, daysBetween, type IsoDate } from "@wuxin/kernel";

export const SOURCES = {
  meeting: "会议",
  instruction: "批示",
  hotline: "热线",
  petition: "信访",
  register: "台账",
  // Opened by the house itself, never by hand.
  return: "帮扶回访",
} as const;
export type Source = keyof typeof SOURCES;

/** Who is asked about it now; what is late goes to the next. */
export const LEVELS = ["township", "county", "leader"] as const;
export type Level = (typeof LEVELS)[number];
export const LEVEL_LABELS: Record<Level, string> = {
  township: "乡镇（街道）",
  county: "县级股室",
  leader: "局领导",
};

export const MATTER_EVENTS = {
  urged: "催办",
  // By the place where it was found, itself.
  rectified: "机构报告已整改",
  reported: "反馈",
  returned: "退回",
  closed: "核查销号",
  raised: "逾期上报",
  praised: "通报表扬",
  criticised: "通报批评",
} as const;
export type MatterEventKind = keyof typeof MATTER_EVENTS;

export interface MatterEvent {
  readonly id: string;
  readonly matterId: string;
  readonly kind: MatterEventKind;
  readonly data: { readonly note?: string; readonly files?: readonly string[]; readonly to?: Level };
  readonly at: string;
  readonly on: IsoDate;
  /** Null: the house, when a matter goes up. */
  readonly actorId: string | null;
  readonly actorName: string;
}
/** `returned` is open again, with the reason on record. */
export interface MatterState {
  readonly state: "open" | "reported" | "closed";
  readonly level: Level;
  readonly reportedBy: string | null;
  /** The place says that it put it right: to be looked at again, then reported or sent back. */
  readonly rectified: boolean;
  /** Why it was sent back, until it is put right or reported again. */
  readonly returned: string | null;
  readonly closedOn: IsoDate | null;
}

export const startingLevel = (division: string, county: string): Level =>
  division === county ? "county" : "township";

export function foldMatter(start: Level, events: readonly MatterEvent[]): MatterState {
  let now: MatterState = {
    state: "open",
    level: start,
    reportedBy: null,
    rectified: false,
    returned: null,
    closedOn: null,
  };
  for (const e of events) {
    if (e.kind === "rectified") now = { ...now, rectified: true, returned: null };
    if (e.kind === "reported")
      now = { ...now, state: "reported", reportedBy: e.actorId, rectified: false, returned: null };
    if (e.kind === "returned") now = { ...now, state: "open", rectified: false, returned: e.data.note ?? "" };
    if (e.kind === "closed") now = { ...now, state: "closed", closedOn: e.on };
    if (e.kind === "raised" && e.data.to) now = { ...now, level: e.data.to };
  }
  return now;
}

/**
 * The levels that a matter goes up to by `today`: the next once it is `days` past its day, the one after once it is twice
 * that. A house that stood still for a while records them all.
 * @example raisesDue("township", "2026-05-10", "2026-05-13", 3) // ["county"]
 */
export function raisesDue(level: Level, start: Level, due: IsoDate, today: IsoDate, days: number): Level[] {
  const first = LEVELS.indexOf(start);
  return LEVELS.filter(
    (_, at) => at > LEVELS.indexOf(level) && today >= addDays(due, Math.max(1, days) * (at - first)),
  );
}

/** Said of what went up: 逾期 3 天（期限 2026-05-10），上报县级股室. */
export const raisedText = (to: Level, due: IsoDate, today: IsoDate): string =>
  `逾期 ${daysBetween(due, today)} 天（期限 ${due}），上报${LEVEL_LABELS[to]}`;
