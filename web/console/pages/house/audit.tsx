import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ROLES, type Role } from "@wuxin/declare/roles";
import { Button, DatePicker, Table, type TableColumnsType } from "antd";
import dayjs from "dayjs";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { Pager, pageOf, SearchBox } from "../../parts/list.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { Exports } from "./audit-export.tsx";

const route = getRouteApi("/audit");
const SIZE = 50;
/** What a record is about, in the officers' words. */
const OBJECTS: Readonly<Record<string, string>> = {
  account: "账号",
  alert: "预警",
  audit: "审计",
  "bank-file": "银行文件",
  calendar: "工作日历",
  case: "办件",
  chain: "校验链",
  "check-package": "核对批次",
  check: "核对",
  clue: "线索",
  decision: "决定",
  device: "走访手机",
  document: "文书",
  draft: "草稿",
  duty: "走访任务",
  entitlement: "待遇",
  entry: "台账条目",
  export: "审计导出",
  feed: "部门数据",
  file: "附件",
  funds: "资金台账",
  household: "家庭",
  indicator: "指标",
  indicators: "指标",
  item: "事项",
  list: "监测名单",
  payment: "发放",
  person: "个人",
  plan: "计划",
  summary: "工作总结",
  assessment: "规划评估",
  publicity: "公示",
  recovery: "追缴",
  recheck: "发放后复查",
  objection: "公示异议",
  "spot-check": "资金抽查",
  register: "台账",
  reprice: "提标",
  reshape: "分户（合户）",
  linkage: "物价联动",
  roster: "名册",
  rule: "认定规则",
  session: "会话",
  standard: "政策标准",
  statistics: "统计报表",
  visit: "走访",
};
const CHAINS: Readonly<Record<string, string>> = {
  audit: "审计日志",
  payments: "资金发放",
  funds: "资金台账",
};
const roleName = (role: string) => (role === "system" ? "自动" : (ROLES[role as Role] ?? role));

type Row = Reply<"listAudit">["rows"][number];

export default function Audit() {
  const { account } = useSession();
  return (
    <Page
      title="审计"
      testId="audit"
      note="谁在什么时候做了什么、看了谁的信息，都记在链上；改动任何一条，校验都会指出来。"
    >
      {may(account.role, "verifyChains") && <Verify />}
      {may(account.role, "requestAuditExport") && <Exports />}
      {may(account.role, "listAudit") && <Trail />}
      {!may(account.role, "verifyChains") && !may(account.role, "listAudit") && (
        <Panel>
          <Blank mark="禁" title="这里不在您的权限内">
            审计日志由审计监督和审计管理员查看，财务可以校验。
          </Blank>
        </Panel>
      )}
    </Page>
  );
}

function Verify() {
  const verify = useMutation({ mutationFn: () => api.verifyChains({}) });
  return (
    <Panel
      title="哈希链校验"
      testId="chains"
      extra={
        <Button
          type="primary"
          loading={verify.isPending}
          onClick={() => verify.mutate()}
          data-testid="verify"
        >
          校验
        </Button>
      }
    >
      {verify.isError && (
        <p className="danger" role="alert">
          {sentence(verify.error)}
        </p>
      )}
      {!verify.data && !verify.isError && (
        <p className="quiet">从第一条算到最后一条，证明没有被改过、删过；断了就指出第一处。</p>
      )}
      <ul className="line-list" aria-live="polite">
        {verify.data?.chains.map((c) => (
          <li key={c.name} data-testid={`chain-${c.name}`}>
            <State tone={c.ok ? "good" : "bad"}>{c.ok ? "完整" : "断裂"}</State>
            <b className="line-grow">{CHAINS[c.name] ?? c.name}</b>
            <span className="tabular">{c.entries.toLocaleString("zh-CN")} 条</span>
            {c.unsealed > 0 && <span className="quiet">另有 {c.unsealed} 条待封</span>}
            {c.firstBroken && <span className="danger">第一处断点：{c.firstBroken}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Trail() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const page = pageOf(search);
  const { page: _page, ...query } = search;
  const rows = useQuery({
    ...ask("listAudit", { query: { ...query, page, size: SIZE } }),
    placeholderData: keepPreviousData,
  });
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: { ...search, page: "", ...change } });
  return (
    <>
      <search className="filters" aria-label="筛选">
        <SearchBox value={search.actor} label="操作人姓名" onChange={(v) => set({ actor: v ?? "" })} />
        <SearchBox value={search.action} label="操作" onChange={(v) => set({ action: v ?? "" })} />
        <SearchBox value={search.objectId} label="对象编号" onChange={(v) => set({ objectId: v ?? "" })} />
        <DatePicker
          aria-label="自"
          placeholder="自"
          value={search.from ? dayjs(search.from) : null}
          onChange={(d) => set({ from: d ? d.format("YYYY-MM-DD") : "" })}
        />
        <DatePicker
          aria-label="至"
          placeholder="至"
          value={search.to ? dayjs(search.to) : null}
          onChange={(d) => set({ to: d ? d.format("YYYY-MM-DD") : "" })}
        />
      </search>
      <Loaded query={rows} rows={10}>
        {(data) => (
          <Panel flush>
            {data.total === 0 ? (
              <Blank mark="迹" title="没有符合条件的记录">
                放宽上面的筛选看看。
              </Blank>
            ) : (
              <Table<Row>
                size="small"
                rowKey="id"
                dataSource={data.rows}
                columns={columns((objectId) => set({ objectId }))}
                pagination={false}
                scroll={{ x: "max-content" }}
                loading={rows.isPlaceholderData}
              />
            )}
            <Pager page={page} size={SIZE} total={data.total} onChange={(p) => set({ page: String(p) })} />
          </Panel>
        )}
      </Loaded>
    </>
  );
}

const columns = (filter: (objectId: string) => void): TableColumnsType<Row> => [
  {
    title: "链上序号",
    dataIndex: "seq",
    className: "num",
    render: (n: number | null) => n ?? <span className="quiet">待封</span>,
  },
  { title: "时间", dataIndex: "at", className: "nowrap", render: (t: string) => dateTime(t) },
  {
    title: "操作人",
    dataIndex: "actorName",
    render: (n: string, r) => (
      <span className="nowrap">
        {n} <span className="quiet small">{roleName(r.role)}</span>
      </span>
    ),
  },
  { title: "操作", dataIndex: "actionLabel", className: "nowrap" },
  {
    title: "对象",
    dataIndex: "object",
    render: (o: string, r) =>
      r.objectId ? (
        <button type="button" className="link-button" onClick={() => filter(r.objectId ?? "")}>
          {OBJECTS[o] ?? o}
        </button>
      ) : (
        (OBJECTS[o] ?? o)
      ),
  },
  { title: "说明", dataIndex: "detail", render: (t: string) => <div className="audit-detail">{t}</div> },
];
