/** A correction of a frozen figure that waits for a second person, and where else the same figure moved. */
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { dateTime, figure } from "../../../kit/format.ts";
import { api, sentence } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import type { Kept, Row, Where } from "./kept.tsx";
import { useRefresh } from "./refresh.ts";

/** A correction that waits: somebody else confirms it or sends it back; who asked may only take it back. */
export function Asked({
  row,
  asked,
  moved,
  where,
  canDecide,
}: {
  row: Row;
  asked: NonNullable<Kept["asked"]>;
  moved: Kept["moved"];
  where: Where;
  canDecide: boolean;
}) {
  const refresh = useRefresh();
  const { message } = App.useApp();
  const [refusing, setRefusing] = useState(false);
  const [alone, setAlone] = useState(false);
  const others = moved.length;
  async function decide(accept: boolean, note?: string, along = true) {
    await api.decideCorrection({
      params: { code: row.code, correction: asked.id },
      body: { ...where, accept, along, ...(note ? { note } : {}) },
    });
    message.success(
      accept
        ? `已另立一版${along && others > 0 ? `，连同另外 ${others} 个地方` : ""}，原来的数仍在。`
        : asked.mine
          ? "已撤回。"
          : "已退回，冻结的数不变。",
    );
    refresh();
  }
  const confirming = useMutation({
    mutationFn: () => decide(true),
    onError: (e) => message.error(sentence(e)),
  });
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
      {others > 0 && (
        <div data-testid="moved">
          <p>按今天的台账，另有 {others} 个地方的这个数也变了；只更正一处，各乡镇相加就和全县对不上：</p>
          <ul className="plain-list tabular small">
            {moved.map((m) => (
              <li key={m.division}>
                {m.name} {figure(m.before, row.decimals)} → <b>{figure(m.value, row.decimals)}</b> {row.unit}
              </li>
            ))}
          </ul>
        </div>
      )}
      {asked.mine && <p className="quiet small">由另一位县级经办或局领导确认后，才另立一版。</p>}
      {canDecide && (
        <div className="row">
          {!asked.mine && (
            <Button
              type="primary"
              size="small"
              loading={confirming.isPending}
              onClick={() => confirming.mutate()}
              data-testid="confirm-correction"
            >
              {others > 0 ? `确认更正，连同这 ${others} 处` : "确认更正"}
            </Button>
          )}
          {!asked.mine && others > 0 && (
            <Button size="small" onClick={() => setAlone(true)} data-testid="confirm-alone">
              只确认这一处
            </Button>
          )}
          <Button size="small" onClick={() => setRefusing(true)} data-testid="refuse-correction">
            {asked.mine ? "撤回" : "退回"}
          </Button>
        </div>
      )}
      {alone && (
        <DrawerForm
          title="只更正这一处"
          verb="确认"
          intro={<p className="quiet">写给以后核对的人：各乡镇相加和全县为什么可以不等。</p>}
          fields={[
            { name: "note", label: "别的地方为什么不一起更正", type: "text", required: true, max: 300 },
          ]}
          close={() => setAlone(false)}
          send={async (v) => {
            await decide(true, String(v.note), false);
            setAlone(false);
          }}
        />
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
