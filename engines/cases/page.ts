/** The page of a case: everything of the contract's CasePage, from one gathering. */
import type { ActionDefinition, Field, FieldValue, FlowDefinition, Values } from "@wuxin/declare";
import { DomainError, type IsoDate, type Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { type Assessment, countedOf } from "./assessment.ts";
import { DECISION_LABELS, type DecisionKind } from "./decision.ts";
import type { CasesDeps } from "./deps.ts";
import { deviationAhead, mayReview } from "./deviations.ts";
import type { Explanation } from "./explain.ts";
import { type CheckFindings, headOf, withFindings } from "./found.ts";
import { assessCase, caseValues, currentValue, type OpenCase, openCase, seeing } from "./gather.ts";
import { type CaseState, getState, legalActions, shownState } from "./model.ts";
import { factViews, historyEntry, materialViews, memberView, verificationViews } from "./page-parts.ts";
import { clockViews, datedClocks } from "./progress.ts";
import { questionsOf } from "./questions.ts";
import { missingMaterials, openObjections } from "./values.ts";
import type { CasePage, NextActionView, StepView } from "./views.ts";

/** Leaves an audit line, so it needs a writing transaction. Error: not-found. */
export async function page(tx: Tx, deps: CasesDeps, id: string): Promise<CasePage> {
  const c = await openCase(tx, deps, id);
  return seeing(tx, async () => {
    const documents = await deps.documents.listForCase(tx, id);
    const entitlementId = (await deps.entitlementOf?.(tx, id)) ?? null;
    await deps.audit.record(tx, {
      action: "case.read",
      object: "case",
      objectId: id,
      detail: c.bundle.file.number,
    });
    // Asked only where a report can be registered now.
    const awaits = c.state.verifications.some((v) => v.answer === null);
    const findings = awaits ? ((await deps.findings?.(tx, id)) ?? null) : null;
    const ended = (await deps.endedOf?.(tx, id)) ?? null;
    return { ...buildPage(tx, deps, c, findings, ended), documents: [...documents], entitlementId };
  });
}

/** What the rules say on the facts of today; null while a fact is recorded in a form that the rules cannot read. */
function currentAssessment(tx: Tx, deps: CasesDeps, c: OpenCase): Assessment | null {
  if (getState(c.item.flow, c.state.state).final) return null;
  try {
    return assessCase(tx, deps, c);
  } catch (error) {
    if (error instanceof DomainError && error.code.startsWith("policy-")) return null;
    throw error;
  }
}

function buildPage(
  tx: Tx,
  deps: CasesDeps,
  c: OpenCase,
  findings: CheckFindings | null,
  ended: { readonly endMonth: Month } | null,
): Omit<CasePage, "documents" | "entitlementId"> {
  const { item, state, today } = c;
  const { file, decisions, publicity, objections } = c.bundle;
  const def = shownState(getState(item.flow, state.state), ended?.endMonth ?? null, today);
  const resident = tx.actor.role === "resident";
  const assessment = currentAssessment(tx, deps, c);
  const counted = assessment ? countedOf(item, assessment) : new Map<string, boolean | null>();
  const clocks = datedClocks(item, state.history, c.calendar, (on) =>
    deps.counties.switchesOn(tx.actor.countyCode, on),
  );
  const open = new Set(openObjections({ objections, state }).map((o) => o.id));
  return {
    id: file.id,
    number: file.number,
    version: state.version,
    item: item.code,
    itemTitle: item.title,
    shortTitle: item.shortTitle,
    state: state.state,
    stateLabel: def.label,
    tone: def.tone,
    explain: def.explain,
    final: def.final === true,
    householdId: file.householdId,
    applicant: { personId: file.applicantId, name: file.applicantName },
    agent: state.application?.agent ?? null,
    divisionCode: file.divisionCode,
    divisionName: deps.counties.divisionName(tx.actor.countyCode, file.divisionCode),
    address: file.address,
    areaClass: file.areaClass,
    channel: file.channel,
    relative: file.relative,
    submittedOn: file.submittedOn,
    steps: stepViews(item.flow, state),
    clocks: clockViews(item, clocks, today, c.calendar),
    members: c.members.map((m) => memberView(m, today, counted, assessment)),
    facts: factViews(deps, tx, c),
    missing: assessment?.explanation.missing ?? [],
    materials: materialViews(c),
    // A resident reads decisions; a trial sum that may still change would be taken for a promise.
    assessment: resident ? null : (assessment?.explanation ?? null),
    decisions: decisions
      .map((d) => ({
        id: d.id,
        kind: d.kind,
        label: DECISION_LABELS[d.kind as DecisionKind] ?? d.kind,
        decidedOn: d.decidedOn,
        decidedBy: d.decidedBy,
        fromMonth: d.fromMonth,
        amountFen: d.amountFen,
        reason: d.reason,
        explanation: d.explanation as Explanation,
        // Between the offices; the applicant reads the reasons themselves.
        deviates: !resident && d.deviates,
        review: resident ? null : d.review,
        mayReview: mayReview(tx.actor, d),
      }))
      .reverse(),
    publicity: publicity.map((p) => ({
      id: p.id,
      title: p.title,
      fromDate: p.fromDate,
      toDate: p.toDate,
      takenDown: p.takenDownOn !== null || p.toDate < today,
      objections: objections.filter((o) => o.publicityId === p.id).length,
    })),
    objections: objections.map((o) => ({
      id: o.id,
      // Who objects is told to those who handle it, never to the applicant.
      name: resident ? "（不公开）" : (JSON.parse(deps.vault.open(o.contactSealed)) as { name: string }).name,
      text: o.text,
      at: o.at,
      handled: !open.has(o.id),
      outcome: o.outcome,
    })),
    verifications: verificationViews(c),
    history: state.history.map((a) => historyEntry(c, a)).reverse(),
    actions: nextActions(tx, deps, c, assessment, findings),
  };
}

/** The lawful path: what is behind, where it is, what comes, and what was left out. */
export function stepViews(flow: FlowDefinition, state: CaseState): StepView[] {
  const index = (stateId: string) => flow.steps.findIndex((s) => s.id === getState(flow, stateId).step);
  const here = index(state.state);
  const ended = getState(flow, state.state).final === true;
  const visited = new Set([index(flow.initial), ...state.history.map((a) => index(a.to))]);
  return flow.steps.map((s, i) => {
    const before = i < here;
    const status = before
      ? visited.has(i)
        ? "done"
        : "skipped"
      : i === here
        ? "now"
        : ended
          ? "skipped"
          : "next";
    const left = before ? leftOn(state, i, index) : null;
    return {
      id: s.id,
      label: s.label,
      article: s.article ?? null,
      status: ended && i === here ? "done" : status,
      on: ended && i === here ? (state.history.at(-1)?.on ?? null) : left,
    };
  });
}

function leftOn(state: CaseState, step: number, index: (state: string) => number): IsoDate | null {
  const at = state.history.findLast((a, i) => {
    const from = i === 0 ? -1 : index(state.history[i - 1]?.to ?? "");
    return index(a.to) > step && (from === step || (i === 0 && step === 0));
  });
  return at?.on ?? null;
}

function nextActions(
  tx: Tx,
  deps: CasesDeps,
  c: OpenCase,
  assessment: Assessment | null,
  findings: CheckFindings | null,
): NextActionView[] {
  const values = caseValues(tx, deps, c, assessment);
  const current = (subject: string, fact: string) => currentValue(c, subject, fact);
  return legalActions(c.item.flow, c.state, tx.actor, c.switches, values).map(({ action, blocked }) => {
    const asked = questionsOf(c.item, action, c.members, current);
    const { fields } = withFindings(asked, action, findings, current);
    return {
      id: action.id,
      label: action.label,
      tone: action.tone ?? "normal",
      fields,
      confirm: [action.confirm, deviationAhead(action, assessment)].filter(Boolean).join(" ") || null,
      article: action.article ?? null,
      blocked: [...blocked],
      initial: {
        ...initialValues(c, action, fields),
        ...(action.effects?.answerVerification && findings ? headOf(findings) : {}),
      },
    };
  });
}

function initialValues(c: OpenCase, action: ActionDefinition, fields: readonly Field[]): Values {
  const initial: Record<string, FieldValue> = {};
  for (const f of fields) {
    if (f.initial !== undefined && f.initial !== null) initial[f.name] = f.initial;
    // Most steps are entered on the day they are done.
    else if (f.type === "date" && f.name === "on") initial[f.name] = c.today;
  }
  if (action.effects?.supplementNotice && fields.some((f) => f.name === "missing" && f.type === "longtext"))
    initial.missing = missingMaterials(c.item, c.state)
      .map((m) => m.title)
      .join("；");
  return initial;
}
