/** The composition root: every engine made once and handed to those that need it. Nothing else knows them all. */
import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { holidayTables } from "@wuxin/counties";
import { type Catalogue, type PaidThing, readGrowth } from "@wuxin/declare";
import { loadCatalogue } from "@wuxin/domains";
import { type Access, createAccess } from "@wuxin/engines/access";
import { type Audit, createAudit } from "@wuxin/engines/audit";
import { type Calendar, createCalendar } from "@wuxin/engines/calendar";
import { type Cases, createCases } from "@wuxin/engines/cases";
import type { Clues } from "@wuxin/engines/clues";
import { createDocuments, type Documents } from "@wuxin/engines/documents";
import { createDuties, type Duties } from "@wuxin/engines/duties";
import { createEntitlements, type Entitlements, entitlementsActions } from "@wuxin/engines/entitlements";
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
import { type Indicators, indicatorsActions } from "@wuxin/engines/indicators";
import { createMatching, type FetchHost, type Matching, matchingActions } from "@wuxin/engines/matching";
import {
  createDeathLists,
  createParties,
  type DeathLists,
  deathListActions,
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
  type Matters,
  type Plans,
  plansActions,
  type Summaries,
} from "@wuxin/engines/plans";
import { createRegisters, type Registers } from "@wuxin/engines/registers";
import { createRegistry, type Registry } from "@wuxin/engines/registry";
import { createStandards, type Standards, standardsActions } from "@wuxin/engines/standards";
import { type Statistics, statisticsActions } from "@wuxin/engines/statistics";
import { type Clock, systemClock } from "@wuxin/kernel";
import {
  type Actor,
  asHouse,
  type Database,
  type Dispatcher,
  hasTold,
  type JobHandler,
  type Platform,
  systemActor,
  type Tx,
} from "@wuxin/platform";
import { composeClues } from "./compose/clues.ts";
import { createOutbox } from "./compose/outbox.ts";
import { type ParametersOf, parametersOf } from "./compose/parameters.ts";
import { createPlanning } from "./compose/planning.ts";
import { createRepricing } from "./compose/repricing.ts";
import { type CountyBook, createCountyBook } from "./county-book.ts";
import { judgingJobs } from "./judgements.ts";
import { createOverlaps, type Overlaps } from "./overlaps.ts";
import { createPartyBook, measureKind, type PartyBook } from "./parties.ts";
import { CAMPAIGN_PLACE, placeKind } from "./party-places.ts";
import { kindOfRegister, type RegisterKinds, registerKind, standingOf } from "./party-registers.ts";
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
  readonly parameterOn: ParametersOf;
}

export async function compose(
  platform: Pick<Platform, "db" | "vault" | "files">,
  options: {
    clock?: Clock;
    repricePiece?: number;
    returnPart?: number;
    filePage?: number;
    /** Where files of departments lie until they are read; without it a place that no other process or user has. */
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
  const registers = createRegisters({ clock, vault, catalogue, audit, divisions, registry, parameterOn });
  // What registers tell departments is put together of engines that are made after it.
  const toDepartments: RegisterKinds = {
    registers,
    async feed(tx, code) {
      const f = (await matching.feeds(tx)).find((x) => x.code === code);
      if (!f) return undefined;
      const [latest] = await matching.runs(tx, { feed: code });
      return standingOf(f, catalogue.feeds.get(code)?.givenBy ?? [], latest, clock.today());
    },
    supervised: async (tx, entryId) =>
      new Map(
        (await matters.ofEntry(tx, entryId)).flatMap((m) =>
          m.lineId ? [[m.lineId, `已立项督办，${m.owner}办，限 ${m.dueOn}：${m.stateText}`]] : [],
        ),
      ),
  };
  const parties = createParties({
    ...{ clock, vault, audit, documents },
    kinds: {
      measure: measureKind(() => clues, registry),
      [CAMPAIGN_PLACE]: placeKind(() => ({ plans, matters })),
      "death-list": deathLists.kind,
      ...Object.fromEntries(
        [...catalogue.registers.values()].flatMap((r) =>
          r.shares ? [[kindOfRegister(r.code), registerKind(toDepartments, r)]] : [],
        ),
      ),
    },
  });
  audit.describe({ ...partiesActions, ...deathListActions });
  const repricing = createRepricing({ catalogue, counties, standards, cases: () => cases });
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
  const clues = composeClues({
    ...{ clock, vault, audit, calendar, documents, registry, cases, entitlements, divisions, divisionName },
    ...{ catalogue, counties, access, partyBook },
  });
  const duties = createDuties({
    ...{ clock, vault, catalogue, audit, registry, facts, entitlements, clues, divisionName },
    endSessions: access.endSessions,
    attach: (tx, files, { visitId, divisionCode }) =>
      documents.attachFiles(tx, files, { caseId: visitId, divisionCode, applicantId: null }),
  });
  const { indicators, statistics, plans, matters, summaries, assessments } = createPlanning({
    ...{ db, clock, catalogue, counties, divisions, divisionName, audit, documents, registers, parameterOn },
  });
  audit.describe(matchingActions);
  const incoming = options.incoming ?? path.join(os.tmpdir(), `wuxin-${process.pid}`, "incoming");
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
    levelName: counties.levelName,
  });
  const dispatcher = createOutbox(db, {
    ...{
      access,
      plans,
      cases,
      duties,
      catalogue,
      clues,
      deathLists,
      entitlements,
      funds,
      matching,
      parties,
      payments,
      registry,
      registers,
      standards,
    },
    toDepartments,
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
      const ground = (await registers.told(tx, register, id))?.ground;
      return ground ? ((await toDepartments.feed(tx, ground.feed))?.lines ?? []) : [];
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
