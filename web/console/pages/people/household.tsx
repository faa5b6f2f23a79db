import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { may } from "../../app/access.ts";
import { ask } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { CasesPanel, ChainView, EntitlementsPanel, MonthStrip } from "../../parts/months.tsx";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import { HomeChangeDrawer } from "./home-change.tsx";
import { Measures } from "./measures.tsx";
import { Needs } from "./needs.tsx";
import { Standing } from "./standing.tsx";

const route = getRouteApi("/households/$id");

export default function HouseholdRoute() {
  const { id } = route.useParams();
  const { account } = useSession();
  const query = useQuery(ask("getHousehold", { params: { id } }));
  const [changing, setChanging] = useState(false);
  return (
    <Loaded query={query}>
      {(h) => {
        // What is drawn now stands with its reason under 各项待遇.
        const drawn = new Set(h.standing.aids.map((a) => a.link));
        const ended = h.entitlements.filter((e) => !drawn.has(`/entitlements/${e.id}`));
        return (
          <Page
            title={`${h.headName} 户`}
            testId="household"
            note={[h.divisionName, h.address, h.areaClass].filter(Boolean).join(" · ")}
            actions={
              may(account.role, "changeHousehold") &&
              h.members.some((m) => !m.toDate) && (
                <Button onClick={() => setChanging(true)} data-testid="change-household">
                  家庭变更
                </Button>
              )
            }
          >
            {changing && <HomeChangeDrawer of={h} close={() => setChanging(false)} />}
            <MonthStrip months={h.months} />
            <div className="columns-2">
              <div className="side-stack">
                <Panel
                  title="家庭成员"
                  extra={`${h.members.filter((m) => !m.toDate).length} 人`}
                  testId="members"
                >
                  <Scroll label="家庭成员">
                    <table className="plain-table">
                      <thead>
                        <tr>
                          <th>姓名</th>
                          <th>关系</th>
                          <th>性别</th>
                          <th className="num">年龄</th>
                          <th>身份证号</th>
                          <th>在户</th>
                        </tr>
                      </thead>
                      <tbody>
                        {h.members.map((m) => (
                          <tr key={`${m.personId}${m.fromDate}`}>
                            <td className="nowrap">
                              <Link to="/persons/$id" params={{ id: m.personId }}>
                                {m.name}
                              </Link>
                            </td>
                            <td>{m.relation}</td>
                            <td>{m.sex}</td>
                            <td className="num">{m.age}</td>
                            <td className="nowrap">{m.idNoMasked}</td>
                            <td className="nowrap">
                              {m.fromDate} 起{m.toDate && `，${m.toDate} 迁出`}
                              {m.diedOn && <span className="danger"> · {m.diedOn} 死亡</span>}
                            </td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
                  </Scroll>
                </Panel>
                <ChainView chain={h.chain} />
              </div>
              <div className="side-stack">
                <Standing of={h.standing} />
                {may(account.role, "getMeasures") && <Measures household={h.id} />}
                {may(account.role, "getCard") && <Needs household={h.id} />}
                {ended.length > 0 && <EntitlementsPanel title="以前的待遇" rows={ended} />}
                <CasesPanel rows={h.cases} />
              </div>
            </div>
          </Page>
        );
      }}
    </Loaded>
  );
}
