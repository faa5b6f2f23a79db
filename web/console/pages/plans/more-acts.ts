/** What is asked when a plan is given out in steps or split into years. */
import type { Field } from "@wuxin/declare/fields";
import { newId } from "@wuxin/kernel";
import {
  type Act,
  type Answers,
  type Asked,
  type Doing,
  type DoingKind,
  note,
  number,
  parsed,
} from "./act.tsx";
import type { Plan, Target } from "./light.tsx";

export function splitAsked(target: Target | null): Asked {
  const years = target?.yearly ?? [];
  return {
    ...{ title: "分到各年", verb: "分到各年" },
    fields: [
      {
        ...{ name: "by", label: "怎样分", type: "choice", required: true },
        choices: [
          { value: "parts", label: "每年完成多少（加起来等于目标）" },
          { value: "levels", label: "每年末达到多少（最后一年等于目标）" },
        ],
        help: `目标：${target?.aimText ?? ""}`,
      },
      ...years.map((y) => number(`y${y.year}`, `${y.year} 年`, { required: true })),
    ],
    initial: {
      by: target?.yearlyBy === "parts" ? "parts" : "levels",
      ...Object.fromEntries(years.map((y) => [`y${y.year}`, String(y.value)])),
    },
    act: (v) => ({
      ...{ kind: "split", by: v.by === "parts" ? "parts" : "levels" },
      values: years.map((y) => parsed(v[`y${y.year}`]) ?? Number.NaN),
    }),
  };
}

/** Every line as heavy as the others to begin with; what is left over goes to the last. */
export function weighedAsked(plan: Plan): Asked {
  const even = Math.floor(10_000 / plan.rows.length) / 100;
  const rest = Math.round((100 - even * (plan.rows.length - 1)) * 100) / 100;
  const given = plan.weighing?.given ?? false;
  return {
    ...{ title: "定权重", verb: "确定权重", whole: true },
    fields: [
      ...plan.rows.map((t) =>
        number(`w${t.id}`, t.object, { required: true, help: `${t.aimText}；百分之几。` }),
      ),
      { ...note("为什么这样定"), help: "各条加起来应是 100。" },
    ],
    initial: Object.fromEntries(
      plan.rows.map((t, n) => [
        `w${t.id}`,
        String(given ? t.weight : n === plan.rows.length - 1 ? rest : even),
      ]),
    ),
    act: (v) => ({
      ...{ kind: "weighed", note: String(v.note) },
      weights: plan.rows.map((t) => ({ targetId: t.id, weight: parsed(v[`w${t.id}`]) ?? Number.NaN })),
    }),
  };
}

type StepKind = Extract<DoingKind, `step${string}`>;

export function stepAsked(plan: Plan, kind: StepKind, { step, target }: Doing): Asked {
  const of = step?.id ?? "";
  const title = step?.title ?? "";
  switch (kind) {
    case "step":
      return {
        ...{
          title: target ? `交办：${target.object}` : "交办一项",
          verb: "交办",
          fields: fields(target),
        },
        initial: {
          ...{ step: "measure", owner: target?.owner ?? "" },
          due: target?.due ?? plan.endsOn ?? `${plan.untilYear}-12-31`,
        },
        act: given,
        whole: true,
      };
    case "step-done": {
      const items = step?.step === "check" ? (plan.campaign?.checklist ?? []) : [];
      return {
        ...{ title: `报告完成：${title}`, verb: "报告完成", whole: true },
        fields: [
          ...items.flatMap(itemFields),
          note("做了什么，有什么凭据"),
          photos("photos", "现场照片", 20),
        ],
        act: (v) => ({
          ...{ kind, step: of, note: String(v.note), photos: filesOf(v.photos) },
          ...(items.length > 0 ? { results: items.map((i) => resultOf(i.id, v)) } : {}),
        }),
      };
    }
    case "step-returned":
      return {
        ...{ title: `退回：${title}`, verb: "退回", fields: [note("为什么退回")], whole: true },
        act: (v) => ({ kind, step: of, note: String(v.note) }),
      };
    case "step-checked":
      return {
        ...{ title: `核实完成：${title}`, verb: "核实", fields: [], whole: true },
        act: () => ({ kind, step: of }),
      };
    default:
      return {
        ...{ title: `撤销：${title}`, verb: "撤销", fields: [], whole: true },
        act: () => ({ kind: "step-dropped", step: of }),
      };
  }
}

const photos = (name: string, label: string, max: number, visible?: Field["visible"]): Field => ({
  ...{ name, label, type: "file", max },
  ...(visible ? { visible } : {}),
});
const filesOf = (v: unknown): string[] => (Array.isArray(v) ? v.map(String) : []);

type CheckItem = NonNullable<Plan["campaign"]>["checklist"][number];
function itemFields({ id, text }: CheckItem): Field[] {
  const wrong = { field: `r${id}`, is: "problem" };
  return [
    {
      ...{ name: `r${id}`, label: text, type: "choice", required: true },
      choices: [
        { value: "good", label: "合格" },
        { value: "problem", label: "有问题" },
        { value: "na", label: "不适用" },
      ],
    },
    {
      ...{ name: `w${id}`, label: `「${text}」是什么问题`, type: "text", min: 4, max: 500 },
      ...{ visible: wrong, required: wrong },
    },
    {
      ...{ name: `d${id}`, label: "整改期限", type: "date", allowFuture: true },
      ...{ visible: wrong, required: wrong, help: "报告以后就是一件督办事项，到这一天没有整改逐级上报。" },
    },
    photos(`p${id}`, "问题照片", 10, wrong),
  ];
}
function resultOf(item: string, v: Answers) {
  const result = v[`r${item}`] as "good" | "problem" | "na";
  const wrong = result === "problem";
  return {
    item,
    result,
    words: wrong ? String(v[`w${item}`]) : "",
    due: wrong ? String(v[`d${item}`]) : null,
    ...(wrong ? { photos: filesOf(v[`p${item}`]) } : {}),
  };
}

/** One item a line; what is there already keeps its place in the results. */
export function checklistAsked(plan: Plan): Asked {
  const before = plan.campaign?.checklist ?? [];
  const ids = new Map(before.map((i) => [i.text, i.id]));
  return {
    ...{ title: "检查清单", verb: "定下清单", whole: true },
    fields: [
      {
        ...{ name: "items", label: "检查内容，一行一项", type: "longtext", required: true, max: 4000 },
        help: "已经有机构填了结果的，只能增加，不能改。",
      },
    ],
    initial: { items: before.map((i) => i.text).join("\n") },
    act: (v) => ({
      kind: "checklist",
      items: String(v.items)
        .split("\n")
        .map((t) => t.trim())
        .filter((t) => t !== "")
        .map((text) => ({ id: ids.get(text) ?? newId(), text })),
    }),
  };
}

const given = (v: Answers): Act => ({
  ...{ kind: "step", step: v.step as "measure", title: String(v.title), owner: String(v.owner) },
  ...{ division: v.division ? String(v.division).slice(0, 9) : null, due: String(v.due) },
  quantity: parsed(v.quantity),
});

const fields = (target: Target | null): Field[] => [
  {
    ...{ name: "step", label: "是什么", type: "choice", required: true },
    choices: [
      { value: "measure", label: "措施" },
      { value: "milestone", label: "节点" },
    ],
  },
  { name: "title", label: "做什么", type: "text", required: true, max: 200 },
  { name: "owner", label: "责任股室或责任人", type: "text", required: true, max: 100 },
  { name: "division", label: "交给哪个乡镇（街道）", type: "division", help: "不填就是县级自己办。" },
  ...(target?.livelihood.countable
    ? [number("quantity", `承担多少（${target.unit}）`, { help: "不分数量的不填。" })]
    : []),
  { name: "due", label: "期限", type: "date", required: true, allowFuture: true },
];
