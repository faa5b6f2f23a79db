/** What an action does besides moving the state: each word of `ActionEffects`, carried out in the action's transaction. */
import type { ActionDefinition, Values } from "@wuxin/declare";
import { derivedId, type IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { FactInput, FactSource } from "../facts/index.ts";
import type { Assessment } from "./assessment.ts";
import { type Decided, decideCase } from "./decision.ts";
import type { CasesDeps } from "./deps.ts";
import { assessCase, type OpenCase, standingFacts, wholeSubject } from "./gather.ts";
import { type FoundRow, getState, type Outcome, unconfirmed } from "./model.ts";
import { publicityDates, publicityRows } from "./publicity.ts";
import type { Answers, Questions } from "./questions.ts";
import { handleObjections, insertPublicity, takeDown } from "./store-publicity.ts";
import { fieldText, scalarText } from "./text.ts";
import { missingMaterials, openObjections } from "./values.ts";

export interface Step {
  readonly tx: Tx;
  readonly deps: CasesDeps;
  readonly c: OpenCase;
  readonly action: ActionDefinition;
  readonly actionId: string;
  readonly at: string;
  readonly data: Values;
  readonly questions: Questions;
  readonly answers: Answers;
  /** Declared, found and adopted, of a 核对 that this action answers. */
  readonly found: readonly FoundRow[];
}

export interface Done {
  readonly outcome: Outcome;
  readonly decided: Decided | null;
  readonly assessment: Assessment | null;
  /** What was recorded, in words, for the papers. */
  readonly recorded: readonly string[];
  /** The amount now drawn; undefined leaves it. */
  readonly amountFen?: number | null;
}

const VERIFICATION_SERIES = "{county}核对〔{year}〕{n}号";

export async function carryOut(s: Step): Promise<Done> {
  const e = s.action.effects ?? {};
  let outcome: Outcome = {};
  const recorded = await recordFacts(s);
  if (e.death) outcome = { ...outcome, death: await recordDeath(s) };
  if (e.supplementNotice)
    outcome = { ...outcome, supplement: missingMaterials(s.c.item, s.c.state).map((m) => m.code) };
  if (e.requestVerification)
    outcome = {
      ...outcome,
      verification: {
        number: await s.deps.documents.nextNumber(s.tx, VERIFICATION_SERIES, yearOf(s.c.today)),
      },
    };
  if (e.answerVerification) outcome = { ...outcome, answer: answered(s) };
  if (e.confirmAdopted) outcome = { ...outcome, adoption: { number: unconfirmed(s.c.state)?.number ?? "" } };
  // A decision, and a notice that shows an amount, rest on what this very action recorded.
  const c = s.answers.changed.length > 0 || e.death ? await refreshed(s) : s.c;
  const decided = e.decide ? await decideCase(s, c, e.decide) : null;
  if (decided) outcome = { ...outcome, decision: decided.summary };
  outcome = { ...outcome, ...(await takeDownOld(s)) };
  if (e.resolveObjections) outcome = { ...outcome, ...(await resolveObjections(s)) };
  const assessment = decided?.assessment ?? (needsAmount(s) ? assessCase(s.tx, s.deps, c) : null);
  if (e.publish) outcome = { ...outcome, publicity: await publish(s, e.publish, assessment, decided) };
  return {
    outcome,
    decided,
    assessment,
    recorded,
    ...(decided ? { amountFen: decided.drawn } : {}),
  };
}

const yearOf = (d: IsoDate): number => Number(d.slice(0, 4));

function needsAmount(s: Step): boolean {
  const code = s.action.effects?.publish;
  return s.c.item.flow.publicities.some((p) => p.code === code && p.fields.includes("amount"));
}

async function refreshed(s: Step): Promise<OpenCase> {
  const died = s.action.effects?.death ? String(s.data.personId) : undefined;
  const members = s.c.members.map((m) => (m.personId === died ? { ...m, diedOn: String(s.data.diedOn) } : m));
  return { ...s.c, members, facts: await standingFacts(s.tx, s.deps, s.c.bundle, members) };
}

async function recordFacts(s: Step): Promise<string[]> {
  const source = s.action.effects?.recordFacts;
  if (!source || s.answers.changed.length === 0) return [];
  const { file } = s.c.bundle;
  const reference = s.data.reportNumber;
  const whole = wholeSubject(file);
  await s.deps.facts.record(
    s.tx,
    s.answers.changed.map(({ subject, fact, value }): FactInput => {
      const of = subject === "household" ? whole : ({ kind: "person", id: subject } as const);
      return {
        id: derivedId(s.actionId, `fact:${of.id}:${fact}`),
        subject: of,
        name: fact,
        value,
        source: source as FactSource,
        reference: typeof reference === "string" ? reference : s.action.label,
        caseId: file.id,
        ...(of.kind === "case" ? { divisionCode: file.divisionCode, applicantId: file.applicantId } : {}),
      };
    }),
  );
  return s.answers.changed.map(({ subject, fact, value }) => {
    const asked = s.questions.facts.find((q) => q.subject === subject && q.fact === fact);
    const who = s.c.members.find((m) => m.personId === subject)?.name ?? "家庭";
    return `${who}${asked?.field.label ?? fact} ${asked ? scalarText(asked.field, value) : String(value)}`;
  });
}

async function recordDeath(s: Step): Promise<NonNullable<Outcome["death"]>> {
  const personId = String(s.data.personId);
  const diedOn = String(s.data.diedOn);
  const source = s.data.source;
  await s.deps.registry.recordDeath(
    s.tx,
    personId,
    diedOn,
    typeof source === "string" && source !== "" ? source : s.action.label,
  );
  return { personId, diedOn };
}

function answered(s: Step): NonNullable<Outcome["answer"]> {
  const open = s.c.state.verifications.findLast((v) => v.answer === null);
  const text = (name: string) => {
    const v = s.data[name];
    return typeof v === "string" && v !== "" ? v : null;
  };
  return {
    number: open?.number ?? "",
    reportNumber: text("reportNumber"),
    validUntil: text("validUntil"),
    rows: s.found,
  };
}

/** The notice that the action ends, one it replaces, and all of them when the case ends. */
async function takeDownOld(s: Step): Promise<Outcome> {
  const { unpublish, publish } = s.action.effects ?? {};
  const ends = getState(s.c.item.flow, s.action.to).final === true;
  const down = s.c.state.publicity.filter(
    (p) => !p.takenDown && (ends || p.code === unpublish || p.code === publish),
  );
  if (down.length === 0) return {};
  const ids = down.map((p) => p.id);
  await takeDown(s.tx, ids, s.c.today);
  return { takenDown: ids };
}

async function resolveObjections(s: Step): Promise<Outcome> {
  const open = openObjections({ objections: s.c.bundle.objections, state: s.c.state }).map((o) => o.id);
  if (open.length === 0) return {};
  const words = s.data.outcome ?? s.data.reason ?? s.data.note;
  const text = typeof words === "string" && words.trim() !== "" ? words.trim() : s.action.label;
  await handleObjections(s.tx, open, s.c.state.version + 1, s.c.today, text);
  return { objections: open };
}

async function publish(
  s: Step,
  code: string,
  assessment: Assessment | null,
  decided: Decided | null,
): Promise<NonNullable<Outcome["publicity"]>> {
  const { c, tx, deps } = s;
  const def = c.item.flow.publicities.find((p) => p.code === code);
  if (!def) throw new Error(`undeclared publicity ${code}`); // the catalogue refuses such an item at start
  const { file } = c.bundle;
  const id = derivedId(s.actionId, `publicity:${code}`);
  const dates = publicityDates(def, c.today, c.switches);
  const opinion = s.questions.fields.find((f) => f.name === "opinion");
  const said = c.state.history.findLast((a) => a.data.opinion !== undefined);
  const name = (division: string) => deps.counties.divisionName(tx.actor.countyCode, division);
  const living = c.members.filter((m) => m.diedOn === null).length;
  await insertPublicity(tx, {
    id,
    caseId: file.id,
    code,
    item: c.item.code,
    title: def.title,
    article: def.article,
    divisionCode: file.divisionCode,
    ...dates,
    rows: publicityRows(
      def,
      {
        itemTitle: c.item.title,
        applicantName: file.applicantName,
        applicantBirthDate: c.members.find((m) => m.personId === file.applicantId)?.birthDate ?? null,
        memberCount: decided?.persons ?? living,
        amountFen: decided ? decided.summary.amountFen : (assessment?.amountFen ?? null),
        township: name(file.divisionCode.slice(0, 9)),
        village: file.divisionCode.length === 12 ? name(file.divisionCode) : null,
        opinion: opinion
          ? fieldText(opinion, s.data.opinion) || null
          : typeof said?.data.opinion === "string"
            ? said.data.opinion
            : null,
      },
      c.today,
    ),
    acceptsObjections: def.objections,
  });
  return { id, code, ...dates };
}
