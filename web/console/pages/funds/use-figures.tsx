/** What 资金使用公示 says, as the public sees it: of the county each 资金, of a place what it was allotted and its people paid. */
import { yuan } from "../../../kit/format.ts";
import type { Reply } from "../../app/api.ts";
import { Scroll } from "../../parts/page.tsx";
import "../../styles/funds.css";

export type Published = Reply<"getFundPublicity">["list"][number];

export function UseFigures({ of: p }: { of: Published }) {
  return p.place ? <PlaceFigures title={p.title} of={p.place} /> : <CountyFigures of={p} />;
}

function CountyFigures({ of: p }: { of: Published }) {
  return (
    <Scroll label={p.title}>
      <table className="plain-table fund-wide">
        <thead>
          <tr>
            <th>来源</th>
            <th>文号</th>
            <th>事项</th>
            <th className="num">拨入</th>
            <th className="num">已付</th>
            <th className="num">退回</th>
            <th className="num">追回</th>
            <th className="num">结余（元）</th>
          </tr>
        </thead>
        <tbody>
          {p.rows.map((r) => (
            <tr key={`${r.source}/${r.document}/${r.itemTitle}`}>
              <td className="nowrap">{r.source}</td>
              <td>{r.document}</td>
              <td>
                {r.itemTitle}
                {r.uses.map((u) => (
                  <div key={u.title} className="quiet small nowrap">
                    {u.title} {yuan(u.paidFen)}
                  </div>
                ))}
              </td>
              <td className="num">{yuan(r.allocatedFen)}</td>
              <td className="num">{yuan(r.paidFen)}</td>
              <td className="num">{yuan(r.returnedFen)}</td>
              <td className="num">{yuan(r.recoveredFen)}</td>
              <td className="num">
                <b>{yuan(r.balanceFen)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function PlaceFigures({ title, of: f }: { title: string; of: NonNullable<Published["place"]> }) {
  return (
    <>
      {f.allotments.length > 0 && (
        <Scroll label={`${title}：分配来的资金`}>
          <table className="plain-table fund-wide">
            <thead>
              <tr>
                <th>分配来的资金</th>
                <th>文号</th>
                <th>用途</th>
                <th className="num">金额（元）</th>
              </tr>
            </thead>
            <tbody>
              {f.allotments.map((a) => (
                <tr key={`${a.source}/${a.document}/${a.itemTitle}/${a.purpose}`}>
                  <td className="nowrap">
                    {a.source} · {a.itemTitle}
                  </td>
                  <td>{a.document}</td>
                  <td>{a.purpose}</td>
                  <td className="num">{yuan(a.amountFen)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {f.paid.length > 0 && (
        <Scroll label={`${title}：发放`}>
          <table className="plain-table fund-wide">
            <thead>
              <tr>
                <th>发放的待遇</th>
                <th>资金来源</th>
                <th className="num">户数</th>
                <th className="num">人数</th>
                <th className="num">金额（元）</th>
              </tr>
            </thead>
            <tbody>
              {f.paid.map((r) => (
                <tr key={r.title}>
                  <td>{r.title}</td>
                  <td>{r.from.join("；") || "—"}</td>
                  <td className="num">{r.households}</td>
                  <td className="num">{r.persons}</td>
                  <td className="num">
                    <b>{yuan(r.paidFen)}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {f.note && <p className="quiet small">{f.note}</p>}
    </>
  );
}
