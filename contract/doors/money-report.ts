import { z } from "zod";
import { ep } from "../endpoint.ts";
import * as report from "../money-report.ts";
import { MONEY } from "./who.ts";

export const reportDoors = {
  getMoneyReport: ep({
    summary: "月度监督报告和发放后复查",
    access: MONEY,
    query: report.MoneyReportQuery,
    response: report.MoneyReport,
  }),
  exportMoneyReport: ep({
    summary: "导出月度监督报告（Word 或 CSV）",
    access: MONEY,
    query: report.MoneyReportFile,
    binary: true,
    response: z.unknown(),
  }),
  runRecheck: ep({
    summary: "复查一个月已经付出的",
    access: ["county", "auditor"],
    body: report.RunRecheck,
    response: report.MoneyReport,
  }),
  decideFinding: ep({
    summary: "一条复查发现的结论：正当、追缴或转线索",
    access: ["county", "auditor"],
    body: report.DecideFinding,
    response: report.MoneyReport,
  }),
};
