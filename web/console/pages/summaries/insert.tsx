/** A new figure in the text: which indicator, of where and when, and at the end of which paragraph. It is read, never typed. */
import { newId } from "@wuxin/kernel";
import { App } from "antd";
import { useRef } from "react";
import { api } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import type { Paragraph, Summary } from "./words.ts";

const SHOWN = 16;
const startOf = (p: Paragraph): string =>
  p.heading ||
  `${p.pieces
    .filter((x) => typeof x === "string")
    .join("")
    .slice(0, SHOWN)}…`;

interface Props {
  summary: Summary;
  shown: (next: Summary) => void;
  close: () => void;
}
export function InsertFigure({ summary: s, shown, close }: Props) {
  const { message } = App.useApp();
  const today = useToday();
  const id = useRef(newId());
  const last = [s.until, today.slice(0, 7)].sort()[0];
  const month = { type: "text", required: true, pattern: "^\\d{4}-\\d{2}$", help: "例如 2026-05。" } as const;
  return (
    <DrawerForm
      title="插入指标数"
      verb="插入"
      intro={
        <p className="quiet">
          数从指标取来，带着来源；导出前和别的数一样再核对。插入以后可以在「修改文字」里移动。
        </p>
      }
      fields={[
        {
          ...{ name: "code", label: "指标", type: "choice", required: true },
          choices: s.indicators.map((i) => ({ value: i.code, label: `${i.name}（${i.unit}）` })),
        },
        { name: "division", label: "乡镇（街道），全县的不填", type: "division" },
        { name: "since", label: "从哪个月", ...month },
        { name: "until", label: "到哪个月", ...month },
        {
          ...{ name: "paragraph", label: "放在哪一段的末尾", type: "choice", required: true },
          choices: s.sections.flatMap((x) =>
            x.paragraphs.map((p) => ({ value: p.id, label: `${x.heading} · ${startOf(p)}` })),
          ),
        },
      ]}
      initial={{ since: s.since, until: last ?? s.until }}
      close={close}
      send={async (v) => {
        shown(
          await api.insertSummaryFigure({
            params: { id: s.id },
            body: {
              ...{ id: id.current, version: s.version, paragraph: String(v.paragraph), code: String(v.code) },
              ...(v.division ? { division: String(v.division) } : {}),
              ...{ since: String(v.since), until: String(v.until) },
            },
          }),
        );
        message.success("已插入，来源看右边。");
        close();
      }}
    />
  );
}
