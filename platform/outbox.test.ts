import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemActor } from "./database.ts";
import { createDispatcher, emit, listDead, type OutboxHandler, revive } from "./outbox.ts";
import { type TestDatabase, testDatabase } from "./testing/index.ts";

let t: TestDatabase;
const yueyang = systemActor("430621");
const gangcha = systemActor("632224");

beforeAll(async () => {
  t = await testDatabase();
  await t.owner(`create table heard (county_code text default app_county(), note text, primary key (county_code, note));
    alter table heard owner to wuxin_owner; grant select, insert on heard to wuxin_app`);
});
beforeEach(() => t.owner("truncate outbox, heard"));
afterAll(() => t.close());

const note: OutboxHandler = async (tx, event) => {
  await tx.exec("insert into heard (note) values ($1) on conflict do nothing", [
    (event.payload as { note: string }).note,
  ]);
};
const heard = async () =>
  (await t.owner<{ h: string }>("select county_code || note as h from heard order by 1")).map((r) => r.h);
const states = async () =>
  (
    await t.owner<{ s: string }>("select kind || ' ' || state || ' ' || attempts as s from outbox order by 1")
  ).map((r) => r.s);

test("an event is heard in its own county, once its transaction has committed, and only then", async () => {
  await t.db.transact(yueyang, (tx) => emit(tx, "case.approved", { note: "甲" }));
  await t.db.transact(gangcha, (tx) => emit(tx, "case.approved", { note: "乙" }));
  const lost = t.db.transact(yueyang, async (tx) => {
    await emit(tx, "case.approved", { note: "丙" });
    throw new Error("changed my mind");
  });
  await expect(lost).rejects.toThrow("changed my mind");
  const dispatcher = createDispatcher(t.db, { "case.approved": note });
  expect(await dispatcher.drain("430621")).toBe(1);
  expect(await heard()).toEqual(["430621甲"]);
  expect(await dispatcher.drain()).toBe(1);
  expect(await heard()).toEqual(["430621甲", "632224乙"]);
  expect(await dispatcher.drain()).toBe(0);
});

test("one county does not see the other's events", async () => {
  await t.db.transact(yueyang, (tx) => emit(tx, "x", {}));
  expect(await t.db.read(gangcha, (tx) => tx.query("select id from outbox"))).toEqual([]);
});

test("all handlers of an event succeed together or are tried again together", async () => {
  let down = true;
  const second: OutboxHandler = async () => {
    if (down) throw new Error("bank is closed");
  };
  const dispatcher = createDispatcher(t.db, { paid: [note, second] }, { firstBackoffMs: 0 });
  await t.db.transact(yueyang, (tx) => emit(tx, "paid", { note: "甲" }));
  const slow = createDispatcher(t.db, { paid: [note, second] });
  expect(await slow.drain()).toBe(0);
  expect(await heard()).toEqual([]);
  expect(await states()).toEqual(["paid pending 1"]);
  expect(await slow.drain()).toBe(0); // waits its half minute
  expect(await states()).toEqual(["paid pending 1"]);
  await t.owner("update outbox set next_attempt_at = now()");
  down = false;
  expect(await dispatcher.drain()).toBe(1);
  expect(await heard()).toEqual(["430621甲"]);
});

test("what never succeeds is dead, visible with its reason, and can be revived; the rest goes on", async () => {
  const dispatcher = createDispatcher(
    t.db,
    { bad: () => Promise.reject(new Error("no such office")), good: note },
    { maxAttempts: 3, firstBackoffMs: 0 },
  );
  await t.db.transact(yueyang, async (tx) => {
    await emit(tx, "bad", {});
    await emit(tx, "good", { note: "甲" });
    await emit(tx, "unheard", {});
  });
  expect(await dispatcher.drain()).toBe(1);
  expect(await states()).toEqual(["bad dead 3", "good done 1", "unheard ignored 1"]);
  const [dead] = await t.db.read(yueyang, listDead);
  expect(dead).toMatchObject({ kind: "bad", attempts: 3, lastError: "no such office" });
  const id = dead?.id ?? "";
  await t.db.transact(yueyang, (tx) => revive(tx, id));
  expect(await createDispatcher(t.db, { bad: async () => {} }).drain()).toBe(1);
  await expect(t.db.transact(yueyang, (tx) => revive(tx, id))).rejects.toMatchObject({
    code: "event-not-dead",
  });
});

test("a handler that breaks the transaction in SQL is recorded all the same", async () => {
  const dispatcher = createDispatcher(t.db, { sql: async (tx) => void (await tx.exec("select 1 / 0")) });
  await t.db.transact(yueyang, (tx) => emit(tx, "sql", {}));
  expect(await dispatcher.drain()).toBe(0);
  expect(await t.owner("select last_error from outbox")).toEqual([{ last_error: "22012: division by zero" }]);
});

test("four dispatchers at once handle each event once", async () => {
  await t.db.transact(yueyang, async (tx) => {
    for (let i = 0; i < 20; i++) await emit(tx, "count", { note: String(i) });
  });
  let calls = 0;
  const handler: OutboxHandler = async (tx, event) => {
    calls++;
    await note(tx, event);
  };
  const all = await Promise.all([1, 2, 3, 4].map(() => createDispatcher(t.db, { count: handler }).drain()));
  expect(all.reduce((a, b) => a + b)).toBe(20);
  expect(calls).toBe(20);
  expect(await heard()).toHaveLength(20);
});
