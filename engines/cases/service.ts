/** The door of the engine: every use case, the transaction first. */
import { DomainError, type IsoDate, type Month, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { RANKS } from "../facts/index.ts";
import { type ActRequest, act } from "./act.ts";
import { assessInputs, type Inputs, wantedOf } from "./assessment.ts";
import { type Candidates, candidates } from "./candidates.ts";
import { type CasesDeps, getItem, ruleSetOfVersion } from "./deps.ts";
import { type DeviationRow, deviations, reviewDeviation } from "./deviations.ts";
import { createDrafts, type Drafts } from "./drafts.ts";
import { notFound } from "./errors.ts";
import type { Explanation } from "./explain.ts";
import { assessCase, openCase } from "./gather.ts";
import type { ApplicationInput } from "./intake.ts";
import { keepJudgements } from "./judgements.ts";
import { type Judged, judgeHousehold } from "./judging.ts";
import { type CaseList, type CaseQuery, caseRow, listCases, workbenchRows } from "./lists.ts";
import { page } from "./page.ts";
import { checkPapers } from "./papers.ts";
import {
  type ObjectionInput,
  object,
  type PublicityNotice,
  publicityList,
  type TrackResult,
  track,
} from "./public.ts";
import {
  type Question,
  questions,
  type SelfCheckInput,
  type SelfCheckResult,
  selfCheck,
} from "./self-check.ts";
import {
  type DecidedRow,
  decisionsOf,
  findDecision,
  inputsOf,
  lastDecided,
  lastInputs,
  type RefusedCase,
  refusals,
} from "./store-decision.ts";
import * as list from "./store-list.ts";
import { type Moved, moveFiles } from "./store-write.ts";
import { type Submitted, submit } from "./submit.ts";
import { redate, type Swept, sweep } from "./sweep.ts";
import { toCheck } from "./to-check.ts";
import type { CasePage, CaseRow, WorkRow } from "./views.ts";
import { type WholeCheckInput, type WholeCheckResult, wholeCheck } from "./whole-check.ts";

export interface Cases {
  /** The same id again gives the same case. Errors: see submit.ts. */
  submit(tx: Tx, request: { id: string; application: ApplicationInput }): Promise<Submitted>;
  /** Gives the page after the step. The same id again does nothing more. Errors: see act.ts. */
  act(tx: Tx, caseId: string, request: ActRequest): Promise<CasePage>;
  /** The step alone: for a history told in many steps, where nobody looks at the page. */
  step(tx: Tx, caseId: string, request: ActRequest): Promise<void>;
  /** Leaves an audit line. Error: not-found. */
  page(tx: Tx, caseId: string): Promise<CasePage>;
  /** What the rules say on the facts of now; writes nothing but an audit line. Errors: not-found, policy-bad-fact. */
  assess(tx: Tx, caseId: string): Promise<Explanation>;
  list(tx: Tx, query: CaseQuery): Promise<CaseList>;
  listMine(tx: Tx): Promise<CaseRow[]>;
  caseRowsForPerson(tx: Tx, personId: string): Promise<CaseRow[]>;
  caseRowsForPersons(tx: Tx, personIds: readonly string[]): Promise<CaseRow[]>;
  caseRowsForHousehold(tx: Tx, householdId: string): Promise<CaseRow[]>;
  /** Every decision of these cases, oldest first. */
  decisionsOf(tx: Tx, caseIds: readonly string[]): Promise<DecidedRow[]>;
  /** Decisions that are not what the rules gave: a leader's to look at, or sent back to the role that took them. */
  deviations(tx: Tx): Promise<DeviationRow[]>;
  /** A leader's word on one, once. Errors: forbidden, not-found, same-person, already-reviewed. */
  reviewDeviation(
    tx: Tx,
    decisionId: string,
    input: { result: "accepted" | "redo"; note: string },
  ): Promise<CasePage>;
  /** Of the actor's role, what is due soonest first. */
  workbenchRows(tx: Tx): Promise<WorkRow[]>;
  /** How many open cases are past their day, by township and item; no names. */
  lateByTownship(tx: Tx): Promise<{ divisionCode: string; item: string; late: number }[]>;
  readonly drafts: Drafts;
  publicityList(tx: Tx, query?: { township?: string | undefined }): Promise<PublicityNotice[]>;
  object(tx: Tx, publicityId: string, input: ObjectionInput): Promise<void>;
  track(tx: Tx, input: { number: string; idTail: string }): Promise<TrackResult>;
  /** Without the database. Errors: not-found, invalid-input. */
  selfCheck(itemCode: string, countyCode: string, input: SelfCheckInput): SelfCheckResult;
  questions(itemCode: string, countyCode: string): Question[];
  /** Every benefit on the same answers. Without the database. Error: invalid-input. */
  wholeCheck(countyCode: string, input: WholeCheckInput): WholeCheckResult;
  /** Each item by the facts on file, but for those of which something is said already. */
  /** Keeps what was judged of a household: needs a writing transaction. */
  keepJudgements(
    tx: Tx,
    household: { readonly id: string; readonly divisionCode: string },
    judged: readonly Judged[],
  ): Promise<void>;
  judge(tx: Tx, household: Parameters<typeof judgeHousehold>[2], but: ReadonlySet<string>): Promise<Judged[]>;
  candidates(tx: Tx, itemCode: string, month?: Month): Promise<Candidates>;
  /** People moved: what they have asked for goes on there. Told again it changes nothing. */
  onMoved(tx: Tx, to: Moved): Promise<void>;
  /** Nightly, as the system of one county. */
  sweep(tx: Tx): Promise<Swept>;
  /** After the calendar was changed: moves what is due. Gives the number of clocks moved. */
  redateClocks(tx: Tx): Promise<number>;
  /**
   * Runs a stored decision again from its stored inputs, by the rules of its day: a standard approved since changes
   * nothing. `same` is null when the formulas themselves have changed: then the stored page is all there is to show.
   * Error: not-found.
   */
  replay(tx: Tx, decisionId: string): Promise<{ same: boolean | null; explanation: Explanation }>;
  /** People, missing authorisations and recorded facts, for a 核对. Error: not-found. */
  toCheck(tx: Tx, caseId: string): ReturnType<typeof toCheck>;
  /** Of each case, what its last decision (refusals apart) was computed from. For trying other standards on it. */
  lastInputs(tx: Tx, caseIds: readonly string[]): Promise<ReadonlyMap<string, Inputs>>;
  /** Of one case, refused or not. */
  lastDecided(tx: Tx, caseId: string): Promise<{ item: string; inputs: Inputs } | undefined>;
  /** Of each decision, what it was computed from. */
  inputsOf(tx: Tx, decisionIds: readonly string[]): Promise<ReadonlyMap<string, Inputs>>;
  /**
   * What the rules of a version say of the facts of a decision in another month, in the words of a decision; null when
   * those rules are not to be had any more. Error: not-found (no such decision).
   */
  explainAgain(
    tx: Tx,
    of: {
      readonly decisionId: string;
      readonly month: Month;
      readonly version: string;
    },
  ): Promise<Explanation | null>;
  /** The same of facts that are no decision's. */
  explainInputs(
    tx: Tx,
    of: {
      readonly item: string;
      readonly inputs: Pick<Inputs, "household" | "members"> & Partial<Inputs>;
      readonly month: Month;
      readonly version: string;
    },
  ): Explanation | null;
  /** The last refusal of each household or person since a day, unless awarded after it. */
  refusals(tx: Tx, item: string, since: IsoDate): Promise<readonly RefusedCase[]>;
}

const ACTIONS = {
  "case.submit": "提交申请",
  "case.act": "办理一步",
  "case.read": "查看办件",
  "case.assess": "试算",
  "case.track": "凭编号查进度",
  "case.verification-refused": "无授权核对被拒绝",
  "case.replay": "重放决定",
  "case.deviation-review": "复看偏离测算的决定",
  "case.sweep-failed": "夜间自动办理未成",
  "publicity.object": "对公示提出异议",
  "publicity.expire": "公示期满自动撤下",
  "candidates.read": "查看政策找人名单",
};

/** @throws DomainError("bad-declaration") when an item's papers or effects say what nobody carries out */
export function createCases(deps: CasesDeps): Cases {
  checkPapers(deps.catalogue);
  checkSources(deps);
  deps.audit.describe(ACTIONS);

  async function rows(tx: Tx, files: readonly list.ListedFile[]): Promise<CaseRow[]> {
    const calendar = await deps.calendar.working(tx);
    const today: IsoDate = deps.clock.today();
    const ids = files.map((f) => f.id);
    const drawn = await deps.drawnOfCases?.(tx, ids, monthOf(today));
    return files.map((f) => caseRow(tx, deps, f, today, calendar, drawn?.get(f.id)?.endMonth));
  }

  return {
    submit: (tx, request) => submit(tx, deps, request),
    async act(tx, caseId, request) {
      await act(tx, deps, caseId, request);
      return page(tx, deps, caseId);
    },
    step: (tx, caseId, request) => act(tx, deps, caseId, request),
    page: (tx, caseId) => page(tx, deps, caseId),
    async assess(tx, caseId) {
      const c = await openCase(tx, deps, caseId);
      await deps.audit.record(tx, {
        action: "case.assess",
        object: "case",
        objectId: caseId,
        detail: c.bundle.file.number,
      });
      return assessCase(tx, deps, c).explanation;
    },
    list: (tx, query) => listCases(tx, deps, query),
    listMine: async (tx) => rows(tx, await list.listForResident(tx)),
    caseRowsForPerson: async (tx, personId) => rows(tx, await list.listForPersons(tx, [personId])),
    caseRowsForPersons: async (tx, ids) => rows(tx, await list.listForPersons(tx, ids)),
    caseRowsForHousehold: async (tx, id) => rows(tx, await list.listForHousehold(tx, id)),
    decisionsOf: (tx, ids) => decisionsOf(tx, ids),
    deviations: (tx) => deviations(tx, deps),
    reviewDeviation: async (tx, id, input) => page(tx, deps, await reviewDeviation(tx, deps, id, input)),
    workbenchRows: (tx) => workbenchRows(tx, deps),
    lateByTownship: (tx) => list.lateByTownship(tx, deps.clock.today()),
    drafts: createDrafts(deps),
    publicityList: (tx, query) => publicityList(tx, deps, query),
    object: (tx, id, input) => object(tx, deps, id, input),
    track: (tx, input) => track(tx, deps, input),
    selfCheck: (item, county, input) => selfCheck(deps, item, county, input),
    questions: (item, county) => questions(deps, item, county),
    wholeCheck: (county, input) => wholeCheck(deps, county, input),
    keepJudgements: (tx, household, judged) => keepJudgements(tx, deps, household, judged),
    judge: (tx, household, but) => judgeHousehold(tx, deps, household, but),
    candidates: (tx, item, month) => candidates(tx, deps, item, month),
    onMoved: moveFiles,
    sweep: (tx) => sweep(tx, deps),
    toCheck: (tx, id) => toCheck(tx, deps, id),
    lastInputs: (tx, ids) => lastInputs(tx, ids),
    lastDecided: (tx, id) => lastDecided(tx, id),
    inputsOf: (tx, ids) => inputsOf(tx, ids),
    explainInputs(tx, { item: code, inputs, month, version }) {
      const item = getItem(deps, code);
      const rules = ruleSetOfVersion(deps, item, tx.actor.countyCode, { version, month });
      if (!rules) return null;
      const persons = inputs.persons ?? [];
      const wanted = inputs.wanted ?? wantedOf(item, rules);
      return assessInputs(item, rules, { ...inputs, persons, wanted, month }).explanation;
    },
    async explainAgain(tx, { decisionId, month, version }) {
      const d = await findDecision(tx, decisionId);
      if (!d) throw notFound("份决定");
      const item = getItem(deps, d.item);
      const rules = ruleSetOfVersion(deps, item, tx.actor.countyCode, { version, month });
      return rules ? assessInputs(item, rules, { ...(d.inputs as Inputs), month }).explanation : null;
    },
    refusals: (tx, item, since) => refusals(tx, item, since),
    redateClocks: (tx) => redate(tx, deps),
    async replay(tx, decisionId) {
      const d = await findDecision(tx, decisionId);
      if (!d) throw notFound("份决定");
      const stored = d.explanation as Explanation;
      const item = getItem(deps, d.item);
      const inputs = d.inputs as Inputs;
      const rules = ruleSetOfVersion(deps, item, tx.actor.countyCode, {
        version: d.ruleVersion,
        month: inputs.month,
      });
      await deps.audit.record(tx, { action: "case.replay", object: "decision", objectId: decisionId });
      if (!rules) return { same: null, explanation: stored };
      const again = assessInputs(item, rules, inputs).explanation;
      return { same: canonical(again) === canonical(stored), explanation: again };
    },
  };
}

/** jsonb keeps no order of keys; the words are what must be the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) =>
    typeof v === "object" && v !== null && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );
}

/** Facts have ranked sources; an action that records from another would fail on the day it is first used. */
function checkSources(deps: Pick<CasesDeps, "catalogue">): void {
  const faults = [...deps.catalogue.items.values()].flatMap((item) =>
    item.flow.actions
      .filter((a) => a.effects?.recordFacts !== undefined && !Object.hasOwn(RANKS, a.effects.recordFacts))
      .map(
        (a) =>
          `${item.folder.path}：动作「${a.label}」的 recordFacts「${a.effects?.recordFacts}」不是事实来源，可用：${Object.keys(RANKS).join("、")}。`,
      ),
  );
  if (faults.length > 0) throw new DomainError("bad-declaration", faults.join("\n"), { details: faults });
}
