/** Statutory tables (统计报表): counted from the catalogue's indicators, checked, signed by two, sealed, taken out. */
export type { ReturnAct } from "./acting.ts";
export { statisticsLedger } from "./ledger.ts";
export { type StatisticsDeps, statisticsActions } from "./ports.ts";
export { createStatistics, type OfferedTable, type Statistics } from "./service.ts";
export { type Format, fileOf } from "./sheet.ts";
export type { Trace } from "./trace.ts";
export type { ReturnBrief, ReturnPage } from "./views.ts";
