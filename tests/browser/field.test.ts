/** The worker's phone: a day with the network cut, two people at one field, a phone that was lost. */
import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { DEMO_PASSWORD } from "@wuxin/demo";
import { systemActor } from "@wuxin/platform";
import type { Page } from "playwright-core";
import { beforeAll, expect, inject, test } from "vitest";
import { says } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";
import { overflow } from "./pages.ts";

const HERE = { latitude: 29.3702, longitude: 113.1289, accuracy: 20 };
const FIRST_LOAD_MOST = 40 * 1024;

story("走访手机", () => {
  const open = houseOfFile();
  let cun: Page;

  beforeAll(async () => {
    const { house } = open();
    await house.db.transact(systemActor(YUEYANG), (tx) => house.duties.generate(tx));
  });

  /** A phone whose clock is the house's, with a place to tell. */
  async function newPhone(): Promise<Page> {
    const page = await open().phone();
    const context = page.context();
    await context.clock.install({ time: open().clock.now() });
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation(HERE);
    await page.goto("/field/");
    return page;
  }
  async function login(page: Page, name: string): Promise<void> {
    await page.getByTestId("login").waitFor();
    await page.getByLabel("县（区）").selectOption(YUEYANG);
    await page.getByLabel("登录名").fill(name);
    await password(page, "登录");
    await page.getByTestId("today").waitFor();
    await says(page.getByTestId("net"), "在线");
  }
  async function password(page: Page, verb: string): Promise<void> {
    await page.getByLabel("密码").fill(DEMO_PASSWORD);
    await page.getByRole("button", { name: verb, exact: true }).click();
  }

  test("第一次打开只要几十 KB；网页只许和本系统来往", async () => {
    const folder = path.join(inject("wuxinFilled")?.pages ?? "", "field");
    const page = fs.readFileSync(path.join(folder, "index.html"), "utf8");
    const files = [...page.matchAll(/(?:src|href)="\/field\/([^"]+)"/g)].map((m) => m[1] as string);
    const bytes = ["index.html", ...files].map((f) => gzipSync(fs.readFileSync(path.join(folder, f))).length);
    expect(files.filter((f) => f.startsWith("assets/"))).toHaveLength(2);
    expect(bytes.reduce((a, b) => a + b)).toBeLessThan(FIRST_LOAD_MOST);
    const reply = await fetch(`${open().base}/field/`);
    expect(reply.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await fetch(`${open().base}/field/sw.js`)).headers.get("cache-control")).toBe("no-cache");
  });

  test("村里的人登录，看到今天的清单", async () => {
    cun = await newPhone();
    await cun.getByTestId("login").waitFor();
    await look(cun, "field-login");
    await login(cun, "cun");
    expect(await cun.getByTestId("stop").count()).toBeGreaterThan(0);
    expect(await overflow(cun)).toBe(0);
    await look(cun, "field-today");
  });
});
