/**
 * Struck anywhere: a raised standard carried out, a roster made, its bank file written, the return loaded. At random moments the working process
 * is killed outright, every connection of it is cut, or every process of the database server is killed and the server
 * started again. Afterwards everything is as in the same story without a blow: nothing lost, nothing twice.
 * `npm run test:faults` strikes a hundred times, `npm test` a few. The seed is printed.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createWorker, withClient } from "@wuxin/platform";
import { type KillableServer, openKillableServer } from "@wuxin/platform/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fill } from "../../bench/money/population.ts";
import type { Asked } from "./faults-child.ts";
import * as story from "./faults-story.ts";

const FAULTS = Number(process.env.WUXIN_FAULTS ?? 6);
const SEED = Number(process.env.WUXIN_SEED ?? Date.now() % 1_000_000);
/** Half of the blows meet the repricing, the rest roster, bank file and return. */
const SIXTH = Math.max(1, Math.floor(FAULTS / 6));
const SHARE = {
  reprice: Math.ceil(FAULTS / 2),
  roster: SIXTH,
  file: SIXTH,
  return: Math.max(1, FAULTS - Math.ceil(FAULTS / 2) - 2 * SIXTH),
};
/** Pieces enough that every blow meets a run still at work, on a machine where the striker sometimes waits for its turn. */
const PIECE = 10;
const HOUSEHOLDS = Math.max(2_000, SHARE.reprice * PIECE * 12);
const BLOWS = ["worker", "server", "connections"] as const;

type Open = Awaited<ReturnType<typeof story.openStory>>;
let server: KillableServer;
let folder: string;
let calm: Open;
let struck: Open;
const content = (database: string) =>
  withClient(server.ownerUrl(database), async (c) => (await c.query(story.CONTENT)).rows);

beforeAll(
  async () => {
    console.info(`faults: seed ${SEED}, ${FAULTS} blows, ${HOUSEHOLDS} households`);
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-faults-"));
    server = await openKillableServer();
    await server.create("calm");
    await withClient(server.ownerUrl("calm"), (client) => fill(client, story.vault, HOUSEHOLDS));
    const base = await story.openStory(server.appUrl("calm"), folder);
    await story.payLastMonth(base.house);
    await base.db.close();
    await server.create("struck", "calm");
    calm = await story.openStory(server.appUrl("calm"), folder);
    struck = await story.openStory(server.appUrl("struck"), folder);
  },
  120_000 + FAULTS * 2_000,
);
afterAll(async () => {
  await calm?.db.close();
  await struck?.db.close();
  await server?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

let random = SEED;
/** The same numbers for the same seed. */
function next(below: number): number {
  random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((random / 2_147_483_648) * below);
}
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
async function until(what: string, is: () => boolean | Promise<boolean>): Promise<void> {
  for (let n = 0; n < 2_400; n++) {
    if (await is()) return;
    await wait(25);
  }
  throw new Error(`waited in vain for ${what} (seed ${SEED})`);
}

function start(what: Asked["what"]) {
  const asked: Asked = { appUrl: server.appUrl("struck"), what };
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.join(import.meta.dirname, "faults-child.ts"), JSON.stringify(asked)],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  let said = "";
  child.stdout.on("data", (d) => {
    said += d;
  });
  const over = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  return { child, over, said: (word: string) => said.includes(word), ended: () => gone(child) };
}
const gone = (child: { exitCode: number | null; signalCode: string | null }) =>
  child.exitCode !== null || child.signalCode !== null;

const dealt = { worker: 0, server: 0, connections: 0 };
let turn = next(BLOWS.length);
/** Each kind in its turn. */
async function strike(working: ReturnType<typeof start>): Promise<void> {
  const kind = BLOWS[turn++ % BLOWS.length] as (typeof BLOWS)[number];
  dealt[kind]++;
  if (kind === "worker") working.child.kill("SIGKILL");
  else if (kind === "server") await server.kill();
  else
    await withClient(server.ownerUrl("struck"), (c) =>
      c.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'wuxin'"),
    );
}
/** The test's own connection may have fallen with the others. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let n = 0; ; n++)
    try {
      return await work();
    } catch (error) {
      if (n === 20) throw error;
      await wait(50);
    }
}

test(`提标被打断 ${SHARE.reprice} 次，与没有打断的一模一样`, {
  timeout: 90_000 + SHARE.reprice * 15_000,
}, async () => {
  const calmly = await story.raise(calm.house);
  await createWorker(calm.db, calm.house.jobs).runDue();
  await story.release(calm.house, calmly);
  await createWorker(calm.db, calm.house.jobs).runDue();

  const { house } = struck;
  const repricing = story.repricingOf(house);
  const id = await story.raise(house);
  const page = () => again(() => house.as({ actor: story.leader }, (tx) => repricing.page(tx, id)));
  let working = start({ kind: "work", piece: PIECE });
  const alive = () => {
    if (working.ended()) working = start({ kind: "work", piece: PIECE });
  };
  let blows = 0;
  let amid = 0;
  for (let released = false; ; ) {
    const p = await page();
    if (p.state === "done") break;
    if (p.state === "ready" && !released) {
      await story.release(house, id);
      released = true;
    } else if (p.job?.state === "failed")
      await again(() => house.as({ actor: story.clerk }, (tx) => repricing.resume(tx, id))); // too often: a person goes on
    else if (blows < SHARE.reprice && p.state === "applying") {
      const done = p.job?.done ?? 0;
      await until("a piece", async () => {
        alive();
        const now = await page();
        return (now.job?.done ?? 0) > done || now.state === "done" || now.job?.state === "failed";
      });
      await wait(next(30));
      await strike(working);
      blows++;
      if ((await page()).state === "applying") amid++;
    }
    alive();
    await wait(30);
  }
  working.child.kill("SIGKILL");
  await working.over;
  console.info(`faults: repricing struck ${blows} times, ${amid} in the middle`);
  const p = await page();
  expect(p.report?.total).toEqual(p.preview?.total);
  expect(await content("struck"), `seed ${SEED}`).toEqual(await content("calm"));
  expect(blows, `seed ${SEED}`).toBe(SHARE.reprice);
  expect(amid).toBe(SHARE.reprice);
});

/** Strikes a piece of work that is done whole or not at all, and that waits before its end; the last time it is done in peace. */
async function struckWhole(
  times: number,
  tookMs: number,
  what: () => Asked["what"],
  whole: () => Promise<boolean>,
) {
  let amid = 0;
  for (let n = 0; n < times; n++) {
    const working = start(what());
    await until("readiness", () => working.said("ready") || working.ended());
    await wait(next(tookMs));
    await strike(working);
    await wait(50);
    working.child.kill("SIGKILL");
    await working.over;
    if (!(await again(whole))) amid++;
  }
  return amid;
}
const rowsOf = (sql: string) =>
  withClient(server.ownerUrl("struck"), async (c) => Object.values((await c.query(sql)).rows[0]) as number[]);

/** How far a job is that is done piece by piece and takes effect at its end. */
interface Going {
  readonly over: boolean;
  /** Too often: a person goes on. */
  readonly stopped: boolean;
  readonly done: number;
  readonly total: number;
}
/** Two thirds of the blows meet the pieces, the others the end; `undone` says after each that there is all or nothing. */
async function strikeJob(
  times: number,
  what: Asked["what"],
  ask: () => Promise<Going>,
  goOn: () => Promise<unknown>,
  undone: () => Promise<boolean>,
) {
  let [blows, amid] = [0, 0];
  let working = start(what);
  const alive = () => {
    if (working.ended()) working = start(what);
  };
  for (let now = await ask(); !now.over; now = await ask()) {
    if (now.stopped) await goOn();
    alive();
    if (blows < times) {
      const { done } = now;
      const inPieces = blows < times * 0.66;
      await until("a piece", async () => {
        alive();
        const n = await ask();
        return n.over || n.stopped || n.done >= n.total || (inPieces && n.done > done);
      });
      await wait(next(inPieces ? 30 : 300));
      await strike(working);
      blows++;
      if (await undone()) amid++;
    }
    await wait(30);
  }
  working.child.kill("SIGKILL");
  await working.over;
  return { blows, amid };
}
const ofRoster = (table: string, where = "true") =>
  `(select count(*)::int from ${table} where roster_id = '${story.ROSTER}' and ${where})`;

async function strikeFile() {
  const ask = () => again(() => story.askFile(struck.house, story.ROSTER));
  await ask();
  const going = async (): Promise<Going> => {
    const [made] = await again(() => rowsOf(`select ${ofRoster("bank_file")} as n`));
    const [m] = await again(() => story.fileMakings(struck.house, story.ROSTER));
    if (m?.state === "stopped") expect(m.refusal, `seed ${SEED}`).toContain("任务多次中断");
    return {
      ...{ over: made === 1, stopped: m?.state === "stopped" },
      ...{ done: m?.done ?? 0, total: m?.total ?? Number.POSITIVE_INFINITY },
    };
  };
  const what = { kind: "work", piece: PIECE, page: 40 } as const;
  return strikeJob(SHARE.file, what, going, ask, async () => {
    const [files = 0, told, sent, included, moved] = await again(() =>
      rowsOf(
        `select ${ofRoster("bank_file")} as files, ${ofRoster("payment_event", "kind = 'sent'")} as told,
           ${ofRoster("roster_line", "state = 'sent'")} as sent, ${ofRoster("roster_line", "included")} as included,
           (select count(*)::int from roster where id = '${story.ROSTER}' and state = 'sent') as moved`,
      ),
    );
    expect([told, sent, moved], `seed ${SEED}`).toEqual(files === 1 ? [included, included, 1] : [0, 0, 0]);
    return files === 0;
  });
}

async function strikeReturn(bytes: Buffer) {
  const receive = () => again(() => story.receiveReturn(struck.house, story.ROSTER, bytes));
  const { id } = await receive();
  const going = async (): Promise<Going> => {
    const { state, rows, total, refusal } = await again(() => story.askReturn(struck.house, id));
    expect(state, `${refusal} (seed ${SEED})`).not.toBe("refused");
    return { over: state === "loaded", stopped: state === "stopped", done: rows ?? 0, total: total ?? 0 };
  };
  const goOn = async () => expect((await receive()).id).toBe(id);
  const what = { kind: "work", piece: PIECE, part: 6_000 } as const;
  const dealt = await strikeJob(SHARE.return, what, going, goOn, async () => {
    const [told, paid, returns] = await again(() =>
      rowsOf(
        `select ${ofRoster("payment_event", "kind = 'paid'")} as told, ${ofRoster("roster_line", "state = 'paid'")} as paid,
           ${ofRoster("bank_return")} as returns`,
      ),
    );
    expect(told, `seed ${SEED}`).toBe(paid);
    expect(returns, `seed ${SEED}`).toBe((paid ?? 0) > 0 ? 1 : 0);
    return returns === 0;
  });
  const left = await rowsOf("select (select count(*)::int from return_row) as n");
  expect(left, `seed ${SEED}`).toEqual([0]);
  return dealt;
}

test("名册、报盘文件和回盘装载被打断：要么没有，要么整份；再来一次，与没有打断的一模一样", {
  timeout: 150_000 + FAULTS * 12_000,
}, async () => {
  const since = Date.now();
  await story.generate(calm.house);
  const lines = `(select count(*)::int from roster_line where roster_id = '${story.ROSTER}')`;
  const [all = 0] = await withClient(server.ownerUrl("calm"), async (c) =>
    Object.values((await c.query(`select ${lines}`)).rows[0] as { count: number }),
  );
  const roster = await struckWhole(
    SHARE.roster,
    Date.now() - since,
    () => ({ kind: "roster" }),
    async () => {
      const [n, heads] = await rowsOf(
        `select ${lines} as n, (select count(*)::int from roster where id = '${story.ROSTER}') as heads`,
      );
      expect(
        [
          [0, 0],
          [all, 1],
        ],
        `seed ${SEED}`,
      ).toContainEqual([n, heads]);
      return n === all;
    },
  );
  await again(() => story.generate(struck.house));
  console.info(`faults: roster struck ${SHARE.roster} times, ${roster} in the middle`);
  expect(roster).toBe(SHARE.roster);
  expect(await content("struck"), `seed ${SEED}`).toEqual(await content("calm"));

  await story.sign(calm.house, story.ROSTER);
  const answer = await story.send(calm.house, story.ROSTER);
  await story.sign(struck.house, story.ROSTER);
  const file = await strikeFile();
  console.info(`faults: bank file struck ${file.blows} times, ${file.amid} in the middle`);
  expect(await content("struck"), `seed ${SEED}`).toEqual(await content("calm"));

  await story.loadReturn(calm.house, story.ROSTER, story.RETURN, answer);
  const bytes = await story.send(struck.house, story.ROSTER);
  const { blows, amid } = await strikeReturn(bytes);
  console.info(`faults: return struck ${blows} times, ${amid} in the middle`);
  console.info(`faults: ${JSON.stringify(dealt)}`);
  expect(await content("struck"), `seed ${SEED}`).toEqual(await content("calm"));
  const page = await struck.house.as({ actor: story.clerk }, (tx) =>
    struck.house.payments.page(tx, story.ROSTER),
  );
  expect(page.reconciliation.agrees).toBe(true);
  expect(
    await struck.house.as({ actor: story.leader }, (tx) => struck.house.payments.prove(tx)),
  ).toMatchObject({
    faults: [],
  });
});
