/** The composed house, and the application that serves it: for stories and benchmarks. */
export { buildApp } from "./app.ts";
export type { ParameterOn } from "./compose/parameters.ts";
export { compose, type House } from "./compose.ts";
export { createHandlers } from "./handlers/index.ts";
export { enqueueJudging } from "./judgements.ts";
export { startSweeps, superviseReturns } from "./sweeps.ts";
