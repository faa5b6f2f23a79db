/** A plan of several years: how its lines are weighed, and its assessments. */
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { Button } from "antd";
import { useRef, useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { api } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { Panel } from "../../parts/page.tsx";
import type { Doing } from "./act.tsx";
import type { Plan } from "./light.tsx";

type Kind = Plan["assessments"][number]["kind"];
const KINDS: readonly (readonly [Kind, string])[] = [
  ["mid", "中期评估"],
  ["end", "终期评估"],
];

export function FiveYear({ plan, begin }: { plan: Plan; begin: (doing: Doing) => void }) {
  const [assessing, setAssessing] = useState<Kind | null>(null);
  const w = plan.weighing;
  if (!w) return null;
  const open = KINDS.filter(([kind]) => !plan.assessments.some((a) => a.kind === kind));
  return (
    <Panel
      title="权重和评估"
      testId="five-year"
      extra={
        plan.can.edit && (
          <span className="row">
            <Button
              size="small"
              disabled={plan.rows.length === 0}
              onClick={() => begin({ kind: "weighed", target: null })}
              data-testid="weigh"
            >
              定权重
            </Button>
            {open.map(([kind, label]) => (
              <Button
                key={kind}
                size="small"
                disabled={plan.rows.length === 0}
                onClick={() => setAssessing(kind)}
                data-testid={`assess-${kind}`}
              >
                {label}
              </Button>
            ))}
          </span>
        )
      }
    >
      <p>
        {w.given ? (
          <>
            各条权重 {dateTime(w.at ?? "")} 由 {w.by} 确定：{w.reason}
          </>
        ) : w.outdated ? (
          <span className="warning">定过权重以后目标有增减，现在每条一样重，请重新定权重。</span>
        ) : (
          "没有定权重，每条一样重。"
        )}
      </p>
      {plan.assessments.length === 0 ? (
        <p className="quiet">还没有评估。评估把每条应达到的和实际达到的并排，分等次，落后的写原因和措施。</p>
      ) : (
        <ul className="plan-events">
          {plan.assessments.map((a) => (
            <li key={a.id}>
              <Link to="/plans/$id/assessments/$assessment" params={{ id: plan.id, assessment: a.id }}>
                {a.title}
              </Link>
              <span className="quiet">（截至 {a.asOf}）</span>
            </li>
          ))}
        </ul>
      )}
      {assessing && <Begin plan={plan} kind={assessing} close={() => setAssessing(null)} />}
    </Panel>
  );
}

function Begin({ plan, kind, close }: { plan: Plan; kind: Kind; close: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const last = lastMonth(useToday());
  const id = useRef(newId());
  const label = KINDS.find(([k]) => k === kind)?.[1] ?? "";
  return (
    <DrawerForm
      title={label}
      verb="取数"
      intro={<p className="quiet">取那个月最后一天的数：冻结的月份和经确认的佐证，以后不变。</p>}
      fields={[monthField]}
      initial={{ month: [last, `${plan.untilYear}-12`].sort()[0] as string }}
      close={close}
      send={async (v) => {
        const a = await api.beginAssessment({
          params: { id: plan.id },
          body: { id: id.current, kind, month: String(v.month) },
        });
        await queries.invalidateQueries({ queryKey: ["getPlan"] });
        await navigate({
          to: "/plans/$id/assessments/$assessment",
          params: { id: plan.id, assessment: a.id },
        });
      }}
    />
  );
}

export const monthField = {
  ...({ name: "month", label: "评估到哪个月末", type: "month", required: true } as const),
  help: "要是已经过完的月份。",
};
const lastMonth = (today: string): string =>
  new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 2, 1)).toISOString().slice(0, 7);
