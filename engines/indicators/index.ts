export type { DrillRows } from "./drill.ts";
export {
  createIndicators,
  type IndicatorQuery,
  type IndicatorRow,
  type Indicators,
  type IndicatorsDeps,
  type WorkbenchFigure,
} from "./service.ts";
export { indicatorsActions, type SnapshotPage, type SpanFigure } from "./snapshots.ts";
