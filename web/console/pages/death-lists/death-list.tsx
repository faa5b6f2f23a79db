/** One list of deaths given to a department: checked by a second person, then answered line by line. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts, Heads, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import { toneOf } from "./death-lists.tsx";

type ListPage = Reply<"getDeathList">;
const route = getRouteApi("/death-lists/$id");

export default function DeathListRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getDeathList", { params: { id } }));
  return (
    <Loaded query={query} rows={8}>
      {(list) => <View of={list} />}
    </Loaded>
  );
}

function View({ of: l }: { of: ListPage }) {
  const { account } = useSession();
  const [line, setLine] = useState<ListPage["rows"][number] | null>(null);
  const gives = may(account.role, "confirmDeathList");
  return (
    <Page
      title={`${l.departmentName}，截至 ${l.untilOn}`}
      testId="death-list"
      crumbs={<Link to="/death-lists">死亡登记共享</Link>}
      note={
        <State tone={toneOf(l)} testId="death-list-state">
          {l.stateText}
        </State>
      }
    >
      {gives && l.state === "draft" && <Acts of={l} />}
      <Panel title="共享">
        <Facts
          rows={[
            ["用途", l.purpose],
            ["依据", l.basis],
            ["起草", `${l.draftedByName}，${dateTime(l.draftedAt)}`],
            ["确认", l.confirmedAt ? `${l.confirmedByName}，${dateTime(l.confirmedAt)}` : "还没有"],
            [
              "回执",
              l.receivedAt
                ? `${dateTime(l.receivedAt)}，收到 ${l.received} 人${l.received === l.persons ? "" : `（共享 ${l.persons} 人）`}`
                : "还没有",
            ],
            ...(l.note ? ([["说明", l.note]] as const) : []),
          ]}
        />
      </Panel>
      <Panel title={`名单（${l.persons} 人）`} flush testId="death-list-rows">
        <Scroll label="名单">
          <table className="plain-table">
            <thead>
              <tr>
                <Heads of={["序号", "姓名", "死亡日期", "登记依据", "所在地", "部门退回的差异"]} />
              </tr>
            </thead>
            <tbody>
              {l.rows.map((r) => (
                <tr key={r.line}>
                  <td className="tabular">{r.line}</td>
                  <td>
                    <Link to="/persons/$id" params={{ id: r.personId }}>
                      {r.nameMasked}
                    </Link>
                  </td>
                  <td className="nowrap">{r.diedOn}</td>
                  <td>{r.source}</td>
                  <td>{r.place}</td>
                  <td>
                    {r.differs ?? "—"}
                    {r.handled && (
                      <div className="quiet">
                        {r.handledOn} {r.handledBy}：{r.handled}
                      </div>
                    )}
                    {r.differs && !r.handled && gives && (
                      <div>
                        <Button size="small" onClick={() => setLine(r)}>
                          写核对结果
                        </Button>
                      </div>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </Panel>
      {line && <Handle list={l} row={line} close={() => setLine(null)} />}
    </Page>
  );
}

/** What shows the list, or that it waits. */
function useMoved() {
  const queries = useQueryClient();
  return () => {
    for (const k of ["getDeathList", "listDeathLists", "workbench"])
      void queries.invalidateQueries({ queryKey: [k] });
  };
}

function Acts({ of: l }: { of: ListPage }) {
  const navigate = useNavigate();
  const { message } = App.useApp();
  const params = { id: l.id };
  const moved = useMoved();
  const confirming = useMutation({
    mutationFn: () => api.confirmDeathList({ params }),
    onSuccess: () => {
      moved();
      message.success(`已共享给${l.departmentName}，在对方的工作台上。`);
    },
    onError: (e) => message.error(sentence(e)),
  });
  const dropping = useMutation({
    mutationFn: () => api.dropDeathList({ params }),
    onSuccess: () => {
      moved();
      void navigate({ to: "/death-lists" });
    },
    onError: (e) => message.error(sentence(e)),
  });
  return (
    <div className="row" data-testid="death-list-actions">
      {l.can.confirm ? (
        <Button type="primary" loading={confirming.isPending} onClick={() => confirming.mutate()}>
          确认共享
        </Button>
      ) : (
        <span className="quiet">您起草的，要由另一个人确认。</span>
      )}
      {l.can.drop && (
        <Button loading={dropping.isPending} onClick={() => dropping.mutate()}>
          作废草稿
        </Button>
      )}
    </div>
  );
}

function Handle({ list, row, close }: { list: ListPage; row: ListPage["rows"][number]; close: () => void }) {
  const moved = useMoved();
  return (
    <DrawerForm
      title={`第 ${row.line} 行的差异`}
      verb="记下"
      intro={<p>{row.differs}</p>}
      fields={[
        {
          ...{ name: "note", label: "核对的结果", type: "longtext", required: true, min: 4, max: 1000 },
          help: "查了什么、以哪个为准；要更正登记的，先到这个人的页面办。",
        },
      ]}
      close={close}
      send={async (v) => {
        await api.handleDifference({
          params: { id: list.id },
          body: { line: row.line, note: String(v.note) },
        });
        moved();
        close();
      }}
    />
  );
}
