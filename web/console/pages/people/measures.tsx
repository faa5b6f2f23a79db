/** 帮扶措施和回访: who helps this household with what, whether it helped, whether the risk is gone. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import { yuan } from "../../../kit/format.ts";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State, type Tone } from "../../parts/marks.tsx";
import { Go, Panel } from "../../parts/page.tsx";
import { Photos } from "../../parts/photos.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

type Of = Reply<"getMeasures">;
type Measure = Of["measures"][number];
type Step = Of["actions"][number] & { readonly version?: number };
const RISK: Record<Of["risk"]["tone"], Tone> = {
  none: "waiting",
  open: "active",
  late: "bad",
  good: "good",
  bad: "bad",
};
const STATE: Record<Measure["state"], Tone> = {
  planned: "warn",
  "in-force": "active",
  done: "good",
  failed: "waiting",
};
const EACH = { once: "一次", month: "每月" } as const;

export function Measures({ household }: { household: string }) {
  const [doing, setDoing] = useState<Step | null>(null);
  const query = useQuery(ask("getMeasures", { params: { id: household } }));
  return (
    <Panel title="帮扶措施和回访" testId="measures">
      <Loaded query={query} rows={3} small>
        {(of) => (
          <>
            <div className="row measure-head">
              <State tone={RISK[of.risk.tone]} testId="measure-risk">
                {of.risk.label}
              </State>
              {of.risk.dueOn && <span className="quiet small nowrap">{of.risk.dueOn} 前</span>}
            </div>
            <div className="row measure-head">
              {of.actions.map((a, i) => (
                <Button
                  key={a.action}
                  size="small"
                  type={i === 0 && a.action !== "plan" ? "primary" : "default"}
                  onClick={() => setDoing(a)}
                  data-testid={`do-${a.action}`}
                >
                  {a.label}
                </Button>
              ))}
            </div>
            {of.measures.length === 0 ? (
              <Blank small mark="帮" title="还没有帮扶措施">
                有风险的户，乡镇或县里按需要定措施、找部门落实，再由村里回访。
              </Blank>
            ) : (
              <ul className="measure-list">
                {of.measures.map((m) => (
                  <One key={m.id} m={m} choose={(a) => setDoing({ ...a, version: m.version })} />
                ))}
              </ul>
            )}
            <Returns rows={of.returns} />
            {doing && <Do household={household} step={doing} close={() => setDoing(null)} />}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function One({ m, choose }: { m: Measure; choose: (a: Step) => void }) {
  return (
    <li data-testid="measure">
      <div className="row">
        <State tone={m.late ? "bad" : STATE[m.state]}>
          {m.stateLabel}
          {m.late && "，逾期"}
        </State>
        <b className="line-grow">{m.kindLabel}</b>
        {m.amountFen !== null && (
          <span className="tabular nowrap">
            {m.each && EACH[m.each]} {yuan(m.amountFen)} 元
          </span>
        )}
      </div>
      <p>{m.service}</p>
      {m.effect !== "" && <p>效果：{m.effect}</p>}
      <p className="quiet small">
        {m.stageLabel} · {m.department} · {m.startsOn} 起{m.endsOn && `，至 ${m.endsOn}`}
        {m.state === "planned" && ` · ${m.answerDueOn} 前落实`}
        {m.inForceOn && ` · ${m.inForceOn} 落实`}
        {m.closedOn && ` · ${m.closedOn} 止`}
      </p>
      <details>
        <summary>
          {m.number}，{m.plannedByName}制定
        </summary>
        <ol className="history">
          {m.history.map((h) => (
            <li key={h.id}>
              <b>{h.label}</b> <span className="quiet small">{h.by}</span>
              <Lines lines={h.lines} />
              <Photos ids={h.photos} />
            </li>
          ))}
        </ol>
      </details>
      {m.actions.length > 0 && (
        <div className="row">
          {m.actions.map((a) => (
            <Button key={a.action} size="small" onClick={() => choose(a)} data-testid={`do-${a.action}`}>
              {a.label}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}

function Returns({ rows }: { rows: Of["returns"] }) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3 className="standing-head">回访</h3>
      <ul className="measure-list" data-testid="returns">
        {rows.map((r) => (
          <li key={r.id}>
            <div className="row">
              <b className="line-grow">{r.riskLabel}</b>
              <span className="quiet tabular nowrap">{r.onDate}</span>
            </div>
            <Lines lines={r.lines} />
            <p className="quiet small">
              {r.by}
              {r.onDate > r.dueOn && `，应于 ${r.dueOn} 前`}
              {r.visitId && (
                <>
                  {" · "}
                  <Go href={`/visits/${r.visitId}`}>走访记录</Go>
                </>
              )}
            </p>
            <Photos ids={r.photos} />
            {r.decision && (
              <p>
                {r.decision.on} {r.decision.by}研判：<b>{r.decision.label}</b>。{r.decision.note}
              </p>
            )}
            {r.decideDueOn && <p className="quiet small">等另一人研判，{r.decideDueOn} 前。</p>}
          </li>
        ))}
      </ul>
    </>
  );
}

function Lines({ lines }: { lines: readonly { readonly label: string; readonly text: string }[] }) {
  return lines.length === 0 ? null : (
    <dl className="measure-lines">
      {lines.map((l) => (
        <div key={l.label}>
          <dt>{l.label}</dt>
          <dd>{l.text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Do({ household, step, close }: { household: string; step: Step; close: () => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const id = useRef(newId());
  return (
    <DrawerForm
      title={step.label}
      verb={step.label}
      fields={step.fields}
      close={close}
      send={async (data) => {
        const now = await api.actOnMeasures({
          params: { id: household },
          body: {
            ...{ id: id.current, action: step.action, data: data as Ask<"actOnMeasures">["body"]["data"] },
            ...(step.of ? { of: step.of } : {}),
            ...(step.version ? { version: step.version } : {}),
          },
        });
        queries.setQueryData(ask("getMeasures", { params: { id: household } }).queryKey, now);
        await queries.invalidateQueries({ queryKey: ["getHousehold"] });
        await queries.invalidateQueries({ queryKey: ["workbench"] });
        message.success(`已办：${step.label}。`);
        close();
      }}
    />
  );
}
