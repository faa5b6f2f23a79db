/** 抽查名单 on the page of supervision: drawn by lot, listed, and how many of them agreed. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { newId } from "@wuxin/kernel";
import { Button } from "antd";
import { useRef, useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

export function Samples({ month }: { month: string }) {
  const { account } = useSession();
  const query = useQuery({
    ...ask("listClueSamples", { query: { month } }),
    enabled: may(account.role, "listClueSamples"),
  });
  const [drawing, setDrawing] = useState(false);
  if (!may(account.role, "listClueSamples")) return null;
  return (
    <Panel
      title={`${month} 办结线索的抽查`}
      testId="clue-samples"
      extra={
        may(account.role, "drawClueSample") && (
          <Button size="small" onClick={() => setDrawing(true)} data-testid="draw-sample">
            抽一批
          </Button>
        )
      }
    >
      <Loaded query={query} rows={2} small>
        {(rows) =>
          rows.length === 0 ? (
            <Blank small mark="抽" title="这个月还没有抽查">
              从当月办结的线索里按比例抽，由系统摇号，不由人挑。
            </Blank>
          ) : (
            <ul className="line-list">
              {rows.map((s) => (
                <li key={s.id}>
                  <Link to="/clues" search={{ sample: s.id, state: "all" }} className="line-grow">
                    办结 {s.population} 条，抽 {s.percent}%，共 {s.size} 条
                  </Link>
                  <span>
                    已抽查 {s.looked}／{s.size}，一致 {s.agreed}
                  </span>
                  <span className="quiet small">
                    {s.byName}，{dateTime(s.at)}，摇号种子 {s.seed.slice(0, 8)}…
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {drawing && <Draw month={month} close={() => setDrawing(false)} />}
    </Panel>
  );
}

function Draw({ month, close }: { month: string; close: () => void }) {
  const queries = useQueryClient();
  const id = useRef(newId());
  return (
    <DrawerForm
      title={`抽查 ${month} 办结的线索`}
      verb="摇号抽取"
      intro={
        <p className="quiet">
          抽中的线索由县里再去看一次，在线索页登记「抽查」：一致还是不一致。比例没有文件规定，由县里定。
        </p>
      }
      fields={[
        {
          name: "percent",
          label: "抽百分之几",
          type: "integer",
          required: true,
          min: 1,
          max: 100,
          initial: 10,
        },
      ]}
      initial={{ percent: 10 }}
      close={close}
      send={async (v) => {
        await api.drawClueSample({ body: { id: id.current, month, percent: Number(v.percent) } });
        await queries.invalidateQueries({ queryKey: ["listClueSamples"] });
        close();
      }}
    />
  );
}
