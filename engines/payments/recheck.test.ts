/** What was paid is asked again with what is known since; a person says what it comes to. */
import { newId } from "@wuxin/kernel";
import { type Actor, systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, expect, it } from "vitest";
import { actor, allPaid, type Citizen, COUNTY, codeOf, openToyCounty } from "./toy-county.ts";

type Toy = Awaited<ReturnType<typeof openToyCounty>>;
const LATER = "2024-10-08";
const auditor = actor("auditor", "审计员");
let toy: Toy;
let dead: Citizen;
let deadLine: string;
beforeAll(async () => {
  toy = await openToyCounty();
  dead = await toy.person("赵已故");
  await toy.award([dead]);
  await toy.award([await toy.person("钱在册")]);
  const both = await toy.person("孙两领");
  await toy.award([both]);
  await toy.award([both], { item: "tea", amountFen: 10_000 });
  const roster = await toy.generate("2024-09", undefined, "2024-09-05");
  await toy.signAll(roster.id, undefined, "2024-09-06");
  await toy.load(
    ...([roster.id, allPaid(await toy.send(roster.id, "csv", "2024-09-06"), "2024-09-07")] as const),
    ...([undefined, undefined, "2024-09-07"] as const),
  );
  deadLine = (await toy.linesOf(roster.id)).find((l) => l.payee === dead.name)?.id as string;
});
afterAll(() => toy.close());

const view = (who: Actor = auditor) => toy.run(who, (tx, p) => p.rechecks.view(tx, "2024-09"), LATER);
const run = (who: Actor = auditor) => toy.run(who, (tx, p) => p.rechecks.run(tx, "2024-09"), LATER);
const decide = (
  who: Actor,
  rule: string,
  outcome: "justified" | "recovery" | "clue",
  note = "查过原件，属实",
) =>
  toy.run(
    who,
    (tx, p) =>
      p.rechecks.decide(tx, {
        lineId: deadLine,
        rule,
        outcome,
        note,
        ...(outcome === "clue" ? { clueId: newId() } : {}),
      }),
    LATER,
  );

it("finds nothing while nothing is known; a death told later, a list and two benefits are found, each once", async () => {
  expect((await run()).rows).toEqual([]);
  await toy.data.owner(
    `update person set died_on = '2024-08-20', death_source = '村报' where id = '${dead.id}'`,
  );
  toy.listing([{ personId: dead.id, text: "殡葬火化名单", since: "2024-08-20" }]);
  toy.exclude(["soup", "tea"].map((item) => ({ item, slot: "热汤×茶水", article: "甲文第三条" })));
  const { rows, runs } = await run();
  expect(rows.map((r) => [r.payee, r.label, r.reason])).toEqual([
    ["赵已故", "已死亡仍发放", "赵已故（2024-08-20 死亡） 死亡后仍列入 2024-09 名册"],
    ["赵已故", "部门名单有命中", "赵已故：殡葬火化名单（2024-08-20）"],
    ["孙两领", "两项不能同领的都领了", "孙两领 当月还领了“茶水”"],
    ["孙两领", "两项不能同领的都领了", "孙两领 当月还领了“热汤”"],
  ]);
  expect(runs.map((r) => r.found)).toEqual([4, 0]);
  expect((await run()).rows).toHaveLength(4);
});

it("by the calendar once a month", async () => {
  const sweep = () =>
    toy.data.db.transact(systemActor(COUNTY), (tx) => toy.engines(LATER).payments.rechecks.sweep(tx));
  const before = (await view()).runs.length;
  await sweep();
  expect((await view()).runs).toHaveLength(before);
});

it("says what it comes to: not the maker, in words, and asks back only what is owed less", async () => {
  const { clerk, second, township } = toy.staff;
  expect(await codeOf(decide(clerk, "dead", "justified"))).toBe("same-signer");
  expect(await codeOf(decide(township, "dead", "justified"))).toBe("forbidden");
  expect(await codeOf(decide(second, "dead", "justified", "无"))).toBe("invalid-input");
  // Nobody has stopped it: as much is owed as was paid.
  expect(await codeOf(decide(second, "dead", "recovery"))).toBe("action-not-allowed");
  await toy.data.db.transact(systemActor(COUNTY), async (tx) => {
    const { entitlements, payments } = toy.engines(LATER);
    const event = { personId: dead.id, diedOn: "2024-08-20" };
    await entitlements.onDeath(tx, event as Parameters<typeof entitlements.onDeath>[1]);
    await payments.recoveries.onDeath(tx, event);
  });
  await decide(second, "dead", "recovery");
  await decide(auditor, "listed", "clue");
  expect(await codeOf(decide(auditor, "dead", "justified"))).toBe("action-not-allowed");
  const { rows, open } = await view(second);
  expect(open).toBe(2);
  expect(rows.find((r) => r.rule === "dead")).toMatchObject({
    outcomeLabel: "追缴",
    decidedBy: "吴科员",
    canDecide: false,
  });
  expect(rows.find((r) => r.rule === "dead")?.recoveryId).toBeTruthy();
  expect((await run()).rows).toHaveLength(4);
});

it("what nobody asks back and is owed less is found as such", async () => {
  const paidTwice = await toy.person("李多付");
  await toy.award([paidTwice], { decidedOn: "2024-10-01", fromMonth: "2024-10" });
  const roster = await toy.generate("2024-10", undefined, "2024-10-05");
  await toy.signAll(roster.id, undefined, "2024-10-06");
  await toy.load(
    ...([roster.id, allPaid(await toy.send(roster.id, "csv", "2024-10-06"), "2024-10-07")] as const),
    ...([undefined, undefined, "2024-10-07"] as const),
  );
  await toy.data.owner(
    `update entitlement_amount set amount_fen = 30000 where entitlement_id in (select id from entitlement where payee_id = '${paidTwice.id}')`,
  );
  const { rows } = await toy.run(auditor, (tx, p) => p.rechecks.run(tx, "2024-10"), LATER);
  expect(rows.find((r) => r.payee === "李多付")?.reason).toBe(
    "2024-10 已付 500.00 元，按现在登记的情况应发 300.00 元，还没有提出追缴",
  );
});
