/** 预警: by rule with how often it was right, the list, and one with its evidence. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { Button, Drawer, Segmented, Table, type TableColumnsType } from "antd";
import { useRef, useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { Pager, pageOf } from "../../parts/list.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/matching.css";

type Rule = Reply<"listAlertRules">[number];
type Alert = Reply<"listAlerts">["rows"][number];
const route = getRouteApi("/alerts");
const SIZE = 20;
const LEVEL_TONES = ["neutral", "bad", "warn", "active"] as const;
const TONES = { pending: "waiting", confirmed: "good", false: "neutral", "no-change": "neutral" } as const;

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
                { value: "false", label: "误报" },
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
              columns={ruleColumns((rule) => go({ rule }))}
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

const ruleColumns = (choose: (rule: string) => void): TableColumnsType<Rule> => [
  {
    title: "规则",
    dataIndex: "title",
    render: (t: string, r) => (
      <Button type="link" size="small" className="rule-link" onClick={() => choose(r.code)}>
        {t}
      </Button>
    ),
  },
  { title: "数据源", dataIndex: "feedTitle" },
  { title: "建议", dataIndex: "proposesLabel" },
  { title: "命中", dataIndex: "hits", className: "num" },
  { title: "待核查", dataIndex: "pending", className: "num" },
  { title: "属实", className: "num", render: (_, r) => r.confirmed + r.noChange },
  { title: "误报", dataIndex: "false", className: "num" },
  {
    title: "准确率",
    dataIndex: "precision",
    className: "num",
    render: (p: number | null) => (p === null ? <span className="quiet">—</span> : `${Math.round(p * 100)}%`),
  },
  { title: "每月节约（元）", dataIndex: "savedFen", className: "num", render: (a: number) => yuan(a) },
  { title: "每月帮助（元）", dataIndex: "helpedFen", className: "num", render: (a: number) => yuan(a) },
];

function OneAlert({ id, close }: { id: string; close: () => void }) {
  const page = useQuery(ask("getAlert", { params: { id } }));
  const [judging, setJudging] = useState(false);
  return (
    <Drawer open onClose={close} title="预警和证据" size={640} data-testid="alert-page">
      <Loaded query={page}>
        {(a) => (
          <div data-testid="alert">
            <h3>{a.title}</h3>
            <p>{a.reason}</p>
            <dl className="fact-list">
              <Fact label="姓名" value={a.person} />
              <Fact label="所在地" value={a.divisionName} />
              <Fact
                label="建议"
                value={a.actBy ? `${a.proposesLabel}，${a.actBy} 前提出` : a.proposesLabel}
              />
              {a.overpaidFen !== null && a.overpaidFen > 0 && (
                <Fact label="此后已发（估算）" value={`${yuan(a.overpaidFen)} 元，是否追回由人决定`} />
              )}
              {a.evidence.map((e) => (
                <Fact key={e.label} label={e.label} value={e.value} />
              ))}
              {a.bring.length > 0 && <Fact label="上门请带" value={a.bring.join("、")} />}
              <Fact label="规则版本" value={a.ruleVersion} />
              <Fact label="出现" value={`${a.seen} 次，最近 ${a.lastSeenOn}`} />
              {a.goneAsOf && (
                <Fact
                  label="最新名单"
                  value={`截至 ${a.goneAsOf} 的名单里已没有这一情况，核对不再计它；是否属实仍由人核查`}
                />
              )}
            </dl>
            <h4>数据原文</h4>
            <Scroll label="数据原文">
              <table className="alert-records">
                <thead>
                  <tr>
                    {a.columns.map((c) => (
                      <th key={c}>{c}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {a.records.map((r) => (
                    <tr key={r.join("|")}>
                      {r.map((v, n) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: a column keeps its place
                        <td key={n}>{v}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
            {a.judgement ? (
              <p>
                <State tone={TONES[a.state]}>{a.stateLabel}</State> {a.judgement.outcome}
                <span className="quiet small">（{a.judgement.by}）</span>
              </p>
            ) : (
              a.canJudge && (
                <Button type="primary" data-testid="judge" onClick={() => setJudging(true)}>
                  登记核查结果
                </Button>
              )
            )}
            {judging && <JudgeForm id={a.id} proposes={a.proposes} close={() => setJudging(false)} />}
          </div>
        )}
      </Loaded>
    </Drawer>
  );
}

const Fact = ({ label, value }: { label: string; value: string }) => (
  <div>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
);

function JudgeForm({ id, proposes, close }: { id: string; proposes: string; close: () => void }) {
  const queries = useQueryClient();
  const request = useRef(newId());
  return (
    <DrawerForm
      title="登记核查结果"
      verb="登记"
      fields={[
        {
          name: "judgement",
          label: "核查结果",
          type: "choice",
          required: true,
          choices: [
            { value: "confirmed", label: "属实" },
            { value: "no-change", label: "属实、无需变动" },
            { value: "false", label: "误报" },
          ],
        },
        { name: "outcome", label: "核查情况", type: "longtext", required: true, min: 2, max: 500 },
        proposes === "help"
          ? {
              name: "helpedFen",
              label: "预计每月帮助（元）",
              type: "money",
              visible: { field: "judgement", is: "confirmed" },
            }
          : {
              name: "savedFen",
              label: "预计每月少发（元）",
              type: "money",
              visible: { field: "judgement", is: "confirmed" },
            },
      ]}
      initial={{}}
      close={close}
      send={async (v) => {
        await api.judgeAlert({
          params: { id },
          body: {
            ...{ id: request.current, judgement: v.judgement as "confirmed", outcome: String(v.outcome) },
            ...{ savedFen: Number(v.savedFen ?? 0), helpedFen: Number(v.helpedFen ?? 0) },
          },
        });
        for (const k of ["getAlert", "listAlerts", "listAlertRules"])
          void queries.invalidateQueries({ queryKey: [k] });
        close();
      }}
    />
  );
}
