/** 核对报告: those made, those that differ, and the round over everybody in payment. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { App, Button, Segmented, Table, type TableColumnsType } from "antd";
import { may } from "../../app/access.ts";
import { ApiError, api, ask, type Reply } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { Pager, pageOf } from "../../parts/list.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

type Check = Reply<"listChecks">["rows"][number];
const route = getRouteApi("/checks");
export const PURPOSES = { application: "申请核对", recheck: "在享核对", objection: "异议复查" } as const;

export default function Checks() {
  const { account } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useQuery(
    ask("listChecks", {
      query: { page: pageOf(search), ...(search.differing ? { differing: "true" as const } : {}) },
    }),
  );
  return (
    <Page
      title="核对报告"
      testId="checks"
      note="先授权、后核对；只核对、不认定。申请的核对在办件页上出具。"
      actions={may(account.role, "batchCheck") && <Batch />}
    >
      <Panel
        title="报告"
        extra={
          <Segmented
            value={search.differing ?? ""}
            options={[
              { value: "", label: "全部" },
              { value: "true", label: "有不一致" },
            ]}
            onChange={(v) => void navigate({ search: { ...search, page: "", differing: String(v) } })}
          />
        }
        flush
      >
        <Loaded query={list}>
          {(data) =>
            data.rows.length === 0 ? (
              <Blank mark="核" title="还没有核对报告">
                在办件页点「出具核对报告」，或由县级对在享对象批量核对。
              </Blank>
            ) : (
              <>
                <Table<Check>
                  size="small"
                  rowKey="id"
                  dataSource={[...data.rows]}
                  columns={columns}
                  pagination={false}
                  scroll={{ x: "max-content" }}
                />
                <Pager
                  page={pageOf(search)}
                  size={20}
                  total={data.total}
                  onChange={(page) => void navigate({ search: { ...search, page: String(page) } })}
                />
              </>
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

const columns: TableColumnsType<Check> = [
  {
    title: "编号",
    dataIndex: "number",
    render: (n: string, c) => (
      <Link to="/checks/$id" params={{ id: c.id }} data-testid="check-link">
        {n}
      </Link>
    ),
  },
  { title: "申请人", dataIndex: "applicant" },
  { title: "所在地", dataIndex: "divisionName" },
  { title: "种类", dataIndex: "purpose", render: (p: Check["purpose"]) => PURPOSES[p] },
  { title: "人数", dataIndex: "persons", className: "num" },
  {
    title: "不一致",
    dataIndex: "differences",
    render: (n: number) =>
      n === 0 ? <State tone="neutral">未发现</State> : <State tone="warn">{n} 项</State>,
  },
  { title: "出具", dataIndex: "madeOn", className: "nowrap" },
  {
    title: "有效至",
    dataIndex: "validUntil",
    className: "nowrap",
    render: (d: string, c) =>
      c.replacedBy ? (
        <span className="quiet">已由 {c.replacedBy} 代替</span>
      ) : c.expired ? (
        <State tone="warn">{d}，已过期</State>
      ) : (
        d
      ),
  },
  {
    title: "异议",
    dataIndex: "openObjections",
    render: (n: number) => (n > 0 ? <State tone="bad">待答复</State> : ""),
  },
];

function Batch() {
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: (everybody: boolean) => api.batchCheck({ body: { id: newId(), everybody } }),
    onSuccess: (done) => {
      void queries.invalidateQueries({ queryKey: ["listChecks"] });
      void modal.info({
        title: `已核对 ${done.checked} 件`,
        content: [
          done.refused.length > 0
            ? `缺授权、没有核对的 ${done.refused.length} 件：${done.refused.slice(0, 10).join("、")}。请先取得授权。`
            : "没有缺授权的。",
          ...(done.unstated.length > 0
            ? [`本县没有写明类别 ${done.unstated.join("、")} 隔几个月核对，这些没有核对；请在县配置里补上。`]
            : []),
          "查得与申报不一致的，已提出复核预警。",
        ].join(""),
      });
    },
    onError: (e) => void message.error(e instanceof ApiError ? e.problem.message : "没有办成，请重试。"),
  });
  return (
    <>
      <Button loading={run.isPending} data-testid="batch-due" onClick={() => run.mutate(false)}>
        核对本月到期的
      </Button>
      <Button loading={run.isPending} data-testid="batch-all" onClick={() => run.mutate(true)}>
        核对全部在享
      </Button>
    </>
  );
}
