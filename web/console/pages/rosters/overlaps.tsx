import { useQuery } from "@tanstack/react-query";
import { Table, type TableColumnsType } from "antd";
import { ask, type Reply } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

type Rule = Reply<"listOverlaps">["rules"][number];

/** The rules by which rosters hold one of two benefits, each with its article. */
export default function Overlaps() {
  const query = useQuery(ask("listOverlaps", { query: {} }));
  return (
    <Page
      title="待遇能否同享"
      testId="overlaps"
      note="同一人同一月，写着「择一」的两项只发一项，在哪个乡镇、哪个县领都一样；没有列出的可以同时领取。"
    >
      <Loaded query={query} rows={8}>
        {(data) => (
          <Panel flush>
            {data.rules.length === 0 ? (
              <Blank mark="择" title="没有登记重复领取的规定">
                规定写在数据文件里，注明条款和起算日期；登记后生成名册时自动核对。
              </Blank>
            ) : (
              <Table<Rule>
                size="small"
                rowKey="key"
                dataSource={[...data.rules].sort((a, b) => Number(a.together) - Number(b.together))}
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

const benefit = (b: Rule["between"][number] | undefined) => (
  <>
    {b?.name}
    <div className="quiet small">{b && b.items.length > 0 ? "本系统办理" : "本系统尚未办理"}</div>
  </>
);
const COLUMNS: TableColumnsType<Rule> = [
  { title: "待遇", render: (_: unknown, r) => benefit(r.between[0]) },
  { title: "与", render: (_: unknown, r) => benefit(r.between[1]) },
  {
    title: "能否同享",
    dataIndex: "together",
    render: (t: boolean) => <State tone={t ? "good" : "warn"}>{t ? "可以同享" : "择一"}</State>,
  },
  { title: "起算", dataIndex: "since", className: "nowrap" },
  {
    title: "依据",
    dataIndex: "article",
    render: (a: string, r) => (
      <div className="rule-article">
        {a}
        {r.unverified && <span className="warning small">（条文待核实）</span>}
        {r.note && <div className="quiet small">{r.note}</div>}
      </div>
    ),
  },
  { title: "出处", dataIndex: "ofCounty", render: (own: boolean) => (own ? "本县规定" : "全国统一") },
];
