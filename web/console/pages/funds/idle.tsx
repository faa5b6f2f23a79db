/** 滞留资金: what lies too long or soon will, and who must act. */
import { yuan } from "../../../kit/format.ts";
import { State } from "../../parts/marks.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank } from "../../parts/states.tsx";
import type { Funds } from "./funds.tsx";

export function Idle({ of: f }: { of: Funds }) {
  const { limit, rows } = f.idle;
  return (
    <Panel id="idle" title="滞留资金" testId="fund-idle" extra={limit && `到位满 ${limit.months} 个月未付出`}>
      {limit === null ? (
        <Blank small mark="规" title="还没有定期限">
          本县没有“资金滞留月数”，在“政策标准”里录入后，到期前三十天开始提醒。
        </Blank>
      ) : rows.length === 0 ? (
        <Blank small mark="清" title="没有滞留的资金">
          三十天内也没有要到期的。
        </Blank>
      ) : (
        <ul className="line-list">
          {rows.map((r) => (
            <li key={r.accountId}>
              <span className="line-grow">
                {r.source} {r.document} · {r.itemTitle}{" "}
                <b className="tabular">{yuan(r.idleFen > 0 ? r.idleFen : r.soonFen)} 元</b>
              </span>
              <State tone={r.idleFen > 0 ? "bad" : "warn"}>{r.idleFen > 0 ? "滞留" : "将到期"}</State>
              <span className="quiet small">
                {r.receivedOn} 到位，已 {r.days} 天，{r.idleOn} {r.idleFen > 0 ? "起算滞留" : "满期"}
                {r.idleFen > 0 && r.soonFen > 0 && `；三十天内另有 ${yuan(r.soonFen)} 元到期`}。{r.todo}
              </span>
            </li>
          ))}
        </ul>
      )}
      {limit?.unverified && (
        <p className="quiet small">
          期限是示例值，没有查到规定天数的文件；由县里按资金监管办法在“政策标准”里录入文号和数值。
        </p>
      )}
    </Panel>
  );
}
