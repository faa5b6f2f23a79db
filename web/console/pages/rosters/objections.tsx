/** 异议: what was said against the lists of this roster that hang or hung, until when it is answered, and the answer. */
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useEffect, useState } from "react";
import { may } from "../../app/access.ts";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import type { Roster } from "./roster.tsx";

type Row = Reply<"listRosterObjections">[number];
type Via = Ask<"recordObjection">["body"]["via"];
type Result = Ask<"answerObjection">["body"]["result"];

interface PanelProps {
  title: string;
  testId: string;
  recordRoute: "recordObjection" | "recordFundObjection";
  query: UseQueryResult<Row[]>;
  /** What hangs or hung, and may be objected to. */
  hung: readonly { id: string; title: string }[];
  record: (body: Ask<"recordObjection">["body"]) => Promise<Row[]>;
  answer: (id: string, body: Ask<"answerObjection">["body"]) => Promise<Row[]>;
  kept: (rows: Row[]) => void;
}
export function Objections({ roster }: { roster: Roster }) {
  const queries = useQueryClient();
  const asked = ask("listRosterObjections", { params: { id: roster.id } });
  const query = useQuery(asked);
  const lists = useQuery(ask("getRosterPublicities", { params: { id: roster.id } }));
  const hung = (lists.data ?? []).flatMap((p) =>
    p.hanging ? [{ id: p.hanging.id, title: p.itemTitle }] : [],
  );
  return (
    <ObjectionPanel
      title="对公示名单的异议"
      testId="roster-objections"
      recordRoute="recordObjection"
      query={query}
      hung={hung}
      record={(body) => api.recordObjection({ params: { id: roster.id }, body })}
      answer={(objectionId, body) => api.answerObjection({ params: { id: roster.id, objectionId }, body })}
      kept={(rows) => queries.setQueryData(asked.queryKey, rows)}
    />
  );
}

/** The same for lists of a roster and for 资金使用公示. */
export function ObjectionPanel(p: PanelProps) {
  const { title, testId, query, hung } = p;
  const { account } = useSession();
  const [doing, setDoing] = useState<"record" | Row | null>(null);
  const close = () => setDoing(null);
  // The desk leads here.
  const there = (query.data ?? []).length > 0;
  useEffect(() => {
    if (there && location.hash === "#objections") document.getElementById("objections")?.scrollIntoView();
  }, [there]);
  if (hung.length === 0 && (query.data ?? []).length === 0) return null;
  return (
    <Panel
      id="objections"
      title={title}
      testId={testId}
      extra={
        hung.length > 0 &&
        may(account.role, p.recordRoute) && (
          <Button size="small" onClick={() => setDoing("record")} data-testid="new-objection">
            登记异议
          </Button>
        )
      }
    >
      <Loaded query={query} rows={2}>
        {(rows) =>
          rows.length === 0 ? (
            <Blank small mark="议" title="没有异议">
              居民在公示页上提的自动到这里；来信、来电、来访的在这里登记。
            </Blank>
          ) : (
            <ul className="line-list">
              {rows.map((o) => (
                <li key={o.id} data-testid="objection">
                  <div className="line-grow">
                    <b>{o.itemTitle}</b> · {o.text}
                    <div className="quiet small">
                      {o.receivedOn} {o.viaLabel}，{o.name}
                      {o.phone && ` ${o.phone}`}（不公开）
                      {!o.result && `；由${o.divisionName}答复`}
                      {o.dueOn && !o.result && `，应于 ${o.dueOn} 前`}
                    </div>
                    {o.result && (
                      <div className="small">
                        {o.resultLabel}：{o.answer}{" "}
                        <span className="quiet">
                          {o.answeredBy} {o.answeredOn} 答复
                        </span>
                      </div>
                    )}
                  </div>
                  <State tone={o.result ? "good" : o.late ? "bad" : "waiting"}>
                    {o.result ? (o.late ? "已答复（超期）" : "已答复") : o.late ? "超期" : "待答复"}
                  </State>
                  {o.canAnswer && (
                    <Button size="small" onClick={() => setDoing(o)} data-testid="answer-objection">
                      {o.inStead ? "代为答复" : "答复"}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {doing === "record" && <RecordDrawer of={p} close={close} />}
      {doing !== null && doing !== "record" && <AnswerDrawer of={p} objection={doing} close={close} />}
    </Panel>
  );
}

function useKept(of: PanelProps) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  return (rows: Row[], said: string) => {
    of.kept(rows);
    void queries.invalidateQueries({ queryKey: ["workbench"] });
    message.success(said);
  };
}

function RecordDrawer({ of, close }: { of: PanelProps; close: () => void }) {
  const kept = useKept(of);
  const lists = of.hung;
  const today = useToday();
  const [id] = useState(newId);
  return (
    <DrawerForm
      title="登记异议"
      verb="登记"
      intro={<p className="quiet">姓名、电话和内容只有办理的人看得到，不公开。</p>}
      fields={[
        {
          name: "publicityId",
          label: "对哪份公示",
          type: "choice",
          required: true,
          choices: lists.map((l) => ({ value: l.id, label: l.title })),
        },
        {
          name: "via",
          label: "怎样收到的",
          type: "choice",
          required: true,
          choices: [
            { value: "visit", label: "来访" },
            { value: "phone", label: "来电" },
            { value: "letter", label: "来信" },
          ],
        },
        { name: "name", label: "提出人姓名", type: "text", required: true, max: 50 },
        { name: "phone", label: "手机号（可以不填）", type: "text", max: 20 },
        { name: "text", label: "异议内容", type: "longtext", required: true, min: 5, max: 2000 },
        { name: "receivedOn", label: "收到日期", type: "date", required: true },
      ]}
      initial={{ receivedOn: today, publicityId: lists.length === 1 ? (lists[0]?.id ?? null) : null }}
      close={close}
      send={async (v) => {
        const body = {
          ...{ id, publicityId: String(v.publicityId), via: v.via as Via, name: String(v.name) },
          ...{ phone: String(v.phone ?? ""), text: String(v.text), receivedOn: String(v.receivedOn) },
        };
        kept(await of.record(body), "已登记，到期前在工作台提醒。");
        close();
      }}
    />
  );
}

interface AnswerProps {
  of: PanelProps;
  objection: Row;
  close: () => void;
}
function AnswerDrawer({ of, objection: o, close }: AnswerProps) {
  const kept = useKept(of);
  return (
    <DrawerForm
      title="答复异议"
      verb="答复"
      intro={
        <>
          <p>
            {o.itemTitle}：{o.text}
          </p>
          {o.inStead && (
            <p className="quiet">
              这份公示由{o.divisionName}发布，应由它答复；县级代为答复的，请先与它核实。
            </p>
          )}
        </>
      }
      fields={[
        {
          name: "result",
          label: "核查结果",
          type: "choice",
          required: true,
          choices: [
            { value: "upheld", label: "属实，已处理" },
            { value: "unfounded", label: "不属实" },
          ],
        },
        { name: "answer", label: "核查情况和答复", type: "longtext", required: true, min: 5, max: 2000 },
      ]}
      close={close}
      send={async (v) => {
        const body = { result: v.result as Result, answer: String(v.answer) };
        kept(await of.answer(o.id, body), "已答复。");
        close();
      }}
    />
  );
}
