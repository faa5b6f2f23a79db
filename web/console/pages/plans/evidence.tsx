/** What was given for a target, figures, acceptances and surveys, and the second person who confirms it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { api, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { State } from "../../parts/marks.tsx";
import { Go } from "../../parts/page.tsx";
import type { Plan, Target } from "./light.tsx";
import { TakeBack, TakenBack } from "./take-back.tsx";

export type Given = Target["evidence"][number];

export function Evidence({ plan, target: t }: { plan: Plan; target: Target }) {
  const queries = useQueryClient();
  const { account } = useSession();
  const { message } = App.useApp();
  const confirm = useMutation({
    mutationFn: (evidence: string) => api.confirmPlanEvidence({ params: { id: plan.id, evidence } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["getPlan"] });
      message.success("已确认，从现在起算数。");
    },
    onError: (e) => message.error(sentence(e)),
  });
  const [takingBack, setTakingBack] = useState<Given | null>(null);
  if (t.evidence.length === 0) return null;
  return (
    <section>
      <h3>佐证{t.public && "、验收和满意度"}</h3>
      <ul className="plan-proposals">
        {t.evidence.map((e) => (
          <li
            key={e.id}
            className={e.takeBack?.decidedAt ? "evidence-taken-back" : undefined}
            data-testid={`evidence-${e.kind}`}
          >
            <div>
              {e.takeBack?.decidedAt && <State tone="bad">已撤回</State>}
              <strong className="evidence-figure">{figure(e, t.unit)}</strong>
              {e.kind === "figure" ? `（截至 ${e.asOf}）` : `（${e.asOf}）`}
              {e.words}
              <div className="quiet">
                {e.givenByName} 填报{e.files > 0 && `，附件 ${e.files} 份`}；
                {e.confirmedByName ? `${e.confirmedByName} 确认` : "待另一个人确认"}
              </div>
              {e.kind === "acceptance" && e.confirmedAt !== null && (
                <Go href={`/plans/${plan.id}/acceptances/${e.id}`}>验收单</Go>
              )}
              {e.takeBack && (
                <TakenBack
                  asked={e.takeBack}
                  verb="撤回"
                  may={plan.can.edit}
                  decide={(accept, note) =>
                    api.decideTakeBack({
                      params: { id: plan.id, evidence: e.id },
                      body: { accept, ...(note ? { note } : {}) },
                    })
                  }
                />
              )}
            </div>
            {e.takeBack === null && plan.can.report && (
              <div className="row">
                {plan.can.edit && e.confirmedAt === null && e.givenBy !== account.id && (
                  <Button size="small" onClick={() => confirm.mutate(e.id)} data-testid="confirm-evidence">
                    确认
                  </Button>
                )}
                {(plan.can.edit || e.givenBy === account.id) && (
                  <Button size="small" onClick={() => setTakingBack(e)} data-testid="take-back">
                    撤回
                  </Button>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {takingBack && <TakeBack plan={plan} given={takingBack} close={() => setTakingBack(null)} />}
    </section>
  );
}

function figure(e: Given, unit: string): string {
  if (e.kind === "survey") return `${e.asked} 人里 ${e.value} 人满意`;
  if (e.kind === "acceptance") return `验收 ${e.value} ${unit}，${e.divisionName ?? "县级"}`;
  return `${e.value} ${unit}`;
}

/** 民生实事: accepted beside reported, by township, and what people think of it. */
export function Accepted({ target: { livelihood: l, unit, nowText } }: { target: Target }) {
  return (
    <section data-testid="accepted">
      <h3>民生实事</h3>
      <p>
        {l.countable && (
          <>
            填报 {nowText}，验收 <strong>{l.acceptedText}</strong>（承诺的 {l.acceptedPercent}%）。
          </>
        )}
        {l.satisfaction
          ? `${l.satisfaction.asOf} 调查 ${l.satisfaction.asked} 人，满意 ${l.satisfaction.percent}%。`
          : "还没有满意度调查。"}
      </p>
      <p>
        质量标准：
        {l.quality ? (
          `${l.quality.text}（${l.quality.source}）`
        ) : (
          <span className="warning">还没有写；写了标准和出处才能验收。</span>
        )}
      </p>
      {l.shares.length > 0 && (
        <table className="plain-table" data-testid="shares">
          <thead>
            <tr>
              <th scope="col">乡镇（街道）</th>
              <th scope="col" className="num">
                交办（{unit}）
              </th>
              <th scope="col" className="num">
                验收（{unit}）
              </th>
            </tr>
          </thead>
          <tbody>
            {l.shares.map((s) => (
              <tr key={s.divisionName}>
                <td>{s.divisionName}</td>
                <td className="num tabular">{s.given}</td>
                <td className="num tabular">{s.accepted}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
