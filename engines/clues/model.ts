/** Pure: what a clue is, what may follow what, who may do it, which day each state is due. */
import { WISHES, type Wish } from "@wuxin/declare";
import { addWorkingDays, DomainError, type IsoDate, type Month, type WorkingCalendar } from "@wuxin/kernel";

export const STATES = {
  new: "待下发",
  dispatched: "待派人",
  assigned: "待入户",
  visited: "待研判",
  handling: "办件中",
  referred: "待部门回复",
  closed: "已办结",
} as const;
export type ClueState = keyof typeof STATES;

export const SOURCES = {
  alert: "数据比对",
  worker: "主动发现",
  resident: "群众反映",
  hotline: "热线",
  department: "部门转来",
} as const;
export type ClueSource = keyof typeof SOURCES;

export const PROPOSALS = { review: "复核", help: "救助", "stop-payment": "停发" } as const;
export type Proposal = keyof typeof PROPOSALS;

export const OUTCOMES = {
  "new-case": "纳入",
  adjust: "调整",
  stop: "停发",
  refer: "转介",
  "no-change": "情况不变",
} as const;
export type Outcome = keyof typeof OUTCOMES;

export const JUDGEMENTS = { confirmed: "属实", false: "误报", "no-change": "情况不变" } as const;
export type Judgement = keyof typeof JUDGEMENTS;

type Doer = "grid" | "village" | "township" | "county" | "system";
interface Rule {
  readonly label: string;
  readonly from: readonly ClueState[];
  /** "=": stays. */
  readonly to: ClueState | "=";
  readonly by: readonly Doer[];
}
const OPEN = ["new", "dispatched", "assigned", "visited", "handling", "referred"] as const;

/** The legal steps, in the order in which a page offers them. */
export const ACTIONS = {
  dispatch: { label: "下发乡镇", from: ["new"], to: "dispatched", by: ["county", "system"] },
  assign: {
    label: "派人核查",
    from: ["dispatched", "assigned"],
    to: "assigned",
    by: ["township", "county", "system"],
  },
  visit: {
    label: "登记入户情况",
    from: ["assigned"],
    to: "visited",
    by: ["grid", "village", "township", "county"],
  },
  contact: {
    label: "登记联系",
    from: ["dispatched", "assigned", "visited"],
    to: "=",
    by: ["grid", "village", "township", "county"],
  },
  "open-case": { label: "发起新办件", from: ["visited"], to: "handling", by: ["township", "village"] },
  "open-review": { label: "提请复核在享待遇", from: ["visited"], to: "handling", by: ["township", "county"] },
  "record-death": {
    label: "登记去世",
    from: ["visited"],
    to: "handling",
    by: ["village", "township", "county"],
  },
  refer: { label: "转介其他部门", from: ["visited"], to: "referred", by: ["township", "county"] },
  "no-change": { label: "情况不变，办结", from: ["visited"], to: "closed", by: ["township", "county"] },
  false: { label: "误报，办结", from: ["visited"], to: "closed", by: ["township", "county"] },
  "send-back": { label: "退回重查", from: ["visited"], to: "assigned", by: ["township", "county"] },
  answer: { label: "登记部门回复", from: ["referred"], to: "closed", by: ["township", "county"] },
  urge: { label: "催办", from: OPEN, to: "=", by: ["township", "county"] },
  recheck: { label: "登记抽查", from: ["closed"], to: "=", by: ["county"] },
  // Nobody presses these: a further signal, a late clock, the decision of the case that it became.
  again: {
    label: "又有人登记了情况",
    from: ["visited", "handling", "referred", "closed"],
    to: "=",
    by: ["system"],
  },
  join: { label: "并入又一条预警", from: OPEN, to: "=", by: ["system"] },
  photo: { label: "求助人补充照片", from: OPEN, to: "=", by: ["system"] },
  moved: { label: "随人转到新住地", from: OPEN, to: "=", by: ["system"] },
  escalate: { label: "超期提醒", from: OPEN, to: "=", by: ["system"] },
  decided: { label: "办件已有决定，办结", from: ["handling"], to: "closed", by: ["system"] },
  awarded: { label: "已经享受到，办结", from: OPEN, to: "closed", by: ["system"] },
  settled: { label: "已登记死亡，办结", from: OPEN, to: "closed", by: ["system"] },
  "other-day": { label: "登记的死亡日期与这里的不同，请核对", from: OPEN, to: "=", by: ["system"] },
  judged: { label: "预警已有核查结果", from: OPEN, to: "=", by: ["system"] },
  "judged-off": {
    label: "预警核查不用再上门，办结",
    from: ["new", "dispatched", "assigned"],
    to: "closed",
    by: ["system"],
  },
} as const satisfies Record<string, Rule>;
export type ClueAction = keyof typeof ACTIONS;
export const isAction = (name: string): name is ClueAction => Object.hasOwn(ACTIONS, name);

/** What a role may do now, in order. A page shows no other; the service refuses any other. */
export function legalActions(state: ClueState, role: string): ClueAction[] {
  return (Object.keys(ACTIONS) as ClueAction[]).filter((a) => {
    const rule: Rule = ACTIONS[a];
    return rule.from.includes(state) && (rule.by as readonly string[]).includes(role);
  });
}

/** With the step first that is expected of a clue somebody has looked at: what is drawn is reviewed, who wants help applies. */
export function expectedFirst(
  c: { readonly proposes: Proposal; readonly wish: Wish | null },
  actions: readonly ClueAction[],
): ClueAction[] {
  const helped: ClueAction = (c.wish ?? "willing") === "willing" ? "open-case" : "no-change";
  const first = c.proposes === "help" ? helped : "open-review";
  return [...actions].sort((a, b) => Number(b === first) - Number(a === first));
}

/** In place of a list: the registry itself, asked by the rules of an item. No alert stands behind it. */
export const REGISTRY = "registry";

interface Kind {
  readonly personId: string | null;
  readonly source: ClueSource;
  readonly proposes: Proposal;
}
/** 政策找人: a list or rule found him entitled. He is asked what he wants, where others are looked at. */
export const FOUND = { source: "alert", proposes: "help" } as const;
export const isFound = (c: Omit<Kind, "personId">) =>
  c.source === FOUND.source && c.proposes === FOUND.proposes;
/** As a page says it: who was found is asked, not looked at. */
export const stateLabel = (c: Omit<Kind, "personId"> & { readonly state: ClueState }) =>
  c.state === "assigned" && isFound(c) ? "待联系" : STATES[c.state];

/** What finance may read of clues: those that stop or lessen what is paid (ADR 79). */
export const touchesMoney = (c: {
  readonly proposes: Proposal;
  readonly outcome: Outcome | null;
  readonly savedFenPerMonth: number;
}) => c.proposes === "stop-payment" || c.outcome === "stop" || c.savedFenPerMonth > 0;

/**
 * What the desk's judgements of all alerts behind a clue come to, before anybody went: the judgement that ends it, or null,
 * it goes on. What is true has still to be settled by a case, and by somebody who saw it.
 * @param judgements one per signal; undefined: not judged
 */
export function judgedOff(
  state: ClueState,
  judgements: readonly (Judgement | undefined)[],
): Exclude<Judgement, "confirmed"> | null {
  const from: readonly ClueState[] = ACTIONS["judged-off"].from;
  if (!from.includes(state) || judgements.some((j) => j === undefined || j === "confirmed")) return null;
  return judgements.every((j) => j === "false") ? "false" : "no-change";
}

/** Why a step is not for such a clue, with the way out; undefined where it is. A page does not offer it. */
export function unfit(c: Kind, action: ClueAction): string | undefined {
  if (action === "record-death" && !(c.personId !== null && c.proposes === "stop-payment"))
    return "这条线索不是建议停发的，去世请在人员页登记。";
  if (action === "visit" && isFound(c)) return "这是政策找人的线索，请用「登记联系」写明本人愿不愿意申请。";
  if (action === "contact" && !isFound(c)) return "只有政策找人的线索登记联系，这条请登记入户情况。";
  return undefined;
}

/** Whoever was sent looks after the old place: the new one sends somebody anew. */
export const afterMove = (state: ClueState): ClueState => (state === "assigned" ? "dispatched" : state);

/** Where asking somebody leads: once he answered, the office goes on; whom nobody reached is asked again. */
export const afterContact = (state: ClueState, wish: Wish): ClueState =>
  wish !== "unreachable" && (state === "dispatched" || state === "assigned") ? "visited" : state;

/** How far somebody who was found is, as the list of them says it. */
export const FOUND_STATES = {
  none: "未联系",
  ...WISHES,
  applied: "已申请",
  awarded: "已享受",
  settled: "其他办结",
} as const;
export type FoundState = keyof typeof FOUND_STATES;

/** Where a step leads. @throws DomainError("action-not-allowed" | "forbidden") with the way out */
export function next(state: ClueState, action: ClueAction, role: string): ClueState {
  const rule: Rule = ACTIONS[action];
  if (!rule.from.includes(state))
    throw new DomainError(
      "action-not-allowed",
      `这条线索现在是「${STATES[state]}」，不能「${rule.label}」，请刷新页面查看最新情况。`,
    );
  if (!(rule.by as readonly string[]).includes(role))
    throw new DomainError("forbidden", `「${rule.label}」由${by(rule.by)}办理，您的账号不能办理。`);
  return rule.to === "=" ? state : rule.to;
}
const NAMES = {
  grid: "网格员",
  village: "村（社区）",
  township: "乡镇（街道）",
  county: "县级",
  system: "系统",
};
const by = (roles: readonly Doer[]) => roles.map((r) => NAMES[r]).join("或");

/** What the county decides about clues; `counties` gives it. */
export interface Monitoring {
  readonly dispatchDay: number;
  readonly levels: readonly { readonly code: string; readonly label: string; readonly atOnce: boolean }[];
  readonly assignDays: number;
  readonly visitDays: number;
  readonly judgeDays: number;
  readonly referralDays: number;
  readonly escalateDays: number;
  readonly verified: boolean;
}

/** The day by which the next step is due; null where the county's own month or a case's clocks run instead. */
export function dueOf(
  state: ClueState,
  on: IsoDate,
  m: Monitoring,
  calendar: WorkingCalendar,
): IsoDate | null {
  const days = {
    dispatched: m.assignDays,
    assigned: m.visitDays,
    visited: m.judgeDays,
    referred: m.referralDays,
  };
  return state in days ? addWorkingDays(calendar, on, days[state as keyof typeof days]).date : null;
}

/** A level as the county names it; one that it does not know is its lowest. */
export function levelOf(m: Monitoring, given: string | number): Monitoring["levels"][number] {
  const byCode = m.levels.find((l) => l.code === String(given) || l.label === String(given));
  return byCode ?? m.levels[Number(given) - 1] ?? (m.levels.at(-1) as Monitoring["levels"][number]);
}

/** The monthly hand-over that a clue goes with: that of its month if found before the day, else of the next. */
export const handOverDue = (openedOn: IsoDate, today: IsoDate, day: number): Month | null => {
  const month = today.slice(0, 7);
  const on = `${month}-${String(day).padStart(2, "0")}`;
  return today >= on && openedOn <= on ? month : null;
};

/** How late: 0 not, 1 the township is told, 2 the county is told too. `lateDays`: working days past the due day. */
export const escalationOf = (lateDays: number, escalateDays: number): 0 | 1 | 2 =>
  lateDays <= 0 ? 0 : lateDays >= escalateDays ? 2 : 1;

// ── supervision ──────────────────────────────────────────────────────────────────────────────────────────────────────

export interface TownshipMonth {
  readonly divisionCode: string;
  /** Handed over in the month. */
  readonly dispatched: number;
  readonly due: number;
  /** Of those due: somebody was there, in time or late. */
  readonly checked: number;
  readonly onTime: number;
  readonly late: number;
  readonly open: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly false: number;
  readonly returned: number;
  readonly urged: number;
  readonly reported: number;
  readonly rechecked: number;
  readonly agreed: number;
}
/** Weights of the score, ours: no document gives any. A part that nothing was counted for is left out. */
export const WEIGHTS = { onTime: 50, notReturned: 20, agreed: 30 } as const;
export function scoreOf(t: TownshipMonth): number | null {
  const parts = [
    { weight: WEIGHTS.onTime, of: t.due, good: t.onTime },
    { weight: WEIGHTS.notReturned, of: t.due, good: t.due - Math.min(t.returned, t.due) },
    { weight: WEIGHTS.agreed, of: t.rechecked, good: t.agreed },
  ].filter((p) => p.of > 0);
  const weight = parts.reduce((n, p) => n + p.weight, 0);
  if (weight === 0) return null;
  return Math.round((parts.reduce((n, p) => n + (p.weight * p.good) / p.of, 0) / weight) * 100);
}
