/** A whole list much shorter than the one before: what that means, and what its department said when asked. */
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { may } from "../../app/access.ts";
import { api, type Reply } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";

type Run = Reply<"listFeedRuns">[number];

const count = (n: number) => n.toLocaleString("zh-CN");

/** Said beside the list and beside the file. */
export const Fallen = ({ run }: { run: Run }) =>
  run.fall && <State tone={run.fall.state === "held" ? "warn" : "neutral"}>{run.fall.stateLabel}</State>;

export function Fall({ run }: { run: Run }) {
  const { account } = useSession();
  const [asking, setAsking] = useState(false);
  if (!run.fall) return null;
  const { state, from, by, reason } = run.fall;
  return (
    <div className="feed-fall" data-testid={`fall-${state}`}>
      <Fallen run={run} />
      {state === "held" ? (
        <p className="small">
          {run.replaces ? "原来那份" : "上一份名单"} {count(from)} 行，这份只有 {count(run.rows ?? 0)}{" "}
          行。说到的人照常预警；没说到的，旧名单照样算数，等核实。
        </p>
      ) : (
        <p className="quiet small">
          上一份名单 {count(from)} 行。{by}：{reason}
        </p>
      )}
      {state === "held" && may(account.role, "judgeFall") && (
        <Button size="small" onClick={() => setAsking(true)} data-testid="judge-fall">
          登记核实结果
        </Button>
      )}
      {asking && <Judge run={run} close={() => setAsking(false)} />}
    </div>
  );
}

function Judge({ run, close }: { run: Run; close: () => void }) {
  const queries = useQueryClient();
  return (
    <DrawerForm
      title="核实行数骤减的名单"
      verb="登记"
      intro={
        <p>
          「{run.feedTitle}」截至 {run.asOf}
          ：请先问提供单位，这份名单是不是全部记录。同一天还有没传的，补传以后够数就不用登记。
        </p>
      }
      fields={[
        {
          name: "whole",
          label: "提供单位怎么说",
          type: "choice",
          required: true,
          choices: [
            { value: "whole", label: "是全量，名单里没有的就是没有了" },
            { value: "part", label: "不是全量，旧名单照样算数" },
          ],
        },
        { name: "reason", label: "问了谁，怎么说的", type: "longtext", required: true, min: 2, max: 500 },
      ]}
      close={close}
      send={async (v) => {
        await api.judgeFall({
          params: { id: run.id },
          body: { whole: v.whole === "whole", reason: String(v.reason) },
        });
        for (const k of ["listFeedRuns", "listFeeds"]) void queries.invalidateQueries({ queryKey: [k] });
        close();
      }}
    />
  );
}
