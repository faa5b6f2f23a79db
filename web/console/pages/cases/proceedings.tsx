import { PrinterOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import type { CasePage } from "@wuxin/contract";
import { dateTime } from "../../../kit/format.ts";
import { State } from "../../parts/marks.tsx";
import { Panel, Scroll } from "../../parts/page.tsx";
import { MakeCheck } from "../matching/make-check.tsx";
import { SupportersPanel } from "../matching/supporters.tsx";

/** Verification, publicity with its objections, and the papers issued. */
export function Proceedings({ page }: { page: CasePage }) {
  return (
    <>
      <MakeCheck caseId={page.id} />
      <SupportersPanel caseId={page.id} />
      {page.verifications.map((v) => (
        <Panel
          key={v.number}
          title="经济状况核对"
          extra={<span className="tabular">{v.number}</span>}
          testId="verification"
        >
          <p className="quiet">
            {v.requestedOn} 送核对 ·{" "}
            {v.answeredOn ? (
              <>
                {v.answeredOn} 回复{v.reportNumber && ` · 报告 ${v.reportNumber}`}
                {v.validUntil && ` · 有效至 ${v.validUntil}`}
              </>
            ) : (
              <span className="warning">等待回复</span>
            )}
          </p>
          {v.unconfirmed && (
            <p className="warning" data-testid="adopted-waits">
              采用的数与查得的不同，等另一人「复核采用的数」后才能往下办。
            </p>
          )}
          {v.confirmedBy && <p className="quiet">采用的数已由 {v.confirmedBy} 复核。</p>}
          {v.rows.length > 0 && (
            <Scroll label="核对结果">
              <table className="plain-table">
                <thead>
                  <tr>
                    <th>成员</th>
                    <th>项目</th>
                    <th>申报</th>
                    <th>查得</th>
                    <th>采用</th>
                    <th>比对</th>
                  </tr>
                </thead>
                <tbody>
                  {v.rows.map((r) => (
                    <tr key={`${r.person}${r.fact}`}>
                      <td>{r.person}</td>
                      <td>{r.fact}</td>
                      <td>{r.declared}</td>
                      <td>{r.found}</td>
                      <td>{r.adopted}</td>
                      <td>
                        <State tone={r.differs ? "warn" : "good"}>{r.differs ? "不一致" : "一致"}</State>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )}
        </Panel>
      ))}
      {(page.publicity.length > 0 || page.objections.length > 0) && (
        <Panel title="公示与异议" testId="publicity">
          <ul className="line-list">
            {page.publicity.map((p) => (
              <li key={p.id}>
                <State tone={p.takenDown ? "neutral" : "active"}>{p.takenDown ? "已撤下" : "公示中"}</State>
                <span>{p.title}</span>
                <span className="quiet tabular">
                  {p.fromDate} 至 {p.toDate}
                </span>
                <span className={p.objections > 0 ? "warning" : "quiet"}>
                  {p.objections > 0 ? `${p.objections} 条异议` : "无异议"}
                </span>
              </li>
            ))}
            {page.objections.map((o) => (
              <li key={o.id} data-testid="objection">
                <State tone={o.handled ? "good" : "warn"}>{o.handled ? "已答复" : "待处理"}</State>
                <div className="line-grow">
                  <b>{o.name}</b> <span className="quiet small">{dateTime(o.at)}</span>
                  <p className="pre">{o.text}</p>
                  {o.outcome && <p className="quiet">处理结果：{o.outcome}</p>}
                </div>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {page.documents.length > 0 && (
        <Panel title="文书" testId="documents">
          <ul className="line-list">
            {page.documents.map((d) => (
              <li key={d.id}>
                <PrinterOutlined className="quiet" />
                <Link to="/documents/$id" params={{ id: d.id }} className="line-grow">
                  {d.title}
                </Link>
                <span className="quiet tabular">{d.number}</span>
                <span className="quiet tabular">{d.issuedOn}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
