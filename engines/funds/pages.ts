/** The pages of the ledger: balances, what does not agree and why, what is needed to the end of the year, entries. */
import { addMonths, formatYuan, type Month, monthOf, monthsBetween } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Allotments } from "./allotments.ts";
import * as flow from "./flow.ts";
import { createIdle } from "./idle.ts";
import {
  agrees,
  CLASSES,
  explain,
  inPayingOrder,
  KINDS,
  type Need,
  SOURCES,
  spend,
  trendOf,
  withTrend,
} from "./model.ts";
import { sums as outlaySums } from "./outlay-store.ts";
import type { Outlays } from "./outlays.ts";
import type { FundsDeps } from "./ports.ts";
import * as receipts from "./receipts.ts";
import { statement } from "./statement.ts";
import * as store from "./store.ts";

/** So many months back for the trend of people. */
const TREND_BACK = 6;

const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((n, r) => n + of(r), 0);

/** Money is missing or the posting is on its way: nothing is wrong. */
const isAwaited = (r: flow.ComparedRecord): boolean =>
  !agrees(r) && r.rosterFen === r.bankFen && (r.missingFen !== null || r.unpostedFen > 0);

export function createPages(
  deps: FundsDeps,
  allotments: Pick<Allotments, "list">,
  outlays: Pick<Outlays, "list">,
) {
  const { clock, audit, catalogue } = deps;
  const titleOf = (item: string) =>
    item === "" ? "各事项统筹" : (catalogue.items.get(item)?.shortTitle ?? item);
  const idle = createIdle(deps, titleOf);

  /** Ledger paid = rosters paid = bank receipts, for every roster, item and month; each difference with its reason. */
  async function reconcile(tx: Tx, from: Month, to: Month) {
    const rows = await flow.compared(tx, from, to);
    const ledgerFen = sum(rows, (r) => r.ledgerFen);
    const rosterFen = sum(rows, (r) => r.rosterFen);
    const bankFen = sum(rows, (r) => r.bankFen);
    const differences = rows
      .filter((r) => !agrees(r))
      .map((r) => ({
        rosterId: r.rosterId,
        rosterTitle: r.rosterTitle,
        itemTitle: titleOf(r.item),
        month: r.month,
        ledgerFen: r.ledgerFen,
        rosterFen: r.rosterFen,
        bankFen: r.bankFen,
        text: explain(r),
        awaited: isAwaited(r),
      }));
    const cash = await receipts.sums(tx, from, to);
    const waitingCash = await receipts.unposted(tx, from, to);
    const outlays = await outlaySums(tx, from, to);
    const lines = statement(
      {
        ...{ sentFen: sum(rows, (r) => r.sentFen), paidFen: rosterFen, bankFen, ledgerPaidFen: ledgerFen },
        ...{ atBankFen: sum(rows, (r) => r.atBankFen), ledgerBoundFen: sum(rows, (r) => r.boundFen) },
        ...{ failedFen: sum(rows, (r) => r.failedFen), reissuedFen: sum(rows, (r) => r.reissuedFen) },
        deductedFen: sum(rows, (r) => r.deductedFen),
        awaitedPaidFen: sum(rows.filter(isAwaited), (r) => r.rosterFen - r.ledgerFen),
        awaitedBoundFen: sum(rows.filter(isAwaited), (r) => r.atBankFen - r.boundFen),
      },
      cash,
      sum(waitingCash, (w) => w.amountFen),
      sum(await receipts.toReverse(tx, from, to), (j) => j.amountFen),
      outlays,
    );
    const unexplained = lines.filter((l) => l.unexplainedFen !== 0);
    const agree = differences.length === 0 && unexplained.length === 0;
    const line =
      `随名册发放：台账已付 ${formatYuan(ledgerFen)} 元，名册已付 ${formatYuan(rosterFen)} 元，银行回盘 ${formatYuan(bankFen)} 元` +
      (outlays.papersFen > 0 ? `；不经名册付款 ${formatYuan(outlays.papersFen)} 元` : "");
    return {
      ...{ ledgerFen, rosterFen, bankFen, differences, statement: lines, agrees: agree },
      asked: { ...cash, leftFen: cash.askedFen - cash.cashFen - cash.keptFen - cash.letGoFen },
      waitingCash: waitingCash.map((w) => ({
        ...{ recoveryId: w.recoveryId, receiptId: w.receiptId, itemTitle: titleOf(w.item), month: w.month },
        ...{ amountFen: w.amountFen, receivedOn: w.receivedOn },
      })),
      text: agree
        ? `${line}，逐册逐项相符。`
        : `${line}；有 ${differences.length + unexplained.length} 处不符，见下。`,
    };
  }

  /** From this month to the end of the year, from the entitlements as they stand. A year gone by needs nothing more. */
  async function forecast(tx: Tx, year: number, accounts: readonly store.AccountRecord[]) {
    const first = `${year}-01`;
    const last = `${year}-12`;
    const now = monthOf(clock.today());
    const past = new Map((await flow.byMonth(tx, first, last)).map((m) => [m.month, m]));
    const sent = await flow.monthsSent(tx, first, last);
    const needs: Need[] = [];
    // What waits for money went to the bank already and is needed first.
    if (`${year}-12` >= now)
      for (const w of await flow.waiting(tx))
        needs.push({ month: first > now ? first : now, item: w.item, amountFen: w.neededFen });
    const ahead: (Need & { payments: number; ahead: number })[] = [];
    const toCome: Month[] = [];
    for (let m: Month = first > now ? first : now; m <= last; m = addMonths(m, 1))
      if (!sent.has(m)) toCome.push(m);
    if (toCome.length > 0)
      for (const n of await flow.owed(tx, toCome)) ahead.push({ ahead: monthsBetween(now, n.month), ...n });
    const trend = trendOf(await flow.countsOfMonths(tx, addMonths(now, -TREND_BACK), now));
    needs.push(...withTrend(ahead, trend));
    // A standard that is approved but not yet in the amounts: its months from the first on, and what it owes already.
    const raises = `${year}-12` >= now ? await flow.raisesToCome(tx) : [];
    for (const r of raises) {
      const months = [...new Set(ahead.map((n) => n.month))].filter((m) => m >= r.firstMonth);
      for (const month of months) needs.push({ month, item: r.item, amountFen: Math.max(0, r.monthlyFen) });
      if (months[0] && r.backFen > 0) needs.push({ month: months[0], item: r.item, amountFen: r.backFen });
    }
    const next = [...new Set(ahead.map((n) => n.month))][0];
    const linked = next ? await flow.linkedToCome(tx, next) : [];
    if (next) for (const l of linked) needs.push({ month: next, ...l });
    const { shortages, runsOut, leftAfter } = spend(accounts, needs);
    const neededFen = sum(needs, (n) => n.amountFen);
    const availableFen = sum(accounts, (a) => a.availableFen);
    const months = Array.from({ length: 12 }, (_, i) => addMonths(first, i)).map((month) => ({
      month,
      paidFen: past.get(month)?.paidFen ?? 0,
      neededFen: sum(
        needs.filter((n) => n.month === month),
        (n) => n.amountFen,
      ),
      leftFen: leftAfter.get(month) ?? null,
    }));
    const balance = availableFen - neededFen;
    const text =
      needs.length === 0
        ? "本年没有待发月份。"
        : shortages.length > 0
          ? `${shortages.map((s) => `${titleOf(s.item)} ${s.month} 起不足，年底前缺 ${formatYuan(s.missingFen)} 元`).join("；")}。请及早申请拨款。`
          : `按在享待遇测算，到年底还需 ${formatYuan(neededFen)} 元，结余 ${formatYuan(balance)} 元` +
            (runsOut ? `；照此发放，${runsOut} 用完。` : "。");
    const counted = [
      ...[...trend].map(
        ([item, slope]) =>
          `${titleOf(item)}按近 ${TREND_BACK} 个月人数变化，每月${slope > 0 ? "增" : "减"} ${Math.abs(Math.round(slope * 10) / 10)} 笔`,
      ),
      ...linked.map((l) => `已确认、随下一份名册补发的${titleOf(l.item)} ${formatYuan(l.amountFen)} 元`),
      ...raises.map(
        (r) =>
          `已批准尚未执行的“${r.label}”自 ${r.firstMonth} 起，${titleOf(r.item)}每月 ${formatYuan(r.monthlyFen)} 元`,
      ),
    ];
    return {
      ...{ months, neededFen, balanceFen: balance, runsOut, text, counted },
      shortages: shortages.map((s) => ({ ...s, itemTitle: titleOf(s.item) })),
      receivedFen: sum([...past.values()], (m) => m.receivedFen),
      paidFen: sum([...past.values()], (m) => m.paidFen),
    };
  }

  /** For the leader: what the year paid and still needs, and until when the money lasts. */
  async function outlook(tx: Tx) {
    const year = Number(clock.today().slice(0, 4));
    const accounts = inPayingOrder(deps.sourceOrder(tx.actor.countyCode), await store.accounts(tx));
    const { paidFen, neededFen, runsOut, text, shortages } = await forecast(tx, year, accounts);
    return {
      ...{ year, paidFen, neededFen, runsOut, text, short: shortages.length > 0 },
      availableFen: sum(accounts, (a) => a.availableFen),
    };
  }

  async function view(tx: Tx, q: { year?: number | undefined } = {}) {
    const year = q.year ?? Number(clock.today().slice(0, 4));
    const order = deps.sourceOrder(tx.actor.countyCode);
    const list = inPayingOrder(order, await store.accounts(tx));
    const role = tx.actor.role;
    const allotted = await allotments.list(tx);
    return {
      year,
      sources: SOURCES,
      order,
      accounts: list.map((a) => ({
        ...a,
        itemTitle: titleOf(a.item),
        unallottedFen: allotted.left.find((l) => l.accountId === a.id)?.leftFen ?? 0,
      })),
      allotments: allotted.rows.map((a) => ({
        ...a,
        divisionName:
          a.divisionCode === tx.actor.countyCode
            ? "县本级"
            : deps.divisionName(tx.actor.countyCode, a.divisionCode),
      })),
      totals: {
        receivedFen: sum(list, (a) => a.receivedFen),
        availableFen: sum(list, (a) => a.availableFen),
        committedFen: sum(list, (a) => a.committedFen),
        paidFen: sum(list, (a) => a.paidFen),
        recoveredFen: sum(list, (a) => a.recoveredFen),
      },
      items: [...catalogue.items].map(([code, i]) => ({ code, title: i.shortTitle })),
      outlays: await outlays.list(tx, year),
      idle: await idle.list(tx),
      waiting: (await flow.waiting(tx)).map((w) => ({ ...w, itemTitle: titleOf(w.item) })),
      reconciliation: await reconcile(tx, `${year}-01`, `${year}-12`),
      forecast: await forecast(tx, year, list),
      overrides: (await store.overrides(tx)).map(({ requestedById, ...o }) => ({
        ...o,
        itemTitle: titleOf(o.item),
        ...mayAnswer(tx, o, requestedById),
      })),
      can: { enter: role === "finance", approve: role === "leader" },
    };
  }

  /** Entries, newest first; reading leaves a line in the trail. */
  async function journal(tx: Tx, q: store.JournalFilter = {}) {
    const { rows, ...beside } = await store.journals(tx, q);
    const entries = await store.entriesOf(
      tx,
      rows.map((r) => r.id),
    );
    await audit.record(tx, { action: "funds.journal", object: "funds", detail: `${rows.length} 笔` });
    return {
      ...beside,
      rows: rows.map((j) => ({
        ...j,
        kindLabel: KINDS[j.kind],
        itemTitle: titleOf(j.item),
        canReverse:
          tx.actor.role === "finance" && !j.reversed && (j.kind === "allocation" || j.kind === "recovery"),
        entries: entries
          .filter((e) => e.journalId === j.id)
          .map(({ journalId: _, ...e }) => ({ ...e, classLabel: CLASSES[e.class] })),
      })),
    };
  }

  /** For `npm run verify`: every balance added up again, and the three ways of counting what was paid, of all time. */
  async function check(tx: Tx) {
    const sums = await flow.readd(tx);
    const { agrees: agree, text, differences, statement: lines } = await reconcile(tx, "1900-01", "9999-12");
    const faults = lines
      .filter((l) => l.unexplainedFen !== 0)
      .map((l) => `对账“${l.label}”有 ${formatYuan(Math.abs(l.unexplainedFen))} 元说不清`);
    if (sums.wrongJournals > 0) faults.push(`${sums.wrongJournals} 笔分录借贷不平`);
    if (sums.wrongBalances > 0) faults.push(`${sums.wrongBalances} 个余额与分录合计不符`);
    return { entries: sums.entries, agrees: agree, text, differences, faults };
  }

  return { view, outlook, journal, reconcile, check, idle: idle.list };
}

/** A leader says yes or no to what another asked; whoever asked may take it back. */
function mayAnswer(tx: Tx, o: Pick<store.OverrideRecord, "approvedAt" | "refusedAt">, requestedById: string) {
  const { role, accountId } = tx.actor;
  const open = o.approvedAt === null && o.refusedAt === null;
  const own = requestedById === accountId;
  const canApprove = open && role === "leader" && !own;
  return { canApprove, canRefuse: canApprove || (open && own && (role === "finance" || role === "leader")) };
}
