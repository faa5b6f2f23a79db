/** A figure as it was kept when its month was over: versions, townships side by side, and what a jump came of. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { monthOf, newId } from "@wuxin/kernel";
import { App, Button } from "antd";
import { useRef, useState } from "react";
import { dateTime, figure } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { api, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession, useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Loaded } from "../../parts/states.tsx";
import { ByPlace, PlacesNow } from "./by-place.tsx";

type Row = Reply<"listIndicators">["rows"][number];
type Kept = Reply<"getSnapshots">;
interface Where {
  month: string;
  division?: string;
}

function useRefresh() {
  const queries = useQueryClient();
  return () => {
    for (const k of ["listIndicators", "getSnapshots"]) void queries.invalidateQueries({ queryKey: [k] });
  };
}

export function FreezeButton({ month, rows }: { month: string; rows: readonly Row[] }) {
  const { account } = useSession();
  const { message } = App.useApp();
  const today = useToday();
  const refresh = useRefresh();
  const [busy, setBusy] = useState(false);
  if (!may(account.role, "freezeMonth") || month >= monthOf(today) || rows.every((r) => r.frozen))
    return null;
  async function freeze() {
    setBusy(true);
    try {
      const done = await api.freezeMonth({ body: { month } });
      message.success(`${month} 已冻结 ${done.frozen} 个数（全县和各乡镇）。`);
      refresh();
    } catch (e) {
      message.error(sentence(e));
    }
    setBusy(false);
  }
  return (
    <Button loading={busy} onClick={freeze} data-testid="freeze">
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
            {d.asked && <Asked row={row} asked={d.asked} where={where} canDecide={d.canCorrect} />}
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
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A correction that waits: somebody else confirms it or sends it back; who asked may only take it back. */
function Asked({
  row,
  asked,
  where,
  canDecide,
}: {
  row: Row;
  asked: NonNullable<Kept["asked"]>;
  where: Where;
  canDecide: boolean;
}) {
  const refresh = useRefresh();
  const { message } = App.useApp();
  const [refusing, setRefusing] = useState(false);
  const [busy, setBusy] = useState(false);
  async function decide(accept: boolean, note?: string) {
    await api.decideCorrection({
      params: { code: row.code, correction: asked.id },
      body: { ...where, accept, ...(note ? { note } : {}) },
    });
    message.success(
      accept ? "已另立一版，原来的数仍在。" : asked.mine ? "已撤回。" : "已退回，冻结的数不变。",
    );
    refresh();
  }
  async function confirm() {
    setBusy(true);
    try {
      await decide(true);
    } catch (e) {
      message.error(sentence(e));
    }
    setBusy(false);
  }
  return (
    <div className="stack correction" data-testid="asked-correction">
      <p>
        <State tone="warn">更正待确认</State>{" "}
        <span className="tabular">
          {figure(asked.before, row.decimals)} → <b>{figure(asked.value, row.decimals)}</b> {row.unit}
        </span>
        ，理由：{asked.reason}
        <span className="quiet small">
          {" "}
          {dateTime(asked.askedAt)} {asked.askedByName}提出
        </span>
      </p>
      {asked.mine && <p className="quiet small">由另一位县级经办或局领导确认后，才另立一版。</p>}
      {canDecide && (
        <div className="row">
          {!asked.mine && (
            <Button
              type="primary"
              size="small"
              loading={busy}
              onClick={confirm}
              data-testid="confirm-correction"
            >
              确认更正
            </Button>
          )}
          <Button size="small" onClick={() => setRefusing(true)} data-testid="refuse-correction">
            {asked.mine ? "撤回" : "退回"}
          </Button>
        </div>
      )}
      {refusing && (
        <DrawerForm
          title={asked.mine ? "撤回这条更正" : "退回这条更正"}
          verb={asked.mine ? "撤回" : "退回"}
          fields={[{ name: "note", label: "原因", type: "text", required: true, max: 300 }]}
          close={() => setRefusing(false)}
          send={async (v) => {
            await decide(false, String(v.note));
            setRefusing(false);
          }}
        />
      )}
    </div>
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
