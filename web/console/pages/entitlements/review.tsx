import { useQueryClient } from "@tanstack/react-query";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { App } from "antd";
import { useRef } from "react";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";

type Body = NonNullable<Ask<"recordReview">["body"]>;
const FIELDS: readonly Field[] = [
  {
    name: "method",
    label: "方式",
    type: "choice",
    required: true,
    choices: [
      { value: "home-visit", label: "入户" },
      { value: "video", label: "视频" },
      { value: "data-match", label: "数据比对" },
      { value: "office", label: "到窗口" },
    ],
  },
  {
    name: "result",
    label: "结果",
    type: "choice",
    required: true,
    choices: [
      { value: "continue", label: "符合，继续享受" },
      { value: "recheck", label: "情况有变，重新核定" },
      { value: "stop", label: "不再符合，停发" },
    ],
  },
  { name: "on", label: "日期", type: "date", required: true },
  {
    name: "note",
    label: "说明",
    type: "longtext",
    max: 500,
    required: { field: "result", isNot: "continue" },
    help: "情况有变或停发时请写明看到了什么。",
  },
];

export function ReviewDrawer({ of: e, close }: { of: Reply<"getEntitlement">; close: () => void }) {
  const queries = useQueryClient();
  const today = useToday();
  const { message } = App.useApp();
  const id = useRef(newId());
  return (
    <DrawerForm
      title={`登记${e.reviewLabel}`}
      verb="登记"
      intro={
        <p className="quiet">
          {e.payee} · {e.itemTitle} · 每月 {e.persons} 人
        </p>
      }
      fields={FIELDS}
      initial={{ on: today }}
      close={close}
      send={async (v) => {
        const next = await api.recordReview({
          params: { id: e.id },
          body: {
            id: id.current,
            method: v.method as Body["method"],
            result: v.result as Body["result"],
            on: String(v.on),
            note: String(v.note ?? ""),
          },
        });
        queries.setQueryData(ask("getEntitlement", { params: { id: e.id } }).queryKey, next);
        void queries.invalidateQueries({ queryKey: ["listEntitlements"] });
        void queries.invalidateQueries({ queryKey: ["workbench"] });
        message.success("已登记。");
        close();
      }}
    />
  );
}
