/** What this engine needs from others, no more; the composition root gives it. */
import type { ItemDefinition } from "@wuxin/declare";
import type { Clock, IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Documents } from "../documents/index.ts";

export interface IdleLimit {
  readonly months: number;
  readonly document: string | null;
  readonly unverified: boolean;
}
export interface FundsDeps {
  readonly clock: Clock;
  readonly catalogue: {
    readonly items: ReadonlyMap<string, Pick<ItemDefinition, "title" | "shortTitle">>;
  };
  readonly audit: {
    record(
      tx: Tx,
      entry: {
        readonly action: string;
        readonly object: string;
        readonly objectId?: string;
        readonly detail?: string;
      },
    ): Promise<unknown>;
    /** The keyed code of a canonical text. */
    mac(text: string): Buffer;
  };
  readonly divisionName: (countyCode: string, divisionCode: string) => string;
  /** The papers of payments that no roster makes. */
  readonly documents: Pick<Documents, "attachFiles" | "files">;
  /** After how many months money that lies counts as 滞留; undefined: the county has no number. */
  readonly idleLimit: (countyCode: string, on: IsoDate) => IdleLimit | undefined;
  /** A number of the county that holds on a day; undefined: it has none. */
  readonly parameter: (countyCode: string, name: string, on: IsoDate) => number | undefined;
  readonly divisions: (countyCode: string) => readonly { readonly code: string }[];
  /** In which order the county spends its sources; what is not named comes after. */
  readonly sourceOrder: (countyCode: string) => readonly string[];
}

/** Journals as a chain of the audit engine, with their entries and the events they post: `audit.registerChain(fundsChain)`. */
export const fundsChain = {
  name: "funds",
  table: "fund_journal",
  orderBy: "position",
  macColumn: "mac",
  canonicalSql: `concat(
    t.county_code, E'\\x1f', t.id, E'\\x1f', to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), E'\\x1f',
    t.kind, E'\\x1f', t.roster_id, E'\\x1f', t.item, E'\\x1f', t.month, E'\\x1f', to_char(t.moved_on, 'YYYY-MM-DD'), E'\\x1f',
    t.amount_fen, E'\\x1f', t.reference, E'\\x1f', t.note, E'\\x1f', t.reverses, E'\\x1f', t.actor_id, E'\\x1f', t.actor_name,
    E'\\x1f', (select string_agg(concat_ws(':', e.seq, e.account_id, e.class, e.month, e.debit_fen, e.credit_fen), ';'
                               order by e.seq)
              from fund_entry e where e.county_code = t.county_code and e.journal_id = t.id),
    E'\\x1f', (select encode(sha256(convert_to(string_agg(p.event_id::text, ',' order by p.event_id), 'UTF8')), 'hex')
              from fund_posting p where p.county_code = t.county_code and p.journal_id = t.id))`,
} as const;

/** What the actions of this engine are called on the audit page: `audit.describe(fundsActions)`. */
export const fundsActions: Readonly<Record<string, string>> = {
  "funds.read": "查看资金台账",
  "funds.journal": "查看资金明细账",
  "funds.report": "查看月度监督报告",
  "funds.report-export": "导出月度监督报告",
  "funds.allocation": "登记拨入",
  "funds.recovery": "登记追回",
  "funds.reversal": "冲正一笔",
  "funds.allotment": "登记资金分配",
  "funds.allotment-withdraw": "收回资金分配",
  "funds.outlay": "登记付款单",
  "funds.outlay-back": "申请冲正付款单",
  "funds.outlay-confirm": "确认付款单",
  "funds.outlay-decline": "退回付款单",
  "funds.draft": "起草资金使用公示",
  "funds.publish": "确认资金使用公示",
  "funds.publish-return": "退回资金使用公示",
  "funds.take-down": "撤下资金使用公示",
  "funds.override-request": "申请垫付",
  "funds.override-approve": "批准垫付",
  "funds.override-refuse": "退回垫付申请",
  "spot-check.draw": "抽查抽样",
  "spot-check.redraw": "抽查重新抽一遍",
  "spot-check.looked": "登记抽查检查",
  "spot-check.confirmed": "抽查复核属实",
  "spot-check.returned": "抽查复核退回",
  "spot-check.rectified": "登记抽查整改",
  "spot-check.accepted": "抽查验收通过",
  "spot-check.reopened": "抽查验收退回",
  "spot-check.transferred": "抽查移送",
  "audit.export": "审计导出",
  "audit.export-download": "下载审计导出",
};
