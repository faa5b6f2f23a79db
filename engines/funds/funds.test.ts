import { createAudit } from "@wuxin/engines/audit";
import { answerCsv } from "@wuxin/engines/payments";
import { fixedClock, newId } from "@wuxin/kernel";
import type { Actor, Tx } from "@wuxin/platform";
import { systemActor } from "@wuxin/platform";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Documents } from "../documents/index.ts";
import { actor, allPaid, COUNTY, codeOf, openToyCounty } from "../payments/testing.ts";
import { type Funds, fundsChain, SOURCES } from "./index.ts";
import type { OutlayInput } from "./outlays.ts";
import { PDF, toyFunds } from "./testing.ts";

const auditor = actor("auditor", "审计员");
const TODAY = "2024-11-05";
type Toy = Awaited<ReturnType<typeof openToyCounty>>;
let toy: Toy;
let sourceOrder: readonly string[];
beforeEach(async () => {
  toy = await openToyCounty();
  sourceOrder = SOURCES;
});
afterEach(() => toy.close());

const TOWN = `${COUNTY}101`;
const items = { soup: "热汤", bread: "面包", tea: "茶水" };
const auditOf = () => createAudit({ clock: fixedClock(TODAY), vault: toy.data.vault, settleMs: 0 });
function as<T>(who: Actor, work: (tx: Tx, f: Funds, d: Documents) => Promise<T>): Promise<T> {
  const { funds, documents } = toyFunds({
    ...{ toy, clock: fixedClock(TODAY), audit: auditOf(), items, order: () => sourceOrder },
  });
  return toy.data.db.transact(who, (tx) => work(tx, funds, documents));
}
interface Given {
  source?: string;
  document?: string;
  item?: string;
  issuedOn?: string;
  id?: string;
}
const allocate = (amountFen: number, g: Given = {}, who = toy.staff.finance) =>
  as(who, (tx, f) =>
    f.allocate(tx, {
      id: g.id ?? newId(),
      source: g.source ?? "县",
      document: g.document ?? "甲财社〔2024〕1号",
      issuedOn: g.issuedOn ?? "2024-01-10",
      item: g.item ?? "",
      amountFen,
      receivedOn: "2024-10-08",
      note: "",
    }),
  );
const post = (rosterId: string) => as(systemActor(COUNTY), (tx, f) => f.onRosterMoved(tx, { rosterId }));
const page = () => as(auditor, (tx, f) => f.page(tx, { year: 2024 }));
const bySource = async () =>
  Object.fromEntries(
    (await page()).accounts.map((a) => [a.source, [a.availableFen, a.committedFen, a.paidFen]]),
  );
/** One roster of the month for these people, sent to the bank. */
async function sent(month = "2024-09") {
  const roster = await toy.generate(month);
  await toy.signAll(roster.id);
  return { id: roster.id, file: await toy.send(roster.id), totalFen: roster.totalFen };
}

it("money is allotted to townships, never more than came, withdrawn whole; what is allotted is not reversed", async () => {
  const journal = newId();
  await allocate(100_000, { id: journal });
  const accountId = (await page()).accounts[0]?.id as string;
  const allot = (amountFen: number, divisionCode: string, id = newId(), who = toy.staff.finance) =>
    as(who, (tx, f) =>
      f.allot(tx, {
        ...{ id, accountId, divisionCode, amountFen, on: "2024-10-09" },
        ...{ purpose: "救助经费", document: "甲民〔2024〕3号" },
      }),
    );
  await expect(allot(1, TOWN, newId(), toy.staff.clerk)).rejects.toMatchObject({ code: "forbidden" });
  const first = newId();
  await allot(60_000, TOWN, first);
  await allot(60_000, TOWN, first);
  await allot(30_000, COUNTY);
  await expect(allot(10_001, TOWN)).rejects.toThrow("还有 100.00 元没有分配");
  await expect(
    as(toy.staff.finance, (tx, f) => f.reverse(tx, journal, { id: newId(), reason: "录错" })),
  ).rejects.toThrow("先收回分配");
  await expect(
    as(toy.staff.finance, (tx) =>
      tx.exec(
        `insert into fund_allotment (county_code, id, account_id, division_code, purpose, document, allotted_on, amount_fen, at, by_name)
         values (app_county(), $1, $2, $3, '多分', '甲', '2024-10-09', 10001, now(), '我')`,
        [newId(), accountId, TOWN],
      ),
    ),
  ).rejects.toThrow("more is allotted than came in");
  const withdraw = () =>
    as(toy.staff.finance, (tx, f) => f.withdrawAllotment(tx, first, { id: newId(), reason: "分错乡镇" }));
  await withdraw();
  await expect(withdraw()).rejects.toThrow("已经收回");
  const { accounts, allotments } = await page();
  expect(accounts[0]?.unallottedFen).toBe(70_000);
  expect(allotments.map((a) => [a.divisionName, a.amountFen, a.withdrawn]).sort()).toEqual([
    [TOWN, 60_000, true],
    ["县本级", 30_000, false],
  ]);
});

describe("cash of a recovery", () => {
  /** Died in August, told in November, paid for September and October: 1,000.00 asked back, 600.00 brought. */
  async function broughtBack(allocated: number) {
    const citizen = await toy.person("赵一");
    const entitlementId = await toy.award([citizen], { item: "soup" });
    if (allocated > 0) await allocate(allocated);
    for (const month of ["2024-09", "2024-10"]) {
      const roster = await sent(month);
      await toy.load(roster.id, allPaid(roster.file));
      await post(roster.id);
    }
    const event = { personId: citizen.id, diedOn: "2024-08-15" };
    const recovery = await toy.run(systemActor(COUNTY), async (tx, p) => {
      await toy.engines(TODAY).entitlements.onDeath(tx, event);
      const [id] = await p.recoveries.propose(tx, [entitlementId]);
      return id as string;
    });
    const cash = { way: "cash" as const, instalmentFen: null, deductFrom: null, note: "" };
    await toy.run(toy.staff.clerk, (tx, p) => p.recoveries.confirm(tx, recovery, cash));
    const receiptId = newId();
    await toy.run(toy.staff.finance, (tx, p) =>
      p.recoveries.repay(tx, recovery, { id: receiptId, amountFen: 60_000, on: TODAY, note: "收据 1" }),
    );
    const { rows } = await toy.data.db.read(systemActor(COUNTY), async (tx) => ({
      rows: await tx.query<{ payload: Parameters<Funds["onRecoveryReceived"]>[1] }>(
        "select payload from outbox where kind = 'recovery.received' order by id",
      ),
    }));
    const hear = async () => {
      for (const { payload } of rows)
        await as(systemActor(COUNTY), (tx, f) => f.onRecoveryReceived(tx, payload));
    };
    return { recovery, receiptId, hear };
  }
  const statementOf = (p: Awaited<ReturnType<typeof page>>, label: string) =>
    p.reconciliation.statement.find((l) => l.label === label);
  const byHand = async (more: Partial<Parameters<Funds["recover"]>[1]> = {}) => {
    const accountId = (await page()).accounts[0]?.id as string;
    return as(toy.staff.finance, (tx, f) =>
      f.recover(tx, {
        ...{ id: newId(), accountId, item: "soup", amountFen: 10_000, month: "2024-10", receivedOn: TODAY },
        ...{ reference: "收据 7", note: "", apart: false, ...more },
      }),
    );
  };

  it("goes back to the account that paid, once, and says so on the page", async () => {
    const { recovery, hear } = await broughtBack(100_000);
    expect((await page()).reconciliation.waitingCash.map((w) => [w.month, w.amountFen])).toEqual([
      ["2024-09", 50_000],
      ["2024-10", 10_000],
    ]);
    await Promise.all([hear(), hear()]);
    await hear();
    await as(systemActor(COUNTY), (tx, f) => f.catchUp(tx));
    const p = await page();
    expect(p.totals).toMatchObject({ availableFen: 60_000, paidFen: 100_000, recoveredFen: 60_000 });
    expect(p.reconciliation).toMatchObject({ agrees: true, waitingCash: [] });
    expect(p.reconciliation.asked).toMatchObject({ askedFen: 100_000, cashFen: 60_000, leftFen: 40_000 });
    expect(statementOf(p, "追回现金")).toMatchObject({
      ledgerFen: 60_000,
      recoveryFen: 60_000,
      text: "相符。",
    });
    const { rows } = await as(auditor, (tx, f) => f.journal(tx, { kind: "recovery" }));
    expect(rows.map((r) => r.recoveryId)).toEqual([recovery, recovery]);
  });

  it("leaves the ledger again when the recovery takes it back; what has been spent waits and says so", async () => {
    const { recovery, receiptId, hear } = await broughtBack(100_000);
    await hear();
    await toy.award([await toy.person("钱二")], { item: "soup", fromMonth: "2024-11" });
    await post((await sent("2024-11")).id);
    // 500.00 of the 600.00 are bound by November.
    expect((await page()).totals).toMatchObject({ availableFen: 10_000, recoveredFen: 60_000 });
    const request = newId();
    await toy.run(toy.staff.finance, (tx, p) =>
      p.recoveries.ask(tx, recovery, {
        ...{ id: request, kind: "reversal", amountFen: 60_000, receiptId, reason: "记到了别人名下" },
      }),
    );
    await toy.run(toy.staff.leader, (tx, p) => p.recoveries.answer(tx, request, { given: true }));
    for (let twice = 0; twice < 2; twice++)
      await as(systemActor(COUNTY), (tx, f) => f.onRecoveryReversed(tx));
    const waits = await page();
    expect(waits.totals).toMatchObject({ availableFen: 0, recoveredFen: 50_000 });
    expect(statementOf(waits, "追回现金")).toMatchObject({
      ...{ ledgerFen: 50_000, recoveryFen: 0, unexplainedFen: 0 },
      text: "追缴里已更正、等可用资金够了再冲正 500.00 元。",
    });
    await allocate(100_000);
    const p = await page();
    expect(p.totals).toMatchObject({ availableFen: 50_000, recoveredFen: 0 });
    expect(p.reconciliation.agrees).toBe(true);
    expect(statementOf(p, "追回现金")).toMatchObject({ ledgerFen: 0, recoveryFen: 0, text: "相符。" });
  });

  it("waits while the ledger has not paid as much, and the page says why", async () => {
    const { hear } = await broughtBack(0);
    await hear();
    const waits = await page();
    expect(waits.totals.recoveredFen).toBe(0);
    expect(statementOf(waits, "追回现金")).toMatchObject({
      text: "已收到、等所属月份的名册入账后再记 600.00 元。",
      unexplainedFen: 0,
    });
    expect(statementOf(waits, "已付")?.text).toContain("等待资金或正在入账 1,000.00 元");
    await allocate(100_000);
    expect((await page()).reconciliation).toMatchObject({ agrees: true, waitingCash: [] });
  });

  it("is not entered a second time by hand: the sentence names the recovery; other money says what it is", async () => {
    const { hear } = await broughtBack(100_000);
    await expect(byHand()).rejects.toThrow("追缴已登记同样金额的退回现金");
    await expect(byHand({ amountFen: 9_999 })).rejects.toThrow(
      "“赵一”2024-10 的热汤正在追缴，还差 400.00 元；退回的现金请在“追缴”里登记",
    );
    await hear();
    expect(await codeOf(byHand({ apart: true }))).toBe("invalid-input");
    await byHand({ apart: true, note: "养老机构退回的预付款" });
    expect(await codeOf(byHand({ apart: true, note: "又一笔", amountFen: 30_001 }))).toBe("invalid-input");
    const p = await page();
    expect(p.reconciliation.agrees).toBe(true);
    expect(statementOf(p, "追回现金")).toMatchObject({
      ...{ ledgerFen: 70_000, recoveryFen: 60_000, unexplainedFen: 0 },
      text: "财务手工登记的其他退款 100.00 元。",
    });
  });
});

describe("money in and out", () => {
  it("is bound when the roster goes to the bank, paid when it answers, free again when it fails", async () => {
    await toy.award([await toy.person("赵一")], { amountFen: 50_000 });
    await toy.award([await toy.person("钱二")], { amountFen: 30_000 });
    await allocate(200_000);
    const roster = await sent();
    await post(roster.id);
    expect(await bySource()).toEqual({ 县: [120_000, 80_000, 0] });
    await toy.load(
      roster.id,
      answerCsv(roster.file, ({ payeeName }) =>
        payeeName === "钱二"
          ? { outcome: "failed", failReason: "销户" }
          : { outcome: "paid", paidOn: "2024-11-04", bankSerial: "B1" },
      ),
    );
    await post(roster.id);
    expect(await bySource()).toEqual({ 县: [150_000, 0, 50_000] });
    const { reconciliation } = await page();
    expect(reconciliation).toMatchObject({
      agrees: true,
      ledgerFen: 50_000,
      rosterFen: 50_000,
      bankFen: 50_000,
    });
    expect(reconciliation.text).toContain("相符");
    const { rows } = await as(auditor, (tx, f) => f.journal(tx));
    expect(rows.map((r) => r.kindLabel).sort()).toEqual(["拨入", "占用", "支付", "退回"].sort());
    for (const r of rows) expect(r.entries.reduce((n, e) => n + e.debitFen - e.creditFen, 0)).toBe(0);
  });

  it("names the papers that pay, before and after the ledger knows, and none for what waits", async () => {
    await toy.award([await toy.person("赵一")], { amountFen: 50_000 });
    await toy.award([await toy.person("钱二")], { amountFen: 30_000, item: "tea" });
    await allocate(40_000, { document: "早" });
    await allocate(25_000, { document: "晚", issuedOn: "2024-02-01" });
    const roster = await sent();
    const needs = [
      { item: "soup", month: "2024-09", amountFen: 50_000 },
      { item: "tea", month: "2024-09", amountFen: 30_000 },
    ];
    const papers = async () =>
      Object.fromEntries(await as(auditor, (tx, f) => f.documentsOf(tx, roster.id, needs)));
    expect(await papers()).toEqual({ "2024-09 soup": ["早", "晚"] });
    await post(roster.id);
    expect(await papers()).toEqual({ "2024-09 soup": ["早", "晚"] });
    await allocate(30_000, { document: "茶", item: "tea" });
    expect(await papers()).toEqual({ "2024-09 soup": ["早", "晚"], "2024-09 tea": ["茶"] });
  });

  it("posts each event once, whoever asks and however often, also at the same time", async () => {
    await toy.award([await toy.person("赵一")]);
    await allocate(100_000);
    const roster = await sent();
    await toy.load(roster.id, allPaid(roster.file));
    await Promise.all([post(roster.id), post(roster.id), post(roster.id)]);
    await post(roster.id);
    expect(await bySource()).toEqual({ 县: [50_000, 0, 50_000] });
    expect(await as(systemActor(COUNTY), (tx, f) => f.catchUp(tx))).toBe(0);
  });

  it("reaches a roster that nobody told of", async () => {
    await toy.award([await toy.person("赵一")]);
    await allocate(100_000);
    const roster = await sent();
    expect(await as(systemActor(COUNTY), (tx, f) => f.catchUp(tx))).toBe(1);
    expect(await bySource()).toEqual({ 县: [50_000, 50_000, 0] });
    await toy.load(roster.id, allPaid(roster.file));
    expect((await page()).reconciliation.differences[0]?.text).toContain("尚未入账");
    expect(await as(systemActor(COUNTY), (tx, f) => f.catchUp(tx))).toBe(1);
    expect((await page()).reconciliation.agrees).toBe(true);
  });

  it("pays a failure that the bank later corrects", async () => {
    await toy.award([await toy.person("赵一")]);
    await allocate(60_000);
    const roster = await sent();
    await toy.load(
      roster.id,
      answerCsv(roster.file, () => ({ outcome: "failed", failReason: "限额" })),
    );
    await post(roster.id);
    expect(await bySource()).toEqual({ 县: [60_000, 0, 0] });
    await toy.load(roster.id, allPaid(roster.file));
    await post(roster.id);
    expect(await bySource()).toEqual({ 县: [10_000, 0, 50_000] });
    expect((await page()).reconciliation.agrees).toBe(true);
  });
});

describe("whose money is spent", () => {
  it("the county's order of sources, an item's own before any item's, the older paper first", async () => {
    await toy.award([await toy.person("赵一")], { amountFen: 50_000 });
    await allocate(20_000, { source: "县" });
    await allocate(10_000, { source: "省", document: "湘财〔2024〕9号", issuedOn: "2024-05-01" });
    await allocate(10_000, { source: "省", document: "湘财〔2024〕3号", issuedOn: "2024-02-01" });
    await allocate(15_000, { source: "中央", document: "财社〔2024〕2号", item: "soup" });
    await allocate(99_000, { source: "中央", document: "财社〔2024〕4号", item: "tea" });
    const roster = await sent();
    await post(roster.id);
    const found = (await page()).accounts.map((a) => [a.document, a.committedFen]);
    expect(new Map(found as [string, number][])).toEqual(
      new Map([
        ["财社〔2024〕2号", 15_000],
        ["财社〔2024〕4号", 0],
        ["湘财〔2024〕3号", 10_000],
        ["湘财〔2024〕9号", 10_000],
        ["甲财社〔2024〕1号", 15_000],
      ]),
    );
    await toy.load(roster.id, allPaid(roster.file));
    await post(roster.id);
    expect((await page()).reconciliation.agrees).toBe(true);
  });

  it("another county's order", async () => {
    sourceOrder = ["县", "中央"];
    await toy.award([await toy.person("赵一")], { amountFen: 50_000 });
    await allocate(60_000, { source: "中央", document: "财社〔2024〕2号" });
    await allocate(30_000, { source: "县" });
    const roster = await sent();
    await post(roster.id);
    expect(await bySource()).toEqual({ 县: [0, 30_000, 0], 中央: [40_000, 20_000, 0] });
  });
});

describe("never below zero unasked", () => {
  const asked = (id: string, limitFen: number, who = toy.staff.finance) =>
    as(who, (tx, f) =>
      f.requestOverride(tx, {
        id,
        source: "县",
        document: "待下达",
        item: "",
        issuedOn: TODAY,
        limitFen,
        reason: "上级资金未到，先行垫付",
      }),
    );
  const approve = (id: string, who: Actor) => as(who, (tx, f) => f.approveOverride(tx, id));

  it("what finds no money waits, is listed and explained, and is entered when money comes", async () => {
    await toy.award([await toy.person("赵一")]);
    await allocate(30_000);
    const roster = await sent();
    await toy.load(roster.id, allPaid(roster.file));
    await post(roster.id);
    const before = await page();
    expect(before.waiting).toMatchObject([{ rosterId: roster.id, neededFen: 50_000, missingFen: 20_000 }]);
    expect(before.reconciliation.agrees).toBe(false);
    expect(before.reconciliation.differences[0]?.text).toContain("差 200.00 元");
    expect(before.accounts[0]?.availableFen).toBe(30_000);
    await allocate(20_000, { document: "甲财社〔2024〕2号" });
    const after = await page();
    expect(after.waiting).toEqual([]);
    expect(after.reconciliation.agrees).toBe(true);
    expect(after.totals).toMatchObject({ availableFen: 0, paidFen: 50_000 });
  });

  it("with leave of a second person, down to its limit", async () => {
    await toy.award([await toy.person("赵一")]);
    const roster = await sent();
    await post(roster.id);
    const id = newId();
    await asked(id, 50_000);
    expect((await page()).waiting).toHaveLength(1);
    expect(await codeOf(approve(id, toy.staff.finance))).toBe("forbidden");
    expect(await codeOf(approve(id, { ...toy.staff.finance, role: "leader" }))).toBe("same-signer");
    await approve(id, toy.staff.leader);
    await approve(id, toy.staff.leader);
    const p = await page();
    expect(p.waiting).toEqual([]);
    expect(p.accounts).toMatchObject([{ availableFen: -50_000, committedFen: 50_000, overdraftFen: 50_000 }]);
    expect(p.overrides).toMatchObject([{ reason: "上级资金未到，先行垫付", approvedBy: "郑局长" }]);
    const waits = () => as(toy.staff.leader, (tx, f) => f.overridesWaiting(tx));
    const refuse = (one: string, who: Actor) =>
      as(who, (tx, f) => f.refuseOverride(tx, one, { reason: "先用省级资金" }));
    expect(await codeOf(refuse(id, toy.staff.leader))).toBe("action-not-allowed");
    // What is not given goes off the leader's desk, is told, and gives no room.
    const [second, third] = [newId(), newId()];
    await asked(second, 70_000);
    expect(await waits()).toMatchObject([{ id: second }]);
    const other = { ...toy.staff.finance, accountId: newId() };
    expect(await codeOf(refuse(second, other))).toBe("forbidden");
    await refuse(second, toy.staff.leader);
    await refuse(second, toy.staff.leader);
    expect(await codeOf(approve(second, toy.staff.leader))).toBe("action-not-allowed");
    await asked(third, 10_000);
    await refuse(third, toy.staff.finance);
    expect(await waits()).toEqual([]);
    const told = (await page()).overrides.filter((o) => o.refusedAt !== null);
    expect(told.map((o) => [o.refusedBy, o.takenBack, o.canRefuse]).sort()).toEqual([
      ["王会计", true, false],
      ["郑局长", false, false],
    ]);
    expect((await page()).accounts[0]?.overdraftFen).toBe(50_000);
  });

  it("the database refuses it whatever the service thinks", async () => {
    await allocate(100);
    const { accounts } = await page();
    const raw = (entries: string, amountFen = 200) =>
      toy.data.db.transact(systemActor(COUNTY), async (tx) => {
        const id = newId();
        await tx.exec(
          `insert into fund_journal (county_code, id, at, kind, item, month, moved_on, amount_fen, reference, note, actor_name, mac)
           values (app_county(), $1, now(), 'recovery', '', '2024-11', '2024-11-05', $2, '', '', 'x', decode(repeat('00', 32), 'hex'))`,
          [id, amountFen],
        );
        await tx.exec(
          `insert into fund_entry (county_code, journal_id, seq, account_id, class, month, debit_fen, credit_fen)
           select app_county(), $1, v.seq, $2, v.class, '2024-11', v.d, v.c from (values ${entries}) v (seq, class, d, c)`,
          [id, accounts[0]?.id],
        );
      });
    expect(await codeOf(raw("(1, 'committed', 200, 0), (2, 'available', 0, 200)"))).toBe("WX122");
    expect(await codeOf(raw("(1, 'available', 200, 0), (2, 'recovered', 0, 150)"))).toBe("WX121");
    expect(await codeOf(raw("(1, 'available', 150, 0), (2, 'recovered', 0, 150)"))).toBe("WX121");
    const write = (sql: string) => codeOf(toy.data.db.transact(systemActor(COUNTY), (tx) => tx.exec(sql)));
    expect(await write("update fund_balance set amount_fen = 1000")).toBe("42501");
    expect(await write("update fund_journal set amount_fen = 1000")).toBe("42501");
    expect(await write("delete from fund_entry")).toBe("42501");
  });
});

describe("what people enter", () => {
  it("finance only; the same request again changes nothing; another under its id is refused", async () => {
    const id = newId();
    await allocate(100, { id });
    await allocate(100, { id });
    expect((await page()).totals.receivedFen).toBe(100);
    expect(await codeOf(allocate(200, { id }))).toBe("already-exists");
    for (const who of [
      toy.staff.leader,
      toy.staff.clerk,
      auditor,
      { ...toy.staff.finance, scope: "430621101" },
    ])
      expect(await codeOf(allocate(100, {}, who))).toBe("forbidden");
    expect(await codeOf(allocate(0))).toBe("invalid-input");
    expect(await codeOf(allocate(100, { source: "地下" }))).toBe("invalid-input");
    expect(await codeOf(allocate(100, { issuedOn: "2024-12-01" }))).toBe("invalid-input");
  });

  it("a wrong entry is taken back once, and only while its money is there", async () => {
    const id = newId();
    await allocate(50_000, { id });
    const reverse = (what: string) =>
      as(toy.staff.finance, (tx, f) => f.reverse(tx, what, { id: newId(), reason: "金额录错" }));
    await toy.award([await toy.person("赵一")], { amountFen: 40_000 });
    const roster = await sent();
    await post(roster.id);
    expect(await codeOf(reverse(id))).toBe("insufficient-funds");
    const wrong = newId();
    await allocate(7_000, { id: wrong });
    await reverse(wrong);
    expect(await codeOf(reverse(wrong))).toBe("action-not-allowed");
    expect((await page()).totals).toMatchObject({ receivedFen: 50_000, availableFen: 10_000 });
    const { rows } = await as(auditor, (tx, f) => f.journal(tx, { kind: "commitment" }));
    expect(await codeOf(reverse(rows[0]?.id as string))).toBe("action-not-allowed");
  });

  it("money that came back is available again, never more than was paid", async () => {
    await toy.award([await toy.person("赵一")]);
    await allocate(50_000);
    const roster = await sent();
    await toy.load(roster.id, allPaid(roster.file));
    await post(roster.id);
    const accountId = (await page()).accounts[0]?.id as string;
    const recover = (amountFen: number) =>
      as(toy.staff.finance, (tx, f) =>
        f.recover(tx, {
          ...{ id: newId(), accountId, item: "soup", amountFen, month: "2024-09", apart: false },
          ...{ receivedOn: TODAY, reference: "收据 7", note: "机构退回" },
        }),
      );
    await recover(20_000);
    expect(await codeOf(recover(30_001))).toBe("invalid-input");
    const p = await page();
    expect(p.totals).toMatchObject({ availableFen: 20_000, paidFen: 50_000, recoveredFen: 20_000 });
    expect(p.reconciliation.agrees).toBe(true);
  });
});

describe("forecast", () => {
  it("needs of the months to come from live entitlements, and the month when money runs out", async () => {
    await toy.award([await toy.person("赵一")], { amountFen: 50_000 });
    await toy.award([await toy.person("钱二")], { amountFen: 10_000, item: "tea" });
    await allocate(60_000);
    await allocate(25_000, { item: "tea", document: "甲财社〔2024〕5号" });
    const { forecast } = await page();
    expect(forecast.months.filter((m) => m.neededFen > 0).map((m) => [m.month, m.neededFen])).toEqual([
      ["2024-11", 60_000],
      ["2024-12", 60_000],
    ]);
    // Tea has its own money for both months; soup has 60,000 for 100,000.
    expect(forecast.shortages).toEqual([
      { item: "soup", itemTitle: "热汤", month: "2024-12", missingFen: 40_000 },
    ]);
    expect(forecast.runsOut).toBe("2024-12");
    await allocate(140_000, { document: "甲财社〔2024〕6号" });
    const more = (await page()).forecast;
    expect(more.shortages).toEqual([]);
    // 100,000 spent, 100,000 left for soup: January and February; tea takes from it in February.
    expect(more.runsOut).toBe("2025-02");
  });

  it("people who keep coming, and a standard approved but not yet applied, are in the forecast", async () => {
    await allocate(10_000_000);
    for (const [i, month] of ["2024-08", "2024-09", "2024-10"].entries()) {
      for (let n = 0; n <= i; n++)
        await toy.award([await toy.person(`人${i}${n}`)], { amountFen: 10_000, fromMonth: month });
      await sent(month);
    }
    // 1, 3, 6 payments: 2.5 more a month. November: 6 + 2.5 × 0, December: 6 + 3 at 100 yuan each.
    const before = (await page()).forecast;
    const needed = (f: typeof before) => f.months.filter((m) => m.neededFen > 0).map((m) => m.neededFen);
    expect(needed(before)).toEqual([60_000, 90_000]);
    expect(before.counted).toEqual(["热汤按近 6 个月人数变化，每月增 2.5 笔"]);
    await toy.data.owner(
      `insert into reprice (county_code, id, standard_id, parameter, label, document, first_month, items, state,
         opened_by_name, opened_at, lowers, job_id, preview)
       values ($1, gen_random_uuid(), gen_random_uuid(), '汤价', '汤价', '文', '2024-12', '[]', 'ready', '甲', now(), false,
         gen_random_uuid(), '{"totals":{"places":{"soup 430621101":{"beforeFen":60000,"afterFen":66000,"backFen":0}}}}')`,
      [COUNTY],
    );
    const after = (await page()).forecast;
    expect(needed(after)).toEqual([60_000, 96_000]);
    expect(after.counted[1]).toBe("已批准尚未执行的“汤价”自 2024-12 起，热汤每月 60.00 元");
  });
});

describe("the chain", () => {
  it("holds journals, their entries and what they post; a change of any is found", async () => {
    await toy.award([await toy.person("赵一")]);
    await allocate(100_000);
    const roster = await sent();
    await toy.load(roster.id, allPaid(roster.file));
    await post(roster.id);
    const audit = auditOf();
    audit.registerChain(fundsChain);
    const verdict = async () => (await audit.verify(toy.data.db, COUNTY)).find((c) => c.name === "funds");
    await audit.seal(toy.data.db, COUNTY);
    expect(await verdict()).toMatchObject({ ok: true, entries: 3, unsealed: 0 });
    const check = await as(systemActor(COUNTY), (tx, f) => f.check(tx));
    expect(check).toMatchObject({ agrees: true, faults: [], entries: 6 });
    await toy.data.owner("update fund_entry set month = '2024-08' where class = 'paid'");
    expect(await verdict()).toMatchObject({ ok: false });
    await toy.data.owner("update fund_entry set month = '2024-09' where class = 'paid'");
    expect(await verdict()).toMatchObject({ ok: true });
    await toy.data.owner("update fund_balance set amount_fen = amount_fen + 1 where class = 'paid'");
    expect((await as(systemActor(COUNTY), (tx, f) => f.check(tx))).faults).toHaveLength(1);
  });
});

describe("what no roster pays", () => {
  const leader = actor("leader", "局长");
  const ask = (accountId: string, more: Partial<OutlayInput> = {}, who = toy.staff.finance) =>
    as(who, async (tx, f, d) => {
      const id = more.id ?? newId();
      const fileId = more.fileId ?? newId();
      await d.saveFile(tx, { id: fileId, name: "合同.pdf", bytes: PDF });
      await f.askOutlay(tx, {
        ...{ id, accountId, fileId, way: "service", payee: "甲县养老服务中心", purpose: "特困老人上门照料" },
        ...{ document: "合同〔2024〕8号", voucher: `凭${id.slice(-6)}`, month: "2024-10" },
        ...{ paidOn: "2024-10-30", amountFen: 40_000, ...more },
      });
      return id;
    });
  const decide = (id: string, confirm: boolean, who: Actor = leader, note = "与合同不符") =>
    as(who, (tx, f) => f.decideOutlay(tx, id, { confirm, note }));
  const accountId = async (source = "县") =>
    (await page()).accounts.find((a) => a.source === source)?.id as string;

  it("a 付款单 moves money only when another person confirms it, and never more than there is", async () => {
    await allocate(100_000);
    const account = await accountId();
    const id = await ask(account);
    expect(await ask(account, { id })).toBe(id);
    expect(await bySource()).toEqual({ 县: [100_000, 0, 0] });
    await expect(decide(id, true, toy.staff.finance)).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      toy.data.db.transact(toy.staff.finance, (tx) =>
        tx.exec(
          "update fund_outlay set decision = 'confirmed', decided_by = asked_by, decided_by_name = '', decided_at = now(), decided_note = ''",
        ),
      ),
    ).rejects.toThrow(/fund_outlay_second_person/);
    await decide(id, true);
    await decide(id, true);
    expect(await bySource()).toEqual({ 县: [60_000, 0, 40_000] });
    const { outlays, reconciliation } = await page();
    expect(outlays[0]).toMatchObject({ decidedBy: "局长", fileName: "合同.pdf", canReverse: false });
    expect(reconciliation.agrees).toBe(true);
    expect(reconciliation.statement.find((l) => l.label === "不经名册的付款")).toMatchObject({
      ...{ ledgerFen: 40_000, rosterFen: 40_000, unexplainedFen: 0 },
    });
    const more = await ask(account, { amountFen: 60_001 });
    await expect(decide(more, true)).rejects.toMatchObject({ code: "insufficient-funds" });
    await decide(more, false);
    await expect(decide(more, true)).rejects.toMatchObject({ code: "action-not-allowed" });
  });

  it("one voucher is paid once; a benefit's own money is not spent so; a wrong one is taken back by two", async () => {
    await allocate(100_000);
    await allocate(50_000, { source: "中央", item: "soup" });
    const account = await accountId();
    const id = await ask(account, { voucher: "P-7" });
    await expect(ask(account, { voucher: "P-7" })).rejects.toMatchObject({ code: "already-exists" });
    await expect(ask(await accountId("中央"))).rejects.toThrow(/专用于热汤/);
    await expect(ask(account, { paidOn: "2024-11-06" })).rejects.toMatchObject({ code: "invalid-input" });
    await expect(ask(account, { month: "2024-11" })).rejects.toMatchObject({ code: "invalid-input" });
    await expect(ask(account, {}, leader)).rejects.toMatchObject({ code: "forbidden" });
    const back = newId();
    const askBack = (given = back) =>
      as(toy.staff.finance, (tx, f) => f.askOutlayBack(tx, id, { id: given, reason: "付错了单位" }));
    await expect(askBack()).rejects.toMatchObject({ code: "action-not-allowed" });
    await decide(id, true);
    await askBack();
    await expect(askBack(newId())).rejects.toMatchObject({ code: "action-not-allowed" });
    await expect(
      as(toy.staff.finance, (tx, f) => f.reverse(tx, id, { id: newId(), reason: "绕过" })),
    ).rejects.toMatchObject({ code: "action-not-allowed" });
    await decide(back, true);
    expect((await bySource()).县).toEqual([100_000, 0, 0]);
    expect((await page()).reconciliation.agrees).toBe(true);
    await ask(account, { voucher: "P-7" });
  });

  it("the database takes no journal of a payment that nobody confirmed", async () => {
    await allocate(100_000);
    const id = await ask(await accountId());
    await expect(
      toy.data.db.transact(leader, async (tx) => {
        await tx.exec(
          `insert into fund_journal (county_code, id, at, kind, item, month, moved_on, amount_fen, reference, note, actor_name, mac)
           select county_code, id, now(), 'outlay', '', month, paid_on, amount_fen, '', '', '', decode(repeat('00', 32), 'hex')
           from fund_outlay where id = $1`,
          [id],
        );
        await tx.exec(
          `insert into fund_entry (county_code, journal_id, seq, account_id, class, month, debit_fen, credit_fen)
           select county_code, id, n, account_id, case n when 1 then 'paid' else 'available' end, month,
             case n when 1 then amount_fen else 0 end, case n when 1 then 0 else amount_fen end
           from fund_outlay, generate_series(1, 2) n where id = $1`,
          [id],
        );
      }),
    ).rejects.toThrow(/no 付款单/);
  });

  it("money that lies is told before it lies too long; what came first is spent first", async () => {
    const given = (on: string, amountFen: number, document: string) =>
      as(toy.staff.finance, (tx, f) =>
        f.allocate(tx, {
          ...{ id: newId(), source: "省", document, issuedOn: "2024-01-10", item: "", amountFen },
          ...{ receivedOn: on, note: "" },
        }),
      );
    await given("2024-07-01", 50_000, "甲〔2024〕1号");
    await given("2024-08-20", 30_000, "甲〔2024〕1号");
    await given("2024-10-20", 30_000, "甲〔2024〕2号");
    const id = await ask((await page()).accounts[0]?.id as string, { amountFen: 20_000 });
    await decide(id, true);
    const { limit, rows } = (await page()).idle;
    expect(limit).toMatchObject({ months: 3, unverified: true });
    expect(rows).toMatchObject([
      {
        ...{ document: "甲〔2024〕1号", idleFen: 30_000, soonFen: 30_000, receivedOn: "2024-07-01" },
        ...{ idleOn: "2024-10-01", days: 127 },
      },
    ]);
  });
});
