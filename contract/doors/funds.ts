import { z } from "zod";
import { ep, id } from "../endpoint.ts";
import * as funds from "../funds.ts";
import * as money from "../money.ts";
import { MONEY, SUPERVISORS } from "./who.ts";

export const fundsDoors = {
  getFunds: ep({ summary: "资金台账", access: MONEY, query: funds.FundQuery, response: funds.FundPage }),
  listFundJournal: ep({
    summary: "资金明细账",
    access: MONEY,
    query: funds.JournalQuery,
    response: funds.JournalList,
  }),
  allocateFunds: ep({
    summary: "登记拨入",
    access: ["finance"],
    body: funds.Allocate,
    response: funds.FundPage,
  }),
  recoverFunds: ep({
    summary: "登记追回",
    access: ["finance"],
    body: funds.Recover,
    response: funds.FundPage,
  }),
  reverseFundJournal: ep({
    summary: "冲正拨入或追回",
    access: ["finance"],
    params: id,
    body: money.Reason,
    response: funds.FundPage,
  }),
  requestFundOverride: ep({
    summary: "申请垫付",
    access: ["finance"],
    body: funds.AskOverride,
    response: funds.FundPage,
  }),
  approveFundOverride: ep({ summary: "批准垫付", access: ["leader"], params: id, response: funds.FundPage }),
  refuseFundOverride: ep({
    summary: "退回垫付申请；申请人可以撤回自己的",
    access: ["finance", "leader"],
    params: id,
    body: money.Reason,
    response: funds.FundPage,
  }),
  askOutlay: ep({
    summary: "登记付款单：不经名册的支付",
    access: ["finance"],
    body: funds.AskOutlay,
    response: funds.FundPage,
  }),
  askOutlayBack: ep({
    summary: "申请冲正一份已入账的付款单",
    access: ["finance"],
    params: id,
    body: funds.AskOutlayBack,
    response: funds.FundPage,
  }),
  decideOutlay: ep({
    summary: "确认或退回付款单；登记人可以撤回自己的",
    access: ["finance", "leader"],
    params: id,
    body: funds.DecideOutlay,
    response: funds.FundPage,
  }),
  allotFunds: ep({
    summary: "登记资金分配",
    access: ["finance"],
    body: funds.Allot,
    response: funds.FundPage,
  }),
  withdrawAllotment: ep({
    summary: "收回资金分配",
    access: ["finance"],
    params: id,
    body: funds.WithdrawAllotment,
    response: funds.FundPage,
  }),
  getFundPublicity: ep({
    summary: "资金使用公示：应公示的、待确认的、正在公示的、期满和撤下的",
    access: SUPERVISORS,
    response: funds.UsePublicity,
  }),
  draftFundUse: ep({
    summary: "起草一个月、季度或年的资金使用公示",
    access: ["township", "county"],
    body: funds.DraftUse,
    response: funds.UsePublicity,
  }),
  decideFundUse: ep({
    summary: "确认或退回资金使用公示；起草人可以撤回自己的",
    access: ["township", "county", "leader"],
    params: id,
    body: funds.DecideUse,
    response: funds.UsePublicity,
  }),
  takeDownFundUse: ep({
    summary: "提前撤下资金使用公示",
    access: ["township", "county"],
    params: id,
    body: money.Reason,
    response: funds.UsePublicity,
  }),
  listFundObjections: ep({
    summary: "对资金使用公示的异议",
    access: SUPERVISORS,
    response: z.array(money.PublicityObjection),
  }),
  recordFundObjection: ep({
    summary: "登记对资金使用公示的来信、来电、来访",
    access: ["township", "county"],
    body: money.RecordObjection,
    response: z.array(money.PublicityObjection),
  }),
  answerFundObjection: ep({
    summary: "答复对资金使用公示的异议",
    access: ["township", "county"],
    params: id,
    body: money.AnswerObjection,
    response: z.array(money.PublicityObjection),
  }),
};
