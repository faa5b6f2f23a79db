/** One target: what it says, what counts it, its evidence, what was done about it, and what may be done next. */
import { Button, Drawer } from "antd";
import { dateTime } from "../../../kit/format.ts";
import { State } from "../../parts/marks.tsx";
import { Facts, Go } from "../../parts/page.tsx";
import type { DoingKind } from "./act.tsx";
import { Accepted, Evidence } from "./evidence.tsx";
import { LightMark, type Plan, type Target } from "./light.tsx";

interface Props {
  plan: Plan;
  target: Target;
  close: () => void;
  begin: (kind: DoingKind, indicator?: string) => void;
}
export function TargetDrawer({ plan, target: t, close, begin }: Props) {
  const { edit, report } = plan.can;
  return (
    <Drawer
      open
      title={t.object}
      size="large"
      onClose={close}
      footer={
        report && (
          <div className="row plan-actions" data-testid="target-actions">
            <Button type="primary" onClick={() => begin("evidence")} disabled={t.indicator !== null}>
              填报佐证
            </Button>
            <Button onClick={() => begin("reported")}>报告进展</Button>
            {t.public && t.livelihood.countable && (
              <Button onClick={() => begin("acceptance")} disabled={t.livelihood.quality === null}>
                填验收单
              </Button>
            )}
            {t.public && <Button onClick={() => begin("survey")}>填满意度</Button>}
            {edit && (
              <>
                <Button onClick={() => begin("corrected")}>更正</Button>
                <Button onClick={() => begin("owner")}>定责任</Button>
                {t.public && <Button onClick={() => begin("quality")}>写质量标准</Button>}
                <Button onClick={() => begin("step")}>交办措施</Button>
                {t.yearly.length > 0 && <Button onClick={() => begin("split")}>分到各年</Button>}
                {plan.longer.length > 0 && <Button onClick={() => begin("serves")}>对应五年规划</Button>}
                <Button onClick={() => begin("urged")}>督办</Button>
                {t.urgedUntil && <Button onClick={() => begin("accepted")}>认可答复</Button>}
                {t.urgedUntil && <Button onClick={() => begin("returned")}>退回重报</Button>}
                <Button onClick={() => begin("praised")}>表扬</Button>
                <Button onClick={() => begin("criticised")}>批评</Button>
                <Button onClick={() => begin("public")}>{t.public ? "不再公开" : "列为民生实事"}</Button>
                {plan.rows.length > 1 && <Button onClick={() => begin("merged")}>并入另一条</Button>}
                <Button danger onClick={() => begin("dropped")}>
                  删去
                </Button>
              </>
            )}
          </div>
        )
      }
    >
      <div className="stack" data-testid="target-drawer">
        <div>
          {t.before ? <State tone="neutral">{t.lightText}</State> : <LightMark light={t.light} />}{" "}
          <span>{t.reason}</span>
        </div>
        <Facts
          rows={[
            ["目标", t.aimText],
            ["期限", t.due],
            ...(t.aimBefore ? [["调整前", t.aimBefore] as const] : []),
            ...(t.weight !== null ? [["权重", `${Math.round(t.weight * 100) / 100}%`] as const] : []),
            ["现在", `${t.nowText}${t.asOf ? `（截至 ${t.asOf}）` : ""}`],
            ["到期预计", t.forecast === null ? "—" : `${t.forecast} ${t.unit}`],
            ["责任", t.owner ?? (t.indicator ? `${t.indicator.owner}（指标的责任科室）` : "未定")],
            ["原文", t.span ? `“${t.span.quote}”` : "由人补录"],
            ["读法", t.why || "—"],
            ...plan.longer.filter((x) => x.id === t.serves).map((x) => ["对应五年规划", x.text] as const),
            ...t.alsoIn.map((x) => ["同一目标", `${x.planTitle}：“${x.quote}”`] as const),
          ]}
        />
        {t.yearly.length > 0 && (
          <section>
            <h3>{YEARLY[t.yearlyBy]}</h3>
            <Facts rows={t.yearly.map((y) => [`${y.year} 年`, `${y.value} ${t.unit}`] as const)} />
          </section>
        )}
        {!t.before && <Counts target={t} edit={edit} begin={begin} />}
        {t.public && <Accepted target={t} />}
        <Evidence plan={plan} target={t} />
        <section>
          <h3>经过</h3>
          <ol className="plan-events">
            {t.events.map((e) => (
              <li key={e.id}>
                <strong>{e.label}</strong> {e.text}
                <div className="quiet">
                  {dateTime(e.at)}，{e.by}
                </div>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </Drawer>
  );
}

const YEARLY = { line: "分到各年（按直线）", parts: "分到各年", levels: "各年末达到" } as const;

function Counts({ target: t, edit, begin }: { target: Target; edit: boolean; begin: Props["begin"] }) {
  if (t.indicator)
    return (
      <section>
        <h3>由指标计数</h3>
        <p>
          <Go href={`/indicators?code=${t.indicator.code}`}>{t.indicator.name}</Go>（{t.indicator.unit}），
          {t.indicator.owner}负责，{t.boundBy} 确认。{" "}
          {edit && (
            <Button size="small" onClick={() => begin("unbound")}>
              解除
            </Button>
          )}
        </p>
      </section>
    );
  return (
    <section>
      <h3>用哪个指标计数</h3>
      {t.proposals.length === 0 ? (
        <p className="quiet">没有相近的指标，请填报佐证，由另一个人确认。</p>
      ) : (
        <ul className="plan-proposals">
          {t.proposals.map((p) => (
            <li key={p.code}>
              <div>
                <strong>{p.name}</strong>（{p.unit}），{p.owner}负责，
                <span className="quiet">相近 {Math.round(p.score * 100)}%</span>
                <div className="quiet">{p.why}</div>
              </div>
              {edit && (
                <Button size="small" onClick={() => begin("bound", p.code)} data-testid={`bind-${p.code}`}>
                  用它
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {edit && (
        <Button size="small" onClick={() => begin("bound")}>
          选别的指标
        </Button>
      )}
    </section>
  );
}
