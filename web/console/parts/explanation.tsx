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
        {of.amountFen !== null && of.eligible !== false && (
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
      {groupsOf(of).map((g) => (
        <StepGroup key={`${g.title}|${all}`} group={g} all={all} refused={of.eligible === false} />
      ))}
    </div>
  );
}

interface Group {
  readonly title: string | null;
  readonly steps: readonly Step[];
}
/** What the conclusion rests on stands open; the many steps behind it are folded by person, in the order of the sum. */
function groupsOf(of: Explanation): Group[] {
  const key = new Set(of.highlights.map((h) => h.label));
  const main = of.steps.filter((s) => key.has(s.variable) && s.member === null);
  const rest = of.steps.filter((s) => !main.includes(s));
  const members = [...new Set(rest.map((s) => s.member))];
  return [
    { title: null, steps: main },
    ...members.map((m) => ({ title: m ?? "整户的其他步骤", steps: rest.filter((s) => s.member === m) })),
  ].filter((g) => g.steps.length > 0);
}

function StepGroup({ group, all, refused }: { group: Group; all: boolean | null; refused: boolean }) {
  const list = (
    <ol className="explain-steps">
      {group.steps.map((s) => (
        <StepView
          key={`${s.variable}|${s.member}`}
          step={s}
          refused={refused}
          open={all ?? (refused && group.title === null && s.failed !== null)}
        />
      ))}
    </ol>
  );
  if (group.title === null) return list;
  return (
    <details className="explain-group" open={all ?? false}>
      <summary>
        {group.title}
        <span className="quiet small">{group.steps.length} 步</span>
      </summary>
      {list}
    </details>
  );
}

/** A condition that does not hold is a fault only where the whole was refused; elsewhere it is a plain 「否」. */
function StepView({ step, open, refused }: { step: Step; open: boolean; refused: boolean }) {
  const no = step.failed !== null;
  const tone = !step.known || (no && !refused) ? "neutral" : no ? "bad" : "good";
  return (
    <li className={`explain-step explain-${tone}`}>
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
          {step.failed && <p className={refused ? "danger" : "quiet"}>没有满足：{step.failed}</p>}
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
