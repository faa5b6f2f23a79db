/**
 * Kinds of help (帮扶措施) that departments give a household whose risk was found, as `<domain>/measures.ts` declares them; and
 * what a look afterwards (回访) says of the risk.
 */

/** 事前预防、事中救助、事后保障. */
export const MEASURE_STAGES = { before: "事前预防", during: "事中救助", after: "事后保障" } as const;
export type MeasureStage = keyof typeof MEASURE_STAGES;

/** 回访 asks `risk` by these words. */
export const RISKS = { removed: "已消除", remains: "仍在", worse: "加重了" } as const;
export type Risk = keyof typeof RISKS;

export interface MeasureKind {
  readonly code: string;
  readonly label: string;
  readonly stage: MeasureStage;
  /** Who usually gives it, by the code of `departments.yaml`; another may be chosen or written in. */
  readonly department: string;
  /** Money has an amount; a service is told in words. */
  readonly gives: "money" | "service";
}

export const defineMeasures = (kinds: readonly MeasureKind[]): readonly MeasureKind[] => kinds;
