/** 死亡登记共享: to which departments, who was not given yet, and what was given before. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { State, type Tone } from "../../parts/marks.tsx";
import { Heads, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

type All = Reply<"listDeathLists">;
type List = All["lists"][number];
export const toneOf = (l: Pick<List, "state" | "open">): Tone =>
  l.open > 0 ? "bad" : ({ draft: "waiting", given: "active", received: "good" }[l.state] as Tone);

export default function DeathLists() {
  const query = useQuery(ask("listDeathLists", {}));
  return (
    <Page
      title="死亡登记共享"
      testId="death-lists"
      note="本县登记的死亡共享给需要核对的部门：一人起草，另一人确认，部门在自己的工作台下载、回执、退回差异。共享过的不重复给。"
    >
      <Loaded query={query} rows={6}>
        {(all) => (
          <>
            <Kinds kinds={all.kinds} />
            <Panel title="共享过的名单" flush testId="given-lists">
              {all.lists.length === 0 ? (
                <Blank mark="享" title="还没有共享过" small>
                  起草一份，另一人确认以后就在对方的工作台上。
                </Blank>
              ) : (
                <Given lists={all.lists} />
              )}
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Kinds({ kinds }: { kinds: All["kinds"] }) {
  const { account } = useSession();
  const today = useToday();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const drafting = useMutation({
    mutationFn: (code: string) => api.draftDeathList({ body: { id: newId(), code } }),
    onSuccess: (list) => {
      void queries.invalidateQueries({ queryKey: ["listDeathLists"] });
      void navigate({ to: "/death-lists/$id", params: { id: list.id } });
    },
    onError: (e) => message.error(sentence(e)),
  });
  return (
    <Panel title="共享给谁" flush testId="death-list-kinds">
      <Scroll label="共享给谁">
        <table className="plain-table">
          <thead>
            <tr>
              <Heads of={["部门", "用途、依据和栏目"]} />
              <Heads of={["还没共享"]} num />
              <Heads of={["应于"]} />
            </tr>
          </thead>
          <tbody>
            {kinds.map((k) => (
              <tr key={k.code} data-testid="death-list-kind">
                <td>
                  {k.departmentName}
                  {may(account.role, "draftDeathList") && (
                    <div>
                      {k.drafted ? (
                        <span className="quiet">有草稿待确认</span>
                      ) : (
                        k.waiting > 0 && (
                          <Button
                            size="small"
                            loading={drafting.isPending}
                            onClick={() => drafting.mutate(k.code)}
                          >
                            起草
                          </Button>
                        )
                      )}
                    </div>
                  )}
                </td>
                <td>
                  {k.purpose}
                  <div className="quiet">
                    {k.basis}
                    <br />
                    给：{k.columns.join("、")}
                  </div>
                </td>
                <td className="num tabular">{k.waiting} 人</td>
                <td className="nowrap">
                  {k.dueOn ?? "—"}
                  {k.dueOn !== null && k.dueOn < today && !k.drafted && <div className="danger">已过期</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}

const Given = ({ lists }: { lists: readonly List[] }) => (
  <Scroll label="共享过的名单">
    <table className="plain-table">
      <thead>
        <tr>
          <Heads of={["名单", "状态", "起草、确认"]} />
          <Heads of={["人数", "收到", "有出入"]} num />
        </tr>
      </thead>
      <tbody>
        {lists.map((l) => (
          <tr key={l.id} data-testid="death-list-row">
            <td>
              <Link to="/death-lists/$id" params={{ id: l.id }}>
                {l.departmentName}，截至 {l.untilOn}
              </Link>
            </td>
            <td>
              <State tone={toneOf(l)}>{l.stateText}</State>
            </td>
            <td>
              {l.draftedByName}，{dateTime(l.draftedAt)}
              {l.confirmedByName && l.confirmedAt && (
                <div className="quiet">
                  {l.confirmedByName}，{dateTime(l.confirmedAt)}
                </div>
              )}
            </td>
            <td className="num tabular">{l.persons}</td>
            <td className="num tabular">{l.received ?? "—"}</td>
            <td className="num tabular">{l.receivedAt ? l.differing : "—"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);
