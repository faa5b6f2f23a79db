/** Every 提标: which standard, how many households, how much a month and for past months, where it stands. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { shanghaiDay, signedYuan, yuan } from "../../../kit/format.ts";
import { ask } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { RUN_TONE } from "./words.ts";

const n = (value: number | null) => (value === null ? "—" : value.toLocaleString("zh-CN"));

export default function RaiseList() {
  const query = useQuery(ask("listReprices", {}));
  return (
    <Page
      title="提标"
      testId="raise-list"
      note="批准一项标准或一版认定规则后，系统对所有按它计算的待遇自动测算；另一个人看过放行，再逐户调整，过去的月份随下一份名册补发。"
    >
      <Loaded query={query} rows={6}>
        {(rows) => (
          <Panel flush>
            {rows.length === 0 ? (
              <Blank mark="标" title="还没有提标">
                在「政策标准」里录入新标准，或在「认定规则」里改规则，经另一人批准后，测算会自动出现在这里。
              </Blank>
            ) : (
              <Scroll label="提标">
                <table className="plain-table">
                  <thead>
                    <tr>
                      <th>标准或规则</th>
                      <th>执行月份</th>
                      <th>状态</th>
                      <th className="num">在享（户）</th>
                      <th className="num">增加（户）</th>
                      <th className="num">每月（元）</th>
                      <th className="num">过去月份补发（元）</th>
                      <th>发起</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((r) => (
                      <tr key={r.id}>
                        <td>
                          <Link to="/raises/$id" params={{ id: r.id }}>
                            {r.label}
                          </Link>
                          <div className="quiet small">{r.document}</div>
                        </td>
                        <td className="tabular">{r.firstMonth} 起</td>
                        <td>
                          <State tone={r.mine ? "warn" : RUN_TONE[r.state]}>
                            {r.mine ? "待您放行" : r.stateLabel}
                          </State>
                        </td>
                        <td className="num">{n(r.households)}</td>
                        <td className="num">{n(r.raised)}</td>
                        <td className="num">{r.monthlyFen === null ? "—" : signedYuan(r.monthlyFen)}</td>
                        <td className="num">{r.backFen === null ? "—" : yuan(r.backFen)}</td>
                        <td>
                          {r.openedBy} <span className="quiet tabular">{shanghaiDay(r.openedAt)}</span>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
            )}
          </Panel>
        )}
      </Loaded>
    </Page>
  );
}
