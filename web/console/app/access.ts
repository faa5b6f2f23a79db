/**
 * Which roles see which section: the same lists as the contract's doors (a test compares them), kept apart from it
 * because the contract brings its schemas along. The server decides; this only spares people a closed door.
 */
import type { RouteId } from "@wuxin/contract/routes";
import type { Role } from "@wuxin/declare/roles";

const CASE_STAFF: readonly Role[] = ["village", "township", "county", "leader"];
const READERS: readonly Role[] = [...CASE_STAFF, "finance", "auditor"];
const MONEY: readonly Role[] = ["county", "leader", "finance", "auditor"];

export const ACCESS = {
  listCases: READERS,
  saveDraft: ["resident", "village", "township"],
  submitApplication: ["resident", "village", "township"],
  assessCase: CASE_STAFF,
  listStaff: CASE_STAFF,
  uploadFile: ["resident", ...CASE_STAFF],
  search: READERS,
  listCandidates: ["village", "township", "county"],
  openCandidate: ["village", "township"],
  listEntitlements: READERS,
  listRegisters: READERS,
  listIndicators: READERS,
  freezeMonth: ["county", "leader"],
  explainJump: ["township", "county", "leader"],
  listStatistics: ["township", "county", "leader", "auditor"],
  openStatistic: ["township", "county", "leader"],
  listRosters: MONEY,
  generateRoster: ["county"],
  holdLine: ["county"],
  releaseLine: ["county", "leader"],
  downloadBankFile: ["county", "finance"],
  listOverlaps: ["township", ...MONEY],
  listRedFlags: ["township", ...MONEY],
  listFeeds: ["county", "leader", "auditor"],
  uploadFeed: ["county"],
  listFeedTokens: ["system_admin", "security_admin", "audit_admin"],
  makeFeedToken: ["system_admin"],
  revokeFeedToken: ["system_admin", "security_admin"],
  listAlerts: ["village", "township", "county", "leader", "auditor"],
  listChecks: ["township", "county", "leader", "auditor"],
  makeCheck: ["township", "county"],
  batchCheck: ["county"],
  listFailures: ["township", ...MONEY],
  listClues: READERS,
  reportClue: ["village", "township", "county"],
  listFieldDevices: ["village", "township", "county"],
  visitBoard: CASE_STAFF,
  resolveCard: ["village", "township", "county"],
  superviseTownships: ["township", "county", "leader", "auditor"],
  exportSupervision: ["county", "leader", "auditor"],
  listRectifications: ["township", "county", "leader", "auditor"],
  issueRectification: ["county"],
  urgeTownship: ["county"],
  listPlans: READERS,
  readPlan: ["county", "leader"],
  listSummaries: MONEY,
  beginSummary: ["county", "leader"],
  getFunds: MONEY,
  confirmChange: ["county"],
  proposeReshape: ["township", "county"],
  listReprices: MONEY,
  listLinkages: MONEY,
  listRecoveries: ["township", ...MONEY],
  listRelativeFilings: ["township", "county", "leader", "auditor"],
  listStandards: READERS,
  listRuleSets: READERS,
  previewStandard: ["county", "leader"],
  proposeStandard: ["county"],
  approveStandard: ["county", "leader"],
  beginRules: ["county"],
  tryRules: ["county", "leader"],
  approveRules: ["county", "leader"],
  listAudit: ["auditor", "audit_admin"],
  requestAuditExport: ["auditor", "audit_admin"],
  verifyChains: ["auditor", "audit_admin", "finance"],
  listAccounts: ["system_admin", "security_admin", "audit_admin"],
  createAccount: ["system_admin"],
  updateAccount: ["system_admin", "security_admin"],
} as const satisfies Partial<Record<RouteId, readonly Role[]>>;

export const may = (role: Role, route: keyof typeof ACCESS): boolean =>
  (ACCESS[route] as readonly Role[]).includes(role);
