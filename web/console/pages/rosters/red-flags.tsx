import { useQuery } from "@tanstack/react-query";
import type { TableColumnsType } from "antd";
import { ask, type Reply } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Blank } from "../../parts/states.tsx";
import { grounds, RulesPage } from "./rules.tsx";

type Rule = Reply<"listRedFlags">["rules"][number];

/** How rosters are looked over before anybody signs: each rule with its number and its article. */
export default function RedFlags() {
  const query = useQuery(ask("listRedFlags", { query: {} }));
  return (
    <RulesPage<Rule>
      title="名册预警规则"
      testId="red-flags"
      note="生成名册时逐笔核对。「拦截」的先暂缓，要另一个人写明理由才放行；「提醒」的显示在名册上，由签字的人判断。发放后按月再问一遍，结果在「月度监督」。"
      query={query}
      rowKey="rule"
      order={(a, b) => Number(b.on) - Number(a.on)}
      columns={COLUMNS}
      blank={
        <Blank mark="警" title="没有登记预警规则">
          规则写在数据文件里，注明起算日期和依据；登记后生成名册时自动核对。
        </Blank>
      }
    />
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

const ASKED = { before: "发放前", after: "发放后复查", both: "发放前、发放后复查" } as const;

const COLUMNS: TableColumnsType<Rule> = [
  {
    title: "规则",
    dataIndex: "label",
    render: (label: string, r) => (
      <>
        {label}
        <div className="quiet small">{r.reason.replaceAll(/\{(.*?)\}/g, "〔$1〕")}</div>
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
  {
    title: "什么时候问",
    dataIndex: "asked",
    className: "nowrap",
    render: (asked: Rule["asked"]) => ASKED[asked],
  },
  { title: "界限", key: "limits", className: "nowrap", render: (_: unknown, r) => limit(r) },
  ...grounds<Rule>("（待核实）"),
];
