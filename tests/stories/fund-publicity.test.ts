/**
 * 岳阳县 makes the use of its money public: what is due stands on desks, one drafts, another confirms, the county's and a
 * township's; the rate counts what hung in time.
 */
import { newId } from "@wuxin/kernel";
import { createHandlers } from "@wuxin/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { type Office, openOffice } from "./office.ts";

let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2026-02-03");
  o = await openOffice(h, "430621");
  const fund = {
    id: newId(),
    source: "省",
    document: "湘财社指〔2026〕1号",
    issuedOn: "2026-01-20",
    item: "",
  };
  await o.as("caiwu", async (tx) => {
    await h.house.funds.allocate(tx, { ...fund, amountFen: 500_000, receivedOn: "2026-02-02", note: "" });
    const { accounts } = await h.house.funds.page(tx);
    await h.house.funds.allot(tx, {
      ...{ id: newId(), accountId: accounts[0]?.id ?? "", divisionCode: o.township, purpose: "冬春救助" },
      ...{ document: "岳县民发〔2026〕2号", on: "2026-02-03", amountFen: 120_000 },
    });
  });
});
afterAll(() => h.close());

type Who = Parameters<Office["as"]>[0];
const use = () => h.house.funds.publicity;
async function desk(who: Who): Promise<string[]> {
  const { handlers } = createHandlers(h.house, { demo: false });
  const { groups } = await handlers.workbench(
    { params: {}, query: {}, body: undefined } as never,
    {
      caller: { actor: o.actor(who) },
    } as never,
  );
  return groups.flatMap((g) =>
    g.rows.filter((r) => r.itemTitle === "资金使用公示").map((r) => `${g.label}：${r.todo}，${r.title}`),
  );
}
async function rate(month: string) {
  const { rows } = await o.as("xian", (tx) => h.house.indicators.list(tx, { month }));
  const row = rows.find((r) => r.code === "publish_rate");
  if (!row) throw new Error("no publish_rate");
  return row;
}
const FIRST = { divisionCode: "430621", period: "2026Q1" };

test("没有规定周期的月份什么也不到期，指标写明；有规定的，一季度结束就在县级经办的工作台上", async () => {
  h.clock.set("2026-03-31");
  expect(await desk("xian")).toEqual([]);
  expect(await rate("2025-12")).toMatchObject({
    value: null,
    definition: expect.stringContaining("本县没有规定资金使用公示周期"),
  });
  h.clock.set("2026-04-01");
  expect(await desk("xian")).toEqual(["以后：起草公示，2026年第一季度资金使用情况"]);
  expect(await desk("caiwu")).toEqual([]);
  h.clock.set("2026-04-27");
  expect(await desk("fuhe")).toEqual(["本周：起草公示，2026年第一季度资金使用情况"]);
  expect(await rate("2026-04")).toMatchObject({ value: 0, numerator: 0, denominator: 1 });
});

test("一人起草，另一人退回、再确认；公示页只有确认后的；按期的算进公示率，能看到是哪一期", async () => {
  const id = newId();
  await o.as("xian", (tx) => use().draft(tx, { id, ...FIRST }));
  expect(await desk("xian")).toEqual([]);
  expect(await desk("fuhe")).toEqual(["今天：确认公示，2026年第一季度资金使用情况"]);
  expect(await desk("shenpi")).toEqual(["今天：确认公示，2026年第一季度资金使用情况"]);
  await o.as("fuhe", (tx) => use().decide(tx, id, { confirm: false, note: "文号写错了" }));
  expect(await desk("xian")).toEqual(["今天：公示被退回，改后重新起草，2026年第一季度资金使用情况"]);
  const again = newId();
  await o.as("xian", (tx) => use().draft(tx, { id: again, ...FIRST }));
  expect(await rate("2026-04")).toMatchObject({ numerator: 0, denominator: 1 });
  await o.as("shenpi", (tx) => use().decide(tx, again, { confirm: true, note: "" }));
  expect(await desk("xian")).toEqual([]);
  expect(await rate("2026-04")).toMatchObject({ value: 100, numerator: 1, denominator: 1 });
  const { rows } = await o.as("xian", (tx) =>
    h.house.indicators.drill(tx, "publish_rate", { month: "2026-04" }),
  );
  expect(rows).toMatchObject([
    { title: "2026Q1 资金使用情况", due: "2026-04-01", hung: "2026-04-27", hit: "是" },
  ]);
});

test("乡镇公示分配给自己的资金，同镇另一人确认；邻镇看不到；没公示的到第二年初算应公示", async () => {
  const id = newId();
  const draft = (who: Who) =>
    o.as(who, (tx) => use().draft(tx, { id, divisionCode: o.township, period: "2026Q1" }));
  await expect(draft("linzhen")).rejects.toMatchObject({ code: "forbidden" });
  await draft("zhen");
  expect(await desk("zhen2")).toEqual([
    expect.stringMatching(/^今天：确认公示，.+2026年第一季度资金使用情况$/),
  ]);
  expect(await desk("linzhen")).toEqual([]);
  expect((await o.as("linzhen", (tx) => use().list(tx))).list).toEqual([]);
  await o.as("zhen2", (tx) => use().decide(tx, id, { confirm: true, note: "" }));
  expect((await o.as("zhen", (tx) => use().list(tx))).list).toMatchObject([
    { place: { allotments: [{ purpose: "冬春救助", amountFen: 120_000 }], paid: [] }, canTakeDown: true },
  ]);
  h.clock.set("2027-01-04");
  expect((await desk("zhen")).map((d) => d.replace(/，.*(?=2026)/, "，"))).toEqual([
    "以后：起草公示，2026年资金使用情况",
  ]);
  expect(await rate("2027-01")).toMatchObject({ numerator: 0, denominator: 2 });
});
