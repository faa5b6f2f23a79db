/** A matter as its page shows it, with what its reader may do next. Pure. */
import type { IsoDate } from "@wuxin/kernel";
import {
  foldMatter,
  LEVEL_LABELS,
  type Level,
  MATTER_EVENTS,
  type MatterEvent,
  type MatterEventKind,
  SOURCES,
  startingLevel,
} from "./model.ts";
import type { MatterRecord } from "./store.ts";

export type MatterActKind = Exclude<MatterEventKind, "raised" | "rectified">;
export interface MatterBrief extends Omit<MatterRecord, "madeAt" | "madeByName" | "divisionCode"> {
  /** 会议：2026 年第 3 次局务会 */
  readonly from: string;
  /** Null: an office of the county answers. */
  readonly divisionName: string | null;
  readonly state: "open" | "reported" | "closed";
  readonly stateText: string;
  readonly rectified: boolean;
  readonly returned: string | null;
  readonly late: boolean;
  readonly level: Level;
  /** Who is asked now, where it went up. */
  readonly raisedTo: string | null;
}
export interface MatterView extends MatterBrief {
  readonly madeAt: string;
  readonly madeByName: string;
  readonly closedOn: IsoDate | null;
  readonly history: readonly {
    readonly id: string;
    readonly label: string;
    readonly text: string;
    readonly at: string;
    readonly by: string;
    readonly photos: readonly string[];
  }[];
  readonly can: readonly MatterActKind[];
}
export interface Reader {
  readonly accountId: string | null;
  readonly countyCode: string;
  readonly today: IsoDate;
  readonly runs: boolean;
  readonly reports: (division: string) => boolean;
  readonly divisionName: (division: string) => string;
}

export function briefOf(m: MatterRecord, events: readonly MatterEvent[], r: Reader): MatterBrief {
  const start = startingLevel(m.divisionCode, r.countyCode);
  const now = foldMatter(start, events);
  const { madeAt: _, madeByName: __, divisionCode, ...rest } = m;
  const late = now.state !== "closed" && m.dueOn < r.today;
  const kept = now.closedOn !== null && now.closedOn <= m.dueOn ? "按期销号" : "超期销号";
  const words = {
    open: now.rectified ? "机构已整改，待复查" : "在办",
    reported: "已反馈，待核查",
    closed: kept,
  };
  return {
    ...rest,
    ...{ state: now.state, level: now.level, late, rectified: now.rectified, returned: now.returned },
    from: `${SOURCES[m.source]}：${m.sourceText}`,
    divisionName: divisionCode === r.countyCode ? null : r.divisionName(divisionCode),
    stateText: `${words[now.state]}${late ? "，逾期" : ""}`,
    raisedTo: now.level === start ? null : LEVEL_LABELS[now.level],
  };
}

export function viewOf(m: MatterRecord, events: readonly MatterEvent[], r: Reader): MatterView {
  const now = foldMatter(startingLevel(m.divisionCode, r.countyCode), events);
  const may: readonly [MatterActKind, boolean][] = [
    ["closed", now.state === "reported" && r.runs && now.reportedBy !== r.accountId],
    ["returned", now.state === "reported" && r.runs],
    ["reported", now.state !== "closed" && r.reports(m.divisionCode)],
    ["returned", now.rectified && r.reports(m.divisionCode)],
    ["urged", now.state === "open" && r.runs],
    ["praised", r.runs],
    ["criticised", r.runs],
  ];
  return {
    ...briefOf(m, events, r),
    ...{ madeAt: m.madeAt, madeByName: m.madeByName, closedOn: now.closedOn },
    history: events
      .map((e) => ({
        ...{ id: e.id, label: MATTER_EVENTS[e.kind], text: e.data.note ?? "", at: e.at, by: e.actorName },
        photos: e.data.files ?? [],
      }))
      .reverse(),
    can: may.filter(([, allowed]) => allowed).map(([kind]) => kind),
  };
}
