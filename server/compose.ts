/** The composition root: every engine made once and handed to those that need it. Nothing else knows them all. */
import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { holidayTables, switchesOn } from "@wuxin/counties";
import { type Catalogue, type Folder, type PaidThing, readGrowth } from "@wuxin/declare";
import { loadCatalogue } from "@wuxin/domains";
import { type Access, createAccess } from "@wuxin/engines/access";
import { type Audit, createAudit } from "@wuxin/engines/audit";
import { type Calendar, createCalendar } from "@wuxin/engines/calendar";
import { type Cases, createCases } from "@wuxin/engines/cases";
import { type Clues, createClues } from "@wuxin/engines/clues";
import { createDocuments, type Documents } from "@wuxin/engines/documents";
import { createDuties, type Duties } from "@wuxin/engines/duties";
import {
  createEntitlements,
  type Entitlements,
  entitlementsActions,
  type Repricing,
} from "@wuxin/engines/entitlements";
import { createFacts, type Facts } from "@wuxin/engines/facts";
import {
  createExports,
  createFunds,
  createMonthly,
  createSpotChecks,
  type Exports,
  type Funds,
  fundsActions,
  fundsChain,
  type SpotChecks,
} from "@wuxin/engines/funds";
import { createIndicators, type Indicators, indicatorsActions } from "@wuxin/engines/indicators";
import {
  type AlertRaised,
  type ClueClosed,
  createMatching,
  type FetchHost,
  type Matching,
  matchingActions,
} from "@wuxin/engines/matching";
import {
  createDeathLists,
  createParties,
  type DeathLists,
  deathListActions,
  department,
  type Line,
  type Parties,
  partiesActions,
} from "@wuxin/engines/parties";
import {
  createPayments,
  type Payments,
  paidMonths,
  paymentsActions,
  paymentsChain,
} from "@wuxin/engines/payments";
import {
  type Assessments,
  createAssessments,
  createMatters,
  createPlans,
  createSummaries,
  type Matters,
  type Plans,
  plansActions,
  plansLedgers,
  type Summaries,
  type SummariesDeps,
} from "@wuxin/engines/plans";
import { createRegisters, inspecting, type Registers } from "@wuxin/engines/registers";
import { createRegistry, type Registry } from "@wuxin/engines/registry";
import { createStandards, type Standards, standardsActions } from "@wuxin/engines/standards";
import {
  createStatistics,
  type Statistics,
  statisticsActions,
  statisticsLedger,
} from "@wuxin/engines/statistics";
import {
  addMonths,
  type Clock,
  formatYuan,
  type IsoDate,
  type Month,
  monthOf,
  systemClock,
} from "@wuxin/kernel";
import {
  type Actor,
  asHouse,
  createDispatcher,
  type Database,
  type Dispatcher,
  hasTold,
  type JobHandler,
  type Platform,
  systemActor,
  type Tx,
} from "@wuxin/platform";
import { loadRuleSet, parameterAt, type RuleSet } from "@wuxin/policy";
import { type CountyBook, createCountyBook } from "./county-book.ts";
import { judgingJobs } from "./judgements.ts";
import { createOverlaps, type Overlaps } from "./overlaps.ts";
import { createPartyBook, measureKind, type PartyBook } from "./parties.ts";
import {
  kindOfRegister,
  partiesOf,
  type RegisterKinds,
  registerKind,
  standingOf,
} from "./party-registers.ts";
import { createRedFlags, type RedFlags } from "./red-flags.ts";

/** Everything, composed. */
export interface House {
  /** Removes files that were never finished; gives how many. */
  readonly sweepFiles: (now: Date) => number;
  readonly version: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  readonly counties: CountyBook;
  readonly access: Access;
  readonly audit: Audit;
  readonly calendar: Calendar;
  readonly registry: Registry;
  readonly facts: Facts;
  readonly documents: Documents;
  readonly parties: Parties;
  readonly deathLists: DeathLists;
  readonly partyBook: PartyBook;
  readonly standards: Standards;
  readonly registers: Registers;
  readonly cases: Cases;
  readonly entitlements: Entitlements;
  readonly payments: Payments;
  readonly overlaps: Overlaps;
  readonly redFlags: RedFlags;
  readonly funds: Funds;
  readonly exports: Exports;
  readonly spotChecks: SpotChecks;
  /** 月度监督报告 */
  readonly monthly: ReturnType<typeof createMonthly>;
  readonly matching: Matching;
  readonly clues: Clues;
  readonly duties: Duties;
  readonly indicators: Indicators;
  readonly statistics: Statistics;
  readonly plans: Plans;
  readonly matters: Matters;
  readonly summaries: Summaries;
  readonly assessments: Assessments;
  readonly dispatcher: Dispatcher;
  /** What the worker runs: long work, a piece at a time. */
  readonly jobs: Readonly<Record<string, JobHandler>>;
  /** How the feed stands that an entry is about, in words; nothing when it is about none. */
  standingOfEntry(tx: Tx, register: string, id: string): Promise<readonly Line[]>;
  /** One writing transaction of a caller; what it told the outbox is carried out before the reply. */
  as<T>(caller: { readonly actor: Actor }, work: (tx: Tx) => Promise<T>): Promise<T>;
  read<T>(caller: { readonly actor: Actor }, work: (tx: Tx) => Promise<T>): Promise<T>;
  parameterOn(
    countyCode: string,
    folder: Folder | undefined,
    name: string,
    date: IsoDate,
  ): ParameterOn | undefined;
}
export interface ParameterOn {
  readonly value: number;
  readonly text: string;
  readonly document: string | null;
  readonly since: IsoDate;
  readonly unverified: boolean;
}

export async function compose(
  platform: Pick<Platform, "db" | "vault" | "files">,
  options: {
    clock?: Clock;
    repricePiece?: number;
    returnPart?: number;
    filePage?: number;
    incoming?: string;
    fetchHosts?: readonly FetchHost[];
  } = {},
): Promise<House> {
  const { db, vault, files } = platform;
  const clock = options.clock ?? systemClock;
  const catalogue = await loadCatalogue();
  const book = createCountyBook(clock);
  const divisionName = book.divisionName;
  const audit = createAudit({ clock, vault });
  const calendar = createCalendar({ clock, audit });
  const departmentsOf = new Map(
    book.list().map((c) => [c.code, catalogue.departments(book.own(c.code, "departments.yaml"))]),
  );
  const partyBook = createPartyBook({
    ...{ clock, db, divisionName, registers: () => registers },
    departments: (code) => departmentsOf.get(code) ?? catalogue.departments(),
  });
  const access = createAccess({
    ...{ clock, vault, audit },
    partyName: (tx, party) => partyBook.name(tx.actor.countyCode, party),
  });
  const registry = createRegistry({ clock, vault, audit });
  const facts = createFacts({ clock });
  const growth = book.list().flatMap((c) => {
    const own = book.own(c.code, "growth.yaml");
    return own ? [{ county: c.code, file: own.file, rules: readGrowth(own) }] : [];
  });
  // Whom a standard touches is asked of engines that are made after it.
  const standards = createStandards({
    ...{ clock, catalogue, audit, divisionName },
    file: book.standards,
    growth,
    population: {
      holders: async (tx, item, from, to) => {
        const holders = await entitlements.holdersIn(tx, item, from, to);
        const inputs = await cases.lastInputs(
          tx,
          holders.flatMap((h) => (h.caseId ? [h.caseId] : [])),
        );
        return holders.map((h) => ({ ...h, inputs: (h.caseId && inputs.get(h.caseId)) || null }));
      },
      refused: (tx, item, since) => cases.refusals(tx, item, since),
      async inputsOf(tx, { kind, id }) {
        if (kind === "case") return (await cases.lastDecided(tx, id)) ?? null;
        const e = await entitlements.caseOf(tx, id);
        if (!e) return null;
        const inputs = e.caseId ? (await cases.lastInputs(tx, [e.caseId])).get(e.caseId) : undefined;
        return { item: e.item, inputs: inputs ?? null };
      },
    },
  });
  audit.describe(standardsActions);
  const { of, earlier } = standards.sources;
  const counties: CountyBook = {
    ...book,
    standards: (code) => of(book.get(code).code),
    earlierStandards: (code) => earlier(code),
  };
  const documents = createDocuments({ clock, files, audit, counties });
  const divisions = (code: string) => counties.get(code).divisions;
  const deathLists = createDeathLists({
    ...{ clock, vault, audit, registry, lists: catalogue.deathLists },
    divisionName: (county, division) => book.divisionName(county, division),
    departmentName: (county, code) => partyBook.departments(county).nameOn(code, clock.today()),
  });
  const parameterOn = parametersOf(counties);
  const registers = createRegisters({ clock, vault, catalogue, audit, divisions, parameterOn });
  // What registers tell departments is put together of engines that are made after it.
  const toDepartments: RegisterKinds = {
    registers,
    departmentName: (county, code) => partyBook.departments(county).nameOn(code, clock.today()),
    async feed(tx, code) {
      const f = (await matching.feeds(tx)).find((x) => x.code === code);
      if (!f) return undefined;
      const [latest] = await matching.runs(tx, { feed: code });
      return standingOf({ ...f, latest, givenBy: catalogue.feeds.get(code)?.givenBy }, clock.today());
    },
    supervised: async (tx, entryId) =>
      new Map(
        (await matters.ofEntry(tx, entryId)).flatMap((m) => (m.lineId ? [[m.lineId, m.stateText]] : [])),
      ),
  };
  const parties = createParties({
    ...{ clock, vault, audit, documents },
    kinds: {
      measure: measureKind(() => clues, registry),
      "death-list": deathLists.kind,
      ...Object.fromEntries(
        [...catalogue.registers.values()].flatMap((r) =>
          r.shares ? [[kindOfRegister(r.code), registerKind(toDepartments, r)]] : [],
        ),
      ),
    },
  });
  audit.describe({ ...partiesActions, ...deathListActions });
  const repricing: Repricing = {
    async cause(tx, id) {
      const s = await standards.approved(tx, id);
      if (s) {
        const items = standards
          .readers(tx.actor.countyCode, s.parameter)
          .filter((code) => catalogue.paid.has(code));
        return { ...s, kind: "standard", name: s.parameter, items };
      }
      const r = await standards.rewriting.approved(tx, id);
      return r && { ...r, kind: "rule", name: r.item, label: `${r.title}的认定规则`, items: [r.item] };
    },
    rules(code, itemCode, month, version) {
      const item = catalogue.items.get(itemCode);
      const amount = item?.outcome.amount;
      // What gives no money has nothing to be priced again.
      if (!item || amount === undefined) return undefined;
      const outcome = { eligible: item.outcome.eligible, amount };
      const sources = [counties.standards(code), ...(version ? earlier(code) : [])];
      for (const source of sources) {
        const set = item.ruleSet({ code, standards: source, month });
        if (version === undefined || set.version === version) return { set, outcome };
      }
      return undefined;
    },
    inputs: (tx, ids) => cases.inputsOf(tx, ids),
    entering: (tx, id, month) => standards.entering(tx, id, month),
    explain: async (tx, { item, inputs, sourceId, month, version }) =>
      inputs
        ? cases.explainInputs(tx, { item, inputs, month, version })
        : cases.explainAgain(tx, { decisionId: sourceId, month, version }),
  };
  // What is owed and paid: items, and what follows from them. What is only recognised stands beside it in the ledger.
  const paid = { items: catalogue.paid };
  const kept = { items: new Map<string, PaidThing>([...catalogue.items, ...catalogue.paid]) };
  const entitlements = createEntitlements({
    ...{ clock, catalogue: kept, audit, paid: paidMonths, divisionName, repricing, registry },
    notices: {
      issue: documents.issue,
      templates: (item) => catalogue.items.get(item)?.documents ?? [],
      county: (code) => counties.get(code),
    },
    linkages: {
      list: [...catalogue.linkages.values()],
      rules(code, name, month) {
        const l = catalogue.linkages.get(name);
        if (!l) throw new Error(`no linkage ${name}`);
        return l.ruleSet({ code, standards: counties.standards(code), month });
      },
    },
    ...(options.repricePiece === undefined ? {} : { repricePiece: options.repricePiece }),
  });
  const overlaps = createOverlaps(catalogue, counties);
  const sourceOrder = (code: string) => counties.get(code).switches.fundSources;
  const funds = createFunds({
    ...{ clock, catalogue: paid, audit, divisionName, divisions, sourceOrder, documents },
    idleLimit(code, on) {
      const p = parameterOn(code, undefined, "资金滞留月数", on);
      return p && { months: p.value, document: p.document, unverified: p.unverified };
    },
    parameter: (code, name, on) => parameterOn(code, undefined, name, on)?.value,
  });
  const spotChecks = createSpotChecks({ clock, catalogue: paid, audit, divisionName });
  const redFlags = createRedFlags(catalogue, counties);
  const payments = createPayments({
    ...{ clock, vault, catalogue: paid, audit, divisionName },
    exclusions: overlaps.exclusions,
    redFlags: redFlags.inForce,
    recoveryCapPercent: (code) => Number(counties.switches(code).recoveryMonthlyCapPercent ?? 20),
    layouts: counties.layouts,
    switches: counties.switches,
    fundDocuments: funds.documentsOf,
    objectionDays: (code, on) => parameterOn(code, undefined, "名单异议答复期限", on)?.value,
    listed: (tx) => matching.listed(tx),
    returnPart: options.returnPart,
    filePage: options.filePage,
  });
  const monthly = createMonthly({
    ...{ clock, catalogue: paid, audit, payments, funds, spotChecks },
    issuer: (code) => counties.get(code).bureauName,
  });
  const exports = createExports({ clock, audit, files });
  audit.registerChain(paymentsChain);
  audit.registerChain(fundsChain);
  audit.describe({
    ...{ ...entitlementsActions, ...paymentsActions, ...fundsActions },
    ...{ ...plansActions, ...indicatorsActions, ...statisticsActions },
  });
  const cases = createCases({
    ...{ clock, vault, catalogue, calendar, audit, registry, facts, documents },
    counties,
    apart: (actor, work) => db.transact(actor, work),
    hasLive: entitlements.holders,
    dividedOff: entitlements.dividedOff,
    drawn: entitlements.drawn,
    entitlementOf: entitlements.ofCase,
    endedOf: entitlements.endedOf,
    standingOf: entitlements.standingOf,
    drawnOfCases: entitlements.drawnOfCases,
    staffNames: access.accountNames,
    findings: (tx, id) => matching.checks.findings(tx, id),
  });
  const finders = [...catalogue.items.values()].filter((i) => i.candidates !== undefined);
  const askedAt = (found: boolean) =>
    [...catalogue.duties.values()].find(
      ({ source }) => source.from === "clues" && (source.found ?? false) === found,
    )?.form ?? [];
  const clues = createClues({
    ...{ clock, vault, audit, calendar, documents, registry, cases, entitlements, divisions, divisionName },
    items: catalogue.items,
    monitoring: (code) => counties.get(code).monitoring,
    choice: (code, name, on) => counties.switchesOn(code, on)[name],
    staff: access.listStaff,
    leaves: (rule) => catalogue.signals.get(rule)?.leaves,
    tellsDeath: (rule) => catalogue.signals.get(rule)?.confirmedBy === "death",
    findings: askedAt(false),
    contact: askedAt(true),
    departments: (code) => partyBook.departments(code).on(clock.today()),
    measures: {
      kinds: catalogue.measures,
      returnForm: [...catalogue.duties.values()].find((d) => d.source.from === "measures")?.form ?? [],
    },
    // An item whose rules find people entitles by its own code.
    entitles: new Map([
      ...[...catalogue.signals.values()].map((s) => [s.code, s.benefits ?? []] as const),
      ...finders.map((i) => [i.code, [i.code]] as const),
    ]),
    entitledByRules: async (tx) => {
      const found = [];
      for (const { code, guide } of finders)
        for (const c of (await cases.candidates(tx, code)).rows)
          found.push({ ...c, benefit: code, bring: guide.bring });
      return found;
    },
    benefitTitle: (code) => (catalogue.items.get(code) ?? catalogue.benefits.get(code))?.shortTitle ?? code,
  });
  const duties = createDuties({
    ...{ clock, vault, catalogue, audit, registry, facts, entitlements, clues, divisionName },
    endSessions: access.endSessions,
    attach: (tx, files, { visitId, divisionCode }) =>
      documents.attachFiles(tx, files, { caseId: visitId, divisionCode, applicantId: null }),
  });
  const choice = (name: string) => (code: string, on: IsoDate) =>
    Number(switchesOn(counties.get(code), on)[name]);
  const indicators = createIndicators({
    ...{
      clock,
      catalogue,
      divisions,
      parameterOn,
      audit,
      ledgers: [...plansLedgers([...inspecting(catalogue.registers).keys()]), statisticsLedger],
    },
    payDay: (code) => counties.get(code).switches.payDay.day,
    jumpPercent: choice("indicatorJumpPercent"),
  });
  const statistics = createStatistics({
    ...{ clock, catalogue, indicators, divisions, audit },
    jumpPercent: choice("statisticsJumpPercent"),
  });
  const percent = (county: string, name: string, otherwise: number) => {
    const value = counties.switchesOn(county, clock.today())[name];
    return (typeof value === "number" ? value : otherwise) / 100;
  };
  // A plan is the county's: its figures are the county's, whoever looks.
  const wholeCounty = <T>(tx: Tx, work: (whole: Tx) => Promise<T>): Promise<T> =>
    tx.actor.scope === tx.actor.countyCode ? work(tx) : db.read(systemActor(tx.actor.countyCode), work);
  const reading = {
    ...{ clock, audit, divisionName },
    indicators: [...catalogue.indicators.values()].map(({ code, name, unit, kind, owner, measure }) => ({
      ...{ code, name, unit, kind, owner, share: "ratio" in measure },
    })),
    // Frozen where the month is frozen: a light does not change behind the back of whoever read it.
    counted: (tx: Tx, codes: readonly string[], month: Month) =>
      wholeCounty(tx, (whole) => indicators.span(whole, codes, addMonths(month, -11), month)),
    inspections: (tx: Tx, since: IsoDate, until: IsoDate) =>
      wholeCounty(tx, (whole) => registers.inspections(whole, since, until)),
    sites: (tx: Tx) => registers.sites(tx),
    thresholds: (county: string) => ({
      yellow: percent(county, "planYellowBelowPercent", 90),
      red: percent(county, "planRedBelowPercent", 70),
    }),
  };
  const matters = createMatters({
    ...{ clock, audit, divisionName, attachFiles: documents.attachFiles },
    raiseAfterDays: choice("supervisionRaiseAfterDays"),
  });
  const planning = {
    ...reading,
    putRight: matters.putRight,
    attachFiles: documents.attachFiles,
    settled: (tx: Tx, ids: readonly string[]) => wholeCounty(tx, (whole) => matters.settled(whole, ids)),
  };
  const plans = createPlans(planning);
  const telling: SummariesDeps = {
    ...planning,
    parts: catalogue.summaries,
    span: (tx, codes, since, until, division) => indicators.span(tx, codes, since, until, division),
    bureau: (county) => counties.get(county).bureauName,
  };
  const summaries = createSummaries(telling);
  const assessments = createAssessments(telling);
  audit.describe(matchingActions);
  const incoming = options.incoming ?? path.join(os.tmpdir(), "wuxin", "incoming");
  const matching = createMatching({
    ...{ clock, vault, catalogue, audit, registry, paid: paidMonths, divisionName },
    standards: (code) => counties.standards(code),
    working: (tx) => calendar.working(tx),
    choice: (code, name, on) => counties.switchesOn(code, on)[name],
    nextNumber: (tx, series, year) => documents.nextNumber(tx, series, year),
    caseToCheck: (tx, id) => cases.toCheck(tx, id),
    wide: asHouse,
    attachFiles: documents.attachFiles,
    apart: (actor, work) => db.transact(actor, work),
    fetchHosts: (code) => options.fetchHosts ?? counties.get(code).fetchHosts,
    folder: incoming,
    inbox: path.join(path.dirname(incoming), "feeds"),
  });
  const dispatcher = createDispatcher(db, {
    "case.decided": [
      (tx, event) =>
        entitlements.onDecision(tx, event.payload as Parameters<typeof entitlements.onDecision>[1]),
      (tx, event) => payments.recoveries.onDecision(tx, event.payload as { caseId: string }),
      (tx, event) => clues.onCaseDecided(tx, event.payload as Parameters<typeof clues.onCaseDecided>[1]),
    ],
    "alert.raised": async (tx, event) =>
      clues.onAlert(tx, await matching.told(tx, (event.payload as AlertRaised).alertId)),
    "person.died": [
      async (tx, event) =>
        void (await entitlements.onDeath(tx, event.payload as Parameters<typeof entitlements.onDeath>[1])),
      (tx, event) => payments.onDeath(tx, event.payload as { personId: string }),
      (tx, event) => payments.recoveries.onDeath(tx, event.payload as { personId: string }),
      (tx, event) => clues.onPersonDied(tx, event.payload as { personId: string }),
    ],
    "entitlement.changed": async (tx, event) =>
      void (await payments.recoveries.propose(tx, [
        (event.payload as { entitlementId: string }).entitlementId,
      ])),
    "roster.moved": [
      (tx, event) => funds.onRosterMoved(tx, event.payload as { rosterId: string }),
      (tx, event) => payments.recoveries.onRosterMoved(tx, event.payload as { rosterId: string }),
    ],
    "recovery.received": (tx, event) =>
      funds.onRecoveryReceived(tx, event.payload as Parameters<typeof funds.onRecoveryReceived>[1]),
    "recovery.reversed": (tx) => funds.onRecoveryReversed(tx),
    "standard.approved": [
      async (tx) => void (await standards.sources.refresh(tx)),
      async (tx, event) =>
        entitlements.repricing?.onApproved(tx, (event.payload as { standardId: string }).standardId),
    ],
    "measure.moved": async (tx, event) => {
      const { measureId } = event.payload as { measureId: string };
      const m = await clues.measures.ofDepartment(tx, measureId);
      if (m?.departmentCode) await parties.share(tx, "measure", measureId, [department(m.departmentCode)]);
    },
    "death-list.moved": async (tx, event) => {
      const { listId } = event.payload as { listId: string };
      await parties.share(tx, "death-list", listId, await deathLists.parties(tx, listId));
    },
    "register.told": async (tx, event) => {
      const { register, entryId } = event.payload as { register: string; entryId: string };
      const r = catalogue.registers.get(register);
      const e = r?.shares && (await registers.told(tx, register, entryId));
      if (!r?.shares) return;
      const to = e ? await partiesOf(toDepartments, tx, r, e) : [];
      await parties.share(tx, kindOfRegister(register), entryId, to);
    },
    "clue.closed": (tx, event) => matching.onClueClosed(tx, event.payload as ClueClosed),
    "rule.moved": [
      async (tx) => void (await standards.sources.refresh(tx)),
      async (tx, event) =>
        entitlements.repricing?.onApproved(tx, (event.payload as { ruleId: string }).ruleId),
    ],
  });

  const house: House = {
    version: versionOf(),
    ...{
      db,
      clock,
      catalogue,
      counties,
      access,
      audit,
      calendar,
      registry,
      facts,
      documents,
      parties,
      deathLists,
      partyBook,
      standards,
      registers,
      cases,
      entitlements,
      payments,
      overlaps,
      redFlags,
      funds,
      exports,
      sweepFiles: files.sweep,
      spotChecks,
      monthly,
      matching,
      clues,
      duties,
      indicators,
      statistics,
      plans,
      matters,
      summaries,
      assessments,
      dispatcher,
      jobs: {
        ...entitlements.jobs,
        ...payments.jobs,
        ...exports.jobs,
        ...matching.jobs,
        ...clues.jobs,
        ...judgingJobs({ cases, clues, catalogue, clock, registry, entitlements }),
      },
      parameterOn,
    },
    async as(caller, work) {
      let told = false;
      const result = await db.transact(caller.actor, async (tx) => {
        const done = await work(tx);
        told = hasTold(tx);
        return done;
      });
      if (told) await dispatcher.drain(caller.actor.countyCode);
      return result;
    },
    read: (caller, work) => db.read(caller.actor, work),
    async standingOfEntry(tx, register, id) {
      const feed = (await registers.grounds(tx)).find(
        (g) => g.register === register && g.entryId === id,
      )?.feed;
      return feed === undefined ? [] : ((await toDepartments.feed(tx, feed))?.lines ?? []);
    },
  };
  for (const county of counties.list())
    await db.transact(systemActor(county.code), async (tx) => {
      await calendar.seed(tx, holidayTables());
      await standards.sources.refresh(tx);
    });
  return house;
}

const versionOf = (): string =>
  (
    JSON.parse(readFileSync(path.resolve(import.meta.dirname, "..", "package.json"), "utf8")) as {
      version: string;
    }
  ).version;

/** Dated parameters of a folder with the county's standards over them, as registers and indicators ask for them. */
function parametersOf(counties: CountyBook): House["parameterOn"] {
  const sets = new Map<string, { text: string; set: RuleSet }>();
  return (countyCode, folder, name, date) => {
    const key = `${countyCode} ${folder?.path ?? ""}`;
    const standards = counties.standards(countyCode);
    let kept = sets.get(key);
    if (kept?.text !== standards.text) {
      const parameters = [...(folder?.parameters ? [folder.parameters] : []), standards];
      const set = loadRuleSet({ name: folder?.path ?? countyCode, rules: [], parameters });
      kept = { text: standards.text, set };
      sets.set(key, kept);
    }
    const { set } = kept;
    // 孤儿基本生活标准.散居 is a part of it; 低保标准.城市 is its choice by 区域类型, which a county may not have.
    const [whole = name, ...rest] = name.split(".");
    const parameter = set.parameters.get(whole);
    const version = parameter?.versions.findLast((v) => v.since <= `${monthOf(date)}-01`);
    if (!parameter || !version) return undefined;
    if (parameter.by.length > 0 && !version.values.has(rest.join("\u0000"))) return undefined;
    const dims = Object.fromEntries(parameter.by.map((d, i) => [d, rest[i] ?? ""]));
    const asked = [whole, ...rest.slice(parameter.by.length)].join(".");
    const { value, document, since, unverified } = parameterAt(set, asked, monthOf(date), dims);
    if (typeof value !== "number") return undefined;
    return {
      value,
      text: parameter.type === "money" ? `${formatYuan(value)} 元` : String(value),
      document: document ?? null,
      since,
      unverified: unverified ?? false,
    };
  };
}
