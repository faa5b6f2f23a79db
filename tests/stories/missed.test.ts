/** 应享未享 by the facts of the household: judged, kept with its days and rules, counted, opened to the household, ended when applied for. */
import { newId } from "@wuxin/kernel";
import { createWorker, systemActor } from "@wuxin/platform";
import { enqueueJudging } from "@wuxin/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { family, type Office, openOffice } from "./office.ts";

let h: TestHouse;
let o: Office;
let householdId: string;
beforeAll(async () => {
  h = await testHouse("2024-03-05");
  o = await openOffice(h);
});
afterAll(() => h.close());

/** As every night. */
async function night() {
  await h.t.db.transact(systemActor(o.county), (tx) => enqueueJudging(h.house, tx));
  await createWorker(h.t.db, h.house.jobs).runDue();
}
const kept = () =>
  h.t.owner<{
    item: string;
    state: string;
    people: number;
    since: string;
    until: string | null;
    version: string;
  }>(
    `select item, state, cardinality(person_ids) as people, since_on::text as since, until_on::text as until,
       rule_version as version from household_judgement where item = 'subsistence-allowance' order by since_on, until_on`,
  );
const counted = async (month: string) => {
  const { rows } = await o.as("xian", (tx) => h.house.indicators.list(tx, { month }));
  return rows.find((r) => r.code === "entitled_unreceived")?.value;
};

/** A worker writes down what the head earns a month. */
async function earns(fen: number) {
  const { members } = await o.as("zhen", (tx) => h.house.registry.getHousehold(tx, householdId));
  await o.as("zhen", (tx) =>
    h.house.facts.record(tx, [
      {
        ...{ id: newId(), subject: { kind: "person", id: members[0]!.personId }, name: "工资性收入" },
        ...{ value: fen, source: "入户调查", validFrom: h.clock.today() },
      },
    ]),
  );
}

const poor = family("苗应享", 100_000);

test("申请撤回的一户，按登记的事实符合低保：夜里判断、存下，指标按人计，点开到户；再判断一次不变", async () => {
  const caseId = await o.submit("zhen", o.form(poor));
  await night();
  // An open application settles it: nothing is missed.
  expect(await kept()).toEqual([]);
  h.clock.set("2024-03-06");
  await o.act("zhen", caseId, "withdraw", { reason: "要外出，先不办了。" });
  await night();
  const [row, ...more] = await kept();
  expect(more).toEqual([]);
  expect(row).toMatchObject({ state: "yes", people: 3, since: "2024-03-06", until: null });
  expect(row?.version).toMatch(/.+/);
  expect(await counted("2024-03")).toBe(3);
  const { rows } = await o.as("xian", (tx) =>
    h.house.indicators.drill(tx, "entitled_unreceived", { month: "2024-03" }),
  );
  expect(rows[0]).toMatchObject({ basis: "按登记的事实：低保", opens: "household" });
  householdId = String(rows[0]?.id);
  h.clock.set("2024-03-07");
  await earns(100_000);
  await night();
  expect(await kept()).toHaveLength(1);
});

test("事实有变，当天夜里重新判断：收入高了就不再算应享未享，原来的一段留着起止", async () => {
  h.clock.set("2024-04-02");
  await earns(900_000);
  await night();
  expect(await kept()).toMatchObject([
    { state: "yes", since: "2024-03-06", until: "2024-04-02" },
    { state: "no", since: "2024-04-02", until: null },
  ]);
  expect(await counted("2024-03")).toBe(3);
  expect(await counted("2024-04")).toBe(0);
});

test("没有新的事实，同一个月不再判断；村里看不到别处的，居民看不到判断", async () => {
  const before = await h.t.owner<{ at: string }>(
    "select judged_at::text as at from household_judged order by 1",
  );
  h.clock.set("2024-04-03");
  await night();
  expect(await h.t.owner("select judged_at::text as at from household_judged order by 1")).toEqual(before);
  const seen = await o.as("linzhen", (tx) => tx.query("select id from household_judgement"));
  expect(seen).toEqual([]);
});
