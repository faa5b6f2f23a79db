/** Assessments: begun and read, explained, adjusted by two people, told in a report. On the caller's transaction. */
import { DomainError, isIsoDate, isMonth, isUuid, lastDay, type Month, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { who as allowed, inForce, RUNS, reasoned, takenBack } from "../may.ts";
import { foldTargets, type PlanEvent } from "../model.ts";
import type { SummariesDeps } from "../ports.ts";
import * as plans from "../store.ts";
import { counted } from "../summary/check.ts";
import * as summaries from "../summary/store.ts";
import { draftOf } from "./draft.ts";
import { ASSESSMENTS, type AssessmentKind, asksWords } from "./model.ts";
import { contentOn } from "./reading.ts";
import * as store from "./store.ts";
import { type AssessmentPage, pageOf } from "./views.ts";

export type Assessments = ReturnType<typeof createAssessments>;

export interface Adjust {
  readonly id: string;
  readonly targetId: string;
  readonly value: number;
  readonly due: string;
  readonly reason: string;
}

export function createAssessments(deps: SummariesDeps) {
  const { clock, audit } = deps;
  const now = () => clock.now().toISOString();

  const who = (tx: Tx, what: string) => allowed(tx, RUNS, what);
  async function get(tx: Tx, id: string) {
    const assessment = isUuid(id) ? await store.find(tx, id) : undefined;
    const plan = assessment && (await plans.findPlan(tx, assessment.planId));
    const reading = assessment && (await store.reading(tx, id));
    if (!assessment || !plan || !reading)
      throw new DomainError("not-found", "没有这次评估，请从规划页进入。");
    return { assessment, plan, reading, report: await store.report(tx, id) };
  }
  /** To work on it. */
  async function hold(tx: Tx, id: string) {
    const got = await get(tx, id);
    inForce(got.plan);
    return got;
  }
  type Got = Awaited<ReturnType<typeof get>>;
  const log = (tx: Tx, action: string, id: string, detail: string) =>
    audit.record(tx, { action: `assessment.${action}`, object: "assessment", objectId: id, detail });
  /** Once the report is drafted, its words are the report's, and its aims are told. */
  function open({ report }: Got): void {
    if (report) throw new DomainError("action-not-allowed", "评估报告已经起草，文字和数请在报告里改。");
  }
  function lineOf({ reading }: Got, targetId: string) {
    const line = reading.content.lines.find((l) => l.targetId === targetId);
    if (!line) throw new DomainError("not-found", "这条目标不在这次评估里，请刷新页面。");
    return line;
  }
  function dayOf(plan: plans.PlanRecord, month: string) {
    const bad = (message: string) => new DomainError("invalid-input", message, { field: "month" });
    if (!isMonth(month) || month >= monthOf(clock.today()))
      throw bad("请填写已经过完的月份，评估算到那个月的最后一天。");
    if (month < `${plan.year}-01` || month > `${plan.untilYear}-12`)
      throw bad(`月份应在规划的 ${plan.year} 年至 ${plan.untilYear} 年之间。`);
    return lastDay(month as Month);
  }

  async function begin(
    tx: Tx,
    planId: string,
    r: { readonly id: string; readonly kind: AssessmentKind; readonly month: string },
  ): Promise<AssessmentPage> {
    const actor = who(tx, "规划评估");
    if (await store.find(tx, r.id)) return page(tx, r.id);
    const plan = isUuid(planId) ? await plans.findPlan(tx, planId) : undefined;
    if (!plan) throw new DomainError("not-found", "没有这份规划，请从计划列表进入。");
    inForce(plan);
    if (plan.untilYear === plan.year || plan.kind !== "plan")
      throw new DomainError("action-not-allowed", "只有跨年的规划做中期和终期评估。");
    const asOf = dayOf(plan, r.month);
    if (r.kind === "end" && asOf.slice(0, 4) < String(plan.untilYear))
      throw new DomainError(
        "invalid-input",
        `终期评估算到规划的最后一年（${plan.untilYear} 年），请改月份。`,
        {
          field: "month",
        },
      );
    const content = await contentOn(tx, deps, plan, { id: r.id, asOf });
    if (content.lines.length === 0)
      throw new DomainError("action-not-allowed", "规划里还没有目标，请先补上目标再评估。");
    if (!(await store.insert(tx, { id: r.id, planId, kind: r.kind, at: now() }, actor)))
      throw new DomainError("action-not-allowed", `这份规划已经有${ASSESSMENTS[r.kind]}，请从规划页打开。`);
    await store.insertReading(tx, r.id, { version: 1, asOf, content, at: now() }, actor);
    await log(tx, "begin", r.id, `${plan.title}：${ASSESSMENTS[r.kind]}，截至 ${asOf}`);
    return page(tx, r.id);
  }

  /** Read again, as of the same day or of another; the reading before stays. */
  async function reread(
    tx: Tx,
    id: string,
    r: { readonly version: number; readonly month: string },
  ): Promise<AssessmentPage> {
    const actor = who(tx, "重新取数");
    const got = await hold(tx, id);
    open(got);
    const asOf = dayOf(got.plan, r.month);
    const content = await contentOn(tx, deps, got.plan, { id, asOf });
    const version = r.version + 1;
    if (
      got.reading.version !== r.version ||
      !(await store.insertReading(tx, id, { version, asOf, content, at: now() }, actor))
    )
      throw new DomainError("stale-version", "刚才有人重新取过数，请刷新后再看。");
    await log(tx, "read", id, `${got.plan.title}：截至 ${asOf}，第 ${version} 次取数`);
    return page(tx, id);
  }

  async function say(
    tx: Tx,
    id: string,
    w: { readonly id: string; readonly targetId: string; readonly why: string; readonly measures: string },
  ): Promise<AssessmentPage> {
    const actor = who(tx, "说明原因和措施");
    const got = await hold(tx, id);
    open(got);
    const line = lineOf(got, w.targetId);
    const why = reasoned(w.why, "why", "请写明原因（至少 4 个字）。");
    const measures = reasoned(w.measures, "measures", "请写明措施（至少 4 个字）。");
    await store.insertWord(tx, id, { id: w.id, targetId: w.targetId, why, measures, at: now() }, actor);
    await log(tx, "word", id, line.object);
    return page(tx, id);
  }

  /** In the middle of a plan an aim may be set anew; another person decides. */
  async function propose(tx: Tx, id: string, a: Adjust): Promise<AssessmentPage> {
    const actor = who(tx, "提出调整目标");
    const got = await hold(tx, id);
    if ((await store.adjustments(tx, id)).some((x) => x.id === a.id)) return page(tx, id);
    open(got);
    const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });
    if (got.assessment.kind !== "mid")
      throw new DomainError("action-not-allowed", "终期评估只看做到没有，不再调整目标。");
    lineOf(got, a.targetId);
    const t = foldTargets(await plans.events(tx, got.plan.id)).find((x) => x.id === a.targetId);
    if (!t || t.dropped || t.mergedInto !== null)
      throw new DomainError("action-not-allowed", "这条目标已经删去或并入另一条，不能调整。");
    if (t.value === null)
      throw new DomainError("action-not-allowed", "这条目标没有数值，请在规划里「更正」，不在这里调整。");
    if (!Number.isFinite(a.value) || a.value < 0) throw bad("value", "请填写调整后的数值，不小于零。");
    if (!isIsoDate(a.due) || a.due < clock.today() || a.due > `${got.plan.untilYear}-12-31`)
      throw bad("due", `期限应在今天以后、${got.plan.untilYear} 年底以前。`);
    if (a.value === t.value && a.due === t.due) throw bad("value", "和现在的目标一样，没有调整。");
    const reason = reasoned(a.reason, "reason", "请写明为什么调整（至少 4 个字）。");
    const kept = { ...a, assessmentId: id, valueBefore: t.value, dueBefore: t.due, reason, at: now() };
    if (!(await store.insertAdjustment(tx, kept, actor)))
      throw new DomainError("action-not-allowed", "这条目标已有一个调整在等另一人决定，请先决定那一个。");
    await log(tx, "adjust", id, `${t.object}：${t.value} → ${a.value}，${reason}`);
    return page(tx, id);
  }

  async function decide(
    tx: Tx,
    id: string,
    d: { readonly adjustment: string; readonly agreed: boolean },
  ): Promise<AssessmentPage> {
    const actor = who(tx, "决定调整目标");
    const got = await hold(tx, id);
    const a = isUuid(d.adjustment) ? await store.findAdjustment(tx, d.adjustment) : undefined;
    if (a?.assessmentId !== id) throw new DomainError("not-found", "没有这个调整，请刷新页面。");
    if (a.agreed !== null) {
      if (a.agreed === d.agreed) return page(tx, id);
      throw new DomainError("action-not-allowed", `${a.decidedByName}已经决定过这个调整，请刷新页面。`);
    }
    if (a.proposedBy === actor.id)
      throw new DomainError("forbidden", "调整目标要由提出人以外的人决定，请换一个账号。");
    await store.decideAdjustment(tx, a.id, d.agreed, now(), actor);
    if (d.agreed) {
      const event: PlanEvent = {
        ...{ id: a.id, kind: "adjusted", targetId: a.targetId, at: now() },
        data: {
          ...{ value: a.value, due: a.due, assessment: id },
          note: `${a.valueBefore}（${a.dueBefore}）调整为 ${a.value}（${a.due}）：${a.reason}；${a.proposedByName} 提出`,
        },
        ...{ actorId: actor.id, actorName: actor.name },
      };
      await plans.insertEvents(tx, got.plan.id, [event]);
    }
    await log(tx, "decide", id, d.agreed ? "同意调整目标" : "不同意调整目标");
    return page(tx, id);
  }

  /** The report as a draft for the writer of summaries: there it is edited, checked, signed and printed. */
  async function draft(tx: Tx, id: string, documentId: string): Promise<{ id: string }> {
    const actor = who(tx, "起草评估报告");
    const got = await hold(tx, id);
    if (got.report) return got.report;
    const { assessment, plan, reading } = got;
    const words = await store.words(tx, id);
    const adjustments = await store.adjustments(tx, id);
    const said = new Set(words.map((w) => w.targetId));
    const silent = reading.content.lines.filter((l) => asksWords(l.grade) && !said.has(l.targetId));
    if (silent.length > 0)
      throw new DomainError(
        "action-not-allowed",
        `还有 ${silent.length} 条滞后或没有数的目标没有写原因和措施（${silent[0]?.object}），请先写明。`,
      );
    if (adjustments.some((a) => a.agreed === null))
      throw new DomainError("action-not-allowed", "还有目标调整在等另一人决定，请先决定，再起草。");
    const content = draftOf({
      ...{ id: documentId, plan, words, adjustments, content: reading.content },
      assessment: { id, kind: assessment.kind, asOf: reading.asOf },
    });
    const year = Number(reading.asOf.slice(0, 4));
    await summaries.insert(
      tx,
      {
        ...{ id: documentId, kind: assessment.kind, year, missing: [], at: now(), assessmentId: id },
        ...{ since: `${plan.year}-01`, until: monthOf(reading.asOf) },
      },
      actor,
    );
    const printed = { issuer: deps.bureau(tx.actor.countyCode), date: clock.today() };
    await summaries.insertVersion(
      tx,
      documentId,
      { version: 1, content, at: now(), ...counted(content, printed) },
      actor,
    );
    await log(tx, "draft", id, content.title);
    return { id: documentId };
  }

  async function page(tx: Tx, id: string): Promise<AssessmentPage> {
    const got = await get(tx, id);
    return pageOf({
      ...got,
      ...{ words: await store.words(tx, id), adjustments: await store.adjustments(tx, id) },
      ...{ actor: tx.actor, edits: RUNS.has(tx.actor.role) && !takenBack(got.plan) },
    });
  }

  return { begin, reread, say, propose, decide, draft, page };
}
