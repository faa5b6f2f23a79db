/** The use cases of standards; the caller's transaction is theirs. */
import type { RuleTexts } from "@wuxin/declare";
import { DomainError, type IsoDate, type Month, monthOf } from "@wuxin/kernel";
import { emit, isUniqueViolation, type Tx } from "@wuxin/platform";
import { PolicyError } from "@wuxin/policy";
import { checkInput, notesOn } from "./entering.ts";
import { growthOf, requireKnown } from "./growth.ts";
import { impactOf, newlyQualifying, prepare, spanOf, trial, trials } from "./impact.ts";
import { impactView } from "./impact-view.ts";
import { firstMonth, type Layer, type Move, refusal, STATE_LABELS, type StandardInput } from "./model.ts";
import { overlay } from "./overlay.ts";
import { standardPage } from "./page.ts";
import type { Looked, RuledItem, StandardsDeps } from "./ports.ts";
import { createRewriting } from "./rewriting.ts";
import { createRules } from "./rules.ts";
import { createShelves, type Shelved } from "./shelf.ts";
import { decided, sideBySide } from "./sides.ts";
import { createSources, nationalSources } from "./sources.ts";
import * as store from "./store.ts";
import { rowView, versionViews } from "./views.ts";

type PreviewInput = Omit<StandardInput, "document"> & { readonly month?: Month | undefined };
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
  const sources = createSources(deps);
  const shelves = createShelves(deps);
  const rules = createRules(deps, sources);
  const rewriting = createRewriting(deps, sources);
  const shelfOf = (county: string) => shelves.of(county, sources.of(county), monthOf(clock.today()));

  for (const { county, file, rules: given } of deps.growth ?? []) requireKnown(shelfOf(county), given, file);
  const growthRules = new Map((deps.growth ?? []).map((g) => [g.county, g.rules]));

  function get(county: string, name: string): Shelved {
    const found = shelfOf(county).get(name);
    if (!found) throw new DomainError("not-found", `没有「${name}」这个标准，请从政策标准的目录进入。`);
    return found;
  }
  const officerDates = (records: readonly store.StandardRecord[], name: string): ReadonlySet<IsoDate> =>
    new Set(records.filter((r) => r.parameter === name && r.state === "active").map((r) => r.since));
  const layerOf = (
    name: string,
    s: Shelved,
    input: Omit<StandardInput, "document">,
    document: string,
  ): Layer => ({
    parameter: name,
    since: input.since,
    form: input.form,
    values: input.values,
    multiple: input.multiple && s.derivation ? { from: s.derivation.from, ...input.multiple } : null,
    document,
    note: input.note,
  });

  /** The county's texts with one more version; in the place of that of the same day when it corrects it. */
  function withLayer(county: string, records: readonly store.StandardRecord[], layer: Layer): RuleTexts {
    const { rewritten } = sources.of(county);
    const active = records.filter(
      (r) => r.state === "active" && !(r.parameter === layer.parameter && r.since === layer.since),
    );
    const source = overlay(deps.file(county), nationalSources(deps.catalogue, rewritten), [...active, layer]);
    return rewritten ? { ...source, rewritten } : source;
  }

  function itemsReading(s: Shelved): RuledItem[] {
    return s.readers.flatMap((r) => {
      const item = r.kind === "item" ? deps.catalogue.items.get(r.code) : undefined;
      return item ? [item] : [];
    });
  }

  /** What the grammar itself refuses is told to the person, not to the log. */
  function mustLoad(texts: RuleTexts, s: Shelved): void {
    try {
      for (const item of itemsReading(s))
        for (const month of [
          monthOf(clock.today()),
          ...(texts.rewritten?.get(item.code) ?? []).map((r) => r.from),
        ])
          trial(item, texts, month);
    } catch (e) {
      if (!(e instanceof PolicyError)) throw e;
      const [first] = e.problems;
      throw new DomainError(
        "invalid-input",
        `按这个值规则不能成立：${first ? `${first.message}。${first.mend}` : "请核对所填的值。"}`,
        { field: "values" },
      );
    }
  }

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

  async function trying(tx: Tx, name: string, input: PreviewInput) {
    const s = get(tx.actor.countyCode, name);
    checkInput(s, input, clock.today());
    const records = await store.all(tx);
    const after = withLayer(tx.actor.countyCode, records, layerOf(name, s, input, "（预览）"));
    mustLoad(after, s);
    return { s, after, span: spanOf(firstMonth(input.since), clock.today(), input.month ?? null) };
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
  const by = (tx: Tx): string => {
    if (tx.actor.accountId === null) throw new DomainError("forbidden", "请用工作人员账号登录后办理。");
    return tx.actor.accountId;
  };

  async function step(
    tx: Tx,
    r: store.StandardRecord,
    state: store.StandardRecord["state"],
    kind: store.StepRecord["step"],
    reason: string | null,
    at: Date = clock.now(),
  ): Promise<void> {
    await store.move(tx, r.id, state, at);
    await store.addStep(tx, { id: r.id, enteredBy: r.enteredBy, step: kind, by: by(tx), at, reason });
  }
  const tell = (tx: Tx, action: string, objectId: string | null, detail: string) =>
    deps.audit.record(tx, { action, object: "standard", ...(objectId ? { objectId } : {}), detail });

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

  async function growth(tx: Tx) {
    const { countyCode } = tx.actor;
    const waiting = (await store.all(tx)).filter((r) => r.state === "draft" || r.state === "submitted");
    const refusals = await store.growthRefusals(tx);
    return growthOf(
      shelfOf(countyCode),
      growthRules.get(countyCode) ?? [],
      new Set(waiting.map((r) => r.parameter)),
      clock.today(),
    ).map((g) => {
      const no = refusals.find((r) => r.parameter === g.standard && r.working === g.told);
      return { ...g, refused: no ? { reason: no.reason, by: no.by, on: no.on } : null };
    });
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

    /** 动态调标: what should be raised because what it follows has changed, as long as nobody has entered it. */
    growth,
    /**
     * A person says no to a figure, for a reason; the same working is not proposed again, another is.
     * Errors: invalid-input, action-not-allowed.
     */
    async refuseGrowth(
      tx: Tx,
      name: string,
      r: { id: string; working: string; reason: string },
    ): Promise<void> {
      by(tx);
      const reason = r.reason.trim();
      if (reason.length < 2)
        throw new DomainError("invalid-input", "请写明不调的理由，至少 2 个字。", { field: "reason" });
      const known = (await growth(tx)).find((g) => g.standard === name && g.told === r.working);
      if (!known)
        throw new DomainError("action-not-allowed", "算法已经变了，或者有人录入了新的一版，请刷新页面再看。");
      if ((await store.refuseGrowth(tx, { ...r, parameter: name, reason, at: clock.now() })) > 0)
        await tell(tx, "standard.growth-refuse", null, `${known.label}：${reason}`);
    },

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
      const { id, ...rest } = input;
      await refusingTwice(s, input.since, () =>
        store.insert(tx, {
          ...rest,
          document: input.document.trim(),
          ...{ id, parameter: name, from: s.derivation?.from ?? null, at, by: by(tx) },
        }),
      );
      await store.addStep(tx, { id, enteredBy: by(tx), step: "entered", by: by(tx), at, reason: null });
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

    /**
     * Reads whom it touches in the caller's transaction; `run` computes after it, in chunks.
     * Errors: forbidden, not-found, invalid-input.
     */
    async preparePreview(tx: Tx, name: string, input: PreviewInput) {
      const { s, after, span } = await trying(tx, name, input);
      const county = tx.actor.countyCode;
      // Of a recognition no amount changes: the preview is about money.
      const paying = itemsReading(s).filter((i) => i.outcome.amount !== undefined);
      const prepared = await prepare(tx, deps, paying, { before: sources.of(county), after }, span);
      await tell(tx, "standard.preview", null, `${name} ${input.since} 起`);
      return {
        async run() {
          const impact = await impactOf(prepared, span);
          return {
            name,
            since: input.since,
            firstMonth: firstMonth(input.since),
            notes: notesOn(s, input, clock.today()),
            ...impactView(impact, span, prepared, (code) => deps.divisionName(county, code)),
          };
        },
      };
    },

    /** One household of the preview, before and after, step beside step. Errors: as the preview's. */
    async explain(tx: Tx, name: string, input: PreviewInput & { readonly of: Looked }) {
      const { s, after, span } = await trying(tx, name, input);
      const found = await deps.population.inputsOf(tx, input.of);
      const item = itemsReading(s).find((i) => i.code === found?.item);
      if (!found?.inputs || !item)
        throw new DomainError("not-found", "没有找到这一户留存的事实，算不出前后。");
      const { month } = span;
      const { inputs } = found;
      const before = item.ruleSet({
        code: tx.actor.countyCode,
        standards: sources.of(tx.actor.countyCode),
        month,
      });
      await tell(tx, "standard.explain", input.of.id, `${name} ${input.since} 起`);
      return {
        month,
        pairs: sideBySide(
          decided(before, item.outcome, month, inputs),
          decided(trials(item, after)(month), item.outcome, month, inputs),
          inputs.persons.map((p) => p.name),
        ),
      };
    },

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

    /** Whom an approved version lets in among those refused in the last year; names masked. */
    async entering(tx: Tx, id: string, month: Month) {
      const county = tx.actor.countyCode;
      const active = (await store.everApproved(tx)).filter((r) => r.state === "active");
      const own = active.find((r) => r.id === id);
      if (!own) return [];
      const { rewritten } = sources.of(county);
      const over = (records: readonly store.StandardRecord[]): RuleTexts => ({
        ...overlay(deps.file(county), nationalSources(deps.catalogue, rewritten), records),
        ...(rewritten ? { rewritten } : {}),
      });
      const texts = { before: over(active.filter((r) => r !== own)), after: over(active) };
      const items = itemsReading(get(county, own.parameter));
      const found = await newlyQualifying(tx, deps, items, texts, month);
      return found.map((t) => ({
        ...{ caseId: t.id, item: t.item, name: t.name, divisionCode: t.divisionCode },
        amountFen: t.afterFen ?? 0,
      }));
    },
  };
}
