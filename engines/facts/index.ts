export {
  type CurrentFact,
  type Fact,
  type FactInput,
  type FactScalar,
  type FactSource,
  RANKS,
  type Subject,
  type SubjectKind,
  subjectKey,
} from "./model.ts";
export { createFacts, type Facts, type FactsDeps } from "./service.ts";
