import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { WorkbenchView } from "@wuxin/contract";
import { formatDateChinese, weekdayOf } from "@wuxin/kernel";
import { Button } from "antd";
import { may } from "../../app/access.ts";
import { ask } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { ClockTag, Shape, State, type Tone } from "../../parts/marks.tsx";
import { Go, Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/workbench.css";
import { Month } from "./month.tsx";

const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"];
const GROUP_TONE: Record<WorkbenchView["groups"][number]["key"], Tone> = {
  overdue: "bad",
  today: "warn",
  week: "active",
  later: "neutral",
};

export default function Workbench() {
  const { account } = useSession();
  const bench = useQuery({ ...ask("workbench", {}), refetchInterval: 120_000 });
  return (
    <Page
      title="工作台"
      testId="workbench"
      note={bench.data && <Today bench={bench.data} />}
      actions={
        <>
          {may(account.role, "leaderPage") && (
            <Link to="/leader">
              <Button>领导驾驶舱</Button>
            </Link>
          )}
          {may(account.role, "submitApplication") && (
            <Link to="/apply">
              <Button type="primary" data-testid="new-application">
                代办申请
              </Button>
            </Link>
          )}
        </>
      }
    >
      <Loaded query={bench} rows={10}>
        {(b) => (
          <div className="columns-2">
            <Todo bench={b} />
            <Month bench={b} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Today({ bench }: { bench: WorkbenchView }) {
  return (
    <>
      {formatDateChinese(bench.today)} 星期{WEEKDAYS[weekdayOf(bench.today)]} ·{" "}
      {bench.workingDay ? "工作日" : "休息日"}
      {bench.unpublishedYears.length > 0 && (
        <span className="warning">
          {" · "}
          {bench.unpublishedYears.join("、")} 年放假安排未公布，涉及的时限按一般周末暂算（
          <Link to="/calendar">工作日历</Link>）
        </span>
      )}
    </>
  );
}

function Todo({ bench }: { bench: WorkbenchView }) {
  const total = bench.groups.reduce((n, g) => n + g.total, 0);
  return (
    <Panel title="我的待办" extra={total > 0 && <span className="tabular">{total} 件</span>} testId="todo">
      {total === 0 && (
        <Blank mark="清" title="没有等您办的事">
          有要您受理、核对、签字的事项时，会按时限列在这里，超期的在最前。要查全部，可从左侧各系统进入「办件」，或按
          / 查找。
        </Blank>
      )}
      {bench.groups
        .filter((g) => g.total > 0)
        .map((g) => (
          <section key={g.key} className={`todo-group todo-${g.key}`} data-testid={`todo-${g.key}`}>
            <h3>
              <State tone={GROUP_TONE[g.key]}>{g.label}</State>
              <span className="tabular">{g.total} 件</span>
            </h3>
            <ul>
              {g.rows.map((w) => (
                <li key={`${w.kind}${w.id}${w.todo}`}>
                  <Go href={w.link} className="todo">
                    <span className="todo-what">
                      <b>{w.todo}</b>
                      <span>{w.title}</span>
                    </span>
                    <span className="todo-where quiet">
                      {[w.itemTitle, w.divisionName, w.waiting].filter(Boolean).join(" · ")}
                    </span>
                    <span className="todo-clock">{w.clock && <ClockTag clock={w.clock} />}</span>
                  </Go>
                </li>
              ))}
            </ul>
            {g.rows.length < g.total && (
              <p className="small quiet todo-more">
                <Shape tone="neutral" /> 还有 {g.total - g.rows.length} 件，见{" "}
                <Link to="/cases" search={{ mine: "true", open: "true" }}>
                  等我办的办件
                </Link>
              </p>
            )}
          </section>
        ))}
    </Panel>
  );
}
