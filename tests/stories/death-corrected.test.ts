/** 更正死亡登记: of the wrong person, or with the wrong day; asked by one, confirmed by another, what hung on it put right. */
import { contract } from "@wuxin/contract";
import { type Month, newId } from "@wuxin/kernel";
import { createHandlers } from "@wuxin/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, family, MARCH, monthRoster, type Office, openOffice, paidOn } from "./office.ts";

type Who = Parameters<Office["as"]>[0];
let h: TestHouse;
let o: Office;
const ids: Record<string, string> = {};
beforeAll(async () => {
  h = await testHouse("2024-03-01");
  o = await openOffice(h);
  await o.award(family("江水根", 120_000), MARCH);
  for (const name of ["严守田", "孙桂香", "何秋菊"]) await o.award(alone(name, "1950-03-02"), MARCH);
  for (const p of await h.t.owner<{ id: string; name: string }>("select id, name from person"))
    ids[p.name] = p.id;
  for (const month of ["2024-04", "2024-05", "2024-06"]) await paidMonth(month);
});
afterAll(() => h.close());

async function paidMonth(month: Month): Promise<string> {
  h.clock.set(`${month}-05`);
  const { id } = await monthRoster(o, month);
  await o.signAll(id);
  const answer = await o.bankAnswers(id, () => paidOn(`${month}-08`));
  h.clock.set(`${month}-09`);
  await o.as("caiwu", (tx) =>
    h.house.payments.loadReturn(tx, id, { id: newId(), fileName: "回盘.csv", bytes: answer }),
  );
  return id;
}
const doors = () => createHandlers(h.house, { demo: false }).handlers;
const staff = (who: Who) => ({ caller: { actor: o.actor(who) } }) as never;
const page = async (who: Who, name: string) =>
  contract.getPerson.response.parse(
    await doors().getPerson({ params: { id: ids[name] } } as never, staff(who)),
  );
const dies = async (name: string, on: string) => {
  await doors().reportDeath(
    { params: { id: ids[name] }, body: { id: newId(), diedOn: on, source: "村里报告" } } as never,
    staff("zhen"),
  );
};
const ask = (who: Who, name: string, rightOn: string | null) =>
  doors().askDeathCorrection(
    { params: { id: ids[name] }, body: { id: newId(), rightOn, reason: "对照火化证，登错了" } } as never,
    staff(who),
  );
async function answer(who: Who, name: string, given: boolean, note = "") {
  const id = (await page("xian", name)).deathCorrection?.id;
  const told = await doors().answerDeathCorrection(
    { params: { id }, body: { given, note } } as never,
    staff(who),
  );
  return contract.answerDeathCorrection.response.parse(told).told;
}
async function withdraw(who: Who, name: string) {
  const id = (await page("xian", name)).deathCorrection?.id;
  await doors().withdrawDeathCorrection({ params: { id } } as never, staff(who));
}
const recoveries = async (name: string) =>
  (await o.as("xian", (tx) => h.house.payments.recoveries.list(tx, {}))).rows
    .filter((r) => r.payee === name)
    .map((r) => [r.state, r.amountFen, r.leftFen]);
const months = async (rosterId: string, name: string) =>
  (await o.as("xian", (tx) => h.house.payments.listLines(tx, rosterId, { size: 100 }))).rows
    .filter((l) => l.payee === name)
    .map((l) => [l.month, l.change, l.amountFen]);
const todo = async (who: Who) =>
  contract.workbench.response
    .parse(await doors().workbench({} as never, staff(who)))
    .groups.flatMap((g) => g.rows)
    .filter((r) => r.itemTitle === "死亡登记")
    .map((r) => [r.todo, r.waiting]);

test("登错日期：提出的人不能确认，数据库也不收；另一人确认后五月算应发，追缴按新日期重提", async () => {
  h.clock.set("2024-07-02");
  await dies("孙桂香", "2024-04-20");
  const asked = Number((await recoveries("孙桂香"))[0]?.[1]);
  const each = asked / 2;
  expect(each).toBeGreaterThan(0);
  await ask("xian", "孙桂香", "2024-05-10");
  await expect(ask("zhen", "孙桂香", null)).rejects.toMatchObject({ code: "already-exists" });
  // Taken back by who asked, by nobody else; the database says so too. Then it can be asked anew.
  expect((await page("fuhe", "孙桂香")).deathCorrection?.canWithdraw).toBe(false);
  await expect(withdraw("fuhe", "孙桂香")).rejects.toThrow("由提出的人撤回");
  await expect(
    o.as("fuhe", (tx) =>
      tx.exec(
        "update death_correction set state = 'withdrawn', decided_by = app_account(), decided_by_name = '别人', decided_at = now()",
      ),
    ),
  ).rejects.toThrow("death_correction_two_people");
  expect((await page("xian", "孙桂香")).deathCorrection?.canWithdraw).toBe(true);
  await withdraw("xian", "孙桂香");
  expect((await page("xian", "孙桂香")).deathCorrection).toMatchObject({
    state: "withdrawn",
    canWithdraw: false,
  });
  await expect(answer("fuhe", "孙桂香", true)).rejects.toMatchObject({ code: "action-not-allowed" });
  await ask("xian", "孙桂香", "2024-05-10");
  await expect(answer("xian", "孙桂香", true)).rejects.toMatchObject({ code: "same-signer" });
  await expect(
    o.as("xian", (tx) =>
      tx.exec(
        "update death_correction set state = 'confirmed', decided_by = app_account(), decided_by_name = '我', decided_at = now() where state = 'proposed'",
      ),
    ),
  ).rejects.toThrow("death_correction_two_people");
  await expect(
    o.as("xian", (tx) => tx.exec("update person set died_on = '2024-05-10' where died_on is not null")),
  ).rejects.toThrow("without a second person");
  expect(await todo("xian")).toEqual([]);
  expect(await todo("fuhe")).toEqual([["确认更正死亡登记", `${o.ref("xian").name}提出`]]);
  // What it would do is shown before; nothing is done.
  const shown = (await page("fuhe", "孙桂香")).deathCorrection;
  expect(shown?.whyNot).toBeNull();
  expect(shown?.told.map((t) => t.text)).toContain("改为发至 2024-05 止。");
  expect(await recoveries("孙桂香")).toEqual([["proposed", asked, asked]]);

  expect(await answer("fuhe", "孙桂香", true)).toEqual(shown?.told);
  const after = await page("xian", "孙桂香");
  expect(after).toMatchObject({ diedOn: "2024-05-10", entitlements: [{ endMonth: "2024-05" }] });
  expect(after.chain.find((e) => e.title === "更正死亡登记")?.text).toContain("2024-04-20 更正为 2024-05-10");
  expect((await recoveries("孙桂香")).sort()).toEqual([
    ["dismissed", asked, 0],
    ["proposed", each, each],
  ]);
});

test("没有死亡：退回要写理由；确认后六月（已发）不再追，八月名册补上缺的七月一次，九月不再补", async () => {
  await dies("严守田", "2024-05-20");
  expect((await recoveries("严守田")).map(([state]) => state)).toEqual(["proposed"]);
  const july = await paidMonth("2024-07");
  expect((await months(july, "严守田")).map(([, change]) => change)).toEqual(["stopped"]);
  h.clock.set("2024-08-01");
  await ask("zhen", "严守田", null);
  expect((await page("zhen", "严守田")).deathCorrection).toMatchObject({
    whyNot: "更正死亡登记由县级经办确认。",
  });
  await expect(answer("fuhe", "严守田", false, "")).rejects.toThrow("请写明不同意的理由");
  await answer("fuhe", "严守田", false, "请附派出所证明");
  expect((await page("zhen", "严守田")).deathCorrection).toMatchObject({
    ...{ state: "refused", note: "请附派出所证明" },
  });
  await ask("zhen", "严守田", null);
  const told = await answer("xian", "严守田", true);
  expect(told.map((t) => [t.title, t.left])).toEqual([
    ["家庭", false],
    ["最低生活保障", false],
    ["追缴低保", false],
  ]);
  const after = await page("zhen", "严守田");
  expect(after).toMatchObject({
    diedOn: null,
    canReportDeath: true,
    entitlements: [{ endMonth: null, stateLabel: "在享" }],
  });
  expect(after.householdId).not.toBeNull();
  expect(await recoveries("严守田")).toMatchObject([["dismissed", expect.any(Number), 0]]);
  // Heard once more, nothing changes.
  const e = after.entitlements[0]?.id ?? "";
  const full = () => o.as("xian", (tx) => h.house.entitlements.page(tx, e));
  const { reviews, amounts } = await full();
  expect(reviews.filter((r) => r.doneOn === null)).toHaveLength(1);
  await o.as("xian", (tx) =>
    h.house.entitlements.onDeathCorrected(tx, {
      ...{ correctionId: newId(), personId: ids.严守田 ?? "", diedOn: "2024-05-20", rightOn: null },
    }),
  );
  expect((await full()).amounts).toEqual(amounts);

  const august = await paidMonth("2024-08");
  const sum = amounts.at(-1)?.amountFen;
  expect(await months(august, "严守田")).toEqual([
    ["2024-08", "new", sum],
    ["2024-07", "backpay", sum],
  ]);
  const september = await paidMonth("2024-09");
  expect(await months(september, "严守田")).toEqual([["2024-09", "same", sum]]);
});

test("家里的一个人登错了：重新算作保障对象，核查办结，金额不变；已按少一人决定过的不猜", async () => {
  const child = "江小宝";
  await dies(child, "2024-08-15");
  const id = (await page("xian", child)).entitlements[0]?.id ?? "";
  const full = () => o.as("xian", (tx) => h.house.entitlements.page(tx, id));
  const before = await full();
  expect(before.reviews.filter((r) => r.doneOn === null)).toHaveLength(2);
  // Given to one department, drafted for another.
  const lists = h.house.deathLists;
  const [given, drafted] = [newId(), newId()];
  await o.as("xian", (tx) => lists.draft(tx, { id: given, code: "deaths-health" }));
  await o.as("fuhe", (tx) => lists.confirm(tx, given));
  await o.as("xian", (tx) => lists.draft(tx, { id: drafted, code: "deaths-police" }));
  await ask("zhen", child, null);
  const told = await answer("xian", child, true);
  await expect(o.as("fuhe", (tx) => lists.confirm(tx, drafted))).rejects.toThrow("请作废这份，重新起草");
  const tell = async () => (await page("fuhe", child)).deathCorrection;
  expect((await tell())?.toTell).toEqual(["卫生健康局"]);
  expect(await todo("fuhe")).toEqual([["告知部门：此人没有死亡", "共享给过卫生健康局"]]);
  const params = { id: (await tell())?.id };
  await doors().tellDeathCorrection({ params } as never, staff("fuhe"));
  expect((await tell())?.toTell).toEqual([]);
  expect(await todo("fuhe")).toEqual([]);
  expect(told.map((t) => t.text).join()).toContain("重新算作保障对象，金额不变");
  const after = await full();
  expect(after.amounts).toEqual(before.amounts);
  expect(after.reviews.filter((r) => r.doneOn === null)).toHaveLength(1);
  expect(after.persons).toBe(3);
  // Told again, and this time counted without the child: the register is put right, the amount is for a person.
  await dies(child, "2024-08-16");
  await o.as("xian", (tx) =>
    h.house.entitlements.change(tx, id, {
      ...{ id: newId(), kind: "member-out", event: "died", personId: ids[child] ?? "" },
      ...{ happenedOn: "2024-08-16", reason: "火化证" },
    }),
  );
  const fewer = (await full()).amounts;
  await ask("zhen", child, null);
  const left = await answer("xian", child, true);
  expect(left.filter((t) => t.left).map((t) => t.text)).toEqual([
    "2024-09 起已经按少一个人重新算过：请在办件里复核，把本人加回来（或改月份）。",
  ]);
  expect((await page("xian", child)).diedOn).toBeNull();
  expect((await full()).amounts).toEqual(fewer);
});

test("已确认、退回过的追缴：不再追的部分减掉，退回的钱下一份名册补发一次", async () => {
  const recover = h.house.payments.recoveries;
  await dies("何秋菊", "2024-07-20");
  const [r] = (await o.as("xian", (tx) => recover.list(tx, {}))).rows.filter((x) => x.payee === "何秋菊");
  const each = Number(r?.amountFen) / 2;
  const cash = { way: "cash" as const, instalmentFen: null, deductFrom: null, note: "家属同意退回" };
  await o.as("xian", (tx) => recover.confirm(tx, r?.id ?? "", cash));
  await o.as("caiwu", (tx) =>
    recover.repay(tx, r?.id ?? "", { id: newId(), amountFen: each, on: "2024-09-09", note: "收据 1 号" }),
  );
  await ask("zhen", "何秋菊", null);
  const told = await answer("fuhe", "何秋菊", true);
  expect(told.at(-1)?.text).toMatch(/^已确认的少追/);
  expect(await recoveries("何秋菊")).toEqual([["settled", 2 * each, 0]]);
  const october = await paidMonth("2024-10");
  expect(await months(october, "何秋菊")).toEqual([
    ["2024-10", "same", each],
    ["2024-08", "backpay", each],
  ]);
});

test("名册里因登错的死亡暂缓的一笔，在个人页放行；办件列表不再写「在享」，更正后又写「在享」", async () => {
  const name = "何秋菊";
  const listed = async () =>
    (await o.as("zhen", (tx) => h.house.cases.caseRowsForPerson(tx, ids[name] ?? ""))).map(
      (c) => c.stateLabel,
    );
  h.clock.set("2024-11-03");
  const draft = (await monthRoster(o, "2024-11")).id;
  await dies(name, "2024-09-20");
  await h.house.dispatcher.drain(o.county);
  expect(await listed()).toEqual(["已停止"]);
  await ask("zhen", name, null);
  expect((await page("fuhe", name)).deathCorrection?.held).toEqual([]);
  await answer("fuhe", name, true);
  expect(await listed()).toEqual(["在享"]);
  const held = (await page("fuhe", name)).deathCorrection?.held ?? [];
  expect(held.map((x) => [x.roster.id, x.roster.release, x.line.month, x.line.state])).toEqual([
    [draft, true, "2024-11", "held"],
  ]);
  // Who made the roster reads why another lets it go; a township does not read rosters.
  expect((await page("xian", name)).deathCorrection?.held[0]?.roster).toMatchObject({
    ...{ release: false, whyNotRelease: expect.stringContaining("须由另一人放行") },
  });
  expect((await page("zhen", name)).deathCorrection?.held).toEqual([]);
  const params = { id: draft, lineId: held[0]?.line.id };
  const line = await doors().releaseLine(
    { params, body: { id: newId(), reason: "死亡登记已更正" } } as never,
    staff("fuhe"),
  );
  expect(line).toMatchObject({ state: "ready" });
  expect((await page("fuhe", name)).deathCorrection?.held).toEqual([]);
});
