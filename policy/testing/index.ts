/** Helpers for tests of rule sets: random households from declared inputs. Not for production code. */
export { columnsOf, householdsOf, typedOf } from "./facts.ts";
