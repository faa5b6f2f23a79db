/** A standard through time: a step at each date, zero-based, with its amount written at the step. */
import { formatYuan } from "@wuxin/kernel";
import { useEffect, useRef, useState } from "react";
import type { Version } from "./words.ts";

const HEIGHT = 220;
const PAD = { left: 8, right: 92, top: 26, bottom: 28 };
const HUES = ["var(--action)", "var(--sys-relief)", "var(--sys-welfare)", "var(--sys-elder)"];

interface StepChartProps {
  versions: readonly Version[];
  money: boolean;
  today: string;
  label: string;
}

function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(720);
  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    const watch = new ResizeObserver(([e]) => e && setWidth(Math.max(280, Math.round(e.contentRect.width))));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  return { ref, width };
}

const days = (d: string): number => Date.parse(`${d}T00:00:00Z`) / 86_400_000;
const figureText = (value: number, money: boolean): string =>
  money ? formatYuan(value).replace(/\.00$/, "") : String(value);

export function StepChart({ versions, money, today, label }: StepChartProps) {
  const { ref, width } = useWidth();
  const shown = versions.filter((v) => v.values.some((x) => x.figure !== null));
  // A standard “from the beginning” would push everything else to the edge.
  const dated = shown.filter((v) => v.since >= "1990-01-01");
  const points = dated.length > 0 ? dated : shown;
  const keys = points.at(-1)?.values.map((v) => v.label) ?? [];
  const first = points[0]?.since ?? today;
  const last = points.at(-1)?.since ?? today;
  const from = days(first < "1990-01-01" ? "1990-01-01" : first);
  const until =
    Math.max(days(last), days(today)) + Math.max(90, (Math.max(days(last), days(today)) - from) * 0.08);
  const top = Math.max(1, ...points.flatMap((v) => v.values.map((x) => x.figure ?? 0)));
  const x = (d: number) => PAD.left + ((d - from) / (until - from || 1)) * (width - PAD.left - PAD.right);
  const y = (f: number) => PAD.top + (1 - f / top) * (HEIGHT - PAD.top - PAD.bottom);
  if (points.length === 0 || keys.length === 0) return null;
  return (
    <div ref={ref} className="step-chart">
      <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
        <line x1={PAD.left} x2={width - PAD.right} y1={y(0)} y2={y(0)} className="step-axis" />
        <line x1={x(days(today))} x2={x(days(today))} y1={PAD.top - 10} y2={y(0)} className="step-today" />
        <text x={x(days(today))} y={PAD.top - 14} textAnchor="middle" className="step-text">
          今天
        </text>
        {spaced(points, (v) => x(days(v.since)), 64).map((v) => (
          <text key={v.since} x={Math.max(PAD.left, x(days(v.since)))} y={HEIGHT - 8} className="step-text">
            {v.since.endsWith("-01") ? v.since.slice(0, 7) : v.since}
          </text>
        ))}
        {keys.map((key, k) => (
          <Series
            key={key}
            name={key}
            hue={HUES[k % HUES.length] as string}
            steps={points.flatMap((v, i) => {
              const figure = v.values.find((z) => z.label === key)?.figure;
              if (figure === null || figure === undefined) return [];
              const next = points[i + 1]?.since;
              return [
                {
                  at: x(Math.max(from, days(v.since))),
                  end: next ? x(days(next)) : x(until),
                  y: y(figure),
                  text: figureText(figure, money),
                  loose: v.unverified,
                },
              ];
            })}
          />
        ))}
      </svg>
    </div>
  );
}

/** Labels that would lie on each other are left out, the later one kept. */
function spaced<T>(of: readonly T[], at: (t: T) => number, room: number): T[] {
  const kept: T[] = [];
  for (const t of of.toReversed()) {
    const before = kept[0];
    if (before === undefined || at(before) - at(t) >= room) kept.unshift(t);
  }
  return kept;
}

interface Step {
  at: number;
  end: number;
  y: number;
  text: string;
  loose: boolean;
}
function Series({ name, hue, steps }: { name: string; hue: string; steps: readonly Step[] }) {
  const end = steps.at(-1);
  return (
    <g>
      {steps.map((s, i) => {
        const before = steps[i - 1];
        return (
          <g key={s.at}>
            {before && (
              <line x1={s.at} x2={s.at} y1={before.y} y2={s.y} stroke={hue} strokeWidth="1" opacity="0.5" />
            )}
            <line
              x1={s.at}
              x2={s.end}
              y1={s.y}
              y2={s.y}
              stroke={hue}
              strokeWidth="2.5"
              {...(s.loose ? { strokeDasharray: "5 4" } : {})}
            />
            <circle cx={s.at} cy={s.y} r="3.5" fill={hue} />
            {s.end - s.at > 44 && (
              <text x={s.at + 6} y={s.y - 6} className="step-figure">
                {s.text}
              </text>
            )}
          </g>
        );
      })}
      {end && (
        <text x={end.end + 6} y={end.y + 4} className="step-name" fill={hue}>
          {name || end.text}
        </text>
      )}
    </g>
  );
}
