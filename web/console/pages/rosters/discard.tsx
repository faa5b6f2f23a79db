import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { Alert, App, Button } from "antd";
import { useRef, useState } from "react";
import { api } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { useRosterRefresh } from "./refresh.ts";
import type { Roster } from "./roster.tsx";

const FIELDS: readonly Field[] = [
  { name: "reason", label: "作废原因", type: "longtext", required: true, min: 2, max: 300 },
];

export function Discard({ roster }: { roster: Roster }) {
  const refresh = useRosterRefresh(roster.id);
  const { message } = App.useApp();
  const id = useRef(newId());
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button danger onClick={() => setOpen(true)} data-testid="discard-roster">
        作废
      </Button>
      {open && (
        <DrawerForm
          title="作废名册"
          verb="作废"
          danger
          fields={FIELDS}
          intro={
            <Alert
              type="warning"
              showIcon
              title="作废后不能恢复，已有的签字一并失效；可以重新生成本月名册。"
            />
          }
          close={() => setOpen(false)}
          send={async (v) => {
            refresh(
              await api.discardRoster({
                params: { id: roster.id },
                body: { id: id.current, reason: String(v.reason) },
              }),
            );
            message.success("名册已作废。");
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
