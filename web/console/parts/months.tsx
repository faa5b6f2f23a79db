/** The last 24 months of a household or person, and the chain of everything that was done for them. */

import { addMonths, monthOf } from "@wuxin/kernel";
import { Tooltip } from "antd";
import { useState } from "react";
import { shanghaiDay, yuan } from "../../kit/format.ts";
import type { Reply } from "../app/api.ts";
import { useToday } from "../app/session.tsx";
import "../styles/people.css";
import { State } from "./marks.tsx";
import { Go, Panel } from "./page.tsx";
import { Blank } from "./states.tsx";

type Months = Reply<"getPerson">["months"];
type Chain = Reply<"getPerson">["chain"];

/** One column a month, one row a benefit; what was paid and with what result. */
export function MonthStrip({ months }: { months: Months }) {
  const today = useToday();
  const last = monthOf(today);
  const columns = Array.from({ length: 24 }, (_, n) => addMonths(last, n - 23));
  const items = [...new Set(months.flatMap((m) => m.cells.map((c) => c.itemTitle)))];
  const cellOf = (month: string, item: string) =>
    months.find((m) => m.month === month)?.cells.filter((c) => c.itemTitle === item) ?? [];
  return (
    <Panel title="近 24 个月" testId="months">
      {items.length === 0 ? (
        <Blank small mark="月" title="近两年没有发放">
          待遇发放后，每月一格，写明金额和结果。
        </Blank>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className="table-scroll" tabIndex={0} aria-label="近 24 个月发放">
          <table className="months">
            <thead>
              <tr>
                <th scope="col">
                  <span className="sr-only">事项</span>
                </th>
                {columns.map((m, n) => (
                  <th key={m} scope="col" className={m.endsWith("-01") ? "year-start" : ""}>
                    {(n === 0 || m.endsWith("-01")) && <b>{m.slice(0, 4)}</b>}
                    {Number(m.slice(5))}
                    <span className="sr-only">月</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item}>
                  <th scope="row">{item}</th>
                  {columns.map((m) => (
                    <MonthCell key={m} month={m} item={item} cells={cellOf(m, item)} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}

const kindOf = (result: string) =>
  /失败|退/.test(result) ? "failed" : /成功|已发|已付|到账/.test(result) ? "paid" : "pending";
const GLYPH = { failed: "✕", paid: "✓", pending: "…" } as const;

function MonthCell({ month, item, cells }: { month: string; item: string; cells: Months[number]["cells"] }) {
  if (cells.length === 0)
    return <td className={month.endsWith("-01") ? "month-none year-start" : "month-none"} />;
  const sum = cells.reduce((n, c) => n + c.amountFen, 0);
  const words = cells.map((c) => `${yuan(c.amountFen)} 元（${c.result}）`).join("；");
  const kind = cells.some((c) => kindOf(c.result) === "failed") ? "failed" : kindOf(cells[0]?.result ?? "");
  return (
    <td className={`month-${kind}${month.endsWith("-01") ? " year-start" : ""}`}>
      <Tooltip title={`${month} ${item}：${words}`}>
        <span>
          <i aria-hidden="true">{GLYPH[kind]}</i>
          <span aria-hidden="true">{Math.round(sum / 100)}</span>
          <span className="sr-only">{words}</span>
        </span>
      </Tooltip>
    </td>
  );
}

const PARTS = [
  { key: "all", label: "全部", kinds: null },
  { key: "case", label: "申请和决定", kinds: ["case", "decision", "entitlement", "check"] },
  { key: "payment", label: "发放和追缴", kinds: ["payment", "recovery"] },
  { key: "clue", label: "预警、线索和名单", kinds: ["alert", "clue", "list"] },
  { key: "visit", label: "走访和需求", kinds: ["visit", "need"] },
  { key: "referral", label: "部门帮扶", kinds: ["referral", "measure", "return"] },
  { key: "register", label: "台账", kinds: ["register"] },
] as const;

/** 一户一条救助链: whatever anybody did for the household, whichever desk did it, on one line of time. */
export function ChainView({ chain }: { chain: Chain }) {
  const [part, setPart] = useState<(typeof PARTS)[number]["key"]>("all");
  const kinds: readonly string[] | null = PARTS.find((p) => p.key === part)?.kinds ?? null;
  const shown = kinds ? chain.filter((e) => kinds.includes(e.kind)) : chain;
  const count = (k: readonly string[] | null) =>
    k ? chain.filter((e) => k.includes(e.kind)).length : chain.length;
  return (
    <Panel title="一户一条救助链" extra={`${chain.length} 件事`} testId="chain">
      {chain.length === 0 ? (
        <Blank small mark="链" title="还没有经过">
          申请、认定、发放、预警、线索、走访和其他部门的帮扶，都会按时间排在这里。
        </Blank>
      ) : (
        <fieldset className="chips">
          <legend className="sr-only">看哪一类</legend>
          {PARTS.filter((p) => p.kinds === null || count(p.kinds) > 0).map((p) => (
            <button
              key={p.key}
              type="button"
              className="chip"
              aria-pressed={part === p.key}
              data-testid={`chain-${p.key}`}
              onClick={() => setPart(p.key)}
            >
              {p.label} {count(p.kinds)}
            </button>
          ))}
        </fieldset>
      )}
      <ol className="chain">
        {shown.map((e) => (
          <li key={`${e.at}${e.kind}${e.title}${e.text}`} data-kind={e.kind}>
            <time className="quiet small">{shanghaiDay(e.at)}</time>
            <div>
              {e.link ? <Go href={e.link}>{e.title}</Go> : <b>{e.title}</b>}
              {e.text !== "" && <p className="quiet">{e.text}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

export function EntitlementsPanel({
  title = "待遇",
  rows,
}: {
  title?: string;
  rows: Reply<"getPerson">["entitlements"];
}) {
  return (
    <Panel title={title} testId="entitlements">
      {rows.length === 0 && (
        <Blank small mark="享" title="没有待遇">
          审核确认后的待遇会列在这里。
        </Blank>
      )}
      <ul className="line-list">
        {rows.map((e) => (
          <li key={e.id}>
            <Go href={`/entitlements/${e.id}`} className="line-grow">
              {e.itemTitle}
            </Go>
            <span className="tabular">{yuan(e.amountFen)} 元／月</span>
            <span className="quiet tabular">
              {e.fromMonth} 起{e.endMonth && `，${e.endMonth} 止`}
            </span>
            <State tone={e.endMonth ? "neutral" : "good"}>{e.stateLabel}</State>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function CasesPanel({ rows }: { rows: Reply<"getPerson">["cases"] }) {
  return (
    <Panel title="办件" testId="cases">
      {rows.length === 0 && (
        <Blank small mark="件" title="没有办件">
          申请、复核等办件会列在这里。
        </Blank>
      )}
      <ul className="line-list">
        {rows.map((c) => (
          <li key={c.id}>
            <Go href={`/cases/${c.id}`} className="line-grow">
              {c.itemTitle} <span className="tabular">{c.number}</span>
            </Go>
            <span>{c.stateLabel}</span>
            <span className="quiet tabular">{c.submittedOn}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
