/** 对账: the same money as ledger, rosters, bank and 追缴 have it; each difference with its reason. */
import { Link } from "@tanstack/react-router";
import { yuan } from "../../../kit/format.ts";
import { Shape } from "../../parts/marks.tsx";
import { Panel, Scroll } from "../../parts/page.tsx";
import type { Funds } from "./funds.tsx";

const figure = (fen: number | null) => (fen === null ? <span className="quiet">—</span> : yuan(fen));

export function Statement({ of: r, year }: { of: Funds["reconciliation"]; year: number }) {
  const { asked } = r;
  return (
    <Panel title="对账" extra={`所属月份 ${year} 年`} testId="fund-statement">
      <Scroll label="对账">
        <table className="plain-table fund-table fund-wide">
          <thead>
            <tr>
              <th>项目</th>
              <th className="num">台账</th>
              <th className="num">名册</th>
              <th className="num">银行回盘</th>
              <th className="num">追缴（元）</th>
              <th>为什么</th>
            </tr>
          </thead>
          <tbody>
            {r.statement.map((l) => (
              <tr key={l.label}>
                <td className="nowrap">{l.label}</td>
                <td className="num">{figure(l.ledgerFen)}</td>
                <td className="num">{figure(l.rosterFen)}</td>
                <td className="num">{figure(l.bankFen)}</td>
                <td className="num">{figure(l.recoveryFen)}</td>
                <td>
                  {l.unexplainedFen === 0 ? (
                    l.text
                  ) : (
                    <span className="danger">
                      <Shape tone="bad" /> 有 {yuan(Math.abs(l.unexplainedFen))}{" "}
                      元说不清，请停止报送并告知系统管理员核查。
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {asked.askedFen > 0 && (
        <p className="quiet fund-asked">
          已确认追缴 {yuan(asked.askedFen)} 元：退回现金 {yuan(asked.cashFen)}，名册扣减 {yuan(asked.keptFen)}
          ，免除或核销 {yuan(asked.letGoFen)}，还差 {yuan(asked.leftFen)} 元。
          <Link to="/recoveries">看追缴</Link>
        </p>
      )}
      {r.waitingCash.length > 0 && (
        <ul className="fund-differences fund-asked" data-testid="waiting-cash">
          {r.waitingCash.map((w) => (
            <li key={`${w.receiptId}${w.month}`}>
              {w.receivedOn} 收到 {w.itemTitle} {w.month} 的退款 {yuan(w.amountFen)}{" "}
              元，等这个月的名册入账后自动记账。
              <Link to="/recoveries/$id" params={{ id: w.recoveryId }}>
                看这笔追缴
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
