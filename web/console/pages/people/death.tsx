import { useQueryClient } from "@tanstack/react-query";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { Alert, App } from "antd";
import { useRef } from "react";
import { yuan } from "../../../kit/format.ts";
import { api, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";

const FIELDS: readonly Field[] = [
  { name: "diedOn", label: "死亡日期", type: "date", required: true },
  {
    name: "source",
    label: "信息来源",
    type: "text",
    required: true,
    min: 2,
    max: 100,
    help: "如村（社区）报告、火化证明。",
  },
];

export function DeathDrawer({ person, close }: { person: Reply<"getPerson">; close: () => void }) {
  const queries = useQueryClient();
  const { modal } = App.useApp();
  const id = useRef(newId());
  return (
    <DrawerForm
      title="登记死亡"
      verb="登记死亡"
      danger
      intro={
        <Alert
          type="warning"
          showIcon
          title={`登记后，${person.name} 的个人待遇自次月起停发，家庭待遇转入复核。请先对照证件和证明，核对是不是这个人、是不是这一天；登错了要另一人确认才能更正。`}
        />
      }
      fields={FIELDS}
      close={close}
      send={async (v) => {
        const done = await api.reportDeath({
          params: { id: person.id },
          body: { id: id.current, diedOn: String(v.diedOn), source: String(v.source) },
        });
        await queries.invalidateQueries();
        close();
        modal.info({
          title: "已登记",
          okText: "知道了",
          content: (
            <div data-testid="death-result">
              {done.stopped.length === 0 ? (
                <p>没有需要停发的待遇。</p>
              ) : (
                done.stopped.map((s) => (
                  <p key={s.itemTitle}>
                    {s.itemTitle}：发放至 {s.lastMonth}
                  </p>
                ))
              )}
              {done.overpaidFen > 0 && (
                <p className="danger">已多发 {yuan(done.overpaidFen)} 元，列入追缴。</p>
              )}
            </div>
          ),
        });
      }}
    />
  );
}
