/** One 追缴: which months, how it is paid off, what has come back; and what the reader may do next. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { shanghaiDay, yuan } from "../../../kit/format.ts";
import { api, ask, sentence } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Facts, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/people.css";
import {
  AskDrawer,
  ConfirmDrawer,
  CorrectDrawer,
  DismissDrawer,
  RefuseDrawer,
  RepayDrawer,
} from "./drawers.tsx";
import { RECOVERY_TONE, type Recovery } from "./words.ts";

const route = getRouteApi("/recoveries/$id");

export default function RecoveryRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getRecovery", { params: { id } }));
  return <Loaded query={query}>{(r) => <RecoveryView of={r} />}</Loaded>;
}

function RecoveryView({ of: r }: { of: Recovery }) {
  const queries = useQueryClient();
  const [doing, setDoing] = useState<"confirm" | "dismiss" | "repay" | "ask" | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const done = (next: Recovery) => {
    queries.setQueryData(ask("getRecovery", { params: { id: r.id } }).queryKey, next);
    for (const k of ["listRecoveries", "workbench", "getEntitlement"])
      void queries.invalidateQueries({ queryKey: [k] });
    setDoing(null);
    setWrong(null);
  };
  const drawer = { of: r, close: () => setDoing(null), done };
  return (
    <Page
      title={`追缴 · ${r.payee}`}
      testId="recovery"
      crumbs={
        <>
          <Link to="/recoveries">追缴</Link>
          <span>{r.payee}</span>
        </>
      }
      note={
        <span className="row">
          <State tone={RECOVERY_TONE[r.state]}>{r.stateLabel}</State>
          {r.itemTitle} · {r.divisionName} · {r.causeLabel}
          <Link to="/entitlements/$id" params={{ id: r.entitlementId }}>
            待遇
          </Link>
        </span>
      }
      actions={
        <>
          {r.can.dismiss && (
            <Button onClick={() => setDoing("dismiss")} data-testid="dismiss-recovery">
              不予追缴
            </Button>
          )}
          {r.can.ask && (
            <Button onClick={() => setDoing("ask")} data-testid="ask-recovery">
              申请免除或核销
            </Button>
          )}
          {r.can.repay && (
            <Button onClick={() => setDoing("repay")} data-testid="repay-recovery">
              登记退回现金
            </Button>
          )}
          {(r.can.confirm || r.can.replan) && (
            <Button
              type={r.can.confirm ? "primary" : "default"}
              onClick={() => setDoing("confirm")}
              data-testid="confirm-recovery"
            >
              {r.can.confirm ? "确认追缴" : "改追缴办法"}
            </Button>
          )}
        </>
      }
    >
      <Panel testId="recovery-sums">
        <Facts
          rows={[
            ["多发", <b key="a">{yuan(r.amountFen)} 元</b>],
            ["已追回", `${yuan(r.backFen)} 元`],
            ["免除、核销", `${yuan(r.letGoFen)} 元`],
            ...(r.reducedFen > 0 ? [["应发提高，少追", `${yuan(r.reducedFen)} 元`] as const] : []),
            ["还欠", <b key="l">{yuan(r.leftFen)} 元</b>],
            ["事由", r.reason],
            ["办法", wayOf(r)],
            ...(r.decidedBy
              ? [
                  [
                    "决定",
                    `${r.decidedBy} ${r.decidedAt ? shanghaiDay(r.decidedAt) : ""}${r.note ? `：${r.note}` : ""}`,
                  ] as const,
                ]
              : []),
          ]}
        />
      </Panel>
      <div className="columns-2">
        <Panel title="按月" testId="recovery-months" flush>
          <Scroll label="按月">
            <table className="plain-table">
              <thead>
                <tr>
                  <th>月份</th>
                  <th className="num">已发（元）</th>
                  <th className="num">应发（元）</th>
                  <th className="num">多发（元）</th>
                  <th className="num">已了（元）</th>
                  <th className="num">名册扣减中（元）</th>
                </tr>
              </thead>
              <tbody>
                {r.byMonth.map((m) => (
                  <tr key={m.month}>
                    <td className="tabular">{m.month}</td>
                    <td className="num">{yuan(m.paidFen)}</td>
                    <td className="num">{yuan(m.owedFen)}</td>
                    <td className="num">{yuan(m.amountFen)}</td>
                    <td className="num">{yuan(m.settledFen)}</td>
                    <td className="num">{yuan(m.keptFen)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </Panel>
        <div className="side-stack">
          <Panel title="经过" testId="recovery-entries">
            {r.entries.length === 0 && (
              <Blank small mark="经" title="还没有追回">
                退回的现金、名册里扣的、免除核销的，逐笔列在这里。
              </Blank>
            )}
            <ol className="chain">
              {r.entries.map((e) => (
                <li key={`${e.receiptId}${e.month}`}>
                  <time className="quiet small">{e.enteredOn}</time>
                  <div>
                    <span className="row">
                      <b>
                        {e.kindLabel} {yuan(e.amountFen)} 元
                      </b>
                      {e.reversed && <State tone="neutral">已冲正</State>}
                    </span>
                    <p className="quiet">
                      {e.amountFen < 0 ? "退出" : "抵"} {e.month} · {e.by}
                      {e.note && ` · ${e.note}`}
                    </p>
                    {e.canReverse && (
                      <Button size="small" onClick={() => setWrong(e.receiptId)} data-testid="correct-cash">
                        登记错了，申请更正
                      </Button>
                    )}
                  </div>
                </li>
              ))}
            </ol>
          </Panel>
          <Requests of={r} done={done} />
        </div>
      </div>
      {doing === "confirm" && <ConfirmDrawer {...drawer} />}
      {doing === "dismiss" && <DismissDrawer {...drawer} />}
      {doing === "repay" && <RepayDrawer {...drawer} />}
      {doing === "ask" && <AskDrawer {...drawer} />}
      {wrong !== null && <CorrectDrawer of={r} receiptId={wrong} close={() => setWrong(null)} done={done} />}
    </Page>
  );
}

function wayOf(r: Recovery): string {
  if (r.way === null) return r.state === "dismissed" ? "不予追缴" : "等人确认";
  if (r.way === "cash") return "退回现金";
  const left = r.rostersLeft === null ? "" : `，还要 ${r.rostersLeft} 个月`;
  return `从以后的月份里扣，每月 ${yuan(r.instalmentFen ?? 0)} 元${left}`;
}

function Requests({ of: r, done }: { of: Recovery; done: (next: Recovery) => void }) {
  const { message } = App.useApp();
  const [refusing, setRefusing] = useState<string | null>(null);
  const give = useMutation({
    mutationFn: (id: string) => api.answerRecovery({ params: { id }, body: { given: true } }),
    onSuccess: done,
    onError: (e) => message.error(sentence(e)),
  });
  if (r.requests.length === 0) return null;
  return (
    <Panel title="免除、核销和更正" testId="recovery-requests">
      <ol className="chain">
        {r.requests.map((q) => (
          <li key={q.id}>
            <time className="quiet small">{shanghaiDay(q.askedAt)}</time>
            <div className="stack">
              <span className="row">
                <State tone={q.given === null ? "waiting" : q.given ? "good" : "neutral"}>
                  {q.given === null ? "待审批" : q.given ? "已批准" : "未批准"}
                </State>
                <b>
                  {q.kindLabel} {yuan(q.amountFen)} 元
                </b>
              </span>
              <p className="quiet">
                {q.reason}（{q.askedBy} 提出{q.givenBy && `，${q.givenBy} 审批`}）
              </p>
              {q.answerNote && <p>不批准的理由：{q.answerNote}</p>}
              {q.canAnswer && (
                <span className="row">
                  <Button size="small" onClick={() => setRefusing(q.id)} data-testid="refuse-request">
                    不批准
                  </Button>
                  <Button
                    size="small"
                    type="primary"
                    loading={give.isPending}
                    onClick={() => give.mutate(q.id)}
                    data-testid="give-request"
                  >
                    批准
                  </Button>
                </span>
              )}
            </div>
          </li>
        ))}
      </ol>
      {refusing !== null && (
        <RefuseDrawer
          requestId={refusing}
          close={() => setRefusing(null)}
          done={(next) => {
            setRefusing(null);
            done(next);
          }}
        />
      )}
    </Panel>
  );
}
