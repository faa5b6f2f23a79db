/** Places that a campaign checks: what an institution is told of its own, its self-check, and what it put right. */
import type { Field } from "@wuxin/declare";
import { institution, type Line, type PartyKind, type Told } from "@wuxin/engines/parties";
import {
  CHECK_RESULTS,
  entriesOf,
  type Matters,
  type Plans,
  type ResultKind,
  selfCheckOpen,
} from "@wuxin/engines/plans";
import { DomainError } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export const CAMPAIGN_PLACE = "campaign-place";
type Place = NonNullable<Awaited<ReturnType<Plans["places"]["of"]>>>;
type Found = Awaited<ReturnType<Matters["page"]>> & { readonly words: string };

/** Field names of an item; a name is a word of conditions, without hyphens. */
const resultOf = (item: string) => `r${item.replaceAll("-", "")}`;
const wordsOf = (item: string) => `w${item.replaceAll("-", "")}`;

export function placeKind(engines: () => { readonly plans: Plans; readonly matters: Matters }): PartyKind {
  const own = async (tx: Tx, stepId: string, party: string): Promise<Place | undefined> => {
    const place = await engines().plans.places.of(tx, stepId);
    return place && entriesOf(place.step).some((e) => institution(e.entryId) === party) ? place : undefined;
  };
  return {
    label: "专项行动",
    async tell(tx, stepId, party) {
      const place = await own(tx, stepId, party);
      if (!place) return undefined;
      const found: Found[] = [];
      for (const p of place.problems)
        found.push({ ...(await engines().matters.page(tx, p.matterId)), words: p.words });
      return toldOf(place, found, tx.actor.countyCode);
    },
    async take(tx, item, reply) {
      const { plans, matters } = engines();
      const place = await own(tx, item.subjectId, item.party);
      if (!place) throw new DomainError("action-not-allowed", "这一家已经不在检查范围里，请刷新页面。");
      const { id, data } = reply;
      if (reply.action === "self-check")
        return plans.places.selfChecked(tx, item.subjectId, { id, results: answersOf(place, data) });
      const problem = place.problems.find((p) => p.matterId === data.problem);
      if (!problem) throw new DomainError("not-found", "没有这个问题，请刷新页面。");
      const files = data.photos as readonly string[];
      await matters.rectified(tx, problem.matterId, { id, note: String(data.words), files });
    },
  };
}

function answersOf({ items }: Place, data: Readonly<Record<string, unknown>>) {
  return items.flatMap((i) => {
    const result = data[resultOf(i.id)];
    return result === undefined
      ? []
      : [{ item: i.id, result: result as ResultKind, words: String(data[wordsOf(i.id)] ?? "").trim() }];
  });
}

/** Waits for what is not put right and for the self-check; done once it was checked and all is settled. */
function toldOf(place: Place, found: readonly Found[], county: string): Told {
  const { plan, step, items } = place;
  const open = found.filter((m) => m.state === "open" && !m.rectified);
  const asksSelf = selfCheckOpen(place);
  const waits = open.length > 0 || (asksSelf && step.selfCheck === null);
  const settled = (step.checked !== null || place.closed) && found.every((m) => m.state === "closed");
  const standing = step.checked
    ? `${step.checked.on} 检查结果已核实`
    : step.done
      ? `${step.done.on} 已检查，等核实`
      : "还没有检查";
  return {
    title: plan.title,
    divisionCode: step.division ?? county,
    state: waits ? "waiting" : settled ? "done" : "shared",
    dueOn:
      open.length > 0 ? (open.map((m) => m.dueOn).sort()[0] ?? null) : asksSelf && waits ? step.due : null,
    purpose: "本机构做好这次专项行动的自查和整改",
    basis: `《${plan.title}》`,
    lines: [
      { label: "检查哪一家", text: step.title },
      { label: "起止日期", text: `${plan.startsOn} 至 ${plan.endsOn}` },
      { label: "检查期限", text: step.due },
      { label: "负责检查", text: step.owner },
      { label: "现在", text: standing },
    ],
    chapters: [
      { title: "发现的问题", lines: found.map(problemLine) },
      { title: "检查清单", lines: items.map((i, at) => ({ label: `第 ${at + 1} 项`, text: i.text })) },
    ],
    actions: [
      ...(open.length > 0
        ? [{ action: "rectified", label: "报告已整改", fields: rectifiedFields(open) }]
        : []),
      ...(asksSelf
        ? [
            {
              ...{ action: "self-check", label: "交自查", fields: selfFields(place) },
              note: "照实填写。自查不代替检查，检查人员会参照着看。",
            },
          ]
        : []),
    ],
  };
}

const problemLine = (m: Found): Line => ({
  label: m.title.split("：").at(-1) ?? m.title,
  text: [m.words, `限 ${m.dueOn} 前整改：${m.stateText}`, m.returned !== null && `复查退回：${m.returned}`]
    .filter(Boolean)
    .join("\n"),
});

const rectifiedFields = (open: readonly Found[]): Field[] => [
  {
    ...{ name: "problem", label: "哪个问题", type: "choice", required: true },
    choices: open.map((m) => ({ value: m.id, label: problemLine(m).label })),
    ...(open.length === 1 && open[0] ? { initial: open[0].id } : {}),
  },
  { name: "words", label: "怎么整改的", type: "longtext", required: true, min: 4 },
  { name: "photos", label: "整改后的照片", type: "file", required: true, min: 1, max: 9 },
];

/** As the township's own form asks. */
const CHOICES = Object.entries({ ...CHECK_RESULTS, problem: "有问题" }).map(([value, label]) => ({
  value,
  label,
}));

const selfFields = ({ items }: Place): Field[] =>
  items.flatMap((i): Field[] => [
    {
      ...{ name: resultOf(i.id), label: i.text, type: "choice", required: true },
      choices: CHOICES,
    },
    {
      ...{ name: wordsOf(i.id), label: `「${i.text}」有什么问题`, type: "text", required: true, min: 4 },
      visible: { field: resultOf(i.id), is: "problem" },
    },
  ]);
