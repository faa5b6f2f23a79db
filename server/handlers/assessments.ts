/** Assessments of plans. Whoever changes one gets the page as it then is. */
import type { House } from "../compose.ts";
import type { SomeHandlers } from "../http.ts";

type Ids =
  | "getAssessment"
  | "beginAssessment"
  | "rereadAssessment"
  | "explainAssessmentLine"
  | "proposeAdjustment"
  | "decideAdjustment"
  | "draftAssessment";

export function assessmentHandlers(house: House): SomeHandlers<Ids> {
  const { assessments } = house;
  return {
    getAssessment: ({ params }, { caller }) => house.read(caller, (tx) => assessments.page(tx, params.id)),
    beginAssessment: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => assessments.begin(tx, params.id, body)),
    rereadAssessment: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => assessments.reread(tx, params.id, body)),
    explainAssessmentLine: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => assessments.say(tx, params.id, body)),
    proposeAdjustment: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => assessments.propose(tx, params.id, body)),
    decideAdjustment: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => assessments.decide(tx, params.id, body)),
    draftAssessment: ({ params, body }, { caller }) =>
      house.as(caller, (tx) => assessments.draft(tx, params.id, body.id)),
  };
}
