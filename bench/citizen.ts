/**
 * `npm run bench:citizen`: the first load of the citizens' page on a cheap phone: bytes over the wire, and the time until
 * the six entries can be pressed, with the processor slowed four times and a 1.6 Mbit/s line of 150 ms. Writes
 * bench/results/citizen.json. Needs Chromium and built pages (`npm run build`).
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openPlatform } from "@wuxin/platform";
import { buildApp, compose, createHandlers } from "@wuxin/server";
import { chromium } from "playwright-core";
import { CHROMIUM_SWITCHES, findChromium, HOW_TO_GET_CHROMIUM } from "../scripts/chromium.mjs";

const RUNS = Number(process.env.RUNS || 5);
const executablePath = findChromium();
if (!executablePath) throw new Error(HOW_TO_GET_CHROMIUM);
const root = path.resolve(import.meta.dirname, "..");
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-bench-citizen-"));
const platform = await openPlatform({ dataDir });
const browser = await chromium.launch({ executablePath, args: CHROMIUM_SWITCHES });
try {
  const house = await compose(platform);
  const app = await buildApp({
    ...createHandlers(house, { demo: false }),
    version: house.version,
    webDir: path.join(root, "web", "dist"),
    trustProxy: false,
    secureCookies: false,
  });
  const base = await app.listen({ port: 0, host: "127.0.0.1" });
  const runs: Awaited<ReturnType<typeof firstLoad>>[] = [];
  for (let i = 0; i < RUNS; i++) runs.push(await firstLoad(base));
  await app.close();
  const median = (pick: (r: (typeof runs)[number]) => number) =>
    runs.map(pick).sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
  const result = {
    transferredBytes: median((r) => r.bytes),
    requests: median((r) => r.requests),
    interactiveMs: Math.round(median((r) => r.interactiveMs)),
    cpuSlowdown: 4,
    line: "1.6 Mbit/s, 150 ms",
    runs: RUNS,
  };
  const file = path.join(root, "bench", "results", "citizen.json");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  await browser.close();
  await platform.close();
  fs.rmSync(dataDir, { recursive: true, force: true });
}

async function firstLoad(base: string) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (0.75 * 1024 * 1024) / 8,
  });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  let bytes = 0;
  let requests = 0;
  cdp.on("Network.loadingFinished", (e: { encodedDataLength: number }) => {
    bytes += e.encodedDataLength;
    requests++;
  });
  const began = performance.now();
  await page.goto(`${base}/c/430621`, { waitUntil: "commit" });
  // Pressing one proves that it answers: the guide of what it holds opens.
  await page.getByTestId("home").waitFor();
  await page.locator("[data-testid^='entry-']").first().click({ trial: true });
  const interactiveMs = performance.now() - began;
  await page.waitForLoadState("networkidle");
  await context.close();
  return { bytes, requests, interactiveMs };
}
