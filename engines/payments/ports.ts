/** What this engine needs from others, no more; the composition root gives it. */
import type { BankLayout, ItemDefinition, RedFlag } from "@wuxin/declare";
import type { Clock, IsoDate, Month } from "@wuxin/kernel";
import type { Tx, Vault } from "@wuxin/platform";
import type { Listed } from "./flag-store.ts";
import type { Exclusion } from "./model.ts";

/** Of an item, only this is read; `@wuxin/declare`'s catalogue has it. */
export interface Items {
  readonly items: ReadonlyMap<string, Pick<ItemDefinition, "title" | "shortTitle" | "entitlement">>;
}

export interface Audit {
  record(
    tx: Tx,
    entry: {
      readonly action: string;
      readonly object: string;
      readonly objectId?: string;
      readonly detail?: string;
    },
  ): Promise<unknown>;
}

export interface PaymentsDeps {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly catalogue: Items;
  readonly audit: Audit;
  /** What may not be drawn together in a month of a county: both items of a pair with the name of their slot. */
  readonly exclusions: (countyCode: string, month: Month) => readonly Exclusion[];
  /** How the rosters of a month are looked over in a county. */
  readonly redFlags: (countyCode: string, month: Month) => readonly RedFlag[];
  /** The bank files that a county may make and read, its usual one first. */
  readonly layouts: (countyCode: string) => readonly BankLayout[];
  /**
   * The papers (资金文号) that pay what a roster sends of an item and month, the one that pays first before the others;
   * by `documentKey`. What has no money yet is not there.
   */
  readonly fundDocuments: (
    tx: Tx,
    rosterId: string,
    sent: readonly { readonly item: string; readonly month: Month; readonly amountFen: number }[],
  ) => Promise<ReadonlyMap<string, readonly string[]>>;
  /** The county's switches as of today, by name. */
  readonly switches: (countyCode: string) => Readonly<Record<string, string | number | boolean>>;
  /** Name of a division of a county. */
  readonly divisionName: (countyCode: string, divisionCode: string) => string;
  /** Whom another department's list names and nobody has called a false alarm; asked after the payment. */
  readonly listed?: (tx: Tx) => Promise<readonly Listed[]>;
  /** Within how many days an objection to a published list is answered; undefined: the county has no number. */
  readonly objectionDays?: (countyCode: string, on: IsoDate) => number | undefined;
  /** How much of a month may be kept back to pay off an overpayment, in percent. */
  readonly recoveryCapPercent?: (countyCode: string) => number;
  /** Bytes of a return that are read at once, if not two mebibytes. */
  readonly returnPart?: number | undefined;
  /** Lines of a bank file that are written at once, if not five thousand. */
  readonly filePage?: number | undefined;
}

export const documentKey = (of: { readonly item: string; readonly month: Month }): string =>
  `${of.month} ${of.item}`;

/**
 * The money trail as a chain of the audit engine: `audit.registerChain(paymentsChain)`. Everything of an event that
 * must never change is in its canonical text.
 */
export const paymentsChain = {
  name: "payments",
  table: "payment_event",
  orderBy: "position",
  canonicalSql: `concat(
    t.county_code, E'\\x1f', t.id, E'\\x1f', to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), E'\\x1f',
    t.kind, E'\\x1f', t.roster_id, E'\\x1f', t.line_id, E'\\x1f', t.origin_line_id, E'\\x1f', t.entitlement_id, E'\\x1f',
    t.payee_id, E'\\x1f', t.month, E'\\x1f', t.amount_fen, E'\\x1f', t.detail, E'\\x1f', t.bank_serial, E'\\x1f',
    to_char(t.settled_on, 'YYYY-MM-DD'), E'\\x1f', t.return_id, E'\\x1f', t.account_id, E'\\x1f', t.actor_name)`,
} as const;

/** What the actions of this engine are called on the audit page: `audit.describe(paymentsActions)`. */
export const paymentsActions: Readonly<Record<string, string>> = {
  "roster.generate": "生成发放名册",
  "roster.read": "查看发放名册",
  "roster.lines": "查看名册明细",
  "roster.hold": "暂缓一笔发放",
  "roster.release": "放行一笔发放",
  "roster.sign": "名册签字",
  "roster.discard": "作废名册",
  "roster.choose": "两项待遇择一",
  "roster.publish": "公示名册",
  "roster.take-down": "撤下名册公示",
  "objection.enter": "登记对名单的异议",
  "objection.answer": "答复对名单的异议",
  "roster.reissue": "生成失败补发名册",
  "bank-file.export": "生成银行文件",
  "bank-file.download": "下载银行文件",
  "bank-return.receive": "收到银行回盘",
  "bank-return.load": "装载银行回盘",
  "payment.failures": "查看发放失败清单",
  "recheck.run": "发放后复查",
  "recheck.decide": "复查结论",
  "recovery.propose": "提出追缴",
  "recovery.read": "查看追缴",
  "recovery.list": "查看追缴清单",
  "recovery.confirm": "确认追缴",
  "recovery.dismiss": "不予追缴",
  "recovery.reduce": "应发提高，少追",
  "recovery.repay": "登记退回现金",
  "recovery.ask": "申请免除、核销或更正",
  "recovery.give": "批准免除、核销或更正",
  "recovery.refuse": "不批准免除、核销或更正",
};
