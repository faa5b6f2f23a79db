/** Statutory tables of a place: what waits for a signature, what is sealed, and a new period to fill. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { Alert, Button, Select } from "antd";
import { useState } from "react";
import { shanghaiDay } from "../../../kit/format.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { DivisionFilter } from "../../parts/list.tsx";
import { State, type Tone } from "../../parts/marks.tsx";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/statistics.css";

const route = getRouteApi("/statistics");
type List = Reply<"listStatistics">;
type Row = List["rows"][number];

const STATES: Record<Row["state"], readonly [Tone, string]> = {
  draft: ["neutral", "待填报人签字"],
  filled: ["waiting", "待负责人签字"],
  sealed: ["good", "已封存"],
};
export function ReturnState({ of: r }: { of: Pick<Row, "state" | "late"> }) {
  const [tone, word] = STATES[r.state];
  return (
    <State tone={r.late && r.state !== "sealed" ? "warn" : tone} testId="return-state">
      {word}
      {r.late && (r.state === "sealed" ? "（逾期）" : "，已逾期")}
    </State>
  );
}

export default function Returns() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = search.division ? { division: search.division } : {};
  const list = useQuery(ask("listStatistics", { query }));
  return (
    <Page
      title="统计报表"
      testId="statistics"
      note="数取自指标，和台账同一口径。校验通过、变动说明后，填报人和负责人两个人签字封存；封存后只能另填一版。"
    >
      <search className="filters" aria-label="筛选">
        <DivisionFilter
          value={search.division}
          onChange={(division) => void navigate({ search: { ...search, division: division ?? "" } })}
        />
      </search>
      <Loaded query={list} rows={6}>
        {(data) => (
          <>
            <Open of={data} division={search.division} />
            {data.rows.length === 0 ? (
              <Panel>
                <Blank mark="表" title="还没有报表">
                  月份过完后，到期的报表自动出现在这里；也可以选一期填报。
                </Blank>
              </Panel>
            ) : (
              <Table rows={data.rows} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Table({ rows }: { rows: readonly Row[] }) {
  return (
    <Panel flush>
      <Scroll label="统计报表">
        <table className="plain-table return-list" data-testid="return-list">
          <thead>
            <tr>
              <th scope="col">报表</th>
              <th scope="col">报告期</th>
              <th scope="col">填报单位</th>
              <th scope="col">状态</th>
              <th scope="col">报送期限</th>
              <th scope="col">签字</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((r) => (
              <tr key={r.id}>
                <td>
                  <Link
                    to="/statistics/$id"
                    params={{ id: r.id }}
                    data-testid={`return-${r.table}-${r.period}`}
                  >
                    {r.title}
                  </Link>
                  {r.version > 1 && <span className="quiet small"> 第 {r.version} 版</span>}
                </td>
                <td>{r.periodLabel}</td>
                <td>{r.divisionName}</td>
                <td>
                  <ReturnState of={r} />
                </td>
                <td className="tabular">{r.dueOn}</td>
                <td className="quiet small">
                  {r.filledByName && `${r.filledByName} `}
                  {r.sealedByName && r.sealedAt && `${r.sealedByName} ${shanghaiDay(r.sealedAt)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}

/** Which table and period; the same again opens the one that is there. */
function Open({ of: list, division }: { of: List; division: string | undefined }) {
  const navigate = useNavigate();
  const [code, setCode] = useState(list.tables[0]?.code ?? "");
  const table = list.tables.find((t) => t.code === code);
  const [chosen, setPeriod] = useState("");
  const period = table?.periods.some((p) => p.period === chosen) ? chosen : (table?.periods[0]?.period ?? "");
  const open = useMutation({
    mutationFn: () =>
      api.openStatistic({ body: { id: newId(), table: code, period, ...(division ? { division } : {}) } }),
    onSuccess: (r) => void navigate({ to: "/statistics/$id", params: { id: r.id } }),
  });
  if (!table || table.periods.length === 0) return null;
  return (
    <Panel title="填报一期">
      <div className="filters">
        <Select
          aria-label="报表"
          value={code}
          popupMatchSelectWidth={false}
          onChange={setCode}
          options={list.tables.map((t) => ({ value: t.code, label: t.title }))}
        />
        <Select
          aria-label="报告期"
          value={period}
          onChange={setPeriod}
          options={table.periods.map((p) => ({ value: p.period, label: p.label }))}
        />
        <Button
          type="primary"
          loading={open.isPending}
          onClick={() => open.mutate()}
          data-testid="open-return"
        >
          取数填报
        </Button>
      </div>
      {open.error && <Alert type="error" showIcon title={sentence(open.error)} role="alert" />}
    </Panel>
  );
}
