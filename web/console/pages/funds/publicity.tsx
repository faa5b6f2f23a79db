/** 资金使用公示: which months, quarters and years hang in public, with the figures of the day, and what was said against them. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { api, ask, type Reply } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { ObjectionPanel } from "../rosters/objections.tsx";

type Page = Reply<"getFundPublicity">;
type Published = Page["list"][number];

export function UsePublicity({ year }: { year: number }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const today = useToday();
  const asked = ask("getFundPublicity", {});
  const query = useQuery(asked);
  const askedObjections = ask("listFundObjections", {});
  const objections = useQuery(askedObjections);
  const [doing, setDoing] = useState<"publish" | Published | null>(null);
  const [id, setId] = useState(newId);
  const close = () => setDoing(null);
  const kept = (next: Page, said: string) => {
    queries.setQueryData(asked.queryKey, next);
    message.success(said);
    close();
  };
  const hung = (query.data?.list ?? []).filter((p) => p.takeDownReason === null);
  return (
    <>
      <Panel
        id="use-publicity"
        title="资金使用公示"
        testId="use-publicity"
        extra={
          query.data?.canPublish && (
            <Button
              size="small"
              onClick={() => {
                setId(newId());
                setDoing("publish");
              }}
              data-testid="publish-use"
            >
              公示一期
            </Button>
          )
        }
      >
        <Loaded query={query} rows={2}>
          {({ list, days }) =>
            list.length === 0 ? (
              <Blank small mark="示" title="还没有公示过">
                {days === null
                  ? "本县没有“资金使用公示天数”，在“政策标准”里录入后，由县级经办按月、季或年公示。"
                  : `由县级经办按月、季或年公示，公示 ${days} 天，期满自动撤下；数字取公示时的台账，不含个人信息。`}
              </Blank>
            ) : (
              <ul className="line-list">
                {list.map((p) => (
                  <li key={p.id} data-testid="use-published">
                    <div className="line-grow">
                      <b>{p.title}</b>{" "}
                      <State tone={p.takeDownReason === null && !p.ended ? "active" : "neutral"}>
                        {p.takeDownReason !== null
                          ? "已撤下"
                          : p.ended
                            ? `已期满（至 ${p.toDate}）`
                            : `公示中，至 ${p.toDate}`}
                      </State>
                      <div className="quiet small">
                        {p.by} {p.fromDate} 公示
                        {p.takeDownReason !== null && `；${p.takenDownBy}撤下：${p.takeDownReason}`}
                      </div>
                      <details>
                        <summary>公示的数字（{p.rows.length} 笔资金）</summary>
                        <Figures of={p} />
                      </details>
                    </div>
                    {p.canTakeDown && (
                      <Button size="small" onClick={() => setDoing(p)} data-testid="take-down-use">
                        撤下
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
        {doing === "publish" && (
          <DrawerForm
            title="公示资金使用情况"
            verb="公示"
            intro={
              <p className="quiet">
                数字现在从台账读出，公示后不再变；居民在「看公示」里可以查到，期满自动撤下。
              </p>
            }
            fields={[
              {
                name: "period",
                label: "哪一期",
                type: "choice",
                required: true,
                choices: periods(year, today),
              },
            ]}
            close={close}
            send={async (v) =>
              kept(await api.publishFundUse({ body: { id, period: String(v.period) } }), "已公示。")
            }
          />
        )}
        {doing !== null && doing !== "publish" && (
          <DrawerForm
            title={`撤下${doing.title}的公示`}
            verb="撤下"
            fields={[
              { name: "reason", label: "撤下原因", type: "longtext", required: true, min: 2, max: 300 },
            ]}
            close={close}
            send={async (v) => {
              const body = { id: newId(), reason: String(v.reason) };
              kept(await api.takeDownFundUse({ params: { id: doing.id }, body }), "已撤下。");
            }}
          />
        )}
      </Panel>
      <ObjectionPanel
        title="对资金使用公示的异议"
        testId="use-objections"
        query={objections}
        hung={hung}
        record={(body) => api.recordFundObjection({ body })}
        answer={(objectionId, body) => api.answerFundObjection({ params: { id: objectionId }, body })}
        kept={(rows) => queries.setQueryData(askedObjections.queryKey, rows)}
      />
    </>
  );
}

/** The months, quarters and the year of a year that are over, the latest first. */
function periods(year: number, today: string): { value: string; label: string }[] {
  const month = (n: number) => `${year}-${String(n).padStart(2, "0")}`;
  const over = (last: number) => month(last) < today.slice(0, 7);
  const months = Array.from({ length: 12 }, (_, i) => 12 - i).filter(over);
  return [
    ...(over(12) ? [{ value: String(year), label: `${year}年` }] : []),
    ...[4, 3, 2, 1]
      .filter((q) => over(q * 3))
      .map((q) => ({ value: `${year}Q${q}`, label: `${year}年第${"一二三四"[q - 1]}季度` })),
    ...months.map((n) => ({ value: month(n), label: `${year}年${n}月` })),
  ];
}

function Figures({ of: p }: { of: Published }) {
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
