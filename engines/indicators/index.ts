export type { DrillRows } from "./drill.ts";
export type { Ledger } from "./ledger.ts";
export { jumpPercent } from "./period.ts";
export {
  createIndicators,
  type IndicatorQuery,
  type IndicatorRow,
  type Indicators,
  type IndicatorsDeps,
  type WorkbenchFigure,
} from "./service.ts";
export { indicatorsActions, type SnapshotPage, type SpanFigure } from "./snapshots.ts";
