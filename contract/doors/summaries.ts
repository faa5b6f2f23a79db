import { z } from "zod";
import { ep, id } from "../endpoint.ts";
import * as summaries from "../summaries.ts";
import { MONEY, STANDARD_SETTERS } from "./who.ts";

export const summariesDoors = {
  listSummaries: ep({ summary: "工作总结列表", access: MONEY, response: summaries.SummaryList }),
  getSummary: ep({
    summary: "工作总结：文字、数的来源、待核对",
    access: MONEY,
    params: id,
    response: summaries.SummaryPage,
  }),
  beginSummary: ep({
    summary: "起草半年或全年工作总结",
    access: STANDARD_SETTERS,
    body: summaries.BeginSummary,
    response: summaries.SummaryPage,
  }),
  saveSummary: ep({
    summary: "保存总结的文字",
    access: STANDARD_SETTERS,
    params: id,
    body: summaries.SaveSummary,
    response: summaries.SummaryPage,
  }),
  insertSummaryFigure: ep({
    summary: "在总结里插入一个指标数",
    access: STANDARD_SETTERS,
    params: id,
    body: summaries.InsertFigure,
    response: summaries.SummaryPage,
  }),
  refreshSummary: ep({
    summary: "按来源更新总结里的数",
    access: STANDARD_SETTERS,
    params: id,
    body: summaries.RefreshSummary,
    response: summaries.SummaryPage,
  }),
  explainSummaryNumber: ep({
    summary: "说明没有来源或和来源不同的数",
    access: STANDARD_SETTERS,
    params: id,
    body: summaries.ExplainNumber,
    response: summaries.SummaryPage,
  }),
  signSummary: ep({
    summary: "签发总结（改的人以外的局领导）",
    access: ["leader"],
    params: id,
    body: summaries.SignSummary,
    response: summaries.SummaryPage,
  }),
  downloadSummary: ep({
    summary: "导出签发的总结（Word，GB/T 9704 版式）",
    access: STANDARD_SETTERS,
    params: id,
    binary: true,
    response: z.unknown(),
  }),
};
