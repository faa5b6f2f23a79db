/**
 * 海丰县 looks at money that was paid: a lot that can be drawn again, a township's look, a second person, rectification,
 * acceptance by another, and the two figures that come of it.
 */
import { createHash } from "node:crypto";
import type { SpotActInput } from "@wuxin/engines/funds";
import { newId } from "@wuxin/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, type Days, family, monthRoster, type Office, openOffice, paidOn } from "./office.ts";

let h: TestHouse;
let o: Office;
const NOVEMBER: Days = {
  ...{ submit: "2023-11-01", accept: "2023-11-02", survey: "2023-11-03", answer: "2023-11-06" },
  ...{ opinion: "2023-11-07", finish: "2023-11-15", confirm: "2023-11-17" },
};
const SEED = "2024年1月9日 七乐彩 07 11 19";
const id = newId();
const checks = () => h.house.spotChecks;
const drawn = {
  id,
  title: "一月低保资金抽查",
  basis: "2024 年检查计划",
  item: "",
  month: "2024-01",
  seed: SEED,
};
type Who = Parameters<Office["as"]>[0];
const page = (who: Who = "shenji") => o.as(who, (tx) => checks().page(tx, id));
const act = async (who: Who, nth: number, input: SpotActInput) => {
  const household = (await page("xian")).households[nth];
  return o.as(who, (tx) => checks().act(tx, id, household?.entitlementId ?? "", input));
};
const look = (wrong: boolean) => ({
  ...{
    id: newId(),
    kind: "looked" as const,
    on: "2024-01-15",
    homeOk: !wrong,
    fileOk: true,
    accountOk: true,
  },
  ...{ words: wrong ? "儿子已就业，收入没有报" : "", amountFen: wrong ? 40_000 : 0 },
});

beforeAll(async () => {
  h = await testHouse("2023-11-01");
  o = await openOffice(h, "441521");
  await o.award(family("陈建国", 90_000), NOVEMBER);
  await o.award(alone("孙桂香", "1950-03-01"), NOVEMBER);
  await o.award(alone("李秀兰", "1952-05-01"), NOVEMBER);
  h.clock.set("2024-01-05");
  const roster = await monthRoster(o, "2024-01");
  await o.signAll(roster.id);
  const bytes = await o.bankAnswers(roster.id, () => paidOn("2024-01-08"));
  h.clock.set("2024-01-09");
  await o.as("caiwu", (tx) =>
    h.house.payments.loadReturn(tx, roster.id, { id: newId(), fileName: "回盘.csv", bytes }),
  );
});
afterAll(() => h.close());

test("审计用当众掷出的种子抽两户；别人用同一个种子、同一批户，算出同样的两户；乡镇不能抽", async () => {
  await expect(o.as("zhen", (tx) => checks().draw(tx, { ...drawn, size: 2 }))).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(
    o.as("shenji", (tx) => checks().draw(tx, { ...drawn, month: "2024-02", size: 2 })),
  ).rejects.toThrow("2024-02 的名册还没有各项待遇到账的户");
  const c = await o.as("shenji", (tx) => checks().draw(tx, { ...drawn, size: 2 }));
  expect(c).toMatchObject({ population: 3, drawn: 2, waiting: 2, problems: 0, seed: SEED });
  const paid = await h.t.owner<{ id: string }>(
    "select distinct entitlement_id as id from payment_event where kind = 'paid' and month = '2024-01'",
  );
  const tickets = paid
    .map((p) => [createHash("sha256").update(`${SEED}:${p.id}`).digest("hex"), p.id] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  expect(c.households.map((x) => x.entitlementId)).toEqual(tickets.slice(0, 2).map(([, x]) => x));
  // Asked again, the same lot; drawn again out of the trail, the same households.
  const again = await o.as("shenji", (tx) => checks().draw(tx, { ...drawn, size: 3 }));
  expect(again.drawn).toBe(2);
  expect(await o.as("xian", (tx) => checks().redraw(tx, id))).toMatchObject({ same: true, population: 3 });
});

/** What stands on somebody's desk of it. */
const desk = async (who: "zhen" | "xian" | "fuhe", role: string) =>
  (await o.as(who, (tx) => checks().waiting(tx, role))).map((w) => [w.todo, w.count, w.rectifyBy]);

test("乡镇检查：一户没有问题，一户收入没有报；同一个人不能复核自己的，数据库也不让", async () => {
  h.clock.set("2024-01-15");
  await expect(act("zhen", 0, { ...look(true), words: "" })).rejects.toThrow("请写明问题");
  expect(await desk("zhen", "township")).toEqual([["检查抽到的户", 2, null]]);
  await expect(act("zhen", 1, { ...look(false), on: "2024-01-08" })).rejects.toThrow(
    "日期不能早于抽样的日期（2024-01-09）",
  );
  await act("zhen", 1, look(false));
  const found = await act("xian", 0, look(true));
  expect(found.households.map((x) => x.state)).toEqual(["found", "clean"]);
  expect(found.problems).toBe(0);
  // Not his own to look at again.
  expect(await desk("xian", "county")).toEqual([]);
  expect(await desk("fuhe", "county")).toEqual([["复核抽查发现的问题", 1, null]]);
  const confirm = { id: newId(), kind: "confirmed" as const, words: "属实", rectifyBy: "2024-01-31" };
  await expect(act("xian", 0, confirm)).rejects.toMatchObject({ code: "same-signer" });
  await expect(act("zhen", 0, confirm)).rejects.toMatchObject({ code: "forbidden" });
  const checked = found.households[0]?.entitlementId ?? "";
  await expect(
    o.as("xian", (tx) =>
      tx.exec(
        `insert into spot_check_act (county_code, id, check_id, entitlement_id, seq, kind, words, rectify_by, acted_on, at, by_name)
         values (app_county(), $1, $2, $3, 9, 'confirmed', '', '2024-01-31', '2024-01-15', now(), '我')`,
        [newId(), id, checked],
      ),
    ),
  ).rejects.toThrow("needs another person");
  h.clock.set("2024-01-16");
  const confirmed = await act("shenji", 0, confirm);
  expect(confirmed).toMatchObject({ problems: 1, open: 1, amountFen: 40_000, late: 0 });
  expect(await desk("zhen", "township")).toEqual([["整改抽查发现的问题", 1, "2024-01-31"]]);
});

test("整改过期提醒；乡镇整改，另一人验收；指标：抽查 2 户，问题率 50%", async () => {
  h.clock.set("2024-02-02");
  expect((await page()).late).toBe(1);
  const rectified = {
    id: newId(),
    kind: "rectified" as const,
    on: "2024-02-01",
    words: "已复核调整，退回 400 元",
  };
  await expect(act("zhen", 0, { ...rectified, on: "2024-01-14" })).rejects.toThrow(
    "日期不能早于检查日期（2024-01-15）",
  );
  await act("zhen", 0, rectified);
  await act("zhen", 0, rectified);
  const accepted = { id: newId(), kind: "accepted" as const, words: "" };
  await expect(act("zhen", 0, accepted)).rejects.toMatchObject({ code: "forbidden" });
  const done = await act("fuhe", 0, accepted);
  expect(done).toMatchObject({ waiting: 0, open: 0, problems: 1 });
  expect(done.households[0]?.acts.map((a) => a.kind)).toEqual([
    "looked",
    "confirmed",
    "rectified",
    "accepted",
  ]);
  await expect(
    h.t.owner("update spot_check_household set state = 'waiting' where state = 'closed'"),
  ).rejects.toThrow("may not become");
  const { rows } = await o.as("xian", (tx) => h.house.indicators.list(tx, { month: "2024-01" }));
  const of = (code: string) => rows.find((r) => r.code === code);
  expect(of("fund_check_households")?.value).toBe(2);
  expect(of("fund_check_problem_rate")).toMatchObject({ value: 50, numerator: 1, denominator: 2 });
});
