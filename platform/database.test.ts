import { afterAll, beforeAll, expect, test } from "vitest";
import { type Actor, connect, type Database, isUniqueViolation, json, systemActor } from "./database.ts";
import { type TestDatabase, testDatabase } from "./testing/index.ts";

let t: TestDatabase;
let db: Database;

const county = systemActor("430621");
const actor = (over: Partial<Actor>): Actor => ({ ...county, role: "officer", name: "李四", ...over });

beforeAll(async () => {
  t = await testDatabase();
  db = t.db;
  await t.owner(`
    create table toy_visit (county_code text, division_code text, id int, amount_fen bigint, on_date date,
      at timestamptz, rate numeric, sealed bytea, extra jsonb, tags text[], days date[], person_id uuid, primary key (county_code, id));
    alter table toy_visit owner to wuxin_owner; alter table toy_visit enable row level security; alter table toy_visit force row level security;
    create policy p on toy_visit using (county_code = app_county() and in_scope(division_code));
    grant select, insert, update on toy_visit to wuxin_app`);
  await t.owner(`insert into toy_visit (county_code, division_code, id) values
    ('430621','430621101',1), ('430621','430621102',2), ('430621','430621102003',3), ('420103','420103001',1), ('430621','430621',4)`);
});
afterAll(() => t.close());

const ids = (who: Actor) =>
  db.read(who, async (tx) =>
    (await tx.query<{ id: number }>("select id from toy_visit order by id")).map((r) => r.id),
  );

test("a county sees its rows, a township its own, an empty scope nothing", async () => {
  expect(await ids(county)).toEqual([1, 2, 3, 4]);
  expect(await ids(actor({ scope: "430621102" }))).toEqual([2, 3]);
  expect(await ids(actor({ scope: "430621102003" }))).toEqual([3]);
  expect(await ids(actor({ scope: "" }))).toEqual([]);
  expect(await ids(systemActor("632224"))).toEqual([]);
  // The scope of one county with the code of another: nothing, not either.
  expect(await ids(actor({ scope: "420103" }))).toEqual([]);
});

test("without a transaction of ours nothing is seen, also on a connection that had an actor", async () => {
  const one = connect(t.appUrl, { max: 1 });
  expect(await one.read(county, async (tx) => (await tx.query("select id from toy_visit")).length)).toBe(4);
  const bare = await one.read(county, async (tx) => {
    await tx.exec("select set_config('app.county', '', true), set_config('app.scope', '', true)");
    return tx.query("select id from toy_visit");
  });
  expect(bare).toEqual([]);
  await one.close();
});

test("a row outside the scope can be neither written nor moved", async () => {
  const township = actor({ scope: "430621101" });
  const put = db.transact(township, (tx) =>
    tx.exec("insert into toy_visit (county_code, division_code, id) values ('430621','430621102',9)"),
  );
  await expect(put).rejects.toThrow(/row-level security/);
  const move = db.transact(township, (tx) =>
    tx.exec("update toy_visit set division_code = '430621102' where id = 1"),
  );
  await expect(move).rejects.toThrow(/row-level security/);
  expect(await db.transact(township, (tx) => tx.exec("update toy_visit set rate = 1 where id = 2"))).toBe(0);
});

test("the scope test is a plain range that an index can serve", async () => {
  await t.owner("create index on toy_visit (county_code, division_code)");
  const [first] = await db.transact(county, async (tx) => {
    await tx.exec("set local enable_seqscan = off");
    return tx.query<{ "QUERY PLAN": { Plan: object }[] }>("explain (format json) select * from toy_visit");
  });
  const text = JSON.stringify(first?.["QUERY PLAN"]);
  expect(text).toMatch(/Index Cond.*division_code >=/);
});

test("values arrive as the house wants them", async () => {
  const sealed = Buffer.from([0, 1, 255]);
  const row = await db.transact(county, async (tx) => {
    const inserted = await tx.bulkInsert(
      "toy_visit",
      [
        "county_code",
        "division_code",
        "id",
        "amount_fen",
        "on_date",
        "at",
        "rate",
        "sealed",
        "extra",
        "tags",
        "days",
      ],
      [
        [
          "430621",
          "430621",
          100,
          123456,
          "2024-02-29",
          "2024-03-01T08:00:00+08:00",
          "0.10",
          sealed,
          [{ a: 1 }],
          ["甲", 'x"y'],
          ["2024-01-01"],
        ],
        ["430621", "430621", 101, null, null, undefined, null, null, null, null, null],
      ],
    );
    expect(inserted).toBe(2);
    return tx.one<Record<string, unknown>>("select * from toy_visit where id = $1", [100]);
  });
  expect(row).toMatchObject({
    amount_fen: 123456,
    on_date: "2024-02-29",
    at: "2024-03-01T00:00:00.000Z",
    rate: "0.10",
    sealed,
    extra: [{ a: 1 }],
    tags: ["甲", 'x"y'],
    days: ["2024-01-01"],
  });
  const big = db.read(county, (tx) => tx.one("select 9007199254740993::bigint as n"));
  await expect(big).rejects.toMatchObject({ code: "number-too-large" });
  const numbers = await db.read(county, (tx) => tx.one<{ n: number[] }>("select array[1, 2]::bigint[] as n"));
  expect(numbers.n).toEqual([1, 2]);
  const back = await db.read(county, (tx) => tx.one<{ v: unknown }>("select $1::jsonb as v", [json([1, 2])]));
  expect(back.v).toEqual([1, 2]);
});

test("a failure undoes everything and names the constraint", async () => {
  const twice = db.transact(county, async (tx) => {
    await tx.exec("insert into toy_visit (county_code, division_code, id) values ('430621','430621',200)");
    await tx.exec("insert into toy_visit (county_code, division_code, id) values ('430621','430621',1)");
  });
  const error = await twice.catch((e: unknown) => e);
  expect(isUniqueViolation(error, "toy_visit_pkey")).toBe(true);
  expect(isUniqueViolation(error, "other")).toBe(false);
  expect(await ids(county)).not.toContain(200);
});

test("two transactions that read and write across each other both end well", async () => {
  let runs = 0;
  let haveRead = 0;
  let letBothGo = () => {};
  const bothHaveRead = new Promise<void>((resolve) => {
    letBothGo = resolve;
  });
  const raise = (id: number, other: number) =>
    db.transact(
      county,
      async (tx) => {
        runs++;
        const { n } = await tx.one<{ n: number }>(
          "select coalesce(amount_fen, 0) as n from toy_visit where id = $1",
          [other],
        );
        // Neither writes before both have read, however slow the machine: so they do cross.
        if (++haveRead === 2) letBothGo();
        await bothHaveRead;
        await tx.exec("update toy_visit set amount_fen = $1 where id = $2", [n + 1, id]);
      },
      { isolation: "serializable" },
    );
  await Promise.all([raise(1, 2), raise(2, 1)]);
  expect(runs).toBeGreaterThan(2);
  const rows = await t.owner<{ n: number }>(
    "select amount_fen as n from toy_visit where county_code = '430621' and id in (1, 2) order by 1",
  );
  expect(rows.map((r) => r.n)).toEqual([1, 2]); // as if one ran after the other
});

test("deadlocks are run again", async () => {
  const both = (first: number, second: number) =>
    db.transact(county, async (tx) => {
      await tx.exec("update toy_visit set rate = 1 where id = $1", [first]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await tx.exec("update toy_visit set rate = 1 where id = $1", [second]);
    });
  await expect(Promise.all([both(1, 2), both(2, 1)])).resolves.toHaveLength(2);
});

test("reading transactions refuse to write, ended ones refuse to work, strange actors are refused", async () => {
  await expect(db.read(county, (tx) => tx.exec("update toy_visit set rate = 2"))).rejects.toThrow(
    /read-only/,
  );
  const tx = await db.read(county, async (open) => open);
  await expect(tx.query("select 1")).rejects.toMatchObject({ code: "transaction-over" });
  const odd = actor({ scope: "430621%' or true --" });
  await expect(db.read(odd, (open) => open.query("select 1"))).rejects.toMatchObject({ code: "bad-actor" });
  await expect(db.read(county, (open) => open.one("select 1 where false"))).rejects.toMatchObject({
    code: "row-missing",
  });
  expect(await db.read(county, (open) => open.maybe("select 1 where false"))).toBeUndefined();
});

test("a plan that was made for one county is no other's: each prepares its own", async () => {
  const text = "select count(*) as n, 'whose plan' as t where $1::int > 0";
  const mine = (of: Actor) =>
    t.db.read(of, async (tx) => {
      for (let i = 0; i < 4; i++) await tx.query(text, [1]);
      return tx.query<{ name: string }>("select name from pg_prepared_statements where statement = $1", [
        text,
      ]);
    });
  const one = await mine(county);
  const both = await mine({ ...county, countyCode: "430121", scope: "430121" });
  expect(one).toHaveLength(1);
  expect(both).toHaveLength(2);
});
test("a statement used often is prepared once", async () => {
  const one = connect(t.appUrl, { max: 1 });
  const names = await one.read(county, async (tx) => {
    for (let i = 0; i < 5; i++) await tx.query("select id from toy_visit where id = $1", [i]);
    return tx.query<{ statement: string }>("select statement from pg_prepared_statements");
  });
  expect(names.map((r) => r.statement)).toEqual(["select id from toy_visit where id = $1"]);
  await one.close();
});

test("a connection cut between two statements fails its transaction, not the process", async () => {
  const cut = db.transact(county, async (tx) => {
    const { pid } = await tx.one<{ pid: number }>("select pg_backend_pid() as pid");
    await t.owner("select pg_terminate_backend($1)", [pid]);
    // The news arrives while nobody waits for an answer.
    await new Promise((resolve) => setTimeout(resolve, 100));
    return tx.query("select 1");
  });
  await expect(cut).rejects.toThrow();
});
