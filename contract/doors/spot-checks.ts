import { z } from "zod";
import { AnyId } from "../common.ts";
import { ep, id } from "../endpoint.ts";
import * as spot from "../spot-checks.ts";
import { MONEY, SUPERVISORS } from "./who.ts";

export const spotDoors = {
  listSpotChecks: ep({ summary: "资金抽查", access: SUPERVISORS, response: spot.SpotCheckList }),
  getSpotCheck: ep({ summary: "一次抽查", access: SUPERVISORS, params: id, response: spot.SpotCheckPage }),
  drawSpotCheck: ep({
    summary: "抽样",
    access: ["county", "auditor"],
    body: spot.DrawSpotCheck,
    response: spot.SpotCheckPage,
  }),
  redrawSpotCheck: ep({
    summary: "重新抽一遍，核对名单",
    access: MONEY,
    params: id,
    response: spot.Redrawn,
  }),
  actOnSpotCheck: ep({
    summary: "登记抽查的检查、复核、整改、验收、移送",
    access: ["township", "county", "leader", "auditor"],
    params: z.object({ id: AnyId, entitlement: AnyId }),
    body: spot.SpotCheckAct,
    response: spot.SpotCheckPage,
  }),
};
