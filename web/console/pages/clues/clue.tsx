/** One clue: why, what to bring, what was done, what may be done next. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { App } from "antd";
import { useRef, useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts, Page, Panel } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import { type Action, History, Next } from "./steps.tsx";
import { MEANS, TONES } from "./words.ts";

type Clue = Reply<"getClue">;
type Values = Ask<"actOnClue">["body"]["data"];
const route = getRouteApi("/clues/$id");

export default function ClueRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getClue", { params: { id } }));
  return (
    <Loaded query={query} rows={10}>
      {(clue) => <View clue={clue} />}
    </Loaded>
  );
}

function View({ clue }: { clue: Clue }) {
  const [doing, setDoing] = useState<Action | null>(null);
  return (
    <Page
      title={clue.title}
      testId="clue"
      crumbs={<Link to="/clues">线索</Link>}
      note={
        <>
          {clue.number} · {clue.levelLabel} ·{" "}
          <State tone={TONES[clue.state]} testId="clue-state">
            {clue.stateLabel}
            {clue.outcomeLabel && clue.closedOn ? `：${clue.outcomeLabel}` : ""}
          </State>
        </>
      }
    >
      <div className="columns-2">
        <div className="side-stack">
          <Next
            actions={clue.actions}
            expected={clue.state !== "closed"}
            choose={setDoing}
            testId="clue-actions"
          />
          <Panel title="情况">
            <Facts rows={factsOf(clue)} />
            {clue.reason && <p className="clue-reason pre">{clue.reason}</p>}
          </Panel>
          {clue.signals.length > 0 && (
            <Panel title="依据" testId="clue-signals">
              {clue.signals.map((s) => (
                <div key={s.alertId} className="clue-signal">
                  <b>{s.title}</b>{" "}
                  <span className="quiet">
                    {s.occurredOn} · {s.levelLabel}
                  </span>
                  <p>{s.reason}</p>
                  <Facts rows={s.evidence.map((e) => [e.label, e.value] as const)} />
                </div>
              ))}
            </Panel>
          )}
        </div>
        <div className="side-stack">
          {clue.memberOut.length > 0 && (
            <Panel title="家里还有别人在享" testId="clue-member-out">
              <p className="quiet">
                核实以后，这个人不再计入，别人的照新的金额发；由县级经办看过结果再确认。
              </p>
              <ul className="line-list">
                {clue.memberOut.map(({ entitlementId, itemTitle, ...change }) => (
                  <li key={entitlementId}>
                    <Link to="/entitlements/$id" params={{ id: entitlementId }} search={change}>
                      {itemTitle}：成员减少
                    </Link>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
          {clue.bring.length > 0 && (
            <Panel title="上门带什么" testId="clue-bring">
              <ul className="line-list">
                {clue.bring.map((b) => (
                  <li key={b}>{b}</li>
                ))}
              </ul>
            </Panel>
          )}
          <History history={clue.history} testId="clue-history" />
        </div>
      </div>
      {doing && <Act clue={clue} action={doing} close={() => setDoing(null)} />}
    </Page>
  );
}

function factsOf(c: Clue): (readonly [string, React.ReactNode])[] {
  const rows: (readonly [string, React.ReactNode])[] = [
    [
      "谁",
      c.personId ? (
        <Link key="p" to="/persons/$id" params={{ id: c.personId }}>
          {c.name}
        </Link>
      ) : (
        c.name || "不知姓名"
      ),
    ],
    ["住在", [c.divisionName, c.address].filter(Boolean).join(" ")],
    // Of whom the registry knows, his own page has it.
    ...(c.phoneMasked || !c.personId ? [["电话", c.phoneMasked ?? "没有留"] as const] : []),
    ["来源", [...new Set([c.sourceLabel, c.sourceName, c.reportedBy, c.occurredOn])].join("，")],
    ["建议", c.proposesLabel],
    [
      "这一步期限",
      c.dueOn ? `${c.answerBy ? dateTime(c.answerBy) : c.dueOn}${c.late ? "，已超期" : ""}` : "—",
    ],
    ["核查期限", c.checkDueOn ?? "—"],
    ["派谁去", c.workerName ?? "还没有派人"],
  ];
  if (c.householdId)
    rows.push([
      "家庭",
      <Link key="h" to="/households/$id" params={{ id: c.householdId }}>
        看这一户
      </Link>,
    ]);
  if (c.caseId)
    rows.push([
      "办件",
      <Link key="c" to="/cases/$id" params={{ id: c.caseId }}>
        看办件
      </Link>,
    ]);
  if (c.department) rows.push(["转给", c.department]);
  if (c.judgementLabel) rows.push(["研判", c.judgementLabel]);
  return rows;
}

/** A step of a clue, filled in. */
export function Act({ clue, action, close }: { clue: Clue; action: Action; close: () => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const id = useRef(newId());
  return (
    <DrawerForm
      title={action.label}
      verb={action.label}
      intro={MEANS[action.action] && <p className="quiet">{MEANS[action.action]}</p>}
      fields={action.fields}
      close={close}
      send={async (data) => {
        const now = await api.actOnClue({
          params: { id: clue.id },
          body: { id: id.current, version: clue.version, action: action.action, data: data as Values },
        });
        queries.setQueryData(ask("getClue", { params: { id: clue.id } }).queryKey, now);
        for (const list of ["listClues", "clueFunnel", "listFound"])
          await queries.invalidateQueries({ queryKey: [list] });
        message.success(`已办：${action.label}。`);
        close();
      }}
    />
  );
}
