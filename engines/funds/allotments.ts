/** 分配: for whom a 资金 is meant: a township, a village, or the county itself. Moves no money, and never more than came. */
import { DomainError, formatYuan, type IsoDate, within } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { FundsDeps } from "./ports.ts";
import * as store from "./store.ts";

export interface AllotmentInput {
  readonly id: string;
  readonly accountId: string;
  readonly divisionCode: string;
  readonly purpose: string;
  readonly document: string;
  readonly on: IsoDate;
  readonly amountFen: number;
}
interface AllotmentRecord extends AllotmentInput {
  source: string;
  fundDocument: string;
  by: string;
  withdrawn: boolean;
}

const LIST = `select a.id, a.account_id as "accountId", a.division_code as "divisionCode", a.purpose, a.document,
    a.allotted_on as "on", a.amount_fen as "amountFen", f.source, f.document as "fundDocument", a.by_name as by,
    exists (select from fund_allotment w where w.county_code = a.county_code and w.withdraws = a.id) as withdrawn
  from fund_allotment a
  join fund_account f on f.county_code = a.county_code and f.id = a.account_id
  where a.county_code = app_county() and a.withdraws is null`;

export type Allotments = ReturnType<typeof createAllotments>;

export function createAllotments(deps: FundsDeps) {
  const { clock, audit } = deps;
  const note = (tx: Tx, action: string, id: string, detail: string) =>
    audit.record(tx, { action, object: "funds", objectId: id, detail });
  const insert = (tx: Tx, a: AllotmentInput, withdraws: string | null) =>
    tx.exec(
      `insert into fund_allotment (county_code, id, account_id, division_code, purpose, document, allotted_on, amount_fen,
         withdraws, at, by_name)
       values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[a.id, a.accountId, a.divisionCode, a.purpose, a.document, a.on, a.amountFen],
        ...[withdraws, clock.now(), tx.actor.name],
      ],
    );
  const known = (tx: Tx, id: string) =>
    tx.maybe("select 1 from fund_allotment where county_code = app_county() and id = $1", [id]);

  /** Newest first, with what of each 资金 is not allotted yet. */
  async function list(tx: Tx) {
    const rows = await tx.query<AllotmentRecord>(`${LIST} order by a.allotted_on desc, a.id limit 200`);
    const left = await tx.query<{ accountId: string; leftFen: number }>(
      `select f.id as "accountId",
         ((select coalesce(sum(e.credit_fen - e.debit_fen), 0) from fund_entry e
            where e.county_code = f.county_code and e.account_id = f.id and e.class = 'received')
          - (select coalesce(sum(case when a.withdraws is null then a.amount_fen else -a.amount_fen end), 0)
               from fund_allotment a where a.county_code = f.county_code and a.account_id = f.id))::bigint as "leftFen"
       from fund_account f where f.county_code = app_county()`,
    );
    return { rows, left };
  }

  /** The same id again changes nothing. Errors: invalid-input. */
  async function allot(tx: Tx, a: AllotmentInput): Promise<void> {
    await store.lockLedger(tx);
    if (await known(tx, a.id)) return;
    if (!within(tx.actor.countyCode, a.divisionCode))
      throw new DomainError("invalid-input", "请选择本县或本县的乡镇、村。", { field: "divisionCode" });
    if (a.on > clock.today())
      throw new DomainError("invalid-input", "日期不能晚于今天，请改正。", { field: "on" });
    const left = (await list(tx)).left.find((l) => l.accountId === a.accountId);
    if (!left)
      throw new DomainError("invalid-input", "没有这笔资金，请刷新后重新选择。", { field: "accountId" });
    if (!(a.amountFen > 0 && a.amountFen <= left.leftFen))
      throw new DomainError(
        "invalid-input",
        `这笔资金还有 ${formatYuan(left.leftFen)} 元没有分配，金额应在这以内。`,
        { field: "amountFen" },
      );
    await insert(tx, a, null);
    await note(tx, "funds.allotment", a.id, `${a.document}，${formatYuan(a.amountFen)} 元`);
  }

  /** Errors: not-found, action-not-allowed. */
  async function withdraw(tx: Tx, id: string, input: { id: string; reason: string }): Promise<void> {
    await store.lockLedger(tx);
    if (await known(tx, input.id)) return;
    const a = await tx.maybe<AllotmentRecord>(`${LIST} and a.id = $1`, [id]);
    if (!a) throw new DomainError("not-found", "没有找到这笔分配，请刷新页面。");
    if (a.withdrawn) throw new DomainError("action-not-allowed", "这笔分配已经收回。");
    await insert(tx, { ...a, id: input.id, purpose: input.reason, on: clock.today() }, id);
    await note(tx, "funds.allotment-withdraw", id, input.reason);
  }

  return { list, allot, withdraw };
}
