/**
 * The life of one case, without a database: a case is the list of its actions, and its state is a pure fold of them.
 * What an action did (publicity opened, number given, decision taken) is stored with the action as its outcome, so that
 * a replay needs no other table and no definition: a flow changed later never changes an old case.
 */
import type { ActionDefinition, FieldValue, FlowDefinition, StateDefinition, Values } from "@wuxin/declare";
import { DomainError, holds, type IsoDate, type Month, monthOf, type Scalar } from "@wuxin/kernel";

export interface ActionActor {
  readonly accountId: string | null;
  readonly personId: string | null;
  readonly name: string;
  readonly role: string;
}

/** What was asked for and given when the case was opened. */
export interface ApplicationSummary {
  readonly channel: string;
  readonly agent: { readonly name: string; readonly relation: string } | null;
  /** Persons who signed the authorisation. */
  readonly signers: readonly string[];
  readonly authorisation: {
    readonly text: string;
    readonly signatures: readonly { readonly personId: string; readonly signature: FieldValue }[];
  } | null;
  readonly relative: boolean;
  readonly commitments: readonly string[];
  readonly materials: readonly { readonly code: string; readonly fileId: string; readonly name: string }[];
  /** Who else was named in a person's application, by person: what he is to the applicant. */
  readonly others?: Readonly<Record<string, string>>;
  /** Answers about the whole as they were given: which papers are needed may depend on them. */
  readonly answers: Readonly<Record<string, Scalar>>;
}

/** One item of a verification answer, declared beside found. */
export interface FoundRow {
  readonly personId: string | null;
  readonly fact: string;
  readonly declared: Scalar;
  readonly found: Scalar;
  /** Where another value than the one found was adopted. */
  readonly adopted?: Scalar;
}

/** What the engine did for an action. */
export interface Outcome {
  readonly application?: ApplicationSummary;
  readonly publicity?: {
    readonly id: string;
    readonly code: string;
    readonly fromDate: IsoDate;
    readonly toDate: IsoDate;
  };
  readonly takenDown?: readonly string[];
  readonly objections?: readonly string[];
  readonly supplement?: readonly string[];
  readonly verification?: { readonly number: string };
  readonly answer?: {
    readonly number: string;
    readonly reportNumber: string | null;
    readonly validUntil: IsoDate | null;
    readonly rows: readonly FoundRow[];
  };
  /** Somebody else stands by what was adopted in this verification. */
  readonly adoption?: { readonly number: string };
  readonly decision?: {
    readonly id: string;
    readonly kind: string;
    readonly amountFen: number | null;
    readonly fromMonth: Month | null;
    readonly eligible: boolean | null;
  };
  readonly death?: { readonly personId: string; readonly diedOn: IsoDate };
  readonly documents?: readonly { readonly id: string; readonly code: string; readonly number: string }[];
}

export interface CaseAction {
  readonly id: string;
  readonly seq: number;
  readonly action: string;
  /** The state after it, as resolved on the day. */
  readonly to: string;
  readonly on: IsoDate;
  /** ISO instant. */
  readonly at: string;
  readonly actor: ActionActor;
  readonly data: Values;
  readonly outcome: Outcome;
}

export interface Done {
  readonly count: number;
  readonly last: CaseAction;
}

export interface FoldedPublicity {
  readonly id: string;
  readonly code: string;
  readonly fromDate: IsoDate;
  readonly toDate: IsoDate;
  readonly takenDown: boolean;
}

export interface FoldedVerification {
  readonly number: string;
  readonly requestedOn: IsoDate;
  readonly answer: (NonNullable<Outcome["answer"]> & { readonly on: IsoDate }) | null;
  /** Who stood by what was adopted instead of what was found. */
  readonly confirmedBy: string | null;
}

export interface CaseState {
  readonly state: string;
  /** Number of the last action; what an editor has seen. */
  readonly version: number;
  readonly history: readonly CaseAction[];
  readonly done: ReadonlyMap<string, Done>;
  readonly application: ApplicationSummary | null;
  readonly publicity: readonly FoldedPublicity[];
  readonly verifications: readonly FoldedVerification[];
  readonly decisions: readonly NonNullable<Outcome["decision"]>[];
  readonly handledObjections: ReadonlySet<string>;
}

/** @throws DomainError("broken-history") when an action is missing or out of order */
export function fold(initial: string, actions: readonly CaseAction[]): CaseState {
  let state = initial;
  let application: ApplicationSummary | null = null;
  const done = new Map<string, Done>();
  let publicity: FoldedPublicity[] = [];
  const verifications: FoldedVerification[] = [];
  const decisions: NonNullable<Outcome["decision"]>[] = [];
  const handled = new Set<string>();
  for (const [i, a] of actions.entries()) {
    if (a.seq !== i + 1)
      throw new DomainError(
        "broken-history",
        `办件经过不完整：第 ${i + 1} 步缺失（读到第 ${a.seq} 步），请联系系统管理员核验。`,
      );
    state = a.to;
    done.set(a.action, { count: (done.get(a.action)?.count ?? 0) + 1, last: a });
    const o = a.outcome;
    if (o.application) application = o.application;
    if (o.publicity) publicity = [...publicity, { ...o.publicity, takenDown: false }];
    if (o.takenDown) {
      const gone = new Set(o.takenDown);
      publicity = publicity.map((p) => (gone.has(p.id) ? { ...p, takenDown: true } : p));
    }
    for (const id of o.objections ?? []) handled.add(id);
    if (o.verification)
      verifications.push({
        number: o.verification.number,
        requestedOn: a.on,
        answer: null,
        confirmedBy: null,
      });
    if (o.answer) {
      const at = verifications.findIndex((v) => v.number === o.answer?.number);
      const open = verifications[at];
      if (open) verifications[at] = { ...open, answer: { ...o.answer, on: a.on } };
    }
    if (o.adoption) {
      const at = verifications.findIndex((v) => v.number === o.adoption?.number);
      const open = verifications[at];
      if (open) verifications[at] = { ...open, confirmedBy: a.actor.name };
    }
    if (o.decision) decisions.push(o.decision);
  }
  return {
    state,
    version: actions.length,
    history: actions,
    done,
    application,
    publicity,
    verifications,
    decisions,
    handledObjections: handled,
  };
}

/** The verification whose adopted figures wait for a second person. */
export const unconfirmed = (state: Pick<CaseState, "verifications">): FoldedVerification | undefined =>
  state.verifications.findLast(
    (v) => v.confirmedBy === null && v.answer?.rows.some((r) => r.adopted !== undefined),
  );

export type Switches = Readonly<Record<string, Scalar>>;
export interface Who {
  readonly role: string;
  readonly accountId: string | null;
  readonly personId: string | null;
}

export function getState(flow: FlowDefinition, id: string): StateDefinition {
  // A state that the declaration no longer names is still shown, by its id: old cases stay readable.
  return (
    flow.states.find((s) => s.id === id) ?? {
      id,
      label: id,
      tone: "neutral",
      explain: "本件停在一个现行流程已取消的环节，请联系经办机构。",
    }
  );
}

/** What a case gave has ended without a decision in it (a death, another household): it no longer reads as being drawn. */
export function shownState(state: StateDefinition, endMonth: Month | null, today: IsoDate): StateDefinition {
  const ended = state.tone === "good" && !state.final && endMonth !== null && endMonth < monthOf(today);
  return ended ? { ...state, label: "已停止", tone: "neutral", explain: `发到 ${endMonth} 止。` } : state;
}

/** The roles that may do it today; a county switch may choose. A switch value that is not named means nobody. */
export function rolesOf(action: ActionDefinition, switches: Switches): readonly string[] {
  if (!("switch" in action.by)) return action.by;
  return action.by.values[String(switches[action.by.switch] ?? "")] ?? [];
}

export interface LegalAction {
  readonly action: ActionDefinition;
  /** Why it is grey; empty when it may be done. */
  readonly blocked: readonly string[];
}

/**
 * What this person sees under the case: actions of the state that are the person's to do, each with what still stands
 * in the way. An action outside this list, or with a reason against it, cannot be done: the service asks here too.
 */
export function legalActions(
  flow: FlowDefinition,
  state: CaseState,
  who: Who,
  switches: Switches,
  values: Readonly<Record<string, unknown>>,
): LegalAction[] {
  return flow.actions
    .filter((a) => isFrom(flow, a, state.state))
    .filter((a) => !(a.effects?.submit && state.version > 0))
    .filter((a) => rolesOf(a, switches).includes(who.role))
    .filter((a) => !a.offered || holds(a.offered, { ...values }))
    .map((action) => ({
      action,
      blocked: [
        ...(action.needs ?? []).filter((n) => !holds(n.when, { ...values })).map((n) => n.message),
        ...samePerson(flow, action, state, who),
        ...standing(flow, action, state, values),
      ],
    }));
}

export function isFrom(flow: FlowDefinition, action: ActionDefinition, state: string): boolean {
  return action.from.includes(state) || (action.from.includes("*") && !getState(flow, state).final);
}

function samePerson(flow: FlowDefinition, action: ActionDefinition, state: CaseState, who: Who): string[] {
  return (action.differentFrom ?? []).flatMap((id) => {
    const last = state.done.get(id)?.last.actor;
    const same =
      last !== undefined &&
      ((who.accountId !== null && last.accountId === who.accountId) ||
        (who.personId !== null && last.personId === who.personId));
    const label = flow.actions.find((a) => a.id === id)?.label ?? id;
    return same ? [`「${label}」是您本人办理的，这一步须由另一个人办理。`] : [];
  });
}

/** What the law itself puts in the way, whatever the item declares. */
function standing(
  flow: FlowDefinition,
  action: ActionDefinition,
  state: CaseState,
  values: Readonly<Record<string, unknown>>,
): string[] {
  const e = action.effects ?? {};
  const reasons: string[] = [];
  const open = Number(values["objection.open"] ?? 0);
  const advances = action.to !== "=" && action.to !== state.state;
  const endsWithoutDecision = !e.decide && getState(flow, action.to).final === true;
  // 57号 第十九条: an objection is answered before anything else follows. Withdrawing stays possible.
  if (open > 0 && !e.resolveObjections && (e.decide || ((e.unpublish || advances) && !endsWithoutDecision)))
    reasons.push(`有 ${open} 件公示异议还没有处理，请先处理异议。`);
  const running = (code: string) =>
    values[`publicity.${code}.open`] === true && values[`publicity.${code}.ended`] !== true;
  const title = (code: string) => flow.publicities.find((p) => p.code === code)?.title ?? code;
  const unfinished = (code: string) =>
    `「${title(code)}」公示要到 ${String(values[`publicity.${code}.to`])} 期满，现在还不能进行这一步。`;
  if (e.publish && running(e.publish)) reasons.push(`「${title(e.publish)}」正在公示，不能重复公示。`);
  if (e.unpublish && !e.resolveObjections && !endsWithoutDecision) {
    if (Number(values[`publicity.${e.unpublish}.count`] ?? 0) === 0)
      reasons.push(`还没有进行「${title(e.unpublish)}」公示，请先公示。`);
    else if (running(e.unpublish)) reasons.push(unfinished(e.unpublish));
  }
  if (e.decide === "award")
    for (const p of flow.publicities)
      if (p.code !== e.publish && p.code !== e.unpublish && running(p.code)) reasons.push(unfinished(p.code));
  const asked = e.supplementNotice ? state.history.find((a) => a.outcome.supplement) : undefined;
  // 57号 第十条: what is missing is told once, completely.
  if (asked) reasons.push(`需要补正的材料应当一次告知，已于 ${asked.on} 告知过，不能再次要求补正。`);
  if (e.requestVerification && values.authorised !== true)
    reasons.push("没有全体成年家庭成员的核对授权，不能核对（先授权、后核对）。请先取得签名授权。");
  if (e.requestVerification && Number(values["verification.open"] ?? 0) > 0)
    reasons.push("上一次核对请求还没有答复，请等核对机构答复后再发起。");
  if (e.answerVerification && Number(values["verification.open"] ?? 0) === 0)
    reasons.push("没有等待答复的核对请求，请先发起核对。");
  if (e.death && Number(values["members.living"] ?? 1) === 0)
    reasons.push("家庭成员均已登记死亡，无需再登记。");
  return reasons;
}
