import { useQuery } from "@tanstack/react-query";
import type { TableColumnsType } from "antd";
import { ask, type Reply } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Blank } from "../../parts/states.tsx";
import { grounds, RulesPage } from "./rules.tsx";

type Rule = Reply<"listOverlaps">["rules"][number];

/** The rules by which rosters hold one of two benefits, each with its article. */
export default function Overlaps() {
  const query = useQuery(ask("listOverlaps", { query: {} }));
  return (
    <RulesPage<Rule>
      title="待遇能否同享"
      testId="overlaps"
      note="同一人同一月，写着「择一」的两项只发一项，在哪个乡镇、哪个县领都一样；没有列出的可以同时领取。"
      query={query}
      rowKey="key"
      order={(a, b) => Number(a.together) - Number(b.together)}
      columns={COLUMNS}
      blank={
        <Blank mark="择" title="没有登记重复领取的规定">
          规定写在数据文件里，注明条款和起算日期；登记后生成名册时自动核对。
        </Blank>
      }
    />
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
  ...grounds<Rule>("（条文待核实）"),
];
