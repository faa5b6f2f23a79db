import { z } from "zod";
import * as clues from "../clues.ts";
import { Month } from "../common.ts";
import { county, ep, id } from "../endpoint.ts";
import { CLUE_READERS, WATCHERS } from "./who.ts";

export const cluesDoors = {
  listClues: ep({ summary: "线索", access: CLUE_READERS, query: clues.ClueQuery, response: clues.ClueList }),
  listFound: ep({
    summary: "政策找人：找到了谁、为什么、联系得怎样",
    access: ["village", "township", "county", "leader", "auditor"],
    query: clues.FoundQuery,
    response: clues.FoundList,
  }),
  clueFunnel: ep({
    summary: "线索漏斗、来源、乡镇和趋势",
    access: WATCHERS,
    query: z.object({ since: Month.optional() }),
    response: clues.Funnel,
  }),
  reportClue: ep({
    summary: "登记线索",
    access: ["grid", "village", "township", "county"],
    body: clues.ReportClue,
    response: clues.Reported,
  }),
  getClue: ep({ summary: "一条线索", access: CLUE_READERS, params: id, response: clues.CluePage }),
  actOnClue: ep({
    summary: "办理线索",
    access: ["grid", "village", "township", "county"],
    params: id,
    body: clues.ActOnClue,
    response: clues.CluePage,
  }),
  reportTrouble: ep({
    summary: "告诉我们谁遇到了困难",
    access: "public",
    tries: true,
    params: county,
    body: clues.ReportTrouble,
    response: clues.TroubleProgress,
  }),
  trackTrouble: ep({
    summary: "凭求助编号和手机号后 4 位看进度",
    access: "public",
    tries: true,
    params: county,
    body: clues.TrackTrouble,
    response: clues.TroubleProgress,
  }),
  addTroublePhoto: ep({
    summary: "给当天的求助补一张照片",
    access: "public",
    tries: true,
    params: clues.TroubleParams,
    query: clues.TroublePhoto,
    upload: true,
    response: clues.TroublePhotos,
  }),
  superviseTownships: ep({
    summary: "乡镇监管月报",
    access: ["township", "county", "leader", "auditor"],
    query: clues.SupervisionQuery,
    response: clues.Supervision,
  }),
  urgeTownship: ep({
    summary: "催办一个乡镇的超期线索",
    access: ["county"],
    params: clues.PlaceParams,
    body: clues.UrgeTownship,
    response: clues.Urged,
  }),
  listClueSamples: ep({
    summary: "线索抽查名单",
    access: ["county", "leader", "auditor"],
    query: clues.SampleQuery,
    response: z.array(clues.Sample),
  }),
  drawClueSample: ep({
    summary: "按比例抽取办结线索",
    access: ["county"],
    body: clues.DrawSample,
    response: z.array(clues.Sample),
  }),
  exportSupervision: ep({
    summary: "导出乡镇监管月报",
    access: ["county", "leader", "auditor"],
    query: clues.SupervisionQuery,
    binary: true,
    response: z.unknown(),
  }),
  listExchanges: ep({
    summary: "监测名单交换记录",
    access: ["county", "auditor"],
    response: z.array(clues.Exchanged),
  }),
  listUnrecognised: ep({
    summary: "名单中没有认定的人",
    access: ["county", "auditor"],
    params: id,
    response: clues.Unrecognised,
  }),
  recogniseAgain: ep({
    summary: "重新认定名单里没有认定的人",
    access: ["county"],
    params: id,
    response: clues.RecognisedAgain,
  }),
  handleUnrecognised: ep({
    summary: "登记没有认定的人怎样处理",
    access: ["county"],
    params: clues.RowParams,
    body: clues.HandleRow,
    response: clues.Unrecognised,
  }),
  takeMonitoringList: ep({
    summary: "接收监测名单（CSV、XLSX）",
    access: ["county"],
    query: clues.TakeList,
    upload: true,
    response: clues.Taken,
  }),
  giveMonitoringList: ep({
    summary: "导出监测名单",
    access: ["county"],
    query: clues.GiveList,
    binary: true,
    response: z.unknown(),
  }),
};
