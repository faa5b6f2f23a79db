/** State is always word + shape + colour: the shapes. */
import type { System } from "@wuxin/declare/roles";
import { clockShare, clockText } from "../../kit/format.ts";
import "../styles/marks.css";
import type { ClockView } from "@wuxin/contract";
import { Tooltip } from "antd";

export type Tone = "neutral" | "active" | "waiting" | "good" | "bad" | "warn";

const SHAPES: Record<Tone, React.ReactNode> = {
  neutral: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  active: <path d="M3 1.5 10.5 6 3 10.5Z" fill="currentColor" />,
  waiting: <path d="M2.5 2h2.6v8H2.5zM6.9 2h2.6v8H6.9z" fill="currentColor" />,
  good: <path d="m1.8 6.4 2.8 2.8 5.6-6" fill="none" stroke="currentColor" strokeWidth="2" />,
  bad: <path d="m2.2 2.2 7.6 7.6m0-7.6L2.2 9.8" fill="none" stroke="currentColor" strokeWidth="2" />,
  warn: (
    <path
      d="M6 .8 11.6 11H.4ZM5.4 4.4v3.2h1.2V4.4Zm0 4.2v1.2h1.2V8.6Z"
      fill="currentColor"
      fillRule="evenodd"
    />
  ),
};

export function Shape({ tone }: { tone: Tone }) {
  return (
    <svg className="shape" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {SHAPES[tone]}
    </svg>
  );
}

export function State({
  tone,
  children,
  testId,
}: {
  tone: Tone;
  children: React.ReactNode;
  testId?: string;
}) {
  return (
    <span className={`state state-${tone}`} data-testid={testId}>
      <Shape tone={tone} />
      {children}
    </span>
  );
}

const LIGHT: Record<ClockView["light"], Tone> = {
  green: "active",
  yellow: "warn",
  red: "bad",
  done: "good",
  late: "bad",
};

/** What is left of a lawful limit, in its own unit; the article on hover. */
export function ClockTag({ clock }: { clock: ClockView | null }) {
  if (!clock) return <span className="quiet">—</span>;
  const unknown = clock.unpublishedYears;
  return (
    <Tooltip
      title={
        <>
          {clock.label}：{clock.startedOn} 起，{clock.dueOn} 到期
          <br />
          {clock.article}
          {unknown.length > 0 && <div>{unknown.join("、")} 年放假安排未公布，按一般周末暂算</div>}
        </>
      }
    >
      <span className={`clock clock-${clock.light}`}>
        <Shape tone={LIGHT[clock.light]} />
        {clockText(clock)}
        {unknown.length > 0 && <sup>暂算</sup>}
      </span>
    </Tooltip>
  );
}

export function ClockBar({ clock }: { clock: ClockView }) {
  return (
    <div className={`clock-bar clock-${clock.light}`}>
      <div className="clock-bar-words">
        <span>{clock.label}</span>
        <ClockTag clock={clock} />
      </div>
      <div className="clock-bar-track" aria-hidden="true">
        <div style={{ inlineSize: `${clockShare(clock) * 100}%` }} />
      </div>
      <div className="quiet small">
        {clock.startedOn} — {clock.dueOn}
      </div>
    </div>
  );
}

const GLYPH: Record<System, [glyph: string, className: string]> = {
  养老: ["老", "elder"],
  救助: ["救", "relief"],
  福利: ["福", "welfare"],
  服务: ["服", "service"],
  保障: ["保", "support"],
};
export const hueOf = (system: System): string => `var(--sys-${GLYPH[system][1]})`;
export function SystemMark({ system, small }: { system: System; small?: boolean }) {
  return (
    <span
      className={small ? "system-mark system-mark-small" : "system-mark"}
      style={{ background: hueOf(system) }}
      aria-hidden="true"
    >
      {GLYPH[system][0]}
    </span>
  );
}
