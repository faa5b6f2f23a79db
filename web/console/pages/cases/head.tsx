import { Link } from "@tanstack/react-router";
import type { CasePage } from "@wuxin/contract";
import { Tooltip } from "antd";
import { useItems } from "../../app/session.tsx";
import { ClockBar, Shape, State, SystemMark } from "../../parts/marks.tsx";
import { CHANNELS } from "./words.ts";

export function CaseHead({ page }: { page: CasePage }) {
  const system = useItems().data?.find((i) => i.code === page.item)?.system;
  const running = page.clocks.filter((c) => !c.stoppedOn);
  return (
    <header className="case-head">
      <div className="case-title">
        {system && <SystemMark system={system} />}
        <h1>
          <Link to="/persons/$id" params={{ id: page.applicant.personId }} data-testid="applicant">
            {page.applicant.name}
          </Link>{" "}
          <span>{page.itemTitle}</span>
        </h1>
        <State tone={page.tone} testId="case-state">
          {page.stateLabel}
        </State>
        {page.relative && <State tone="warn">近亲属备案</State>}
        {page.entitlementId && (
          <Link to="/entitlements/$id" params={{ id: page.entitlementId }}>
            在享待遇
          </Link>
        )}
      </div>
      <p className="case-line quiet">
        <span className="tabular" data-testid="case-number">
          {page.number}
        </span>
        <span>{page.divisionName}</span>
        {page.address !== "" && <span>{page.address}</span>}
        {page.areaClass !== "" && <span>{page.areaClass}</span>}
        <span>{CHANNELS[page.channel] ?? page.channel}</span>
        <span>{page.submittedOn} 提交</span>
        {page.householdId && (
          <Link to="/households/$id" params={{ id: page.householdId }}>
            家庭页
          </Link>
        )}
      </p>
      {page.agent && (
        <p className="case-line quiet">
          由{page.agent.relation} {page.agent.name} 代为办理
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone the steps scroll, so they must take the keyboard */}
      <ol className="case-steps" aria-label="办理步骤" tabIndex={0}>
        {page.steps.map((s) => (
          <li
            key={s.id}
            className={`case-step case-step-${s.status}`}
            aria-current={s.status === "now" ? "step" : undefined}
          >
            <Tooltip title={s.article ?? "经办规程"}>
              <span className="case-step-mark">
                {s.status === "done" ? <Shape tone="good" /> : s.status === "now" ? <i /> : null}
              </span>
            </Tooltip>
            <span className="case-step-words">
              {s.label}
              <small>
                {s.on ?? (s.status === "now" ? "正在办" : s.status === "skipped" ? "未经此步" : "")}
              </small>
            </span>
          </li>
        ))}
      </ol>
      {running.length > 0 && (
        <div className="case-clocks" data-testid="clocks">
          {running.map((c) => (
            <ClockBar key={c.key} clock={c} />
          ))}
        </div>
      )}
    </header>
  );
}
