import type { RosterLine } from "@wuxin/contract";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { App } from "antd";
import { useRef } from "react";
import { yuan } from "../../../kit/format.ts";
import { api } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { useRosterRefresh } from "./refresh.ts";
import type { Roster } from "./roster.tsx";

interface HoldProps {
  roster: Pick<Roster, "id">;
  line: RosterLine;
  release: boolean;
  close: () => void;
}
/** Holds one payment back, or lets it go with a reason. Either is kept in the trail. */
export function HoldDrawer({ roster, line, release, close }: HoldProps) {
  const refresh = useRosterRefresh(roster.id);
  const { message } = App.useApp();
  const id = useRef(newId());
  const verb = release ? "放行" : "暂缓";
  const fields: readonly Field[] = [
    {
      name: "reason",
      label: `${verb}${release ? "理由" : "原因"}`,
      type: "longtext",
      required: true,
      min: 2,
      max: 300,
    },
  ];
  return (
    <DrawerForm
      title={`${verb}一笔`}
      verb={verb}
      fields={fields}
      close={close}
      intro={
        <>
          <p>
            {line.payee} · {line.itemTitle} · {line.month} ·{" "}
            <b className="tabular">{yuan(line.amountFen)} 元</b>
          </p>
          {line.flags.map((f) => (
            <p key={f.rule} className="warning">
              {f.label}：{f.reason}
            </p>
          ))}
          <p className="quiet">
            {release ? "放行后列入发放；理由写入名册并留痕。" : "暂缓的笔次不计入本次发放，查清后可以放行。"}
          </p>
        </>
      }
      send={async (v) => {
        const params = { id: roster.id, lineId: line.id };
        const body = { id: id.current, reason: String(v.reason) };
        await (release ? api.releaseLine({ params, body }) : api.holdLine({ params, body }));
        refresh();
        message.success(`已${verb}。`);
        close();
      }}
    />
  );
}
