/**
 * 海丰县 raises 低保 in town from 961 to 1,000 元, from January, entered in April: counted, released by a second person,
 * applied; the difference of three months paid once, old months as they were, every amount explained.
 */
import { type Month, newId } from "@wuxin/kernel";
import { createWorker } from "@wuxin/platform";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
const work = () => createWorker(h.t.db, h.house.jobs).runDue();
const repricing = () => h.house.entitlements.repricing as NonNullable<typeof h.house.entitlements.repricing>;
/** A month's roster, signed, sent and paid. */
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
const entitlements = () => o.as("xian", (tx) => h.house.entitlements.list(tx, { size: 50 }));
describe("海丰县：四月录入、一月起执行的提标", () => {
  let chen: string;
  let standardId: string;
  let repriceId: string;

  test("两户从十二月起领；一月到三月按 961 元发了三个月", async () => {
    await o.award(family("陈建国", 100_000), NOVEMBER);
    await o.award(alone("孙桂香", "1950-05-05", { pension: 20_000 }), NOVEMBER);
    const { rows } = await entitlements();
    chen = rows.find((r) => r.payee === "陈建国")?.id ?? "";
    // 961 × 3 − 1,000 + 20 % of 961 for the child; 961 − 200 + 20 %.
    expect(rows.map((r) => [r.payee, r.amountFen]).sort()).toEqual([
      ["孙桂香", 95_320],
      ["陈建国", 207_520],
    ]);
    for (const month of ["2024-01", "2024-02", "2024-03"]) await paidMonth(month);
  });

  test("批准以后自动测算：按乡镇、按月说出户数和钱", async () => {
    h.clock.set("2024-04-02");
    standardId = newId();
    await o.as("xian", (tx) =>
      h.house.standards.propose(tx, "低保标准", {
        ...{
          id: standardId,
          since: "2024-01-01",
          form: "amount",
          multiple: null,
          note: null,
          corrects: false,
        },
        values: [
          { key: ["城市"], text: "1000", unit: null },
          { key: ["农村"], text: "760", unit: null },
        ],
        document: "海民〔2024〕6号",
      }),
    );
    await o.as("xian", (tx) => h.house.standards.submit(tx, standardId));
    await o.as("fuhe", (tx) => h.house.standards.approve(tx, standardId, null));
    expect(await work()).toBe(1);
    const [row] = await o.as("shenpi", (tx) => repricing().list(tx));
    repriceId = row?.id ?? "";
    const page = await o.as("shenpi", (tx) => repricing().page(tx, repriceId));
    expect(page).toMatchObject({
      ...{ state: "ready", households: 2, raised: 2, firstMonth: "2024-01", openedBy: o.ref("fuhe").name },
      can: { release: true },
    });
    // 1,000 × 3 − 1,000 + 200 = 2,200 and 1,000 − 200 + 200 = 1,000: 124.80 and 46.80 more.
    expect(page.preview).toMatchObject({
      month: "2024-04",
      total: {
        beforeFen: 302_840,
        afterFen: 320_000,
        raise: 2,
        lower: 0,
        leave: 0,
        unknown: 0,
        backFen: 51_480,
      },
      townships: [{ code: o.township, households: 2, beforeFen: 302_840, afterFen: 320_000 }],
      back: ["2024-01", "2024-02", "2024-03"].map((month) => ({ month, households: 2, amountFen: 17_160 })),
    });
  });

  test("批准标准的人不能自己放行，数据库也不让；另一人放行后逐户调整", async () => {
    await expect(
      o.as("fuhe", (tx) => repricing().release(tx, repriceId, { note: "" })),
    ).rejects.toMatchObject({
      code: "same-signer",
    });
    await expect(
      o.as("fuhe", (tx) =>
        tx.exec(
          "update reprice set released_by = app_account(), released_by_name = '我', released_at = now()",
        ),
      ),
    ).rejects.toThrow("reprice_two_people");
    await o.as("shenpi", (tx) => repricing().release(tx, repriceId, { note: "与测算一致" }));
    await work();
    const page = await o.as("xian", (tx) => repricing().page(tx, repriceId));
    expect(page).toMatchObject({ state: "done", repriced: 2, paid: 0, raised: 2 });
    expect(page.report?.total).toEqual(page.preview?.total);
  });

  test("旧的一行还在；新金额的算法逐字重算得出，引用新文件", async () => {
    const page = await o.as("xian", (tx) => h.house.entitlements.page(tx, chen));
    expect(page.amounts.map((a) => [a.fromMonth, a.amountFen])).toEqual([
      ["2023-12", 207_520],
      ["2024-01", 220_000],
    ]);
    const told = await o.as("xian", (tx) => repricing().explainAmount(tx, chen, 2));
    expect(told).toMatchObject({ eligible: true, amountFen: 220_000, month: "2024-01" });
    expect(JSON.stringify(told)).toContain("海民〔2024〕6号");
  });

  test("再测算一次，没有什么可调的了", async () => {
    const again = newId();
    await o.as("xian", (tx) => repricing().open(tx, { id: again, standardId, lowers: false }));
    await work();
    const page = await o.as("shenpi", (tx) => repricing().page(tx, again));
    expect(page.preview?.total).toMatchObject({ households: 2, raise: 0, same: 2, backFen: 0 });
    await o.as("xian", (tx) => repricing().cancel(tx, again));
  });
});
