import { Link } from "@tanstack/react-router";
import type { WorkbenchView } from "@wuxin/contract";
import { Tooltip } from "antd";
import { shortFigure, yuan } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { useSession } from "../../app/session.tsx";
import { Panel } from "../../parts/page.tsx";
import { Spark } from "../../parts/spark.tsx";
import { Blank } from "../../parts/states.tsx";

/** Rosters with their three signatures as dots; figures of the reader's scope. */
export function Month({ bench }: { bench: WorkbenchView }) {
  const { account } = useSession();
  // The three administrators handle no cases: figures of cases would read as zeros to them.
  const figures = may(account.role, "listIndicators") ? bench.figures : [];
  return (
    <div className="side-stack">
      {(bench.rosters.length > 0 || (figures.length === 0 && may(account.role, "listRosters"))) && (
        <Panel title="发放名册" testId="rosters-waiting">
          {bench.rosters.length === 0 && (
            <Blank small mark="签" title="没有在办的名册">
              当月名册生成后，由制表、复核、审批三人依次签字。
            </Blank>
          )}
          <ul className="bench-rosters">
            {bench.rosters.map((r) => (
              <li key={r.id}>
                <Link to="/rosters/$id" params={{ id: r.id }}>
                  {r.title}
                </Link>
                <div className="tabular">
                  {yuan(r.totalFen)} 元{" "}
                  <span className="quiet">
                    · {r.lines} 笔 · {r.stateLabel}
                  </span>
                </div>
                <Signatures list={r.signatures} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {figures.length > 0 && (
        <Panel title="本月" testId="figures">
          <ul className="figures">
            {figures.map((f) => (
              <li key={f.code}>
                <Link to="/indicators" search={{ code: f.code }}>
                  {f.name}
                </Link>
                <div className="figure-line">
                  <span className="figure-value">
                    {shortFigure(f.value)}
                    <small> {f.unit}</small>
                  </span>
                  <Change value={f.value} previous={f.previous} />
                  <Spark series={f.series} label={`${f.name}走势`} />
                </div>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

function Change({ value, previous }: { value: number | null; previous: number | null }) {
  if (value === null || previous === null) return <span className="quiet small">上月无数</span>;
  const d = value - previous;
  if (d === 0) return <span className="quiet small">与上月持平</span>;
  return (
    <span className="quiet small tabular">
      {d > 0 ? "▲ 增" : "▼ 减"} {shortFigure(Math.abs(d))}
    </span>
  );
}

export function Signatures({ list }: { list: WorkbenchView["rosters"][number]["signatures"] }) {
  return (
    <ol className="sign-dots" aria-label="签字">
      {list.map((s) => (
        <li key={s.step} className={s.by ? "signed" : ""}>
          <Tooltip title={s.by ? `${s.label}：${s.by}` : `${s.label}：未签`}>
            <span>
              <i aria-hidden="true">{s.by ? "●" : "○"}</i> {s.label}
              <span className="sr-only">{s.by ? `已签（${s.by}）` : "未签"}</span>
            </span>
          </Tooltip>
        </li>
      ))}
    </ol>
  );
}
