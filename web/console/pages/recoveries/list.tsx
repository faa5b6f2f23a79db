/** 追缴: what was paid too much, how much has come back, what is left; what waits for a decision first. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Select } from "antd";
import { yuan } from "../../../kit/format.ts";
import { ask } from "../../app/api.ts";
import { besideOf, SearchBox, Steps } from "../../parts/list.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { RECOVERY_TONE, type RecoveryState } from "./words.ts";

const route = getRouteApi("/recoveries");
const SIZE = 20;

export default function RecoveryList() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const state = search.state as RecoveryState | undefined;
  const query = useQuery({
    ...ask("listRecoveries", {
      query: {
        ...besideOf(search),
        size: SIZE,
        ...(state ? { state } : {}),
        ...(search.q ? { q: search.q } : {}),
      },
    }),
    placeholderData: keepPreviousData,
  });
  const go = (next: Record<string, string | undefined>) =>
    void navigate({ search: { ...search, after: undefined, before: undefined, ...next } });
  return (
    <Page
      title="追缴"
      testId="recovery-list"
      note="死亡迟报、决定往前调整后多发的月份。系统只提出，由人确认；可以退回现金，或从以后的月份里逐月扣。"
    >
      <search className="filters" aria-label="筛选">
        <Select
          aria-label="状态"
          value={state ?? ""}
          onChange={(s: string) => go({ state: s || undefined })}
          options={[
            { value: "", label: "全部" },
            { value: "proposed", label: "待确认" },
            { value: "confirmed", label: "追缴中" },
            { value: "settled", label: "已办结" },
            { value: "dismissed", label: "不予追缴" },
          ]}
        />
        <SearchBox value={search.q} label="领款人姓名" onChange={(q) => go({ q })} />
      </search>
      <Loaded query={query} rows={6}>
        {(data) => (
          <Panel flush extra={`待追回 ${yuan(data.leftFen)} 元`} title="多发的月份" testId="recoveries">
            {data.total === 0 && (search.q || state) ? (
              <Blank mark="缴" title="没有符合条件的">
                换一个姓名或状态再看。
              </Blank>
            ) : data.total === 0 ? (
              <Blank mark="缴" title="没有要追缴的">
                登记死亡或作出往前调整的决定后，多发的月份会自动列在这里，等人确认。
              </Blank>
            ) : (
              <Scroll label="追缴">
                <table className="plain-table">
                  <thead>
                    <tr>
                      <th>领款人</th>
                      <th>事项</th>
                      <th>地方</th>
                      <th>原因</th>
                      <th>状态</th>
                      <th className="num">多发（元）</th>
                      <th className="num">已追回（元）</th>
                      <th className="num">免除核销（元）</th>
                      <th className="num">还欠（元）</th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.rows.map((r) => (
                      <tr key={r.id}>
                        <td>
                          <Link to="/recoveries/$id" params={{ id: r.id }}>
                            {r.payee}
                          </Link>
                        </td>
                        <td>{r.itemTitle}</td>
                        <td>{r.divisionName}</td>
                        <td>{r.causeLabel}</td>
                        <td>
                          <State tone={RECOVERY_TONE[r.state]}>{r.stateLabel}</State>
                        </td>
                        <td className="num">{yuan(r.amountFen)}</td>
                        <td className="num">{yuan(r.backFen)}</td>
                        <td className="num">{yuan(r.letGoFen)}</td>
                        <td className="num">{yuan(r.leftFen)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
            )}
            <Steps {...data} go={go} />
          </Panel>
        )}
      </Loaded>
    </Page>
  );
}
