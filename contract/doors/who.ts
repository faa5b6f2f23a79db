/** Roles that often open the same doors. */
export const CASE_STAFF = ["village", "township", "county", "leader"] as const;
export const READERS = ["village", "township", "county", "leader", "finance", "auditor"] as const;
export const MONEY = ["county", "leader", "finance", "auditor"] as const;
export const SUPERVISORS = ["township", ...MONEY] as const;
/** A grid worker sees of the village what was given to him and what he told, nothing else. */
export const CLUE_READERS = ["grid", ...READERS] as const;
export const WATCHERS = ["village", "township", "county", "leader", "auditor"] as const;
export const CHECKERS = ["township", "county", "leader", "auditor"] as const;
/** Accounts of outside parties: they see what was given to theirs. */
export const OUTSIDE = ["department_contact", "institution"] as const;
/** Who sees what is fetched by itself. */
export const FETCHERS = ["county", "system_admin", "security_admin", "audit_admin"] as const;
export const STATISTICIANS = ["township", "county", "leader"] as const;
export const STANDARD_SETTERS = ["county", "leader"] as const;
/** Who may write rules; the second person is one of STANDARD_SETTERS who did not. */
export const RULE_AUTHORS = ["county"] as const;
