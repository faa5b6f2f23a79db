import { z } from "zod";
import { ep, id } from "../endpoint.ts";
import * as statistics from "../statistics.ts";
import { CHECKERS, STANDARD_SETTERS, STATISTICIANS } from "./who.ts";

export const statisticsDoors = {
  listStatistics: ep({
    summary: "统计报表",
    access: CHECKERS,
    query: statistics.StatisticQuery,
    response: statistics.StatisticList,
  }),
  openStatistic: ep({
    summary: "填报一期统计报表（取数）",
    access: STATISTICIANS,
    body: statistics.OpenStatistic,
    response: statistics.StatisticPage,
  }),
  getStatistic: ep({
    summary: "一张统计报表",
    access: CHECKERS,
    params: id,
    response: statistics.StatisticPage,
  }),
  traceStatistic: ep({
    summary: "报表的一格由哪些月份得来",
    access: CHECKERS,
    params: id,
    query: statistics.StatisticCell,
    response: statistics.StatisticTrace,
  }),
  actOnStatistic: ep({
    summary: "重新取数、更正、说明、签字、退回、封存",
    access: STATISTICIANS,
    params: id,
    body: statistics.ActOnStatistic,
    response: statistics.StatisticPage,
  }),
  reopenStatistic: ep({
    summary: "重新填报一版（写明理由）",
    access: STATISTICIANS,
    params: id,
    body: statistics.ReopenStatistic,
    response: statistics.StatisticPage,
  }),
  enterStatisticCode: ep({
    summary: "填写报表的行代码或表号（见到原件以后，从哪天起用）",
    access: STANDARD_SETTERS,
    params: id,
    body: statistics.EnterStatisticCode,
    response: statistics.StatisticPage,
  }),
  exportStatistic: ep({
    summary: "导出封存的统计报表",
    access: CHECKERS,
    params: id,
    query: statistics.ExportStatistic,
    binary: true,
    response: z.unknown(),
  }),
};
