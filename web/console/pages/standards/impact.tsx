/** What a new version changes: counts that filter, cost, bars by township, back-pay, and whom it moves. */
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { signedYuan, yuan } from "../../../kit/format.ts";
import { Figure } from "../../parts/figure.tsx";
import { Shape } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank } from "../../parts/states.tsx";
import { MonthCosts } from "./month-costs.tsx";
import { type BeforeAfter, SidesDrawer } from "./sides.tsx";
import { CHANGES, type Change, type Preview } from "./words.ts";

const SHOWN = 50;
const n = (value: number): string => value.toLocaleString("zh-CN");

type Shown = Omit<Preview, "name" | "since" | "firstMonth" | "notes">;
export type Row = Shown["rows"][number];

interface ImpactProps {
  preview: Shown;
  notes: readonly string[];
  /** Who reads it without paying by it, when no item does. */
  readers: readonly string[];
  /** One row before and after. */
  explain: (row: Row) => Promise<BeforeAfter>;
  /** Which edited formulas explain a row, by its id. */
  causes?: ReadonlyMap<string, readonly string[]>;
}
export function Impact({ preview: p, notes, readers, explain, causes }: ImpactProps) {
  const [change, setChange] = useState<Change | null>(null);
  const [township, setTownship] = useState<string | null>(null);
  const [row, setRow] = useState<Row | null>(null);
  if (p.items.length === 0)
    return (
      <Panel title="影响" testId="impact">
        <Blank small mark="零" title="没有事项的规则用到它">
          {readers.length > 0
            ? `${readers.join("、")}按它核对限额，没有金额要重算。`
            : "批准后照样留存，供查阅和推算。"}
        </Blank>
        <Notes notes={notes} />
      </Panel>
    );
  return (
    <>
      <Panel
        title={`${p.month} 的影响`}
        testId="impact"
        extra={
          <span className="small">
            {p.items.map((i) => i.title).join("、")} · 按最近一次认定留存的事实重算，用时 {p.tookMs} 毫秒
          </span>
        }
      >
        <Notes notes={notes} />
        <div className="impact-figures">
          <Figure label="在享" value={n(p.total.households)} unit="户（人）" />
          <Figure
            label="每月"
            value={signedYuan(p.total.monthlyFen)}
            unit="元"
            note={`${yuan(p.total.beforeFen)} → ${yuan(p.total.afterFen)}`}
            testId="monthly"
          />
          <Figure label="全年" value={signedYuan(p.total.yearlyFen)} unit="元" testId="yearly" />
          {p.total.enter > 0 && (
            <Figure
              label="可能新增的，另计每月"
              value={yuan(p.total.enterFen)}
              unit="元"
              note={`${n(p.total.enter)} 户（人）申请后才发`}
            />
          )}
        </div>
        <fieldset className="chips" aria-label="按变化筛选">
          {CHANGES.map((c) => (
            <button
              key={c.change}
              type="button"
              className="chip"
              title={c.help}
              aria-pressed={change === c.change}
              disabled={p.total[c.change] === 0}
              onClick={() => setChange(change === c.change ? null : c.change)}
              data-testid={`count-${c.change}`}
            >
              <Shape tone={c.tone} /> {c.label} <b>{n(p.total[c.change])}</b>
            </button>
          ))}
          <span className="quiet small chips-note">
            不变 {n(p.total.same)}
            {p.outOfStep > 0 &&
              `；另有 ${n(p.outOfStep)} 户（人）现发金额与现行规则重算的不同，复核后才会一致`}
          </span>
        </fieldset>
      </Panel>
      <div className="columns-2 impact-columns">
        <Rows preview={p} change={change} township={township} open={setRow} causes={causes} />
        <div className="side-stack">
          <Townships preview={p} township={township} choose={setTownship} />
        </div>
      </div>
      <MonthCosts preview={p} township={township} />
      {row && (
        <SidesDrawer
          title={`${row.name}：${row.itemTitle}`}
          queryKey={row.id}
          ask={() => explain(row)}
          close={() => setRow(null)}
        />
      )}
    </>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className="impact-notes" data-testid="notes">
      {notes.map((x) => (
        <li key={x}>
          <Shape tone="warn" /> {x}
        </li>
      ))}
    </ul>
  );
}

interface TownshipsProps {
  preview: Shown;
  township: string | null;
  choose: (code: string | null) => void;
}
/** Zero-based bars of the monthly difference; a press filters the rows. */
function Townships({ preview: p, township, choose }: TownshipsProps) {
  const top = Math.max(1, ...p.townships.map((t) => Math.abs(t.monthlyFen)));
  return (
    <Panel title="各乡镇每月增减" testId="townships" extra={<span className="small">元</span>}>
      {p.townships.length === 0 ? (
        <p className="quiet">没有在享的户。</p>
      ) : (
        <ol className="township-bars">
          {p.townships.map((t) => (
            <li key={t.code}>
              <button
                type="button"
                className="plain-button township-bar"
                aria-pressed={township === t.code}
                onClick={() => choose(township === t.code ? null : t.code)}
              >
                <span className="township-name">{t.name}</span>
                <span className="tabular">{signedYuan(t.monthlyFen)}</span>
                <span className="bar-track" aria-hidden="true">
                  <i
                    className={t.monthlyFen < 0 ? "bar-less" : ""}
                    style={{ inlineSize: `${(Math.abs(t.monthlyFen) / top) * 100}%` }}
                  />
                </span>
                <span className="quiet small">
                  {n(t.households)} 户（人）
                  {t.gain > 0 && ` · 增 ${n(t.gain)}`}
                  {t.lose > 0 && ` · 减 ${n(t.lose)}`}
                  {t.leave > 0 && ` · 退 ${n(t.leave)}`}
                  {t.enter > 0 && ` · 可能新增 ${n(t.enter)}`}
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

interface RowsProps {
  preview: Shown;
  change: Change | null;
  township: string | null;
  open: (row: Row) => void;
  causes: ImpactProps["causes"];
}
function Rows({ preview: p, change, township, open, causes }: RowsProps) {
  const [more, setMore] = useState(SHOWN);
  const rows = p.rows.filter(
    (r) => (change === null || r.change === change) && (township === null || r.townshipCode === township),
  );
  const word = new Map(CHANGES.map((c) => [c.change, c]));
  return (
    <Panel
      title={change ? (word.get(change)?.label ?? "") : "有变化的户（人）"}
      testId="moved"
      extra={
        <span className="small tabular" data-testid="moved-total">
          共 {n(rows.length)} 条{p.rowsLeft > 0 && `，变化较小的 ${n(p.rowsLeft)} 条没有列出`}
        </span>
      }
    >
      {change && <p className="quiet small">{word.get(change)?.help}</p>}
      {rows.length === 0 ? (
        <Blank small mark="零" title="没有这样的户">
          换一个筛选看看。
        </Blank>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className="table-scroll" tabIndex={0} aria-label="有变化的户">
          <table className="plain-table wide-table">
            <thead>
              <tr>
                <th>户主或本人</th>
                <th>变化</th>
                <th className="num">现在（元）</th>
                <th className="num">以后（元）</th>
                <th className="num">增减</th>
                <th>村（社区）</th>
                <th>算法</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, more).map((r) => {
                const c = word.get(r.change);
                return (
                  <tr key={`${r.kind}${r.id}`}>
                    <td className="nowrap">
                      {r.kind === "entitlement" ? (
                        <Link to="/entitlements/$id" params={{ id: r.id }}>
                          {r.name}
                        </Link>
                      ) : (
                        <Link to="/cases/$id" params={{ id: r.id }}>
                          {r.name}
                        </Link>
                      )}
                    </td>
                    <td className="nowrap">
                      <span className={`state state-${c?.tone ?? "neutral"}`}>
                        <Shape tone={c?.tone ?? "neutral"} />
                        {c?.label ?? "不变"}
                      </span>
                    </td>
                    <td className="num">{yuan(r.beforeFen)}</td>
                    <td className="num">{yuan(r.afterFen)}</td>
                    <td className="num">
                      {r.beforeFen === null || r.afterFen === null
                        ? "—"
                        : signedYuan(r.afterFen - r.beforeFen)}
                    </td>
                    <td>
                      {r.divisionName}
                      {causes?.get(r.id)?.map((why) => (
                        <div key={why} className="quiet small">
                          {why}
                        </div>
                      ))}
                    </td>
                    <td className="nowrap">
                      {r.change !== "unknown" && (
                        <button
                          type="button"
                          className="link-button"
                          onClick={() => open(r)}
                          data-testid="before-after"
                        >
                          前后对照<span className="sr-only">：{r.name}</span>
                        </button>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
      {rows.length > more && (
        <Button size="small" onClick={() => setMore(more + 200)}>
          再列 {n(Math.min(200, rows.length - more))} 条
        </Button>
      )}
    </Panel>
  );
}
