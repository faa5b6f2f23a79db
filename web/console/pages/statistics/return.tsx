/** One statutory table: its cells beside those of a year ago, what does not hold, who signed, every version. */
import { DownloadOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { urlOf } from "@wuxin/contract/client";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { Shape } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Loaded } from "../../parts/states.tsx";
import { type Asking, AskReturn } from "./ask-return.tsx";
import { Cells } from "./cells.tsx";
import { ReturnState } from "./returns.tsx";
import { TraceDrawer, type Tracing } from "./trace.tsx";
import "../../styles/statistics.css";

const route = getRouteApi("/statistics/$id");
export type Return = Reply<"getStatistic">;

export default function ReturnRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getStatistic", { params: { id } }));
  return (
    <Loaded query={query} rows={12}>
      {(r) => <Sheet key={r.id} of={r} />}
    </Loaded>
  );
}

function Sheet({ of: r }: { of: Return }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [tracing, setTracing] = useState<Tracing | null>(null);
  const [busy, setBusy] = useState("");
  const live = r.rows.flatMap((row) => row.cells).filter((c) => c.indicator && !c.frozen).length;
  const set = (next: Return) => {
    queries.setQueryData(ask("getStatistic", { params: { id: r.id } }).queryKey, next);
    void queries.invalidateQueries({ queryKey: ["listStatistics"] });
  };
  async function act(kind: "count" | "fill" | "seal", said: string) {
    setBusy(kind);
    try {
      set(await api.actOnStatistic({ params: { id: r.id }, body: { id: newId(), act: { kind } } }));
      message.success(said);
    } catch (e) {
      message.error(sentence(e));
    }
    setBusy("");
  }
  return (
    <Page
      title={r.title}
      testId="return"
      crumbs={<Link to="/statistics">统计报表</Link>}
      note={
        <span className="row">
          <span>
            {r.divisionName} · {r.periodLabel}
            {r.version > 1 && ` · 第 ${r.version} 版（${r.reason}）`} · {r.dueOn} 前报送
          </span>
          <ReturnState of={r} />
        </span>
      }
      actions={
        <>
          {r.can.edit && (
            <Button
              loading={busy === "count"}
              onClick={() => act("count", "已按今天的台账重新取数。")}
              data-testid="recount"
            >
              重新取数
            </Button>
          )}
          {r.can.giveBack && (
            <Button onClick={() => setAsking({ kind: "giveBack" })} data-testid="give-back">
              退回
            </Button>
          )}
          {r.can.fill && (
            <Button
              type="primary"
              loading={busy === "fill"}
              onClick={() => act("fill", "填报人已签字，等负责人签字。")}
              data-testid="fill"
            >
              填报人签字
            </Button>
          )}
          {r.can.seal && (
            <Button
              type="primary"
              loading={busy === "seal"}
              onClick={() => act("seal", "已封存，可以导出。")}
              data-testid="seal"
            >
              负责人签字封存
            </Button>
          )}
          {r.can.reopen && (
            <Button onClick={() => setAsking({ kind: "reopen" })} data-testid="reopen">
              重新填报
            </Button>
          )}
          {r.state === "sealed" &&
            (["xlsx", "csv"] as const).map((format) => (
              <Button
                key={format}
                icon={<DownloadOutlined />}
                href={`${urlOf("exportStatistic", { id: r.id })}?format=${format}`}
                data-testid={`export-${format}`}
              >
                {format === "xlsx" ? "Excel" : "CSV"}
              </Button>
            ))}
        </>
      }
    >
      <Checks of={r} />
      <Panel flush testId="return-cells">
        <Cells of={r} ask={setAsking} trace={setTracing} />
      </Panel>
      <p className="quiet small">
        表式依据：{r.source.document}
        {r.source.unverified && "（待核实）"}
        {r.source.note && `。${r.source.note}`}。{r.number ? `表号：${r.number}。` : "表号没有查到，待核实。"}
        {r.numberEntered && `（${r.numberEntered.byName}填，见${r.numberEntered.source}）`}
        {r.can.code && (
          <Button
            size="small"
            type="link"
            onClick={() => setAsking({ kind: "code", row: "", label: "表号", code: r.number ?? "" })}
            data-testid="enter-number"
          >
            {r.number ? "改表号" : "填表号"}
          </Button>
        )}
        取数于 {dateTime(r.countedAt)}
        {live > 0 ? `，其中 ${live} 个数所在的月份还没有冻结，按当时的台账算。` : "，都取自月末冻结的数。"}
      </p>
      <div className="return-foot">
        <Course of={r} />
        <Versions of={r} />
      </div>
      {tracing && <TraceDrawer of={r} tracing={tracing} close={() => setTracing(null)} />}
      {asking && <AskReturn of={r} asking={asking} done={set} close={() => setAsking(null)} />}
    </Page>
  );
}

function Checks({ of: r }: { of: Return }) {
  return (
    <Panel title="校验" testId="return-checks">
      <ul className="plain-list return-checks">
        {r.checks.map((c) => (
          <li key={c.code} className={c.ok ? "good" : "danger"}>
            <Shape tone={c.ok ? "good" : "bad"} /> {c.text}
            {c.fails.map((f) => (
              <div key={f} className="small">
                {f}
              </div>
            ))}
          </li>
        ))}
        <li className={r.open.silent === 0 ? "good" : "warning"}>
          <Shape tone={r.open.silent === 0 ? "good" : "warn"} />{" "}
          {r.open.silent === 0
            ? "比上年同期变动大的都已说明"
            : `${r.open.silent} 个数比上年同期变动大，待说明`}
        </li>
        {r.open.uncoded > 0 && (
          <li className="warning" data-testid="return-uncoded">
            <Shape tone="warn" /> {r.open.uncoded} 行的代码没有见到原件，导出写「待核实」；见到以后在行里填上
          </li>
        )}
        {r.open.blank > 0 && (
          <li className="warning" data-testid="return-blank">
            <Shape tone="warn" /> {r.open.blank}{" "}
            格没有台账、还空着，不能签字：填上数、写明来处，或选「无此项」、写明理由
          </li>
        )}
      </ul>
    </Panel>
  );
}

const DONE: Record<Return["notes"][number]["kind"], string> = {
  opened: "取数填报",
  counted: "重新取数",
  corrected: "更正",
  explained: "说明",
  filled: "填报人签字",
  returned: "退回",
  sealed: "负责人签字封存",
};
function Course({ of: r }: { of: Return }) {
  const label = (key: string) => {
    const [row, column] = key.split("/");
    const of = r.rows.find((x) => x.code === row)?.label;
    return of ? `「${of}」${r.columns.find((c) => c.code === column)?.label ?? ""}` : "";
  };
  const cells = r.rows.flatMap((x) => x.cells);
  const without = (key: string) => (cells.find((c) => c.key === key)?.value === null ? "无此项" : "改回取数");
  return (
    <Panel title="经过" testId="return-course">
      <ol className="plain-list">
        {r.notes.toReversed().map((n) => (
          <li key={n.id}>
            <b>{DONE[n.kind]}</b> {label(n.cell)}
            {n.kind === "corrected" && (n.value === null ? without(n.cell) : `改为 ${n.value}`)}
            {n.text && `：${n.text}`}
            <div className="quiet small tabular">
              {dateTime(n.at)} {n.byName}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Versions({ of: r }: { of: Return }) {
  return (
    <Panel title="各版" testId="return-versions">
      <ul className="plain-list">
        {r.versions.toReversed().map((v) => (
          <li key={v.id}>
            {v.id === r.id ? (
              <b>第 {v.version} 版（本版）</b>
            ) : (
              <Link to="/statistics/$id" params={{ id: v.id }}>
                第 {v.version} 版
              </Link>
            )}
            {v.reason && ` ${v.reason}`}
            <div className="quiet small tabular">
              {v.sealedAt ? `${dateTime(v.sealedAt)} 封存` : "还没有封存"}
              {v.digest && (
                <>
                  ，摘要 <code>{v.digest.slice(0, 16)}</code>
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
