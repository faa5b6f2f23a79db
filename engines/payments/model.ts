/** Pure: the states of a roster and of its lines, who may sign, what must agree. */
import { formatMonthChinese, formatYuan, type Month } from "@wuxin/kernel";

export type RosterState = "draft" | "made" | "checked" | "approved" | "sent" | "closed" | "discarded";
export type RosterKind = "monthly" | "reissue";
export type LineState = "ready" | "held" | "sent" | "paid" | "failed" | "unknown" | "reissued" | "stopped";
export type Change = "new" | "changed" | "same" | "stopped" | "backpay" | "recovery" | "reissue";
export type SignStep = "maker" | "checker" | "approver";

export const ROSTER_STATES: Readonly<Record<RosterState, string>> = {
  draft: "待制表签字",
  made: "待复核",
  checked: "待审批",
  approved: "待报送银行",
  sent: "已报送，未办结",
  closed: "已办结",
  discarded: "已作废",
};
export const LINE_STATES: Readonly<Record<LineState, string>> = {
  ready: "待发",
  held: "暂缓",
  sent: "已报送",
  paid: "已发放",
  failed: "发放失败",
  unknown: "结果未知",
  reissued: "已转补发",
  stopped: "停发",
};
export const CHANGES: Readonly<Record<Change, string>> = {
  new: "新增",
  changed: "调整",
  same: "不变",
  stopped: "停发",
  backpay: "补发",
  recovery: "追缴",
  reissue: "失败补发",
};

export interface StepRule {
  readonly step: SignStep;
  readonly label: string;
  /** The roster waits for this step in this state, and is in that state afterwards. */
  readonly from: RosterState;
  readonly to: RosterState;
  readonly roles: readonly string[];
  readonly whose: string;
}
export const STEPS: readonly StepRule[] = [
  { step: "maker", label: "制表", from: "draft", to: "made", roles: ["county"], whose: "县级经办人员" },
  {
    step: "checker",
    label: "复核",
    from: "made",
    to: "checked",
    roles: ["county", "leader"],
    whose: "县级经办人员或局领导",
  },
  { step: "approver", label: "审批", from: "checked", to: "approved", roles: ["leader"], whose: "局领导" },
];
export const stepRule = (step: SignStep): StepRule => STEPS.find((s) => s.step === step) as StepRule;

export interface Signature {
  readonly step: SignStep;
  readonly accountId: string;
  readonly name: string;
  readonly digest: string;
  readonly at: string;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Why this person cannot give this signature now; null when he can. */
export function whyNotSign(
  roster: { readonly state: RosterState; readonly includedLines: number },
  rule: StepRule,
  signatures: readonly Signature[],
  actor: { readonly accountId: string | null; readonly role: string },
  openBlocks: number,
): Refusal | null {
  if (signatures.some((s) => s.step === rule.step))
    return { code: "action-not-allowed", message: `${rule.label}已经签过。` };
  if (roster.state === "discarded") return { code: "action-not-allowed", message: "名册已作废，不能签字。" };
  if (roster.state !== rule.from)
    return {
      code: "action-not-allowed",
      message: `还没有轮到${rule.label}：名册现在是“${ROSTER_STATES[roster.state]}”。`,
    };
  if (actor.accountId === null || !rule.roles.includes(actor.role))
    return { code: "forbidden", message: `${rule.label}由${rule.whose}签字，您的角色不能签。` };
  const mine = signatures.find((s) => s.accountId === actor.accountId);
  if (mine)
    return {
      code: "same-signer",
      message: `您已在“${stepRule(mine.step).label}”签过字。制表、复核、审批须由三个不同的人签，请换人${rule.label}。`,
    };
  if (roster.includedLines === 0)
    return {
      code: "action-not-allowed",
      message: "名册里没有可发放的明细，不能签字；请放行需要发放的，或作废名册。",
    };
  if (openBlocks > 0)
    return {
      code: "flags-open",
      message:
        roster.state === "draft"
          ? `还有 ${openBlocks} 笔须拦截的风险没有处理，请先逐笔暂缓或更正。`
          : `签字后又发现 ${openBlocks} 笔须拦截的风险（如死亡）。名册内容已不能改，请作废后重新生成。`,
    };
  return null;
}

/**
 * What a roster that went to the bank still waits for, in words; nothing of any other. `failed` counts what was paid
 * again too, and the lines of its reissues are those (and what was released after sending).
 */
export function openOf(
  roster: {
    readonly state: RosterState;
    readonly includedLines: number;
    readonly paid: number;
    readonly failed: number;
    readonly unknown: number;
  },
  reissues: readonly { readonly number: string; readonly state: RosterState; readonly lines: number }[],
): string[] {
  if (roster.state !== "sent") return [];
  const waiting = roster.includedLines - roster.paid - roster.failed - roster.unknown;
  const failed = roster.failed - reissues.reduce((n, r) => n + r.lines, 0);
  const open = [
    ...(waiting > 0 ? ["待回盘"] : []),
    ...(roster.unknown > 0 ? [`${roster.unknown} 笔结果未知`] : []),
    ...(failed > 0 ? [`${failed} 笔失败待补发`] : []),
    ...reissues.flatMap((r) =>
      r.state === "closed" ? [] : [`补发名册 ${r.number} ${ROSTER_STATES[r.state]}`],
    ),
  ];
  return open.length > 0 ? open : ["有放行的笔次待补发"];
}

/** What has been signed may no longer be discarded once the bank has it. */
export const mayDiscard = (state: RosterState): boolean =>
  ["draft", "made", "checked", "approved"].includes(state);

export const MAKER_RELEASES_NOTHING = "名册由您生成，被拦截或暂缓的明细须由另一人放行。";

/** 202411-01: the month, and which roster of that month. */
export const rosterNumber = (month: Month, nth: number): string =>
  `${month.replace("-", "")}-${String(nth).padStart(2, "0")}`;

export const rosterTitle = (month: Month, kind: RosterKind): string =>
  `${formatMonthChinese(month)}${kind === "monthly" ? "发放名册" : "失败补发名册"}`;

/** Amounts of one roster, from three independent places: the signed head, the money trail, and the lines. */
export interface Sums {
  readonly rosterFen: number;
  /** From the money trail. */
  readonly paidEventsFen: number;
  readonly paidFen: number;
  readonly failedFen: number;
  readonly pendingFen: number;
  readonly heldFen: number;
  readonly includedFen: number;
  /** Control totals of the bank files. */
  readonly bankFilesFen: readonly number[];
}

export function reconcile(s: Sums) {
  const faults: string[] = [];
  const sum = s.paidEventsFen + s.failedFen + s.pendingFen + s.heldFen;
  if (sum !== s.rosterFen)
    faults.push(`各项合计 ${formatYuan(sum)} 元，与名册相差 ${formatYuan(Math.abs(s.rosterFen - sum))} 元`);
  if (s.paidEventsFen !== s.paidFen)
    faults.push(`资金流水已发放 ${formatYuan(s.paidEventsFen)} 元，明细已发放 ${formatYuan(s.paidFen)} 元`);
  for (const fen of new Set(s.bankFilesFen))
    if (fen !== s.includedFen)
      faults.push(`银行文件 ${formatYuan(fen)} 元，应报送 ${formatYuan(s.includedFen)} 元`);
  const agrees = faults.length === 0;
  const line =
    `名册 ${formatYuan(s.rosterFen)} 元 ＝ 已发放 ${formatYuan(s.paidEventsFen)} ＋ 失败或转补发 ${formatYuan(s.failedFen)}` +
    ` ＋ 待回盘 ${formatYuan(s.pendingFen)} ＋ 暂缓 ${formatYuan(s.heldFen)}`;
  return {
    rosterFen: s.rosterFen,
    paidFen: s.paidEventsFen,
    failedFen: s.failedFen,
    pendingFen: s.pendingFen,
    heldFen: s.heldFen,
    agrees,
    text: agrees ? `${line}，相符。` : `不相符：${faults.join("；")}。请停止报送并联系系统管理员核查。`,
  };
}

export type Outcome = "paid" | "failed" | "unknown";

/** What one row of a return does to its line. `duplicated`: nothing new. */
export type Effect = Outcome | "duplicated" | { readonly problem: string };

/**
 * A failure may still turn out paid while nobody has paid it again; once it is in another roster the bank's word would
 * mean money twice, so a person must look.
 */
export function effectOf(state: LineState, outcome: Outcome): Effect {
  if (state === "sent") return outcome;
  if (state === "unknown") return outcome === "unknown" ? "duplicated" : outcome;
  if (state === "paid")
    return outcome === "failed"
      ? { problem: "该笔已登记为已发放，回盘却写失败，请与银行核实后再装载。" }
      : "duplicated";
  if (state === "failed") return outcome === "paid" ? "paid" : "duplicated";
  if (state === "reissued")
    return outcome === "paid"
      ? {
          problem: "该笔已按失败转入补发名册，回盘又写成功；请先核实，未报送的补发名册应作废，以免重复发放。",
        }
      : "duplicated";
  return { problem: `该笔没有报送银行（${LINE_STATES[state]}），不应出现在回盘里。` };
}

/** The same as a table, for judging many rows at once: `effect`, or why the file is refused. */
export interface EffectRow {
  readonly state: LineState;
  readonly outcome: Outcome;
  readonly effect: Outcome | "duplicated" | null;
  readonly problem: string | null;
}
const OUTCOMES: readonly Outcome[] = ["paid", "failed", "unknown"];
export const EFFECTS: readonly EffectRow[] = (Object.keys(LINE_STATES) as LineState[]).flatMap((state) =>
  OUTCOMES.map((outcome) => {
    const effect = effectOf(state, outcome);
    return typeof effect === "object"
      ? { state, outcome, effect: null, problem: effect.problem }
      : { state, outcome, effect, problem: null };
  }),
);

/** An item of a pair that may not be drawn together. */
export interface Exclusion {
  readonly item: string;
  /** The pair. */
  readonly slot: string;
  readonly article: string;
}
/** The pairs that need a slot of their own: where both items have one group, its slot keeps them apart already. */
export function pairsAcrossGroups(
  exclusions: readonly Exclusion[],
  groupOf: (item: string) => string | undefined,
): readonly Exclusion[] {
  const groups = new Map<string, Set<string>>();
  for (const e of exclusions)
    groups.set(e.slot, (groups.get(e.slot) ?? new Set()).add(groupOf(e.item) ?? e.item));
  return exclusions.filter((e) => (groups.get(e.slot)?.size ?? 0) > 1);
}
/** Why two items may not be drawn together; null: both are of one group, and nothing else is said. */
export const ruleBetween = (
  exclusions: readonly Exclusion[],
  item: string,
  other: string,
): Exclusion | null =>
  exclusions.find((e) => e.item === item && exclusions.some((o) => o.slot === e.slot && o.item === other)) ??
  null;
