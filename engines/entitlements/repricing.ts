/**
 * 提标: a dated standard, once approved, is counted over everybody whose rules read it, released by a second person, and
 * applied. Old months keep their old rows; new amounts stand behind them with the rules and the facts they came from.
 */
import { addMonths, DomainError, derivedId, type Month, monthOf, newId } from "@wuxin/kernel";
import { cancelJob, enqueue, findJob, isUniqueViolation, type Tx } from "@wuxin/platform";
import type { Common } from "./common.ts";
import { findChanges } from "./life-store.ts";
import type { EntitlementsDeps, Repricing } from "./ports.ts";
import { APPLY_JOB, COUNT_JOB, versionIn, windowOf } from "./reprice-jobs.ts";
import { monthText, type Window } from "./reprice-model.ts";
import * as runs from "./reprice-store.ts";
import { raisedIn, repriceBrief, repriceHousehold, repricePage } from "./reprice-views.ts";
import * as store from "./store.ts";

const STAFF: ReadonlySet<string> = new Set(["county", "leader"]);
/** How long a township is reminded of households that nobody told; no document sets it. */
const TOLD_WITHIN_MONTHS = 3;

/** Why this person may not release; null when he may. */
export function whyNotRelease(
  r: Pick<runs.RepriceRecord, "state" | "openedBy">,
  actor: { readonly accountId: string | null; readonly role: string },
): { code: string; message: string } | null {
  if (!STAFF.has(actor.role) || actor.accountId === null)
    return { code: "forbidden", message: "提标由县级经办或局领导放行。" };
  if (r.state === "counting") return { code: "action-not-allowed", message: "还在测算，算完才能放行。" };
  if (r.state !== "ready")
    return {
      code: "action-not-allowed",
      message: "这次提标已经有人放行或取消了，不用再办；关掉这里就能看到现在办到哪一步。",
    };
  if (r.openedBy === actor.accountId)
    return {
      code: "same-signer",
      message: "批准标准（或发起测算）的人不能自己放行，请另一位县级经办或局领导放行。",
    };
  return null;
}

export function createRepricing(deps: EntitlementsDeps & { readonly repricing: Repricing }, common: Common) {
  const { clock, repricing } = deps;

  function mayWork(tx: Tx, what: string): string {
    if (!STAFF.has(tx.actor.role) || tx.actor.accountId === null)
      throw new DomainError("forbidden", `${what}由县级经办或局领导办理。`);
    return tx.actor.accountId;
  }
  const tell = (tx: Tx, action: string, id: string, detail: string) =>
    deps.audit.record(tx, { action, object: "reprice", objectId: id, detail });
  async function locked(tx: Tx, id: string): Promise<runs.RepriceRecord> {
    const r = await runs.lockReprice(tx, id);
    if (!r) throw new DomainError("not-found", "没有找到这次提标，请从提标列表进入。");
    return r;
  }

  /** The versions of an item's rules in these months, each from its first month on. */
  function versionsOf(county: string, code: string, { first, end }: Window) {
    const found: { from: Month; version: string }[] = [];
    for (let m = first; m <= end; m++) {
      const month = monthText(m);
      const version = repricing.rules(county, code, month)?.set.version;
      if (version !== undefined && found.at(-1)?.version !== version) found.push({ from: month, version });
    }
    return found;
  }

  /** Starts the count of an approved standard. No item draws by it: nothing to do, and null. */
  async function begin(
    tx: Tx,
    id: string,
    standardId: string,
    by: { readonly id: string | null; readonly name: string },
    lowers: boolean,
  ): Promise<string | null> {
    const s = await repricing.cause(tx, standardId);
    if (!s)
      throw new DomainError(
        "not-found",
        "没有找到这一版已批准的标准（规则），或已被更正、撤回。请从政策标准、认定规则进入最新的一版。",
      );
    const window = windowOf({ firstMonth: s.firstMonth, lowers }, monthOf(clock.today()));
    const items = s.items.map((code) => ({
      ...{ code, title: common.itemOf(code).title },
      versions: versionsOf(tx.actor.countyCode, code, window),
    }));
    if (items.length === 0) return null;
    const jobId = derivedId(id, "count");
    await runs.insertReprice(tx, {
      ...{
        id,
        standardId,
        cause: s.kind,
        parameter: s.name,
        label: s.label,
        document: s.document,
        items,
        lowers,
        jobId,
      },
      ...{ firstMonth: s.firstMonth, openedBy: by.id, openedByName: by.name, at: clock.now() },
    });
    await enqueue(tx, COUNT_JOB, { repriceId: id }, { id: jobId });
    return id;
  }

  /**
   * Hears that a standard or a rule text came into force; twice is once. Whoever approved has opened it, so another person
   * releases. One that was withdrawn opens nothing.
   */
  async function onApproved(tx: Tx, causeId: string): Promise<void> {
    const s = await repricing.cause(tx, causeId);
    if (!s || (await runs.openReprice(tx, s.id))) return;
    const id = derivedId(s.id, "reprice");
    if (await runs.findReprice(tx, id)) return;
    await begin(tx, id, s.id, { id: s.approvedById, name: s.approvedByName }, false);
  }

  /** Counts once more, also to lower what the standard lowers. Errors: forbidden, not-found, already-exists. */
  async function open(tx: Tx, input: { id: string; standardId: string; lowers: boolean }) {
    const by = mayWork(tx, "测算提标");
    if (await runs.findReprice(tx, input.id)) return page(tx, input.id);
    const busy = await runs.openReprice(tx, input.standardId);
    const exists = () =>
      new DomainError("already-exists", "这一版标准（规则）的调整正在办理，请先办完或取消那一次。", {
        field: "standardId",
      });
    if (busy) throw exists();
    try {
      if (
        (await begin(tx, input.id, input.standardId, { id: by, name: tx.actor.name }, input.lowers)) === null
      )
        throw new DomainError("action-not-allowed", "没有哪项待遇按这个标准计算，不需要提标。");
    } catch (error) {
      if (isUniqueViolation(error, "reprice_open_once")) throw exists();
      throw error;
    }
    await tell(tx, "reprice.open", input.id, input.lowers ? "重新测算，降低的也调整" : "重新测算");
    return page(tx, input.id);
  }

  /**
   * The second person: what was counted is applied from now on. The rules must still be those that were counted.
   * Errors: forbidden, not-found, same-signer, action-not-allowed.
   */
  async function release(tx: Tx, id: string, input: { note: string }) {
    const r = await locked(tx, id);
    if (r.state === "applying" && r.releasedBy === tx.actor.accountId) return page(tx, id);
    const no = whyNotRelease(r, tx.actor);
    if (no) throw new DomainError(no.code, no.message);
    const window = windowOf(r, monthOf(clock.today()));
    for (const i of r.items)
      if (versionsOf(tx.actor.countyCode, i.code, window).some((v) => versionIn(i, v.from) !== v.version))
        throw new DomainError(
          "action-not-allowed",
          `测算之后「${i.title}」又批准了新的标准，测算结果已经过时。请取消这一次，重新测算。`,
        );
    const jobId = derivedId(id, "apply");
    await runs.moveReprice(tx, id, {
      ...{ state: "applying", jobId },
      release: {
        by: tx.actor.accountId as string,
        name: tx.actor.name,
        at: clock.now(),
        note: input.note.trim() || null,
      },
    });
    await enqueue(tx, APPLY_JOB, { repriceId: id }, { id: jobId });
    await tell(tx, "reprice.release", id, `${r.label}（${r.document}）`);
    return page(tx, id);
  }

  /** Stops behind the present piece; what was adjusted stays, and it can go on. Errors: forbidden, action-not-allowed. */
  async function pause(tx: Tx, id: string) {
    mayWork(tx, "暂停提标");
    const r = await locked(tx, id);
    if (r.state !== "applying" && r.state !== "counting")
      throw new DomainError("action-not-allowed", "现在没有在测算或调整，不需要暂停。");
    await cancelJob(tx, r.jobId);
    await tell(tx, "reprice.pause", id, r.label);
    return page(tx, id);
  }

  /** After a pause or a failure. Errors: forbidden, action-not-allowed. */
  async function resume(tx: Tx, id: string) {
    mayWork(tx, "继续提标");
    const r = await locked(tx, id);
    const job = await findJob(tx, r.jobId);
    if (
      (r.state !== "applying" && r.state !== "counting") ||
      job?.state === "queued" ||
      job?.state === "running"
    )
      throw new DomainError("action-not-allowed", "正在办理或已经结束，不需要继续。");
    const jobId = newId();
    await enqueue(tx, r.state === "applying" ? APPLY_JOB : COUNT_JOB, { repriceId: id }, { id: jobId });
    await runs.moveReprice(tx, id, { jobId });
    await tell(tx, "reprice.resume", id, r.label);
    return page(tx, id);
  }

  /** Ends a run that is not to be; what was adjusted stays as it is. Errors: forbidden, action-not-allowed. */
  async function cancel(tx: Tx, id: string) {
    mayWork(tx, "取消提标");
    const r = await locked(tx, id);
    if (r.state === "cancelled") return page(tx, id);
    if (r.state === "done") throw new DomainError("action-not-allowed", "这次提标已经办完，不能取消。");
    const job = await findJob(tx, r.jobId);
    if (job?.state === "queued" || job?.state === "running") {
      if (r.state === "applying") throw new DomainError("action-not-allowed", "正在调整，请先暂停，再取消。");
      await cancelJob(tx, r.jobId);
    }
    await runs.moveReprice(tx, id, { state: "cancelled", ended: clock.now() });
    await tell(tx, "reprice.cancel", id, r.label);
    return page(tx, id);
  }

  async function get(tx: Tx, id: string) {
    const r = await runs.findReprice(tx, id);
    if (!r) throw new DomainError("not-found", "没有找到这次提标，请从提标列表进入。");
    return r;
  }

  async function page(tx: Tx, id: string) {
    const r = await get(tx, id);
    await tell(tx, "reprice.read", id, r.label);
    return repricePage(deps, tx.actor, r, {
      job: await findJob(tx, r.jobId),
      paid: await deps.paid.ofReprice(tx, id),
      told: await runs.toldIn(tx, id),
    });
  }

  return {
    onApproved,
    open,
    release,
    pause,
    resume,
    cancel,
    page,
    list: async (tx: Tx) => (await runs.listReprices(tx, 100)).map((r) => repriceBrief(r, tx.actor)),
    /** Runs that wait for this person's release. */
    toRelease: async (tx: Tx) =>
      (await runs.listReprices(tx, 50))
        .filter((r) => r.state === "ready" && whyNotRelease(r, tx.actor) === null)
        .map((r) => repriceBrief(r, tx.actor)),
    /** Runs of the last months of which households of this township are still to be told. */
    async toTell(tx: Tx, township: string) {
      const since = addMonths(monthOf(deps.clock.today()), -TOLD_WITHIN_MONTHS);
      const rows = [];
      for (const r of await runs.listReprices(tx, 50)) {
        if (r.state !== "done" || (r.endedAt ?? "").slice(0, 7) < since) continue;
        const raised = raisedIn(r, township);
        const told = (await runs.toldIn(tx, r.id)).find((t) => t.township === township)?.households ?? 0;
        if (raised > told)
          rows.push({ id: r.id, label: r.label, firstMonth: r.firstMonth, left: raised - told });
      }
      return rows;
    },
    /** Whom a run changed, or whom it left as he is and why; within the reader's scope. */
    async households(
      tx: Tx,
      id: string,
      q: {
        kind: "raised" | "left";
        q?: string | undefined;
        division?: string | undefined;
        page?: number;
        size?: number;
      },
    ) {
      const found = await runs.households(tx, { ...q, id, page: q.page ?? 1, size: q.size ?? 20 });
      await tell(tx, "reprice.households", id, `第 ${q.page ?? 1} 页，${found.rows.length} 户`);
      return {
        rows: found.rows.map((h) => repriceHousehold(deps, tx.actor.countyCode, h)),
        total: found.total,
      };
    },
    /** Of one township, named in full: to be printed, told and signed. */
    async notices(tx: Tx, id: string, q: { division: string; page?: number; size?: number }) {
      const r = await get(tx, id);
      const found = await runs.households(tx, {
        ...{ ...q, id, kind: "raised", page: q.page ?? 1, size: q.size ?? 20 },
      });
      await tell(tx, "reprice.notices", id, `${q.division}，第 ${q.page ?? 1} 页，${found.rows.length} 户`);
      return {
        ...{ label: r.label, document: r.document, firstMonth: r.firstMonth, total: found.total },
        divisionName: deps.divisionName(tx.actor.countyCode, q.division),
        rows: found.rows.map((h) => ({
          ...repriceHousehold(deps, tx.actor.countyCode, h),
          // On paper the columns are narrow.
          itemTitle: deps.catalogue.items.get(h.item)?.shortTitle ?? h.item,
          payee: h.payee,
        })),
      };
    },
    /** How an amount of a run, or of a change between decisions, came about, computed again from the facts of its decision. Errors: not-found. */
    async explainAmount(tx: Tx, entitlementId: string, seq: number) {
      const e = await common.get(tx, entitlementId);
      const a = (await store.amountsOf(tx, entitlementId)).find((x) => x.seq === seq);
      const run = a?.repriceId ? await runs.findReprice(tx, a.repriceId) : undefined;
      const item = run?.items.find((i) => i.code === e.item);
      const [change] = a?.basisId ? await findChanges(tx, [a.basisId]) : [];
      const version = a && item ? versionIn(item, a.fromMonth) : (a?.ruleVersion ?? change?.ruleVersion);
      if (!a?.basisId || !version)
        throw new DomainError("not-found", "这个金额不是提标算出来的，请看它的认定或调整决定。");
      await deps.audit.record(tx, {
        ...{ action: "amount.explain", object: "entitlement", objectId: entitlementId },
        detail: `${a.fromMonth} 起`,
      });
      return repricing.explain(tx, {
        ...{ item: e.item, version, month: a.fromMonth, sourceId: a.basisId },
        inputs: change?.inputs ?? null,
      });
    },
  };
}
