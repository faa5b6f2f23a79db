/** One 核对 report: declared beside found, item by item; objections and their answers. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { Button, Table, type TableColumnsType } from "antd";
import { useRef, useState } from "react";
import { api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel, Scroll } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import { PURPOSES } from "./checks.tsx";
import "../../styles/matching.css";

type Item = Reply<"getCheck">["items"][number];
const route = getRouteApi("/checks/$id");

export default function CheckReport() {
  const { id } = route.useParams();
  const page = useQuery(ask("getCheck", { params: { id } }));
  const [form, setForm] = useState<"object" | "answer" | null>(null);
  return (
    <Loaded query={page}>
      {(c) => (
        <Page
          title={`核对报告 ${c.number}`}
          testId="check"
          crumbs={<Link to="/checks">核对报告</Link>}
          note={`${PURPOSES[c.purpose]} · ${c.itemTitle} · ${c.applicant}等 ${c.persons} 人（${[...c.personNames, ...c.supporters.map((s) => `${s.name}，不共同生活`)].join("、")}）`}
          actions={
            <>
              <Link to="/cases/$id" params={{ id: c.caseId }}>
                <Button>看办件 {c.caseNumber}</Button>
              </Link>
              {c.can.object && (
                <Button data-testid="object" onClick={() => setForm("object")}>
                  登记异议
                </Button>
              )}
              {c.can.answer && (
                <Button type="primary" data-testid="answer" onClick={() => setForm("answer")}>
                  复查并答复
                </Button>
              )}
            </>
          }
        >
          <Panel
            title={
              c.replacedBy
                ? `已由 ${c.replacedBy} 代替`
                : `出具 ${c.madeOn}，有效至 ${c.validUntil}${c.expired ? "（已过期）" : ""}`
            }
            extra={
              c.differences === 0 ? (
                <State tone="good">已查到的没有不一致</State>
              ) : (
                <State tone="warn">{c.differences} 项不一致，须由本人说明</State>
              )
            }
            flush
          >
            <Items label="核对各项" of={c.items} />
          </Panel>
          {c.supporters.map((s) => (
            <Panel
              key={`${s.name}${s.of}`}
              title={`${s.of}的${s.relation}：${s.name}（不共同生活）`}
              testId="supporter-part"
              flush
            >
              <Items label={`${s.name}的核对各项`} of={s.items} />
            </Panel>
          ))}
          {c.objections.length > 0 && (
            <Panel title="异议" testId="objections">
              {c.objections.map((o) => (
                <div key={o.id}>
                  <p>
                    {o.raisedOn} {o.raisedByName}：{o.reason}
                  </p>
                  <p className="quiet">
                    {o.answeredOn
                      ? `${o.answeredOn} ${o.answeredByName}答复：${o.answer}`
                      : "待另一人复查答复。"}
                  </p>
                </div>
              ))}
            </Panel>
          )}
          {form && <ObjectionForm id={c.id} kind={form} close={() => setForm(null)} />}
        </Page>
      )}
    </Loaded>
  );
}

function Items({ label, of }: { label: string; of: readonly Item[] }) {
  return (
    <Scroll label={label}>
      <Table<Item>
        size="small"
        rowKey="item"
        dataSource={[...of]}
        columns={columns}
        pagination={false}
        tableLayout="auto"
        className="nowrap"
      />
    </Scroll>
  );
}

const columns: TableColumnsType<Item> = [
  { title: "核对项", dataIndex: "item" },
  {
    title: "申报",
    dataIndex: "declared",
    render: (t: string | null) => t ?? <span className="quiet">未填报</span>,
  },
  {
    title: "查得",
    dataIndex: "found",
    render: (t: string, i) => (
      <>
        {i.differs ? <b className="danger">{t}</b> : t}
        {i.of.length > 1 && (
          <span className="quiet small">（{i.of.map((o) => `${o.name} ${o.value}`).join("，")}）</span>
        )}
      </>
    ),
  },
  {
    title: "比较",
    render: (_, i) => (i.differs ? <State tone="warn">不一致</State> : i.compared ? "一致" : ""),
  },
  { title: "数据截至", dataIndex: "asOf", className: "nowrap", render: (d: string | null) => d ?? "—" },
  { title: "提供单位", dataIndex: "department" },
  {
    title: "说明",
    dataIndex: "note",
    render: (t: string | null) => <div className="quiet small remark">{t}</div>,
  },
];

function ObjectionForm({ id, kind, close }: { id: string; kind: "object" | "answer"; close: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const request = useRef(newId());
  const objecting = kind === "object";
  return (
    <DrawerForm
      title={objecting ? "登记异议" : "复查并答复"}
      verb={objecting ? "登记" : "答复"}
      intro={
        objecting ? undefined : (
          <p className="quiet">按现在的数据重新核对，出一份新的报告代替这一份。登记异议的人不能自己答复。</p>
        )
      }
      fields={[
        {
          name: "text",
          label: objecting ? "异议内容" : "复查情况",
          type: "longtext",
          required: true,
          min: 2,
          max: 500,
        },
      ]}
      initial={{}}
      close={close}
      send={async (v) => {
        const text = String(v.text);
        const done = objecting
          ? await api.objectCheck({ params: { id }, body: { id: request.current, reason: text } })
          : await api.answerCheck({ params: { id }, body: { id: request.current, answer: text } });
        void queries.invalidateQueries({ queryKey: ["getCheck"] });
        void queries.invalidateQueries({ queryKey: ["listChecks"] });
        close();
        if (!objecting) void navigate({ to: "/checks/$id", params: { id: done.id } });
      }}
    />
  );
}
