import { type Clock, DomainError, newId } from "@wuxin/kernel";
import type { Database, Tx, Vault } from "@wuxin/platform";
import { type ChainOptions, type ChainReport, checkSpec, sealAll, verifyAll } from "./chain.ts";
import { ACTION_LABELS } from "./labels.ts";
import { type AuditEntry, canonicalEntry, detailText } from "./model.ts";
import * as store from "./store.ts";

export interface AuditDeps {
  readonly clock: Clock;
  readonly vault: Vault;
  /** See ChainOptions; a test shortens it. */
  readonly settleMs?: number;
}

export interface AuditRow {
  readonly id: string;
  /** Place in the chain; null until sealed. */
  readonly seq: number | null;
  readonly at: string;
  readonly actorName: string;
  readonly role: string;
  readonly action: string;
  readonly actionLabel: string;
  readonly object: string;
  readonly objectId: string | null;
  readonly detail: string;
}

export interface AuditQuery extends store.AuditFilter {
  readonly page: number;
  readonly size: number;
}

export interface Audit {
  /** Writes a line in the caller's transaction: it stands or falls with what it tells of. */
  record(tx: Tx, entry: AuditEntry): Promise<void>;
  /** Many lines in one round trip. */
  recordMany(tx: Tx, entries: readonly AuditEntry[]): Promise<void>;
  /** Newest first; the reading leaves a line itself. Needs a writing transaction. Error: forbidden. */
  list(tx: Tx, query: AuditQuery): Promise<{ rows: AuditRow[]; total: number }>;
  /** Chains what is unsealed in a county, every chain. Run every second; 0 when another process is at it. */
  seal(db: Database, countyCode: string): Promise<number>;
  /** Proves every chain of a county, or names the first broken link of each. */
  verify(db: Database, countyCode: string): Promise<ChainReport[]>;
  /** Chains an append-only table of another engine. Error: bad-declaration. */
  registerChain(spec: store.ChainSpec): void;
  /** The keyed code for a chain with `macColumn`. */
  mac(canonicalText: string): Buffer;
  /** Names actions of another engine for the audit page. */
  describe(labels: Readonly<Record<string, string>>): void;
}

const READERS = new Set(["auditor", "audit_admin"]);
/** Between a number being given out and its transaction being numbered lie microseconds; this is ample. */
const SETTLE_MS = 10_000;

export function createAudit({ clock, vault, settleMs = SETTLE_MS }: AuditDeps): Audit {
  const labels = new Map(Object.entries(ACTION_LABELS));
  const chains: ChainOptions[] = [];

  function registerChain(spec: store.ChainSpec): void {
    checkSpec(spec, new Set(chains.map((c) => c.spec.name)));
    chains.push({ vault, spec, settleMs });
  }
  registerChain({
    name: "audit",
    table: "audit_entry",
    orderBy: "position",
    canonicalSql: store.AUDIT_CANONICAL_SQL,
    macColumn: "mac",
  });

  function written(tx: Tx, entry: AuditEntry) {
    const { actor } = tx;
    const stored = {
      countyCode: actor.countyCode,
      id: newId(),
      at: clock.now().toISOString(),
      accountId: actor.accountId?.toLowerCase() ?? null,
      personId: actor.personId?.toLowerCase() ?? null,
      actorName: detailText(actor.name).slice(0, 100),
      role: actor.role,
      action: entry.action,
      object: entry.object,
      objectId: entry.objectId === undefined ? null : detailText(entry.objectId),
      detail: detailText(entry.detail),
    };
    return { entry: stored, mac: vault.digest(canonicalEntry(stored)) };
  }

  async function record(tx: Tx, entry: AuditEntry): Promise<void> {
    const { entry: stored, mac } = written(tx, entry);
    await store.insertEntry(tx, stored, mac);
  }

  async function recordMany(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length > 0)
      await store.insertEntries(
        tx,
        entries.map((entry) => written(tx, entry)),
      );
  }

  return {
    record,
    recordMany,
    registerChain,
    mac: (text) => vault.digest(text),
    describe(more) {
      for (const [action, label] of Object.entries(more)) labels.set(action, label);
    },
    async list(tx, query) {
      if (!READERS.has(tx.actor.role)) {
        throw new DomainError("forbidden", "审计日志只供审计监督和审计管理员查看，您的账号没有此权限。");
      }
      const { rows, total } = await store.listEntries(tx, query, query);
      await record(tx, {
        action: "audit.read",
        object: "audit",
        detail: {
          操作人: query.actor ?? null,
          操作: query.action ?? null,
          对象: query.objectId ?? null,
          起: query.from ?? null,
          止: query.to ?? null,
          页: query.page,
        },
      });
      return {
        total,
        rows: rows.map((r) => ({
          id: r.id,
          seq: r.seq,
          at: r.at,
          actorName: r.actorName,
          role: r.role,
          action: r.action,
          actionLabel: labels.get(r.action) ?? r.action,
          object: r.object,
          objectId: r.objectId,
          detail: r.detail,
        })),
      };
    },
    seal: (db, countyCode) => sealAll(db, countyCode, chains),
    verify: (db, countyCode) => verifyAll(db, countyCode, chains),
  };
}
