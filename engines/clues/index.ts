/** Clues: a signal about somebody, from the first hint through the doorstep to the outcome. */
export {
  ACTIONS as CLUE_ACTIONS,
  FOUND_STATES,
  type FoundState,
  type Monitoring,
  OUTCOMES,
  SOURCES as CLUE_SOURCES,
  STATES as CLUE_STATES,
  WEIGHTS as SCORE_WEIGHTS,
} from "./model.ts";
export type { Report } from "./opening.ts";
export type { AlertRaised, CluesDeps } from "./ports.ts";
export { type Clues, createClues } from "./service.ts";
export type { ClueQuery } from "./store.ts";
