/** What is asked before something is done about a target. */
import { useQueryClient } from "@tanstack/react-query";
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import { App } from "antd";
import { useRef } from "react";
import { type Ask, api } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { type EvidenceDoing, evidenceAsked, isEvidence, qualityAsked } from "./evidence-asked.ts";
import type { Plan, Target } from "./light.tsx";
import { checklistAsked, splitAsked, stepAsked, weighedAsked } from "./more-acts.ts";

export type Act = Ask<"actOnPlan">["body"]["act"];
export type DoingKind = Act["kind"] | EvidenceDoing;
export interface Doing {
  readonly kind: DoingKind;
  /** Null: a target that the reading missed. */
  readonly target: Target | null;
  readonly indicator?: string;
  /** Of what was given out. */
  readonly step?: Plan["steps"][number];
}
export type Answers = Readonly<Record<string, unknown>>;

const COMPARE = [
  [">=", "不少于"],
  ["=", "等于"],
  ["<=", "不超过"],
  [">", "多于"],
  ["<", "少于"],
  ["full", "全覆盖"],
  ["rising", "稳中有升（比上年末）"],
  ["falling", "下降（比上年末）"],
  ["zero", "为零"],
].map(([value = "", label = ""]) => ({ value, label }));
const NUMBERED = { any: [">=", "=", "<=", ">", "<"].map((is) => ({ field: "comparator", is })) };
export const number = (name: string, label: string, more: Partial<Field> = {}): Field => ({
  ...{ name, label, type: "text", max: 20, help: "数字，可以有小数。" },
  ...more,
});
export const note = (label: string): Field => ({
  name: "note",
  label,
  type: "longtext",
  required: true,
  min: 4,
  max: 2000,
});
const AIM: readonly Field[] = [
  { name: "object", label: "目标是什么", type: "text", required: true, max: 200 },
  { name: "comparator", label: "要求", type: "choice", required: true, choices: COMPARE },
  number("value", "数值", { visible: NUMBERED, required: NUMBERED }),
  { name: "unit", label: "单位", type: "text", max: 20 },
  number("from", "原来的数", { help: "文件写明从多少提高的，填原来的数。" }),
  { name: "due", label: "期限", type: "date", required: true, allowFuture: true },
];
export const parsed = (v: unknown): number | null => {
  const text = String(v ?? "")
    .replaceAll(",", "")
    .trim();
  return text === "" ? null : Number(text);
};
const aimOf = (v: Answers) => ({
  object: String(v.object),
  comparator: v.comparator as NonNullable<Target["comparator"]>,
  value: parsed(v.value),
  unit: String(v.unit ?? ""),
  from: parsed(v.from),
  due: String(v.due),
});

export interface Asked {
  readonly title: string;
  readonly verb: string;
  readonly fields: readonly Field[];
  readonly initial?: Answers;
  readonly act: (v: Answers) => Act;
  /** Of the plan as a whole when no target is chosen. */
  readonly whole?: boolean;
}

function asked(plan: Plan, doing: Doing): Asked {
  const { kind, target, indicator } = doing;
  const simple = (title: string, verb: string, label: string): Asked => ({
    ...{ title, verb, fields: [note(label)] },
    act: (v) => ({ kind, note: String(v.note) }) as Act,
  });
  switch (kind) {
    case "added":
      return {
        ...{ title: "补一条目标", verb: "补录", fields: AIM },
        initial: { comparator: ">=", due: `${plan.untilYear}-12-31` },
        act: (v) => ({ kind, aim: aimOf(v) }),
      };
    case "corrected":
      return {
        ...{ title: "更正目标", verb: "更正", fields: AIM },
        initial: {
          ...{ object: target?.object, comparator: target?.comparator, unit: target?.unit, due: target?.due },
          ...{ value: target?.value?.toString() ?? "", from: target?.from?.toString() ?? "" },
        },
        act: (v) => ({ kind, aim: aimOf(v) }),
      };
    case "bound":
      return {
        ...{ title: "用指标计数", verb: "确认" },
        fields: [
          {
            ...{ name: "indicator", label: "指标", type: "choice", required: true },
            choices: plan.indicators.map((i) => ({
              value: i.code,
              label: `${i.name}（${i.unit}，${i.owner}）`,
            })),
            help: "确认后这条目标的灯由台账算出。",
          },
        ],
        initial: { indicator: indicator ?? "" },
        act: (v) => ({ kind, indicator: String(v.indicator) }),
      };
    case "owner":
      return {
        ...{ title: "定责任", verb: "确定" },
        fields: [{ name: "owner", label: "责任股室或责任人", type: "text", required: true, max: 100 }],
        initial: { owner: target?.owner ?? "" },
        act: (v) => ({ kind, owner: String(v.owner) }),
      };
    case "urged":
      return {
        ...{ title: "督办", verb: "发出督办" },
        fields: [
          { name: "until", label: "答复期限", type: "date", required: true, allowFuture: true },
          note("督办事项"),
        ],
        act: (v) => ({ kind, until: String(v.until), note: String(v.note) }),
      };
    case "merged":
      return {
        ...{ title: "并入另一条", verb: "合并" },
        fields: [
          {
            ...{ name: "into", label: "并入", type: "choice", required: true },
            choices: plan.rows
              .filter((t) => t.id !== target?.id)
              .map((t) => ({ value: t.id, label: `${t.object} ${t.aimText}` })),
            help: "两处说的是同一件事时合并，两处出处都保留。",
          },
        ],
        act: (v) => ({ kind, into: String(v.into) }),
      };
    case "serves":
      return {
        ...{ title: "对应五年规划", verb: "对应" },
        fields: [
          {
            ...{ name: "into", label: "五年规划里的目标", type: "choice", required: true },
            choices: plan.longer.map((t) => ({ value: t.id, label: t.text })),
          },
        ],
        initial: { into: target?.serves ?? "" },
        act: (v) => ({ kind, into: String(v.into) }),
      };
    case "quality":
      return qualityAsked(target);
    case "checklist":
      return checklistAsked(plan);
    case "weighed":
      return weighedAsked(plan);
    case "split":
      return splitAsked(target);
    case "step":
    case "step-done":
    case "step-checked":
    case "step-returned":
    case "step-dropped":
      return stepAsked(plan, kind, doing);
    case "closed":
      return {
        ...{ title: "专项行动总结", verb: "写总结", fields: [note("总结")] },
        ...{ initial: { note: plan.campaign?.draft ?? "" }, whole: true },
        act: (v) => ({ kind, note: String(v.note) }),
      };
    case "public":
      return {
        ...{ title: target?.public ? "不再公开" : "列为民生实事", verb: "确定", fields: [] },
        act: () => ({ kind, shown: !target?.public }),
      };
    case "reported":
      return simple("报告进展", "报告", "进展和下一步");
    case "returned":
      return simple("退回重报", "退回", "为什么退回");
    case "praised":
      return simple("表扬", "表扬", "表扬什么");
    case "criticised":
      return simple("批评", "批评", "为什么批评");
    case "accepted":
      return { ...{ title: "认可答复", verb: "认可", fields: [] }, act: () => ({ kind }) };
    case "unbound":
      return { ...{ title: "解除指标", verb: "解除", fields: [] }, act: () => ({ kind }) };
    default:
      return {
        ...{ title: "删去这条目标", verb: "删去" },
        fields: [{ name: "note", label: "为什么不是目标", type: "longtext", max: 500 }],
        act: (v) => ({ kind: "dropped", note: String(v.note ?? "") }),
      };
  }
}

export function ActDrawer({ plan, doing, close }: { plan: Plan; doing: Doing; close: () => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const today = useToday();
  const id = useRef(newId());
  const done = (text: string) => {
    void queries.invalidateQueries({ queryKey: ["getPlan"] });
    void queries.invalidateQueries({ queryKey: ["listPlans"] });
    message.success(text);
    close();
  };
  if (isEvidence(doing.kind)) {
    const e = evidenceAsked(doing.kind, doing.target);
    return (
      <DrawerForm
        title={e.title}
        verb="填报"
        fields={[...e.fields]}
        initial={{ asOf: today }}
        close={close}
        send={async (v) => {
          await api.givePlanEvidence({
            params: { id: plan.id },
            body: {
              ...{ id: id.current, targetId: doing.target?.id ?? "", asOf: String(v.asOf), kind: e.kind },
              ...{ value: parsed(v.value) ?? Number.NaN, words: String(v.words), asked: parsed(v.asked) },
              division: v.division ? String(v.division).slice(0, 9) : null,
              files: Array.isArray(v.files) ? (v.files as string[]) : [],
            },
          });
          done("已填报，请另一个人确认。");
        }}
      />
    );
  }
  const a = asked(plan, doing);
  return (
    <DrawerForm
      title={a.title}
      verb={a.verb}
      fields={[...a.fields]}
      initial={(a.initial ?? {}) as Record<string, string>}
      close={close}
      send={async (v) => {
        await api.actOnPlan({
          params: { id: plan.id },
          body: {
            id: id.current,
            targetId: doing.target?.id ?? (a.whole ? plan.id : newId()),
            act: a.act(v),
          },
        });
        done(`已${a.verb}。`);
      }}
    />
  );
}
