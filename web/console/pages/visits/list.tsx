/** 走访: whom somebody has to go and see, who went, what two people say differently, how far each place is. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { App, Button, DatePicker, Segmented } from "antd";
import dayjs from "dayjs";
import { dateTime, shanghaiDay } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DivisionFilter, Pager, pageOf, SearchBox } from "../../parts/list.tsx";
import { State } from "../../parts/marks.tsx";
import { Heads, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

type Board = Reply<"visitBoard">;
const route = getRouteApi("/visits");
const SIZE = 50;

export default function Visits() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (part: Partial<typeof search>) => void navigate({ search: { ...search, page: "", ...part } });
  const shown = search.show ?? "due";
  const page = pageOf(search);
  const query = useQuery(
    ask("visitBoard", {
      query: {
        ...{ division: search.division, by: search.by, month: search.month, page, size: SIZE },
        late: shown === "late" ? "true" : undefined,
      },
    }),
  );
  return (
    <Page
      title="走访"
      testId="visits"
      note="一次走访，回答这户所有到期的任务和线索；走访不改动待遇，要变的由办件决定。"
    >
      <div className="filters">
        <Segmented
          value={shown}
          options={[
            { value: "due", label: "待走访" },
            { value: "late", label: "已超期" },
            { value: "done", label: "已走访" },
          ]}
          onChange={(show) => go({ show: String(show) })}
        />
        <DivisionFilter value={search.division} onChange={(d) => go({ division: d ?? "" })} />
        {shown === "done" && (
          <SearchBox value={search.by} label="走访人" onChange={(by) => go({ by: by ?? "" })} />
        )}
        <DatePicker
          aria-label="月份"
          picker="month"
          placeholder="本月"
          value={search.month ? dayjs(`${search.month}-01`) : null}
          onChange={(d) => go({ month: d ? d.format("YYYY-MM") : "" })}
        />
      </div>
      <Loaded query={query} rows={10}>
        {(board) => (
          <>
            {board.conflicts.length > 0 && <Conflicts rows={board.conflicts} />}
            {shown === "done" ? (
              <Done rows={board.recent} />
            ) : (
              <Due
                rows={board.stops}
                total={board.total}
                late={shown}
                page={page}
                turn={(to) => go({ page: String(to) })}
              />
            )}
            <Progress rows={board.progress} month={board.month} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface DueProps {
  readonly rows: Board["stops"];
  readonly total: number;
  readonly late: string;
  readonly page: number;
  readonly turn: (page: number) => void;
}
function Due({ rows, total, late, page, turn }: DueProps) {
  return (
    <Panel
      title={late === "late" ? "已超期" : "待走访"}
      extra={<span className="tabular">{total} 户</span>}
      testId="visits-due"
      flush
    >
      {rows.length === 0 ? (
        <Blank mark="访" title={late === "late" ? "没有超期的走访" : "没有待走访的户"}>
          到期的走访、复核和派下来的线索，会按户列在这里。
        </Blank>
      ) : (
        <Scroll label="待走访">
          <table className="plain-table">
            <thead>
              <tr>
                <Heads of={["哪户", "所在地", "为什么去", "期限"]} />
              </tr>
            </thead>
            <tbody>
              {rows.map((s) => (
                <tr key={s.subjectId}>
                  <td className="nowrap">
                    <Whose stop={s} />
                  </td>
                  <td>{s.divisionName}</td>
                  <td>
                    {s.tasks.map((t) => (
                      <div key={t.id}>
                        {t.kind === "clue" ? (
                          <Link to="/clues/$id" params={{ id: t.id }}>
                            线索：{t.title}
                          </Link>
                        ) : (
                          t.title
                        )}
                        {t.kind === "duty" && t.reason !== t.title && (
                          <span className="quiet"> {t.reason}</span>
                        )}
                      </div>
                    ))}
                  </td>
                  <td className="nowrap">
                    {s.late ? <State tone="bad">{s.dueOn} 超期</State> : (s.dueOn ?? "—")}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {total > SIZE && <Pager page={page} size={SIZE} total={total} onChange={turn} />}
    </Panel>
  );
}

function Whose({ stop: s }: { stop: Board["stops"][number] }) {
  const name = s.titleMasked || "不知姓名";
  if (s.isHousehold)
    return (
      <Link to="/households/$id" params={{ id: s.subjectId }}>
        {name} 户
      </Link>
    );
  if (s.person)
    return (
      <Link to="/persons/$id" params={{ id: s.person }}>
        {name}
      </Link>
    );
  return <span>{name}</span>;
}

function Done({ rows }: { rows: Board["recent"] }) {
  return (
    <Panel title="已走访" extra={`最近 ${rows.length} 次`} testId="visits-done" flush>
      {rows.length === 0 ? (
        <Blank mark="访" title="没有这样的走访">
          村里在手机上登记的走访会列在这里。
        </Blank>
      ) : (
        <Scroll label="已走访">
          <table className="plain-table">
            <thead>
              <tr>
                <Heads of={["哪户", "走访人", "时间", "办了什么"]} />
              </tr>
            </thead>
            <tbody>
              {rows.map((v) => (
                <tr key={v.id}>
                  <td className="nowrap">
                    <Link to="/visits/$id" params={{ id: v.id }}>
                      {v.title}
                    </Link>
                  </td>
                  <td className="nowrap">{v.by}</td>
                  <td className="nowrap tabular">{dateTime(v.at)}</td>
                  <td>{v.answered.join("、") || "补充走访"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Panel>
  );
}

/** Two people told the same thing differently: a person chooses, nothing is overwritten silently. */
function Conflicts({ rows }: { rows: Board["conflicts"] }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { account } = useSession();
  const resolve = useMutation({
    mutationFn: (c: { id: string; keep: "mine" | "theirs" }) =>
      api.resolveCard({ params: { id: c.id }, body: { keep: c.keep } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["visitBoard"] }),
    onError: (e) => void message.error(sentence(e)),
  });
  return (
    <Panel title="两人说法不同，请选一个" testId="visit-conflicts">
      <ul className="line-list">
        {rows.map((c) => (
          <li key={c.id}>
            <span className="line-grow">
              <Link to="/visits/$id" params={{ id: c.visitId }}>
                {c.title}
              </Link>{" "}
              · {c.label}
            </span>
            {(["theirs", "mine"] as const).map((keep) => (
              <Button
                key={keep}
                size="small"
                disabled={!may(account.role, "resolveCard")}
                loading={resolve.isPending}
                onClick={() => resolve.mutate({ id: c.id, keep })}
              >
                用「{c[keep].text}」（{c[keep].by}，{shanghaiDay(c[keep].at)}）
              </Button>
            ))}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Progress({ rows, month }: { rows: Board["progress"]; month: string }) {
  if (rows.length === 0) return null;
  return (
    <Panel title={`${month} 到期的走访`} testId="visit-progress" flush>
      <Scroll label="各地走访进度">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">乡镇（街道）</th>
              <th scope="col">走访</th>
              <Heads of={["应走访", "按时", "超期"]} num />
            </tr>
          </thead>
          <tbody>
            {rows.map((r) => (
              <tr key={`${r.divisionCode}${r.duty}`}>
                <td>{r.divisionName}</td>
                <td>{r.dutyTitle}</td>
                <td className="num tabular">{r.due}</td>
                <td className="num tabular">{r.done}</td>
                <td className={r.late > 0 ? "num tabular danger" : "num tabular"}>{r.late}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}
