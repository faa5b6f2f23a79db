import { z } from "zod";
import { ep, id } from "../endpoint.ts";
import * as linkage from "../linkage.ts";
import { MONEY } from "./who.ts";

export const linkageDoors = {
  listLinkages: ep({ summary: "物价联动", access: MONEY, response: linkage.Linkages }),
  getLinkage: ep({ summary: "一个月的物价联动", access: MONEY, params: id, response: linkage.LinkagePage }),
  enterIndex: ep({
    summary: "录入价格指数",
    access: ["county"],
    params: z.object({ code: z.string().max(60) }),
    body: linkage.EnterIndex,
    response: linkage.LinkagePage,
  }),
  confirmLinkage: ep({
    summary: "确认发放联动补贴",
    access: ["county", "leader"],
    params: id,
    body: linkage.ConfirmLinkage,
    response: linkage.LinkagePage,
  }),
  dismissLinkage: ep({
    summary: "不发放联动补贴",
    access: ["county", "leader"],
    params: id,
    body: linkage.DismissLinkage,
    response: linkage.LinkagePage,
  }),
};
