import { yuan } from "../../../kit/format.ts";
import { Shape } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import type { Funds } from "./funds.tsx";

const WIDTH = 312;
const HEIGHT = 132;
const FOOT = 18;
const GAP = WIDTH / 12;

/** Twelve months: what was paid, what will be needed, and the line of what is left; below zero it is missing. */
export function ForecastChart({ of: f, year }: { of: Funds["forecast"]; year: number }) {
  const left = f.months.map((m) => m.leftFen);
  const top = Math.max(1, ...f.months.map((m) => m.paidFen + m.neededFen), ...left.map((v) => v ?? 0));
  const bottom = Math.min(0, ...left.map((v) => v ?? 0));
  const y = (amountFen: number) => 4 + ((top - amountFen) / (top - bottom)) * (HEIGHT - FOOT - 8);
  const x = (n: number) => n * GAP + GAP / 2;
  const line = f.months.flatMap((m, n) => (m.leftFen === null ? [] : [[x(n), y(m.leftFen)] as const]));
  const short = f.shortages.length > 0;
  // Money for one item does not fill another's gap: what is left of it stands beside what is missing.
  const missingFen = f.shortages.reduce((sum, s) => sum + s.missingFen, 0);
  const restFen = f.balanceFen + missingFen;
  return (
    <Panel title={`${year} 年预算与测算`} testId="fund-forecast">
      {short ? <Shortages of={f} /> : <p data-testid="fund-forecast-text">{f.text}</p>}
      {f.counted.length > 0 && (
        <p className="quiet small" data-testid="fund-forecast-counted">
          已算入：{f.counted.join("；")}。
        </p>
      )}
      <svg className="fund-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={f.text}>
        {f.months.map((m, n) => (
          <g key={m.month}>
            <title>
              {m.month} 已付 {yuan(m.paidFen)} 元{m.neededFen > 0 ? `，还需 ${yuan(m.neededFen)} 元` : ""}
              {m.leftFen === null ? "" : `，月后结余 ${yuan(m.leftFen)} 元`}
            </title>
            {m.paidFen > 0 && (
              <rect
                x={x(n) - 8}
                width="16"
                y={y(m.paidFen)}
                height={y(0) - y(m.paidFen)}
                fill="var(--action)"
              />
            )}
            {m.neededFen > 0 && (
              <rect
                x={x(n) - 7.5}
                width="15"
                y={y(m.paidFen + m.neededFen)}
                height={y(m.paidFen) - y(m.paidFen + m.neededFen)}
                fill="var(--action-tint)"
                stroke="var(--action)"
                strokeDasharray="3 2"
              />
            )}
            <text x={x(n)} y={HEIGHT - 4} textAnchor="middle">
              {Number(m.month.slice(5))}
            </text>
          </g>
        ))}
        <line x1="0" x2={WIDTH} y1={y(0)} y2={y(0)} stroke="var(--line)" />
        {line.length > 1 && (
          <path
            d={line.map(([px, py], n) => `${n === 0 ? "M" : "L"}${px.toFixed(1)} ${py.toFixed(1)}`).join("")}
            fill="none"
            stroke={short ? "var(--danger)" : "var(--good)"}
            strokeWidth="1.5"
          />
        )}
        {line.map(([px, py]) => (
          <circle key={px} cx={px} cy={py} r="2.5" fill={short ? "var(--danger)" : "var(--good)"} />
        ))}
      </svg>
      <ul className="fund-legend small quiet">
        <li>
          <i className="fund-key-paid" /> 已付
        </li>
        <li>
          <i className="fund-key-need" /> 还需
        </li>
        <li>
          <i className={short ? "fund-key-left fund-key-short" : "fund-key-left"} /> 月后结余
        </li>
      </ul>
      <dl className="fact-list">
        <div>
          <dt>本年拨入</dt>
          <dd className="tabular">{yuan(f.receivedFen)} 元</dd>
        </div>
        <div>
          <dt>本年已付</dt>
          <dd className="tabular">{yuan(f.paidFen)} 元</dd>
        </div>
        <div>
          <dt>到年底还需</dt>
          <dd className="tabular">{yuan(f.neededFen)} 元</dd>
        </div>
        {short && (
          <div>
            <dt>缺口，要申请拨款</dt>
            <dd className="tabular danger">{yuan(missingFen)} 元</dd>
          </div>
        )}
        {(!short || restFen > 0) && (
          <div>
            <dt>{short ? "专款余下，不能调给别的事项" : "年底结余"}</dt>
            <dd className="tabular">{yuan(restFen)} 元</dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}

/** What runs short before the year ends: which benefit, from which month, by how much. */
function Shortages({ of: f }: { of: Funds["forecast"] }) {
  return (
    <div data-testid="fund-forecast-text">
      <p className="danger">
        <Shape tone="bad" /> 年底前有 {f.shortages.length} 项待遇资金不够，请及早申请拨款：
      </p>
      <table className="plain-table" data-testid="fund-shortages">
        <thead>
          <tr>
            <th>待遇</th>
            <th>从哪个月起</th>
            <th className="num">年底前缺（元）</th>
          </tr>
        </thead>
        <tbody>
          {f.shortages.map((s) => (
            <tr key={s.item}>
              <td>{s.itemTitle}</td>
              <td className="tabular">{s.month}</td>
              <td className="num danger">{yuan(s.missingFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
