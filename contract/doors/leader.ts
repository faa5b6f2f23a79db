import { ep } from "../endpoint.ts";
import * as leader from "../leader.ts";
import { STANDARD_SETTERS } from "./who.ts";

export const leaderDoors = {
  leaderPage: ep({
    summary: "领导驾驶舱：五大体系、超期、计划灯、资金、要拿主意的事",
    access: STANDARD_SETTERS,
    response: leader.LeaderPage,
  }),
};
