import { createAudit } from "@wuxin/engines/audit";
import { fixedClock, newId } from "@wuxin/kernel";
import type { Actor, Tx } from "@wuxin/platform";
import { systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, expect, test } from "vitest";
import { actor, allPaid, COUNTY, codeOf, openToyCounty, TOWN } from "../payments/testing.ts";
import type { Funds } from "./index.ts";
import { USE_PARAMETERS } from "./publicity-due.ts";
import { toyFunds } from "./testing.ts";

let toy: Awaited<ReturnType<typeof openToyCounty>>;
let colleague: Actor;
/** What the county has laid down; a test changes it. */
const parameters: Record<string, number> = { [USE_PARAMETERS.smallest]: 3 };
beforeAll(async () => {
  toy = await openToyCounty();
  colleague = { ...actor("township", "钱审核"), scope: TOWN };
});
afterAll(() => toy.close());

function on<T>(day: string, who: Actor, work: (tx: Tx, f: Funds) => Promise<T>): Promise<T> {
  const clock = fixedClock(day);
  const audit = createAudit({ clock, vault: toy.data.vault, settleMs: 0 });
  const { funds } = toyFunds({ toy, clock, audit, items: { soup: "热汤", bread: "面包" }, parameters });
  return toy.data.db.transact(who, (tx) => work(tx, funds));
}
const everybody = { ...systemActor(COUNTY), name: "公众" };
const allocate = (amountFen: number, day: string, id = newId()) =>
  on(day, toy.staff.finance, (tx, f) =>
    f.allocate(tx, {
      ...{ id, source: "县", document: "甲财社〔2024〕1号", issuedOn: "2024-01-10", item: "" },
      ...{ amountFen, receivedOn: day, note: "" },
    }),
  );
const draft = (period: string, day: string, who = toy.staff.clerk, divisionCode = COUNTY, id = newId()) =>
  on(day, who, async (tx, f) => {
    await f.publicity.draft(tx, { id, divisionCode, period });
    return id;
  });
const decide = (id: string, day: string, who: Actor, confirm = true, note = "") =>
  on(day, who, (tx, f) => f.publicity.decide(tx, id, { confirm, note }));
const seen = (day: string, township?: string) =>
  on(day, everybody, (tx, f) => f.publicity.hanging(tx, { township }));
async function payMonth(month: string, answered: string) {
  const roster = await toy.generate(month);
  await toy.signAll(roster.id);
  await toy.load(roster.id, allPaid(await toy.send(roster.id)));
  await on(answered, systemActor(COUNTY), (tx, f) => f.onRosterMoved(tx, { rosterId: roster.id }));
}

test("资金使用公示 keeps the ledger's figures of its draft, hangs once another has confirmed it, ends by itself, is taken down with a reason, takes objections", async () => {
  const { clerk, second, leader, finance, township } = toy.staff;
  expect(await codeOf(draft("2024-10", "2024-11-05"))).toBe("invalid-input");
  await allocate(2_000_000, "2024-10-08");
  await toy.award([await toy.person("甲")], { amountFen: 80_000 });
  await payMonth("2024-10", "2024-11-05");

  for (const who of [finance, leader, township])
    expect(await codeOf(draft("2024Q4", "2025-01-03", who))).toBe("forbidden");
  expect(await codeOf(draft("2024Q4", "2024-12-31"))).toBe("invalid-input");
  const id = await draft("2024Q4", "2025-01-03");
  await draft("2024Q4", "2025-01-03", clerk, COUNTY, id);
  expect(await codeOf(draft("2024Q4", "2025-01-03", second))).toBe("already-exists");
  // What is entered afterwards, even for a day of the period, does not change what was drafted.
  await allocate(50_000, "2024-12-30");
  expect(await seen("2025-01-03")).toEqual([]);
  expect(await on("2025-01-03", everybody, (tx, f) => f.publicity.notice(tx, id))).toBeUndefined();

  // Whoever drafted it does not confirm it, here or in the database; nobody below the county sees it.
  expect(await codeOf(decide(id, "2025-01-04", clerk))).toBe("same-signer");
  expect(await codeOf(decide(id, "2025-01-04", township))).toBe("not-found");
  expect(await codeOf(decide(id, "2025-01-04", finance))).toBe("forbidden");
  const raw = (who: Actor, sql: string) => codeOf(on("2025-01-04", who, (tx) => tx.exec(sql, [id])));
  const CONFIRM = `update fund_publicity set decision = 'confirmed', decided_by_name = 'x', decided_at = now(),
    decided_note = '', from_day = '2025-01-04', to_day = '2025-01-11', decided_by`;
  expect(await raw(clerk, `${CONFIRM} = app_account() where id = $1`)).toBe("23514");
  expect(await raw(clerk, `${CONFIRM} = gen_random_uuid() where id = $1`)).toBe("WX128");
  expect(await raw(second, "update fund_publicity set figures = '[]' where id = $1")).toBe("42501");

  expect(await codeOf(decide(id, "2025-01-04", second, false))).toBe("invalid-input");
  await decide(id, "2025-01-04", second, false, "少了一笔福彩");
  const back = await on("2025-01-04", clerk, (tx, f) => f.publicity.todo(tx));
  expect(back.returned).toMatchObject([{ id, why: "少了一笔福彩", by: "吴科员" }]);
  expect(await codeOf(decide(id, "2025-01-04", leader))).toBe("action-not-allowed");
  const again = await draft("2024Q4", "2025-01-04");
  expect((await on("2025-01-04", clerk, (tx, f) => f.publicity.todo(tx))).returned).toEqual([]);
  expect((await on("2025-01-04", leader, (tx, f) => f.publicity.todo(tx))).toConfirm).toMatchObject([
    { id: again, draftedBy: "周科员" },
  ]);
  const both = await Promise.allSettled([
    decide(again, "2025-01-05", leader),
    decide(again, "2025-01-05", second, false, "再看看"),
  ]);
  expect(both.map((r) => r.status).sort()).toEqual(["fulfilled", "rejected"]);
  const hangs = (await seen("2025-01-05")).length > 0 ? again : await draft("2024Q4", "2025-01-05");
  if (hangs !== again) await decide(hangs, "2025-01-05", leader);
  expect(await seen("2025-01-12")).toEqual([
    {
      ...{ id: hangs, title: "2024年第四季度资金使用情况", fromDate: "2025-01-05", toDate: "2025-01-12" },
      ...{ divisionCode: COUNTY, divisionName: COUNTY, place: null },
      rows: [
        {
          ...{ source: "县", document: "甲财社〔2024〕1号", itemTitle: "各事项统筹" },
          ...{ allocatedFen: 2_050_000, paidFen: 80_000, returnedFen: 0, recoveredFen: 0 },
          ...{ balanceFen: 1_970_000, uses: [{ title: "热汤", paidFen: 80_000 }] },
        },
      ],
    },
  ]);
  expect(await seen("2025-01-13")).toEqual([]);

  const notice = await on("2025-01-05", everybody, (tx, f) => f.publicity.notice(tx, hangs));
  if (!notice) throw new Error("no notice");
  const said = { id: newId(), name: "王邻居", phone: "", text: "这笔钱没有看到用在哪里" };
  const tell = (day: string) =>
    toy.run(everybody, (tx, p) => p.objections.tellOfFunds(tx, notice, said), day);
  expect(await codeOf(tell("2025-01-13"))).toBe("not-found");
  await tell("2025-01-06");
  await tell("2025-01-06");
  const waiting = await toy.run(clerk, (tx, p) => p.objections.waiting(tx), "2025-01-06");
  expect(waiting).toMatchObject([{ rosterId: null, itemTitle: "资金使用公示", dueOn: "2025-01-16" }]);
  await toy.run(clerk, (tx, p) =>
    p.objections.answer(tx, said.id, { result: "unfounded", answer: "已逐笔说明用途" }),
  );
  expect(await toy.run(clerk, (tx, p) => p.objections.ofFunds(tx))).toMatchObject([
    { fundPublicityId: hangs, publicityId: null, text: said.text, result: "unfounded" },
  ]);

  await on("2025-01-06", clerk, (tx, f) => f.publicity.takeDown(tx, hangs, { reason: "漏记一笔拨入" }));
  expect(await seen("2025-01-06")).toEqual([]);
  expect(await draft("2024Q4", "2025-01-06", second)).not.toBe(hangs);
});

test("a township publishes what was allotted to it and paid to its people, a village its sum: never so few that they point at a household", async () => {
  const { township, clerk, leader, finance } = toy.staff;
  const accountId = await on(
    "2024-11-06",
    finance,
    async (tx) => (await tx.one<{ id: string }>("select id from fund_account")).id,
  );
  await on("2024-11-10", finance, (tx, f) =>
    f.allot(tx, {
      ...{ id: newId(), accountId, divisionCode: TOWN, purpose: "冬季取暖", document: "甲民发〔2024〕9号" },
      ...{ on: "2024-11-10", amountFen: 30_000 },
    }),
  );
  const in1 = { division: `${TOWN}001` };
  for (const [name, item, place] of [
    ["乙", "soup", in1],
    ["丙", "soup", in1],
    ["丁", "soup", in1],
    ["戊", "bread", in1],
    ["己", "soup", { division: `${TOWN}002` }],
    ["庚", "soup", { division: `${COUNTY}102001` }],
  ] as const)
    await toy.award([await toy.person(name)], { item, amountFen: 10_000, fromMonth: "2024-11", ...place });
  await payMonth("2024-11", "2024-12-06");

  expect(await codeOf(draft("2024-11", "2024-12-10", township))).toBe("forbidden");
  expect(await codeOf(draft("2024-11", "2024-12-10", clerk, TOWN))).toBe("forbidden");
  expect(await codeOf(draft("2024-11", "2024-12-10", township, `${COUNTY}102`))).toBe("forbidden");
  const id = await draft("2024-11", "2024-12-10", township, TOWN);
  expect(await codeOf(decide(id, "2024-12-10", township))).toBe("same-signer");
  await decide(id, "2024-12-10", colleague);
  const [notice] = await seen("2024-12-11", TOWN);
  expect(notice).toMatchObject({ title: `${TOWN}2024年11月资金使用情况`, divisionCode: TOWN, rows: [] });
  // 甲 was paid for October and November; 庚 lives elsewhere; one household of 面包 does not stand alone.
  expect(notice?.place).toEqual({
    allotments: [
      {
        ...{ source: "县", document: "甲财社〔2024〕1号", itemTitle: "各事项统筹" },
        ...{ purpose: "冬季取暖", amountFen: 30_000 },
      },
    ],
    paid: [
      {
        ...{ title: "热汤、面包", households: 6, persons: 6, paidFen: 210_000 },
        from: ["县 甲财社〔2024〕1号"],
      },
    ],
    note: "单独不足 3 户的事项合并公示，为不暴露个人。",
  });
  expect(await seen("2024-12-11", `${COUNTY}102`)).toEqual([]);

  // Of the second village one household; of the first four, but with it only two would be left of the township.
  expect(await codeOf(draft("2024-11", "2024-12-12", township, `${TOWN}002`))).toBe("action-not-allowed");
  expect(await codeOf(draft("2024-11", "2024-12-12", township, `${TOWN}001`))).toBe("action-not-allowed");
  parameters[USE_PARAMETERS.smallest] = 2;
  const village = await draft("2024-11", "2024-12-12", township, `${TOWN}001`);
  await decide(village, "2024-12-12", leader);
  expect((await seen("2024-12-12", TOWN)).find((n) => n.id === village)?.place).toEqual({
    allotments: [],
    paid: [{ title: "各项待遇合计", households: 4, persons: 4, paidFen: 40_000, from: [] }],
    note: null,
  });
});

test("what is said against a township's is answered by the township; the county is told when it is late and may answer in its stead", async () => {
  const { clerk, township } = toy.staff;
  const elsewhere: Actor = { ...township, accountId: newId(), scope: `${COUNTY}102` };
  const [hung] = await seen("2024-12-12", TOWN);
  const of = await on("2024-12-12", everybody, (tx, f) => f.publicity.notice(tx, hung?.id ?? ""));
  if (!of) throw new Error("nothing hangs");
  const [one, two] = [newId(), newId()];
  for (const id of [one, two])
    await toy.run(
      everybody,
      (tx, p) =>
        p.objections.tellOfFunds(tx, of, { id, name: "王邻居", phone: "", text: "取暖的钱分给了谁" }),
      "2024-12-12",
    );
  const waiting = async (who: Actor, day: string) =>
    (await toy.run(who, (tx, p) => p.objections.waiting(tx), day)).map((o) => [o.id, o.late]);
  const both = (late: boolean) => [one, two].map((id) => [id, late]);
  expect(await waiting(township, "2024-12-13")).toEqual(expect.arrayContaining(both(false)));
  expect(await waiting(clerk, "2024-12-13")).toEqual([]);
  expect(await waiting(elsewhere, "2024-12-13")).toEqual([]);
  const answer = (who: Actor, id: string) =>
    toy.run(
      who,
      (tx, p) => p.objections.answer(tx, id, { result: "unfounded", answer: "按户发放，名单在村里" }),
      "2024-12-14",
    );
  expect(await codeOf(answer(elsewhere, one))).toBe("not-found");
  await answer(township, one);
  expect(await waiting(clerk, "2024-12-30")).toEqual([[two, true]]);
  const read = (who: Actor) => toy.run(who, (tx, p) => p.objections.ofFunds(tx), "2024-12-30");
  expect((await read(clerk)).find((o) => o.id === two)).toMatchObject({ canAnswer: true, inStead: true });
  expect((await read(township)).map((o) => o.id).sort()).toEqual([one, two].sort());
  await answer(clerk, two);
  expect((await read(township)).every((o) => o.result === "unfounded" && !o.canAnswer)).toBe(true);
});

test("what is due follows the county's parameters: nothing without them, else each period by its day", async () => {
  const { clerk, township } = toy.staff;
  const due = (day: string, who: Actor) => on(day, who, (tx, f) => f.publicity.due(tx));
  expect(await due("2025-01-20", clerk)).toMatchObject({ rows: [], cadence: /没有规定/ });
  Object.assign(parameters, { [USE_PARAMETERS.everyCounty]: 3, [USE_PARAMETERS.within]: 20 });
  // The first of the quarter was hung on the 5th, though it was taken down; before October there was no money.
  expect((await due("2025-02-10", clerk)).rows).toMatchObject([
    { divisionCode: COUNTY, period: "2024Q4", dueOn: "2025-01-20", publishedOn: "2025-01-05", onTime: true },
  ]);
  expect((await due("2025-04-21", clerk)).rows).toMatchObject([
    { period: "2025Q1", dueOn: "2025-04-20", publishedOn: null, late: true, canDraft: true },
    { period: "2024Q4" },
  ]);
  expect((await on("2025-04-02", clerk, (tx, f) => f.publicity.todo(tx))).toDraft).toMatchObject([
    { period: "2025Q1", dueOn: "2025-04-20", late: false },
  ]);
  expect((await due("2025-04-21", township)).rows).toEqual([]);
  parameters[USE_PARAMETERS.everyTownship] = 12;
  expect((await due("2025-04-21", township)).rows).toMatchObject([
    { divisionCode: TOWN, period: "2024", dueOn: "2025-01-20", late: true, canDraft: true },
  ]);
  parameters[USE_PARAMETERS.everyCounty] = 2;
  const wrong = await due("2025-04-21", clerk);
  expect(wrong.cadence).toContain("应为 1、3 或 12");
  expect(wrong.rows).toMatchObject([{ divisionCode: TOWN }]);
});
