/** The rules of every item at a glance: how many formulas, whether the examples hold, whether a month has a gap. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../../app/api.ts";
import { State, SystemMark } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/standards.css";

export default function RuleSets() {
  const list = useQuery(ask("listRuleSets", {}));
  return (
    <Page
      title="认定规则"
      testId="rule-sets"
      note="每个事项怎么认定、怎么算，用法规自己的话写成公式，逐条注明条文，并附例子。机器按公式算，人照公式看。"
      actions={<Link to="/standards">查看政策标准</Link>}
    >
      <Loaded query={list}>
        {(rows) => (
          <Panel flush>
            <ul className="standard-list">
              {rows.map((r) => (
                <li key={r.item} data-testid={`rules-${r.item}`}>
                  <div className="standard-name">
                    <span className="row">
                      <SystemMark system={r.system} small />
                      <Link to="/rules/$item" params={{ item: r.item }}>
                        {r.title}
                      </Link>
                    </span>
                    <span className="quiet small tabular">
                      版本 {r.version.slice(0, 12)}
                      {r.rewritten && " · 本县改写"}
                    </span>
                  </div>
                  <div className="tabular">
                    公式 {r.variables} · 事实 {r.inputs} · 标准 {r.parameters}
                  </div>
                  <div className="standard-source small">
                    {r.failing > 0 ? (
                      <State tone="bad">
                        {r.examples} 个例子，{r.failing} 个不对
                      </State>
                    ) : (
                      <State tone="good">{r.examples} 个例子全对</State>
                    )}
                    {r.gaps > 0 ? (
                      <State tone="warn">有 {r.gaps} 处月份缺值</State>
                    ) : (
                      <span className="quiet">前后各一年的月份都有值</span>
                    )}
                  </div>
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </Loaded>
    </Page>
  );
}
