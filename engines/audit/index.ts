export type { ChainReport } from "./chain.ts";
export { type AuditEntry, scrub } from "./model.ts";
export { type Audit, type AuditDeps, type AuditQuery, type AuditRow, createAudit } from "./service.ts";
export type { ChainSpec } from "./store.ts";
