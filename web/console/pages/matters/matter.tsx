/** One matter on supervision: where it comes from, what is asked, who answers by when, all that was done about it. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Facts, Page, Panel } from "../../parts/page.tsx";
import { Photos } from "../../parts/photos.tsx";
import { Loaded } from "../../parts/states.tsx";
import "../../styles/plans.css";
import { toneOf } from "./matters.tsx";

type MatterPage = Reply<"getMatter">;
type Kind = MatterPage["can"][number];
const route = getRouteApi("/matters/$id");
/** What is done, and what is asked beside it. */
const WORDS: Record<Kind, { readonly verb: string; readonly note: string }> = {
  reported: { verb: "反馈进展", note: "办了什么、下一步" },
  closed: { verb: "核查销号", note: "怎么核查的、结果" },
  returned: { verb: "退回", note: "为什么退回" },
  urged: { verb: "催办", note: "催什么" },
  praised: { verb: "通报表扬", note: "表扬什么" },
  criticised: { verb: "通报批评", note: "为什么批评" },
};
/** What an institution says that it put right is looked at again; else the township says how far it is. */
const wordsOf = (m: MatterPage, kind: Kind) =>
  m.rectified && kind === "reported" ? { verb: "复查合格", note: "怎么复查的、结果" } : WORDS[kind];

export default function MatterRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getMatter", { params: { id } }));
  return (
    <Loaded query={query} rows={8}>
      {(matter) => <View of={matter} />}
    </Loaded>
  );
}

function View({ of: m }: { of: MatterPage }) {
  const [doing, setDoing] = useState<Kind | null>(null);
  const [first] = m.can;
  return (
    <Page
      title={m.title}
      testId="matter"
      crumbs={<Link to="/matters">督办事项</Link>}
      note={
        <>
          <State tone={toneOf(m)} testId="matter-state">
            {m.stateText}
          </State>
          {m.raisedTo && <span className="danger"> 已上报{m.raisedTo}</span>}
        </>
      }
    >
      {m.can.length > 0 && (
        <div className="row plan-actions" data-testid="matter-actions">
          {m.can.map((kind) => (
            <Button key={kind} type={kind === first ? "primary" : "default"} onClick={() => setDoing(kind)}>
              {wordsOf(m, kind).verb}
            </Button>
          ))}
        </div>
      )}
      <div className="columns-2">
        <Panel title="事项">
          <Facts
            rows={[
              ["来源", `${m.from}（${m.sourceOn}）`],
              ["责任", m.divisionName ? `${m.divisionName} ${m.owner}` : m.owner],
              ["期限", m.dueOn],
              ["立项", `${m.madeByName}，${dateTime(m.madeAt)}`],
              ["销号", m.closedOn ?? "还没有"],
            ]}
          />
          {m.householdId && (
            <p>
              <Link to="/households/$id" params={{ id: m.householdId }}>
                这户的帮扶措施和回访
              </Link>
            </p>
          )}
          <h3>要求</h3>
          <p className="pre">{m.demand}</p>
        </Panel>
        <Panel title="经过" testId="matter-history">
          <ol className="plan-events">
            {m.history.map((e) => (
              <li key={e.id}>
                <strong>{e.label}</strong> {e.text}
                <Photos ids={e.photos} />
                <div className="quiet">
                  {dateTime(e.at)}，{e.by}
                </div>
              </li>
            ))}
            <li>
              <strong>立项</strong> {m.from}
              <div className="quiet">
                {dateTime(m.madeAt)}，{m.madeByName}
              </div>
            </li>
          </ol>
        </Panel>
      </div>
      {doing && <Act matter={m} kind={doing} close={() => setDoing(null)} />}
    </Page>
  );
}

function Act({ matter, kind, close }: { matter: MatterPage; kind: Kind; close: () => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const id = useRef(newId());
  const { verb, note } = wordsOf(matter, kind);
  const proof: readonly Field[] =
    kind === "reported" || kind === "closed" ? [{ name: "files", label: "照片", type: "file", max: 20 }] : [];
  return (
    <DrawerForm
      title={verb}
      verb={verb}
      fields={[{ name: "note", label: note, type: "longtext", required: true, min: 4, max: 2000 }, ...proof]}
      close={close}
      send={async (v) => {
        const now = await api.actOnMatter({
          params: { id: matter.id },
          body: {
            ...{ id: id.current, kind, note: String(v.note) },
            files: Array.isArray(v.files) ? (v.files as string[]) : [],
            ...(matter.rectified && (kind === "reported" || kind === "returned") ? { looked: true } : {}),
          },
        });
        queries.setQueryData(ask("getMatter", { params: { id: matter.id } }).queryKey, now);
        await queries.invalidateQueries({ queryKey: ["listMatters"] });
        await queries.invalidateQueries({ queryKey: ["workbench"] });
        message.success(`已办：${verb}。`);
        close();
      }}
    />
  );
}
