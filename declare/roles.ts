/** The roles of the house. `三员` (system, security, audit administrators) are separated: none of them handles cases. */
export const ROLES = {
  resident: "居民",
  grid: "网格员",
  village: "村（社区）工作者",
  township: "乡镇（街道）经办",
  county: "县级股室经办",
  leader: "局领导",
  finance: "财务",
  auditor: "审计监督",
  system_admin: "系统管理员",
  security_admin: "安全管理员",
  audit_admin: "审计管理员",
  department_contact: "部门联络员",
  institution: "机构账号",
} as const;
export type Role = keyof typeof ROLES;

/** Accounts of outside parties, and what each is bound to. They see what was given to their party, nothing else. */
export const OUTSIDE_ROLES = { department_contact: "department", institution: "institution" } as const;
export type OutsideRole = keyof typeof OUTSIDE_ROLES;
export const isOutside = (role: string): role is OutsideRole => Object.hasOwn(OUTSIDE_ROLES, role);

/** The five systems, the navigation of the console, in the order of the name Wuxin. */
export const SYSTEMS = ["养老", "救助", "福利", "服务", "保障"] as const;
export type System = (typeof SYSTEMS)[number];

/** Where a rule comes from. `unverified` marks what the law text was not read for. */
export interface Citation {
  readonly title: string; // 《最低生活保障审核确认办法》
  readonly document?: string; // 民发〔2021〕57号
  readonly article?: string; // 第十五条
  readonly unverified?: boolean;
}
