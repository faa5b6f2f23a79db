/** Measures, milestones and places to check: who does what by when, reported by one and seen done by another. */
import { Button } from "antd";
import { State, type Tone } from "../../parts/marks.tsx";
import { Go, Panel, Scroll } from "../../parts/page.tsx";
import { Photos } from "../../parts/photos.tsx";
import { Blank } from "../../parts/states.tsx";
import type { Doing } from "./act.tsx";
import type { Plan } from "./light.tsx";

export type Step = Plan["steps"][number];
const TONE = (s: Step): Tone =>
  s.state === "done" ? "good" : s.state === "reported" ? "waiting" : s.late ? "bad" : "active";

interface Props {
  plan: Plan;
  begin: (doing: Doing) => void;
}
export function Steps({ plan, begin }: Props) {
  const done = plan.steps.filter((s) => s.state === "done").length;
  const object = (s: Step) => plan.rows.find((t) => t.id === s.targetId)?.object;
  const unit = (s: Step) => plan.rows.find((t) => t.id === s.targetId)?.unit ?? "";
  return (
    <Panel
      title={plan.kind === "campaign" ? "检查和措施" : "措施和节点"}
      flush
      testId="steps"
      extra={
        <span className="row">
          {plan.steps.length > 0 && (
            <span className="tabular">
              完成 {done} / {plan.steps.length}
            </span>
          )}
          {plan.can.edit && (
            <Button size="small" onClick={() => begin({ kind: "step", target: null })} data-testid="add-step">
              交办一项
            </Button>
          )}
        </span>
      }
    >
      {plan.steps.length === 0 ? (
        <Blank mark="办" title="还没有交办" small>
          把要做的事交给股室或乡镇，写明期限；报告完成以后由另一个人核实。
        </Blank>
      ) : (
        <Scroll label="交办事项">
          <table className="plain-table plan-table">
            <thead>
              <tr>
                <th scope="col">事项</th>
                <th scope="col">责任</th>
                <th scope="col">期限</th>
                <th scope="col">状态</th>
                <th scope="col">
                  <span className="sr-only">办理</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {plan.steps.map((s) => (
                <tr key={s.id} data-testid="step">
                  <td>
                    {s.kindText}：{s.href ? <Go href={s.href}>{s.title}</Go> : s.title}
                    {object(s) && (
                      <div className="quiet">
                        {object(s)}
                        {s.quantity !== null && `，承担 ${s.quantity} ${unit(s)}`}
                      </div>
                    )}
                  </td>
                  <td>
                    {s.owner}
                    {s.divisionName && <div className="quiet">{s.divisionName}</div>}
                  </td>
                  <td className="nowrap">{s.due}</td>
                  <td>
                    <State tone={TONE(s)}>{s.stateText}</State>
                    {s.told && <div className="quiet">{s.told}</div>}
                    <Photos ids={s.photos} />
                  </td>
                  <td>
                    <span className="row">
                      {s.can.report && (
                        <Button
                          size="small"
                          onClick={() => begin({ kind: "step-done", target: null, step: s })}
                        >
                          报告完成
                        </Button>
                      )}
                      {s.can.check && (
                        <>
                          <Button
                            size="small"
                            onClick={() => begin({ kind: "step-checked", target: null, step: s })}
                          >
                            核实
                          </Button>
                          <Button
                            size="small"
                            onClick={() => begin({ kind: "step-returned", target: null, step: s })}
                          >
                            退回
                          </Button>
                        </>
                      )}
                      {s.can.drop && (
                        <Button
                          size="small"
                          type="text"
                          onClick={() => begin({ kind: "step-dropped", target: null, step: s })}
                        >
                          撤销
                        </Button>
                      )}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Panel>
  );
}
