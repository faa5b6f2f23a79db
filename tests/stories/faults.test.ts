/**
 * Killed anywhere: a run of 提标, a roster, a return. The process is killed outright, or every connection of it is cut
 * by the database, at random moments; afterwards nothing is lost and nothing is there twice.
 * `npm run test:faults` does it a hundred times, `npm test` a few. The seed is printed.
 */
import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { addMonths, firstDay, monthOf, newId, systemClock } from "@wuxin/kernel";
import { type Actor, openFileStore, systemActor, withClient } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { compose, type House } from "@wuxin/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { COUNTY, drawn, fill } from "../../bench/money/population.ts";
import { allPaidCsv } from "./faults-bank.ts";
import type { Asked } from "./faults-child.ts";

const FAULTS = Number(process.env.WUXIN_FAULTS ?? 5);
/** Enough pieces that every blow meets a run still at work. */
const PIECE = 10;
const HOUSEHOLDS = Math.max(600, FAULTS * PIECE * 15);
const SEED = Number(process.env.WUXIN_SEED ?? Date.now() % 1_000_000);

let t: TestDatabase;
let house: House;
let folder: string;
beforeAll(async () => {
  t = await testDatabase();
  await withClient(t.ownerUrl, (client) => fill(client, t.vault, HOUSEHOLDS));
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-faults-"));
  house = await compose({ db: t.db, vault: t.vault, files: openFileStore(folder, t.vault) });
});
afterAll(async () => {
  await t.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const officer = (name: string, role: string): Actor => ({
  ...systemActor(COUNTY),
  accountId: newId(),
  name,
  role,
});
const clerk = officer("甲", "county");
const second = officer("乙", "county");
const leader = officer("丙", "leader");
const finance = officer("丁", "finance");
const thisMonth = monthOf(systemClock.today());

let random = SEED;
/** The same numbers for the same seed. */
function next(below: number): number {
  random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((random / 2_147_483_648) * below);
}

function start(what: Asked["what"], actor: Actor) {
  const asked: Asked = { appUrl: t.appUrl, actor, what };
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.join(import.meta.dirname, "faults-child.ts"), JSON.stringify(asked)],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  let complained = "";
  child.stdout.on("data", (d) => {
    said += d;
  });
  child.stderr.on("data", (d) => {
    complained += d;
  });
  const over = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  return { child, over, said: () => said, complained: () => complained };
}
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
async function until(what: string, is: () => boolean | Promise<boolean>): Promise<void> {
  for (let n = 0; n < 1_200; n++) {
    if (await is()) return;
    await wait(25);
  }
  throw new Error(`waited in vain for ${what} (seed ${SEED})`);
}
/** Outright, or by cutting every connection but the test's own. */
async function strike(child: ChildProcess): Promise<void> {
  if (next(2) === 0) child.kill("SIGKILL");
  else
    await t.owner(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'wuxin'",
    );
}
const read = <T>(work: Parameters<typeof t.db.read<T>>[1]) => t.db.read(leader, work);

test(`提标被打断 ${FAULTS} 次，不漏一户，不重一户`, { timeout: 60_000 + FAULTS * 8_000 }, async () => {
  console.info(`faults: seed ${SEED}`);
  const { repricing } = house.entitlements;
  if (!repricing) throw new Error("composed with repricing");
  const { item } = await drawn();
  const list = await t.db.transact(clerk, (tx) => house.standards.list(tx));
  const row = list.find(
    (s) => s.type === "money" && !s.derived && s.current && s.readers.some((r) => r.code === item.code),
  );
  const standardId = newId();
  await t.db.transact(clerk, async (tx) => {
    await house.standards.propose(tx, row?.name ?? "", {
      ...{
        id: standardId,
        since: firstDay(addMonths(thisMonth, -2)),
        form: "amount",
        multiple: null,
        note: null,
      },
      values: (row?.current?.values ?? []).map((v) => ({
        ...{ key: v.key, unit: null, text: String(Math.round(Number(v.printed) * 1.1)) },
      })),
      ...{ corrects: false, document: "故障试验〔2026〕1号" },
    });
    await house.standards.submit(tx, standardId);
  });
  await house.as({ actor: second }, (tx) => house.standards.approve(tx, standardId, null));
  const id = (await read((tx) => repricing.list(tx)))[0]?.id ?? "";
  const page = () => t.db.transact(leader, (tx) => repricing.page(tx, id));

  let struck = 0;
  let working = start({ kind: "work", piece: PIECE }, clerk);
  const alive = () => {
    if (working.child.exitCode !== null || working.child.signalCode !== null)
      working = start({ kind: "work", piece: PIECE }, clerk);
  };
  for (let released = false; ; ) {
    const p = await page();
    if (p.state === "done") break;
    if (p.state === "ready" && !released) {
      await house.as({ actor: leader }, (tx) => repricing.release(tx, id, { note: "" }));
      released = true;
    } else if (p.job?.state === "failed")
      await house.as({ actor: clerk }, (tx) => repricing.resume(tx, id)); // too many interruptions: a person goes on
    else if (struck < FAULTS && p.state === "applying") {
      const done = p.job?.done ?? 0;
      await until("a piece", async () => {
        alive();
        const now = await page();
        return (now.job?.done ?? 0) > done || now.state === "done" || now.job?.state === "failed";
      });
      await wait(next(30));
      await strike(working.child);
      struck++;
    }
    alive();
    await wait(30);
  }
  working.child.kill("SIGKILL");
  await working.over;

  const p = await page();
  expect(p.report?.total).toEqual(p.preview?.total);
  const [sums] = await t.owner<{ households: number; rows: number; twice: number; gaps: number }>(
    `select count(distinct entitlement_id)::int as households, count(*)::int as rows,
       count(*)::int - count(distinct (entitlement_id, from_month))::int as twice,
       (select count(*)::int from (select entitlement_id, max(seq) <> count(*) as gap from entitlement_amount group by 1) g where gap) as gaps
     from entitlement_amount where reprice_id is not null`,
  );
  expect(sums).toMatchObject({ households: p.report?.total.raise, twice: 0, gaps: 0 });
  console.info(`faults: struck ${struck} times`);
  expect(struck, `seed ${SEED}`).toBe(FAULTS);
});

test("名册生成和回盘装载被打断：要么没有，要么整份；再来一次只有一份", {
  timeout: 120_000 + FAULTS * 4_000,
}, async () => {
  const rosterId = newId();
  const rosters = async () =>
    (
      await t.owner<{ n: number; lines: number }>(
        "select count(*)::int as n, (select count(*)::int from roster_line) as lines from roster",
      )
    )[0] as { n: number; lines: number };
  const tries = Math.max(2, Math.round(FAULTS / 4));
  for (let n = 0; n < tries; n++) {
    const child = start({ kind: "roster", id: rosterId, month: thisMonth }, clerk);
    await until("readiness", () => child.said().includes("ready") || child.child.exitCode !== null);
    await wait(next(60 + HOUSEHOLDS / 20));
    await strike(child.child);
    await wait(50);
    child.child.kill("SIGKILL");
    await child.over;
    const found = await rosters();
    expect(found.lines === 0 || found.lines === HOUSEHOLDS, JSON.stringify(found)).toBe(true);
    expect(found.n).toBe(found.lines === 0 ? 0 : 1);
  }
  await house.as({ actor: clerk }, (tx) => house.payments.generate(tx, { id: rosterId, month: thisMonth }));
  expect(await rosters()).toEqual({ n: 1, lines: HOUSEHOLDS });
  for (const [step, actor] of [
    ["maker", clerk],
    ["checker", second],
    ["approver", leader],
  ] as const) {
    const { digest } = await house.as({ actor }, (tx) => house.payments.page(tx, rosterId));
    await house.as({ actor }, (tx) => house.payments.sign(tx, rosterId, { step, digest }));
  }
  const file = path.join(folder, "回盘.csv");
  fs.writeFileSync(file, await allPaidCsv(house, finance, rosterId));
  const events = async () =>
    (
      await t.owner<{ n: number; paid: number }>(
        `select count(*)::int as n, (select count(*)::int from roster_line where state = 'paid') as paid
       from payment_event where kind = 'paid'`,
      )
    )[0] as { n: number; paid: number };
  for (let n = 0; n < tries; n++) {
    const child = start({ kind: "return", rosterId, id: newId(), file }, finance);
    await until("readiness", () => child.said().includes("ready") || child.child.exitCode !== null);
    await wait(next(60 + HOUSEHOLDS / 20));
    await strike(child.child);
    await wait(50);
    child.child.kill("SIGKILL");
    await child.over;
    const { n: told, paid } = await events();
    expect(told).toBe(paid);
  }
  await house.as({ actor: finance }, (tx) =>
    house.payments.loadReturn(tx, rosterId, {
      id: newId(),
      fileName: "回盘.csv",
      bytes: fs.readFileSync(file),
    }),
  );
  const page = await house.as({ actor: clerk }, (tx) => house.payments.page(tx, rosterId));
  expect(page).toMatchObject({ reconciliation: { agrees: true } });
  const { n, paid } = await events();
  expect(n).toBe(paid);
  expect(paid).toBe(page.paid);
  expect(page.state).toBe("closed");
});
