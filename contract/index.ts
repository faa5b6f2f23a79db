/**
 * The doors of the server: one object per endpoint gives the typed handler, the typed client and OpenAPI.
 * `access` lists the roles that may call it; "public" needs no login. Scope and ownership are the database's affair.
 */
import type { Role as RoleName } from "@wuxin/declare";
import { z } from "zod";
import * as cases from "./cases.ts";
import * as clues from "./clues.ts";
import { AnyId, CountyCode, Id, Month, Ok, paged, StaffRef } from "./common.ts";
import * as funds from "./funds.ts";
import * as house from "./house.ts";
import * as leader from "./leader.ts";
import * as ledgers from "./ledgers.ts";
import * as linkage from "./linkage.ts";
import * as matching from "./matching.ts";
import * as matters from "./matters.ts";
import * as money from "./money.ts";
import * as report from "./money-report.ts";
import * as open from "./open.ts";
import * as people from "./people.ts";
import * as plans from "./plans.ts";
import * as rectifications from "./rectifications.ts";
import * as reprice from "./reprice.ts";
import { type RouteId, routes } from "./routes.ts";
import * as rules from "./rule-versions.ts";
import * as session from "./session.ts";
import * as spot from "./spot-checks.ts";
import * as standards from "./standards.ts";
import * as statistics from "./statistics.ts";
import * as summaries from "./summaries.ts";
import * as visits from "./visits.ts";

export { Problem } from "./common.ts";
export { ERRORS, type ErrorCode, statusOf } from "./errors.ts";
export { type RouteId, routes } from "./routes.ts";

export interface Endpoint {
  readonly summary: string;
  readonly access: "public" | "session" | readonly RoleName[];
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** `multipart`: one file; `binary`: the reply is a file, not JSON. */
  readonly upload?: true;
  /** The file is handed on as it comes, whatever its size. */
  readonly stream?: true;
  readonly binary?: true;
  /** What a stranger may try: few a minute and address. */
  readonly tries?: true;
  readonly response: z.ZodType;
}
const ep = <const E extends Endpoint>(e: E): E => e;

const id = z.object({ id: AnyId });
const county = z.object({ county: CountyCode });
const countyItem = z.object({ county: CountyCode, item: z.string().max(60) });
const CASE_STAFF = ["village", "township", "county", "leader"] as const;
const READERS = ["village", "township", "county", "leader", "finance", "auditor"] as const;
const MONEY = ["county", "leader", "finance", "auditor"] as const;
const SUPERVISORS = ["township", ...MONEY] as const;
/** A grid worker sees of the village what was given to him and what he told, nothing else. */
const CLUE_READERS = ["grid", ...READERS] as const;
const WATCHERS = ["village", "township", "county", "leader", "auditor"] as const;
const CHECKERS = ["township", "county", "leader", "auditor"] as const;
/** Who sees what is fetched by itself. */
const FETCHERS = ["county", "system_admin", "security_admin", "audit_admin"] as const;
const STATISTICIANS = ["township", "county", "leader"] as const;
const STANDARD_SETTERS = ["county", "leader"] as const;
/** Who may write rules; the second person is one of STANDARD_SETTERS who did not. */
const RULE_AUTHORS = ["county"] as const;

export const contract = {
  login: ep({
    summary: "登录",
    access: "public",
    tries: true,
    body: session.Login,
    response: session.Session,
  }),
  logout: ep({ summary: "退出", access: "session", response: Ok }),
  getSession: ep({ summary: "当前登录人", access: "session", response: session.Session }),
  registerResident: ep({
    summary: "居民注册",
    access: "public",
    tries: true,
    body: session.RegisterResident,
    response: session.Session,
  }),
  changePassword: ep({ summary: "修改密码", access: "session", body: session.ChangePassword, response: Ok }),
  startTotp: ep({ summary: "开始绑定动态口令", access: "session", response: session.TotpStart }),
  confirmTotp: ep({
    summary: "确认绑定动态口令",
    access: "session",
    body: z.object({ code: z.string().max(10) }),
    response: Ok,
  }),
  disableTotp: ep({
    summary: "解除动态口令",
    access: "session",
    body: z.object({ password: z.string().max(200) }),
    response: Ok,
  }),

  health: ep({
    summary: "运行状况",
    access: "public",
    response: z.object({ ok: z.boolean(), database: z.string(), version: z.string() }),
  }),
  listCounties: ep({ summary: "县（区）列表", access: "public", response: z.array(open.CountyBrief) }),
  getCounty: ep({ summary: "县（区）信息", access: "public", params: county, response: open.County }),
  listDivisions: ep({
    summary: "行政区划",
    access: "public",
    params: county,
    response: z.array(open.Division),
  }),
  getOutline: ep({
    summary: "县的乡镇（乡镇的村）边界，没有就是 null",
    access: "public",
    params: county,
    query: z.object({ of: z.string().regex(/^\d{6,12}$/) }),
    response: open.Outline,
  }),
  listItems: ep({ summary: "可办事项", access: "public", params: county, response: z.array(open.ItemBrief) }),
  getItem: ep({ summary: "事项指南与表单", access: "public", params: countyItem, response: open.Item }),
  wholeCheck: ep({
    summary: "我能享受什么：各项政策一起自测",
    access: "public",
    params: county,
    body: open.WholeCheckInput,
    response: open.WholeCheckResult,
  }),
  selfCheck: ep({
    summary: "政策自测",
    access: "public",
    params: countyItem,
    body: open.SelfCheckInput,
    response: open.SelfCheckResult,
  }),
  listRosterPublicity: ep({
    summary: "正在公示的发放名单",
    access: "public",
    params: county,
    query: z.object({ township: z.string().max(12).optional() }),
    response: z.array(open.RosterNotice),
  }),
  listPublicity: ep({
    summary: "正在公示",
    access: "public",
    params: county,
    query: z.object({ township: z.string().optional() }),
    response: z.array(open.PublicityNotice),
  }),
  objectToPublicity: ep({
    summary: "对公示提出异议",
    access: "public",
    tries: true,
    params: z.object({ county: CountyCode, id: AnyId }),
    body: open.ObjectionInput,
    response: Ok,
  }),
  trackCase: ep({
    summary: "凭编号查进度",
    access: "public",
    tries: true,
    params: county,
    body: open.TrackInput,
    response: open.TrackResult,
  }),
  listDemoAccounts: ep({
    summary: "演示账号（仅演示库）",
    access: "public",
    response: z.array(session.DemoAccount),
  }),
  listPublicRegister: ep({
    summary: "公开的台账",
    access: "public",
    params: z.object({ county: CountyCode, register: z.string().max(60) }),
    response: open.PublicRegister,
  }),

  saveDraft: ep({
    summary: "保存草稿",
    access: ["resident", "village", "township"],
    params: id,
    body: cases.SaveDraft,
    response: Ok,
  }),
  getDraft: ep({
    summary: "取回草稿",
    access: ["resident", "village", "township"],
    params: id,
    response: cases.Draft,
  }),
  listDrafts: ep({
    summary: "我的草稿",
    access: ["resident", "village", "township"],
    response: z.array(cases.Draft),
  }),
  deleteDraft: ep({
    summary: "删除草稿",
    access: ["resident", "village", "township"],
    params: id,
    response: Ok,
  }),
  submitApplication: ep({
    summary: "提交申请",
    access: ["resident", "village", "township"],
    body: cases.SubmitApplication,
    response: cases.Submitted,
  }),
  listCases: ep({ summary: "办件列表", access: READERS, query: cases.CaseQuery, response: cases.CaseList }),
  listMyCases: ep({ summary: "我的申请", access: ["resident"], response: z.array(cases.CaseRow) }),
  getCase: ep({
    summary: "办件详情",
    access: ["resident", ...READERS],
    params: id,
    response: cases.CasePage,
  }),
  actOnCase: ep({
    summary: "办理一步",
    access: ["resident", ...CASE_STAFF],
    params: id,
    body: cases.Act,
    response: cases.CasePage,
  }),
  assessCase: ep({ summary: "按现有事实试算", access: CASE_STAFF, params: id, response: open.Explanation }),
  getDocument: ep({
    summary: "文书",
    access: ["resident", ...READERS],
    params: id,
    response: cases.PrintedDocument,
  }),
  getFile: ep({
    summary: "附件下载",
    access: ["resident", ...READERS],
    params: id,
    binary: true,
    response: z.unknown(),
  }),
  uploadFile: ep({
    summary: "上传附件（每份不超过 20 MB）",
    access: ["resident", "grid", ...CASE_STAFF, "finance"],
    // Made by whoever sends it again after a broken line; without it every upload is another file.
    query: z.object({ id: Id.optional() }),
    upload: true,
    response: cases.UploadedFile,
  }),
  workbench: ep({
    summary: "工作台",
    access: ["grid", ...READERS, "system_admin", "security_admin", "audit_admin"],
    response: cases.Workbench,
  }),
  search: ep({
    summary: "全局检索",
    access: READERS,
    query: z.object({ q: z.string().trim().min(1).max(50) }),
    response: z.array(cases.SearchHit),
  }),
  listStaff: ep({
    summary: "本县工作人员",
    access: CASE_STAFF,
    response: z.array(StaffRef.extend({ role: z.string(), scopeName: z.string() })),
  }),
  listCandidates: ep({
    summary: "政策找人：即将符合条件的人",
    access: ["village", "township", "county"],
    params: z.object({ item: z.string().max(60) }),
    query: z.object({ month: Month.optional() }),
    response: z.object({ title: z.string(), month: Month, rows: z.array(cases.Candidate) }),
  }),
  openCandidate: ep({
    summary: "为名单中的人发起办件",
    access: ["village", "township"],
    params: z.object({ item: z.string().max(60), personId: AnyId }),
    body: cases.SubmitApplication.pick({ id: true }),
    response: cases.Submitted,
  }),

  getPerson: ep({ summary: "个人页", access: READERS, params: id, response: people.PersonPage }),
  getHousehold: ep({ summary: "家庭页", access: READERS, params: id, response: people.HouseholdPage }),
  unmask: ep({
    summary: "查看完整号码（留痕）",
    access: ["township", "county", "finance", "auditor"],
    params: id,
    body: people.Unmask,
    response: people.Unmasked,
  }),
  setBankAccount: ep({
    summary: "更正收款账户",
    access: ["township", "county"],
    params: id,
    body: people.SetBankAccount,
    response: Ok,
  }),
  reportDeath: ep({
    summary: "登记死亡",
    access: ["village", "township", "county"],
    params: id,
    body: people.ReportDeath,
    response: people.DeathReported,
  }),
  listRelativeFilings: ep({
    summary: "近亲属备案",
    access: ["township", "county", "leader", "auditor"],
    response: z.array(people.RelativeFiling),
  }),

  listEntitlements: ep({
    summary: "在享待遇",
    access: READERS,
    query: z.object({
      page: z.coerce.number().int().min(1).default(1),
      size: z.coerce.number().int().min(1).max(200).default(20),
      item: z.string().optional(),
      due: z.enum(["true"]).optional(),
      division: z.string().optional(),
      state: z.enum(["active", "suspended", "ended"]).optional(),
      q: z.string().max(50).optional(),
    }),
    response: paged(people.EntitlementRow),
  }),
  getEntitlement: ep({ summary: "待遇详情", access: READERS, params: id, response: people.EntitlementPage }),
  recordReview: ep({
    summary: "登记复核或生存认证",
    access: ["village", "township", "county"],
    params: id,
    body: people.RecordReview,
    response: people.EntitlementPage,
  }),
  explainAmount: ep({
    summary: "待遇金额是怎么算的",
    access: READERS,
    params: z.object({ id: AnyId, seq: z.string().regex(/^\d{1,6}$/) }),
    response: open.Explanation,
  }),
  issueNotice: ep({
    summary: "出具变动通知书",
    access: ["township", "county"],
    params: z.object({ id: AnyId, seq: z.string().regex(/^\d{1,6}$/) }),
    response: cases.PrintedDocument,
  }),
  previewChange: ep({
    summary: "待遇变动的结果（不写入）",
    access: ["county"],
    params: id,
    body: reprice.EntitlementChange,
    response: reprice.ChangeEffect,
  }),
  confirmChange: ep({
    summary: "确认待遇变动",
    access: ["county"],
    params: id,
    body: reprice.ConfirmChange,
    response: people.EntitlementPage,
  }),
  getReshapeForm: ep({
    summary: "分户、合户：谁可以分出去",
    access: ["township", "county"],
    params: id,
    response: reprice.ReshapeForm,
  }),
  previewReshape: ep({
    summary: "分户、合户的结果（不写入）",
    access: ["township", "county"],
    params: id,
    body: reprice.Reshape,
    response: reprice.ReshapeSides,
  }),
  proposeReshape: ep({
    summary: "提出分户、合户",
    access: ["township", "county"],
    params: id,
    body: reprice.ProposeReshape,
    response: reprice.ReshapePage,
  }),
  listReshapes: ep({
    summary: "一项待遇的分户、合户",
    access: READERS,
    params: id,
    response: z.array(reprice.ReshapeBrief),
  }),
  getReshape: ep({ summary: "一次分户、合户", access: READERS, params: id, response: reprice.ReshapePage }),
  confirmReshape: ep({
    summary: "确认分户、合户（第二人）",
    access: ["county"],
    params: id,
    body: reprice.ConfirmReshape,
    response: reprice.ReshapePage,
  }),
  rejectReshape: ep({
    summary: "退回分户、合户",
    access: ["county"],
    params: id,
    body: reprice.RejectReshape,
    response: reprice.ReshapePage,
  }),
  withdrawReshape: ep({
    summary: "撤回分户、合户",
    access: ["township", "county"],
    params: id,
    response: reprice.ReshapePage,
  }),
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
  listReprices: ep({ summary: "提标", access: MONEY, response: z.array(reprice.RepriceRow) }),
  openReprice: ep({
    summary: "重新测算",
    access: STANDARD_SETTERS,
    body: reprice.OpenReprice,
    response: reprice.RepricePage,
  }),
  getReprice: ep({ summary: "一次提标", access: MONEY, params: id, response: reprice.RepricePage }),
  listRepriceHouseholds: ep({
    summary: "提标名单",
    access: ["township", ...MONEY],
    params: id,
    query: reprice.HouseholdQuery,
    response: paged(reprice.RepriceHousehold),
  }),
  listRepriceNotices: ep({
    summary: "提标告知名单（一个乡镇）",
    access: ["township", "county"],
    params: id,
    query: reprice.NoticeQuery,
    response: reprice.RepriceNotices,
  }),
  issueRepriceNotices: ep({
    summary: "出具提标通知书（名单的一页）",
    access: ["township", "county"],
    params: id,
    body: reprice.IssueNotices,
    response: reprice.IssuedNotices,
  }),
  releaseReprice: ep({
    summary: "放行提标",
    access: STANDARD_SETTERS,
    params: id,
    body: reprice.ReleaseReprice,
    response: reprice.RepricePage,
  }),
  pauseReprice: ep({
    summary: "暂停提标",
    access: STANDARD_SETTERS,
    params: id,
    response: reprice.RepricePage,
  }),
  resumeReprice: ep({
    summary: "继续提标",
    access: STANDARD_SETTERS,
    params: id,
    response: reprice.RepricePage,
  }),
  cancelReprice: ep({
    summary: "取消提标",
    access: STANDARD_SETTERS,
    params: id,
    response: reprice.RepricePage,
  }),
  listRecoveries: ep({
    summary: "追缴",
    access: ["township", ...MONEY],
    query: reprice.RecoveryQuery,
    response: reprice.RecoveryList,
  }),
  getRecovery: ep({
    summary: "一笔追缴",
    access: ["township", ...MONEY],
    params: id,
    response: reprice.RecoveryPage,
  }),
  confirmRecovery: ep({
    summary: "确认追缴",
    access: ["county", "leader"],
    params: id,
    body: reprice.ConfirmRecovery,
    response: reprice.RecoveryPage,
  }),
  dismissRecovery: ep({
    summary: "不予追缴",
    access: ["leader"],
    params: id,
    body: reprice.DismissRecovery,
    response: reprice.RecoveryPage,
  }),
  repayRecovery: ep({
    summary: "登记退回现金",
    access: ["finance", "county"],
    params: id,
    body: reprice.RepayRecovery,
    response: reprice.RecoveryPage,
  }),
  askRecovery: ep({
    summary: "申请免除或核销",
    access: ["township", "county"],
    params: id,
    body: reprice.AskRecovery,
    response: reprice.RecoveryPage,
  }),
  answerRecovery: ep({
    summary: "审批免除或核销",
    access: ["leader"],
    params: id,
    body: reprice.AnswerRecovery,
    response: reprice.RecoveryPage,
  }),

  listRosters: ep({
    summary: "发放名册",
    access: MONEY,
    query: z.object({
      page: z.coerce.number().int().min(1).default(1),
      size: z.coerce.number().int().min(1).max(200).default(20),
    }),
    response: money.RosterList,
  }),
  generateRoster: ep({
    summary: "生成当月名册",
    access: ["county"],
    body: money.GenerateRoster,
    response: money.RosterPage,
  }),
  getRoster: ep({ summary: "名册详情", access: MONEY, params: id, response: money.RosterPage }),
  listRosterLines: ep({
    summary: "名册明细",
    access: MONEY,
    params: id,
    query: money.LineQuery,
    response: paged(money.RosterLine),
  }),
  holdLine: ep({
    summary: "暂缓一笔",
    access: ["county"],
    params: z.object({ id: AnyId, lineId: AnyId }),
    body: money.Hold,
    response: money.RosterLine,
  }),
  releaseLine: ep({
    summary: "放行一笔",
    access: ["county", "leader"],
    params: z.object({ id: AnyId, lineId: AnyId }),
    body: money.Release,
    response: money.RosterLine,
  }),
  getRosterPublicities: ep({
    summary: "名册公示：哪些待遇可以公示、正在公示",
    access: MONEY,
    params: id,
    response: money.RosterPublicities,
  }),
  publishRoster: ep({
    summary: "公示一项待遇的发放名单",
    access: ["county"],
    params: id,
    body: money.PublishRoster,
    response: money.RosterPublicities,
  }),
  takeDownRoster: ep({
    summary: "提前撤下公示",
    access: ["county"],
    params: z.object({ id: AnyId, publicityId: AnyId }),
    body: money.Reason,
    response: money.RosterPublicities,
  }),
  listRosterObjections: ep({
    summary: "对一份名册公示名单的异议",
    access: MONEY,
    params: id,
    response: z.array(money.RosterObjection),
  }),
  recordObjection: ep({
    summary: "登记来信、来电、来访的异议",
    access: ["county"],
    params: id,
    body: money.RecordObjection,
    response: z.array(money.RosterObjection),
  }),
  answerObjection: ep({
    summary: "答复一份异议",
    access: ["county"],
    params: z.object({ id: AnyId, objectionId: AnyId }),
    body: money.AnswerObjection,
    response: z.array(money.RosterObjection),
  }),
  getLineChoice: ep({
    summary: "重复的两项待遇：哪一项列入发放，改选会怎样",
    access: MONEY,
    params: z.object({ id: AnyId, lineId: AnyId }),
    response: money.LineChoice,
  }),
  chooseLine: ep({
    summary: "改选另一项待遇发放",
    access: ["county", "leader"],
    params: z.object({ id: AnyId, lineId: AnyId }),
    body: money.Reason,
    response: money.RosterLine,
  }),
  listOverlaps: ep({
    summary: "哪些待遇不能同时领取",
    access: ["township", ...MONEY],
    query: money.OverlapQuery,
    response: money.OverlapPage,
  }),
  listRedFlags: ep({
    summary: "名册怎样预警",
    access: ["township", ...MONEY],
    query: money.OverlapQuery,
    response: money.RedFlagPage,
  }),
  signRoster: ep({
    summary: "名册签字",
    access: ["county", "leader"],
    params: id,
    body: money.Sign,
    response: money.RosterPage,
  }),
  discardRoster: ep({
    summary: "作废未发放的名册",
    access: ["county"],
    params: id,
    body: money.Reason,
    response: money.RosterPage,
  }),
  exportBankFile: ep({
    summary: "生成一卡通银行文件",
    access: ["county", "finance"],
    params: id,
    body: money.ExportBankFile,
    response: money.RosterPage,
  }),
  getFileMakings: ep({
    summary: "银行文件写到哪里",
    access: ["county", "finance"],
    params: id,
    response: z.array(money.FileMaking),
  }),
  downloadBankFile: ep({
    summary: "下载银行文件",
    access: ["county", "finance"],
    params: id,
    binary: true,
    response: z.unknown(),
  }),
  loadReturn: ep({
    summary: "装载银行回盘",
    access: ["county", "finance"],
    params: id,
    upload: true,
    stream: true,
    response: money.Return,
  }),
  getReturn: ep({
    summary: "回盘装载到哪里",
    access: ["county", "finance"],
    params: id,
    response: money.Return,
  }),
  listFailures: ep({
    summary: "发放失败清单",
    access: ["township", ...MONEY],
    response: z.array(money.Failure),
  }),
  reissue: ep({
    summary: "失败补发",
    access: ["county"],
    params: id,
    body: z.object({ id: AnyId }),
    response: money.RosterPage,
  }),

  leaderPage: ep({
    summary: "领导驾驶舱：五大体系、超期、计划灯、资金、要拿主意的事",
    access: STANDARD_SETTERS,
    response: leader.LeaderPage,
  }),

  // plans
  listPlans: ep({ summary: "计划列表", access: READERS, response: plans.PlanList }),
  getPlan: ep({ summary: "计划、目标和灯", access: READERS, params: id, response: plans.PlanPage }),
  readPlan: ep({
    summary: "读入计划文件或文字",
    access: STANDARD_SETTERS,
    body: plans.ReadPlan,
    response: plans.PlanPage,
  }),
  actOnPlan: ep({
    summary: "更正、绑定、定责、督办一条目标",
    access: ["township", "county", "leader"],
    params: id,
    body: plans.PlanActRequest,
    response: plans.PlanPage,
  }),
  givePlanEvidence: ep({
    summary: "填报佐证",
    access: ["township", "county", "leader"],
    params: id,
    body: plans.PlanEvidenceRequest,
    response: plans.PlanPage,
  }),
  confirmPlanEvidence: ep({
    summary: "确认佐证（填报人以外的人）",
    access: STANDARD_SETTERS,
    params: z.object({ id: AnyId, evidence: AnyId }),
    response: plans.PlanPage,
  }),
  listPublicTargets: ep({
    summary: "民生实事进度",
    access: "public",
    params: county,
    response: plans.PublicTargets,
  }),
  listMatters: ep({
    summary: "督办事项：在办的或已销号的，和督办中的计划目标",
    access: READERS,
    query: matters.MatterQuery,
    response: matters.MatterList,
  }),
  getMatter: ep({ summary: "一件督办事项", access: READERS, params: id, response: matters.MatterPage }),
  openMatter: ep({
    summary: "督办立项",
    access: STANDARD_SETTERS,
    body: matters.OpenMatter,
    response: matters.MatterPage,
  }),
  actOnMatter: ep({
    summary: "催办、反馈、退回、核查销号、通报",
    access: ["township", "county", "leader"],
    params: id,
    body: matters.MatterActRequest,
    response: matters.MatterPage,
  }),
  mattersOfEntry: ep({
    summary: "台账一条的督办事项",
    access: READERS,
    params: id,
    response: matters.MattersOfEntry,
  }),
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
  listFeeds: ep({
    summary: "数据源",
    access: ["county", "leader", "auditor"],
    response: z.array(matching.Feed),
  }),
  uploadFeed: ep({
    summary: "上传部门数据（CSV、文本、XLSX、ZIP，大小不限）",
    access: ["county"],
    params: matching.FeedParams,
    query: matching.FeedUpload,
    upload: true,
    stream: true,
    response: matching.FeedRun,
  }),
  deliverFeed: ep({
    summary: "部门传送数据（请求头 Authorization: Bearer 口令；编号由部门自编，重传用同一编号）",
    access: "public",
    tries: true,
    params: matching.FeedParams,
    query: matching.FeedUpload,
    upload: true,
    stream: true,
    response: matching.Delivery,
  }),
  getDelivery: ep({
    summary: "部门查询所传数据是否收下",
    access: "public",
    tries: true,
    params: matching.DeliveryParams,
    response: matching.Delivery,
  }),
  listFeedTokens: ep({
    summary: "部门接口口令",
    access: ["system_admin", "security_admin", "audit_admin"],
    response: matching.FeedTokens,
  }),
  makeFeedToken: ep({
    summary: "生成部门接口口令，只显示一次",
    access: ["system_admin"],
    body: matching.MakeFeedToken,
    response: matching.MadeFeedToken,
  }),
  revokeFeedToken: ep({
    summary: "作废部门接口口令",
    access: ["system_admin", "security_admin"],
    params: id,
    response: matching.FeedTokens,
  }),
  listFeedConnectors: ep({
    summary: "定时获取：从哪里取、什么时候取、每次的结果",
    access: FETCHERS,
    response: matching.FeedConnectors,
  }),
  saveFeedConnector: ep({
    summary: "设置定时获取（口令只录入，不再显示）",
    access: ["system_admin"],
    params: matching.FeedParams,
    body: matching.SaveConnector,
    response: matching.FeedConnectors,
  }),
  switchFeedConnector: ep({
    summary: "启用或停用定时获取",
    access: ["system_admin", "security_admin", "county"],
    params: matching.FeedParams,
    body: matching.SwitchConnector,
    response: matching.FeedConnectors,
  }),
  askFeedConnector: ep({
    summary: "立即获取",
    access: ["system_admin", "county"],
    params: matching.FeedParams,
    response: matching.FeedConnectors,
  }),
  listFeedRuns: ep({
    summary: "比对记录",
    access: ["county", "leader", "auditor"],
    query: matching.FeedParams.partial(),
    response: z.array(matching.FeedRun),
  }),
  listAlertRules: ep({
    summary: "预警规则和准确率",
    access: WATCHERS,
    response: z.array(matching.AlertRule),
  }),
  listAlerts: ep({
    summary: "预警",
    access: WATCHERS,
    query: matching.AlertQuery,
    response: matching.AlertList,
  }),
  getAlert: ep({ summary: "预警和证据", access: WATCHERS, params: id, response: matching.AlertPage }),
  judgeAlert: ep({
    summary: "登记预警核查结果",
    access: ["township", "county"],
    params: id,
    body: matching.Judge,
    response: matching.AlertPage,
  }),
  listChecks: ep({
    summary: "核对报告",
    access: CHECKERS,
    query: matching.CheckQuery,
    response: matching.CheckList,
  }),
  makeCheck: ep({
    summary: "出具核对报告（先授权、后核对）",
    access: ["township", "county"],
    body: matching.MakeCheck,
    response: matching.CheckPage,
  }),
  batchCheck: ep({
    summary: "在享对象批量核对",
    access: ["county"],
    body: matching.BatchCheck,
    response: matching.BatchChecked,
  }),
  getCheck: ep({ summary: "一份核对报告", access: CHECKERS, params: id, response: matching.CheckPage }),
  objectCheck: ep({
    summary: "登记对核对结果的异议",
    access: ["township", "county"],
    params: id,
    body: matching.ObjectCheck,
    response: matching.CheckPage,
  }),
  answerCheck: ep({
    summary: "复查并答复异议",
    access: ["county"],
    params: id,
    body: matching.AnswerCheck,
    response: matching.CheckPage,
  }),
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
  listSpotChecks: ep({ summary: "资金抽查", access: SUPERVISORS, response: spot.SpotCheckList }),
  getSpotCheck: ep({ summary: "一次抽查", access: SUPERVISORS, params: id, response: spot.SpotCheckPage }),
  drawSpotCheck: ep({
    summary: "抽样",
    access: ["county", "auditor"],
    body: spot.DrawSpotCheck,
    response: spot.SpotCheckPage,
  }),
  redrawSpotCheck: ep({
    summary: "重新抽一遍，核对名单",
    access: MONEY,
    params: id,
    response: spot.Redrawn,
  }),
  actOnSpotCheck: ep({
    summary: "登记抽查的检查、复核、整改、验收、移送",
    access: ["township", "county", "leader", "auditor"],
    params: z.object({ id: AnyId, entitlement: AnyId }),
    body: spot.SpotCheckAct,
    response: spot.SpotCheckPage,
  }),

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
  exportStatistic: ep({
    summary: "导出封存的统计报表",
    access: CHECKERS,
    params: id,
    query: statistics.ExportStatistic,
    binary: true,
    response: z.unknown(),
  }),

  listStandards: ep({ summary: "政策标准", access: READERS, response: z.array(standards.StandardRow) }),
  listGrowth: ep({
    summary: "动态调标：按机制该调的标准",
    access: READERS,
    response: z.array(standards.GrowthProposal),
  }),
  getStandard: ep({
    summary: "一项标准：时间线、历史、谁在用",
    access: READERS,
    params: standards.ByName,
    response: standards.StandardPage,
  }),
  previewStandard: ep({
    summary: "预览新标准的影响",
    access: STANDARD_SETTERS,
    params: standards.ByName,
    body: standards.PreviewInput,
    response: standards.Preview,
  }),
  explainStandardChange: ep({
    summary: "一户在新旧标准下的算法",
    access: STANDARD_SETTERS,
    params: standards.ByName,
    body: standards.ExplainInput,
    response: rules.BeforeAfter,
  }),
  proposeStandard: ep({
    summary: "录入新标准",
    access: ["county"],
    params: standards.ByName,
    body: standards.ProposeInput,
    response: standards.StandardPage,
  }),
  submitStandard: ep({
    summary: "标准送审",
    access: ["county"],
    params: id,
    response: standards.StandardPage,
  }),
  approveStandard: ep({
    summary: "批准标准（不是录入的人）",
    access: STANDARD_SETTERS,
    params: id,
    body: z.object({ reason: z.string().trim().max(500).default("") }),
    response: standards.StandardPage,
  }),
  withdrawStandard: ep({
    summary: "撤回未批准的标准",
    access: STANDARD_SETTERS,
    params: id,
    body: z.object({ reason: z.string().trim().min(2, "请写明撤回的原因。").max(500) }),
    response: standards.StandardPage,
  }),
  listRuleSets: ep({ summary: "认定规则", access: READERS, response: z.array(standards.RuleSetRow) }),
  getRuleSet: ep({
    summary: "一个事项的认定规则",
    access: READERS,
    params: z.object({ item: z.string().max(60) }),
    response: standards.RuleSetPage,
  }),
  beginRules: ep({
    summary: "起草一版规则",
    access: RULE_AUTHORS,
    params: z.object({ item: z.string().max(60) }),
    body: rules.BeginRules,
    response: rules.RuleVersionPage,
  }),
  checkRules: ep({
    summary: "检查正在写的规则",
    access: RULE_AUTHORS,
    params: z.object({ item: z.string().max(60) }),
    body: rules.CheckRules,
    response: rules.RuleCheck,
  }),
  getRuleVersion: ep({
    summary: "一版规则：原文、检查、经过",
    access: READERS,
    params: id,
    response: rules.RuleVersionPage,
  }),
  saveRules: ep({
    summary: "保存规则草稿",
    access: RULE_AUTHORS,
    params: id,
    body: rules.SaveRules,
    response: rules.RuleVersionPage,
  }),
  tryRules: ep({
    summary: "用在享的户试算一版规则",
    access: STANDARD_SETTERS,
    params: id,
    response: standards.RuleTrial,
  }),
  explainRuleChange: ep({
    summary: "一户在新旧规则下的算法",
    access: STANDARD_SETTERS,
    params: id,
    body: rules.Looked,
    response: rules.BeforeAfter,
  }),
  submitRules: ep({ summary: "规则送审", access: RULE_AUTHORS, params: id, response: rules.RuleVersionPage }),
  returnRules: ep({
    summary: "退回规则（不是起草的人）",
    access: STANDARD_SETTERS,
    params: id,
    body: rules.Reason,
    response: rules.RuleVersionPage,
  }),
  approveRules: ep({
    summary: "批准规则（不是起草的人）",
    access: STANDARD_SETTERS,
    params: id,
    body: rules.Opinion,
    response: rules.RuleVersionPage,
  }),
  withdrawRules: ep({
    summary: "撤回未开始执行的规则",
    access: STANDARD_SETTERS,
    params: id,
    body: rules.Reason,
    response: rules.RuleVersionPage,
  }),

  listClues: ep({ summary: "线索", access: CLUE_READERS, query: clues.ClueQuery, response: clues.ClueList }),
  listFound: ep({
    summary: "政策找人：找到了谁、为什么、联系得怎样",
    access: ["village", "township", "county", "leader", "auditor"],
    query: clues.FoundQuery,
    response: clues.FoundList,
  }),
  clueFunnel: ep({
    summary: "线索漏斗、来源、乡镇和趋势",
    access: READERS,
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

  getCalendar: ep({
    summary: "工作日历",
    access: "session",
    params: z.object({ year: z.coerce.number().int().min(2000).max(2100) }),
    response: house.Calendar,
  }),
  saveCalendar: ep({
    summary: "维护工作日历",
    access: ["county", "system_admin"],
    params: z.object({ year: z.coerce.number().int().min(2000).max(2100) }),
    body: house.SaveCalendar,
    response: house.Calendar,
  }),
  listAudit: ep({
    summary: "审计日志",
    access: ["auditor", "audit_admin"],
    query: house.AuditQuery,
    response: house.AuditList,
  }),
  listAuditExports: ep({
    summary: "审计导出清单",
    access: ["auditor", "audit_admin"],
    response: z.array(house.AuditExport),
  }),
  requestAuditExport: ep({
    summary: "做一份审计导出",
    access: ["auditor", "audit_admin"],
    body: house.RequestExport,
    response: z.array(house.AuditExport),
  }),
  downloadAuditExport: ep({
    summary: "下载审计导出",
    access: ["auditor", "audit_admin"],
    params: id,
    binary: true,
    response: z.unknown(),
  }),
  verifyChains: ep({
    summary: "校验哈希链",
    access: ["auditor", "audit_admin", "finance"],
    response: house.ChainReport,
  }),
  listAccounts: ep({
    summary: "账号",
    access: ["system_admin", "security_admin", "audit_admin"],
    response: z.array(house.AccountRow),
  }),
  createAccount: ep({
    summary: "新建账号",
    access: ["system_admin"],
    body: house.CreateAccount,
    response: house.AccountRow,
  }),
  updateAccount: ep({
    summary: "停用、解锁、重置",
    access: ["system_admin", "security_admin"],
    params: id,
    body: house.UpdateAccount,
    response: house.AccountRow,
  }),
} satisfies Record<RouteId, Endpoint>;

export type Contract = typeof contract;
type Part<E, K extends string, IO extends "in" | "out"> = E extends {
  readonly [k in K]: infer S extends z.ZodType;
}
  ? { [k in K]: IO extends "in" ? z.input<S> : z.output<S> }
  : unknown;
/** What a caller passes (`in`) and what a handler receives (`out`). */
export type Input<E, IO extends "in" | "out"> = Part<E, "params", IO> &
  Part<E, "query", IO> &
  Part<E, "body", IO>;
export type Output<E> = E extends { readonly response: infer R extends z.ZodType } ? z.output<R> : never;
export const methodOf = (r: RouteId) => routes[r][0];
export const pathOf = (r: RouteId) => routes[r][1];

export type CasePage = z.output<typeof cases.CasePage>;
export type Application = z.output<typeof cases.Application>;
export type Explanation = z.output<typeof open.Explanation>;
export type ClockView = CasePage["clocks"][number];
export type NextAction = z.output<typeof cases.NextAction>;
export type RosterPage = z.output<typeof money.RosterPage>;
export type RosterLine = z.output<typeof money.RosterLine>;
export type SessionView = z.output<typeof session.Session>;
export type ItemView = z.output<typeof open.Item>;
export type LeaderView = z.output<typeof leader.LeaderPage>;
export type WorkbenchView = z.output<typeof cases.Workbench>;
export type FieldListView = z.output<typeof visits.FieldList>;
export type FieldVisitInput = z.input<typeof visits.FieldVisit>;
