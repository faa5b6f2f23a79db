/** The use cases of standards; the caller's transaction is theirs. */
import { DomainError, type IsoDate, type Month, monthOf } from "@wuxin/kernel";
import { emit, isUniqueViolation, type Tx } from "@wuxin/platform";
import { checkInput } from "./entering.ts";
import { firstMonth, type Move, refusal, STATE_LABELS, type StandardInput } from "./model.ts";
import { standardPage } from "./page.ts";
import type { StandardsDeps } from "./ports.ts";
import { createPreviews } from "./previews.ts";
import { createProposals } from "./proposals.ts";
import { createReader } from "./reader.ts";
import { createRewriting } from "./rewriting.ts";
import { createRules } from "./rules.ts";
import type { Shelved } from "./shelf.ts";
import { createSources } from "./sources.ts";
import * as store from "./store.ts";
import { accountOf, teller } from "./telling.ts";
import { rowView, versionViews } from "./views.ts";

export type Standards = ReturnType<typeof createStandards>;
/** The outbox event `standard.approved`. */
export interface StandardApproved {
  readonly standardId: string;
  readonly parameter: string;
  readonly since: IsoDate;
  readonly firstMonth: Month;
  readonly corrects: boolean;
}

export function createStandards(deps: StandardsDeps) {
  const { clock } = deps;
  const tell = teller(deps, "standard");
  const sources = createSources(deps);
  const reader = createReader(deps, sources);
  const { get, itemsReading, layerOf, mustLoad, shelfOf, withLayer } = reader;
  const rules = createRules(deps, sources);
  const rewriting = createRewriting(deps, sources);
  const proposals = createProposals(deps, reader);
  const previews = createPreviews(deps, sources, reader);
  const officerDates = (records: readonly store.StandardRecord[], name: string): ReadonlySet<IsoDate> =>
    new Set(records.filter((r) => r.parameter === name && r.state === "active").map((r) => r.since));

  async function checkDay(
    tx: Tx,
    s: Shelved,
    input: Pick<StandardInput, "since" | "corrects">,
    own: string | null,
  ) {
    const name = s.parameter.name;
    const same = (await store.ofDay(tx, name, input.since)).filter((r) => r.id !== own);
    const onItsWay = same.find((r) => r.state === "draft" || r.state === "submitted");
    if (onItsWay && own === null)
      throw new DomainError(
        "already-exists",
        `${onItsWay.enteredByName}已录入 ${input.since} 起的「${s.parameter.label}」（${STATE_LABELS[onItsWay.state]}），请先处理那一版。`,
        { field: "since" },
      );
    const replaced = same.find((r) => r.state === "active");
    const dated = s.parameter.versions.some((v) => v.since === input.since);
    // What only follows the standard it is derived from was given by nobody on that day: both may be raised on one.
    const given = s.derivation ? replaced !== undefined || s.countyDates.has(input.since) : dated;
    if (given && !input.corrects)
      throw new DomainError(
        "already-exists",
        `${input.since} 起的「${s.parameter.label}」已经有了，不会悄悄覆盖。要更正这一天的值，请勾选「更正同一天的标准」；要调整标准，请换一个起始日期。`,
        { field: "since" },
      );
    if (!dated && input.corrects)
      throw new DomainError("invalid-input", `${input.since} 没有可以更正的标准，请不要勾选「更正」。`, {
        field: "corrects",
      });
    return replaced;
  }

  async function page(tx: Tx, name: string) {
    const county = tx.actor.countyCode;
    const s = get(county, name);
    const records = (await store.all(tx)).filter((r) => r.parameter === name);
    const versions = versionViews(s, officerDates(records, name), monthOf(clock.today()));
    const steps = await store.steps(tx, name);
    const sets = itemsReading(s).map((item) => ({
      item,
      set: item.ruleSet({ code: county, standards: sources.of(county), month: monthOf(clock.today()) }),
    }));
    return standardPage(s, { versions, records, steps, sets, actor: tx.actor });
  }

  async function moving(tx: Tx, id: string, move: Move): Promise<store.StandardRecord> {
    const record = await store.find(tx, id);
    if (!record) throw new DomainError("not-found", "没有找到这一版标准，请刷新页面。");
    const no = refusal(move, record, tx.actor);
    if (no === null) return record;
    const samePerson =
      move === "approve" && record.state === "submitted" && record.enteredBy === tx.actor.accountId;
    throw new DomainError(samePerson ? "same-signer" : "action-not-allowed", no);
  }
  async function step(
    tx: Tx,
    r: store.StandardRecord,
    state: store.StandardRecord["state"],
    kind: store.StepRecord["step"],
    reason: string | null,
    at: Date = clock.now(),
  ): Promise<void> {
    await store.move(tx, r.id, state, at);
    await store.addStep(tx, { id: r.id, enteredBy: r.enteredBy, step: kind, by: accountOf(tx), at, reason });
  }
  async function refusingTwice(s: Shelved, since: IsoDate, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (e) {
      if (!isUniqueViolation(e)) throw e;
      throw new DomainError(
        "already-exists",
        `${since} 起的「${s.parameter.label}」刚刚由别人录入或批准，请刷新页面查看。`,
        { field: "since" },
      );
    }
  }

  return {
    /** The rule source of a county, from memory; `earlier` for replaying, `refresh` after an approval anywhere. */
    sources,

    /** Every standard, money first, then by name; those that no rule reads last. */
    async list(tx: Tx) {
      const records = await store.all(tx);
      const month = monthOf(clock.today());
      return [...shelfOf(tx.actor.countyCode).values()]
        .map((s) => {
          const name = s.parameter.name;
          const own = records.filter((r) => r.parameter === name);
          const pending = own.filter((r) => r.state === "draft" || r.state === "submitted").length;
          return rowView(s, versionViews(s, officerDates(own, name), month), pending);
        })
        .sort((a, b) => (a.group === b.group ? 0 : a.group === "money" ? -1 : 1));
    },
    page,

    /** What waits for the actor's approval, the earliest start first. */
    async toApprove(tx: Tx) {
      const shelf = shelfOf(tx.actor.countyCode);
      return (await store.all(tx))
        .filter((r) => r.state === "submitted" && refusal("approve", r, tx.actor) === null)
        .sort((a, b) => (a.since < b.since ? -1 : 1))
        .map((r) => ({
          id: r.id,
          name: r.parameter,
          label: shelf.get(r.parameter)?.parameter.label ?? r.parameter,
          firstMonth: firstMonth(r.since),
          enteredBy: r.enteredByName,
        }));
    },

    /** The same id again gives the same page. Errors: forbidden, not-found, invalid-input, already-exists. */
    async propose(tx: Tx, name: string, input: StandardInput & { readonly id: string }) {
      if (tx.actor.role !== "county") throw new DomainError("forbidden", "政策标准由县级股室经办录入。");
      const s = get(tx.actor.countyCode, name);
      const known = await store.find(tx, input.id);
      if (known) return page(tx, known.parameter);
      if (input.document.trim().length < 2)
        throw new DomainError("invalid-input", "请填写文号或文件名称。", { field: "document" });
      checkInput(s, input, clock.today());
      await checkDay(tx, s, input, null);
      const records = await store.all(tx);
      mustLoad(withLayer(tx.actor.countyCode, records, layerOf(name, s, input, input.document)), s);
      const at = clock.now();
      const by = accountOf(tx);
      const { id, ...rest } = input;
      await refusingTwice(s, input.since, () =>
        store.insert(tx, {
          ...rest,
          document: input.document.trim(),
          ...{ id, parameter: name, from: s.derivation?.from ?? null, at, by },
        }),
      );
      await store.addStep(tx, { id, enteredBy: by, step: "entered", by, at, reason: null });
      await tell(
        tx,
        "standard.propose",
        id,
        `${s.parameter.label} ${input.since} 起（${input.document.trim()}）`,
      );
      return page(tx, name);
    },

    async submit(tx: Tx, id: string) {
      const r = await moving(tx, id, "submit");
      await step(tx, r, "submitted", "submitted", null);
      await tell(tx, "standard.submit", id, `${r.parameter} ${r.since} 起`);
      return page(tx, r.parameter);
    },

    /** Holds from its month on, for everything decided from now on. Tells the outbox `standard.approved`. */
    async approve(tx: Tx, id: string, reason: string | null) {
      const r = await moving(tx, id, "approve");
      const s = get(tx.actor.countyCode, r.parameter);
      const replaced = await checkDay(tx, s, r, r.id);
      mustLoad(withLayer(tx.actor.countyCode, await store.all(tx), r), s);
      // One instant: what held before is told by what was approved and not yet ended then.
      const at = clock.now();
      if (replaced) await step(tx, replaced, "replaced", "replaced", `由 ${r.document} 更正`, at);
      await refusingTwice(s, r.since, () => step(tx, r, "active", "approved", reason, at));
      const event: StandardApproved = {
        standardId: id,
        parameter: r.parameter,
        since: r.since,
        firstMonth: firstMonth(r.since),
        corrects: r.corrects,
      };
      await emit(tx, "standard.approved", event);
      await tell(tx, "standard.approve", id, `${r.parameter} ${r.since} 起（${r.document}）`);
      return r.parameter;
    },

    async withdraw(tx: Tx, id: string, reason: string) {
      const r = await moving(tx, id, "withdraw");
      await step(tx, r, "withdrawn", "withdrawn", reason);
      await tell(tx, "standard.withdraw", id, `${r.parameter} ${r.since} 起：${reason}`);
      return page(tx, r.parameter);
    },

    ...proposals,
    ...previews,
    rules,
    rewriting,

    /** An approved version, with who approved it; undefined when it is not in force (any more). */
    async approved(tx: Tx, id: string) {
      const r = (await store.everApproved(tx)).find((x) => x.id === id && x.state === "active");
      const by = r ? await store.approver(tx, id) : undefined;
      const s = r ? shelfOf(tx.actor.countyCode).get(r.parameter) : undefined;
      if (!r || !by || !s) return undefined;
      return {
        ...{ id, parameter: r.parameter, label: s.parameter.label, document: r.document },
        ...{ since: r.since, firstMonth: firstMonth(r.since) },
        ...{ approvedById: by.accountId, approvedByName: by.name },
      };
    },

    /** Items whose rules read a standard, also through one derived from it. */
    readers: (countyCode: string, name: string): string[] =>
      itemsReading(get(countyCode, name)).map((item) => item.code),
  };
}
