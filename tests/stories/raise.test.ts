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
const lines = async (rosterId: string, change?: "backpay") =>
  (
    await o.as("xian", (tx) =>
      h.house.payments.listLines(tx, rosterId, { size: 100, ...(change ? { change } : {}) }),
    )
  ).rows;

/** Indicators of a month by code: value, numerator, denominator. */
async function figures(month: Month): Promise<Record<string, (number | null)[]>> {
  const { rows } = await o.as("xian", (tx) => h.house.indicators.list(tx, { month }));
  return Object.fromEntries(rows.map((r) => [r.code, [r.value, r.numerator, r.denominator]]));
}

let chenEntitlement = "";
const chenId = () => chenEntitlement;
let standardId = "";
const standard = () => standardId;

describe("海丰县：四月录入、一月起执行的提标", () => {
  let chen: string;
  let repriceId: string;

  test("两户从十二月起领；一月到三月按 961 元发了三个月", async () => {
    await o.award(family("陈建国", 100_000), NOVEMBER);
    await o.award(alone("孙桂香", "1950-05-05", { pension: 20_000 }), NOVEMBER);
    const { rows } = await entitlements();
    chen = rows.find((r) => r.payee === "陈建国")?.id ?? "";
    chenEntitlement = chen;
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

  test("逐户通知书：乡镇一次出具全镇的，写明原来多少、现在多少、哪个文件、向谁申诉；再出还是同一份", async () => {
    const all = { division: o.township, page: 1, size: 100 };
    const notices = h.house.entitlements.notices as NonNullable<typeof h.house.entitlements.notices>;
    const desk = await o.as("zhen", (tx) => repricing().toTell(tx, o.township));
    expect(desk).toMatchObject([{ id: repriceId, left: 2 }]);
    await expect(o.as("shenpi", (tx) => notices.issueOfRun(tx, repriceId, all))).rejects.toMatchObject({
      code: "forbidden",
    });
    const { papers, total } = await o.as("zhen", (tx) => notices.issueOfRun(tx, repriceId, all));
    expect([papers.length, total]).toEqual([2, 2]);
    const text = papers.find((p) => p.addressee === "陈建国")?.paragraphs.join("\n") ?? "";
    for (const said of [
      "从2024年1月起，您家庭的最低生活保障金有变动：原来每月 2,075.20 元，现在每月 2,200.00 元，保障人口 3 人。",
      "理由：提标：低保标准（海民〔2024〕6号）。",
      "已经发过的月份少发的差额，随下一次名册补发",
      "海丰县人民政府申请行政复议",
    ])
      expect(text).toContain(said);
    const again = await o.as("zhen", (tx) => notices.issueOfRun(tx, repriceId, all));
    expect(again.papers.map((p) => p.number)).toEqual(papers.map((p) => p.number));
    expect((await o.as("xian", (tx) => repricing().page(tx, repriceId))).told).toEqual([
      { code: o.township, households: 2 },
    ]);
    expect(await o.as("zhen", (tx) => repricing().toTell(tx, o.township))).toEqual([]);
    // A village or another township tells nobody here.
    const elsewhere = { ...all, division: o.otherTownship };
    expect(await o.as("zhen", (tx) => notices.issueOfRun(tx, repriceId, elsewhere))).toMatchObject({
      papers: [],
    });
    // Whoever is paid by a rule can be told: no benefit without its paper.
    const paid = [...h.house.catalogue.items.values()].filter((i) => !i.entitlement.recognition);
    for (const item of paid)
      expect([item.code, item.documents.some((d) => d.code === item.entitlement.notices?.changed)]).toEqual([
        item.code,
        true,
      ]);
  });

  test("动态调标：低保标准调了，随它的标准算出该调多少、怎么算的；有人录入就不再提，不会自己调", async () => {
    const growth = () => o.as("xian", (tx) => h.house.standards.growth(tx));
    const all = await growth();
    // 195 × 1,000 ÷ 961 = 202.91; 1,359 and 2,017 likewise.
    expect(all.map((g) => [g.label, g.since, g.values.map((v) => v.text)])).toEqual([
      ["困难残疾人生活补贴标准", "2024-01-01", ["203"]],
      ["重度残疾人护理补贴标准", "2024-01-01", ["272"]],
      ["孤儿基本生活标准", "2024-01-01", ["1415", "2099"]],
      ["事实无人抚养儿童基本生活标准", "2024-01-01", ["1415"]],
    ]);
    expect(all[0]?.told).toBe(
      "低保标准（城市）从 961 调整到 1000 元/月（2024-01-01 起，海民〔2024〕6号），同比例调整：195 × 1000 ÷ 961，不足一元的进到元，为 203 元/月。",
    );
    const [first] = all;
    const id = newId();
    await o.as("xian", (tx) =>
      h.house.standards.propose(tx, first?.standard ?? "", {
        ...{
          id,
          since: "2024-01-01",
          form: "amount",
          multiple: null,
          note: first?.told ?? "",
          corrects: false,
        },
        values: [{ key: [], text: "203", unit: null }],
        document: "海民〔2024〕7号",
      }),
    );
    expect((await growth()).map((g) => g.standard)).not.toContain(first?.standard);
    await o.as("xian", (tx) => h.house.standards.withdraw(tx, id, "文件还没有印发"));
    expect(await growth()).toHaveLength(4);

    // A person may say no, with his reason; it stays to be read, and is about this working only.
    const refuse = (working: string, reason: string) =>
      o.as("shenpi", (tx) =>
        h.house.standards.refuseGrowth(tx, first?.standard ?? "", { id: newId(), working, reason }),
      );
    await expect(refuse(first?.told ?? "", " ")).rejects.toMatchObject({ code: "invalid-input" });
    await expect(refuse("另一种算法", "省里另有文件")).rejects.toMatchObject({ code: "action-not-allowed" });
    await refuse(first?.told ?? "", "省里另有文件");
    await refuse(first?.told ?? "", "再说一次");
    expect((await growth()).map((g) => g.refused?.reason ?? null)).toEqual([
      "省里另有文件",
      null,
      null,
      null,
    ]);
  });

  test("再测算一次，没有什么可调的了", async () => {
    const again = newId();
    await o.as("xian", (tx) => repricing().open(tx, { id: again, standardId, lowers: false }));
    await work();
    const page = await o.as("shenpi", (tx) => repricing().page(tx, again));
    expect(page.preview?.total).toMatchObject({ households: 2, raise: 0, same: 2, backFen: 0 });
    await o.as("xian", (tx) => repricing().cancel(tx, again));
  });

  test("四月名册：当月按新标准，一至三月各补一次差额；合计、资金账都对得上", async () => {
    h.clock.set("2024-04-08");
    const { id, page } = await monthRoster(o, "2024-04");
    // 3,200.00 for April, and 171.60 for each of three months.
    expect(page).toMatchObject({ lines: 8, totalFen: 320_000 + 3 * 17_160, held: 0 });
    const back = await lines(id, "backpay");
    expect(back.map((l) => [l.payee, l.month, l.amountFen]).sort()).toEqual(
      ["2024-01", "2024-02", "2024-03"]
        .flatMap((m) => [
          ["孙桂香", m, 4_680],
          ["陈建国", m, 12_480],
        ])
        .sort(),
    );
    // Made anew after a discard: the same once more, not twice.
    await o.as("xian", (tx) => h.house.payments.discard(tx, id, { reason: "重做" }));
    const april = await paidMonth("2024-04");
    expect(await lines(april, "backpay")).toHaveLength(6);
    const told = await o.as("xian", (tx) => repricing().page(tx, repriceId));
    expect(told).toMatchObject({ repriced: 2, paid: 2 });
  });

  test("提标落实率：三月还没有提标对象；四月名册到账后两户都落实", async () => {
    expect((await figures("2024-03")).reprice_done_rate).toEqual([null, 0, 0]);
    expect((await figures("2024-04")).reprice_done_rate).toEqual([100, 2, 2]);
    const drilled = await o.as("xian", (tx) =>
      h.house.indicators.drill(tx, "reprice_done_rate", { month: "2024-04" }),
    );
    expect(drilled.rows.map((r) => r.paid)).toEqual(["2024-04", "2024-04"]);
    // 3,200 元 for four persons, above the 739 元 that the county's summary states.
    const { rows } = await o.as("xian", (tx) => h.house.indicators.list(tx, { month: "2024-04" }));
    expect(rows.find((r) => r.code === "supplement_urban")).toMatchObject({
      value: 800,
      stated: { value: 739, gap: 61, document: "海丰县民政局2023年工作总结", unverified: false },
    });
  });

  test("五月没有什么要补的；数据库不收同一个月的第二份差额", async () => {
    const may = await paidMonth("2024-05");
    expect(await lines(may, "backpay")).toEqual([]);
    h.clock.set("2024-06-05");
    const { id } = await monthRoster(o, "2024-06");
    const again = (round: number) =>
      o.as("xian", (tx) =>
        tx.exec(
          `insert into roster_line (county_code, id, roster_id, seq, entitlement_id, item, exclusivity_group, payee_id,
             payee_name, payee_digest, relation, division_code, month, change, amount_fen, persons, included, state,
             origin_line_id, round)
           select county_code, $3, $2, 99, entitlement_id, item, exclusivity_group, payee_id, payee_name, payee_digest,
             relation, division_code, month, 'backpay', 100, persons, false, 'ready', $3, $4
           from roster_line where entitlement_id = $1 and month = '2024-02' and live and round = 1`,
          [chen, id, newId(), round],
        ),
      );
    await expect(again(1)).rejects.toThrow("roster_line_once");
    await expect(again(2)).rejects.toThrow("more than it owes");
  });
});

describe("海丰县：迟报的死亡和多发的月份", () => {
  const recoveries = () => h.house.payments.recoveries;
  const listed = async () => (await o.as("xian", (tx) => recoveries().list(tx, {}))).rows;
  const onRecord = async (name: string): Promise<string> => {
    const { rows } = await entitlements();
    const id = rows.find((r) => r.payee === name)?.id ?? "";
    return (await o.as("xian", (tx) => h.house.entitlements.page(tx, id))).payeeId;
  };
  const died = async (name: string, on: string) => {
    const personId = await onRecord(name);
    await o.as("zhen", (tx) => h.house.registry.recordDeath(tx, personId, on, "家属报告"));
  };

  test("孙桂香 3 月 20 日去世，6 月才报：四、五月多发 2,000 元，系统提出追缴，不自动办", async () => {
    h.clock.set("2024-06-06");
    await died("孙桂香", "2024-03-20");
    const [r] = await listed();
    expect(r).toMatchObject({
      ...{
        payee: "孙桂香",
        state: "proposed",
        cause: "death",
        amountFen: 200_000,
        months: 2,
        leftFen: 200_000,
      },
    });
    const page = await o.as("xian", (tx) => recoveries().page(tx, r?.id ?? ""));
    // 3 月当月照发（含补的差额），从次月起才是多发。
    expect(page.byMonth).toMatchObject([
      { month: "2024-04", paidFen: 100_000, owedFen: 0, amountFen: 100_000 },
      { month: "2024-05", paidFen: 100_000, owedFen: 0, amountFen: 100_000 },
    ]);
    expect(page.sources).toEqual([]);
    // Heard again, nothing more.
    await o.as("xian", (tx) => recoveries().propose(tx, [page.entitlementId]));
    expect(await listed()).toHaveLength(1);
  });

  test("县级确认退回现金；家属先退 1,500 元，余下由乡镇申请免除，局领导批", async () => {
    const id = (await listed())[0]?.id ?? "";
    const cash = { way: "cash" as const, instalmentFen: null, deductFrom: null, note: "家属同意退回" };
    await expect(o.as("zhen", (tx) => recoveries().confirm(tx, id, cash))).rejects.toMatchObject({
      code: "forbidden",
    });
    await o.as("xian", (tx) => recoveries().confirm(tx, id, cash));
    const receipt = newId();
    const repay = () =>
      o.as("caiwu", (tx) =>
        recoveries().repay(tx, id, {
          id: receipt,
          amountFen: 150_000,
          on: "2024-06-06",
          note: "收据 018 号",
        }),
      );
    await repay();
    const after = await repay();
    expect(after).toMatchObject({ backFen: 150_000, leftFen: 50_000 });
    expect(await figures("2024-06")).toMatchObject({
      overpay_amount: [500, null, null],
      flags_confirmed_amount: [0.2, null, null],
      recovered_rate: [75, 1500, 2000],
    });
    expect(after.entries.map((e) => [e.month, e.amountFen])).toEqual([
      ["2024-04", 100_000],
      ["2024-05", 50_000],
    ]);
    await expect(
      o.as("caiwu", (tx) =>
        recoveries().repay(tx, id, { id: newId(), amountFen: 50_001, on: "2024-06-06", note: "多了" }),
      ),
    ).rejects.toThrow("还有 500.00 元");
    // The cash waits for the money of its months, then it is in the ledger by itself; by hand it is refused by its name.
    const funds = () => o.as("caiwu", (tx) => h.house.funds.page(tx, { year: 2024 }));
    expect((await funds()).reconciliation.waitingCash.map((w) => w.month)).toEqual(["2024-04", "2024-05"]);
    await o.as("caiwu", (tx) =>
      h.house.funds.allocate(tx, {
        ...{ id: newId(), source: "县", document: "海财社〔2024〕6号", issuedOn: "2024-01-05", item: "" },
        ...{ amountFen: 10_000_000, receivedOn: "2024-06-05", note: "" },
      }),
    );
    const { reconciliation, accounts } = await funds();
    expect(reconciliation).toMatchObject({ agrees: true, waitingCash: [] });
    expect(reconciliation.asked).toMatchObject({ askedFen: 200_000, cashFen: 150_000, leftFen: 50_000 });
    expect(reconciliation.statement.find((l) => l.label === "追回现金")).toMatchObject({
      ...{ ledgerFen: 150_000, recoveryFen: 150_000, text: "相符。" },
    });
    await expect(
      o.as("caiwu", (tx) =>
        h.house.funds.recover(tx, {
          ...{
            id: newId(),
            accountId: accounts[0]?.id ?? "",
            item: "subsistence-allowance",
            amountFen: 50_000,
          },
          ...{ month: "2024-05", receivedOn: "2024-06-06", reference: "收据 018 号", note: "", apart: false },
        }),
      ),
    ).rejects.toThrow("追缴已登记同样金额的退回现金，并已自动记入台账");
    await o.as("zhen", (tx) =>
      recoveries().ask(tx, id, { id: newId(), kind: "waiver", amountFen: 50_000, reason: "家属无力退回" }),
    );
    const asked = await o.as("shenpi", (tx) => recoveries().page(tx, id));
    const done = await o.as("shenpi", (tx) =>
      recoveries().answer(tx, asked.requests[0]?.id ?? "", { given: true }),
    );
    expect(done).toMatchObject({ state: "settled", backFen: 150_000, letGoFen: 50_000, leftFen: 0 });
    // The 100,000 元 that came in June pay what was sent before; what a recovery brought back is no longer paid out.
    const june = await figures("2024-06");
    expect(june.overpay_amount?.[0]).toBe(0);
    expect(june.fund_received?.[0]).toBe(10);
    const { totals } = await funds();
    const spentYuan = (totals.paidFen - totals.recoveredFen) / 100;
    expect(june.fund_exec_rate?.slice(1)).toEqual([spentYuan, 100_000]);
  });

  test("陈家四月应减而未减：逐月扣，每月一笔，最多 20%，扣完为止", async () => {
    h.clock.set("2024-06-10");
    // A decision that reaches back to May: 2,200.00 should have been 2,000.00.
    await o.as("xian", async (tx) => {
      const e = await tx.one<{
        caseId: string;
        householdId: string;
        applicantId: string;
        divisionCode: string;
      }>(
        `select case_id as "caseId", household_id as "householdId", applicant_id as "applicantId",
           division_code as "divisionCode" from entitlement where id = $1`,
        [chenId()],
      );
      const page = await h.house.entitlements.page(tx, chenId());
      const event = {
        ...{ ...e, decisionId: newId(), item: page.item, kind: "adjust" as const, payeeId: page.payeeId },
        ...{ amountFen: 200_000, persons: 3, covered: page.covered.map((c) => c.personId) },
        ...{ fromMonth: "2024-05", decidedOn: "2024-06-10", reason: "瞒报收入，从五月起调整" },
      };
      await h.house.entitlements.onDecision(tx, event);
      await recoveries().onDecision(tx, event);
    });
    const r = (await listed()).find((x) => x.payee === "陈建国");
    expect(r).toMatchObject({ state: "proposed", cause: "decision", amountFen: 20_000, months: 1 });
    const id = r?.id ?? "";
    const plan = (instalmentFen: number) => ({
      ...{ way: "deduct" as const, instalmentFen, deductFrom: chenId(), note: "" },
    });
    await expect(o.as("xian", (tx) => recoveries().confirm(tx, id, plan(40_001)))).rejects.toThrow(
      "每月最多扣 400.00 元",
    );
    const confirmed = await o.as("xian", (tx) => recoveries().confirm(tx, id, plan(15_000)));
    expect(confirmed).toMatchObject({ state: "confirmed", rostersLeft: 2 });
    const draft = (await o.as("xian", (tx) => h.house.payments.list(tx))).rows.find(
      (x) => x.month === "2024-06",
    );
    await o.as("xian", (tx) => h.house.payments.discard(tx, draft?.id ?? "", { reason: "有追缴，重做" }));
    const june = await paidMonth("2024-06");
    const line = (await lines(june)).find((l) => l.payee === "陈建国");
    expect(line).toMatchObject({ change: "recovery", amountFen: 185_000, previousFen: 220_000 });
    expect(await o.as("xian", (tx) => recoveries().page(tx, id))).toMatchObject({
      backFen: 15_000,
      leftFen: 5_000,
    });
    await paidMonth("2024-07");
    expect(await o.as("xian", (tx) => recoveries().page(tx, id))).toMatchObject({
      state: "settled",
      backFen: 20_000,
    });
  });

  test("公式、链条、资金账都还对得上", async () => {
    const chains = await h.house.audit.verify(h.house.db, o.county);
    expect(chains.filter((c) => !c.ok)).toEqual([]);
  });
});

describe("海丰县：两次决定之间的变动，都由人看过结果再确认", () => {
  let li = "";
  const e = () => h.house.entitlements;
  const change = (input: Parameters<ReturnType<typeof e>["previewChange"]>[2]) =>
    o.as("xian", (tx) => e().change(tx, li, { ...input, id: newId() }));

  test("九月暂停，名册里停发；查清后从九月恢复，十月名册补九月整月", async () => {
    await o.award(family("李春生", 100_000), {
      ...{ submit: "2024-07-01", accept: "2024-07-02", survey: "2024-07-03", answer: "2024-07-04" },
      ...{ opinion: "2024-07-05", finish: "2024-07-15", confirm: "2024-07-16" },
    });
    li = (await entitlements()).rows.find((r) => r.payee === "李春生")?.id ?? "";
    const august = await paidMonth("2024-08");
    expect((await lines(august)).find((l) => l.payee === "陈建国")).toMatchObject({
      change: "same",
      amountFen: 200_000,
    });
    h.clock.set("2024-08-20");
    const suspend = { kind: "suspend" as const, fromMonth: "2024-09", reason: "多次联系不上" };
    await expect(o.as("zhen", (tx) => e().change(tx, li, { ...suspend, id: newId() }))).rejects.toMatchObject(
      { code: "forbidden" },
    );
    expect(await o.as("xian", (tx) => e().previewChange(tx, li, suspend))).toMatchObject({
      afterFen: 0,
    });
    await change(suspend);
    // A second officer, or the same twice, changes nothing and is told so.
    await expect(change({ ...suspend, reason: "再办一次" })).rejects.toThrow("2024-09 起本来就不发");
    const suspended = () => o.as("xian", (tx) => h.house.entitlements.list(tx, { state: "suspended" }));
    expect((await suspended()).rows).toMatchObject([{ id: li, suspendedFrom: "2024-09", state: "active" }]);
    // Found at home before the month came: taken back at once, and there is nothing left to take back.
    const back = { kind: "resume" as const, fromMonth: "2024-09" as const, reason: "当天在家" };
    expect((await change(back)).amounts.at(-1)).toMatchObject({ fromMonth: "2024-09", amountFen: 220_000 });
    expect((await suspended()).rows).toEqual([]);
    await expect(change(back)).rejects.toThrow("正在发放，不需要恢复。");
    await change(suspend);
    const september = await paidMonth("2024-09");
    expect((await lines(september)).find((l) => l.payee === "李春生")).toMatchObject({
      change: "stopped",
      amountFen: 0,
    });
    h.clock.set("2024-10-02");
    const page = await change({ kind: "resume", fromMonth: "2024-09", reason: "外出就医，已核实" });
    expect(page.amounts.at(-1)).toMatchObject({ fromMonth: "2024-09", amountFen: 220_000, explained: true });
    const october = await paidMonth("2024-10");
    expect((await lines(october, "backpay")).map((l) => [l.month, l.amountFen])).toEqual([
      ["2024-09", 220_000],
    ]);
  });

  test("孩子 9 月 10 日随外婆迁出，11 月才报：十月起按两人算，多发的一个月提出追缴", async () => {
    h.clock.set("2024-11-02");
    const before = await o.as("xian", (tx) => e().page(tx, li));
    const child = before.covered.find((c) => c.name === "李小宝")?.personId ?? "";
    const out = {
      ...{ kind: "member-out" as const, personId: child, event: "left" as const },
      ...{ happenedOn: "2024-09-10", reason: "随外婆迁往外县" },
    };
    // 1,000 × 2 − 1,000.
    expect(await o.as("xian", (tx) => e().previewChange(tx, li, out))).toMatchObject({
      ...{ fromMonth: "2024-10", beforeFen: 220_000, afterFen: 100_000, pastMonths: 1, ends: false },
    });
    const page = await change(out);
    expect(page.covered.find((c) => c.personId === child)).toMatchObject({ endMonth: "2024-09" });
    const { rows } = await o.as("xian", (tx) => h.house.payments.recoveries.list(tx, { state: "proposed" }));
    expect(rows.map((r) => [r.payee, r.amountFen])).toEqual([["李春生", 120_000]]);
    expect(rows[0]?.reason).toBe("多发的月份按新的金额算（离开家庭：随外婆迁往外县）");
    const seq = page.amounts.at(-1)?.seq ?? 0;
    const told = await o.as("xian", (tx) => repricing().explainAmount(tx, li, seq));
    expect(told).toMatchObject({ amountFen: 100_000, persons: 2, month: "2024-10" });
  });

  test("由城转乡：标准跟着变，次月起按农村算；再提标时照变动后的事实", async () => {
    const moved = {
      ...{ kind: "transfer" as const, divisionCode: o.otherVillage, areaClass: "农村", reason: "回乡居住" },
    };
    // 760 × 2 − 1,000.
    expect(await o.as("xian", (tx) => e().previewChange(tx, li, moved))).toMatchObject({
      ...{ fromMonth: "2024-12", beforeFen: 100_000, afterFen: 52_000 },
      told: expect.stringContaining("全家 3 人的登记、办件、没做完的走访和线索一起转到"),
    });
    const page = await change(moved);
    expect(page).toMatchObject({ divisionCode: o.otherVillage, areaClass: "农村" });
    expect(page.changes[0]?.places).toMatch(/ → .*，城市 → 农村$/);
    // The household and the case go along: the new township works on them, with all that was recorded, the old one no more.
    const caseId = page.caseId ?? "";
    const read = (who: "zhen" | "linzhen") =>
      o.as(who, async (tx) => ({
        home: (await h.house.registry.getHousehold(tx, page.householdId ?? "")).areaClass,
        case: await h.house.cases.page(tx, caseId),
        paid: (await e().page(tx, li)).payments,
        askedBack: (await h.house.payments.recoveries.ofEntitlements(tx, [li])).map((r) => r.divisionName),
      }));
    const there = await read("linzhen");
    expect(there).toMatchObject({ home: "农村", case: { divisionCode: o.otherVillage, areaClass: "农村" } });
    const county = await o.as("xian", (tx) => h.house.cases.page(tx, caseId));
    expect(there.case.documents).toHaveLength(county.documents.length);
    expect(there.case.facts).toEqual(county.facts);
    // What the old township paid is seen here, and what is asked back is asked here.
    expect(there.paid.length).toBeGreaterThan(2);
    expect(there.paid).toEqual(page.payments);
    expect(there.askedBack).toEqual([page.divisionName]);
    await expect(read("zhen")).rejects.toThrow("不在您的管辖范围");
    const again = newId();
    h.clock.set("2024-12-05");
    await o.as("xian", (tx) => repricing().open(tx, { id: again, standardId: standard(), lowers: false }));
    await work();
    expect((await o.as("shenpi", (tx) => repricing().page(tx, again))).preview?.total).toMatchObject({
      raise: 0,
      lower: 0,
    });
  });

  test("十一月还按城市、十二月起按农村：名册、人均补差各算各的月份", async () => {
    const of = async (month: Month) => {
      const rows = await lines(await paidMonth(month));
      const { supplement_urban: urban, supplement_rural: rural } = await figures(month);
      const drawn = rows.filter((l) => l.payee === "李春生" && l.change !== "backpay");
      return { drawn: drawn.map((l) => [l.persons, l.amountFen]), urban, rural };
    };
    const november = await of("2024-11");
    expect(november).toMatchObject({ drawn: [[2, 100_000]], rural: [null, 0, 0] });
    expect(await of("2024-12")).toMatchObject({ drawn: [[2, 52_000]], rural: [260, 520, 2] });
    // Looked at again later, November is as it was.
    const { supplement_urban, supplement_rural } = await figures("2024-11");
    expect([supplement_urban, supplement_rural]).toEqual([november.urban, november.rural]);
  });

  test("渐退照现在发的钱发：变动前的决定写的金额，不会因为渐退又发回来", async () => {
    const { caseId } = await o.as("xian", (tx) => e().page(tx, li));
    const id = caseId ?? "";
    const head = (await o.page("linzhen", id)).applicant.personId;
    h.clock.set("2024-12-20");
    await o.act("linzhen", id, "start_recheck", { kind: "定期" });
    const survey = o.survey("2024-12-20", { [`member.${head}.wage`]: 900_000 });
    await o.act("linzhen", id, "recheck_survey", survey);
    await o.act("linzhen", id, "recheck_opinion", { suggest: "渐退", reason: "外出务工，收入超过标准。" });
    const page = await o.act("xian", id, "exit_gradually", { months: 2, reason: "就业增收，渐退两个月。" });
    // Decided in July: 2,200 for three in the town.
    expect(page.decisions[0]).toMatchObject({ label: "渐退", amountFen: 52_000, deviates: false });
    expect(await o.as("xian", (tx) => e().page(tx, li))).toMatchObject({
      ...{ amountFen: 52_000, endMonth: "2025-02" },
    });
  });
});
