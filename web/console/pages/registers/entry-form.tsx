import { useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@wuxin/contract/client";
import type { Field } from "@wuxin/declare/fields";
import { App } from "antd";
import { useRef } from "react";
import { type Ask, api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import type { Register } from "./register.tsx";

type Body = NonNullable<Ask<"saveEntry">["body"]>;
interface Props {
  register: Register;
  id: string;
  entry?: Reply<"getEntry">;
  close: () => void;
  saved: (id: string) => void;
}
const REASON: Field = {
  name: "__reason",
  label: "修改原因",
  type: "text",
  max: 300,
  help: "写入经过，便于日后查考。",
};

/** New entry or change of one, rendered from the register's own fields. */
export function EntryForm({ register, id, entry, close, saved }: Props) {
  const d = register.definition;
  const queries = useQueryClient();
  const { message, modal } = App.useApp();
  const shown = ask("getEntry", { params: { register: register.definition.code, id } });
  /** As it was when the form was opened: what is read again behind it was not seen by whoever fills it in. */
  const seen = useRef(entry?.version ?? 0);
  const fields = entry ? [...d.fields, REASON] : d.fields;
  return (
    <DrawerForm
      title={entry ? `修改 · ${entry.texts[d.titleField] ?? d.title}` : `新建 · ${d.title}`}
      verb={entry ? "保存修改" : "新建"}
      columns={2}
      fields={fields}
      {...(entry ? { initial: entry.values } : {})}
      intro={
        register.limits.length > 0 && (
          <p className="quiet small">
            {register.limits.map((l) => `${l.parameter} ${l.text}（${l.document ?? "本县规定"}）`).join("；")}
          </p>
        )
      }
      close={close}
      send={async ({ __reason, ...values }) => {
        try {
          const next = await api.saveEntry({
            params: { register: d.code, id },
            body: {
              version: seen.current,
              values: values as Body["values"],
              ...(typeof __reason === "string" && __reason !== "" ? { reason: __reason } : {}),
            },
          });
          queries.setQueryData(shown.queryKey, next);
          for (const k of ["listEntries", "listRegisters", "listIndicators"])
            void queries.invalidateQueries({ queryKey: [k] });
          message.success(entry ? "已保存。" : "已新建。");
          if (next.flags.length > 0)
            modal.warning({ title: "已保存，请留意", content: next.flags.join("；"), okText: "知道了" });
          saved(id);
        } catch (e) {
          // The newest version is fetched, so that a second press saves over what was just shown.
          if (e instanceof ApiError && e.problem.code === "stale-version")
            seen.current = (await queries.fetchQuery({ ...shown, staleTime: 0 })).version;
          throw e;
        }
      }}
    />
  );
}
