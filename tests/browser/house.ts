/**
 * A running house for one file of stories: its own database with filled counties, the real server on a free port,
 * one Chromium, and a clock that the story puts forward. Whatever a page complains of in its console fails the file.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { DEMO_PASSWORD, type DemoAccount, demoAccounts } from "@wuxin/demo";
import { addDays, type IsoDate } from "@wuxin/kernel";
import { openFileStore, systemActor } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { buildApp, compose, createHandlers, type House } from "@wuxin/server";
import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page, type Request } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, onTestFailed, test } from "vitest";
import { CHROMIUM_SWITCHES, findChromium, HOW_TO_GET_CHROMIUM } from "../../scripts/chromium.mjs";
import { type MovableClock, movableClock } from "../stories/house.ts";
import { COUNTIES, FIRST_DAY } from "./prepare.ts";

const CHROMIUM = findChromium();
const CI = process.env.CI === "true" || process.env.CI === "1";
const SHOTS = path.resolve(import.meta.dirname, "../../test-results/browser");
/** The machine may be busy; a person would wait as long. */
const PATIENCE_MS = 30_000;

export const YUEYANG = "430621";
export const JIANGHAN = "420103";
export const HAIFENG = "441521";

/**
 * A story told in steps: the first that fails ends it. Where Chromium is absent it is skipped with the reason, and
 * fails under CI.
 */
export function story(title: string, tell: () => void): void {
  const why = `浏览器测试未运行（没有 Chromium）。获取方法——${HOW_TO_GET_CHROMIUM}`;
  if (!CHROMIUM) {
    if (!CI) describe.skip(`${title}：${why}`, tell);
    else
      test(`${title}：要有 Chromium`, () => {
        throw new Error(why);
      });
    return;
  }
  describe(title, () => {
    let over = false;
    beforeEach(({ skip }) => {
      if (over) skip("前面的一步没有成功");
      // A finding of axe is told, and the story goes on.
      onTestFailed(({ task }) => {
        over = !(task.result?.errors ?? []).every((e) => e.message.startsWith(AXE));
      });
    });
    tell();
  });
}

export interface BrowserHouse {
  readonly base: string;
  readonly house: House;
  readonly clock: MovableClock;
  readonly t: TestDatabase;
  today(): IsoDate;
  /** Goes on by so many days, or to a day, and does what the house does every night. */
  later(to: number | IsoDate): Promise<void>;
  /** A staff member's own browser on a desk, logged in, at the workbench or at a path of the console. */
  desk(county: string, loginName: string, at?: string): Promise<Page>;
  /** A new desktop browser where nobody is logged in. */
  desktop(size?: { width: number; height: number }): Promise<Page>;
  /** A new phone where nobody is logged in. */
  phone(): Promise<Page>;
  account(county: string, loginName: string): DemoAccount;
  /** Every page that is open. */
  pages(): Page[];
  /** What the pages complained of so far, and forgets it. */
  complaints(): string[];
  close(): Promise<void>;
}

type More = Pick<NonNullable<Parameters<typeof compose>[1]>, "fetchHosts">;

/** The house of a file: open in `beforeAll`, closed in `afterAll`, where complaints of the pages fail. */
export function houseOfFile(more: More = {}): () => BrowserHouse {
  let h: BrowserHouse | undefined;
  beforeAll(async () => {
    h = await openHouse(more);
  });
  beforeEach(() => {
    onTestFailed(async ({ task }) => {
      for (const [n, page] of (h?.pages() ?? []).entries())
        await shot(page, `failed/${task.name}-${n + 1}`).catch(() => undefined);
    });
  });
  afterAll(async () => {
    const complaints = h?.complaints() ?? [];
    await h?.close();
    if (complaints.length > 0) throw new Error(`页面在控制台报错：\n${complaints.join("\n")}`);
  });
  return () => {
    if (!h) throw new Error("the house is not open");
    return h;
  };
}

async function openHouse(more: More): Promise<BrowserHouse> {
  const filled = inject("wuxinFilled");
  if (!filled || !CHROMIUM) throw new Error("no Chromium");
  const t = await testDatabase(filled.template);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-house-"));
  fs.cpSync(filled.files, folder, { recursive: true });
  const clock = movableClock(FIRST_DAY);
  const platform = { db: t.db, vault: t.vault, files: openFileStore(folder, t.vault) };
  const house = await compose(platform, { clock, incoming: path.join(folder, "incoming"), ...more });
  const app = await buildApp({
    ...createHandlers(house, { demo: true }),
    version: "test",
    webDir: filled.pages,
    trustProxy: false,
    secureCookies: false,
    requestsPerMinute: 100_000,
  });
  // The house lives in another month than the browser, which would drop its cookies as long expired.
  app.addHook("onSend", async (_request, reply) => {
    const cookie = reply.getHeader("set-cookie");
    if (typeof cookie === "string" && !cookie.startsWith("wuxin=;"))
      reply.header("set-cookie", cookie.replace(/; Expires=[^;]*/i, ""));
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as { port: number };
  const base = `http://localhost:${port}`;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_SWITCHES });
  const accounts = demoAccounts(house.counties.list());
  const complaints: string[] = [];
  const desks = new Map<string, Page>();

  async function open(options: Parameters<Browser["newContext"]>[0]): Promise<Page> {
    const context = await browser.newContext({
      baseURL: base,
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      reducedMotion: "reduce",
      acceptDownloads: true,
      ...options,
    });
    listen(context, complaints);
    context.setDefaultTimeout(PATIENCE_MS);
    return context.newPage();
  }
  const account = (county: string, loginName: string): DemoAccount => {
    const found = accounts.find((a) => a.county === county && a.loginName === loginName);
    if (!found) throw new Error(`no account ${loginName} in ${county}`);
    return found;
  };
  const desktop = (size = { width: 1280, height: 800 }) => open({ viewport: size });

  return {
    base,
    house,
    clock,
    t,
    account,
    desktop,
    today: () => clock.today(),
    async later(to) {
      clock.set(typeof to === "number" ? addDays(clock.today(), to) : to);
      for (const code of COUNTIES) {
        await house.db.transact(systemActor(code), async (tx) => {
          await house.cases.sweep(tx);
          await house.access.sweep(tx);
        });
        await house.audit.seal(house.db, code);
      }
    },
    async desk(county, loginName, at = "/") {
      const key = `${county}/${loginName}`;
      const page = desks.get(key) ?? (await desktop());
      desks.set(key, page);
      await page.goto(`/console${at}`);
      await page.getByTestId("login-form").or(page.getByTestId("place")).first().waitFor();
      if (await page.getByTestId("login-form").isVisible()) await login(page, account(county, loginName));
      return page;
    },
    phone: () =>
      open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }),
    pages: () => browser.contexts().flatMap((c) => c.pages()),
    complaints: () => complaints.splice(0),
    async close() {
      await browser.close();
      await app.close();
      await t.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Requests of each page that have no answer yet. */
const underWay = new WeakMap<Page, Set<Request>>();

function listen(context: BrowserContext, complaints: string[]): void {
  context.on("page", (page) => {
    const waiting = new Set<Request>();
    underWay.set(page, waiting);
    page.on("request", (r) => waiting.add(r));
    page.on("requestfinished", (r) => waiting.delete(r));
    page.on("requestfailed", (r) => waiting.delete(r));
  });
  context.on("weberror", (e) => complaints.push(`${e.page()?.url()}: ${e.error().stack ?? e.error()}`));
  context.on("console", (m) => {
    // A refusal (401, 403, 404, 409 …) is an answer; the pages show it. A fault of the server is told below.
    if (m.type() !== "error" || m.text().startsWith("Failed to load resource")) return;
    complaints.push(`${m.page()?.url()}: ${m.text()}`);
  });
  context.on("response", (r) => {
    if (r.status() >= 500) complaints.push(`${r.status()} ${r.request().method()} ${r.url()}`);
  });
}

/** Types county, name and password into the console's login form. */
export async function login(page: Page, account: DemoAccount, password = DEMO_PASSWORD): Promise<void> {
  const form = page.getByTestId("login-form");
  if (account.countyName && (await form.getByLabel("县（区）").count()) > 0) {
    const shown = form.locator(".ant-select");
    if (!(await shown.innerText()).includes(account.countyName)) {
      await shown.click();
      await page.locator(".ant-select-item-option").filter({ hasText: account.countyName }).click();
    }
    await form.getByLabel("登录名").fill(account.loginName);
  }
  await form.locator("input[name=password]").fill(password);
  await form.getByRole("button", { name: "登录" }).click();
  await page.getByTestId("place").waitFor();
}

const AXE = "axe 在";

const SETTLED = `(async () => {
  const busy = () => document.querySelector("[aria-busy=true], [data-testid=loading], .ant-spin-spinning");
  for (let n = 0; busy() && n < 200; n++) await new Promise((r) => setTimeout(r, 50));
  await document.fonts.ready;
  const ending = document.getAnimations().filter((a) => a.effect?.getComputedTiming().iterations !== Infinity);
  await Promise.race([Promise.allSettled(ending.map((a) => a.finished)), new Promise((r) => setTimeout(r, 3000))]);
})()`;

/** Nothing loads and nothing moves any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  // An answer may ask for more: quiet means quiet for a moment.
  for (let quiet = 0, n = 0; quiet < 3 && n < 600; n++) {
    quiet = (underWay.get(page)?.size ?? 0) === 0 ? quiet + 1 : 0;
    await page.waitForTimeout(30);
  }
  await page.evaluate(SETTLED);
}

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** Fails on serious and critical findings and names them. */
export async function checkAxe(page: Page): Promise<void> {
  // Evaluated, not added as a script: the page's own policy forbids foreign scripts, and should.
  await page.evaluate(axe.source);
  const found = (await page.evaluate(
    `axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations)`,
  )) as Finding[];
  const grave = found.filter((f) => f.impact === "serious" || f.impact === "critical");
  if (grave.length === 0) return;
  const words = grave.map(
    (f) =>
      `${f.impact} ${f.id}（${f.help}）：\n${f.nodes
        .slice(0, 5)
        .map((n) => `    ${n.target.join(" ")} ${n.failureSummary?.replaceAll("\n", " ") ?? ""}`)
        .join("\n")}`,
  );
  expect.soft(grave.length, `${AXE} ${page.url()} 发现：\n  ${words.join("\n  ")}\n`).toBe(0);
}

/** A picture for people, in test-results/browser. */
export async function shot(page: Page, name: string): Promise<void> {
  const file = path.join(SHOTS, `${name}.jpg`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file, type: "jpeg", quality: 70, fullPage: true, scale: "css" });
}

/** What every page visited goes through: settled, pictured, checked by axe. */
export async function look(page: Page, name: string): Promise<void> {
  await settled(page);
  await shot(page, name);
  await checkAxe(page);
}
