import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Button, Progress } from "antd";
import { useState } from "react";
import { ask } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/plans.css";
import { ActDrawer, type Doing } from "./act.tsx";
import { Campaign } from "./campaign.tsx";
import { FiveYear } from "./five-year.tsx";
import { LIGHTS, LightMark, type Plan, type Target } from "./light.tsx";
import { Source } from "./source.tsx";
import { Steps } from "./steps.tsx";
import { PlanTakenBack, TakePlanBack } from "./take-back.tsx";
import { TargetDrawer } from "./target.tsx";

const route = getRouteApi("/plans/$id");

/** The text on the left with its marks, the targets on the right with their lights. */
export default function PlanRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getPlan", { params: { id } }));
  return (
    <Loaded query={query} rows={12}>
      {(plan) => <PlanView plan={plan} />}
    </Loaded>
  );
}

function PlanView({ plan }: { plan: Plan }) {
  const named = route.useSearch().target ?? null;
  const [chosen, setChosen] = useState<string | null>(named);
  const [open, setOpen] = useState(named !== null);
  const [doing, setDoing] = useState<Doing | null>(null);
  const [takingBack, setTakingBack] = useState(false);
  const target = plan.rows.find((t) => t.id === chosen) ?? null;
  const held = plan.rows.filter((t) => !t.before);
  const before = plan.rows.filter((t) => t.before);
  const choose = (id: string) => {
    setChosen(id);
    setOpen(true);
  };
  return (
    <Page
      title={plan.title}
      testId="plan"
      crumbs={<Link to="/plans">计划</Link>}
      note={
        <span className="plan-lights">
          {plan.targets} 条目标
          {LIGHTS.filter((l) => (plan.lights[l] ?? 0) > 0).map((l) => (
            <LightMark key={l} light={l} count={plan.lights[l] ?? 0} />
          ))}
        </span>
      }
      actions={
        plan.can.edit && (
          <>
            {plan.takeBack === null && (
              <Button onClick={() => setTakingBack(true)} data-testid="take-plan-back">
                撤销
              </Button>
            )}
            <Button onClick={() => setDoing({ kind: "added", target: null })} data-testid="add-target">
              补一条目标
            </Button>
          </>
        )
      }
    >
      <PlanTakenBack plan={plan} />
      <Campaign plan={plan} begin={setDoing} />
      <FiveYear plan={plan} begin={setDoing} />
      <div className="plan-columns">
        <Panel title="原文" extra={<span className="quiet">点标记处看目标</span>}>
          <Source plan={plan} chosen={chosen} choose={choose} />
        </Panel>
        <Panel title="目标" flush testId="targets">
          {held.length === 0 ? (
            <Blank mark="标" title="没有读出目标" small>
              文中没有写数量，或者都是已经做到的。可以「补一条目标」。
            </Blank>
          ) : (
            <Targets rows={held} chosen={chosen} choose={choose} />
          )}
        </Panel>
      </div>
      {before.length > 0 && (
        <Panel
          title="上年的标准"
          extra={<span className="quiet">写在总结里，不计入这份计划的灯</span>}
          flush
          testId="before"
        >
          <Targets rows={before} chosen={chosen} choose={choose} />
        </Panel>
      )}
      <Steps plan={plan} begin={setDoing} />
      {plan.carried.length > 0 && (
        <Panel
          title="以前年度没有完成的"
          extra={<span className="quiet">目标不会因为换了年份就不见</span>}
          flush
          testId="carried"
        >
          <Targets rows={plan.carried} chosen={null} choose={null} />
        </Panel>
      )}
      {target && open && (
        <TargetDrawer
          plan={plan}
          target={target}
          close={() => setOpen(false)}
          begin={(kind, code) => setDoing({ kind, target, ...(code ? { indicator: code } : {}) })}
        />
      )}
      {takingBack && <TakePlanBack plan={plan} close={() => setTakingBack(false)} />}
      {doing && <ActDrawer plan={plan} doing={doing} close={() => setDoing(null)} />}
    </Page>
  );
}

interface TargetsProps {
  rows: readonly Target[];
  chosen: string | null;
  choose: ((id: string) => void) | null;
}
function Targets({ rows, chosen, choose }: TargetsProps) {
  return (
    <Scroll label="目标">
      <table className="plain-table plan-targets">
        <thead>
          <tr>
            <th scope="col">目标</th>
            <th scope="col">现在</th>
            <th scope="col">灯</th>
            <th scope="col">责任</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((t) => (
            <tr key={t.id} className={t.id === chosen ? "row-chosen" : undefined}>
              <td>
                {choose ? (
                  <button
                    type="button"
                    className="link-button"
                    onClick={() => choose(t.id)}
                    data-testid="target"
                  >
                    {t.object || "（没有写对象）"}
                  </button>
                ) : (
                  <Link to="/plans/$id" params={{ id: t.planId }}>
                    {t.object}
                  </Link>
                )}
                <div className="quiet">
                  {t.aimText} · {t.due} 前{choose ? "" : ` · ${t.planTitle}`}
                  {t.public && " · 民生实事"}
                  {t.weight !== null && ` · 权重 ${Math.round(t.weight * 100) / 100}%`}
                </div>
              </td>
              <td className="plan-now">
                {t.nowText}
                {t.public && t.livelihood.countable && (
                  <div className="quiet">验收 {t.livelihood.acceptedText}</div>
                )}
                {t.percent !== null && (
                  <Progress
                    percent={Math.max(0, Math.min(100, t.percent))}
                    size="small"
                    showInfo={false}
                    strokeColor="#0b5cad"
                    aria-label={`完成 ${t.percent}%`}
                  />
                )}
              </td>
              <td>
                {t.before ? <State tone="neutral">{t.lightText}</State> : <LightMark light={t.light} />}
                {t.urgedUntil && (
                  <div className={t.urgedLate ? "danger" : "warning"}>
                    督办{t.urgedLate ? "，已过期" : ""}：{t.urgedUntil} 前答复
                  </div>
                )}
                <div className="quiet plan-reason">{t.reason}</div>
              </td>
              <td>{t.owner ?? <span className="quiet">{t.indicator?.owner ?? "未定"}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
