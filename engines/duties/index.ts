/** Duties: who must be visited, called or checked, by when; the visits that did it; the phones that carry the lists. */
export type { DutiesDeps } from "./ports.ts";
export { createDuties, type Duties } from "./service.ts";
export type { Visited, VisitInput } from "./visits.ts";
