/** One standard: its time line, who reads it, and everything that was entered, submitted, approved or withdrawn. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Button } from "antd";
import { dateTime } from "../../../kit/format.ts";
import { ask } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import "../../styles/standards.css";
import { since } from "./list.tsx";
import { ProposalActions } from "./moves.tsx";
import { StepChart } from "./step-chart.tsx";
import { ORIGIN, PROPOSAL_TONE, type StandardPage, valuesText } from "./words.ts";

const route = getRouteApi("/standards/$name");

export default function StandardRoute() {
  const { name } = route.useParams();
  const query = useQuery(ask("getStandard", { params: { name } }));
  return <Loaded query={query}>{(s) => <View standard={s} />}</Loaded>;
}

function View({ standard: s }: { standard: StandardPage }) {
  const today = useToday();
  const facts = [s.unit && `单位 ${s.unit}`, s.derived, s.reference].filter(Boolean);
  return (
    <Page
      title={s.label}
      testId="standard"
      crumbs={
        <>
          <Link to="/standards">政策标准</Link>
          <span>{s.name}</span>
        </>
      }
      note={facts.join(" · ")}
      actions={
        s.canPropose && (
          <Link to="/standards/$name/new" params={{ name: s.name }}>
            <Button type="primary" data-testid="enter-standard">
              录入新标准
            </Button>
          </Link>
        )
      }
    >
      <div className="columns-2">
        <div className="side-stack">
          <Panel
            title="时间线"
            testId="time-line"
            extra={s.lastReview && <span className="small">最近核对 {s.lastReview}</span>}
          >
            <StepChart
              versions={s.versions}
              money={s.type === "money"}
              today={today}
              label={`${s.label}历次标准：${s.versions.map((v) => `${v.since} 起 ${valuesText(v.values)}`).join("；")}`}
            />
            <Versions standard={s} />
          </Panel>
          <Panel title="录入与批准" testId="history">
            {s.history.length === 0 ? (
              <Blank small mark="录" title="还没有在本系统录入过">
                上面的数来自全国统一规定和县里的文件。录入的每一版，谁录、谁送审、谁批准都记在这里。
              </Blank>
            ) : (
              <ol className="proposals">
                {s.history.map((p) => (
                  <li key={p.id} data-testid={`version-${p.since}`}>
                    <div className="row">
                      <b className="tabular">{p.firstMonth} 起</b>
                      <span>{p.text}</span>
                      <State tone={PROPOSAL_TONE[p.state]} testId="version-state">
                        {p.stateLabel}
                      </State>
                      {p.corrects && <span className="quiet small">更正同一天</span>}
                    </div>
                    <div className="quiet small">
                      {p.document}
                      {p.note && ` · ${p.note}`}
                    </div>
                    <div className="quiet small tabular">
                      {p.steps
                        .map(
                          (x) => `${x.label} ${x.by} ${dateTime(x.at)}${x.reason ? `（${x.reason}）` : ""}`,
                        )
                        .join(" → ")}
                    </div>
                    <ProposalActions proposal={p} name={s.name} />
                  </li>
                ))}
              </ol>
            )}
          </Panel>
        </div>
        <div className="side-stack">
          <Panel title="谁在用" testId="used-by">
            {s.usedBy.length === 0 ? (
              <p className="quiet">
                {s.readers.length > 0
                  ? `${s.readers.map((r) => r.title).join("、")}按它的推算或限额使用。`
                  : "没有事项的公式直接用到它。"}
              </p>
            ) : (
              <ul className="used-by">
                {s.usedBy.map((u) => (
                  <li key={`${u.item}${u.variable}`}>
                    <Link to="/rules/$item" params={{ item: u.item }} search={{ name: u.variable }}>
                      {u.variable}
                    </Link>
                    <code>{u.formula}</code>
                    <span className="quiet small">
                      {u.itemTitle}
                      {u.article && ` · ${u.article}`}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </div>
      </div>
    </Page>
  );
}

function Versions({ standard: s }: { standard: StandardPage }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label="历次标准">
      <table className="plain-table wide-table">
        <thead>
          <tr>
            <th>起始</th>
            <th>标准</th>
            <th>文号或来源</th>
            <th>状态</th>
          </tr>
        </thead>
        <tbody>
          {s.versions.toReversed().map((v) => (
            <tr key={v.since}>
              <td className="tabular nowrap">{since(v.since)}</td>
              <td className="tabular">{valuesText(v.values)}</td>
              <td>
                {v.document ?? "没有写明文件"}
                <div className="quiet small">
                  {ORIGIN[v.origin]}
                  {v.note && ` · ${v.note}`}
                </div>
              </td>
              <td className="nowrap">
                {v.state === "now" ? (
                  <State tone="good">现行</State>
                ) : v.state === "next" ? (
                  <State tone="active">{v.firstMonth} 起执行</State>
                ) : (
                  <span className="quiet">以前</span>
                )}
                {v.unverified && (
                  <div>
                    <State tone="warn">未核实</State>
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
