/** The report of an assessment as a first draft: figures with their sources, and the words that people gave. Pure. */
import { derivedId } from "@wuxin/kernel";
import type { Content as Document, Figure, Paragraph, Piece, Section } from "../summary/model.ts";
import { ASSESSED_WORDS, type AssessedOf, assessedFigure } from "./figures.ts";
import {
  ASSESSMENTS,
  type AssessmentKind,
  asksWords,
  type Content,
  GRADE_LABELS,
  GRADES,
  type Line,
} from "./model.ts";
import type { AdjustmentRecord, WordRecord } from "./store.ts";

export interface Material {
  /** Of the document. */
  readonly id: string;
  readonly assessment: { readonly id: string; readonly kind: AssessmentKind; readonly asOf: string };
  readonly plan: { readonly id: string; readonly title: string };
  readonly content: Content;
  readonly words: readonly WordRecord[];
  readonly adjustments: readonly AdjustmentRecord[];
}
type Words = Omit<Paragraph, "id">;

export function draftOf(m: Material): Document {
  const figures: Record<string, Figure> = {};
  const { lines } = m.content;
  const labels = GRADE_LABELS[m.assessment.kind];
  const put = (of: AssessedOf, line: Line | null): Piece[] => {
    const read = assessedFigure(m.content, m.adjustments, line?.targetId ?? null, of);
    if (!read) return [];
    const id = derivedId(m.id, `figure:${Object.keys(figures).length}`);
    figures[id] = {
      ...{ id, ...read },
      source: {
        ...{
          from: "assessment",
          planId: m.plan.id,
          assessmentId: m.assessment.id,
          of,
          on: m.assessment.asOf,
        },
        ...{ targetId: line?.targetId ?? null, name: line?.object ?? ASSESSED_WORDS[of] ?? "" },
        months: of === "reached" && line?.source?.from === "indicator" ? line.source.months : [],
      },
    };
    return [{ figure: id }];
  };
  const said = (words: string, of: AssessedOf, line: Line | null): Piece[] => {
    const figure = put(of, line);
    return figure.length > 0 ? [words, ...figure] : [];
  };
  const course = (l: Line): Piece[] => [
    ...(l.value === null ? [`${l.object}${l.aimText}`] : said(`${l.object}目标`, "aim", l)),
    ...said("，权重", "weight", l),
    ...said("，按规划应达到", "planned", l),
    ...(l.reached === null ? ["，还没有台账或经确认的佐证"] : said("，实际达到", "reached", l)),
    ...said("，完成率", "reachedPercent", l),
    `，${labels[l.grade]}。`,
  ];
  const of = (grade: Line["grade"]): Words[] => {
    const own = lines.filter((l) => l.grade === grade);
    return own.length === 0 ? [] : [{ heading: labels[grade], pieces: own.flatMap(course) }];
  };
  const behind = (l: Line): Words => {
    const w = m.words.find((x) => x.targetId === l.targetId);
    return { heading: "", pieces: [...course(l), `原因：${stop(w?.why)}措施：${stop(w?.measures)}`] };
  };
  const adjusted = [...new Set(m.adjustments.filter((a) => a.agreed === true).map((a) => a.targetId))];
  const change = (targetId: string): Words => {
    const l = lines.find((x) => x.targetId === targetId) as Line;
    const last = m.adjustments.findLast(
      (a) => a.targetId === targetId && a.agreed === true,
    ) as AdjustmentRecord;
    const due = last.due === last.dueBefore ? "" : `，期限由${last.dueBefore}调整为${last.due}`;
    const moved =
      last.value === last.valueBefore ? [] : [...said("由", "before", l), ...said("调整为", "after", l)];
    return {
      heading: "",
      pieces: [`${l.object}目标`, ...moved, `${due}。理由：${stop(last.reason)}`],
    };
  };
  const grades = GRADES.filter((g) => lines.some((l) => l.grade === g));
  const sections: readonly (readonly [string, readonly Words[]])[] = [
    [
      "总体情况",
      [
        {
          heading: "",
          pieces: [
            `评估截至${m.assessment.asOf}，规划共有目标`,
            ...put("lines", null),
            ...said("；按各条的权重计算，实际进度", "progress", null),
            ...said("，按规划应有进度", "plannedProgress", null),
            ...said("，已完成目标的权重合计", "done", null),
            "。",
          ],
        },
        {
          heading: "",
          pieces: [
            ...grades.flatMap((g, n) => [
              `${n === 0 ? "其中" : "，"}${labels[g]}`,
              ...put(`grade-${g}`, null),
            ]),
            "。",
          ],
        },
      ],
    ],
    ["各项目标的进展", (["reached", "on", "near"] as const).flatMap(of)],
    ["滞后的目标、原因和措施", lines.filter((l) => asksWords(l.grade)).map(behind)],
    ["目标调整", adjusted.map(change)],
  ];
  return {
    title: `《${m.plan.title}》${ASSESSMENTS[m.assessment.kind]}报告`,
    figures,
    sections: sections
      .filter(([, paragraphs]) => paragraphs.length > 0)
      .map(
        ([heading, paragraphs], n): Section => ({
          ...{ id: derivedId(m.id, `section:${n}`), heading },
          paragraphs: paragraphs.map((p, k) => ({ ...p, id: derivedId(m.id, `section:${n}:${k}`) })),
        }),
      ),
  };
}
const stop = (text = ""): string => (/[。！？]$/.test(text) ? text : `${text}。`);
