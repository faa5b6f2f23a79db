/** 对账, pure: what ledger, rosters, bank and 追缴 say of the same money, and in words why they differ. */
import { formatYuan } from "@wuxin/kernel";
import type { Sums } from "./receipts.ts";

/** Rosters of some months, added up from their lines, the ledger and the bank's answers. */
export interface RosterSums {
  readonly sentFen: number;
  readonly paidFen: number;
  readonly atBankFen: number;
  readonly failedFen: number;
  readonly reissuedFen: number;
  /** Kept back by lines that the bank has paid. */
  readonly deductedFen: number;
  readonly bankFen: number;
  readonly ledgerPaidFen: number;
  readonly ledgerBoundFen: number;
  /** Of the difference in what was paid and in what is bound: what waits for money or is on its way into the ledger. */
  readonly awaitedPaidFen: number;
  readonly awaitedBoundFen: number;
}
export interface StatementLine {
  readonly label: string;
  readonly ledgerFen: number | null;
  readonly rosterFen: number | null;
  readonly bankFen: number | null;
  readonly recoveryFen: number | null;
  readonly text: string;
  /** Of the difference, what no reason accounts for; 0 is right. */
  readonly unexplainedFen: number;
}

const said = (parts: readonly (readonly [fen: number, words: string])[], otherwise: string): string => {
  const list = parts.filter(([fen]) => fen !== 0).map(([fen, words]) => `${words} ${formatYuan(fen)} 元`);
  return list.length > 0 ? `${list.join("；")}。` : otherwise;
};
const none = { ledgerFen: null, rosterFen: null, bankFen: null, recoveryFen: null };

export interface OutlaySums {
  readonly papers: number;
  readonly papersFen: number;
  readonly ledgerFen: number;
  readonly waitingFen: number;
}
/**
 * @param waitingFen cash of recoveries that the ledger does not have yet
 * @param toReverseFen cash that was taken back, and that the ledger still has
 */
export function statement(
  r: RosterSums,
  c: Sums,
  waitingFen: number,
  toReverseFen: number,
  o: OutlaySums,
): StatementLine[] {
  const unregistered = r.deductedFen - c.keptFen;
  return [
    {
      ...{ ...none, label: "报送银行", rosterFen: r.sentFen },
      text: "等于以下已付、在途、退回各数之和。",
      unexplainedFen: r.sentFen - r.paidFen - r.atBankFen - r.failedFen - r.reissuedFen,
    },
    {
      ...{ ...none, label: "已付", ledgerFen: r.ledgerPaidFen, rosterFen: r.paidFen, bankFen: r.bankFen },
      text: said([[r.awaitedPaidFen, "等待资金或正在入账"]], "三方相符。"),
      unexplainedFen:
        Math.abs(r.paidFen - r.ledgerPaidFen - r.awaitedPaidFen) + Math.abs(r.paidFen - r.bankFen),
    },
    {
      ...{ ...none, label: "不经名册的付款", ledgerFen: o.ledgerFen, rosterFen: o.papersFen },
      text: said([[o.waitingFen, "另有等局领导确认、尚未入账的"]], `付款单 ${o.papers} 份，逐份相符。`),
      unexplainedFen: o.papersFen - o.ledgerFen,
    },
    {
      ...{ ...none, label: "在途（占用）", ledgerFen: r.ledgerBoundFen, rosterFen: r.atBankFen },
      text: said([[r.awaitedBoundFen, "等待资金或正在入账"]], "已报送、银行还没有回盘的。"),
      unexplainedFen: r.atBankFen - r.ledgerBoundFen - r.awaitedBoundFen,
    },
    {
      ...{ ...none, label: "退回，待补发", rosterFen: r.failedFen },
      ...{ text: "银行付不出去，资金已释放；更正账户后补发。", unexplainedFen: 0 },
    },
    {
      ...{ ...none, label: "退回，已转补发名册", rosterFen: r.reissuedFen },
      ...{ text: "在补发名册里重新计算，这里不再付。", unexplainedFen: 0 },
    },
    {
      ...{ ...none, label: "扣减抵追缴", rosterFen: r.deductedFen, recoveryFen: c.keptFen },
      text: said(
        [[unregistered, "名册已付、追缴正在登记"]],
        r.deductedFen === 0 ? "没有扣减。" : "从当月待遇里扣下，没有付出去，不动台账。",
      ),
      // Heard from the outbox within moments: on its way is a reason, too much is none.
      unexplainedFen: Math.min(0, unregistered),
    },
    {
      ...{ ...none, label: "追回现金", ledgerFen: c.ledgerFen, recoveryFen: c.cashFen },
      text: said(
        [
          [c.byHandFen, "财务手工登记的其他退款"],
          [waitingFen, "已收到、等所属月份的名册入账后再记"],
          [c.takenBackFen, "自动记账后又冲正"],
          [toReverseFen, "追缴里已更正、等可用资金够了再冲正"],
        ],
        "相符。",
      ),
      unexplainedFen: c.ledgerFen - (c.cashFen - waitingFen + toReverseFen - c.takenBackFen + c.byHandFen),
    },
  ];
}
