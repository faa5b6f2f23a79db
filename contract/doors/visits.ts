import { z } from "zod";
import { AnyId, CountyCode, Ok } from "../common.ts";
import { ep, id } from "../endpoint.ts";
import * as visits from "../visits.ts";
import { CASE_STAFF } from "./who.ts";

export const visitsDoors = {
  visitBoard: ep({
    summary: "走访",
    access: CASE_STAFF,
    query: visits.VisitQuery,
    response: visits.VisitBoard,
  }),
  getVisit: ep({
    summary: "一次走访",
    access: [...CASE_STAFF, "auditor"],
    params: id,
    response: visits.VisitPage,
  }),
  resolveCard: ep({
    summary: "两人改了同一处，选定一个",
    access: ["village", "township", "county"],
    params: id,
    body: visits.Keep,
    response: Ok,
  }),
  getCard: ep({
    summary: "走访档案",
    access: CASE_STAFF,
    params: z.object({ subject: AnyId }),
    response: visits.Card,
  }),
  changeCard: ep({
    summary: "修改走访档案",
    access: ["township", "county"],
    params: z.object({ subject: AnyId }),
    body: visits.ChangeCard,
    response: visits.Card,
  }),
  listFieldDevices: ep({
    summary: "走访手机",
    access: ["village", "township", "county"],
    response: z.array(visits.Device),
  }),
  fieldStanding: ep({
    summary: "走访手机是否已停用",
    access: "public",
    params: id,
    query: z.object({ county: CountyCode }),
    response: visits.Standing,
  }),
  revokeFieldDevice: ep({
    summary: "停用走访手机",
    access: ["village", "township", "county"],
    params: id,
    body: visits.RevokeDevice,
    response: Ok,
  }),
  fieldKey: ep({
    summary: "走访手机的密钥",
    access: ["grid", "village", "township"],
    body: visits.AskKey,
    response: visits.DeviceKey,
  }),
  fieldList: ep({
    summary: "走访清单",
    access: ["grid", "village", "township"],
    query: visits.FieldQuery,
    response: visits.FieldList,
  }),
  fieldVisit: ep({
    summary: "登记走访",
    access: ["grid", "village", "township"],
    body: visits.FieldVisit,
    response: visits.FieldVisited,
  }),
};
