/**
 * vitest globalSetup, once a run: fills three demo counties into a template database that each file of stories clones,
 * and sets the built pages aside, so that a build meanwhile disturbs nobody; pages older than their sources are built first.
 * Nothing to do where Chromium is absent.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fillDemo } from "@wuxin/demo";
import { connect, createVault, openFileStore, withClient } from "@wuxin/platform";
import { compose } from "@wuxin/server";
import type { TestProject } from "vitest/node";
import { findChromium } from "../../scripts/chromium.mjs";
import { ensureBuilt } from "../../scripts/prepare.mjs";
import { movableClock } from "../stories/house.ts";

/** The day on which every story begins: a Tuesday, with the year's holidays published. */
export const FIRST_DAY = "2026-06-09";
/** The county of the tour, with every state there is; one that lets its streets confirm; one with a ceiling for graves. */
export const COUNTIES: readonly string[] = ["430621", "420103", "441521"];
const PAGES = path.resolve(import.meta.dirname, "../../web/dist");

export interface Prepared {
  /** The filled database. */
  readonly template: string;
  /** The files that belong to it. */
  readonly files: string;
  /** console/ and citizen/ as built. */
  readonly pages: string;
}
declare module "vitest" {
  interface ProvidedContext {
    /** null where there is no Chromium. */
    wuxinFilled: Prepared | null;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!findChromium()) {
    project.provide("wuxinFilled", null);
    return async () => {};
  }
  await ensureBuilt((chinese: string, english: string) => console.log(`${chinese} / ${english}`));
  const { wuxinServer, wuxinTemplate, wuxinBroken } = project.getProvidedContext();
  const broken = wuxinBroken[0];
  if (broken) throw new Error(broken.reason);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-browser-"));
  const filled: Prepared = {
    template: `${wuxinTemplate}_demo`,
    files: path.join(folder, "files"),
    pages: path.join(folder, "pages"),
  };
  fs.mkdirSync(filled.files);
  fs.cpSync(PAGES, filled.pages, { recursive: true });
  await withClient(wuxinServer, (c) =>
    c.query(`create database ${filled.template} template ${wuxinTemplate}`),
  );
  await fill(wuxinServer, filled);
  project.provide("wuxinFilled", filled);
  return async () => {
    await withClient(wuxinServer, (c) => c.query(`drop database ${filled.template} with (force)`));
    fs.rmSync(folder, { recursive: true, force: true });
  };
}

async function fill(server: string, { template, files }: Prepared): Promise<void> {
  const url = new URL(server);
  url.pathname = `/${template}`;
  url.username = "wuxin_app";
  url.password = "wuxin-test";
  const vault = createVault(Buffer.alloc(64, 7)); // the keys of testDatabase()
  const platform = { db: connect(url.toString()), vault, files: openFileStore(files, vault) };
  const house = await compose(platform, { clock: movableClock(FIRST_DAY) });
  const counties = { list: () => house.counties.list().filter((c) => COUNTIES.includes(c.code)) };
  await fillDemo({ ...house, counties }, (clock) => compose(platform, { clock }));
  await platform.db.close();
}
