/** An application becomes a case: people, household, facts, account, filing and the first action, in one transaction. */
import type { ActionDefinition, ResolvedItem } from "@wuxin/declare";
import { DomainError, derivedId, isUuid, maskName, within } from "@wuxin/kernel";
import { asHouse, type Tx } from "@wuxin/platform";
import type { Person } from "../registry/index.ts";
import { declaredFacts, filesOfApplication, summaryOf } from "./declared.ts";
import { type CasesDeps, getItem } from "./deps.ts";
import { invalidInput } from "./errors.ts";
import { householdFor, registeredElsewhere } from "./household.ts";
import { type ApplicationInput, type ReadApplication, readApplication } from "./intake.ts";
import { type CaseAction, getState, rolesOf } from "./model.ts";
import { standingOf } from "./progress.ts";
import { findSubmitted, listOpenCasesOf, lockId } from "./store.ts";
import { insertAction, insertFile, saveClocks } from "./store-write.ts";

export interface Submitted {
  readonly id: string;
  readonly number: string;
  readonly trackingHint: string;
}

const reply = (id: string, number: string): Submitted => ({
  id,
  number,
  trackingHint: `受理编号 ${number}。凭编号和申请人身份证号码的后 6 位，可以随时查询进度。`,
});

/**
 * Files an application under an id made by the caller; the same id again gives the same case.
 * Errors: invalid-input with every wrong field, duplicate-person, member-elsewhere, already-exists, forbidden, not-found.
 */
export async function submit(
  tx: Tx,
  deps: CasesDeps,
  request: { readonly id: string; readonly application: ApplicationInput },
): Promise<Submitted> {
  const { id, application } = request;
  if (!isUuid(id)) throw new DomainError("invalid-input", "编号格式不对，请刷新页面重试。", { field: "id" });
  await lockId(tx, id);
  const before = await findSubmitted(tx, id);
  if (before) return reply(id, before.number);
  const item = getItem(deps, application.item);
  const action = submitAction(tx, deps, item);
  const read = readForm(tx, deps, item, application);
  // Duplicates count in the whole county, and a resident's family is brought into its books by the house.
  return asHouse(tx, async () => {
    if (await findSubmitted(tx, id))
      throw new DomainError("already-exists", "这个编号已被别的申请占用，请刷新页面后重新提交。");
    return open(tx, deps, item, action, id, read);
  });
}

function submitAction(tx: Tx, deps: CasesDeps, item: ResolvedItem): ActionDefinition {
  const switches = deps.counties.switchesOn(tx.actor.countyCode, deps.clock.today());
  const action = item.flow.actions.find(
    (a) =>
      a.effects?.submit && a.from.includes(item.flow.initial) && rolesOf(a, switches).includes(tx.actor.role),
  );
  if (!action)
    throw new DomainError(
      "forbidden",
      `您的账号不能提交「${item.title}」申请，请由居民本人或乡镇、村工作人员提交。`,
    );
  return action;
}

function readForm(
  tx: Tx,
  deps: CasesDeps,
  item: ResolvedItem,
  application: ApplicationInput,
): ReadApplication {
  const county = deps.counties.get(tx.actor.countyCode);
  const today = deps.clock.today();
  const switches = deps.counties.switchesOn(county.code, today);
  const read = readApplication(application, {
    item,
    today,
    divisions: new Set(county.divisions.filter((d) => d.level !== "county").map((d) => d.code)),
    commitmentAllowed: switches.commitmentInsteadOfProof !== false,
    proactive: application.channel === "proactive" && tx.actor.role !== "resident",
  });
  const errors = "errors" in read ? [...read.errors] : [];
  if (tx.actor.role !== "resident" && !within(tx.actor.scope, application.divisionCode))
    errors.unshift({
      field: "divisionCode",
      message: "申请人所在地不在您的管辖范围内，请由当地乡镇（街道）受理，或改选所在地。",
    });
  if (errors.length > 0 || "errors" in read) throw invalidInput(errors);
  return read.ok;
}

async function open(
  tx: Tx,
  deps: CasesDeps,
  item: ResolvedItem,
  action: ActionDefinition,
  id: string,
  read: ReadApplication,
): Promise<Submitted> {
  const { input } = read;
  const now = deps.clock.now().toISOString();
  const today = deps.clock.today();
  const persons = await deps.registry.ensurePersons(
    tx,
    read.members.map((m, i) => ({
      id: derivedId(id, `person:${m.idNo}`),
      name: m.name,
      idNo: m.idNo,
      ...(m.phone === null ? {} : { phone: m.phone }),
      divisionCode: input.divisionCode,
      address: input.address.trim(),
      at: `members.${i}`,
    })),
  );
  const personOf = new Map(read.members.map((m, i) => [m.key, persons[i] as Person]));
  const applicant = personOf.get(read.applicant.key) as Person;
  await mayApply(tx, deps, read, persons);
  // Somebody whom a person's application only names may have a case of his own.
  await noSecondCase(tx, deps, item, item.subject === "person" ? [applicant] : persons);
  if (item.subject === "person" && applicant.divisionCode.slice(0, 9) !== input.divisionCode.slice(0, 9))
    throw registeredElsewhere(tx, deps, applicant.divisionCode);
  const householdId =
    item.subject === "household" ? await householdFor(tx, deps, id, read, persons, applicant) : null;
  const number = await deps.documents.nextNumber(tx, item.numberSeries, Number(today.slice(0, 4)));
  const summary = summaryOf(tx, item, read, personOf);
  const first: CaseAction = {
    id: derivedId(id, "submit"),
    seq: 1,
    action: action.id,
    to: action.to === "=" ? item.flow.initial : action.to,
    on: today,
    at: now,
    actor: tx.actor,
    data: {},
    outcome: { application: summary },
  };
  const standing = standingOf(item, [first], await deps.calendar.working(tx), (on) =>
    deps.counties.switchesOn(tx.actor.countyCode, on),
  );
  await insertFile(tx, {
    id,
    item: item.code,
    number,
    subject: item.subject,
    state: standing.state,
    version: 1,
    isOpen: getState(item.flow, standing.state).final !== true,
    householdId,
    applicantId: applicant.id,
    applicantName: applicant.name,
    memberIds: persons.map((p) => p.id),
    divisionCode: input.divisionCode,
    address: input.address.trim(),
    areaClass: input.areaClass,
    channel: summary.channel,
    relative: summary.relative,
    agentSealed: read.agent && deps.vault.seal(JSON.stringify(read.agent)),
    trackingDigest: trackingDigest(deps, number, read.applicant.idNo.slice(-6)),
    submittedOn: today,
    submittedAt: now,
    dueOn: standing.dueOn,
    warnOn: standing.warnOn,
    dueKey: standing.dueKey,
  });
  await insertAction(tx, { ...first, caseId: id, fromState: item.flow.initial, sealed: null });
  await saveClocks(tx, id, standing.clocks);
  await deps.facts.record(tx, declaredFacts(item, id, read, personOf, householdId, applicant));
  if (input.account)
    await deps.registry.setBankAccount(tx, {
      id: derivedId(id, "account"),
      personId: applicant.id,
      ...input.account,
      reason: `申请时填报（${number}）`,
    });
  if (summary.relative)
    await deps.registry.fileRelatives(
      tx,
      input.relatives.map((r, i) => ({
        id: derivedId(id, `relative:${i}`),
        caseId: id,
        caseNumber: number,
        applicantId: applicant.id,
        divisionCode: input.divisionCode,
        staffName: r.staffName.trim(),
        unit: r.unit.trim(),
        relation: r.relation.trim(),
      })),
    );
  await deps.documents.attachFiles(tx, filesOfApplication(read), {
    caseId: id,
    divisionCode: input.divisionCode,
    applicantId: applicant.id,
  });
  await deps.audit.record(tx, {
    action: "case.submit",
    object: "case",
    objectId: id,
    detail: `${item.title} ${number}`,
  });
  return reply(id, number);
}

export const trackingDigest = (deps: Pick<CasesDeps, "vault">, number: string, tail: string): Buffer =>
  deps.vault.digest(`track\u001f${number.trim()}\u001f${tail.trim().toUpperCase()}`);

/** A resident applies for a household of which he is one, or as an agent with consent. */
async function mayApply(
  tx: Tx,
  deps: CasesDeps,
  read: ReadApplication,
  persons: readonly Person[],
): Promise<void> {
  if (tx.actor.role !== "resident" || persons.some((p) => p.id === tx.actor.personId)) return;
  if (!read.agent)
    throw new DomainError(
      "invalid-input",
      "您不在填写的家庭成员里。替别人申请，请填写代办人信息并取得本人同意。",
      {
        field: "agent",
      },
    );
  const agent = await deps.registry.findPersonByIdNo(tx, read.agent.idNo);
  if (agent?.id !== tx.actor.personId)
    throw new DomainError("invalid-input", "代办人应当是登录的您本人，请核对代办人的身份证号码。", {
      field: "agent.idNo",
    });
}

async function noSecondCase(
  tx: Tx,
  deps: CasesDeps,
  item: ResolvedItem,
  persons: readonly Person[],
): Promise<void> {
  const all = persons.map((p) => p.id);
  const own = (await deps.dividedOff?.(tx, item.code, all)) ?? new Set<string>();
  const ids = all.filter((id) => !own.has(id));
  const who = (id: string | undefined) => maskName(persons.find((p) => p.id === id)?.name ?? "家庭成员");
  const [open] = await listOpenCasesOf(tx, item.code, ids);
  if (open) {
    const label = getState(item.flow, open.state).label;
    throw new DomainError(
      "already-exists",
      `${who(open.memberIds.find((id) => ids.includes(id)))} 已有「${item.title}」办件（${open.number}，${label}），不能重复申请。家庭情况有变化，请在原办件上报告。`,
      { field: "members", details: { number: open.number } },
    );
  }
  const live = await deps.hasLive?.(tx, item.code, ids);
  const drawing = live && ids.find((id) => live.has(id));
  if (drawing)
    throw new DomainError("already-exists", `${who(drawing)} 正在享受「${item.title}」，不能重复申请。`, {
      field: "members",
    });
}
