/** One assessment: what each line was to have reached and had reached, why it is behind, what is adjusted, the report. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { State, type Tone } from "../../parts/marks.tsx";
import { Facts, Go, Heads, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/plans.css";
import { type AssessmentDoing, AssessmentDrawer } from "./assessment-drawer.tsx";

const route = getRouteApi("/plans/$id/assessments/$assessment");

export type Assessment = Reply<"getAssessment">;
export type Line = Assessment["lines"][number];
const TONES: Record<Line["grade"], Tone> = {
  ...{ reached: "good", on: "active", near: "active", behind: "warn", far: "bad", unknown: "neutral" },
};

export default function AssessmentRoute() {
  const { assessment } = route.useParams();
  const query = useQuery(ask("getAssessment", { params: { id: assessment } }));
  return (
    <Loaded query={query} rows={12}>
      {(a) => <AssessmentView assessment={a} />}
    </Loaded>
  );
}

function AssessmentView({ assessment: a }: { assessment: Assessment }) {
  const [doing, setDoing] = useState<AssessmentDoing | null>(null);
  const queries = useQueryClient();
  const shown = (next: Assessment) => {
    queries.setQueryData(ask("getAssessment", { params: { id: a.id } }).queryKey, next);
    void queries.invalidateQueries({ queryKey: ["getPlan"] });
  };
  const { progress, planned, done, grades } = a.totals;
  return (
    <Page
      title={`${a.planTitle}${a.title}`}
      testId="assessment"
      crumbs={
        <Link to="/plans/$id" params={{ id: a.planId }}>
          {a.planTitle}
        </Link>
      }
      note={`截至 ${a.asOf}；${a.readByName} ${dateTime(a.readAt)} 第 ${a.version} 次取数`}
      actions={<Report assessment={a} begin={setDoing} />}
    >
      <Panel title="总体" testId="totals">
        <Facts
          rows={[
            ["按权重的进度", `${progress}%`],
            ["按规划应有进度", `${planned}%`],
            ["已完成的权重", `${done}%`],
            ["等次", <Grades key="g" grades={grades} />, true],
            ["怎么分等次", a.rule, true],
          ]}
        />
      </Panel>
      <Panel title="各条目标" flush testId="lines">
        <Scroll label="各条目标">
          <table className="plain-table assessment-table">
            <thead>
              <tr>
                <Heads of={["目标"]} />
                <Heads of={["权重", "应达到", "实际"]} num />
                <Heads of={["等次", "原因和措施"]} />
              </tr>
            </thead>
            <tbody>
              {a.lines.map((l) => (
                <LineRow key={l.targetId} line={l} begin={setDoing} />
              ))}
            </tbody>
          </table>
        </Scroll>
      </Panel>
      <Adjustments assessment={a} shown={shown} />
      {doing && <AssessmentDrawer assessment={a} doing={doing} shown={shown} close={() => setDoing(null)} />}
    </Page>
  );
}

const Grades = ({ grades }: { grades: Assessment["totals"]["grades"] }) => (
  <span className="plan-lights">
    {grades
      .filter((g) => g.count > 0)
      .map((g) => (
        <State key={g.grade} tone={TONES[g.grade]}>
          {g.text} {g.count}
        </State>
      ))}
  </span>
);

function LineRow({ line: l, begin }: { line: Line; begin: (doing: AssessmentDoing) => void }) {
  const silent = l.asks && !l.words;
  return (
    <tr data-testid="line">
      <td>
        {l.object}
        <div className="quiet">
          {l.aimText} · {l.due} 前
        </div>
        <div className="quiet">{l.href ? <Go href={l.href}>{l.sourceText}</Go> : l.sourceText}</div>
      </td>
      <td className="num tabular">{l.weight}%</td>
      <td className="num tabular">
        {l.plannedText}
        {l.plannedPercent !== null && <div className="quiet">{l.plannedPercent}%</div>}
      </td>
      <td className="num tabular">
        {l.reachedText}
        {l.reachedPercent !== null && <div className="quiet">{l.reachedPercent}%</div>}
      </td>
      <td>
        <State tone={TONES[l.grade]}>{l.gradeText}</State>
      </td>
      <td>
        {l.words && (
          <>
            <div>原因：{l.words.why}</div>
            <div>措施：{l.words.measures}</div>
            <div className="quiet">{l.words.byName}</div>
          </>
        )}
        {silent && <div className="warning">还没有写</div>}
        <span className="row">
          {l.can.say && l.asks && (
            <Button size="small" onClick={() => begin({ kind: "say", line: l })}>
              {l.words ? "改写" : "写原因"}
            </Button>
          )}
          {l.can.adjust && (
            <Button size="small" onClick={() => begin({ kind: "adjust", line: l })}>
              调整目标
            </Button>
          )}
        </span>
      </td>
    </tr>
  );
}

function Report({
  assessment: a,
  begin,
}: {
  assessment: Assessment;
  begin: (doing: AssessmentDoing) => void;
}) {
  const navigate = useNavigate();
  const { message } = App.useApp();
  const id = useRef(newId());
  const draft = useMutation({
    mutationFn: () => api.draftAssessment({ params: { id: a.id }, body: { id: id.current } }),
    onSuccess: (s) => navigate({ to: "/summaries/$id", params: { id: s.id } }),
    onError: (e) => message.error(sentence(e)),
  });
  if (a.report)
    return (
      <Button
        type="primary"
        onClick={() => navigate({ to: "/summaries/$id", params: { id: a.report ?? "" } })}
      >
        打开评估报告
      </Button>
    );
  if (!a.can.edit) return null;
  const waiting = a.adjustments.some((x) => x.agreed === null);
  const left = a.silent > 0 ? `（还有 ${a.silent} 条没有写原因）` : waiting ? "（有调整待决定）" : "";
  return (
    <>
      <Button onClick={() => begin({ kind: "reread" })} data-testid="reread">
        重新取数
      </Button>
      <Button
        type="primary"
        disabled={!a.can.draft}
        loading={draft.isPending}
        onClick={() => draft.mutate()}
        data-testid="draft-report"
      >
        起草评估报告{left}
      </Button>
    </>
  );
}

function Adjustments({ assessment: a, shown }: { assessment: Assessment; shown: (a: Assessment) => void }) {
  const { message } = App.useApp();
  const decide = useMutation({
    mutationFn: (d: { adjustment: string; agreed: boolean }) =>
      api.decideAdjustment({ params: { id: a.id }, body: d }),
    onSuccess: (next, d) => {
      shown(next);
      message.success(d.agreed ? "已同意，目标按调整后的算，原来的留在经过里。" : "没有同意，目标不变。");
    },
    onError: (e) => message.error(sentence(e)),
  });
  if (a.adjustments.length === 0) return null;
  return (
    <Panel title="目标调整" flush testId="adjustments">
      <Scroll label="目标调整">
        <table className="plain-table plan-table">
          <thead>
            <tr>
              <Heads of={["目标", "原来", "调整为", "理由", "谁提出、谁决定"]} />
            </tr>
          </thead>
          <tbody>
            {a.adjustments.map((x) => (
              <tr key={x.id} data-testid="adjustment">
                <td>{x.object}</td>
                <td>
                  {x.valueBefore} {x.unit}
                  <div className="quiet">{x.dueBefore} 前</div>
                </td>
                <td>
                  {x.value} {x.unit}
                  <div className="quiet">{x.due} 前</div>
                </td>
                <td>{x.reason}</td>
                <td>
                  {x.proposedByName} 提出；
                  {x.agreed === null ? "待另一人决定" : `${x.decidedByName} ${x.agreed ? "同意" : "不同意"}`}
                  {x.canDecide && (
                    <div className="row">
                      <Button
                        size="small"
                        type="primary"
                        onClick={() => decide.mutate({ adjustment: x.id, agreed: true })}
                      >
                        同意
                      </Button>
                      <Button size="small" onClick={() => decide.mutate({ adjustment: x.id, agreed: false })}>
                        不同意
                      </Button>
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}
