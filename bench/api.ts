/**
 * `npm run bench:api`: a county of 200,000 residents and 20,000 entitlements; one roster of all of them; then 50 people at
 * once over HTTP on this machine, reading four times for every time they write, each pausing half a second between two
 * requests as a fast clerk would. Writes bench/results/api.json. RESIDENTS, ENTITLEMENTS, SECONDS change the size.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { addMonths, monthOf, newId } from "@wuxin/kernel";
import { openPlatform, withClient } from "@wuxin/platform";
import { buildApp, compose, createHandlers, startSweeps } from "@wuxin/server";
import { runUsers } from "./api/load.ts";
import { COUNTY, populate } from "./api/population.ts";

const size = {
  residents: Number(process.env.RESIDENTS || 200_000),
  entitlements: Number(process.env.ENTITLEMENTS || 20_000),
};
const seconds = Number(process.env.SECONDS || 60);
const users = Number(process.env.USERS || 50);
const began = performance.now();
const tell = (text: string) => console.log(`[${((performance.now() - began) / 1000).toFixed(1)} s] ${text}`);

const dataDir = process.env.WUXIN_BENCH_DATA ?? fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-bench-api-"));
const platform = await openPlatform({ dataDir });
let exitCode = 0;
try {
  const house = await compose(platform);
  const population = await populate(house, platform.vault, size, tell);
  // A county's residents come over months and are counted on the way; here they came in two minutes, uncounted.
  await withClient(platform.ownerUrl, (client) => client.query("analyze"));
  tell(`${population.residents} residents, ${population.entitlements} entitlements`);
  const app = await buildApp({
    ...createHandlers(house, { demo: false }),
    version: house.version,
    trustProxy: false,
    secureCookies: false,
    requestsPerMinute: 1_000_000,
    triesPerMinute: 1_000_000,
  });
  const base = await app.listen({ port: 0, host: "127.0.0.1" });
  const stop = startSweeps(house);
  const { roster, pauses, flat } = await runUsers(
    base,
    population,
    { users, seconds, month: monthOf(house.clock.today()), rosterId: newId() },
    tell,
  );
  await stop();
  await app.close();
  const chains = await house.audit.verify(house.db, COUNTY);
  if (chains.some((c) => !c.ok)) throw new Error(`a chain is broken: ${JSON.stringify(chains)}`);
  const result = {
    reads: pauses.reads,
    writes: pauses.writes,
    errors: pauses.errors,
    users,
    residents: population.residents,
    entitlements: population.entitlements,
    requests: pauses.requests,
    perSecond: pauses.perSecond,
    thinkMs: 500,
    byKind: pauses.byKind,
    roster,
    withoutPause: flat,
    unit: "ms",
    node: process.version,
    cpus: os.cpus().length,
    nextMonth: addMonths(monthOf(house.clock.today()), 1),
  };
  const file = path.resolve(import.meta.dirname, "results", "api.json");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
  if (pauses.errors > 0) exitCode = 1;
} finally {
  await platform.close();
  if (!process.env.WUXIN_BENCH_DATA) fs.rmSync(dataDir, { recursive: true, force: true });
}
process.exit(exitCode);
