import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { DomainError } from "@wuxin/kernel";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { systemActor } from "./database.ts";
import { cancelJob, createWorker, enqueue, findJob, type JobHandler, listJobs } from "./jobs.ts";
import { type TestDatabase, testDatabase } from "./testing/index.ts";

let t: TestDatabase;
const county = systemActor("430621");
const children: ChildProcess[] = [];

beforeAll(async () => {
  t = await testDatabase();
  await t.owner(`create table counted (n int primary key, by_pid int);
    alter table counted owner to wuxin_owner; grant select, insert on counted to wuxin_app`);
});
afterEach(() => t.owner("truncate job, counted"));
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await t.close();
});

const add = (kind: string, input = {}, id?: string) =>
  t.db.transact(county, (tx) => enqueue(tx, kind, input, id === undefined ? {} : { id }));
const look = (id: string) => t.db.read(county, (tx) => findJob(tx, id));
const until = async (check: () => Promise<boolean>, ms: number) => {
  const end = Date.now() + ms;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

test("a job runs once, shows its progress, and keeps its report", async () => {
  const id = await add("sum", { upTo: 3 });
  expect(await add("sum", { upTo: 3 }, id)).toBe(id);
  const seen: unknown[] = [];
  const sum: JobHandler = async ({ job, step, actor }) => {
    seen.push(job.input, actor.countyCode);
    await step(async () => ({ done: 2, total: 3, checkpoint: { at: "b" } }));
    seen.push((await look(id))?.done, (await look(id))?.state);
    return { total: 6 };
  };
  expect(await createWorker(t.db, { sum }).runDue()).toBe(1);
  expect(seen).toEqual([{ upTo: 3 }, "430621", 2, "running"]);
  expect(await look(id)).toMatchObject({
    state: "done",
    done: 2,
    total: 3,
    report: { total: 6 },
    attempts: 1,
  });
  expect(await createWorker(t.db, { sum }).runDue()).toBe(0);
});

test("a job is seen in its county only, and not when its transaction failed", async () => {
  await add("sum");
  expect(await t.db.read(systemActor("632224"), (tx) => listJobs(tx))).toEqual([]);
  const failing = t.db.transact(county, async (tx) => {
    await enqueue(tx, "sum", {});
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await t.db.read(county, (tx) => listJobs(tx))).toHaveLength(1);
});

test("a named error is told at once, another is tried again and then told plainly", async () => {
  const named = await add("named");
  const odd = await add("odd");
  const errors: unknown[] = [];
  const worker = createWorker(
    t.db,
    {
      named: () => Promise.reject(new DomainError("no-standard", "2024年1月没有低保标准，请先录入。")),
      odd: () => Promise.reject(new Error("socket hang up 430621199001011234")),
    },
    { maxAttempts: 2, onError: (error) => errors.push(error) },
  );
  await worker.runDue();
  expect(await look(named)).toMatchObject({ state: "failed", error: "2024年1月没有低保标准，请先录入。" });
  expect(await look(odd)).toMatchObject({ state: "queued", attempts: 1, error: null });
  await t.owner("update job set run_after = now()");
  await worker.runDue();
  const after = await look(odd);
  expect(after).toMatchObject({ state: "failed", attempts: 2 });
  expect(after?.error).not.toContain("43062119");
  expect(errors).toHaveLength(3);
});

test("cancelling stops a queued job at once and a running one at its next piece", async () => {
  const queued = await add("slow");
  await t.db.transact(county, (tx) => cancelJob(tx, queued));
  expect(await look(queued)).toMatchObject({ state: "cancelled" });
  const running = await add("slow");
  let pieces = 0;
  const slow: JobHandler = async ({ step }) => {
    for (let done = 1; done <= 9; done++) {
      await step(async () => ({ done }));
      pieces++;
      if (done === 2) await t.db.transact(county, (tx) => cancelJob(tx, running));
    }
  };
  await createWorker(t.db, { slow }).runDue();
  expect(pieces).toBe(2);
  expect(await look(running)).toMatchObject({ state: "cancelled", done: 2 });
  await expect(t.db.transact(county, (tx) => cancelJob(tx, running))).rejects.toMatchObject({
    code: "job-over",
  });
});

test("a worker that lost its lease cannot write any more", async () => {
  const id = await add("slow");
  const slow: JobHandler = async ({ step }) => {
    await t.owner("update job set worker = gen_random_uuid()"); // as if another had taken it over
    await step(async (tx) => {
      await tx.exec("insert into counted (n) values (1)");
      return { done: 1 };
    });
  };
  await createWorker(t.db, { slow }).runDue();
  expect(await t.owner("select * from counted")).toEqual([]);
  expect(await look(id)).toMatchObject({ state: "running", done: 0 });
});

test("stopping a worker gives its job back without costing it a try", async () => {
  const id = await add("slow");
  const worker = createWorker(t.db, {
    slow: async ({ step }) => {
      for (let done = 1; done <= 500; done++) {
        await step(async () => ({ done }));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  });
  worker.start();
  await until(async () => ((await look(id))?.done ?? 0) > 3, 5_000);
  await worker.stop();
  expect(await look(id)).toMatchObject({ state: "queued", attempts: 0 });
});

test("after kill -9 another process goes on within five seconds, from the last committed piece", async () => {
  const id = await add("count", { total: 60 });
  const start = () => {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", path.join(import.meta.dirname, "testing", "job-child.ts"), t.appUrl],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    children.push(child);
    return child;
  };
  const first = start();
  await until(async () => ((await look(id))?.done ?? 0) >= 10, 20_000);
  const second = start();
  await new Promise((resolve) => second.once("spawn", resolve));
  await new Promise((resolve) => setTimeout(resolve, 300)); // it must not take what is held
  first.kill("SIGKILL");
  const killedAt = Date.now();
  await until(
    async () => (await t.owner(`select 1 from counted where by_pid = ${second.pid}`)).length > 0,
    6_000,
  );
  expect(Date.now() - killedAt).toBeLessThan(5_500);
  await until(async () => (await look(id))?.state === "done", 20_000);
  const rows = await t.owner<{ n: number }>("select n from counted order by n");
  expect(rows.map((r) => r.n)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1)); // each once, none lost
  expect(await look(id)).toMatchObject({ attempts: 2, report: { total: 60 } });
}, 60_000);
