/** One 抽查: the lot and its proof, every household that was drawn, what was seen and what comes next. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Alert, App, Button } from "antd";
import { useState } from "react";
import { dateTime, yuan } from "../../../kit/format.ts";
import { api, ask, sentence } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Facts, Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/spot-checks.css";
import { ActDrawer } from "./act.tsx";
import { type Household, SPOT_TONE, SPOT_VERBS, type SpotAct, type SpotCheck } from "./words.ts";

const route = getRouteApi("/spot-checks/$id");

export default function SpotCheckRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getSpotCheck", { params: { id } }));
  return <Loaded query={query}>{(c) => <CheckView of={c} />}</Loaded>;
}

function CheckView({ of: c }: { of: SpotCheck }) {
  const queries = useQueryClient();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [doing, setDoing] = useState<{ of: Household; act: SpotAct } | null>(null);
  const done = (next: SpotCheck) => {
    queries.setQueryData(ask("getSpotCheck", { params: { id: c.id } }).queryKey, next);
    for (const k of ["listSpotChecks", "listIndicators"]) void queries.invalidateQueries({ queryKey: [k] });
    setDoing(null);
  };
  const filter = (state: string) =>
    void navigate({ to: "/spot-checks/$id", params: { id: c.id }, search: { state } });
  const states = [...new Set(c.households.map((h) => h.state))];
  const shown = c.households.filter((h) => !search.state || h.state === search.state);
  return (
    <Page
      title={c.title}
      testId="spot-check"
      crumbs={
        <>
          <Link to="/spot-checks">资金抽查</Link>
          <span>{c.title}</span>
        </>
      }
      note={`${c.month} 名册 · ${c.itemTitle}${c.basis ? ` · ${c.basis}` : ""}`}
    >
      <Lot of={c} />
      <Panel
        title={`抽到的户（${c.households.length}）`}
        testId="spot-households"
        extra={
          <fieldset className="chips" aria-label="状态">
            {states.map((s) => (
              <button
                key={s}
                type="button"
                className="chip"
                aria-pressed={search.state === s}
                onClick={() => filter(search.state === s ? "" : s)}
              >
                {c.households.find((h) => h.state === s)?.stateLabel}{" "}
                {c.households.filter((h) => h.state === s).length}
              </button>
            ))}
          </fieldset>
        }
      >
        {c.households.length === 0 ? (
          <Blank small mark="查" title="您的辖区没有抽到">
            这一次抽到的户都在别的乡镇。
          </Blank>
        ) : (
          <ol className="spot-list">
            {shown.map((h) => (
              <Drawn key={h.entitlementId} of={h} act={(act) => setDoing({ of: h, act })} />
            ))}
          </ol>
        )}
      </Panel>
      {doing && (
        <ActDrawer check={c} of={doing.of} act={doing.act} close={() => setDoing(null)} done={done} />
      )}
    </Page>
  );
}

function Lot({ of: c }: { of: SpotCheck }) {
  const { message } = App.useApp();
  const again = useMutation({
    mutationFn: () => api.redrawSpotCheck({ params: { id: c.id } }),
    onError: (e) => message.error(sentence(e)),
  });
  return (
    <Panel
      title="抽样"
      testId="spot-lot"
      extra={
        c.can.redraw && (
          <Button onClick={() => again.mutate()} loading={again.isPending} data-testid="redraw">
            重新抽一遍，核对名单
          </Button>
        )
      }
    >
      <Facts
        rows={[
          ["总体", `${c.population} 户，抽 ${c.drawn} 户`],
          ["问题", `${c.problems} 户，涉及 ${yuan(c.amountFen)} 元`],
          ["抽样", `${c.drawnBy} ${dateTime(c.drawnAt)}`],
          [
            "种子",
            <code key="seed" className="break">
              {c.seed}
            </code>,
          ],
          [
            "总体摘要",
            <code key="sha" className="break small">
              {c.populationSha256}
            </code>,
          ],
        ]}
      />
      <p className="quiet small">
        抽法：把“种子:待遇编号”逐户求 SHA-256，取最小的若干户；总体是抽样那一刻这个月名册已经到账的户。
      </p>
      {again.data && (
        <Alert
          showIcon
          type={again.data.same ? "success" : "error"}
          title={again.data.text}
          data-testid="redrawn"
        />
      )}
    </Panel>
  );
}

function Drawn({ of: h, act }: { of: Household; act: (act: SpotAct) => void }) {
  const verbs = SPOT_VERBS.filter(([a]) => h.can.includes(a));
  return (
    <li className="spot-row" data-testid="spot-row">
      <span className="quiet tabular">{h.seq}</span>
      <div className="spot-who">
        <Link to="/entitlements/$id" params={{ id: h.entitlementId }}>
          {h.payee}
        </Link>
        <span className="quiet small">
          {h.itemTitle} · {h.divisionName} · 已发 {yuan(h.paidFen)} 元
        </span>
      </div>
      <div className="spot-state">
        <State tone={h.late ? "bad" : SPOT_TONE[h.state]}>
          {h.late ? "整改超期" : h.stateLabel}
          {h.state === "confirmed" && h.rectifyBy && `（${h.rectifyBy} 前）`}
        </State>
        <ul className="small quiet spot-acts">
          {h.acts.map((a) => (
            <li key={a.id}>
              <span className="tabular">{a.actedOn}</span> {a.by}：{a.kindLabel}
              {a.kind === "looked" && `，${looked(a)}`}
              {a.words && `。${a.words}`}
            </li>
          ))}
        </ul>
      </div>
      <div className="row spot-do">
        {verbs.map(([a, verb], n) => (
          <Button
            key={a}
            size="small"
            type={n === 0 ? "primary" : "default"}
            danger={a === "transferred"}
            onClick={() => act(a)}
            data-testid={`spot-${a}`}
          >
            {verb}
          </Button>
        ))}
      </div>
    </li>
  );
}

function looked(a: Household["acts"][number]): string {
  const wrong = [!a.homeOk && "家里", !a.fileOk && "档案", !a.accountOk && "账户"].filter(Boolean);
  return wrong.length === 0
    ? "家里、档案、账户都没有问题"
    : `${wrong.join("、")}有问题${a.amountFen ? `，涉及 ${yuan(a.amountFen)} 元` : ""}`;
}
