/** One clue: why, what to bring, what was done, what may be done next. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts, Page, Panel } from "../../parts/page.tsx";
import { Photos } from "../../parts/photos.tsx";
import { Loaded } from "../../parts/states.tsx";
import { MEANS, TONES } from "./words.ts";

type Clue = Reply<"getClue">;
type Action = Clue["actions"][number];
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

/** A step that asks to choose among nothing cannot be done. */
const nothingToChoose = ({ fields }: Action) =>
  fields.find((f) => f.type === "choice" && f.required === true && f.choices?.length === 0);

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
          <Next clue={clue} choose={setDoing} />
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
          {clue.bring.length > 0 && (
            <Panel title="上门带什么" testId="clue-bring">
              <ul className="line-list">
                {clue.bring.map((b) => (
                  <li key={b}>{b}</li>
                ))}
              </ul>
            </Panel>
          )}
          <History clue={clue} />
        </div>
      </div>
      {doing && <Act clue={clue} action={doing} close={() => setDoing(null)} />}
    </Page>
  );
}

function Next({ clue, choose }: { clue: Clue; choose: (a: Action) => void }) {
  return (
    <Panel title="下一步" testId="clue-actions">
      {clue.actions.length === 0 ? (
        <p className="quiet">现在没有要您办的步骤。</p>
      ) : (
        <div className="filters">
          {clue.actions.map((a, i) => (
            <Button
              key={a.action}
              type={i === 0 && clue.state !== "closed" ? "primary" : "default"}
              disabled={Boolean(nothingToChoose(a))}
              onClick={() => choose(a)}
              data-testid={`do-${a.action}`}
            >
              {a.label}
            </Button>
          ))}
        </div>
      )}
      {clue.actions.filter(nothingToChoose).map((a) => (
        <p key={a.action} className="quiet small">
          「{a.label}」现在不能办：「{nothingToChoose(a)?.label}」没有可选的。
        </p>
      ))}
    </Panel>
  );
}

function History({ clue }: { clue: Clue }) {
  return (
    <Panel title="经过" testId="clue-history">
      <ol className="history">
        {clue.history.map((h) => (
          <li key={h.id}>
            <b>{h.label}</b>
            <div className="quiet small">
              {h.by} · {dateTime(h.at)}
            </div>
            {h.lines.length > 0 && (
              <dl>
                {h.lines.map((l) => (
                  <div key={l.label}>
                    <dt>{l.label}</dt>
                    <dd>{l.text}</dd>
                  </div>
                ))}
              </dl>
            )}
            <Photos ids={h.photos} />
          </li>
        ))}
      </ol>
    </Panel>
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
    ["电话", c.phoneMasked ?? "没有留"],
    ["来源", `${c.sourceLabel}，${c.reportedBy}，${c.occurredOn}`],
    ["建议", c.proposesLabel],
    ["这一步期限", c.dueOn ? `${c.dueOn}${c.late ? "，已超期" : ""}` : "—"],
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

function Act({ clue, action, close }: { clue: Clue; action: Action; close: () => void }) {
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
        await queries.invalidateQueries({ queryKey: ["listClues"] });
        await queries.invalidateQueries({ queryKey: ["clueFunnel"] });
        message.success(`已办：${action.label}。`);
        close();
      }}
    />
  );
}
