export { textOf, textOfPlain } from "./extract.ts";
export { readText } from "./read.ts";
export * from "./types.ts";
export { isWhole } from "./units.ts";
export * from "./write/index.ts";
