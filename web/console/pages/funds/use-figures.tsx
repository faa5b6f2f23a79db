/** What 资金使用公示 says, as the public sees it: of the county each 资金, of a place what it was allotted and its people paid. */
import { yuan } from "../../../kit/format.ts";
import type { Reply } from "../../app/api.ts";
import { Scroll } from "../../parts/page.tsx";
import "../../styles/funds.css";

export type Published = Reply<"getFundPublicity">["list"][number];

export function UseFigures({ of: p }: { of: Published }) {
  return p.place ? <PlaceFigures title={p.title} of={p.place} /> : <CountyFigures of={p} />;
}

/** Figures beside their names: on a phone each line is a card, so that no figure lies beyond the edge. */
const Fen = ({ name, of, strong }: { name: string; of: number; strong?: boolean }) => (
  <td className="num" data-label={name}>
    {strong ? <b>{yuan(of)}</b> : yuan(of)}
  </td>
);
const sum = <T,>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((n, r) => n + of(r), 0);

function CountyFigures({ of: p }: { of: Published }) {
  return (
    <Scroll label={p.title}>
      <table className="plain-table table-cards">
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
              <td className="nowrap" data-label="来源">
                {r.source}
              </td>
              <td data-label="文号">{r.document}</td>
              <td data-label="事项">
                <div>
                  {r.itemTitle}
                  {r.uses.map((u) => (
                    <div key={u.title} className="quiet small nowrap">
                      {u.title} {yuan(u.paidFen)}
                    </div>
                  ))}
                </div>
              </td>
              <Fen name="拨入" of={r.allocatedFen} />
              <Fen name="已付" of={r.paidFen} />
              <Fen name="退回" of={r.returnedFen} />
              <Fen name="追回" of={r.recoveredFen} />
              <Fen name="结余（元）" of={r.balanceFen} strong />
            </tr>
          ))}
        </tbody>
        {p.rows.length > 1 && (
          <tfoot>
            <tr>
              <td colSpan={3}>
                <b>合计</b>
              </td>
              <Fen name="拨入" of={sum(p.rows, (r) => r.allocatedFen)} strong />
              <Fen name="已付" of={sum(p.rows, (r) => r.paidFen)} strong />
              <Fen name="退回" of={sum(p.rows, (r) => r.returnedFen)} strong />
              <Fen name="追回" of={sum(p.rows, (r) => r.recoveredFen)} strong />
              <Fen name="结余（元）" of={sum(p.rows, (r) => r.balanceFen)} strong />
            </tr>
          </tfoot>
        )}
      </table>
    </Scroll>
  );
}

function PlaceFigures({ title, of: f }: { title: string; of: NonNullable<Published["place"]> }) {
  return (
    <>
      {f.allotments.length > 0 && (
        <Scroll label={`${title}：分配来的资金`}>
          <table className="plain-table table-cards">
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
                  <td className="nowrap" data-label="分配来的资金">
                    {a.source} · {a.itemTitle}
                  </td>
                  <td data-label="文号">{a.document}</td>
                  <td data-label="用途">{a.purpose}</td>
                  <Fen name="金额（元）" of={a.amountFen} />
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {f.paid.length > 0 && (
        <Scroll label={`${title}：发放`}>
          <table className="plain-table table-cards">
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
                  <td data-label="发放的待遇">{r.title}</td>
                  <td data-label="资金来源">{r.from.join("；") || "—"}</td>
                  <td className="num" data-label="户数">
                    {r.households}
                  </td>
                  <td className="num" data-label="人数">
                    {r.persons}
                  </td>
                  <Fen name="金额（元）" of={r.paidFen} strong />
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
