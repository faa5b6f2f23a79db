import { z } from "zod";
import { AnyId, Id, Month, Ok } from "../common.ts";
import { ep } from "../endpoint.ts";
import * as ledgers from "../ledgers.ts";
import { CASE_STAFF, READERS } from "./who.ts";

export const ledgersDoors = {
  listRegisters: ep({ summary: "台账目录", access: READERS, response: z.array(ledgers.RegisterBrief) }),
  getRegister: ep({
    summary: "台账定义",
    access: READERS,
    params: z.object({ register: z.string().max(60) }),
    response: ledgers.RegisterPage,
  }),
  listEntries: ep({
    summary: "台账条目",
    access: READERS,
    params: z.object({ register: z.string().max(60) }),
    query: ledgers.EntryQuery,
    response: ledgers.EntryList,
  }),
  getEntry: ep({
    summary: "条目详情",
    access: READERS,
    params: z.object({ register: z.string().max(60), id: AnyId }),
    response: ledgers.EntryPage,
  }),
  saveEntry: ep({
    summary: "新建或修改条目",
    access: CASE_STAFF,
    params: z.object({ register: z.string().max(60), id: AnyId }),
    body: ledgers.SaveEntry,
    response: ledgers.EntryPage,
  }),
  importEntries: ep({
    summary: "用文件导入条目（CSV、XLSX）：不带摘要只看一遍，带上次看的摘要才登记",
    access: CASE_STAFF,
    params: z.object({ register: z.string().max(60) }),
    query: ledgers.ImportQuery,
    upload: true,
    response: ledgers.ImportLook,
  }),
  addLedgerRow: ep({
    summary: "条目下登记一笔",
    access: CASE_STAFF,
    params: z.object({ register: z.string().max(60), id: AnyId, ledger: z.string().max(60) }),
    body: ledgers.AddRow,
    response: ledgers.EntryPage,
  }),
  addCheck: ep({
    summary: "登记年度检查",
    access: CASE_STAFF,
    params: z.object({ register: z.string().max(60), id: AnyId }),
    body: ledgers.AddRow,
    response: ledgers.EntryPage,
  }),
  listIndicators: ep({
    summary: "指标",
    access: READERS,
    query: ledgers.IndicatorQuery,
    response: z.object({ month: Month, rows: z.array(ledgers.IndicatorValue) }),
  }),
  drillIndicator: ep({
    summary: "指标下钻",
    access: READERS,
    params: z.object({ code: z.string().max(80) }),
    query: ledgers.IndicatorQuery,
    response: ledgers.DrillRows,
  }),
  indicatorPlaces: ep({
    summary: "一个指标在各乡镇（乡镇看各村）的数",
    access: READERS,
    params: z.object({ code: z.string().max(80) }),
    query: ledgers.IndicatorQuery,
    response: ledgers.IndicatorPlaces,
  }),
  getSnapshots: ep({
    summary: "一个指标的冻结版本和各乡镇",
    access: READERS,
    params: z.object({ code: z.string().max(80) }),
    query: ledgers.SnapshotQuery,
    response: ledgers.SnapshotPage,
  }),
  correctSnapshot: ep({
    summary: "提出更正冻结的指标（写明理由，等另一人确认）",
    access: ["county", "leader"],
    params: z.object({ code: z.string().max(80) }),
    body: ledgers.CorrectSnapshot,
    response: ledgers.SnapshotPage,
  }),
  decideCorrection: ep({
    summary: "确认或退回一条更正；确认后另立一版",
    access: ["county", "leader"],
    params: z.object({ code: z.string().max(80), correction: Id }),
    body: ledgers.DecideCorrection,
    response: ledgers.SnapshotPage,
  }),
  explainJump: ep({
    summary: "说明指标波动",
    access: ["township", "county", "leader"],
    params: z.object({ code: z.string().max(80) }),
    body: ledgers.ExplainJump,
    response: Ok,
  }),
  freezeMonth: ep({
    summary: "冻结一个月的指标",
    access: ["county", "leader"],
    body: ledgers.FreezeMonth,
    response: z.object({ frozen: z.int() }),
  }),
};
