/** One 整改通知单: what is wrong, by when, how the township stood, what it answered; fit to be printed. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts, Page, Panel } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/clues.css";
import { type Action, History, Next } from "./steps.tsx";
import { RECTIFIED } from "./words.ts";

type Notice = Reply<"getRectification">;
const route = getRouteApi("/supervision/rectifications/$id");

export default function Rectification() {
  const { id } = route.useParams();
  const query = useQuery(ask("getRectification", { params: { id } }));
  return (
    <Loaded query={query} rows={8}>
      {(notice) => <View notice={notice} />}
    </Loaded>
  );
}

function View({ notice: n }: { notice: Notice }) {
  const [doing, setDoing] = useState<Action | null>(null);
  return (
    <Page
      title={`整改通知单 · ${n.divisionName}`}
      testId="rectification"
      crumbs={<Link to="/supervision">乡镇监管</Link>}
      note={
        <>
          {n.number} ·{" "}
          <State tone={n.late ? "bad" : RECTIFIED[n.state]} testId="rectification-state">
            {n.stateLabel}
            {n.late && "，已超期"}
          </State>
        </>
      }
      actions={
        <Button className="no-print" onClick={() => print()}>
          打印
        </Button>
      }
    >
      <div className="columns-2">
        <div className="side-stack">
          <div className="no-print">
            <Next
              actions={n.actions}
              expected={n.closedOn === null}
              choose={setDoing}
              testId="rectification-actions"
            />
          </div>
          <Panel title="通知" testId="rectification-notice">
            <Facts
              rows={[
                ["下发给", n.divisionName],
                ["看的月份", n.month],
                ["下发", `${n.issuedByName}，${n.issuedOn}`],
                ["整改期限", n.dueOn],
                ["报送", n.answeredOn ?? "还没有报送"],
                ["退回", n.returned === 0 ? "没有退回过" : `${n.returned} 次`],
              ]}
            />
            <h3>存在的问题</h3>
            <p className="pre">{n.problem}</p>
            <h3>整改要求</h3>
            <p className="pre">{n.demand}</p>
          </Panel>
          {n.figures.length > 0 && (
            <Panel title={`下发时 ${n.month} 的情况`} testId="rectification-figures">
              <Facts rows={n.figures.map((f) => [f.label, f.value] as const)} />
            </Panel>
          )}
        </div>
        <History history={n.history} testId="rectification-history" />
      </div>
      {doing && <Act notice={n} action={doing} close={() => setDoing(null)} />}
    </Page>
  );
}

function Act({ notice, action, close }: { notice: Notice; action: Action; close: () => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const id = useRef(newId());
  return (
    <DrawerForm
      title={action.label}
      verb={action.label}
      fields={action.fields}
      close={close}
      send={async (data) => {
        const now = await api.actOnRectification({
          params: { id: notice.id },
          body: {
            ...{ id: id.current, version: notice.version, action: action.action },
            data: data as Ask<"actOnRectification">["body"]["data"],
          },
        });
        queries.setQueryData(ask("getRectification", { params: { id: notice.id } }).queryKey, now);
        await queries.invalidateQueries({ queryKey: ["listRectifications"] });
        await queries.invalidateQueries({ queryKey: ["workbench"] });
        message.success(`已办：${action.label}。`);
        close();
      }}
    />
  );
}
