/** The households of a 提标: who was raised, and who was left for somebody to look at. */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useEffect } from "react";
import { yuan } from "../../../kit/format.ts";
import { ask } from "../../app/api.ts";
import { Pager, pageOf, SearchBox } from "../../parts/list.tsx";
import { Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import type { Run } from "./words.ts";

const route = getRouteApi("/raises/$id");
const SIZE = 20;

export function Households({ run: r }: { run: Run }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  // Before anybody was raised only those left alone are known.
  const applied = r.state === "applying" || r.state === "done";
  const kind = search.kind === "left" || !applied ? "left" : "raised";
  const page = pageOf(search);
  const query = useQuery({
    ...ask("listRepriceHouseholds", {
      params: { id: r.id },
      query: { kind, page, size: SIZE, ...(search.q ? { q: search.q } : {}) },
    }),
    placeholderData: keepPreviousData,
  });
  // Asked while it was at work, the list is one of then.
  const queries = useQueryClient();
  useEffect(() => {
    if (r.state === "done") void queries.invalidateQueries({ queryKey: ["listRepriceHouseholds"] });
  }, [r.state, queries]);
  const go = (next: Record<string, string | undefined>) =>
    void navigate({ search: { ...search, page: undefined, ...next }, resetScroll: false });
  return (
    <Panel title="逐户名单" testId="raise-households">
      <search className="filters" aria-label="筛选">
        <Segmented
          value={kind}
          onChange={(k) => go({ kind: String(k) })}
          options={[
            { value: "raised", label: "已调整", disabled: !applied },
            { value: "left", label: "需逐户处理" },
          ]}
        />
        <SearchBox value={search.q} label="领款人姓名" onChange={(q) => go({ q })} />
      </search>
      <Loaded query={query} rows={4}>
        {(data) =>
          data.total === 0 ? (
            <Blank small mark="户" title={kind === "left" ? "没有需要逐户处理的" : "还没有调整"}>
              {kind === "left"
                ? "按新标准降低、不再符合或算不出的会列在这里。"
                : "放行后，逐户调整的结果列在这里。"}
            </Blank>
          ) : (
            <>
              <Scroll label="逐户名单">
                <table className="plain-table">
                  <thead>
                    <tr>
                      <th>领款人</th>
                      <th>事项</th>
                      <th>地方</th>
                      <th className="num">原金额（元）</th>
                      <th className="num">新金额（元）</th>
                      <th>{kind === "left" ? "为什么没有自动改" : "从"}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.rows.map((h) => (
                      <tr key={h.entitlementId}>
                        <td>
                          <Link to="/entitlements/$id" params={{ id: h.entitlementId }}>
                            {h.payee}
                          </Link>
                        </td>
                        <td>{h.itemTitle}</td>
                        <td>{h.divisionName}</td>
                        <td className="num">{yuan(h.beforeFen)}</td>
                        <td className="num">{yuan(h.afterFen)}</td>
                        <td>{h.why ?? `${h.fromMonth} 起`}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
              <Pager page={page} size={SIZE} total={data.total} onChange={(p) => go({ page: String(p) })} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}
