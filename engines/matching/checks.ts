/** 核对: authorise first; what was declared beside what the lists say, as a numbered report with an end. It decides nothing. */
import type { ResolvedFeed } from "@wuxin/declare";
import {
  addMonths,
  DomainError,
  derivedId,
  type IsoDate,
  lastDay,
  monthOf,
  type Scalar,
} from "@wuxin/kernel";
import { enqueue, type JobHandler, type Tx } from "@wuxin/platform";
import { inWords } from "./alerts.ts";
import * as store from "./checks-store.ts";
import { householdFigure } from "./model.ts";
import type { CaseToCheck, MatchingDeps } from "./ports.ts";
import { newestMatches } from "./store.ts";

const SERIES = "{county}核对报〔{year}〕{n}号";
const DEFAULT_VALID_MONTHS = 6;
const RECHECK_JOB = "checks.recheck";
const PIECE = 100;
/** The monthly re-check of a county is one job, whoever asks for it. */
const NAMESPACE = "5b0d2c1e-8f4a-4d6b-9b7e-2f1c6a3d9e40";

export interface CheckItem {
  /** What was asked. */
  readonly item: string;
  readonly department: string;
  readonly feed: string;
  readonly asOf: IsoDate | null;
  /** Of the application, where it has such an item. */
  readonly declared: string | null;
  readonly found: string;
  readonly differs: boolean;
  readonly of: readonly { readonly name: string; readonly value: string }[];
  /** The list is older than it should be, or was never given. */
  readonly note: string | null;
}
interface Report {
  readonly caseNumber: string;
  readonly itemTitle: string;
  readonly applicant: string;
  readonly persons: readonly string[];
  readonly items: readonly CheckItem[];
}

export function createChecks(deps: MatchingDeps) {
  const { clock, catalogue, audit, vault } = deps;
  const feeds = () => [...catalogue.feeds.values()].filter((f) => f.use.includes("verification"));

  async function refuse(tx: Tx, c: CaseToCheck): Promise<never> {
    await deps.apart(tx.actor, (own) =>
      audit.record(own, {
        ...{ action: "check.refused", object: "case", objectId: c.id },
        detail: `${c.number} 缺 ${c.lacking.length} 人授权，未核对`,
      }),
    );
    throw new DomainError(
      "not-authorised",
      `没有授权，不能核对（先授权、后核对）。还缺 ${c.lacking.join("、")} 的签名授权，请先取得授权书。`,
    );
  }

  async function items(tx: Tx, c: CaseToCheck): Promise<CheckItem[]> {
    const asked = feeds();
    const found = await newestMatches(
      tx,
      c.persons.map((p) => p.id),
      asked.map((f) => f.code),
    );
    const last = new Map((await lastAsOf(tx)).map((r) => [r.feed, r.asOf]));
    return asked.flatMap((feed) =>
      feed.facts.map((fact): CheckItem => {
        const asOf = last.get(feed.code) ?? null;
        const rows = found.filter((m) => m.feed === feed.code && m.facts[fact.name] !== undefined);
        const of = rows.map((m) => ({
          name: c.persons.find((p) => p.id === m.personId)?.name ?? "",
          value: inWords(feed, fact.name, m.facts[fact.name]!),
        }));
        const sum = householdFigure(
          fact,
          rows.map((m) => m.facts[fact.name]!),
        );
        const declared = fact.answers === undefined ? undefined : c.declared.get(fact.answers);
        const comparable = asOf !== null && typeof declared === "number";
        return {
          ...{ item: fact.name, department: feed.department, feed: feed.title, asOf, of },
          declared: declared === undefined ? null : declaredText(feed, fact.name, declared),
          found: asOf === null ? "未查" : sum === null ? "无记录" : inWords(feed, fact.name, sum),
          differs: comparable && (typeof sum === "number" ? sum : 0) !== declared,
          note: noteOf(feed, asOf),
        };
      }),
    );
  }
  const lastAsOf = (tx: Tx) =>
    tx.query<{ feed: string; asOf: IsoDate }>(`select feed, as_of as "asOf" from feed_last()`);

  function noteOf(feed: ResolvedFeed, asOf: IsoDate | null): string | null {
    if (asOf === null) return "还没有收到这份数据，本项没有核对。";
    const days = Math.floor((Date.parse(clock.today()) - Date.parse(asOf)) / 86_400_000);
    return days > feed.freshDays ? `数据截至 ${asOf}，已过 ${days} 天，请索取新的数据。` : null;
  }
  const declaredText = (feed: ResolvedFeed, fact: string, v: Scalar): string =>
    typeof v === "number" ? inWords(feed, fact, v) : v === null ? "没有" : String(v);

  async function write(
    tx: Tx,
    c: CaseToCheck,
    of: { id: string; purpose: store.Purpose; batchId: string | null; replaces: string | null },
  ): Promise<void> {
    if (c.lacking.length > 0) await refuse(tx, c);
    const today = clock.today();
    const rows = await items(tx, c);
    const months = Number(
      deps.choice(tx.actor.countyCode, "checkValidMonths", today) ?? DEFAULT_VALID_MONTHS,
    );
    const report: Report = {
      ...{ caseNumber: c.number, itemTitle: c.itemTitle, applicant: c.applicantName, items: rows },
      persons: c.persons.map((p) => p.name),
    };
    const number = await deps.nextNumber(tx, SERIES, Number(today.slice(0, 4)));
    await store.insertCheck(tx, {
      ...{ ...of, number, caseId: c.id, applicantId: c.applicantId, divisionCode: c.divisionCode },
      ...{ persons: c.persons.length, differences: rows.filter((r) => r.differs).length, madeOn: today },
      validUntil: lastDay(addMonths(monthOf(today), months)),
      sealed: vault.seal(JSON.stringify(report)),
      at: clock.now(),
    });
    await audit.record(tx, {
      ...{ action: "check.make", object: "check", objectId: of.id },
      detail: `${number}，${c.number}，${c.persons.length} 人，${rows.filter((r) => r.differs).length} 项不一致`,
    });
  }

  /** For one case. The same id again changes nothing. Errors: forbidden, not-found, not-authorised. */
  async function make(tx: Tx, input: { id: string; caseId: string }): Promise<void> {
    if (await store.findCheck(tx, input.id)) return;
    const c = await deps.caseToCheck(tx, input.caseId);
    await write(tx, c, { id: input.id, purpose: "application", batchId: null, replaces: null });
  }

  /**
   * Everybody in payment whose class is due: A once a year and so on (57号 第三十一条; the county's months). Who has not
   * authorised is named, not asked about. The same id again goes on with what is missing.
   */
  async function batch(tx: Tx, input: { id: string; everybody: boolean }) {
    const done = await some(tx, input.id, await due(tx, input.everybody));
    await tellBatch(tx, input.id, done);
    return { checked: done.checked.length, refused: done.refused };
  }
  async function due(tx: Tx, everybody: boolean): Promise<string[]> {
    const month = monthOf(clock.today());
    const cases = (await store.inPayment(tx, month)).filter((c) => {
      if (everybody) return true;
      const every = Number(
        deps.choice(tx.actor.countyCode, `recheckMonths.${c.reviewClass ?? "other"}`, clock.today()) ?? 12,
      );
      return (c.lastCheck ? monthOf(c.lastCheck) : c.fromMonth) <= addMonths(month, -every);
    });
    return cases.map((c) => c.caseId);
  }
  async function some(tx: Tx, batchId: string, caseIds: readonly string[]) {
    const checked: string[] = [];
    const refused: string[] = [];
    for (const caseId of caseIds) {
      const id = derivedId(batchId, caseId);
      if (await store.findCheck(tx, id)) continue;
      const c = await deps.caseToCheck(tx, caseId);
      if (c.lacking.length > 0) {
        refused.push(c.number);
        continue;
      }
      await write(tx, c, { id, purpose: "recheck", batchId, replaces: null });
      checked.push(c.number);
    }
    return { checked, refused };
  }
  const tellBatch = (tx: Tx, id: string, done: { checked: readonly string[]; refused: readonly string[] }) =>
    audit.record(tx, {
      ...{ action: "check.batch", object: "check", objectId: id },
      detail: `核对 ${done.checked.length} 件；缺授权未核对 ${done.refused.length} 件${done.refused.length > 0 ? `：${done.refused.slice(0, 20).join("、")}` : ""}`,
    });

  /** Once a month by itself: the same month is the same job. */
  const enqueueRechecks = (tx: Tx) => {
    const month = monthOf(clock.today());
    return enqueue(
      tx,
      RECHECK_JOB,
      { month },
      { id: derivedId(NAMESPACE, `${tx.actor.countyCode} ${month}`) },
    );
  };
  /** A hundred cases a piece; killed, it goes on with what is missing. */
  const recheckJob: JobHandler = async ({ job, actor, db, step }) => {
    const caseIds = await db.read(actor, (tx) => due(tx, false));
    const all = { checked: [] as string[], refused: [] as string[] };
    for (let from = 0; from < caseIds.length; from += PIECE) {
      let part: typeof all = { checked: [], refused: [] };
      await step(async (tx) => {
        part = await some(tx, job.id, caseIds.slice(from, from + PIECE));
        return { done: Math.min(caseIds.length, from + PIECE), total: caseIds.length };
      });
      all.checked.push(...part.checked);
      all.refused.push(...part.refused);
    }
    await step(async (tx) => {
      await tellBatch(tx, job.id, all);
      return { done: caseIds.length, total: caseIds.length };
    });
    return { checked: all.checked.length, refused: all.refused };
  };

  async function getCheck(tx: Tx, id: string) {
    const c = await store.findCheck(tx, id);
    if (!c) throw new DomainError("not-found", "没有找到这份核对报告，或不在您的管辖范围内。");
    return c;
  }
  async function page(tx: Tx, id: string) {
    const { sealed, ...c } = await getCheck(tx, id);
    await audit.record(tx, { action: "check.read", object: "check", objectId: id });
    const report = JSON.parse(vault.open(sealed)) as Report;
    const objections = await store.objectionsOf(tx, id);
    return {
      ...view(tx, c),
      ...report,
      personNames: report.persons,
      persons: c.persons,
      objections: objections.map(({ raisedBy: _, reasonSealed, answerSealed, ...o }) => ({
        ...o,
        reason: vault.open(reasonSealed),
        answer: answerSealed ? vault.open(answerSealed) : null,
      })),
      can: {
        object: c.replacedBy === null,
        answer: objections.some((o) => o.answeredOn === null) && tx.actor.role === "county",
      },
    };
  }
  const view = (tx: Tx, c: store.CheckRecord) => ({
    ...c,
    divisionName: deps.divisionName(tx.actor.countyCode, c.divisionCode),
    expired: c.validUntil < clock.today(),
  });

  async function object(tx: Tx, checkId: string, input: { id: string; reason: string }): Promise<void> {
    const { number } = await getCheck(tx, checkId);
    await store.insertObjection(tx, {
      id: input.id,
      reasonSealed: vault.seal(input.reason),
      checkId,
      on: clock.today(),
    });
    await audit.record(tx, {
      action: "check.object",
      object: "check",
      objectId: checkId,
      detail: number,
    });
  }
  /** An objection is answered by asking again: a new report that replaces the old one. */
  async function answer(tx: Tx, checkId: string, input: { id: string; answer: string }): Promise<void> {
    if (await store.findCheck(tx, input.id)) return;
    const old = await getCheck(tx, checkId);
    if (old.openObjections === 0)
      throw new DomainError("action-not-allowed", "这份报告没有待答复的异议，请刷新页面。");
    const mine = (await store.objectionsOf(tx, checkId)).some(
      (o) => o.answeredOn === null && o.raisedBy !== null && o.raisedBy === tx.actor.accountId,
    );
    if (mine) throw new DomainError("same-signer", "登记异议的人不能自己答复，请由另一人复查。");
    await write(tx, await deps.caseToCheck(tx, old.caseId), {
      ...{ id: input.id, purpose: "objection", batchId: null, replaces: checkId },
    });
    await store.answerObjections(tx, checkId, clock.today(), vault.seal(input.answer));
    await audit.record(tx, {
      action: "check.answer",
      object: "check",
      objectId: checkId,
      detail: old.number,
    });
  }

  return {
    make,
    batch,
    enqueueRechecks,
    jobs: { [RECHECK_JOB]: recheckJob },
    page,
    object,
    answer,
    /** For the page of a household. */
    ofCases: async (tx: Tx, cases: readonly string[]) =>
      (await store.checksOf(tx, cases)).map((c) => view(tx, c)),
    async list(
      tx: Tx,
      q: { case?: string | undefined; differing?: boolean | undefined; page?: number | undefined },
    ) {
      const { rows, total: n } = await store.listChecks(tx, q);
      return { rows: rows.map((c) => view(tx, c)), total: n };
    },
  };
}
