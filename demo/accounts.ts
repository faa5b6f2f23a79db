/** The demo accounts of a county: thirteen of the staff, three residents, and in 岳阳县 two of outside parties. One password, printed at start. */

import { type OutsideRole, ROLES, type Role } from "@wuxin/declare";
import { derivedId } from "@wuxin/kernel";
import { phoneOf } from "./people.ts";

export const DEMO_PASSWORD = "yanshi-2026";
/** Every id of the demo is derived from it, so that a start that was killed goes on where it stopped. */
export const NAMESPACE = "7c0e5f3a-3f1e-4a57-9c55-1d0c5a9f2b11";
export const demoId = (countyCode: string, name: string): string =>
  derivedId(NAMESPACE, `${countyCode}/${name}`);

export interface DemoStaff {
  readonly id: string;
  readonly loginName: string;
  readonly name: string;
  readonly role: Exclude<Role, "resident">;
  readonly scope: string;
}
export interface DemoDivision {
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly parentCode: string;
}
export interface DemoCounty {
  readonly code: string;
  readonly name: string;
  readonly divisions: readonly DemoDivision[];
}

/** The two townships where the demo's stories play: the first of the county that have villages. */
export interface Stage {
  readonly first: DemoDivision;
  readonly second: DemoDivision;
  readonly villages: readonly DemoDivision[];
  readonly otherVillages: readonly DemoDivision[];
}

export function stage(county: DemoCounty): Stage {
  const villagesOf = (code: string) => county.divisions.filter((d) => d.parentCode === code);
  const [first, second] = county.divisions.filter(
    (d) => d.level === "township" && villagesOf(d.code).length > 0,
  );
  if (!first || !second) throw new Error(`${county.code}: the demo needs two townships with villages`);
  return { first, second, villages: villagesOf(first.code), otherVillages: villagesOf(second.code) };
}

export type StaffKey =
  | "wangge"
  | "cun"
  | "zhen"
  | "zhen2"
  | "linzhen"
  | "xian"
  | "fuhe"
  | "shenpi"
  | "caiwu"
  | "shenji"
  | "xitong"
  | "anquan"
  | "rizhi";
export type ResidentKey = "jumin1" | "jumin2" | "jumin3";

export function staffOf(county: DemoCounty): (DemoStaff & { readonly loginName: StaffKey })[] {
  const { first, second, villages } = stage(county);
  const make = (loginName: StaffKey, name: string, role: DemoStaff["role"], scope: string) => ({
    id: demoId(county.code, loginName),
    loginName,
    name,
    role,
    scope,
  });
  return [
    make("wangge", "吴小军（网格员）", "grid", villages[0]?.code ?? first.code),
    make("cun", "周满秀（村）", "village", villages[0]?.code ?? first.code),
    make("zhen", "刘志强（乡镇经办）", "township", first.code),
    make("zhen2", "陈晓芳（乡镇审核）", "township", first.code),
    make("linzhen", "马海涛（邻镇经办）", "township", second.code),
    make("xian", "王建华（县级经办）", "county", county.code),
    make("fuhe", "李秀英（县级复核）", "county", county.code),
    make("shenpi", "张国平（分管领导）", "leader", county.code),
    make("caiwu", "赵淑珍（财务）", "finance", county.code),
    make("shenji", "黄文斌（审计监督）", "auditor", county.code),
    make("xitong", "系统管理员", "system_admin", county.code),
    make("anquan", "安全管理员", "security_admin", county.code),
    make("rizhi", "审计管理员", "audit_admin", county.code),
  ];
}

/** The county whose ledgers and plans the demo tells in full. */
export const RICH = "430621";

/** A department's contact, and a care institution of the ledger; bound to their party, without a scope. */
export interface DemoOutsider {
  readonly id: string;
  readonly loginName: "weijian" | "yanglao";
  readonly name: string;
  readonly role: OutsideRole;
  readonly party: string;
  readonly partyName: string;
}
export function outsidersOf(county: DemoCounty): DemoOutsider[] {
  if (county.code !== RICH) return [];
  const make = (
    loginName: DemoOutsider["loginName"],
    name: string,
    role: OutsideRole,
    party: string,
    partyName: string,
  ): DemoOutsider => ({ id: demoId(county.code, loginName), loginName, name, role, party, partyName });
  const home = `institution:${demoId(county.code, "care-institution/3")}`;
  return [
    make("weijian", "彭卫东", "department_contact", "department:health", "卫生健康局"),
    make("yanglao", "罗院长", "institution", home, "康乐颐养院"),
  ];
}

/** Residents log in with their phone number (or ID number). */
export interface DemoResident {
  readonly key: ResidentKey;
  readonly accountId: string;
  readonly personId: string;
  readonly name: string;
  readonly sex: "男" | "女";
  readonly age: number;
  readonly phone: string;
  readonly says: string;
}

/** Names that fit both: 刚察县 has Han people too. */
export function residentsOf(county: DemoCounty): DemoResident[] {
  const make = (
    key: ResidentKey,
    serial: number,
    name: string,
    sex: "男" | "女",
    age: number,
    says: string,
  ): DemoResident => ({
    key,
    accountId: demoId(county.code, key),
    personId: demoId(county.code, `${key}/person`),
    name,
    sex,
    age,
    phone: phoneOf(county.code, serial),
    says,
  });
  return [
    make("jumin1", 9001, "何春梅", "女", 45, "还没有申请过"),
    make("jumin2", 9002, "宋长林", "男", 51, "申请正等着补材料"),
    make("jumin3", 9003, "唐丽华", "女", 38, "正在领取"),
  ];
}

/** A row of the contract's DemoAccount. */
export interface DemoAccount {
  readonly county: string;
  readonly countyName: string;
  readonly loginName: string;
  readonly password: string;
  readonly name: string;
  readonly role: Role;
  readonly roleName: string;
  readonly scopeName: string;
}

export function demoAccounts(counties: readonly DemoCounty[]): DemoAccount[] {
  return counties.flatMap((county) => {
    const common = { county: county.code, countyName: county.name, password: DEMO_PASSWORD };
    const nameOf = (code: string): string => {
      const d = county.divisions.find((x) => x.code === code);
      const parent = d?.level === "village" ? nameOf(d.parentCode) : "";
      return d ? parent + d.name : county.name;
    };
    return [
      ...residentsOf(county).map((r) => ({
        ...common,
        loginName: r.phone,
        name: r.name,
        role: "resident" as const,
        roleName: ROLES.resident,
        scopeName: r.says,
      })),
      ...staffOf(county).map((s) => ({
        ...common,
        loginName: s.loginName,
        name: s.name,
        role: s.role,
        roleName: ROLES[s.role],
        scopeName: nameOf(s.scope),
      })),
      ...outsidersOf(county).map((s) => ({
        ...common,
        loginName: s.loginName,
        name: s.name,
        role: s.role,
        roleName: ROLES[s.role],
        scopeName: s.partyName,
      })),
    ];
  });
}
