/** The composed house, for stories and benchmarks that need no HTTP. */
export { compose, type House, type ParameterOn } from "./compose.ts";
