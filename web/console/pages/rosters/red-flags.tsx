import { useQuery } from "@tanstack/react-query";
import { Table, type TableColumnsType } from "antd";
import { ask, type Reply } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

type Rule = Reply<"listRedFlags">["rules"][number];

/** How rosters are looked over before anybody signs: each rule with its number and its article. */
export default function RedFlags() {
  const query = useQuery(ask("listRedFlags", { query: {} }));
  return (
    <Page
      title="名册预警规则"
      testId="red-flags"
      note="生成名册时逐笔核对。「拦截」的先暂缓，要另一个人写明理由才放行；「提醒」的显示在名册上，由签字的人判断。"
    >
      <Loaded query={query} rows={8}>
        {(data) => (
          <Panel flush>
            {data.rules.length === 0 ? (
              <Blank mark="警" title="没有登记预警规则">
                规则写在数据文件里，注明起算日期和依据；登记后生成名册时自动核对。
              </Blank>
            ) : (
              <Table<Rule>
                size="small"
                rowKey="rule"
                dataSource={[...data.rules].sort((a, b) => Number(b.on) - Number(a.on))}
                columns={COLUMNS}
                pagination={false}
                scroll={{ x: "max-content" }}
              />
            )}
          </Panel>
        )}
      </Loaded>
    </Page>
  );
}

const LIMITS: Readonly<Record<string, (n: number) => string>> = {
  percent: (n) => `${n}%`,
  payees: (n) => `${n} 人`,
};
const limit = (r: Rule) =>
  Object.entries(r.limits)
    .map(([name, n]) => `超过 ${LIMITS[name]?.(n) ?? n}`)
    .join("、") || "—";

const COLUMNS: TableColumnsType<Rule> = [
  {
    title: "规则",
    dataIndex: "label",
    render: (label: string, r) => (
      <>
        {label}
        <div className="quiet small">{r.reason.replaceAll(/\{.*?\}/g, "…")}</div>
      </>
    ),
  },
  {
    title: "怎样处理",
    dataIndex: "level",
    className: "nowrap",
    render: (level: Rule["level"], r) =>
      r.on ? (
        <State tone={level === "block" ? "bad" : "warn"}>{level === "block" ? "拦截" : "提醒"}</State>
      ) : (
        <State tone="neutral">未启用</State>
      ),
  },
  { title: "界限", key: "limits", className: "nowrap", render: (_: unknown, r) => limit(r) },
  { title: "起算", dataIndex: "since", className: "nowrap" },
  {
    title: "依据",
    dataIndex: "article",
    render: (a: string, r) => (
      <div className="rule-article">
        {a}
        {r.unverified && <span className="warning small">（待核实）</span>}
      </div>
    ),
  },
  { title: "出处", dataIndex: "ofCounty", render: (own: boolean) => (own ? "本县规定" : "全国统一") },
];
