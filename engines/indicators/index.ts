export type { Board, BoardFigure, BoardJump } from "./board.ts";
export type { DrillRows } from "./drill.ts";
export { firstMonth, type Ledger, lastMonth } from "./ledger.ts";
export { columns, flag, NO_NUMBERS, ofMonth, plain, text, where } from "./ledger-parts.ts";
export { jumpPercent } from "./period.ts";
export type { IndicatorQuery } from "./query.ts";
export {
  createIndicators,
  type IndicatorRow,
  type Indicators,
  type IndicatorsDeps,
  type WorkbenchFigure,
} from "./service.ts";
export { indicatorsActions, type SnapshotPage, type SpanFigure } from "./snapshots.ts";
export { householdsToJudge } from "./to-judge.ts";
