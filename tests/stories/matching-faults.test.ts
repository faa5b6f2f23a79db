/**
 * A comparison struck in the middle: the working process is killed outright again and again while it reads a list.
 * Afterwards the list was judged once, nobody is told of twice, its file is gone and its deletion recorded.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { newId, residentIdWithCheck } from "@wuxin/kernel";
import { createWorker, findJob, systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Asked } from "./faults-child.ts";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, MARCH, type Office, openOffice } from "./office.ts";

const TODAY = "2024-05-08";
const BLOWS = 2;
const SEED = Number(process.env.WUXIN_SEED ?? Date.now() % 1_000_000);
let h: TestHouse;
let o: Office;
const old = alone("邹爱莲", "1948-01-01");
const rich = alone("江水莲", "1950-01-01");
let working: ReturnType<typeof start> | undefined;

beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  await o.award(old, MARCH);
  await o.award(rich, MARCH);
  h.clock.set(TODAY);
});
afterAll(async () => {
  working?.child.kill("SIGKILL");
  await h.close();
});

/** Every number with a blank in it, in UTF-16: what takes longest to read. */
function longList(rows: number): Buffer {
  const spaced = (id: string) => `${id.slice(0, 6)} ${id.slice(6)}`;
  const others = Array.from(
    { length: 1000 },
    (_, i) => `${spaced(residentIdWithCheck(`43010119500101${String(i).padStart(3, "0")}`))},某某,2024-04-01`,
  ).join("\n");
  const [first, second] = [old, rich].map((p) => `${spaced(p[0]?.idNo ?? "")},某某,2024-04-28`);
  const half = `\n${others}`.repeat(rows / 2000);
  return Buffer.from(
    `\uFEFF身份证号码,姓名,死亡日期\n${first}${half}\n${second}${half}\n${first}\n`,
    "utf16le",
  );
}
async function send(id: string, bytes: Buffer) {
  await h.house.matching.save(o.county, id, Readable.from([bytes]));
  await o.as("xian", (tx) =>
    h.house.matching.receive(tx, { id, feed: "police-deaths", origin: "console", fileName: "死亡.csv" }),
  );
}
function start() {
  const asked: Asked = {
    appUrl: h.t.appUrl,
    what: { kind: "match", incoming: h.incoming, today: TODAY },
  };
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.join(import.meta.dirname, "faults-child.ts"), JSON.stringify(asked)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  return { child, over: new Promise<void>((done) => child.on("exit", () => done())) };
}
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const look = (id: string) =>
  h.t.db.read(systemActor(o.county), async (tx) => ({
    job: await findJob(tx, id),
    run: await h.house.matching.run(tx, id),
  }));
async function until(id: string, is: (now: Awaited<ReturnType<typeof look>>) => boolean) {
  for (let n = 0; n < 6_000; n++) {
    const now = await look(id);
    if (is(now)) return now;
    await wait(5);
  }
  throw new Error(`waited in vain (seed ${SEED}): ${JSON.stringify(await look(id))}`);
}
const count = async (sql: string, ...values: unknown[]) =>
  (await h.t.owner<{ n: number }>(`select count(*)::int as n from ${sql}`, values))[0]?.n;

test("比对到一半被强行结束几次：只判一次，预警不重复，文件删除并留痕", { timeout: 150_000 }, async () => {
  const id = newId();
  await send(id, longList(600_000));
  let amid = 0;
  for (let blow = 0; blow < BLOWS; blow++) {
    const attempts = (await look(id)).job?.attempts ?? 0;
    working = start();
    await until(id, ({ job, run }) => (job?.attempts ?? 0) > attempts || run.state !== "waiting");
    await wait((SEED * (blow + 7)) % 250);
    working.child.kill("SIGKILL");
    await working.over;
    const { run } = await look(id);
    if (run.state === "waiting") {
      amid++;
      expect(await count("feed_match where run_id = $1", id)).toBe(0);
      expect(await count("alert")).toBe(0);
    }
  }
  working = start();
  const { run } = await until(id, (now) => now.run.fileDeletedAt !== null);
  working.child.kill("SIGKILL");
  await working.over;
  console.info(`faults: matching struck ${BLOWS} times, ${amid} in the middle (seed ${SEED})`);
  expect(amid).toBeGreaterThan(0);
  expect(run).toMatchObject({ state: "done", rows: 600_003, persons: 2, alerts: 2 });
  expect(await count("feed_match where run_id = $1", id)).toBe(2);
  expect(await count("alert")).toBe(2);
  expect(await count("outbox where kind = 'alert.raised'")).toBe(2);
  for (const action of ["feed.receive", "feed.run", "feed.delete"])
    expect(await count("audit_entry where action = $1 and object_id is not null", action), action).toBe(1);
  await h.house.dispatcher.drain(o.county);
  expect(await count("clue")).toBe(2);
  expect(fs.readdirSync(h.incoming)).toEqual([]);
});

test("比对完、删除前断电：下次清理时删掉，只记一次；总是出错的，写明没有完成，文件也删", async () => {
  const [done] = await o.as("xian", (tx) => h.house.matching.runs(tx, {}));
  const id = done?.id ?? "";
  await h.t.owner("update feed_run set file_deleted_at = null where id = $1", [id]);
  for (const name of ["", ".utf8", ".unzipped"])
    fs.writeFileSync(path.join(h.incoming, `${o.county}-${id}${name}`), "left");
  const before = await count("audit_entry where action = 'feed.delete'");
  await h.house.matching.sweep(h.t.db, o.county);
  await h.house.matching.sweep(h.t.db, o.county);
  expect((await look(id)).run.fileDeletedAt).not.toBeNull();
  expect(await count("audit_entry where action = 'feed.delete'")).toBe((before ?? 0) + 1);
  expect(fs.readdirSync(h.incoming)).toEqual([]);

  const broken = newId();
  await send(broken, longList(2000));
  // A folder where the file should lie: no list, and no fault of the list.
  const at = path.join(h.incoming, `${o.county}-${broken}`);
  fs.rmSync(at);
  fs.mkdirSync(at);
  const worker = createWorker(h.t.db, h.house.jobs, { maxAttempts: 1, onError: () => {} });
  await worker.runDue();
  expect((await look(broken)).run.state).toBe("waiting");
  fs.rmdirSync(at);
  fs.writeFileSync(at, "left");
  await h.house.matching.sweep(h.t.db, o.county);
  expect((await look(broken)).run).toMatchObject({
    state: "failed",
    refusal: expect.stringContaining("请重新上传"),
  });
  expect((await look(broken)).run.fileDeletedAt).not.toBeNull();
  expect(fs.readdirSync(h.incoming)).toEqual([]);
});
