/** What a change costs month by month: a bar for each, and the same by township in a table that can be read aloud. */
import { formatMonthChinese } from "@wuxin/kernel";
import { signedYuan, yuan } from "../../../kit/format.ts";
import { Panel, Scroll } from "../../parts/page.tsx";
import type { Preview } from "./words.ts";

type Shown = Pick<Preview, "months" | "backFen" | "backUncountedMonths">;
const HEIGHT = 150;
const PAD = { top: 20, bottom: 22 };
const BAR = 46;

export function MonthCosts({ preview: p, township }: { preview: Shown; township: string | null }) {
  const rows = p.months.map((m) => {
    const t = township === null ? m : m.townships.find((x) => x.code === township);
    return { month: m.month, past: m.past, fen: t?.differenceFen ?? 0, households: t?.households ?? 0 };
  });
  const codes = new Map(p.months.flatMap((m) => m.townships.map((t) => [t.code, t.name] as const)));
  const name = township === null ? "全县" : (codes.get(township) ?? "");
  const past = rows.some((r) => r.past);
  const next = rows.filter((r) => !r.past).reduce((sum, r) => sum + r.fen, 0);
  return (
    <Panel
      title={`${name}各月的增减`}
      testId="month-costs"
      extra={
        <span className="small tabular">
          今后 12 个月 <b data-testid="next-year">{signedYuan(next)}</b> 元
          {past && (
            <>
              ，过去各月 <b data-testid="back">{signedYuan(p.backFen)}</b> 元
            </>
          )}
        </span>
      }
    >
      <Bars rows={rows} label={`${name}各月增减`} />
      <p className="quiet small">
        按每个月在享的户、当月的规则和年龄逐户算；到期停发的不再计。
        {past && "过去的月份（浅色）供测算补发，补发的钱由补发流程生成，不在这里发。"}
        {p.backUncountedMonths > 0 && `更早的 ${p.backUncountedMonths} 个月没有计入。`}
      </p>
      <details>
        <summary>按乡镇、按月的明细（元）</summary>
        <Scroll label="按乡镇、按月的明细">
          <table className="plain-table" data-testid="month-table">
            <thead>
              <tr>
                <th scope="col">乡镇（街道）</th>
                {p.months.map((m) => (
                  <th key={m.month} scope="col" className="num">
                    {m.month}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...codes].map(([code, title]) => (
                <tr key={code}>
                  <th scope="row" className="nowrap">
                    {title}
                  </th>
                  {p.months.map((m) => (
                    <td key={m.month} className="num">
                      {signedYuan(m.townships.find((t) => t.code === code)?.differenceFen ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
              <tr>
                <th scope="row">合计</th>
                {p.months.map((m) => (
                  <td key={m.month} className="num" title={`${yuan(m.beforeFen)} → ${yuan(m.afterFen)}`}>
                    <b>{signedYuan(m.differenceFen)}</b>
                  </td>
                ))}
              </tr>
            </tbody>
          </table>
        </Scroll>
      </details>
    </Panel>
  );
}

interface BarsProps {
  rows: readonly { month: string; past: boolean; fen: number; households: number }[];
  label: string;
}
/** Zero-based; a month is as wide as its figure, and the frame scrolls rather than squeezes. */
function Bars({ rows, label }: BarsProps) {
  const up = Math.max(0, ...rows.map((r) => r.fen));
  const down = Math.min(0, ...rows.map((r) => r.fen));
  const room = HEIGHT - PAD.top - PAD.bottom;
  const y = (fen: number) => PAD.top + ((up - fen) / (up - down || 1)) * room;
  const width = rows.length * BAR;
  const told = rows
    .map((r) => `${formatMonthChinese(r.month)} ${signedYuan(r.fen)} 元，${r.households} 户`)
    .join("；");
  return (
    <Scroll label={label}>
      <svg width={width} height={HEIGHT} role="img" aria-label={`${label}：${told}`} className="month-bars">
        <line x1={0} x2={width} y1={y(0)} y2={y(0)} className="step-axis" />
        {rows.map((r, i) => (
          <g key={r.month}>
            <title>{`${r.month} ${signedYuan(r.fen)} 元，${r.households} 户`}</title>
            <rect
              x={i * BAR + 8}
              width={BAR - 16}
              y={Math.min(y(0), y(r.fen))}
              height={Math.max(1, Math.abs(y(r.fen) - y(0)))}
              className={r.past ? "month-bar month-past" : r.fen < 0 ? "month-bar month-less" : "month-bar"}
            />
            <text
              x={i * BAR + BAR / 2}
              y={Math.min(y(0), y(r.fen)) - 5}
              textAnchor="middle"
              className="step-text"
            >
              {short(r.fen)}
            </text>
            <text x={i * BAR + BAR / 2} y={HEIGHT - 6} textAnchor="middle" className="step-text">
              {i === 0 || r.month.endsWith("-01") ? r.month.slice(2) : `${Number(r.month.slice(5))}月`}
            </text>
          </g>
        ))}
      </svg>
    </Scroll>
  );
}

/** As much as the width of a bar holds. */
function short(fen: number): string {
  const yuan = fen / 100;
  if (Math.abs(yuan) >= 10_000) return `${(yuan / 10_000).toFixed(1)}万`;
  return String(Math.round(yuan));
}
