import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { Button } from "antd";
import { useRef, useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

/** Every summary, drafted from the frozen figures of its months. */
export default function SummariesRoute() {
  const { account } = useSession();
  const query = useQuery(ask("listSummaries", {}));
  const [beginning, setBeginning] = useState(false);
  const begin = may(account.role, "beginSummary") && (
    <Button type="primary" onClick={() => setBeginning(true)} data-testid="begin-summary">
      起草总结
    </Button>
  );
  return (
    <Page
      title="工作总结"
      testId="summaries"
      note="从冻结的指标和计划目标起草；每个数都看得到来源，没有完成的目标逐条写出。"
      actions={begin}
    >
      <Loaded query={query}>
        {({ rows }) => (
          <Panel flush>
            {rows.length === 0 ? (
              <Blank mark="结" title="还没有工作总结" action={begin}>
                半年或年底起草，系统把各项业务的数和计划完成情况写成初稿，由人修改、签发。
              </Blank>
            ) : (
              <Scroll label="工作总结">
                <table className="plain-table">
                  <thead>
                    <tr>
                      <th scope="col">总结</th>
                      <th scope="col">状态</th>
                      <th scope="col">最后修改</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((s) => (
                      <tr key={s.id}>
                        <td>
                          <Link to="/summaries/$id" params={{ id: s.id }}>
                            {s.title}
                          </Link>
                        </td>
                        <td className="nowrap">
                          <State tone={s.signedAt ? "good" : "active"}>
                            {s.signedAt ? "已签发" : "草稿"}
                          </State>
                        </td>
                        <td className="nowrap">
                          第 {s.version} 版，{s.savedByName}
                          <div className="quiet">{dateTime(s.savedAt)}</div>
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
      {beginning && <Begin close={() => setBeginning(false)} />}
    </Page>
  );
}

function Begin({ close }: { close: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const today = useToday();
  const id = useRef(newId());
  const year = Number(today.slice(0, 4));
  return (
    <DrawerForm
      title="起草总结"
      verb="起草"
      intro={<p className="quiet">数取自冻结的月份；还没有冻结的月份按现在的台账算，会标出来。</p>}
      fields={[
        {
          ...{ name: "kind", label: "时段", type: "choice", required: true },
          choices: [
            { value: "half", label: "上半年" },
            { value: "year", label: "全年" },
          ],
        },
        {
          ...{ name: "year", label: "年份", type: "integer", required: true },
          ...{ min: 2000, max: 2100 },
        },
      ]}
      initial={{ kind: today.slice(5, 7) < "10" ? "half" : "year", year }}
      close={close}
      send={async (v) => {
        const kind = v.kind === "half" ? "half" : "year";
        const s = await api.beginSummary({ body: { id: id.current, kind, year: Number(v.year) } });
        await queries.invalidateQueries({ queryKey: ["listSummaries"] });
        close();
        await navigate({ to: "/summaries/$id", params: { id: s.id } });
      }}
    />
  );
}
