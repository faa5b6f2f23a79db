/** The first draft: the domains' words filled with figures, then the plan's targets, the unmet ones by name. Pure. */
import type { SummaryClause, SummaryPart } from "@wuxin/declare";
import { derivedId, type IsoDate } from "@wuxin/kernel";
import { WORDS } from "../aim.ts";
import type { TargetView } from "../views.ts";
import {
  type Content,
  changeWords,
  type Figure,
  type FigureSource,
  monthRead,
  type Paragraph,
  type Period,
  type Piece,
  type Reads,
  readingOf,
  type Section,
  timeWords,
  unitOf,
} from "./model.ts";
import { PLAN_COUNTS, type PlanStanding, planCount, standsAt, targetFigure } from "./targets.ts";

export interface Material {
  readonly id: string;
  readonly title: string;
  readonly period: Period;
  readonly division: string;
  readonly parts: readonly SummaryPart[];
  readonly reads: Reads;
  readonly plans: readonly PlanStanding[];
  /** The day up to which the plans were counted. */
  readonly on: IsoDate;
}
/** What a person still has to write; it is shown until it is gone. */
export const TO_WRITE = "【请写明原因和下一步】";

export function draftOf(m: Material): { content: Content; missing: string[] } {
  const figures: Record<string, Figure> = {};
  const missing = new Set<string>();
  const keep = (source: FigureSource, value: number, unit: string): Piece => {
    const id = derivedId(m.id, `figure:${Object.keys(figures).length}`);
    figures[id] = { id, value, unit, source };
    return { figure: id };
  };
  const sections: Section[] = [];
  const add = (heading: string, paragraphs: readonly Omit<Paragraph, "id">[]) => {
    const written = paragraphs.filter((p) => p.pieces.length > 0);
    if (written.length === 0) return;
    const n = sections.length;
    sections.push({
      ...{ id: derivedId(m.id, `section:${n}`), heading },
      paragraphs: written.map((p, k) => ({ ...p, id: derivedId(m.id, `section:${n}:${k}`) })),
    });
  };
  for (const part of m.parts)
    add(
      part.heading,
      part.paragraphs.map((p) => ({
        heading: p.heading,
        pieces: p.sentences.flatMap((s) => sentence(m, s, keep, missing)),
      })),
    );
  for (const plan of m.plans) add(`对照《${plan.title}》`, againstPlan(m, plan, keep));
  const unmet = m.plans.flatMap((p) => p.targets.filter((t) => standsAt(t, m.on) === "behind"));
  const uncounted = m.plans.flatMap((p) => p.targets.filter((t) => standsAt(t, m.on) === "uncounted"));
  add(
    "没有完成和进度滞后的目标",
    unmet.map((t) => named(m, t, keep)),
  );
  add(
    "还没有数的目标",
    uncounted.map((t) => named(m, t, keep)),
  );
  return { content: { title: m.title, sections, figures }, missing: [...missing] };
}

type Keep = (source: FigureSource, value: number, unit: string) => Piece;

function sentence(m: Material, clauses: readonly SummaryClause[], keep: Keep, missing: Set<string>): Piece[] {
  const written: Piece[][] = [];
  let counted = false;
  for (const clause of clauses) {
    const pieces: Piece[] = [];
    let known = true;
    for (const token of clause) {
      if (typeof token === "string") pieces.push(token);
      else if ("time" in token) pieces.push(timeWords(m.period, token.time));
      else {
        const read = m.reads.now.get(token.code);
        const value = readingOf(m.reads, token.code, token.of);
        if (value === null || !read) {
          known = false;
          if (token.of === "value") missing.add(read?.name ?? token.code);
          continue;
        }
        const months = (token.of === "last" ? m.reads.last.get(token.code) : read)?.months ?? [];
        const source: FigureSource = {
          ...{ from: "indicator", code: token.code, name: read.name, of: token.of },
          ...{ since: m.period.since, until: m.period.until, division: m.division },
          months: months.map(monthRead),
        };
        const unit = unitOf(read.unit, token.of);
        if (token.of !== "change") pieces.push(keep(source, value, unit));
        else if (value === 0) pieces.push("与上年同期持平");
        else pieces.push(changeWords(value, unit), keep(source, value, unit));
        counted = true;
      }
    }
    if (known && pieces.length > 0) written.push(pieces);
  }
  if (!counted) return [];
  return joined(written);
}

/** Clauses with commas between them and a stop at the end; neighbouring words become one piece. */
function joined(clauses: readonly (readonly Piece[])[]): Piece[] {
  const flat = clauses.flatMap((c, n) => [...c, n === clauses.length - 1 ? "。" : "，"]);
  const out: Piece[] = [];
  for (const p of flat) {
    const before = out.at(-1);
    if (typeof p === "string" && typeof before === "string") out[out.length - 1] = before + p;
    else out.push(p);
  }
  return out;
}

function againstPlan(m: Material, plan: PlanStanding, keep: Keep): Omit<Paragraph, "id">[] {
  const counts = PLAN_COUNTS.flatMap(([of, words]) => {
    const value = planCount(plan, of, m.period, m.on);
    if (value === 0) return [];
    const source: FigureSource = { from: "plan", planId: plan.id, name: words, of, on: m.on };
    return [[words, keep(source, value, ["urged", "praised", "criticised"].includes(of) ? "次" : "项")]];
  });
  const at = (which: "met" | "going") =>
    plan.targets.filter((t) => standsAt(t, m.on) === which).flatMap((t) => joined([course(m, t, keep)]));
  return [
    { heading: "总体情况", pieces: joined(counts) },
    { heading: "已经完成的目标", pieces: at("met") },
    { heading: "按进度推进的目标", pieces: at("going") },
  ];
}

/** An unmet target stands in a paragraph of its own; the reason is a person's to write. */
function named(m: Material, t: TargetView, keep: Keep): Omit<Paragraph, "id"> {
  const owner = t.owner ? `责任单位：${t.owner}。` : "";
  return { heading: "", pieces: [...joined([course(m, t, keep)]), `${owner}${TO_WRITE}`] };
}

/** The gap before the share: a reader takes the target for what both are about. */
function course(m: Material, t: TargetView, keep: Keep): Piece[] {
  const put = (words: string, of: "aim" | "now" | "percent" | "gap"): Piece[] => {
    const f = targetFigure(t, of);
    if (!f) return [];
    const source: FigureSource = {
      ...{ from: "target", planId: t.planId, targetId: t.id, name: t.object, of, on: m.on },
    };
    return [words, keep(source, f.value, f.unit)];
  };
  const words = `${t.object}目标${WORDS[t.comparator].trim()}`;
  const aim = put(words, "aim");
  const start: Piece[] = aim.length > 0 ? aim : [words];
  const now = put(targetFigure(t, "now")?.unit === "%" ? "，已达到" : "，已完成", "now");
  if (now.length === 0) return [...start, "，还没有台账或经确认的佐证"];
  return [...start, ...now, ...put("，还差", "gap"), ...put("，完成率", "percent")];
}
