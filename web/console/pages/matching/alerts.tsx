/** 预警: by rule with how often it was right, and the list. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Button, Segmented, Table, type TableColumnsType } from "antd";
import { yuan } from "../../../kit/format.ts";
import { ask, type Reply } from "../../app/api.ts";
import { Pager, pageOf } from "../../parts/list.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { OneAlert, TONES } from "./alert.tsx";
import "../../styles/matching.css";

type Rule = Reply<"listAlertRules">[number];
type Alert = Reply<"listAlerts">["rows"][number];
const route = getRouteApi("/alerts");
const SIZE = 20;
const LEVEL_TONES = ["neutral", "bad", "warn", "active"] as const;

export default function Alerts() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (part: Partial<typeof search>) => void navigate({ search: { ...search, page: "", ...part } });
  const rules = useQuery(ask("listAlertRules", {}));
  const list = useQuery(
    ask("listAlerts", {
      query: {
        page: pageOf(search),
        size: SIZE,
        rule: search.rule,
        state: search.state as Alert["state"] | undefined,
        level: search.level ? Number(search.level) : undefined,
        division: search.division,
      },
    }),
  );
  return (
    <Page
      title="预警"
      testId="alerts"
      note="预警是线索，不是结论：先上门核实，再由人决定。误报会降低这条规则显示的准确率。"
    >
      <Panel
        title={
          search.rule ? `预警：${rules.data?.find((r) => r.code === search.rule)?.title ?? ""}` : "全部预警"
        }
        extra={
          <div className="alert-filter">
            {search.rule && (
              <Button size="small" data-testid="all-rules" onClick={() => go({ rule: "" })}>
                看全部规则
              </Button>
            )}
            <Segmented
              value={search.state ?? ""}
              options={[
                { value: "pending", label: "待核查" },
                { value: "confirmed", label: "属实" },
                { value: "no-change", label: "无需变动" },
                { value: "false", label: "误报" },
                { value: "withdrawn", label: "已更正" },
                { value: "", label: "全部" },
              ]}
              onChange={(v) => go({ state: String(v) })}
            />
          </div>
        }
        flush
      >
        <Loaded query={list}>
          {(data) =>
            data.rows.length === 0 ? (
              <Blank mark="警" title="没有这样的预警">
                部门数据比对之后，值得上门看一看的人会列在这里。
              </Blank>
            ) : (
              <>
                <Table<Alert>
                  size="small"
                  rowKey="id"
                  dataSource={[...data.rows]}
                  columns={columns((id) => go({ alert: id, page: search.page ?? "" }))}
                  pagination={false}
                  scroll={{ x: "max-content" }}
                />
                <Pager
                  page={pageOf(search)}
                  size={SIZE}
                  total={data.total}
                  onChange={(page) => go({ page: String(page) })}
                />
              </>
            )
          }
        </Loaded>
      </Panel>
      <Panel title="规则和准确率" testId="alert-rules" flush>
        <Loaded query={rules}>
          {(data) => (
            <Table<Rule>
              size="small"
              rowKey="code"
              dataSource={[...data].sort((a, b) => b.hits - a.hits)}
              columns={ruleColumns((rule, state) => go({ rule, state }))}
              pagination={false}
              scroll={{ x: "max-content" }}
            />
          )}
        </Loaded>
      </Panel>
      {search.alert && (
        <OneAlert id={search.alert} close={() => go({ alert: "", page: search.page ?? "" })} />
      )}
    </Page>
  );
}

const columns = (open: (id: string) => void): TableColumnsType<Alert> => [
  {
    title: "姓名",
    dataIndex: "person",
    render: (n: string, a) => (
      <Link to="/persons/$id" params={{ id: a.personId }}>
        {n}
      </Link>
    ),
  },
  {
    title: "预警",
    dataIndex: "title",
    render: (t: string, a) => (
      <button type="button" className="alert-open" data-testid={`alert-${a.rule}`} onClick={() => open(a.id)}>
        <b>{t}</b>
        <span className="quiet small">{a.reason}</span>
        {a.state === "pending" && a.goneAsOf && <State tone="warn">截至 {a.goneAsOf} 的名单里已没有</State>}
      </button>
    ),
  },
  {
    title: "结果",
    dataIndex: "stateLabel",
    render: (t: string, a) => <State tone={TONES[a.state]}>{t}</State>,
  },
  {
    title: "级别",
    dataIndex: "levelLabel",
    render: (t: string, a) => <State tone={LEVEL_TONES[a.level] ?? "neutral"}>{t}</State>,
  },
  {
    title: "建议",
    dataIndex: "proposesLabel",
    render: (t: string, a) => (
      <>
        {t}
        {a.actBy && a.state === "pending" && <div className="quiet small">{a.actBy} 前提出</div>}
      </>
    ),
  },
  { title: "所在地", dataIndex: "divisionName" },
  { title: "发现", dataIndex: "raisedOn", className: "nowrap" },
];

/** A number opens exactly the alerts that it counts. */
const counted = (
  choose: (rule: string, state: string) => void,
  title: string,
  state: Alert["state"] | "",
  of: (r: Rule) => number,
): TableColumnsType<Rule>[number] => ({
  title,
  className: "num",
  render: (_, r) =>
    of(r) === 0 ? (
      0
    ) : (
      <Button
        type="link"
        size="small"
        className="rule-link"
        aria-label={`${r.title}，${title} ${of(r)} 条`}
        data-testid={`rule-${r.code}-${state || "all"}`}
        onClick={() => choose(r.code, state)}
      >
        {of(r)}
      </Button>
    ),
});

const ruleColumns = (choose: (rule: string, state: string) => void): TableColumnsType<Rule> => [
  {
    title: "规则",
    dataIndex: "title",
    render: (t: string, r) => (
      <Button type="link" size="small" className="rule-link" onClick={() => choose(r.code, "")}>
        {t}
      </Button>
    ),
  },
  { title: "数据源", dataIndex: "feedTitle" },
  { title: "建议", dataIndex: "proposesLabel" },
  counted(choose, "命中", "", (r) => r.hits),
  counted(choose, "待核查", "pending", (r) => r.pending),
  counted(choose, "属实", "confirmed", (r) => r.confirmed),
  counted(choose, "无需变动", "no-change", (r) => r.noChange),
  counted(choose, "误报", "false", (r) => r.false),
  counted(choose, "名单已更正", "withdrawn", (r) => r.withdrawn),
  {
    title: "准确率",
    dataIndex: "precision",
    className: "num",
    render: (p: number | null) => (p === null ? <span className="quiet">—</span> : `${Math.round(p * 100)}%`),
  },
  { title: "每月节约（元）", dataIndex: "savedFen", className: "num", render: (a: number) => yuan(a) },
  { title: "每月帮助（元）", dataIndex: "helpedFen", className: "num", render: (a: number) => yuan(a) },
];
