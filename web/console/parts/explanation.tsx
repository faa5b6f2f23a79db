/** A decision one can follow: the conclusion, then every step with its formula, values, sources and article. */
import type { Explanation } from "@wuxin/contract";
import { useState } from "react";
import { yuan } from "../../kit/format.ts";
import { Shape, State } from "./marks.tsx";
import "../styles/explanation.css";

type Step = Explanation["steps"][number];

export function ExplanationView({ of }: { of: Explanation }) {
  const [all, setAll] = useState<boolean | null>(null);
  return (
    <div className="explain" data-testid="explanation">
      <div className="explain-head">
        <State tone={of.eligible === null ? "neutral" : of.eligible ? "good" : "bad"}>
          {of.eligible === null ? "尚不能认定" : of.eligible ? "符合条件" : "不符合条件"}
        </State>
        <p className="explain-conclusion">{of.conclusion}</p>
        {of.amountFen !== null && (
          <p className="explain-amount">
            <b>{yuan(of.amountFen)}</b> 元／月
            {of.persons !== null && <span className="quiet"> · 保障 {of.persons} 人</span>}
          </p>
        )}
      </div>
      {of.highlights.length > 0 && (
        <dl className="explain-highlights">
          {of.highlights.map((h) => (
            <div key={h.label}>
              <dt>{h.label}</dt>
              <dd>{h.text}</dd>
            </div>
          ))}
        </dl>
      )}
      {of.counterfactual && <p className="explain-what-if">什么会改变结论：{of.counterfactual}</p>}
      {of.alsoRecognised.length > 0 && (
        <p className="explain-also">同时可认定：{of.alsoRecognised.join("、")}</p>
      )}
      {of.missing.length > 0 && (
        <div className="explain-missing">
          <b>还缺 {of.missing.length} 项事实，补齐后才能认定：</b>
          <ul>
            {of.missing.map((m) => (
              <li key={`${m.member}${m.fact}`}>
                <Shape tone="warn" /> {m.member ? `${m.member}：` : ""}
                {m.question}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="explain-bar">
        <span className="quiet small">
          {of.month} · 规则版本 {of.ruleVersion.slice(0, 12)}
        </span>
        {of.steps.length > 0 && (
          <button type="button" className="link-button" onClick={() => setAll((v) => v !== true)}>
            {all === true ? "收起全部步骤" : "展开全部步骤"}
          </button>
        )}
      </div>
      <ol className="explain-steps">
        {of.steps.map((s) => (
          <StepView key={`${s.variable}|${s.member}|${all}`} step={s} open={all ?? s.failed !== null} />
        ))}
      </ol>
    </div>
  );
}

function StepView({ step, open }: { step: Step; open: boolean }) {
  const tone = !step.known ? "neutral" : step.failed ? "bad" : "good";
  return (
    <li className={step.failed ? "explain-step explain-failed" : "explain-step"}>
      <details open={open}>
        <summary>
          <Shape tone={tone} />
          <span className="explain-name">
            {step.variable}
            {step.member && <span className="quiet">（{step.member}）</span>}
          </span>
          <span className="explain-value">{step.known ? step.text : "尚不能算出"}</span>
        </summary>
        <div className="explain-body">
          {step.failed && <p className="danger">{step.failed}</p>}
          {step.formula !== "" && <p className="explain-formula">{step.formula}</p>}
          {step.uses.length > 0 && (
            <ul className="explain-uses">
              {step.uses.map((u) => (
                <li key={`${u.kind}${u.name}${u.member}`}>
                  <span>
                    {u.name}
                    {u.member && <span className="quiet">（{u.member}）</span>}
                  </span>
                  <b className="tabular">{u.text}</b>
                  <span className="quiet small">{origin(u)}</span>
                </li>
              ))}
            </ul>
          )}
          {step.article !== "" && <p className="quiet small">依据：{step.article}</p>}
        </div>
      </details>
    </li>
  );
}

function origin(u: Step["uses"][number]): React.ReactNode {
  const words =
    u.kind === "parameter"
      ? [u.document, u.since && `${u.since} 起`]
      : u.kind === "fact"
        ? [u.source, u.date]
        : ["由上面的步骤算出"];
  return (
    <>
      {words.filter(Boolean).join(" · ")}
      {u.unverified && <span className="warning"> · 文号待核</span>}
    </>
  );
}
