import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { formatDateChinese } from "@wuxin/kernel";
import { Button } from "antd";
import { dateTime } from "../../../kit/format.ts";
import { ask, type Reply } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { Go, Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/leader.css";
import { Band } from "./band.tsx";
import { Lights, Money, Places } from "./side.tsx";

export type Leader = Reply<"leaderPage">;
const route = getRouteApi("/leader");
/** A wall is looked at without being touched. */
const WALL_MS = 60_000;
const DESK_MS = 180_000;

/** 领导驾驶舱: one page, on a desk, a phone, or (wall=1) a wall without rail and bar. */
export default function LeaderRoute() {
  const wall = route.useSearch().wall === "1";
  const query = useQuery({
    ...ask("leaderPage", {}),
    refetchInterval: wall ? WALL_MS : DESK_MS,
    refetchIntervalInBackground: wall,
  });
  return (
    <Page
      title="领导驾驶舱"
      testId="leader"
      note={query.data && <Fresh of={query.data} wall={wall} failing={query.isRefetchError} />}
      actions={
        <Link to="/leader" search={wall ? {} : { wall: "1" }} className="no-print">
          <Button data-testid="wall">{wall ? "退出大屏" : "大屏显示"}</Button>
        </Link>
      }
    >
      <Loaded query={query} rows={12}>
        {(d) => <Board of={d} />}
      </Loaded>
    </Page>
  );
}

const ago = (hours: number): string => (hours < 48 ? `${hours} 小时前` : `${Math.floor(hours / 24)} 天前`);

function Fresh({ of: d, wall, failing }: { of: Leader; wall: boolean; failing: boolean }) {
  const { county, demo } = useSession();
  return (
    <span className="row" data-testid="fresh">
      {wall && <b>{county.name}</b>}
      {wall && demo && <span className="demo-badge">演示数据</span>}
      <span>
        {formatDateChinese(d.today)}，数字截至 {dateTime(d.at).slice(11)}
      </span>
      {failing && <span className="danger">刚才没有取到新数，仍是上一次的</span>}
      <span>
        {d.frozen
          ? `上月数冻结于 ${dateTime(d.frozen.at)}（${ago(d.frozen.hours)}）`
          : "还没有冻结过的月份，不能和上月比"}
      </span>
    </span>
  );
}

/** What has to be decided stands first for whoever scrolls or listens, and at the top right for whoever sees it all. */
function Board({ of: d }: { of: Leader }) {
  return (
    <div className="leader">
      <Panel title="要拿主意的" testId="decisions">
        {d.decisions.length === 0 ? (
          <Blank mark="安" title="眼下没有要您拿主意的事" small>
            资金够用，目标没有滞后，也没有等您签批的。
          </Blank>
        ) : (
          <ol className="decisions">
            {d.decisions.map((x) => (
              <li key={x.title}>
                <Go href={x.link}>
                  <b>{x.title}</b>
                  <span>{x.text}</span>
                </Go>
              </li>
            ))}
          </ol>
        )}
      </Panel>
      <div className="leader-bands">
        {d.systems.map((s) => (
          <Band key={s.system} of={s} lastMonth={d.lastMonth} />
        ))}
      </div>
      <div className="leader-side">
        <Lights of={d.plans} />
        <Money of={d.money} />
        <Places of={d.late} />
      </div>
    </div>
  );
}
