/**
 * 海丰县 in February 2024: prices rise. The index is entered with its paper, the rules set the subsidy going, a second
 * person confirms, and it comes with the next roster, once for everybody who drew in February.
 */
import { type Month, newId } from "@wuxin/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestHouse, testHouse } from "./house.ts";
import { alone, type Days, family, monthRoster, type Office, openOffice, paidOn } from "./office.ts";

let h: TestHouse;
let o: Office;
beforeAll(async () => {
  h = await testHouse("2023-11-01");
  o = await openOffice(h, "441521");
});
afterAll(() => h.close());

const NOVEMBER: Days = {
  ...{ submit: "2023-11-01", accept: "2023-11-02", survey: "2023-11-03", answer: "2023-11-06" },
  ...{ opinion: "2023-11-07", finish: "2023-11-15", confirm: "2023-11-17" },
};
const CODE = "price-subsidy";
const linkage = () => h.house.entitlements.linkage as NonNullable<typeof h.house.entitlements.linkage>;
const index = (cpi: number, food: number, low: number) => ({
  ...{ 居民消费价格涨幅: cpi, 食品价格涨幅: food, 低收入居民价格涨幅: low },
});
const enter = (
  who: "xian" | "caiwu",
  values: Record<string, number>,
  month: Month = "2024-02",
  id = newId(),
) =>
  o.as(who, (tx) =>
    linkage().enter(tx, CODE, { id, month, values, source: "海丰县统计局 2024 年 2 月统计月报" }),
  );
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
const subsidies = async (rosterId: string) =>
  (await o.as("xian", (tx) => h.house.payments.listLines(tx, rosterId, { size: 100, item: CODE }))).rows;
let id = "";

test("二月：两户四人在享；涨幅差一点，不启动，也不发钱", async () => {
  await o.award(family("陈建国", 100_000), NOVEMBER);
  await o.award(alone("孙桂香", "1950-05-05", { pension: 20_000 }), NOVEMBER);
  await paidMonth("2024-02");
  h.clock.set("2024-03-01");
  await expect(enter("caiwu", index(3.4, 5.9, 3.6))).rejects.toMatchObject({ code: "forbidden" });
  await expect(enter("xian", index(3.4, 9_999, 3.6))).rejects.toMatchObject({ field: "食品价格涨幅" });
  // The index as the bulletin prints it, not by how much it rose.
  await expect(enter("xian", index(103.4, 5.9, 3.6))).rejects.toThrow("减去 100 再填");
  const idle = await enter("xian", index(3.4, 5.9, 3.6));
  expect(idle).toMatchObject({ state: "idle", starts: false, total: { persons: 0 } });
  expect(idle.told.flatMap((t) => t.lines).join()).toContain("联动启动：否");
  expect(idle.told.flatMap((t) => t.lines).join()).toContain(
    "不满足“居民消费价格涨幅不低于联动涨幅.居民消费，或者",
  );
});

test("更正为 3.5%：达到启动条件，961 元的 3.6% 进到角是 34.60 元，四人 138.40 元", async () => {
  const page = await enter("xian", index(3.5, 5.9, 3.6));
  id = page.id;
  expect(page).toMatchObject({
    ...{ state: "proposed", starts: true, can: { decide: false } },
    total: { households: 2, persons: 4, amountFen: 4 * 3_460, unknown: 0 },
    townships: [{ code: o.township, persons: 4 }],
    classes: [{ name: "低保对象", persons: 4 }],
  });
  expect(page.rates).toContainEqual({ areaClass: "城市", class: "低保对象", fen: 3_460 });
  const [list] = await o.as("shenpi", (tx) => linkage().list(tx));
  expect(list?.months.map((m) => [m.state, m.mine])).toEqual([
    ["proposed", true],
    ["replaced", false],
  ]);
});

test("录入的人不能自己确认，数据库也不让；看到的金额变了也不办", async () => {
  const seen = { note: "", persons: 4, amountFen: 4 * 3_460 };
  await expect(o.as("xian", (tx) => linkage().confirm(tx, id, seen))).rejects.toMatchObject({
    code: "same-signer",
  });
  await expect(
    o.as("xian", (tx) =>
      tx.exec(
        "update linkage_month set state = 'confirmed', decided_by = app_account(), decided_at = now(), amount_fen = 1 where state = 'proposed'",
      ),
    ),
  ).rejects.toThrow("linkage_two_people");
  await expect(
    o.as("shenpi", (tx) => linkage().confirm(tx, id, { ...seen, persons: 5 })),
  ).rejects.toMatchObject({ code: "roster-changed" });
});

test("另一人确认，再点一次不变；指数不能再改；资金测算看得到", async () => {
  const seen = { note: "与月报一致", persons: 4, amountFen: 4 * 3_460 };
  for (let i = 0; i < 2; i++) {
    const page = await o.as("shenpi", (tx) => linkage().confirm(tx, id, seen));
    expect(page).toMatchObject({ state: "confirmed", persons: 4, total: { persons: 4, amountFen: 13_840 } });
  }
  await expect(enter("xian", index(1, 1, 1))).rejects.toMatchObject({ code: "already-exists" });
  const { forecast } = await o.as("caiwu", (tx) => h.house.funds.page(tx, { year: 2024 }));
  expect(forecast.counted).toContain("已确认、随下一份名册补发的价格补贴 138.40 元");
});

test("三月名册补发二月的价格补贴，一户一笔，只有一次；人次和金额进指标", async () => {
  const march = await paidMonth("2024-03");
  expect(
    (await subsidies(march)).map((l) => [l.payee, l.month, l.change, l.persons, l.amountFen]).sort(),
  ).toEqual([
    ["孙桂香", "2024-02", "backpay", 1, 3_460],
    ["陈建国", "2024-02", "backpay", 3, 10_380],
  ]);
  expect(await subsidies(await paidMonth("2024-04"))).toEqual([]);
  await expect(
    o.as("xian", (tx) =>
      tx.exec(
        `insert into linkage_share select county_code, linkage_id, linkage, month, source_id, gen_random_uuid(), persons, amount_fen
         from linkage_share limit 1`,
      ),
    ),
  ).rejects.toThrow("linkage_share_pkey");
  const [times] = await o
    .as("xian", (tx) => h.house.indicators.list(tx, { month: "2024-02" }))
    .then((all) => all.rows.filter((i) => i.code === "price_subsidy_persontimes"));
  expect(times?.value).toBe(4);
  const [urban] = await o
    .as("xian", (tx) => h.house.indicators.list(tx, { month: "2024-02" }))
    .then((all) => all.rows.filter((i) => i.code === "std_dibao_urban"));
  expect(urban?.value).toBe(961);
});
