import { isOutside, OUTSIDE_ROLES, ROLES, type Role } from "@wuxin/declare";
import { DomainError, divisionLevel, within } from "@wuxin/kernel";
import type { Actor } from "@wuxin/platform";

/** An account as other rooms see it: never with a hash or a secret. */
export interface Account {
  readonly id: string;
  readonly loginName: string;
  readonly name: string;
  readonly role: Role;
  readonly roleName: string;
  /** Division prefix; "" for residents and outside parties. */
  readonly scope: string;
  /** Of an outside party: `department:<code>` or `institution:<id>`. */
  readonly party: string | null;
  readonly personId: string | null;
  readonly active: boolean;
  readonly locked: boolean;
  readonly totpEnabled: boolean;
  /** ISO instant. */
  readonly lastLoginAt: string | null;
}

/** The three separated administrators (三员). */
const ADMINISTRATORS: ReadonlySet<string> = new Set(["system_admin", "security_admin", "audit_admin"]);
export const isAdministrator = (role: string): boolean => ADMINISTRATORS.has(role);

/** 5 wrong passwords lock a name for 15 minutes (GB/T 22239 level 3: lock-out). */
export const MAX_FAILURES = 5;
export const LOCK_MS = 15 * 60_000;
/** One address may fail this often, over all names, in the same time. */
export const MAX_FAILURES_OF_ADDRESS = 100;
export const IDLE_MS = 60 * 60_000;
export const ABSOLUTE_MS = 12 * 60 * 60_000;
/** A session's last use is written at most this often. */
export const TOUCH_MS = 60_000;

/** Throws `forbidden` with a sentence that says who may. */
export function assertRole(actor: Actor, roles: readonly string[], doing: string): void {
  if (roles.includes(actor.role)) return;
  const who = roles.map((r) => ROLES[r as Role] ?? r).join("、");
  throw new DomainError("forbidden", `${doing}由${who}办理，您的账号没有此权限。如确需办理，请联系他们。`);
}

/**
 * What the database lets a session see. Administrators keep house and read no business data, whatever division their
 * account names; residents see by their person, outside parties by what was given to their party.
 */
export function actorOf(
  countyCode: string,
  a: Pick<Account, "id" | "name" | "role" | "scope" | "personId" | "party">,
): Actor {
  return {
    countyCode,
    scope: isAdministrator(a.role) ? "" : a.scope,
    accountId: a.id,
    personId: a.personId,
    name: a.name,
    role: a.role,
    ...(a.party === null ? {} : { party: a.party }),
  };
}

const LEVELS: Partial<Record<Role, readonly string[]>> = {
  grid: ["village"],
  village: ["village"],
  township: ["township"],
};

/** Whom an account of this role is bound to: an outside party, or nobody. Throws `invalid-input` at `party`. */
export function checkParty(role: Role, party: string | null): void {
  const bad = (message: string) => new DomainError("invalid-input", message, { field: "party" });
  if (!isOutside(role)) {
    if (party !== null) throw bad(`“${ROLES[role]}”是本单位的账号，不选部门和机构。`);
  } else if (!party?.startsWith(`${OUTSIDE_ROLES[role]}:`))
    throw bad(role === "institution" ? "请选是哪一家机构的账号。" : "请选是哪个部门的联络员。");
}

/** The scope must lie in the county and suit the role. Throws `invalid-input` at `scope` or `role`. */
export function checkScope(countyCode: string, role: Role, scope: string): void {
  if (role === "resident") {
    throw new DomainError("invalid-input", "居民账号由居民凭身份证号自行注册，不能在这里新建。", {
      field: "role",
    });
  }
  const bad = (message: string) => new DomainError("invalid-input", message, { field: "scope" });
  if (isOutside(role)) {
    if (scope !== "") throw bad(`“${ROLES[role]}”没有管辖范围，只看交给本单位的。`);
    return;
  }
  if (!within(countyCode, scope)) throw bad("管辖范围应在本县之内，请重新选择。");
  const wanted = LEVELS[role] ?? ["county"];
  if (!wanted.includes(divisionLevel(scope))) {
    const level =
      { grid: "村（社区）", village: "村（社区）", township: "乡镇（街道）" }[role as string] ?? "全县";
    throw bad(`“${ROLES[role]}”的管辖范围应选到${level}。`);
  }
}

/** At least 10 characters with a letter and a digit, and not the login name itself. Throws `invalid-input`. */
export function checkPassword(password: string, loginName = "", field = "password"): void {
  const bad = (message: string) => new DomainError("invalid-input", message, { field });
  if (password.length < 10 || !/[A-Za-z]/.test(password) || !/\d/.test(password)) {
    throw bad("密码至少 10 位，并同时有字母和数字。");
  }
  if (password.length > 200) throw bad("密码最长 200 位。");
  if (loginName !== "" && password.toLowerCase().includes(loginName.toLowerCase())) {
    throw bad("密码里不能包含登录名，请换一个。");
  }
}

/** What is typed as a login name, in the one form that is digested. */
export const normalizeLogin = (typed: string): string =>
  typed.normalize("NFKC").replace(/\s/g, "").toLowerCase();

export type SessionState = "alive" | "idle" | "expired";

export function sessionState(s: { lastSeenAt: string; expiresAt: string }, now: Date): SessionState {
  if (now.getTime() >= Date.parse(s.expiresAt)) return "expired";
  return now.getTime() - Date.parse(s.lastSeenAt) >= IDLE_MS ? "idle" : "alive";
}

export function notFound(): DomainError {
  return new DomainError("not-found", "没有这个账号，请刷新页面后重试。");
}
