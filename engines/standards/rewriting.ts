/**
 * The use cases of an author: an item's rules begun from a text that stands, saved as often as he likes, tried on examples
 * and households, approved by another person, in force from a month. The caller's transaction is theirs.
 */
import { createHash } from "node:crypto";
import { filesIn, type RuleTexts } from "@wuxin/declare";
import { DomainError, formatMonthChinese, type Month, monthOf } from "@wuxin/kernel";
import { emit, isUniqueViolation, type Tx } from "@wuxin/platform";
import { prepare, spanOf, trial } from "./impact.ts";
import { impactView } from "./impact-view.ts";
import type { Looked, RuledItem, StandardsDeps } from "./ports.ts";
import { checkFiles, firstProblem, withFiles } from "./rule-check.ts";
import {
  type FileTexts,
  RULE_STATE_LABELS,
  type RuleMove,
  type RuleState,
  type RuleStep,
  type RuleTextInput,
  rewritten,
  ruleRefusal,
} from "./rule-model.ts";
import * as store from "./rule-store.ts";
import { summaryOf, type Trial, tryOn } from "./rule-trial.ts";
import { checkView, historyRow, rulePage } from "./rule-views.ts";
import { decided, sideBySide } from "./sides.ts";
import type { Sources } from "./sources.ts";
import { accountOf, teller } from "./telling.ts";

/** What a trial said of one text; `submit` takes no other. */
export interface Tried {
  readonly seq: number;
  readonly trial: Trial;
}

export function createRewriting(deps: StandardsDeps, sources: Sources) {
  const { clock } = deps;
  const tell = teller(deps, "rule");
  const now = (): Month => monthOf(clock.today());

  function getItem(code: string): RuledItem {
    const item = deps.catalogue.items.get(code);
    if (!item?.folder.rules) throw new DomainError("not-found", "没有这个事项的规则，请从规则目录进入。");
    return item;
  }
  async function get(tx: Tx, id: string, lock = false): Promise<store.RuleRecord> {
    const record = await store.find(tx, id, lock);
    if (!record) throw new DomainError("not-found", "没有找到这一版规则，请刷新页面。");
    return record;
  }
  async function textOf(tx: Tx, id: string): Promise<store.RuleText> {
    const [text] = await store.lastTexts(tx, [id]);
    if (!text) throw new DomainError("not-found", "这一版没有原文，请刷新页面。");
    return text;
  }
  /** The texts that stand in a month. */
  function standing(item: RuledItem, texts: RuleTexts, month: Month): FileTexts {
    const files = filesIn(item, texts, month);
    return {
      rules: files.rules?.text ?? "",
      parameters: files.parameters?.text ?? "",
      examples: files.examples?.text ?? "",
    };
  }
  const rulesIn = (county: string, item: RuledItem, month: Month) =>
    item.ruleSet({ code: county, standards: sources.of(county), month });
  function checked(county: string, item: RuledItem, t: FileTexts & { readonly fromMonth: Month }) {
    const before = rulesIn(county, item, t.fromMonth);
    return checkFiles(item, county, sources.of(county), rewritten(t, t.fromMonth), before);
  }

  async function moving(tx: Tx, id: string, move: RuleMove): Promise<store.RuleRecord> {
    const record = await get(tx, id, true);
    const no = ruleRefusal(move, record, tx.actor, now());
    if (no === null) return record;
    const samePerson =
      move === "approve" && record.state === "submitted" && record.enteredBy === tx.actor.accountId;
    throw new DomainError(samePerson ? "same-signer" : "action-not-allowed", no);
  }
  async function step(
    tx: Tx,
    r: store.RuleRecord,
    to: { state: RuleState; step: RuleStep; reason?: string | null; trial?: unknown; at?: Date },
  ): Promise<void> {
    const at = to.at ?? clock.now();
    const { seq } = await textOf(tx, r.id);
    await store.move(tx, r.id, to.state, at);
    await store.addStep(tx, {
      id: r.id,
      enteredBy: r.enteredBy,
      step: to.step,
      textSeq: seq,
      by: accountOf(tx),
      at,
      reason: to.reason ?? null,
      ...(to.trial === undefined ? {} : { trial: to.trial }),
    });
  }
  const saying = (r: Pick<store.RuleRecord, "item" | "fromMonth">) =>
    `${getItem(r.item).title} ${r.fromMonth} 起`;

  function mustBeAhead(month: Month): void {
    if (month < now())
      throw new DomainError(
        "invalid-input",
        `${formatMonthChinese(month)}已经过去：规则只能从本月或以后的月份起改，以前的月份保持原文。请改起始月份。`,
        { field: "fromMonth" },
      );
  }
  function mustStandOn(county: string, r: store.RuleRecord): void {
    if (digestOf(standing(getItem(r.item), sources.of(county), r.fromMonth)) === r.base) return;
    throw new DomainError(
      "action-not-allowed",
      "起草以后，这个事项的规则已由别人改过。照这一版批准会丢掉那次改动，请从现行原文另起一版，把要改的再写一遍。",
    );
  }
  /** Loads and runs the examples; the first fault in words. */
  function mustHold(county: string, item: RuledItem, t: store.RuleText) {
    const c = checked(county, item, t);
    if (!c.set || c.problems.length > 0)
      throw new DomainError("invalid-input", `规则不能成立：${firstProblem(c.problems)}`, { field: "rules" });
    const wrong = c.examples.filter((e) => !e.ok);
    if (wrong.length > 0)
      throw new DomainError(
        "invalid-input",
        `${wrong.length} 个例子不对：「${wrong[0]?.name}」${wrong[0]?.problems[0] ?? ""}。公式写错了改公式，例子过时了改例子。`,
        { field: "examples" },
      );
    return c;
  }

  async function page(tx: Tx, id: string) {
    const record = await get(tx, id);
    const item = getItem(record.item);
    const text = await textOf(tx, id);
    const c = checked(tx.actor.countyCode, item, text);
    // What is in force already is shown against what it took the place of.
    const texts = withoutOwn(sources.of(tx.actor.countyCode), record);
    const before = trial(item, texts, record.fromMonth);
    const stands = standing(item, texts, record.fromMonth);
    return rulePage({
      record,
      text,
      item,
      check: checkView(c, before, record.fromMonth),
      steps: await store.steps(tx, [id]),
      before: stands,
      standing: digestOf(stands) === record.base,
      actor: tx.actor,
      now: now(),
    });
  }

  async function span(tx: Tx, id: string) {
    const record = await get(tx, id);
    const item = getItem(record.item);
    const text = await textOf(tx, id);
    const county = tx.actor.countyCode;
    const c = checked(county, item, text);
    if (!c.set) throw new DomainError("invalid-input", `规则还不能读入：${firstProblem(c.problems)}`);
    const before = sources.of(county);
    const after = withFiles(before, item.code, rewritten(text, text.fromMonth));
    return { record, item, text, before, after, span: spanOf(text.fromMonth, clock.today(), null) };
  }

  return {
    page,

    /** Of one item, newest first. */
    async history(tx: Tx, item: string) {
      const records = await store.list(tx, item);
      const steps = await store.steps(
        tx,
        records.map((r) => r.id),
      );
      return records.map((r) => historyRow(r, steps, now()));
    },

    /** What waits for the actor's approval. */
    async toApprove(tx: Tx) {
      return (await store.list(tx, null))
        .filter((r) => r.state === "submitted" && ruleRefusal("approve", r, tx.actor, now()) === null)
        .map((r) => ({
          id: r.id,
          label: getItem(r.item).title,
          firstMonth: r.fromMonth,
          enteredBy: r.enteredByName,
        }));
    },

    /**
     * From the text that stands in the month, or from that of any version. The same id again gives the same page.
     * Errors: forbidden, not-found, invalid-input.
     */
    async begin(
      tx: Tx,
      code: string,
      input: { readonly id: string; readonly fromMonth: Month; readonly of: string | null },
    ) {
      if (tx.actor.role !== "county") throw new DomainError("forbidden", "规则由县级股室经办起草。");
      const item = getItem(code);
      if (await store.find(tx, input.id)) return page(tx, input.id);
      mustBeAhead(input.fromMonth);
      const stands = standing(item, sources.of(tx.actor.countyCode), input.fromMonth);
      const of = input.of === null ? null : await get(tx, input.of);
      if (of && of.item !== code) throw new DomainError("invalid-input", "那一版是别的事项的规则。");
      const texts: FileTexts = of ? await textOf(tx, of.id) : stands;
      const at = clock.now();
      const { id, fromMonth } = input;
      await store.insert(tx, { id, item: code, fromMonth, base: digestOf(stands), by: accountOf(tx), at });
      const { rules, parameters, examples } = texts;
      await store.addText(tx, id, {
        ...{ rules, parameters, examples, fromMonth, document: "", note: "" },
        ...{ seq: 1, by: accountOf(tx), at },
      });
      await store.addStep(tx, {
        ...{ id, enteredBy: accountOf(tx), step: "entered", textSeq: 1, by: accountOf(tx), at, reason: null },
      });
      await tell(tx, "rule.begin", id, `${item.title} ${fromMonth} 起`);
      return page(tx, id);
    },

    /** What is faulty is kept all the same. `seq` is the text that was changed. Errors: stale, action-not-allowed. */
    async save(tx: Tx, id: string, input: RuleTextInput & { readonly seq: number }) {
      const r = await moving(tx, id, "save");
      const last = await textOf(tx, id);
      if (last.seq !== input.seq)
        throw new DomainError("stale-version", "这份草稿在别的窗口里保存过了，请刷新后再改。");
      mustBeAhead(input.fromMonth);
      if (r.fromMonth !== input.fromMonth) {
        const stands = digestOf(standing(getItem(r.item), sources.of(tx.actor.countyCode), input.fromMonth));
        if (stands !== r.base)
          throw new DomainError(
            "invalid-input",
            `${formatMonthChinese(input.fromMonth)}现有的原文与起草时的不同，不能把这份草稿挪过去，请另起一版。`,
            { field: "fromMonth" },
          );
      }
      const { rules, parameters, examples, fromMonth, document, note } = input;
      await store.addText(tx, id, {
        ...{ rules, parameters, examples, fromMonth, document: document.trim(), note: note.trim() },
        ...{ seq: last.seq + 1, by: accountOf(tx), at: clock.now() },
      });
      await tell(tx, "rule.save", id, saying({ item: r.item, fromMonth }));
      return page(tx, id);
    },

    /** The loader's word on texts that are being typed; stores nothing. */
    check(county: string, code: string, t: FileTexts & { readonly fromMonth: Month }) {
      const item = getItem(code);
      return checkView(checked(county, item, t), rulesIn(county, item, t.fromMonth), t.fromMonth);
    },

    /** Reads whom it touches in the caller's transaction; `run` computes after it, in chunks. */
    async prepareTrial(tx: Tx, id: string) {
      const s = await span(tx, id);
      const [prepared] = await prepare(tx, deps, [s.item], s, s.span);
      const county = tx.actor.countyCode;
      await tell(tx, "rule.try", id, saying(s.record));
      return {
        async run() {
          if (!prepared) throw new DomainError("not-found", "没有这个事项的规则。");
          const trial = await tryOn(prepared, s.span);
          const names = (code: string) => deps.divisionName(county, code);
          return {
            tried: { seq: s.text.seq, trial } satisfies Tried,
            view: {
              ...impactView(trial.impact, s.span, [prepared], names),
              changed: [...trial.changed],
              unexplained: trial.unexplained,
              causes: [...trial.causes].map(([rowId, why]) => ({ id: rowId, why: [...why] })),
            },
          };
        },
      };
    },

    /** Errors: not-found, invalid-input. */
    async explain(tx: Tx, id: string, of: Looked) {
      const s = await span(tx, id);
      const found = await deps.population.inputsOf(tx, of);
      if (!found?.inputs || found.item !== s.item.code)
        throw new DomainError("not-found", "没有找到这一户留存的事实，算不出前后。");
      const { month } = s.span;
      const code = tx.actor.countyCode;
      const o = s.item.outcome;
      const before = s.item.ruleSet({ code, standards: s.before, month });
      const after = checked(code, s.item, s.text).set ?? before;
      await tell(tx, "standard.explain", of.id, saying(s.record));
      const names = found.inputs.persons.map((p) => p.name);
      const [was, will] = [decided(before, o, month, found.inputs), decided(after, o, month, found.inputs)];
      return { month, pairs: sideBySide(was, will, names) };
    },

    /**
     * Only what loads, whose examples come out, and whose every difference an edited formula explains.
     * Errors: invalid-input, stale, action-not-allowed.
     */
    async submit(tx: Tx, id: string, tried: Tried) {
      const r = await moving(tx, id, "submit");
      const item = getItem(r.item);
      const text = await textOf(tx, id);
      if (tried.seq !== text.seq) throw new DomainError("stale-version", "试算以后又改过，请再试算一次。");
      mustBeAhead(text.fromMonth);
      if (text.document.length < 2)
        throw new DomainError("invalid-input", "请写明依据的文号或文件名称。", { field: "document" });
      if (text.note.length < 2)
        throw new DomainError("invalid-input", "请写明改了什么、为什么改。", { field: "note" });
      mustStandOn(tx.actor.countyCode, r);
      const c = mustHold(tx.actor.countyCode, item, text);
      if (tried.trial.changed.length === 0)
        throw new DomainError("invalid-input", "与现行规则算法相同，没有要批准的改动。");
      if (tried.trial.unexplained > 0)
        throw new DomainError(
          "invalid-input",
          `有 ${tried.trial.unexplained} 户的变化找不到是哪条改动引起的，请先查清。`,
        );
      const trial = summaryOf(tried.trial, c.examples.length, text.fromMonth);
      await step(tx, r, { state: "submitted", step: "submitted", trial });
      await tell(tx, "rule.submit", id, saying(r));
      return page(tx, id);
    },

    async giveBack(tx: Tx, id: string, reason: string) {
      const r = await moving(tx, id, "return");
      await step(tx, r, { state: "draft", step: "returned", reason });
      await tell(tx, "rule.return", id, `${saying(r)}：${reason}`);
      return page(tx, id);
    },

    /** In force from its month on, for every decision about it and later months. Tells the outbox `rule.moved`. */
    async approve(tx: Tx, id: string, reason: string | null) {
      const r = await moving(tx, id, "approve");
      mustBeAhead(r.fromMonth);
      mustStandOn(tx.actor.countyCode, r);
      mustHold(tx.actor.countyCode, getItem(r.item), await textOf(tx, id));
      const at = clock.now();
      const replaced = await store.activeFrom(tx, r.item, r.fromMonth);
      if (replaced)
        await step(tx, replaced, { state: "replaced", step: "replaced", reason: "由同月的新一版替换", at });
      try {
        await step(tx, r, { state: "active", step: "approved", reason, at });
      } catch (e) {
        if (!isUniqueViolation(e)) throw e;
        throw new DomainError("already-exists", "同一个月的规则刚刚由别人批准，请刷新页面查看。");
      }
      await emit(tx, "rule.moved", { ruleId: id, item: r.item, fromMonth: r.fromMonth });
      await tell(tx, "rule.approve", id, saying(r));
      return id;
    },

    /** One that is in force, with who approved it; undefined when it is not (any more). */
    async approved(tx: Tx, id: string) {
      const r = await store.find(tx, id);
      const by = r?.state === "active" ? await store.approver(tx, id) : undefined;
      if (!r || !by) return undefined;
      const { document } = await textOf(tx, id);
      return {
        ...{ id, item: r.item, title: getItem(r.item).title, document, firstMonth: r.fromMonth },
        ...{ approvedById: by.accountId, approvedByName: by.name },
      };
    },

    /** One that is approved and has not begun is no longer in force; the earlier text goes on. */
    async withdraw(tx: Tx, id: string, reason: string) {
      const r = await moving(tx, id, "withdraw");
      await step(tx, r, { state: "withdrawn", step: "withdrawn", reason });
      if (r.approvedAt !== null)
        await emit(tx, "rule.moved", { ruleId: id, item: r.item, fromMonth: r.fromMonth });
      await tell(tx, "rule.withdraw", id, `${saying(r)}（${RULE_STATE_LABELS[r.state]}）：${reason}`);
      return id;
    },
  };
}

function withoutOwn(texts: RuleTexts, r: store.RuleRecord): RuleTexts {
  const own = texts.rewritten?.get(r.item);
  if (r.state !== "active" || !own) return texts;
  const rest = own.filter((x) => x.from !== r.fromMonth);
  return { ...texts, rewritten: new Map([...(texts.rewritten ?? []), [r.item, rest]]) };
}

const digestOf = (t: FileTexts): string =>
  createHash("sha256").update([t.rules, t.parameters, t.examples].join("\u0000")).digest("hex");
