import { createAudit } from "@wuxin/engines/audit";
import { fixedClock, newId } from "@wuxin/kernel";
import type { Actor, Tx } from "@wuxin/platform";
import { systemActor } from "@wuxin/platform";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allPaid, COUNTY, codeOf, openToyCounty } from "../payments/testing.ts";
import type { Funds } from "./index.ts";
import { periodOf } from "./publicity.ts";
import { toyFunds } from "./testing.ts";

let toy: Awaited<ReturnType<typeof openToyCounty>>;
beforeAll(async () => {
  toy = await openToyCounty();
});
afterAll(() => toy.close());

function on<T>(day: string, who: Actor, work: (tx: Tx, f: Funds) => Promise<T>): Promise<T> {
  const clock = fixedClock(day);
  const audit = createAudit({ clock, vault: toy.data.vault, settleMs: 0 });
  const { funds } = toyFunds({ toy, clock, audit, items: { soup: "热汤" } });
  return toy.data.db.transact(who, (tx) => work(tx, funds));
}
const everybody = { ...systemActor(COUNTY), name: "公众" };

test("a month, a quarter and a year have their days and names", () => {
  expect(periodOf("2024-02")).toEqual({
    ...{ from: "2024-02-01", to: "2024-02-29", title: "2024年2月资金使用情况" },
  });
  expect(periodOf("2024Q4")).toMatchObject({ from: "2024-10-01", to: "2024-12-31" });
  expect(periodOf("2024").title).toBe("2024年资金使用情况");
  expect(() => periodOf("2024-13")).toThrow("请选择");
});

test("资金使用公示 keeps the ledger's figures of its day, ends by itself, is taken down with a reason, takes objections", async () => {
  const { clerk, finance } = toy.staff;
  const allocate = (amountFen: number, day: string) =>
    on(day, finance, (tx, f) =>
      f.allocate(tx, {
        ...{ id: newId(), source: "县", document: "甲财社〔2024〕1号", issuedOn: "2024-01-10", item: "" },
        ...{ amountFen, receivedOn: day, note: "" },
      }),
    );
  const publish = (period: string, day: string, id = newId(), who = clerk) =>
    on(day, who, async (tx, f) => {
      await f.publicity.publish(tx, { id, period });
      return id;
    });
  expect(await codeOf(publish("2024-10", "2024-11-05"))).toBe("invalid-input");
  await allocate(200_000, "2024-10-08");
  await toy.award([await toy.person("甲")], { amountFen: 80_000 });
  const roster = await toy.generate("2024-10");
  await toy.signAll(roster.id);
  await toy.load(roster.id, allPaid(await toy.send(roster.id)));
  await on("2024-11-05", systemActor(COUNTY), (tx, f) => f.onRosterMoved(tx, { rosterId: roster.id }));

  expect(await codeOf(publish("2024Q4", "2025-01-03", newId(), finance))).toBe("forbidden");
  expect(await codeOf(publish("2024Q4", "2024-12-31"))).toBe("invalid-input");
  const id = await publish("2024Q4", "2025-01-03");
  await publish("2024Q4", "2025-01-03", id);
  expect(await codeOf(publish("2024Q4", "2025-01-03"))).toBe("already-exists");
  // What is entered afterwards, even for a day of the period, does not change what hangs.
  await allocate(50_000, "2024-12-30");
  const seen = (day: string) => on(day, everybody, (tx, f) => f.publicity.hanging(tx));
  expect(await seen("2025-01-10")).toEqual([
    {
      ...{ id, title: "2024年第四季度资金使用情况", fromDate: "2025-01-03", toDate: "2025-01-10" },
      rows: [
        {
          ...{ source: "县", document: "甲财社〔2024〕1号", itemTitle: "各事项统筹" },
          ...{ allocatedFen: 200_000, paidFen: 80_000, returnedFen: 0, recoveredFen: 0, balanceFen: 120_000 },
          uses: [{ title: "热汤", paidFen: 80_000 }],
        },
      ],
    },
  ]);
  expect(await seen("2025-01-11")).toEqual([]);
  expect(
    await codeOf(
      on("2025-01-04", clerk, (tx) =>
        tx.exec("update fund_publicity set figures = '[]' where id = $1", [id]),
      ),
    ),
  ).toBe("42501");

  const notice = await on("2025-01-04", everybody, (tx, f) => f.publicity.notice(tx, id));
  if (!notice) throw new Error("no notice");
  const said = { id: newId(), name: "王邻居", phone: "", text: "这笔钱没有看到用在哪里" };
  const tell = (day: string) =>
    toy.run(everybody, (tx, p) => p.objections.tellOfFunds(tx, notice, said), day);
  expect(await codeOf(tell("2025-01-11"))).toBe("not-found");
  await tell("2025-01-04");
  await tell("2025-01-04");
  const waiting = await toy.run(clerk, (tx, p) => p.objections.waiting(tx), "2025-01-05");
  expect(waiting).toMatchObject([{ rosterId: null, itemTitle: "资金使用公示", dueOn: "2025-01-14" }]);
  await toy.run(clerk, (tx, p) =>
    p.objections.answer(tx, said.id, { result: "unfounded", answer: "已逐笔说明用途" }),
  );
  expect(await toy.run(clerk, (tx, p) => p.objections.ofFunds(tx))).toMatchObject([
    { fundPublicityId: id, publicityId: null, text: said.text, result: "unfounded" },
  ]);

  await on("2025-01-05", clerk, (tx, f) => f.publicity.takeDown(tx, id, { reason: "漏记一笔拨入" }));
  expect(await seen("2025-01-05")).toEqual([]);
  await publish("2024Q4", "2025-01-05");
  expect((await seen("2025-01-05"))[0]?.rows[0]).toMatchObject({
    allocatedFen: 250_000,
    balanceFen: 170_000,
  });
  const { list } = await on("2025-01-05", clerk, (tx, f) => f.publicity.list(tx));
  expect(list.map((p) => [p.takeDownReason, p.canTakeDown])).toEqual([
    [null, true],
    ["漏记一笔拨入", false],
  ]);
});
