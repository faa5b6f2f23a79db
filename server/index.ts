/** The composed house, and the application that serves it: for stories and benchmarks. */
export { buildApp } from "./app.ts";
export { compose, type House, type ParameterOn } from "./compose.ts";
export { createHandlers } from "./handlers/index.ts";
export { enqueueJudging } from "./judgements.ts";
export { startSweeps, superviseReturns } from "./sweeps.ts";
