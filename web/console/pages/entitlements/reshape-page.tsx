/** One 分户 or 合户: what it does, who proposed it; a second person confirms or gives it back. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Alert, App, Button } from "antd";
import { useState } from "react";
import { shanghaiDay } from "../../../kit/format.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts, Page, Panel } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import { RESHAPE_TONE, SidesView } from "./reshape-sides.tsx";

const route = getRouteApi("/reshapes/$id");
type Reshape = Reply<"getReshape">;

export default function ReshapeRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getReshape", { params: { id } }));
  return <Loaded query={query}>{(r) => <ReshapeView of={r} />}</Loaded>;
}

function ReshapeView({ of: r }: { of: Reshape }) {
  return (
    <Page
      title={`${r.kindLabel} · ${r.payee}`}
      testId="reshape-page"
      crumbs={
        <>
          <Link to="/entitlements" search={{ state: "active" }}>
            在享待遇
          </Link>
          <Link to="/entitlements/$id" params={{ id: r.entitlementId }}>
            {r.payee}
          </Link>
          <span>{r.kindLabel}</span>
        </>
      }
      note={
        <span className="row">
          <State tone={RESHAPE_TONE[r.state]}>{r.stateLabel}</State>
          {r.itemTitle} · {r.divisionName} · {r.fromMonth} 起
        </span>
      }
      actions={<Moves of={r} />}
    >
      {r.broken && (
        <Alert
          type="warning"
          showIcon
          title={`提出以后情况有变，办不了：${r.broken} 请退回或撤回，重新提出。`}
        />
      )}
      {r.whyNot && (
        <p className="quiet" data-testid="why-not-confirm">
          {r.whyNot}
        </p>
      )}
      <Panel>
        <Facts
          rows={[
            ["事由和依据", r.reason],
            ["提出", `${r.openedBy} ${shanghaiDay(r.openedAt)}`],
            [
              "结果",
              r.decidedBy
                ? `${r.decidedBy} ${r.decidedAt ? shanghaiDay(r.decidedAt) : ""} ${r.stateLabel}${r.note ? `：${r.note}` : ""}`
                : "待确认",
            ],
          ]}
        />
      </Panel>
      <SidesView of={r.sides} fromMonth={r.fromMonth} />
    </Page>
  );
}

function Moves({ of: r }: { of: Reshape }) {
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<"confirm" | "reject" | null>(null);
  const done = (next: Reshape, said: string) => {
    queries.setQueryData(ask("getReshape", { params: { id: r.id } }).queryKey, next);
    for (const k of ["listReshapes", "getEntitlement", "listEntitlements", "getHousehold", "workbench"])
      void queries.invalidateQueries({ queryKey: [k] });
    message.success(said);
    setAsking(null);
  };
  const withdraw = useMutation({
    mutationFn: () => api.withdrawReshape({ params: { id: r.id } }),
    onSuccess: (next) => done(next, "已撤回，什么也没有变。"),
    onError: (e) => message.error(sentence(e)),
  });
  return (
    <>
      {r.can.withdraw && (
        <Button loading={withdraw.isPending} onClick={() => withdraw.mutate()} data-testid="reshape-withdraw">
          撤回
        </Button>
      )}
      {r.can.reject && (
        <Button onClick={() => setAsking("reject")} data-testid="reshape-reject">
          退回
        </Button>
      )}
      {r.can.confirm && (
        <Button type="primary" onClick={() => setAsking("confirm")} data-testid="reshape-confirm">
          确认
        </Button>
      )}
      {asking === "confirm" && (
        <DrawerForm
          title={`确认${r.kindLabel}`}
          verb="确认"
          intro={<p>待遇、保障对象和户籍一次办完，{r.fromMonth} 起按新的发。</p>}
          fields={[{ name: "note", label: "意见", type: "longtext", max: 500 }]}
          close={() => setAsking(null)}
          send={async (v) =>
            done(
              await api.confirmReshape({ params: { id: r.id }, body: { note: String(v.note ?? "") } }),
              "已办完。",
            )
          }
        />
      )}
      {asking === "reject" && (
        <DrawerForm
          title={`退回${r.kindLabel}`}
          verb="退回"
          fields={[{ name: "reason", label: "为什么退回", type: "longtext", required: true, max: 500 }]}
          close={() => setAsking(null)}
          send={async (v) =>
            done(
              await api.rejectReshape({ params: { id: r.id }, body: { reason: String(v.reason) } }),
              "已退回，什么也没有变。",
            )
          }
        />
      )}
    </>
  );
}
