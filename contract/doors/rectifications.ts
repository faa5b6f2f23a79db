import { ep, id } from "../endpoint.ts";
import * as rectifications from "../rectifications.ts";

export const rectificationsDoors = {
  listRectifications: ep({
    summary: "整改通知单",
    access: ["township", "county", "leader", "auditor"],
    query: rectifications.RectificationQuery,
    response: rectifications.Rectifications,
  }),
  issueRectification: ep({
    summary: "下发整改通知单",
    access: ["county"],
    body: rectifications.IssueRectification,
    response: rectifications.RectificationPage,
  }),
  getRectification: ep({
    summary: "一份整改通知单",
    access: ["township", "county", "leader", "auditor"],
    params: id,
    response: rectifications.RectificationPage,
  }),
  actOnRectification: ep({
    summary: "报送整改情况、复核、退回、撤回",
    access: ["township", "county"],
    params: id,
    body: rectifications.ActOnRectification,
    response: rectifications.RectificationPage,
  }),
};
