import { z } from "zod";
import { AnyId, Id } from "../common.ts";
import * as lists from "../death-lists.ts";
import { ep, id } from "../endpoint.ts";

const READS = ["county", "leader", "auditor"] as const;
const GIVES = ["county", "leader"] as const;

export const deathListsDoors = {
  listDeathLists: ep({ summary: "死亡登记共享", access: READS, response: lists.DeathLists }),
  getDeathList: ep({
    summary: "一份共享名单",
    access: READS,
    params: id,
    response: lists.DeathListPage,
  }),
  draftDeathList: ep({
    summary: "起草共享名单",
    access: GIVES,
    body: z.object({ id: Id, code: z.string().max(60) }),
    response: lists.DeathListPage,
  }),
  confirmDeathList: ep({
    summary: "确认共享",
    access: GIVES,
    params: z.object({ id: AnyId }),
    response: lists.DeathListPage,
  }),
  dropDeathList: ep({
    summary: "作废草稿",
    access: GIVES,
    params: z.object({ id: AnyId }),
    response: lists.DeathLists,
  }),
  handleDifference: ep({
    summary: "办理退回的差异",
    access: GIVES,
    params: z.object({ id: AnyId }),
    body: lists.HandleDifference,
    response: lists.DeathListPage,
  }),
};
