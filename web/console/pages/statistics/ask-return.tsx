/** What is asked before a figure is corrected or explained, a table given back or filled again. */
import { useNavigate } from "@tanstack/react-router";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { App } from "antd";
import { useRef } from "react";
import { api } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import type { Return } from "./return.tsx";

type Cell = Return["rows"][number]["cells"][number];
export type Asking =
  | { readonly kind: "correct" | "explain"; readonly cell: Cell; readonly label: string }
  /** `row` empty: 表号. */
  | { readonly kind: "code"; readonly row: string; readonly label: string; readonly code: string }
  | { readonly kind: "giveBack" | "reopen" };

const reason = (label: string): Field => ({
  ...{ name: "text", label, type: "longtext", required: true, min: 2, max: 500 },
});
const VALUE: Field = {
  ...{ name: "value", label: "改为", type: "text", max: 20 },
  help: "数字；留空就改回取数的结果。",
};

function formOf(a: Asking): { title: string; verb: string; intro: string; fields: Field[] } {
  switch (a.kind) {
    case "correct":
      return a.cell.value === null
        ? {
            ...{ title: `填写「${a.label}」`, verb: "填上" },
            intro: `${a.cell.byHand ?? "这一格台账取不出数"}。`,
            fields: [
              {
                ...{ name: "has", label: "有没有这个数", type: "choice", required: true },
                choices: [
                  { value: "yes", label: "填数" },
                  { value: "no", label: "无此项" },
                ],
              },
              {
                ...{ ...VALUE, label: "数", help: "数字。没有发生的填 0。", required: true },
                visible: { field: "has", is: "yes" },
              },
              {
                ...{ ...reason("出自哪份文件或报表"), min: 6, visible: { field: "has", is: "yes" } },
                help: "写明名称、文号或日期，负责人签字时要看。",
              },
              { ...reason("为什么没有此项"), name: "none", min: 4, visible: { field: "has", is: "no" } },
            ],
          }
        : {
            ...{ title: `更正「${a.label}」`, verb: "更正" },
            intro: "取数的结果仍留在旁边。能改台账的，请先改台账再重新取数。",
            fields: [VALUE, reason("为什么不用取数的结果")],
          };
    case "explain":
      return {
        ...{ title: `说明「${a.label}」的变动`, verb: "写上" },
        intro: `比上年同期变动 ${a.cell.jump ?? 0}%。写给看报表的人。`,
        fields: [reason("原因")],
      };
    case "code":
      return {
        ...{ title: a.row === "" ? "填写表号" : `填写「${a.label}」的代码`, verb: "填上" },
        intro:
          "照上级发的原件填。从那天起各期报表都用它，封存了的报表不变；填错了再填一次，以后填的为准，都有记录。",
        fields: [
          {
            ...{ name: "code", label: a.row === "" ? "表号" : "代码", type: "text", required: true, max: 30 },
            help: "字母、数字，例如 JZH0110。",
          },
          { name: "from", label: "从哪天起用", type: "date", required: true },
          {
            ...{ name: "text", label: "从哪份文件看到的", type: "text", required: true, min: 4, max: 200 },
          },
        ],
      };
    case "giveBack":
      return {
        ...{ title: "退回报表", verb: "退回" },
        intro: "退回后填报人可以更正，再签字。",
        fields: [reason("为什么退回")],
      };
    case "reopen":
      return {
        ...{ title: "重新填报一版", verb: "另填一版" },
        intro: "按今天的台账重新取数，另立一版；封存的旧版不删，仍可查看和导出。",
        fields: [reason("理由")],
      };
  }
}

interface AskProps {
  of: Return;
  asking: Asking;
  done: (next: Return) => void;
  close: () => void;
}
export function AskReturn({ of: r, asking, done, close }: AskProps) {
  const id = useRef(newId());
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { title, verb, intro, fields } = formOf(asking);
  return (
    <DrawerForm
      title={title}
      verb={verb}
      intro={<p className="quiet">{intro}</p>}
      fields={fields}
      initial={
        asking.kind === "code"
          ? { code: asking.code, from: `${r.period.slice(0, 4)}-01-01` }
          : asking.kind === "correct" && asking.cell.value === null
            ? { has: "yes" }
            : {}
      }
      close={close}
      send={async (v) => {
        const text = String(v.has === "no" ? v.none : v.text);
        const params = { id: r.id };
        if (asking.kind === "reopen") {
          const next = await api.reopenStatistic({ params, body: { id: id.current, reason: text } });
          await navigate({ to: "/statistics/$id", params: { id: next.id } });
          return;
        }
        if (asking.kind === "code") {
          const [code, from] = [String(v.code), String(v.from)];
          const body = { id: id.current, row: asking.row, code, from, source: text };
          done(await api.enterStatisticCode({ params, body }));
          close();
          return;
        }
        const typed = String((v.has === "no" ? null : v.value) ?? "")
          .replaceAll(",", "")
          .trim();
        const value = typed === "" ? null : Number(typed);
        if (Number.isNaN(value)) {
          message.error("「改为」要写数字，例如 1234 或 1234.50。");
          return false;
        }
        const act =
          asking.kind === "correct"
            ? { kind: asking.kind, cell: asking.cell.key, value, text }
            : asking.kind === "explain"
              ? { kind: asking.kind, cell: asking.cell.key, text }
              : { kind: asking.kind, text };
        done(await api.actOnStatistic({ params, body: { id: id.current, act } }));
        close();
      }}
    />
  );
}
