import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { ApiError } from "@wuxin/contract/client";
import { addMonths, monthOf, newId } from "@wuxin/kernel";
import { App, Button, Select } from "antd";
import { yuan } from "../../kit/format.ts";
import { may } from "../app/access.ts";
import { api, ask, sentence } from "../app/api.ts";
import { useItems, useSession, useToday } from "../app/session.tsx";
import { Page, Panel, Scroll } from "../parts/page.tsx";
import { Blank, Loaded } from "../parts/states.tsx";

const route = getRouteApi("/candidates/$item");

/** 政策找人: who will qualify before he asks; one press opens the case for him. */
export default function Candidates() {
  const { item } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { account } = useSession();
  const today = useToday();
  const title = useItems().data?.find((i) => i.code === item)?.shortTitle ?? "";
  const list = useQuery(
    ask("listCandidates", { params: { item }, query: search.month ? { month: search.month } : {} }),
  );
  const open = useMutation({
    mutationFn: (personId: string) =>
      api.openCandidate({ params: { item, personId }, body: { id: newId() } }),
    onSuccess: (done) => {
      for (const r of ["listCandidates", "listCases", "workbench"])
        void queries.invalidateQueries({ queryKey: [r] });
      message.success(`已发起办件 ${done.number}。`);
      void navigate({ to: "/cases/$id", params: { id: done.id } });
    },
    onError: (e) => message.error(sentence(e)),
  });
  const months = Array.from({ length: 7 }, (_, n) => addMonths(monthOf(today), n - 1));
  const none = list.error instanceof ApiError && list.error.problem.status === 404;
  return (
    <Page
      title={list.data?.title ?? `${title} · 政策找人`}
      testId="candidates"
      note="按已掌握的信息提前找出将要符合条件的人，不必等群众来申请。"
      actions={
        <Select
          aria-label="月份"
          value={search.month ?? list.data?.month ?? monthOf(today)}
          onChange={(month: string) =>
            void navigate({ to: "/candidates/$item", params: { item }, search: { month } })
          }
          options={months.map((m) => ({ value: m, label: `${m} 符合条件` }))}
        />
      }
    >
      {none ? (
        <Panel>
          <Blank mark="寻" title="这个事项不主动找人">
            它要看申请人自己申报的情况，系统不能提前判断。
          </Blank>
        </Panel>
      ) : (
        <Loaded query={list}>
          {(data) => (
            <Panel flush>
              {data.rows.length === 0 ? (
                <Blank mark="寻" title={`${data.month} 没有新符合条件的人`}>
                  换一个月份看看；名单按人员的出生日期和现有待遇算出。
                </Blank>
              ) : (
                <Scroll label="名单">
                  <table className="plain-table">
                    <thead>
                      <tr>
                        <th>姓名</th>
                        <th className="num">年龄</th>
                        <th>出生日期</th>
                        <th>乡镇（街道）</th>
                        <th>符合月份</th>
                        <th className="num">预计月金额（元）</th>
                        <th>办理</th>
                      </tr>
                    </thead>
                    <tbody>
                      {data.rows.map((c) => (
                        <tr key={c.personId} data-testid="candidate">
                          <td>
                            <Link to="/persons/$id" params={{ id: c.personId }}>
                              {c.nameMasked}
                            </Link>
                          </td>
                          <td className="num">{c.age}</td>
                          <td>{c.birthDate}</td>
                          <td>{c.divisionName}</td>
                          <td>{c.month}</td>
                          <td className="num">{yuan(c.amountFen)}</td>
                          <td>
                            {c.openCaseId ? (
                              <Link to="/cases/$id" params={{ id: c.openCaseId }}>
                                已有办件
                              </Link>
                            ) : may(account.role, "openCandidate") ? (
                              <Button
                                size="small"
                                type="primary"
                                loading={open.isPending && open.variables === c.personId}
                                onClick={() => open.mutate(c.personId)}
                              >
                                发起办件
                              </Button>
                            ) : (
                              <span className="quiet">由乡镇（街道）发起</span>
                            )}
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
      )}
    </Page>
  );
}
