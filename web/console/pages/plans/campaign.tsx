/** 专项行动: its scope and checklist, what was found wrong, how far it is by township and week, and how it ended. */
import { Button } from "antd";
import { useState } from "react";
import { State } from "../../parts/marks.tsx";
import { Go, Heads, Panel, Scroll } from "../../parts/page.tsx";
import { Photos } from "../../parts/photos.tsx";
import type { Doing } from "./act.tsx";
import { type PlaceDoing, PlaceDrawer } from "./campaign-scope.tsx";
import type { Plan } from "./light.tsx";

type View = NonNullable<Plan["campaign"]>;

export function Campaign({ plan, begin }: { plan: Plan; begin: (doing: Doing) => void }) {
  const [placing, setPlacing] = useState<PlaceDoing | null>(null);
  const c = plan.campaign;
  if (!c) return null;
  const runs = plan.can.edit && !c.report;
  return (
    <>
      <Panel
        title="专项行动"
        testId="campaign"
        extra={
          runs && (
            <span className="row">
              <Button
                size="small"
                onClick={() => begin({ kind: "checklist", target: null })}
                data-testid="set-checklist"
              >
                {c.checklist.length > 0 ? "改检查清单" : "定检查清单"}
              </Button>
              <Button
                size="small"
                onClick={() => setPlacing(c.launchedOn ? "add" : "launch")}
                data-testid={c.launchedOn ? "add-place" : "launch"}
              >
                {c.launchedOn ? "增加一家" : "定检查范围"}
              </Button>
              <Button
                size="small"
                onClick={() => begin({ kind: "closed", target: null })}
                data-testid="close-campaign"
              >
                写总结
              </Button>
            </span>
          )
        }
      >
        <p>
          {c.startsOn} 至 {c.endsOn}，应检查 <b>{c.scope}</b> 家，已检查并核实 <b>{c.checked}</b> 家
          {c.late > 0 && <span className="danger">，超期没有检查 {c.late} 家</span>}；发现问题{" "}
          <b>{c.problems.length}</b> 个，已整改 <b>{c.problems.filter((p) => p.closedOn).length}</b> 个。
        </p>
        <p className="quiet">
          {c.launchedOn
            ? `检查范围 ${c.launchedOn} 从台账带出，以后台账增减不影响；再增加的逐家写理由。`
            : "还没有定检查范围。范围从台账带出，定下以后不随台账变。"}
          {c.checklist.length === 0 && "没有检查清单：台账里行动期间的检查记录直接算已检查。"}
        </p>
        {c.report && (
          <p data-testid="campaign-report">
            <b>总结：</b>
            {c.report.text}
            <span className="quiet">（{c.report.by}）</span>
          </p>
        )}
      </Panel>
      {c.checklist.length > 0 && <Checklist campaign={c} />}
      {c.problems.length > 0 && <Problems campaign={c} />}
      {c.scope > 0 && <Progress campaign={c} />}
      {placing && <PlaceDrawer plan={plan} doing={placing} close={() => setPlacing(null)} />}
    </>
  );
}

const Checklist = ({ campaign: c }: { campaign: View }) => (
  <Panel title="检查清单" flush testId="checklist">
    <Scroll label="检查清单">
      <table className="plain-table">
        <thead>
          <tr>
            <Heads of={["检查内容"]} />
            <Heads of={["合格（家）", "问题（家）", "不适用（家）"]} num />
          </tr>
        </thead>
        <tbody>
          {c.checklist.map((i) => (
            <tr key={i.id}>
              <td>{i.text}</td>
              <td className="num tabular">{i.counts.good}</td>
              <td className="num tabular">{i.counts.problem}</td>
              <td className="num tabular">{i.counts.na}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  </Panel>
);

const Problems = ({ campaign: c }: { campaign: View }) => (
  <Panel
    title="发现的问题"
    extra={<span className="quiet">每个问题是一件督办事项，逾期逐级上报</span>}
    flush
    testId="campaign-problems"
  >
    <Scroll label="发现的问题">
      <table className="plain-table">
        <thead>
          <tr>
            <Heads of={["机构", "问题", "整改期限"]} />
          </tr>
        </thead>
        <tbody>
          {c.problems.map((p) => (
            <tr key={p.matterId}>
              <td>{p.place}</td>
              <td>
                <Go href={`/matters/${p.matterId}`}>{p.item}</Go>
                <div className="quiet">{p.words}</div>
                <Photos ids={p.photos} />
              </td>
              <td className="nowrap">
                <div>{p.due}</div>
                <State tone={p.closedOn ? "good" : p.late ? "bad" : "active"}>{p.stateText}</State>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  </Panel>
);

const COLUMNS = ["报告检查", "核实", "发现问题", "问题销号"] as const;
function Progress({ campaign: c }: { campaign: View }) {
  return (
    <Panel title="各乡镇和每周" flush testId="campaign-weeks">
      <Scroll label="各乡镇">
        <table className="plain-table">
          <thead>
            <tr>
              <Heads of={["乡镇（街道）"]} />
              <Heads of={["应检查", "核实", "发现问题", "问题销号"]} num />
            </tr>
          </thead>
          <tbody>
            {c.townships.map((t) => (
              <Row key={t.name} head={t.name} numbers={[t.scope, t.checked, t.problems, t.closed]} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {c.weeks.length > 0 && (
        <Scroll label="每周检查">
          <table className="plain-table">
            <thead>
              <tr>
                <Heads of={["周（周一）"]} />
                <Heads of={COLUMNS} num />
              </tr>
            </thead>
            <tbody>
              {c.weeks.map((w) => (
                <Row key={w.from} head={w.from} numbers={[w.done, w.checked, w.problems, w.closed]} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Panel>
  );
}

function Row({ head, numbers }: { head: string; numbers: readonly [number, number, number, number] }) {
  const [a, b, c, d] = numbers;
  return (
    <tr>
      <td>{head}</td>
      <td className="num tabular">{a}</td>
      <td className="num tabular">{b}</td>
      <td className="num tabular">{c}</td>
      <td className="num tabular">{d}</td>
    </tr>
  );
}
