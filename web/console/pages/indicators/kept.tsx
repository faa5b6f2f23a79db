/** A figure as it was kept when its month was over: versions, townships side by side, and what a jump came of. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { monthOf, newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import { dateTime, figure } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Asked } from "./asked.tsx";
import { ByPlace, PlacesNow } from "./by-place.tsx";
import { useRefresh } from "./refresh.ts";

export type Row = Reply<"listIndicators">["rows"][number];
export type Kept = Reply<"getSnapshots">;
export interface Where {
  month: string;
  division?: string;
}

export function FreezeButton({ month, rows }: { month: string; rows: readonly Row[] }) {
  const { account } = useSession();
  const { message } = App.useApp();
  const today = useToday();
  const refresh = useRefresh();
  const freezing = useMutation({
    mutationFn: () => api.freezeMonth({ body: { month } }),
    onSuccess: (done) => {
      message.success(`${month} 已冻结 ${done.frozen} 个数（全县和各乡镇）。`);
      refresh();
    },
    onError: (e) => message.error(sentence(e)),
  });
  if (!may(account.role, "freezeMonth") || month >= monthOf(today) || rows.every((r) => r.frozen))
    return null;
  return (
    <Button loading={freezing.isPending} onClick={() => freezing.mutate()} data-testid="freeze">
      冻结 {month}
    </Button>
  );
}

interface KeptProps {
  row: Row;
  month: string;
  division?: string | undefined;
}
export function Kept({ row, month, division }: KeptProps) {
  const where = { month, ...(division ? { division } : {}) };
  const kept = useQuery(ask("getSnapshots", { params: { code: row.code }, query: where }));
  const [doing, setDoing] = useState<"correct" | "explain" | "">("");
  const { account } = useSession();
  return (
    <Loaded query={kept} small>
      {(d) => {
        const last = d.versions.at(-1);
        if (!last)
          return (
            <>
              <p className="quiet">这个月还没有冻结，上面是按今天的台账算的。</p>
              <PlacesNow row={row} where={where} />
            </>
          );
        const differs = last.value !== d.now;
        return (
          <section className="stack" data-testid="kept" aria-label="冻结的数">
            <Versions row={row} of={d} />
            {d.asked && (
              <Asked row={row} asked={d.asked} moved={d.moved} where={where} canDecide={d.canCorrect} />
            )}
            {d.townSum !== null && (
              <p className="warning" data-testid="town-sum">
                各乡镇相加是 {figure(d.townSum, row.decimals)} {row.unit}，全县是{" "}
                {figure(last.value, row.decimals)} {row.unit}，两者不等：
                {last.apart ? "原因见上。" : "有的直接记在县里，或者有的地方没有一起更正。"}
              </p>
            )}
            {differs && !d.asked && (
              <p className="row">
                <span>
                  按今天的台账重算是 {figure(d.now, row.decimals)} {row.unit}，和冻结的不同。
                </span>
                {d.canCorrect && (
                  <Button size="small" onClick={() => setDoing("correct")} data-testid="correct-snapshot">
                    更正
                  </Button>
                )}
              </p>
            )}
            {row.jump && (
              <p className="row">
                <span>
                  比上月变动 {row.jump.percent}%。
                  {row.jump.explanation
                    ? `${row.jump.explanation}（${row.jump.explainedBy ?? ""}）`
                    : "还没有说明原因。"}
                </span>
                {may(account.role, "explainJump") && (
                  <Button size="small" onClick={() => setDoing("explain")} data-testid="explain-jump">
                    {row.jump.explanation ? "补充说明" : "说明原因"}
                  </Button>
                )}
              </p>
            )}
            {d.towns.length > 1 ? (
              <ByPlace
                row={row}
                month={where.month}
                places={d.towns.map((t) => ({ ...t, code: t.division }))}
                told="月末冻结"
              />
            ) : (
              <PlacesNow row={row} where={where} />
            )}
            {doing !== "" && <Ask doing={doing} row={row} of={d} where={where} close={() => setDoing("")} />}
          </section>
        );
      }}
    </Loaded>
  );
}

function Versions({ row, of }: { row: Row; of: Kept }) {
  return (
    <ul className="plain-list">
      {of.versions.map((v) => (
        <li key={v.version} className="tabular">
          <b>
            {v.version === 1 ? "月末冻结" : `第 ${v.version} 版`} {figure(v.value, row.decimals)} {row.unit}
          </b>
          <span className="quiet small">
            {" "}
            {dateTime(v.takenAt)} {v.takenByName}
            {v.reason && `提出，${v.confirmedByName ? `${v.confirmedByName}确认，` : ""}理由：${v.reason}`}
            {v.apart && `。别的地方没有一起更正：${v.apart}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface AskProps {
  doing: "correct" | "explain";
  row: Row;
  of: Kept;
  where: Where;
  close: () => void;
}
function Ask({ doing, row, of, where, close }: AskProps) {
  const refresh = useRefresh();
  const { message } = App.useApp();
  const id = useRef(newId());
  const correct = doing === "correct";
  return (
    <DrawerForm
      title={correct ? `更正「${row.name}」${where.month}` : `说明「${row.name}」的变动`}
      verb={correct ? "提出更正" : "写上"}
      intro={
        <p className="quiet">
          {correct
            ? `冻结的是 ${figure(of.versions.at(-1)?.value ?? null, row.decimals)} ${row.unit}，按今天的台账是 ${figure(of.now, row.decimals)} ${row.unit}。另一人确认后另立一版；原来的数不删，两版都看得到。`
            : "写给看报表的人：为什么多了或少了，例如“6 月集中复核，停保 12 户”。"}
        </p>
      }
      fields={[
        { name: "text", label: correct ? "理由" : "原因", type: "longtext", required: true, max: 300 },
      ]}
      close={close}
      send={async (v) => {
        const params = { code: row.code };
        const text = String(v.text);
        if (correct) await api.correctSnapshot({ params, body: { ...where, id: id.current, reason: text } });
        else await api.explainJump({ params, body: { ...where, id: id.current, text } });
        message.success(correct ? "已提出，等另一人确认。" : "已写上说明。");
        refresh();
        close();
      }}
    />
  );
}
