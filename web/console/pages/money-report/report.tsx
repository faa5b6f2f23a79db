/** 月度监督: what a month paid, held, flagged, found afterwards, got back and looked at; printed, exported, decided here. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { urlOf } from "@wuxin/contract/client";
import { addMonths, formatMonthChinese, monthOf } from "@wuxin/kernel";
import { App, Button, Select } from "antd";
import { useEffect } from "react";
import { may } from "../../app/access.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { Go, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/money-report.css";
import { Findings } from "./findings.tsx";

const route = getRouteApi("/money-report");
export type Report = Reply<"getMoneyReport">;
const MONTHS_BACK = 24;

export default function MoneyReport() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { account } = useSession();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const thisMonth = monthOf(useToday());
  const month = search.month || addMonths(thisMonth, -1);
  const query = useQuery(ask("getMoneyReport", { query: { month } }));
  const there = query.data !== undefined;
  useEffect(() => {
    if (there && location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [there]);
  const recheck = useMutation({
    mutationFn: () => api.runRecheck({ body: { month } }),
    onSuccess: (r) => {
      const [last] = r.recheck.runs;
      message.success(`已复查 ${last?.lines ?? 0} 笔，新发现 ${last?.found ?? 0} 条。`);
      void queries.invalidateQueries({ queryKey: ["getMoneyReport"] });
    },
  });
  return (
    <Page
      title="月度监督"
      testId="money-report"
      note="本月发了多少、退回多少、暂缓多少，预警和发放后复查的结论，追缴、抽查，每个数点开到明细。"
      actions={
        // Who may not read it is not offered to print it.
        there && (
          <span className="row no-print">
            {may(account.role, "runRecheck") && (
              <Button loading={recheck.isPending} onClick={() => recheck.mutate()} data-testid="run-recheck">
                现在复查
              </Button>
            )}
            <Button href={urlOf("exportMoneyReport", {}, { month, format: "csv" })}>导出 CSV</Button>
            <Button
              href={urlOf("exportMoneyReport", {}, { month, format: "docx" })}
              data-testid="report-docx"
            >
              导出 Word
            </Button>
            <Button type="primary" onClick={() => window.print()}>
              打印
            </Button>
          </span>
        )
      }
    >
      <search className="filters no-print" aria-label="筛选">
        <Select
          aria-label="月份"
          value={month}
          onChange={(m: string) => void navigate({ search: { ...search, month: m } })}
          options={Array.from({ length: MONTHS_BACK }, (_, n) => addMonths(thisMonth, -n)).map((m) => ({
            value: m,
            label: formatMonthChinese(m),
          }))}
        />
      </search>
      {recheck.isError && (
        <p className="danger" role="alert" data-testid="recheck-error">
          {sentence(recheck.error)}
        </p>
      )}
      <Loaded query={query} rows={10}>
        {(r) => (
          <div className="money-report">
            <h2 className="money-report-title">{r.title}</h2>
            {r.sections.map((s) => (
              <Section key={s.key} of={s} />
            ))}
            <Findings of={r.recheck} />
            <p className="money-report-sign">
              {r.issuer}　{r.on}
            </p>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Section({ of: s }: { of: Report["sections"][number] }) {
  return (
    <Panel title={s.title} testId={`report-${s.key}`}>
      <p>{s.text}</p>
      {s.rows.length > 0 && (
        <Scroll label={s.title}>
          <table className="plain-table">
            <thead>
              <tr>
                {s.columns.map((c) => (
                  <th key={c.title} scope="col" className={c.num ? "num" : undefined}>
                    {c.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {s.rows.map((row) => (
                <tr key={`${row.link}${row.cells.join()}`}>
                  {row.cells.map((cell, n) => (
                    <td key={s.columns[n]?.title} className={s.columns[n]?.num ? "num" : undefined}>
                      {n === 0 && row.link ? <Go href={row.link}>{cell}</Go> : cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Panel>
  );
}
