/** The desk of a department's contact or of an institution: what waits for an answer, what is shared, what was answered. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { dateTime } from "../../../kit/format.ts";
import { ask, type Reply } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { toneOf } from "../../parts/party.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/party.css";

type Row = Reply<"partyDesk">["rows"][number];
const GROUPS = [
  [
    "waiting",
    "等您答复",
    "答",
    "没有等您答复的",
    "民政局把事情交给您单位以后，会按期限列在这里，逾期的在最前。",
  ],
  ["shared", "共享给您的", "享", "还没有共享的事项", "一起办的事、交换的名单和要您交的数据，列在这里。"],
  ["done", "已办结", "结", "还没有办结的", ""],
] as const;

export default function PartyDesk() {
  const { account } = useSession();
  const desk = useQuery({ ...ask("partyDesk", {}), refetchInterval: 120_000 });
  return (
    <Page
      title={account.scopeName}
      testId="party-desk"
      note="这里只有交给您单位的事。看到的内容只能用于写明的用途，每次查看都有记录。"
    >
      <Loaded query={desk} rows={6}>
        {({ rows }) => (
          <div className="stack">
            {GROUPS.map(([state, title, mark, empty, hint]) => {
              const own = rows.filter((r) => r.state === state);
              if (own.length === 0 && state === "done") return null;
              return (
                <Panel
                  key={state}
                  title={title}
                  extra={own.length > 0 && <span className="tabular">{own.length} 件</span>}
                  testId={`party-${state}`}
                  flush={own.length > 0}
                >
                  {own.length === 0 ? (
                    <Blank small mark={mark} title={empty}>
                      {hint}
                    </Blank>
                  ) : (
                    <ul className="party-list">
                      {own.map((r) => (
                        <One key={r.id} row={r} />
                      ))}
                    </ul>
                  )}
                </Panel>
              );
            })}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function One({ row }: { row: Row }) {
  return (
    <li>
      <Link to="/party/$id" params={{ id: row.id }} className="party-row" data-testid="party-row">
        <span className="party-what">
          <b>{row.title}</b>
          <span className="quiet small">
            {row.kindLabel} · {dateTime(row.changedAt)}
          </span>
        </span>
        <span className="party-when">
          <State tone={toneOf(row)}>{row.late ? "逾期没有答复" : row.stateLabel}</State>
          {row.state === "waiting" && row.dueOn && <span className="tabular small">{row.dueOn} 前</span>}
        </span>
      </Link>
    </li>
  );
}
