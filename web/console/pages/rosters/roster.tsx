import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { signedYuan, yuan } from "../../../kit/format.ts";
import { ask, type Reply } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/roster.css";
import { BankFiles, Reconciliation, Returns } from "./bank.tsx";
import { Discard } from "./discard.tsx";
import { Lines } from "./lines.tsx";
import { Objections } from "./objections.tsx";
import { Publicity } from "./publicity.tsx";
import { SignPanel } from "./sign.tsx";
import { ROSTER_TONE } from "./words.ts";

const route = getRouteApi("/rosters/$id");
export type Roster = Reply<"getRoster">;

/** What changed since last month stands first; then flags, lines, and the three signatures at the side. */
export default function RosterRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getRoster", { params: { id } }));
  return <Loaded query={query}>{(r) => <RosterView roster={r} />}</Loaded>;
}

function RosterView({ roster: r }: { roster: Roster }) {
  const published = ["approved", "sent", "closed"].includes(r.state);
  const difference = r.previousTotalFen === null ? null : r.totalFen - r.previousTotalFen;
  // What the kinds of change below do not come to: what last month paid once and this month does not.
  const onceFen =
    (difference ?? 0) - r.changes.reduce((sum, c) => sum + (c.change === "same" ? 0 : c.amountFen), 0);
  return (
    <Page
      title={r.title}
      testId="roster"
      crumbs={
        <>
          <Link to="/rosters">发放名册</Link>
          <span>{r.number}</span>
        </>
      }
      note={
        <span className="row">
          <State tone={ROSTER_TONE[r.state]} testId="roster-state">
            {r.stateLabel}
          </State>
          {r.open.length > 0 && <span data-testid="roster-open">{r.open.join("；")}</span>}
          <span className="tabular">{r.number}</span>
          <span className="tabular small">摘要 {r.digest.slice(0, 16)}</span>
        </span>
      }
      actions={r.can.discard && <Discard roster={r} />}
    >
      <Reconciliation of={r.reconciliation} />
      <div className="roster-figures">
        <div>
          <span className="quiet">合计</span>
          <b className="roster-total" data-testid="roster-total">
            {yuan(r.totalFen)}
          </b>
          <span>元</span>
        </div>
        <div>
          <span className="quiet">人数</span>
          <b>{r.persons.toLocaleString("zh-CN")}</b>
        </div>
        <div>
          <span className="quiet">笔数</span>
          <b>{r.lines.toLocaleString("zh-CN")}</b>
        </div>
        <div>
          <span className="quiet">较上月</span>
          <b>{difference === null ? "—" : signedYuan(difference)}</b>
          {difference !== null && <span>元</span>}
          {difference !== null && onceFen < 0 && (
            <span className="quiet small" data-testid="roster-once">
              其中上月的补发等一次性款 {signedYuan(onceFen)}
            </span>
          )}
        </div>
        {r.held > 0 && (
          <div>
            <span className="quiet">暂缓</span>
            <b className="warning">{r.held} 笔</b>
          </div>
        )}
      </div>
      <div className="columns-2">
        <div className="side-stack">
          <Lines roster={r} />
          {r.byItem.length > 1 && (
            <Panel title="按事项">
              <table className="plain-table">
                <thead>
                  <tr>
                    <th>事项</th>
                    <th className="num">笔数</th>
                    <th className="num">人数</th>
                    <th className="num">金额（元）</th>
                  </tr>
                </thead>
                <tbody>
                  {r.byItem.map((i) => (
                    <tr key={i.item}>
                      <td>{i.itemTitle}</td>
                      <td className="num">{i.lines}</td>
                      <td className="num">{i.persons}</td>
                      <td className="num">{yuan(i.totalFen)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Panel>
          )}
        </div>
        <div className="side-stack">
          <SignPanel roster={r} />
          <BankFiles roster={r} />
          <Returns roster={r} />
          {published && <Publicity roster={r} />}
          {published && <Objections roster={r} />}
        </div>
      </div>
    </Page>
  );
}
