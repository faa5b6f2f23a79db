/** 乡镇监管: month by month, how each township handled its clues and visits; the late ones are one step away. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { urlOf } from "@wuxin/contract/client";
import { monthOf, newId } from "@wuxin/kernel";
import { App, Button, DatePicker } from "antd";
import dayjs from "dayjs";
import { useRef, useState } from "react";
import { may } from "../../app/access.ts";
import { api, ask, type Reply } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { pageOf } from "../../parts/list.tsx";
import { Go, Heads, Page, Panel, Scroll } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/clues.css";
import { Issue, Rectifications } from "./rectifications.tsx";
import { Samples } from "./samples.tsx";

type Row = Reply<"superviseTownships">["rows"][number];
const route = getRouteApi("/supervision");

export default function Supervision() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { account } = useSession();
  const thisMonth = monthOf(useToday());
  const month = search.month ?? thisMonth;
  const query = useQuery(ask("superviseTownships", { query: { month } }));
  const [urging, setUrging] = useState<Row | null>(null);
  const [issuing, setIssuing] = useState<Row | null>(null);
  return (
    <Page
      title="乡镇监管"
      testId="supervision"
      note="下发的线索按时上门没有，走访完成了多少，抽查对不对得上。得分的权重是系统暂定的，没有文件规定。"
      actions={
        may(account.role, "exportSupervision") && (
          <Button href={urlOf("exportSupervision", {}, { month })} data-testid="export-supervision">
            导出月报
          </Button>
        )
      }
    >
      <div className="filters">
        <DatePicker
          aria-label="月份"
          picker="month"
          allowClear={false}
          value={dayjs(`${month}-01`)}
          onChange={(d) => d && void navigate({ search: { ...search, month: d.format("YYYY-MM") } })}
        />
      </div>
      <Loaded query={query} rows={10}>
        {({ rows }) => (
          <>
            <Panel title="各乡镇（街道）" testId="supervision-table" flush>
              <Scroll label="各乡镇监管">
                <table className="plain-table">
                  <thead>
                    <tr>
                      <th scope="col">乡镇（街道）</th>
                      <Heads of={HEADS} num />
                      <th scope="col">
                        <span className="sr-only">催办、整改</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((r) => (
                      <tr key={r.divisionCode}>
                        <td className="nowrap">
                          <Link to="/clues" search={{ division: r.divisionCode }}>
                            {r.divisionName}
                          </Link>
                        </td>
                        <td className="num tabular">{r.dispatched}</td>
                        <td className="num tabular">{share(r.checked, r.due)}</td>
                        <td className="num tabular">{share(r.onTime, r.due)}</td>
                        <td className="num tabular">
                          {r.late > 0 ? (
                            <Go href={`/clues?division=${r.divisionCode}&late=true`} className="danger">
                              {r.late}
                            </Go>
                          ) : (
                            0
                          )}
                        </td>
                        <td className="num tabular">{r.returned}</td>
                        <td className="num tabular">{r.urged}</td>
                        <td className="num tabular">{r.reported}</td>
                        <td className="num tabular">{share(r.agreed, r.rechecked)}</td>
                        <td className="num tabular">
                          {r.visitsDone}／{r.visitsDue}
                        </td>
                        <td className={r.visitsLate > 0 ? "num tabular danger" : "num tabular"}>
                          {r.visitsLate}
                        </td>
                        <td className="num tabular">{r.score ?? "—"}</td>
                        <td className="nowrap">
                          {may(account.role, "urgeTownship") && r.open > 0 && (
                            <Button
                              size="small"
                              data-testid={`urge-${r.divisionCode}`}
                              onClick={() => setUrging(r)}
                            >
                              催办
                            </Button>
                          )}{" "}
                          {may(account.role, "issueRectification") && (
                            <Button
                              size="small"
                              data-testid={`rectify-${r.divisionCode}`}
                              onClick={() => setIssuing(r)}
                            >
                              通知整改
                            </Button>
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
            </Panel>
            <Samples month={month} />
            <Rectifications
              page={pageOf(search)}
              turn={(page) => void navigate({ search: { ...search, page: String(page) } })}
            />
            <div className="columns-even">
              <Bars title="线索按时上门率" rows={rows} of={(r) => [r.onTime, r.due]} testId="bars-on-time" />
              <Bars
                title="走访按时完成率"
                rows={rows}
                of={(r) => [r.visitsDone, r.visitsDue]}
                testId="bars-visits"
              />
            </div>
          </>
        )}
      </Loaded>
      {issuing && <Issue place={issuing} month={month} close={() => setIssuing(null)} />}
      {urging && <Urge row={urging} close={() => setUrging(null)} />}
    </Page>
  );
}

const HEADS = [
  ...["下发", "办理率", "按时率", "超期", "退回", "催办", "主动发现", "抽查一致", "走访", "走访超期", "得分"],
];
const share = (n: number, of: number) => (of === 0 ? "—" : `${Math.round((100 * n) / of)}%`);

interface BarsProps {
  title: string;
  rows: readonly Row[];
  of: (r: Row) => readonly [number, number];
  testId: string;
}
/** A bar a township, the weakest first; where nothing fell due there is no bar and the word says so. */
function Bars({ title, rows, of, testId }: BarsProps) {
  const bars = rows
    .map((r) => ({ name: r.divisionName, code: r.divisionCode, n: of(r)[0], all: of(r)[1] }))
    .sort((a, b) => (a.all === 0 ? 2 : a.n / a.all) - (b.all === 0 ? 2 : b.n / b.all));
  return (
    <Panel title={title} testId={testId}>
      <ul className="rate-bars">
        {bars.map((b) => (
          <li key={b.code}>
            <span>{b.name}</span>
            <span className="rate-track" aria-hidden="true">
              <i style={{ inlineSize: `${b.all === 0 ? 0 : (100 * b.n) / b.all}%` }} />
            </span>
            <span className="tabular">
              {b.all === 0 ? "没有到期" : `${share(b.n, b.all)}（${b.n}／${b.all}）`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Urge({ row, close }: { row: Row; close: () => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const id = useRef(newId());
  return (
    <DrawerForm
      title={`催办${row.divisionName}`}
      verb="催办"
      intro={<p className="quiet">这个乡镇现在超期的线索，每条都记一次催办，乡镇的工作台上看得到。</p>}
      fields={[{ name: "note", label: "催办什么", type: "longtext", required: true, min: 2, max: 500 }]}
      close={close}
      send={async (v) => {
        const { urged } = await api.urgeTownship({
          params: { division: row.divisionCode },
          body: { id: id.current, note: String(v.note) },
        });
        await queries.invalidateQueries({ queryKey: ["superviseTownships"] });
        message.success(urged === 0 ? "现在没有超期的线索。" : `已催办 ${urged} 条。`);
        close();
      }}
    />
  );
}
