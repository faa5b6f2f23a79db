/** What this engine needs from others, no more; the composition root gives it. */
import type { Catalogue } from "@wuxin/declare";
import type { Clock, IsoDate, Scalar, WorkingCalendar } from "@wuxin/kernel";
import type { Actor, Tx, Vault } from "@wuxin/platform";
import type { Source } from "@wuxin/policy";
import type { Audit } from "../audit/index.ts";
import type { Documents } from "../documents/index.ts";
import type { PaidMonths } from "../entitlements/index.ts";
import type { Registry } from "../registry/index.ts";
import type { FetchHost } from "./fetch/addresses.ts";

/** A case as a 核对 needs it: who, who has not signed, what was declared. */
export interface CaseToCheck {
  readonly id: string;
  readonly number: string;
  readonly item: string;
  readonly itemTitle: string;
  readonly applicantId: string;
  readonly applicantName: string;
  readonly divisionCode: string;
  readonly persons: readonly { readonly id: string; readonly name: string }[];
  /** Living adults without a signed authorisation. */
  readonly lacking: readonly string[];
  /** What stands recorded about the whole, by fact. */
  readonly declared: ReadonlyMap<string, Scalar>;
  /** And about each person. */
  readonly declaredBy: ReadonlyMap<string, ReadonlyMap<string, Scalar>>;
  readonly householdId: string | null;
  readonly areaClass: string;
}

export interface MatchingDeps {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly catalogue: Pick<Catalogue, "feeds" | "signals" | "reckonings" | "checkPackage">;
  readonly audit: Pick<Audit, "record">;
  readonly registry: Pick<Registry, "idNumbers" | "findPersonByIdNo" | "ensurePerson">;
  /** The work with the whole county in sight, for what a person's own signature opens. */
  readonly wide: <T>(tx: Tx, work: () => Promise<T>) => Promise<T>;
  readonly attachFiles: Documents["attachFiles"];
  readonly paid: PaidMonths;
  readonly standards: (countyCode: string) => Source;
  readonly divisionName: (countyCode: string, code: string) => string;
  readonly levelName: (countyCode: string, level: number) => string;
  readonly working: (tx: Tx) => Promise<WorkingCalendar>;
  /** A dated choice of the county; undefined where it has not chosen. */
  readonly choice: (countyCode: string, name: string, on: IsoDate) => string | number | boolean | undefined;
  readonly nextNumber: (tx: Tx, series: string, year: number) => Promise<string>;
  readonly caseToCheck: (tx: Tx, caseId: string) => Promise<CaseToCheck>;
  /** A transaction of its own: what must stay in the trail although the work is refused. */
  readonly apart: <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Where files wait for their run. */
  readonly folder: string;
  /** The watched folders: below it one per county and feed. */
  readonly inbox: string;
  /** The machines of which lists may be fetched, as the county's file says. */
  readonly fetchHosts: (countyCode: string) => readonly FetchHost[];
  readonly threads?: number;
}

export const matchingActions = {
  "feed.receive": "接收比对数据",
  "feed.run": "比对数据",
  "feed.fall": "核实骤减的全量名单",
  "feed.delete": "删除比对文件",
  "feed.token.make": "生成部门接口口令",
  "feed.token.revoke": "作废部门接口口令",
  "feed.connector.save": "设置定时获取",
  "feed.connector.switch": "启用或停用定时获取",
  "feed.connector.ask": "立即获取部门数据",
  "alert.read": "查看预警证据",
  "alert.judge": "登记预警核查结果",
  "check.make": "出具核对报告",
  "check.refused": "无授权核对被拒绝",
  "check.supporter.name": "登记不共同生活的赡养义务人",
  "check.supporter.redeclare": "更改义务人的申报",
  "check.supporter.authorise": "登记义务人的核对授权",
  "check.supporter.remove": "移出义务人",
  "check.read": "查看核对报告",
  "check.batch": "在享对象批量核对",
  "check.package.make": "组成核对批次",
  "check.package.send": "确认送出核对批次",
  "check.package.drop": "作废核对批次",
  "check.package.file": "下载核对批次文件",
  "check.package.receipt": "登记核对批次的接收回执",
  "check.package.withdraw": "撤回核对批次",
  "check.package.answer": "接收核对批次的答复",
  "check.object": "对核对结果提出异议",
  "check.answer": "答复核对异议",
} as const;
