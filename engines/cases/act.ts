/** One legal step of a case: checked, carried out and appended, or refused with everything left as it was. */
import type { ActionDefinition, Field, FieldValue, StaffRef, Values } from "@wuxin/declare";
import { ROLES } from "@wuxin/declare";
import { DomainError, isUuid } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { CasesDeps } from "./deps.ts";
import { carryOut } from "./effects.ts";
import { invalidInput, notAllowed, notAuthorised, notFound, staleVersion } from "./errors.ts";
import { foundRows, unexplained, withFindings } from "./found.ts";
import { caseValues, currentValue, mustSign, type OpenCase, openCase, seeing } from "./gather.ts";
import { issuePapers } from "./issue.ts";
import { type CaseAction, getState, isFrom, legalActions, rolesOf } from "./model.ts";
import { standingOf } from "./progress.ts";
import { type Questions, questionsOf, readAnswers } from "./questions.ts";
import { findActionCase, lockFile } from "./store.ts";
import { insertAction, saveClocks, updateFile } from "./store-write.ts";
import { filesOf, isPersonal } from "./text.ts";

export interface ActRequest {
  /** Made by the caller: the same action sent twice is one action. */
  readonly id: string;
  /** The version that the person saw. */
  readonly version: number;
  readonly action: string;
  readonly data: Values;
}

/**
 * Errors: not-found, stale-version (who did what since), action-not-allowed (why), invalid-input (every wrong field),
 * not-authorised, not-eligible, facts-missing, already-exists.
 */
export async function act(tx: Tx, deps: CasesDeps, caseId: string, request: ActRequest): Promise<void> {
  if (!isUuid(request.id))
    throw new DomainError("invalid-input", "编号格式不对，请刷新页面重试。", { field: "id" });
  if (!(await lockFile(tx, caseId))) throw notFound("件申请");
  const owner = await findActionCase(tx, request.id);
  if (owner === caseId) return;
  if (owner) throw new DomainError("already-exists", "这个编号已用于另一件申请，请刷新页面后重试。");
  const c = await openCase(tx, deps, caseId);
  const { item, state, today } = c;
  if (request.version !== state.version) throw stale(c, request.version);
  const action = legal(tx, deps, c, request.action);
  if (action === "not-authorised") return refuseUnauthorised(tx, deps, c);
  const current = (subject: string, fact: string) => currentValue(c, subject, fact);
  const findings = action.effects?.answerVerification ? ((await deps.findings?.(tx, caseId)) ?? null) : null;
  const questions = withFindings(questionsOf(item, action, c.members, current), action, findings, current);
  const answers = readAnswers(questions, request.data, today, current);
  const found = action.effects?.answerVerification
    ? foundRows(questions, answers.data, findings, current)
    : [];
  const errors = [...answers.errors, ...unexplained(action, questions, found, answers.data)];
  if (errors.length > 0) throw invalidInput(errors);
  const data = await withStaffNames(tx, deps, questions, answers.data);

  await seeing(tx, async () => {
    const files = questions.fields.flatMap((f) => filesOf(f, data[f.name]));
    await deps.documents.attachFiles(tx, files, ownerOf(c));
    const at = deps.clock.now().toISOString();
    const step = { tx, deps, c, action, actionId: request.id, at, data, questions, answers, found };
    const done = await carryOut(step);
    const appended: CaseAction = {
      id: request.id,
      seq: state.version + 1,
      action: action.id,
      to: action.to === "=" ? state.state : action.to,
      on: today,
      at,
      actor: tx.actor,
      data,
      outcome: done.outcome,
    };
    const standing = standingOf(item, [...state.history, appended], c.calendar, (on) =>
      deps.counties.switchesOn(tx.actor.countyCode, on),
    );
    const documents = await issuePapers(step, done, standing.clocks);
    const outcome = documents.length > 0 ? { ...done.outcome, documents } : done.outcome;
    await insertAction(tx, {
      ...appended,
      ...sealPersonal(deps, questions, data),
      outcome,
      caseId,
      fromState: state.state,
    });
    await saveClocks(tx, caseId, standing.clocks);
    const moved = await updateFile(tx, caseId, {
      ...standing,
      ...(done.amountFen === undefined ? {} : { amountFen: done.amountFen }),
    });
    // The row is locked since the beginning; another version here would be a fault of ours, never to be passed over.
    if (moved !== 1) throw stale(c, request.version);
    await deps.audit.record(tx, {
      action: "case.act",
      object: "case",
      objectId: caseId,
      detail: `${c.bundle.file.number} ${action.label}`,
    });
  });
}

export const ownerOf = (c: OpenCase) => ({
  caseId: c.bundle.file.id,
  divisionCode: c.bundle.file.divisionCode,
  applicantId: c.bundle.file.applicantId,
});

function stale(c: OpenCase, seen: number): DomainError {
  const label = (id: string) => c.item.flow.actions.find((a) => a.id === id)?.label ?? id;
  return staleVersion(
    c.state.history
      .filter((a) => a.seq > seen)
      .map((a) => ({
        label: label(a.action),
        actorName: a.actor.name,
        role: roleName(a.actor.role),
        at: shanghai(a.at),
      })),
  );
}

export const roleName = (role: string): string =>
  Object.hasOwn(ROLES, role) ? ROLES[role as keyof typeof ROLES] : role === "system" ? "系统" : role;

/** 2024-03-01 09:05, Beijing time. */
export const shanghai = (at: string): string =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");

function legal(tx: Tx, deps: CasesDeps, c: OpenCase, id: string): ActionDefinition | "not-authorised" {
  const { item, state, switches } = c;
  const def = item.flow.actions.find((a) => a.id === id);
  if (!def) throw notAllowed(id, ["没有这个动作，请刷新页面。"]);
  const here = getState(item.flow, state.state).label;
  if (!isFrom(item.flow, def, state.state) || def.effects?.submit)
    throw notAllowed(def.label, [`本件现在是「${here}」，不在可以办这一步的环节。`]);
  const roles = rolesOf(def, switches);
  if (!roles.includes(tx.actor.role))
    throw notAllowed(def.label, [
      roles.length === 0
        ? "本县还没有规定由谁办理，请联系县级经办在县配置里写明。"
        : `这一步由${roles.map(roleName).join("或")}办理，您的身份是${roleName(tx.actor.role)}。`,
    ]);
  const values = caseValues(tx, deps, c);
  const found = legalActions(item.flow, state, tx.actor, switches, values).find((l) => l.action.id === id);
  if (!found) throw notAllowed(def.label, ["本件现在的情况用不到这一步，请刷新页面。"]);
  if (def.effects?.requestVerification && values.authorised !== true) return "not-authorised";
  if (found.blocked.length > 0) throw notAllowed(def.label, found.blocked);
  return def;
}

/** 先授权、后核对: the attempt itself stays in the trail, although the transaction does not. */
async function refuseUnauthorised(tx: Tx, deps: CasesDeps, c: OpenCase): Promise<never> {
  const signed = new Set(c.state.application?.signers ?? []);
  const lacking = mustSign(c.members, c.today).filter((m) => !signed.has(m.personId));
  await deps.apart(tx.actor, (own) =>
    deps.audit.record(own, {
      action: "case.verification-refused",
      object: "case",
      objectId: c.bundle.file.id,
      detail: `${c.bundle.file.number} 缺 ${lacking.length} 人授权，未发起核对`,
    }),
  );
  throw notAuthorised(lacking.map((m) => m.name));
}

/** Investigators are real accounts of the county, and appear under the names of those accounts. */
async function withStaffNames(tx: Tx, deps: CasesDeps, questions: Questions, data: Values): Promise<Values> {
  const fields = questions.fields.filter((f) => f.type === "staff" && Array.isArray(data[f.name]));
  if (fields.length === 0 || !deps.staffNames) return data;
  const ids = fields.flatMap((f) => (data[f.name] as readonly StaffRef[]).map((s) => s.id));
  const known = await deps.staffNames(tx, ids);
  const named: Record<string, FieldValue | undefined> = { ...data };
  const errors = [];
  for (const f of fields) {
    const refs = data[f.name] as readonly StaffRef[];
    const stranger = refs.find((s) => !known.has(s.id));
    if (stranger)
      errors.push({
        field: f.name,
        message: `「${f.label}」里的 ${stranger.name} 不是本县在册的工作人员，请重新选择。`,
      });
    named[f.name] = refs.map((s) => ({ id: s.id, name: known.get(s.id)?.name ?? s.name }));
  }
  if (errors.length > 0) throw invalidInput(errors);
  return named;
}

function sealPersonal(
  deps: CasesDeps,
  questions: Questions,
  data: Values,
): { data: Values; sealed: Buffer | null } {
  const personal = new Set(questions.fields.filter((f: Field) => isPersonal(f)).map((f) => f.name));
  const entries = Object.entries(data);
  const kept = entries.filter(([name]) => !personal.has(name));
  const hidden = entries.filter(([name]) => personal.has(name));
  return {
    data: Object.fromEntries(kept),
    sealed: hidden.length > 0 ? deps.vault.seal(JSON.stringify(Object.fromEntries(hidden))) : null,
  };
}
