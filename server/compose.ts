/** The composition root: every engine made once and handed to those that need it. Nothing else knows them all. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { holidayTables } from "@wuxin/counties";
import type { Catalogue, Folder } from "@wuxin/declare";
import { loadCatalogue } from "@wuxin/domains";
import { type Access, createAccess } from "@wuxin/engines/access";
import { type Audit, createAudit } from "@wuxin/engines/audit";
import { type Calendar, createCalendar } from "@wuxin/engines/calendar";
import { type Cases, createCases } from "@wuxin/engines/cases";
import { createDocuments, type Documents } from "@wuxin/engines/documents";
import { createEntitlements, type Entitlements } from "@wuxin/engines/entitlements";
import { createFacts, type Facts } from "@wuxin/engines/facts";
import { createIndicators, type Indicators } from "@wuxin/engines/indicators";
import { createPayments, type Payments, paymentsActions, paymentsChain } from "@wuxin/engines/payments";
import { createRegisters, type Registers } from "@wuxin/engines/registers";
import { createRegistry, type Registry } from "@wuxin/engines/registry";
import { type Clock, formatYuan, type IsoDate, monthOf, systemClock } from "@wuxin/kernel";
import { type Actor, createDispatcher, type Database, type Dispatcher, type Platform, systemActor, type Tx } from "@wuxin/platform";
import { loadRuleSet, parameterAt, type RuleSet } from "@wuxin/policy";
import { type CountyBook, createCountyBook } from "./county-book.ts";

/** Everything, composed. */
export interface House {
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
  readonly registers: Registers;
  readonly cases: Cases;
  readonly entitlements: Entitlements;
  readonly payments: Payments;
  readonly indicators: Indicators;
  readonly dispatcher: Dispatcher;
  /** One writing transaction of a caller; what it told the outbox is carried out before the reply. */
  as<T>(caller: { readonly actor: Actor }, work: (tx: Tx) => Promise<T>): Promise<T>;
  read<T>(caller: { readonly actor: Actor }, work: (tx: Tx) => Promise<T>): Promise<T>;
  parameterOn(countyCode: string, folder: Folder | undefined, name: string, date: IsoDate): ParameterOn | undefined;
}
export interface ParameterOn {
  readonly value: number;
  readonly text: string;
  readonly document: string | null;
  readonly since: IsoDate;
  readonly unverified: boolean;
}

export async function compose(platform: Pick<Platform, "db" | "vault" | "files">, options: { clock?: Clock } = {}): Promise<House> {
  const { db, vault, files } = platform;
  const clock = options.clock ?? systemClock;
  const catalogue = await loadCatalogue();
  const counties = createCountyBook(clock);
  const divisionName = counties.divisionName;
