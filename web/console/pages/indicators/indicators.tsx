import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { SYSTEMS, type System } from "@wuxin/declare/roles";
import { addMonths, monthOf } from "@wuxin/kernel";
import { Drawer, Select } from "antd";
import { useEffect, useRef, useState } from "react";
import { figure } from "../../../kit/format.ts";
import { ask, type Reply } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { CountedRows } from "../../parts/counted-rows.tsx";
import { DivisionFilter, SearchBox } from "../../parts/list.tsx";
import { State, SystemMark } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Spark } from "../../parts/spark.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { FreezeButton, Kept } from "./kept.tsx";
import "../../styles/indicators.css";

const route = getRouteApi("/indicators");
type Row = Reply<"listIndicators">["rows"][number];

/** Every figure with its definition and denominator; a press opens the rows behind it. */
export default function Indicators() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const today = useToday();
  const system = SYSTEMS.find((s) => s === search.system);
  const query = {
    month: search.month ?? monthOf(today),
    ...(search.division ? { division: search.division } : {}),
    ...(system ? { system } : {}),
  };
  const list = useQuery(ask("listIndicators", { query }));
  const set = (change: Partial<typeof search>) => void navigate({ search: { ...search, ...change } });
  const months = Array.from({ length: 24 }, (_, n) => addMonths(monthOf(today), -n));
  const open = list.data?.rows.find((r) => r.code === search.code);
  return (
    <Page
      title="指标"
      testId="indicators"
      note="每个数都写明口径和分母，点开看是哪些行。月份过完就冻结；以后要改，另立一版并写明理由。没有数据的月份留空，不估。"
      actions={<FreezeButton month={query.month} rows={list.data?.rows ?? []} />}
    >
      <search className="filters" aria-label="筛选">
        <Select
          aria-label="月份"
          value={search.month ?? list.data?.month ?? monthOf(today)}
          onChange={(month: string) => set({ month })}
          options={months.map((m) => ({ value: m, label: m }))}
        />
        <DivisionFilter value={search.division} onChange={(v) => set({ division: v ?? "" })} />
        <SearchBox value={search.q} label="按名称、口径或科室找" onChange={(q) => set({ q: q ?? "" })} />
        <fieldset className="chips" aria-label="系统">
          {SYSTEMS.map((s) => (
            <button
              key={s}
              type="button"
              className="chip"
              aria-pressed={system === s}
              onClick={() => set({ system: system === s ? "" : s })}
            >
              大{s}
            </button>
          ))}
        </fieldset>
      </search>
      <Loaded query={list} rows={10}>
        {(data) => {
          const rows = data.rows.filter(
            (r) => !search.q || `${r.name}${r.definition}${r.owner}`.includes(search.q),
          );
          return rows.length === 0 ? (
            <Panel>
              <Blank mark="数" title="这里还没有指标">
                {search.q
                  ? `名称、口径和责任科室里都没有“${search.q}”，换个词找找。`
                  : "换一个系统或月份看看；指标由事项和台账声明，自动列出。"}
              </Blank>
            </Panel>
          ) : (
            SYSTEMS.filter((s) => rows.some((r) => r.system === s)).map((s) => (
              <Group
                key={s}
                system={s}
                rows={rows.filter((r) => r.system === s)}
                open={(code) => set({ code })}
              />
            ))
          );
        }}
      </Loaded>
      {open && (
        <Drill key={`${open.code} ${query.month}`} row={open} query={query} close={() => set({ code: "" })} />
      )}
    </Page>
  );
}

function Group({ system, rows, open }: { system: System; rows: Row[]; open: (code: string) => void }) {
  return (
    <Panel
      title={
        <span className="row">
          <SystemMark system={system} small />大{system}
        </span>
      }
    >
      <ul className="indicator-grid">
        {rows.map((r) => (
          <li key={r.code}>
            <button
              type="button"
              className="plain-button indicator"
              onClick={() => open(r.code)}
              data-testid={`indicator-${r.code}`}
            >
              <span>{r.name}</span>
              <span className="indicator-value">
                <b>{figure(r.value, r.decimals)}</b> {r.unit}
              </span>
              {r.stated && <StatedLevel of={r} />}
              <Spark series={r.series.map((p) => p.value)} width={140} label={`${r.name}走势`} />
              {r.frozen && (
                <span className="small tabular">
                  月末冻结 {figure(r.frozen.value, r.decimals)}
                  {r.frozen.version > 1 && `（更正 ${r.frozen.version - 1} 次）`}
                  {r.jump && (
                    <b className={r.jump.explanation ? "jump jump-told" : "jump"}>
                      比上月变动 {r.jump.percent}%{r.jump.explanation ? "，已说明" : "，待说明"}
                    </b>
                  )}
                </span>
              )}
              <span className="quiet small">{r.definition}</span>
              <span className="quiet small">责任：{r.owner}</span>
              {r.denominator !== null && (
                <span className="quiet small tabular">
                  分子 {figure(r.numerator)}，分母 {figure(r.denominator)}
                  {r.denominatorText && `（${r.denominatorText}）`}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Beside the figure, what a document says it should be; below it is a warning. */
function StatedLevel({ of: r }: { of: Row }) {
  const { stated } = r;
  if (!stated) return null;
  const told = `文件写明 ${figure(stated.value, r.decimals)} ${r.unit}${stated.unverified ? "（待核实）" : ""}`;
  if (stated.gap === null) return <span className="quiet small tabular">{told}</span>;
  const percent = figure(Math.abs(stated.gap / stated.value) * 100, 1);
  return (
    <span className="small tabular">
      {stated.gap < 0 ? (
        <State tone="warn">
          低于 {figure(-stated.gap, r.decimals)}（{percent}%）
        </State>
      ) : (
        <State tone="good">达到</State>
      )}{" "}
      {told}
    </span>
  );
}

interface DrillProps {
  row: Row;
  query: { month: string; division?: string; system?: System };
  close: () => void;
}
/** One figure: the month that is looked at is chosen on its bars, and its rows stand below. */
function Drill({ row, query, close }: DrillProps) {
  const [month, setMonth] = useState(query.month);
  const { division } = query;
  const other = useQuery({
    ...ask("listIndicators", { query: { month, code: row.code, ...(division ? { division } : {}) } }),
    enabled: month !== query.month,
  });
  return (
    <Drawer open size={720} title={row.name} onClose={close}>
      <div className="stack" data-testid="drill">
        <p className="quiet">
          {row.definition}（{row.kind === "stock" ? "月末时点数" : "当月发生数"}）
          {row.denominatorText && `。分母：${row.denominatorText}`}。责任：{row.owner}
        </p>
        <Bars row={row} month={month} choose={setMonth} />
        {month === query.month ? (
          <OfMonth row={row} month={month} division={division} />
        ) : (
          <Loaded query={other} small>
            {(d) => d.rows[0] && <OfMonth row={d.rows[0]} month={month} division={division} />}
          </Loaded>
        )}
      </div>
    </Drawer>
  );
}

function OfMonth({ row, month, division }: { row: Row; month: string; division?: string | undefined }) {
  return (
    <>
      <p>
        <b className="indicator-big">{figure(row.value, row.decimals)}</b> {row.unit}{" "}
        <span className="quiet small tabular">
          {month}
          {row.denominator !== null && `，分子 ${figure(row.numerator)}，分母 ${figure(row.denominator)}`}
          {row.sinceJanuary !== null &&
            !month.endsWith("-01") &&
            `；当年 1—${Number(month.slice(5))} 月 ${figure(row.sinceJanuary, row.decimals)} ${row.unit}`}
        </span>
      </p>
      {row.stated && (
        <p>
          <StatedLevel of={row} />
          <span className="quiet small">
            {" "}
            {row.stated.document ?? "未载文号"}，{row.stated.since} 起
          </span>
        </p>
      )}
      <Kept row={row} month={month} division={division} />
      {row.drillable ? (
        <CountedRows code={row.code} month={month} division={division} />
      ) : (
        <p className="quiet">这个数由公布的参数得来，没有可以展开的行。</p>
      )}
    </>
  );
}

/** Zero-based bars by month, a gap where there is no figure; a press shows the rows of that month. */
function Bars({ row, month, choose }: { row: Row; month: string; choose: (month: string) => void }) {
  const top = Math.max(0, ...row.series.map((p) => p.value ?? 0));
  const chosen = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone the bars scroll, and the chosen one is to be seen
  useEffect(() => {
    // In braces: scrolling may return a promise, which is no clean-up.
    void chosen.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [month]);
  if (top === 0) return null;
  return (
    <ol className="bars" aria-label={`${row.name}各月，点一个月看那个月的行`} data-testid="bars">
      {row.series.map((p) => (
        <li key={p.month}>
          <button
            type="button"
            ref={p.month === month ? chosen : null}
            className="plain-button"
            aria-pressed={p.month === month}
            title={`看 ${p.month} 的行`}
            onClick={() => choose(p.month)}
            data-testid={`bar-${p.month}`}
          >
            <span className="small tabular">{p.value === null ? "—" : figure(p.value, row.decimals)}</span>
            <i style={{ blockSize: `${((p.value ?? 0) / top) * 80}px` }} />
            <span className="small quiet tabular">{p.month.slice(2)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
