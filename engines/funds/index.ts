/** Funds: what came in, is bound, was paid, by source, paper, item and month; double entry, never below zero unasked. */
export { createExports, type Exports, isOurs, type Manifest, toFolder, writeExport } from "./export.ts";
export { CLASSES, KINDS as JOURNAL_KINDS, SOURCES } from "./model.ts";
export { createMonthly } from "./monthly.ts";
export { OUTLAY_WAYS, type OutlayInput, type OutlayWay } from "./outlays.ts";
export { type FundsDeps, fundsActions, fundsChain } from "./ports.ts";
export { USE_PARAMETERS, useDueSql } from "./publicity-due.ts";
export { createFunds, type Funds } from "./service.ts";
export { draw, populationDigest } from "./spot-check-model.ts";
export { createSpotChecks, type SpotActInput, type SpotChecks } from "./spot-checks.ts";
