/** What everybody may see and do without an account: read what hangs, object to it, ask where an application stands. */
import { DomainError, isMobilePhone, isUuid, normalizePhone } from "@wuxin/kernel";
import { asHouse, type Tx } from "@wuxin/platform";
import type { ClockView } from "./clocks.ts";
import type { CasesDeps } from "./deps.ts";
import { invalidInput } from "./errors.ts";
import { openCase } from "./gather.ts";
import { getState, shownState } from "./model.ts";
import { stepViews } from "./page.ts";
import { clockViews, datedClocks } from "./progress.ts";
import { findByTracking } from "./store-list.ts";
import { findHanging, insertObjection, listHanging } from "./store-publicity.ts";
import { trackingDigest } from "./submit.ts";
import type { StepView } from "./views.ts";

export interface PublicityNotice {
  readonly id: string;
  readonly title: string;
  readonly itemTitle: string;
  readonly divisionName: string;
  readonly fromDate: string;
  readonly toDate: string;
  readonly rows: { label: string; text: string }[];
  readonly acceptsObjections: boolean;
  readonly article: string;
}

export async function publicityList(
  tx: Tx,
  deps: CasesDeps,
  query: { readonly township?: string | undefined } = {},
): Promise<PublicityNotice[]> {
  const notices = await listHanging(tx, deps.clock.today(), query.township);
  return notices.map((n) => ({
    id: n.id,
    title: n.title,
    itemTitle: deps.catalogue.items.get(n.item)?.title ?? n.item,
    divisionName: deps.counties.divisionName(tx.actor.countyCode, n.divisionCode),
    fromDate: n.fromDate,
    toDate: n.toDate,
    rows: [...n.rows],
    acceptsObjections: n.acceptsObjections,
    article: n.article,
  }));
}

export interface ObjectionInput {
  /** Made by the caller: sent twice, it is one objection. */
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly text: string;
}

/** Errors: not-found (taken down, expired or never there), action-not-allowed, invalid-input. */
export async function object(
  tx: Tx,
  deps: CasesDeps,
  publicityId: string,
  input: ObjectionInput,
): Promise<void> {
  const today = deps.clock.today();
  const notice = isUuid(publicityId) ? await findHanging(tx, today, publicityId) : undefined;
  if (!notice)
    throw new DomainError(
      "not-found",
      "这条公示已经撤下或不存在。公示期外的意见，请向当地乡镇（街道）或县民政局反映。",
    );
  if (!notice.acceptsObjections)
    throw new DomainError(
      "action-not-allowed",
      "这是结果公布，不收异议。有意见请向县民政局反映，或拨打 12345。",
    );
  const wrong = [];
  if (!isUuid(input.id)) wrong.push({ field: "id", message: "编号格式不对，请刷新页面重试。" });
  if (input.name.trim() === "")
    wrong.push({ field: "name", message: "请填写您的姓名，便于核实；姓名不会公开。" });
  if (input.name.length > 50) wrong.push({ field: "name", message: "姓名最多 50 个字。" });
  if (input.phone.trim() !== "" && !isMobilePhone(input.phone))
    wrong.push({ field: "phone", message: "手机号码应为 11 位，请核对；不便留电话的可以不填。" });
  if (input.text.trim().length < 5) wrong.push({ field: "text", message: "请写明异议的内容，至少 5 个字。" });
  if (input.text.length > 2000) wrong.push({ field: "text", message: "异议内容最多 2,000 个字，请精简。" });
  if (wrong.length > 0) throw invalidInput(wrong);
  const added = await insertObjection(tx, {
    id: input.id,
    publicityId: notice.id,
    caseId: notice.caseId,
    contactSealed: deps.vault.seal(
      JSON.stringify({ name: input.name.trim(), phone: normalizePhone(input.phone) }),
    ),
    text: input.text.trim(),
    madeOn: today,
    madeAt: deps.clock.now().toISOString(),
  });
  if (added === 1)
    await deps.audit.record(tx, {
      action: "publicity.object",
      object: "publicity",
      objectId: notice.id,
      detail: notice.title,
    });
}

export interface TrackResult {
  readonly number: string;
  readonly itemTitle: string;
  readonly stateLabel: string;
  readonly explain: string;
  readonly submittedOn: string;
  readonly steps: Omit<StepView, "article">[];
  readonly clock: ClockView | null;
}

/** One answer for a wrong number and for a wrong tail, so that numbers cannot be tried. Error: not-found. */
export async function track(
  tx: Tx,
  deps: CasesDeps,
  input: { readonly number: string; readonly idTail: string },
): Promise<TrackResult> {
  return asHouse(tx, async () => {
    const found = await findByTracking(tx, trackingDigest(deps, input.number, input.idTail));
    if (!found)
      throw new DomainError(
        "not-found",
        "没有查到。请核对受理编号和申请人身份证号码的后 6 位，两项都要与申请时一致。",
      );
    const c = await openCase(tx, deps, found.id);
    const ended = await deps.endedOf?.(tx, found.id);
    const def = shownState(getState(c.item.flow, c.state.state), ended?.endMonth ?? null, c.today);
    const clocks = datedClocks(c.item, c.state.history, c.calendar, (on) =>
      deps.counties.switchesOn(tx.actor.countyCode, on),
    );
    await deps.audit.record(tx, {
      action: "case.track",
      object: "case",
      objectId: found.id,
      detail: c.bundle.file.number,
    });
    return {
      number: c.bundle.file.number,
      itemTitle: c.item.title,
      stateLabel: def.label,
      explain: def.explain,
      submittedOn: c.bundle.file.submittedOn,
      steps: stepViews(c.item.flow, c.state).map(({ article: _, ...s }) => s),
      clock: clockViews(c.item, clocks, c.today, c.calendar).find((k) => k.stoppedOn === null) ?? null,
    };
  });
}
