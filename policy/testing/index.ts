/** Helpers for tests of rule sets: random households from declared inputs. Not for production code. */
export { expressions, type Situation, situations } from "./expressions.ts";
export { columnsOf, householdsOf, typedOf } from "./facts.ts";
export { generatedFacts, generatedRules } from "./generated.ts";
export { shapes } from "./shapes.ts";
export { toy } from "./toy.ts";
