/**
 * The database of the money benchmarks: one embedded server, one filled database a size, cloned for every measurement, so
 * that each starts from the same rows.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  connect,
  createVault,
  openFileStore,
  openPlatform,
  type Platform,
  withClient,
  withLogin,
} from "@wuxin/platform";
import { compose, type House } from "@wuxin/server";
import { fill } from "./population.ts";

/** A county of its own for one measurement. */
export interface MoneyCounty {
  readonly house: House;
  readonly platform: Pick<Platform, "db" | "vault" | "files">;
  /** One statement as the owner, past every policy. */
  owner<R>(text: string, values?: readonly unknown[]): Promise<R[]>;
  readonly ownerUrl: string;
  readonly appUrl: string;
}
export interface Measured<T> {
  readonly value: T;
  readonly seconds: number;
  /** Of this Node process: highest resident memory while the work ran. */
  readonly peakMb: number;
  /** Of the machine in the last minute, when the work was done: 1 is one busy core. */
  readonly load: number;
}
/** What a process of its own may do: work the queue, prove everything, look again at what was paid. */
export type Apart = "work" | "prove" | "recheck";
export type Floor = { readonly seconds: number; readonly rows: number; readonly load: number };
/** Work that the machine did beside others is told apart from work that it did alone. */
export const loadNow = (): number => Math.round((os.loadavg()[0] ?? 0) * 10) / 10;
export interface MoneyDatabase {
  /** A fresh county with so many entitlements in payment; its database is dropped afterwards. */
  with<T>(entitlements: number, work: (county: MoneyCounty) => Promise<T>): Promise<T>;
  /** Times the work and watches the memory. */
  measure<T>(work: () => Promise<T>): Promise<Measured<T>>;
  /** The same in a process that has done nothing before, so that its memory is its own; `value`: seconds of each step. */
  apart(county: MoneyCounty, what: Apart): Promise<Measured<Readonly<Record<string, number>>>>;
  /**
   * The floor: the rows of a query written by COPY from a file into an equal table with the same indexes, no triggers
   * and no policies.
   */
  floor(county: MoneyCounty, table: string, where: string): Promise<Floor>;
  tell(text: string): void;
  close(): Promise<void>;
}

/** For a process of its own: the house over a county's database, with the keys that its parent left in WUXIN_KEY. */
export async function houseAt(appUrl: string): Promise<House> {
  const vault = createVault(Buffer.from(process.env.WUXIN_KEY ?? "", "base64"));
  return compose({ db: connect(appUrl), vault, files: openFileStore(os.tmpdir(), vault) });
}
/** Highest resident memory of this process so far. */
export const peakMb = (): number => Math.round(process.resourceUsage().maxRSS / 1e3);

export async function openMoneyDatabase(): Promise<MoneyDatabase> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-bench-money-"));
  const began = performance.now();
  const tell = (text: string) =>
    console.log(`[${((performance.now() - began) / 1000).toFixed(1)} s] ${text}`);
  const key = randomBytes(64).toString("base64");
  process.env.WUXIN_KEY = key;
  const platform = await openPlatform({ dataDir, url: "" });
  // `platform.db` is never used: a database that somebody is connected to cannot be cloned.
  const named = (url: string, database: string) => withLogin(url, { database });
  const admin = (text: string) =>
    withClient(named(platform.ownerUrl, "postgres"), (client) => client.query(text));
  const templates = new Map<number, string>();
  let serial = 0;

  async function template(entitlements: number): Promise<string> {
    const known = templates.get(entitlements);
    if (known) return known;
    const name = `money_${entitlements}`;
    await admin(`create database ${name} template wuxin`);
    const url = named(platform.ownerUrl, name);
    const start = performance.now();
    await withClient(url, (client) => fill(client, platform.vault, entitlements));
    tell(`${entitlements} entitlements filled in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    templates.set(entitlements, name);
    return name;
  }

  return {
    tell,
    async with(entitlements, work) {
      const from = await template(entitlements);
      const name = `run_${++serial}`;
      await admin(`create database ${name} template ${from}`);
      const [ownerUrl, appUrl] = [named(platform.ownerUrl, name), named(platform.appUrl, name)];
      const db = connect(appUrl);
      const own = { db, vault: platform.vault, files: platform.files };
      try {
        await admin("checkpoint");
        return await work({
          house: await compose(own),
          platform: own,
          ownerUrl,
          appUrl,
          owner: (text, values) =>
            withClient(ownerUrl, async (client) => (await client.query(text, values as unknown[])).rows),
        });
      } finally {
        await db.close();
        await admin(`drop database ${name} with (force)`);
      }
    },
    async measure(work) {
      let peak = process.memoryUsage.rss();
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage.rss());
      }, 20);
      const start = performance.now();
      try {
        const value = await work();
        const seconds = Math.round((performance.now() - start) / 10) / 100;
        const peakMb = Math.round(Math.max(peak, process.memoryUsage.rss()) / 1e6);
        return { value, seconds, peakMb, load: loadNow() };
      } finally {
        clearInterval(watch);
      }
    },
    apart: ({ appUrl }, what) =>
      new Promise((resolve, reject) => {
        const child = spawn(
          process.execPath,
          ["--import", "tsx", path.join(import.meta.dirname, "apart.ts"), what, appUrl],
          { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, WUXIN_KEY: key } },
        );
        let said = "";
        child.stdout.on("data", (d) => {
          said += d;
        });
        child.on("exit", (code) =>
          code === 0
            ? resolve({ ...JSON.parse(said), load: loadNow() })
            : reject(new Error(`${what} ended with ${code}`)),
        );
      }),
    floor: (county, table, where) =>
      withClient(county.ownerUrl, async (client) => {
        const { rows } = await client.query<{ folder: string }>(
          "select current_setting('data_directory') as folder",
        );
        const file = `'${rows[0]?.folder}/floor.copy'`;
        await client.query(`create table floor_copy (like ${table} including indexes including generated)`);
        const columns = await client.query<{ name: string }>(
          `select string_agg(quote_ident(attname), ', ' order by attnum) as name from pg_attribute
           where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
        );
        await client.query(`copy (select ${columns.rows[0]?.name} from ${table} where ${where}) to ${file}`);
        await client.query("checkpoint");
        const start = performance.now();
        const done = await client.query(`copy floor_copy (${columns.rows[0]?.name}) from ${file}`);
        const seconds = Math.round((performance.now() - start) / 10) / 100;
        await client.query("drop table floor_copy");
        return { seconds, rows: done.rowCount ?? 0, load: loadNow() };
      }),
    async close() {
      await platform.close();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
