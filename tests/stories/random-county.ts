/**
 * One small county for the story that plays at random: three households in payment since a month, money enough, the
 * people of an office. Every request may be broken off before its transaction commits; it is then made again, and once
 * more, as by somebody who saw no answer.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { BankAnswer } from "@wuxin/engines/payments";
import { DomainError, type IsoDate, type Month, monthOf, newId } from "@wuxin/kernel";
import { createWorker, type Database, openFileStore, type Tx } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { compose, type House } from "@wuxin/server";
import { type MovableClock, movableClock } from "./house.ts";
import { alone, type Days, family, type Office, openOffice } from "./office.ts";

/** The application died, or its database did. */
export class Broken extends Error {}

/** A database whose n-th transaction from now does its work and falls before it commits. */
function breakable(db: Database) {
  let left: number | null = null;
  return {
    breakAfter(transactions: number | null) {
      left = transactions;
    },
    db: {
      ...db,
      transact: (actor, work, options) =>
        db.transact(
          actor,
          async (tx) => {
            const done = await work(tx);
            if (left !== null && left-- === 0) {
              left = null;
              throw new Broken("broken off");
            }
            return done;
          },
          options,
        ),
    } satisfies Database,
  };
}

export interface County {
  readonly t: TestDatabase;
  readonly house: House;
  readonly clock: MovableClock;
  readonly o: Office;
  /** What was done, in words, for whoever reads a failure. */
  readonly told: string[];
  /** The bank's files, and what it has made of each line: it never changes its mind about paid and failed. */
  readonly files: Map<string, Buffer>;
  readonly bank: Map<string, BankAnswer>;
  /** The words of every amount as they were told first. */
  readonly explained: Map<string, string>;
  /** The next request is broken off after so many transactions; null: not at all. */
  crash: number | null;
  serial: number;
  breakAfter(transactions: number | null): void;
  close(): Promise<void>;
}

const START: IsoDate = "2024-01-02";
export const FIRST: Month = "2024-02";

async function open(template: string | undefined, today: IsoDate): Promise<County> {
  const t = await testDatabase(template);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-random-"));
  const clock = movableClock(today);
  const { db, breakAfter } = breakable(t.db);
  const files = openFileStore(folder, t.vault);
  const house = await compose({ db, vault: t.vault, files }, { clock, repricePiece: 1 });
  const h = { house, clock, t, incoming: folder, makeHouse: async () => house, close: async () => {} };
  return {
    ...{ t, house, clock, told: [], files: new Map(), bank: new Map(), explained: new Map(), breakAfter },
    ...{ o: await openOffice(h), crash: null, serial: 0 },
    async close() {
      await t.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The county as every run finds it; gives the name of the database to clone. */
export async function prepare(): Promise<string> {
  const w = await open(undefined, START);
  await w.o.as("caiwu", (tx) =>
    w.house.funds.allocate(tx, {
      ...{ id: newId(), source: "县", document: "县财社〔2024〕1号", issuedOn: "2024-01-02", item: "" },
      ...{ amountFen: 900_000_000, receivedOn: "2024-01-02", note: "" },
    }),
  );
  await award(w, 0);
  await award(w, 1);
  await award(w, 2);
  // Cloned while nobody is connected.
  await w.t.db.close();
  return new URL(w.t.ownerUrl).pathname.slice(1);
}
export const openCounty = (template: string) => open(template, `${FIRST}-05`);

export const today = (w: County): IsoDate => w.clock.today();
export const thisMonth = (w: County): Month => monthOf(today(w));

/** Refusals are answers; they are told. A request that was broken off is made again, and each is made twice. */
export async function ask<T>(
  w: County,
  what: string,
  who: Parameters<Office["as"]>[0],
  work: (tx: Tx) => Promise<T>,
): Promise<T | undefined> {
  const attempt = async (again: boolean): Promise<T | undefined> => {
    try {
      const done = await w.o.as(who, work);
      if (!again) w.told.push(`${today(w)} ${what}`);
      return done;
    } catch (error) {
      if (!(error instanceof DomainError || error instanceof Broken)) throw error;
      if (!again) w.told.push(`${today(w)} ${what} → ${error instanceof Broken ? "中断" : error.message}`);
      return undefined;
    }
  };
  if (w.crash !== null) {
    w.breakAfter(w.crash);
    w.crash = null;
    await attempt(false);
    w.breakAfter(null);
    await settle(w);
  }
  const first = await attempt(false);
  await attempt(true);
  return first;
}

/** What the outbox still holds, at once instead of after its wait. */
export async function settle(w: County): Promise<void> {
  await w.t.owner("update outbox set next_attempt_at = now() where state = 'pending'");
  await w.house.dispatcher.drain(w.o.county);
}

/** Jobs that are due; broken off like a request, and taken up by another worker. */
export async function work(w: County): Promise<void> {
  const run = () => createWorker(w.house.db, w.house.jobs).runDue();
  if (w.crash !== null) {
    w.breakAfter(w.crash + 1);
    w.crash = null;
    await run().catch((error) => {
      if (!(error instanceof Broken)) throw error;
    });
    w.breakAfter(null);
    w.told.push(`${today(w)} 作业中断，另一台接着做`);
    await w.t.owner(
      `update job set run_after = now(), lease_until = case when state = 'running' then now() - interval '1 s' end
       where state in ('queued', 'running')`,
    );
  }
  await run();
}

const [SURNAMES, GIVEN] = ["赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "春夏秋冬安康宁福"];
/** A household applies and is awarded within ten days. */
export async function award(w: County, kind: number): Promise<void> {
  const at = (days: number): IsoDate => {
    const d = new Date(`${start}T00:00:00Z`);
    d.setUTCDate(d.getUTCDate() + days);
    return d.toISOString().slice(0, 10) as IsoDate;
  };
  const start = today(w);
  const n = w.serial++;
  const name = `${SURNAMES[n % SURNAMES.length]}${GIVEN[Math.floor(n / SURNAMES.length) % GIVEN.length]}`;
  const who = kind % 3 === 2 ? alone(name, "1950-05-05") : family(name, 60_000 + (kind % 5) * 15_000);
  const days: Days = {
    ...{ submit: start, accept: start, survey: at(1), answer: at(1), opinion: at(1) },
    ...{ finish: at(9), confirm: at(9) },
  };
  await w.o.award(who, days, kind % 2 ? { areaClass: "农村" } : {});
  w.told.push(`${today(w)} 认定${name}${who.length > 1 ? "（三口）" : "（独居）"}`);
}

/** What may happen; each doing chooses among what there is by the numbers it is given. */
export type Doing = (w: County, n: readonly [a: number, b: number, c: number]) => Promise<void>;

export const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
export const owner = <T>(w: County, sql: string, values: unknown[] = []) => w.t.owner<T>(sql, values);
