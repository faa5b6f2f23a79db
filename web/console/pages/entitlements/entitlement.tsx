import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Button, Tooltip } from "antd";
import { useState } from "react";
import { shanghaiDay, yuan } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { ask, type Reply } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts, Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/people.css";
import { Amounts, OwedAndPaid } from "./amounts.tsx";
import { ChangeDrawer, type Kind } from "./change.tsx";
import { RESHAPE_TONE } from "./reshape-sides.tsx";
import { ReviewDrawer } from "./review.tsx";

const route = getRouteApi("/entitlements/$id");
type Entitlement = Reply<"getEntitlement">;

export default function EntitlementRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getEntitlement", { params: { id } }));
  return <Loaded query={query}>{(e) => <EntitlementView of={e} />}</Loaded>;
}

function EntitlementView({ of: e }: { of: Entitlement }) {
  const today = useToday();
  const { account } = useSession();
  const [reviewing, setReviewing] = useState(false);
  const told = route.useSearch();
  const [changing, setChanging] = useState<Kind | null>(
    told.personId && may(account.role, "confirmChange") ? "member-out" : null,
  );
  return (
    <Page
      title={`${e.payee} · ${e.itemTitle}`}
      testId="entitlement"
      crumbs={
        <>
          <Link to="/entitlements" search={{ item: e.item, state: "active" }}>
            在享待遇
          </Link>
          <span>{e.payee}</span>
        </>
      }
      note={
        <span className="row">
          {e.suspendedFrom ? (
            <State tone="waiting">{e.suspendedFrom} 起暂停发放</State>
          ) : (
            <State tone={e.state === "active" ? "good" : "neutral"}>
              {e.state === "active"
                ? e.recognition
                  ? "已认定"
                  : "在享"
                : `已停${e.endCause ? `（${e.endCause}）` : ""}：${e.endReason ?? ""}`}
            </State>
          )}
          {e.divisionName}
          <Link to="/persons/$id" params={{ id: e.payeeId }}>
            个人页
          </Link>
          {e.householdId && (
            <Link to="/households/$id" params={{ id: e.householdId }}>
              家庭页
            </Link>
          )}
          {e.caseId && (
            <Link to="/cases/$id" params={{ id: e.caseId }}>
              办件
            </Link>
          )}
        </span>
      }
      actions={
        <>
          {may(account.role, "confirmChange") &&
            e.possible.map((p) => (
              <Tooltip key={p.kind} title={p.why}>
                <Button
                  disabled={p.why !== null}
                  onClick={() => setChanging(p.kind)}
                  data-testid={`change-${p.kind}`}
                >
                  {p.label}
                </Button>
              </Tooltip>
            ))}
          {e.householdId && e.state === "active" && !e.recognition && may(account.role, "proposeReshape") && (
            <Link to="/entitlements/$id/reshape" params={{ id: e.id }} search={{ kind: "split" }}>
              <Button data-testid="reshape">分户、合户</Button>
            </Link>
          )}
          {e.canReview && (
            <Button type="primary" onClick={() => setReviewing(true)} data-testid="record-review">
              登记{e.reviewLabel}
            </Button>
          )}
        </>
      }
    >
      <Panel>
        <Facts
          rows={[
            e.recognition
              ? ["待遇", "只认定，不发钱；凭认定可以享受其他救助和减免"]
              : ["月金额", <b key="a">{yuan(e.amountFen)} 元</b>],
            [e.recognition ? "认定人数" : "保障人数", `${e.persons} 人`],
            ["起止", `${e.fromMonth} 起${e.endMonth ? `，${e.endMonth} 止` : ""}`],
            ["类别", [e.areaClass, e.reviewClass].filter(Boolean).join(" · ") || "—"],
            [
              `下次${e.reviewLabel}`,
              e.reviewDueOn === null ? (
                (e.reviewTold ?? "—")
              ) : e.reviewDueOn < today ? (
                <State key="r" tone="bad">
                  {e.reviewDueOn} 已超期
                </State>
              ) : (
                e.reviewDueOn
              ),
            ],
          ]}
        />
      </Panel>
      <Reshapes of={e.id} />
      <div className="columns-2">
        <div className="side-stack">
          {!e.recognition && <Amounts of={e} />}
          {!e.recognition && <OwedAndPaid of={e} />}
        </div>
        <div className="side-stack">
          <Panel title="复核" testId="reviews">
            {e.reviews.length === 0 && (
              <Blank small mark="核" title="还没有复核">
                到期前会出现在工作台。
              </Blank>
            )}
            <ul className="line-list">
              {e.reviews.map((r) => (
                <li key={r.id}>
                  <State tone={r.doneOn ? "good" : r.dueOn < today ? "bad" : "waiting"}>
                    {r.doneOn ? "已办" : r.dueOn < today ? "超期" : "待办"}
                  </State>
                  <span>{r.label}</span>
                  <span className="quiet tabular">应于 {r.dueOn}</span>
                  {r.doneOn && (
                    <span className="quiet">
                      {r.doneOn} {r.by} {r.result}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </Panel>
          {e.changes.length > 0 && (
            <Panel title="变动" testId="changes">
              <ol className="chain">
                {e.changes.map((c) => (
                  <li key={c.id}>
                    <time className="quiet small">{shanghaiDay(c.at)}</time>
                    <div>
                      <b>
                        {c.kindLabel}，{c.fromMonth} 起
                      </b>
                      {c.places && <p>{c.places}</p>}
                      {!e.recognition && (
                        <p>
                          {yuan(c.beforeFen)} → {yuan(c.afterFen)} 元
                        </p>
                      )}
                      <p className="quiet">
                        {c.reason}（{c.by}）
                      </p>
                    </div>
                  </li>
                ))}
              </ol>
            </Panel>
          )}
          <Panel title="保障对象">
            <ul className="line-list">
              {e.covered.map((c) => (
                <li key={`${c.personId}${c.fromMonth}`}>
                  <Link to="/persons/$id" params={{ id: c.personId }} className="line-grow">
                    {c.name}
                  </Link>
                  <span className="quiet tabular">
                    {c.fromMonth} 起{c.endMonth && `，${c.endMonth} 止`}
                  </span>
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      </div>
      {changing && <ChangeDrawer of={e} kind={changing} told={told} close={() => setChanging(null)} />}
      {reviewing && <ReviewDrawer of={e} close={() => setReviewing(false)} />}
    </Page>
  );
}

/** 分户、合户 of this one: what waits for a second person, and what was done. */
function Reshapes({ of: id }: { of: string }) {
  const { data } = useQuery(ask("listReshapes", { params: { id } }));
  if (!data || data.length === 0) return null;
  return (
    <Panel title="分户、合户" testId="reshapes">
      <ul className="line-list">
        {data.map((r) => (
          <li key={r.id}>
            <State tone={RESHAPE_TONE[r.state]}>{r.stateLabel}</State>
            <Link to="/reshapes/$id" params={{ id: r.id }} className="line-grow">
              {r.kindLabel}，{r.fromMonth} 起
            </Link>
            <span className="quiet">
              {r.openedBy} <span className="tabular">{shanghaiDay(r.openedAt)}</span> 提出
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
