/**
 * The flat names that conditions of a flow may ask about (listed in README.md). They are derived from the fold, the day
 * and the county's switches; nothing here is stored.
 */
import type { FlowDefinition, ItemDefinition, Material } from "@wuxin/declare";
import { type Condition, daysBetween, fieldsOf, holds, type IsoDate } from "@wuxin/kernel";
import { type CaseAction, type CaseState, getState, type Switches, unconfirmed } from "./model.ts";

export interface OpenObjection {
  readonly id: string;
  readonly publicityId: string;
}

export interface ValueContext {
  readonly item: ItemDefinition;
  readonly state: CaseState;
  readonly today: IsoDate;
  readonly switches: Switches;
  readonly objections: readonly OpenObjection[];
  readonly members: { readonly total: number; readonly living: number };
  /** Persons who must sign before anything is verified: the living adults. Null when not looked up. */
  readonly mustSign: readonly string[] | null;
  /** What the rules say on today's facts; absent when nobody asked. */
  readonly assessment?: { readonly eligible: boolean | null; readonly amountFen: number | null };
}

export function valuesOf(c: ValueContext): Record<string, unknown> {
  const { item, state, today } = c;
  const v: Record<string, unknown> = {
    state: state.state,
    today,
    members: c.members.total,
    "members.living": c.members.living,
    channel: state.application?.channel ?? null,
    agent: state.application?.agent != null,
    relative: state.application?.relative ?? false,
    authorised: isAuthorised(c),
    "materials.missing": missingMaterials(item, state).length,
  };
  for (const [name, value] of Object.entries(c.switches)) v[`switch.${name}`] = value;
  for (const action of item.flow.actions) {
    const done = state.done.get(action.id);
    v[`${action.id}.count`] = done?.count ?? 0;
    if (!done) continue;
    v[`${action.id}.on`] = done.last.on;
    v[`${action.id}.age`] = daysBetween(done.last.on, today);
    for (const [name, value] of Object.entries(done.last.data)) v[`${action.id}.${name}`] = value;
  }
  const open = openObjections(c);
  v["objection.open"] = open.length;
  v["objection.count"] = c.objections.length;
  publicityValues(item.flow, state, today, v);
  const answers = state.verifications.filter((x) => x.answer !== null);
  v["verification.open"] = state.verifications.length - answers.length;
  v["verification.answered"] = answers.length;
  v["verification.differs"] = answers.at(-1)?.answer?.rows.some((r) => r.declared !== r.found) ?? false;
  v["verification.unconfirmed"] = unconfirmed(state) !== undefined;
  const decision = state.decisions.at(-1);
  v["decision.kind"] = decision?.kind ?? null;
  if (c.assessment) {
    v["decision.eligible"] = c.assessment.eligible;
    v["decision.known"] = c.assessment.eligible !== null;
    v["decision.amount"] = c.assessment.amountFen;
  }
  return v;
}

export function openObjections(c: Pick<ValueContext, "objections" | "state">): readonly OpenObjection[] {
  return c.objections.filter((o) => !c.state.handledObjections.has(o.id));
}

function publicityValues(
  flow: FlowDefinition,
  state: CaseState,
  today: IsoDate,
  v: Record<string, unknown>,
): void {
  for (const p of flow.publicities) {
    const all = state.publicity.filter((x) => x.code === p.code);
    const last = all.at(-1);
    v[`publicity.${p.code}.count`] = all.length;
    v[`publicity.${p.code}.open`] = last !== undefined && !last.takenDown && today <= last.toDate;
    v[`publicity.${p.code}.ended`] = last !== undefined && today > last.toDate;
    v[`publicity.${p.code}.from`] = last?.fromDate ?? null;
    v[`publicity.${p.code}.to`] = last?.toDate ?? null;
  }
}

/** Every living adult signed, at application or later in an action's field `authorised`. */
export function isAuthorised(c: Pick<ValueContext, "state" | "mustSign">): boolean {
  if (c.state.history.some((a) => a.data.authorised === true)) return true;
  const signed = new Set(c.state.application?.signers ?? []);
  if (c.mustSign === null) return signed.size > 0;
  return c.mustSign.length > 0 && c.mustSign.every((id) => signed.has(id));
}

export interface GivenMaterial {
  readonly fileId: string;
  readonly name: string | null;
}

/**
 * The newest file of each material: from the application, or from an action's field of the material's code. What is done
 * in the state that the one-off notice led to answers the notice: its files stand for everything asked, and a field
 * `commitments` answered yes replaces what may be replaced by a 告知承诺. The officer judges what the files are.
 */
export function givenMaterials(item: ItemDefinition, state: CaseState): Map<string, GivenMaterial> {
  const given = new Map<string, GivenMaterial>();
  for (const m of state.application?.materials ?? []) given.set(m.code, { fileId: m.fileId, name: m.name });
  for (const m of item.form.materials)
    for (const a of state.history) {
      const fileId = firstFile(a.data[m.code]);
      if (fileId) given.set(m.code, { fileId, name: null });
    }
  for (const { asked, answer } of noticeAnswers(state)) {
    const file = item.flow.actions
      .find((x) => x.id === answer.action)
      ?.fields.filter((f) => f.type === "file")
      .map((f) => firstFile(answer.data[f.name]))
      .find((f) => f !== undefined);
    if (file) for (const code of asked) if (!given.has(code)) given.set(code, { fileId: file, name: null });
  }
  return given;
}

/** Materials replaced by a 告知承诺, at application or in answer to the notice. */
export function committedMaterials(item: ItemDefinition, state: CaseState): Set<string> {
  const codes = new Set(state.application?.commitments ?? []);
  for (const { asked, answer } of noticeAnswers(state))
    if (answer.data.commitments === true) for (const code of asked) codes.add(code);
  const allowed = new Set(item.form.materials.filter((m) => m.commitmentAllowed).map((m) => m.code));
  return new Set([...codes].filter((c) => allowed.has(c)));
}

function* noticeAnswers(state: CaseState): Generator<{ asked: readonly string[]; answer: CaseAction }> {
  let open: { asked: readonly string[]; in: string } | undefined;
  let before = "";
  for (const a of state.history) {
    if (a.outcome.supplement) open = { asked: a.outcome.supplement, in: a.to };
    else if (open && before === open.in) yield { asked: open.asked, answer: a };
    before = a.to;
  }
}

const firstFile = (v: unknown): string | undefined =>
  Array.isArray(v) && typeof v[0] === "string" && v[0] !== "" ? v[0] : undefined;

export function missingMaterials(item: ItemDefinition, state: CaseState): Material[] {
  const given = givenMaterials(item, state);
  const committed = committedMaterials(item, state);
  const answers = {
    ...state.application?.answers,
    channel: state.application?.channel ?? null,
    agent: state.application?.agent != null,
  };
  return item.form.materials.filter(
    (m) =>
      !m.obtainedBySharing &&
      (typeof m.required === "object" ? holds(m.required, answers) : m.required === true) &&
      !given.has(m.code) &&
      !committed.has(m.code),
  );
}

/** Whether the conditions of actions possible in this state ask what the rules say (a costly question). */
export function asksDecision(flow: FlowDefinition, state: string): boolean {
  const asks = (c: Condition | undefined) =>
    c !== undefined && fieldsOf(c).some((f) => f.startsWith("decision.") && f !== "decision.kind");
  const final = getState(flow, state).final === true;
  return flow.actions.some(
    (a) =>
      (a.from.includes(state) || (a.from.includes("*") && !final)) &&
      (asks(a.offered) || (a.needs ?? []).some((n) => asks(n.when))),
  );
}
