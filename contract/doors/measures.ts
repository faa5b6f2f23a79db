import { ep, id } from "../endpoint.ts";
import * as measures from "../measures.ts";
import { WATCHERS } from "./who.ts";

export const measuresDoors = {
  getMeasures: ep({
    summary: "一户的帮扶措施和回访",
    access: WATCHERS,
    params: id,
    response: measures.Measures,
  }),
  actOnMeasures: ep({
    summary: "制定措施、登记部门落实、回访、研判风险",
    access: ["village", "township", "county"],
    params: id,
    body: measures.ActOnMeasures,
    response: measures.Measures,
  }),
};
