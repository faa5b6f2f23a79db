import { DomainError, newId } from "@wuxin/kernel";
import { type Database, nobody, systemActor, type Tx } from "./database.ts";
import { attempt } from "./savepoint.ts";

/** Something that happened, as a handler receives it. */
export interface OutboxEvent<P = unknown> {
  readonly id: string;
  readonly countyCode: string;
  readonly kind: string;
  readonly payload: P;
  /** Who did it; null for the system and for residents. */
  readonly accountId: string | null;
  /** ISO instant. */
  readonly createdAt: string;
}

/** Must be idempotent: an event comes at least once. Its writes commit together with "handled". */
export type OutboxHandler = (tx: Tx, event: OutboxEvent) => Promise<void>;

/** An event that gave up, for the operator's page. */
export interface DeadEvent {
  readonly id: string;
  readonly kind: string;
  readonly attempts: number;
  readonly lastError: string;
  readonly createdAt: string;
}

export interface DispatcherOptions {
  /** Tries before an event is dead (default 8, which takes about two hours). */
  readonly maxAttempts?: number;
  /** Wait before the second try, doubling after that (default 30 s). */
  readonly firstBackoffMs?: number;
}

export interface Dispatcher {
  /** Handles what is due in one county, or in all; gives the number handled. Safe to run in several processes. */
  drain(countyCode?: string): Promise<number>;
}

/** Tells the other engines, in the transaction of the event itself. `payload`: ids and codes, no personal data. */
export async function emit(tx: Tx, kind: string, payload: object): Promise<void> {
  await tx.exec("insert into outbox (county_code, id, kind, payload) values ($1, $2, $3, $4)", [
    tx.actor.countyCode,
    newId(),
    kind,
    JSON.stringify(payload),
  ]);
  told.add(tx);
}

/** The same for many, in few statements. */
export async function emitMany(tx: Tx, kind: string, payloads: readonly object[]): Promise<void> {
  if (payloads.length === 0) return;
  await tx.bulkInsert(
    "outbox",
    ["county_code", "id", "kind", "payload"],
    payloads.map((p) => [tx.actor.countyCode, newId(), kind, p]),
  );
  told.add(tx);
}

const told = new WeakSet<Tx>();
/** Whether this transaction told the outbox anything: whoever carries events out at once need not look otherwise. */
export const hasTold = (tx: Tx): boolean => told.has(tx);

/**
 * Carries events to their handlers as the system of the event's county, one transaction each. A failure is recorded
 * with its reason and tried again later, then dead and visible (`listDead`, `revive`). Events of a kind that nobody
 * listens to are marked `ignored`. Order is that of creation, except after failures.
 */
export function createDispatcher(
  db: Database,
  handlers: Readonly<Record<string, OutboxHandler | readonly OutboxHandler[]>>,
  options: DispatcherOptions = {},
): Dispatcher {
  const maxAttempts = options.maxAttempts ?? 8;
  const firstBackoffMs = options.firstBackoffMs ?? 30_000;

  async function handleOne(countyCode: string): Promise<"none" | "handled" | "other"> {
    return db.transact(systemActor(countyCode), async (tx) => {
      const event = await tx.maybe<OutboxEvent & { attempts: number }>(
        `select id, county_code as "countyCode", kind, payload, account_id as "accountId", created_at as "createdAt", attempts
           from outbox where county_code = $1 and state = 'pending' and next_attempt_at <= clock_timestamp()
          order by created_at, id limit 1 for update skip locked`,
        [countyCode],
      );
      if (event === undefined) return "none";
      const found = handlers[event.kind] ?? [];
      const chain = typeof found === "function" ? [found] : found;
      try {
        await attempt(tx, async () => {
          for (const handler of chain) await handler(tx, event);
        });
      } catch (error) {
        if (isCollision(error)) throw error; // the whole transaction runs again
        const attempts = event.attempts + 1;
        await tx.exec(
          `update outbox set attempts = $3, last_error = $4, state = $5,
                  next_attempt_at = clock_timestamp() + make_interval(secs => $6::float8)
            where county_code = $1 and id = $2`,
          [
            countyCode,
            event.id,
            attempts,
            reason(error),
            attempts >= maxAttempts ? "dead" : "pending",
            (firstBackoffMs / 1000) * 2 ** event.attempts,
          ],
        );
        return "other";
      }
      await tx.exec(
        `update outbox set state = $3, attempts = attempts + 1, last_error = null, handled_at = clock_timestamp()
          where county_code = $1 and id = $2`,
        [countyCode, event.id, chain.length > 0 ? "done" : "ignored"],
      );
      return chain.length > 0 ? "handled" : "other";
    });
  }

  return {
    async drain(countyCode) {
      const counties = countyCode === undefined ? await dueCounties(db) : [countyCode];
      let handled = 0;
      for (const county of counties) {
        for (let last = await handleOne(county); last !== "none"; last = await handleOne(county)) {
          if (last === "handled") handled++;
        }
      }
      return handled;
    },
  };
}

/** The events of the actor's county that gave up, newest first. */
export function listDead(tx: Tx): Promise<DeadEvent[]> {
  return tx.query(
    `select id, kind, attempts, last_error as "lastError", created_at as "createdAt"
       from outbox where county_code = $1 and state = 'dead' order by created_at desc limit 200`,
    [tx.actor.countyCode],
  );
}

/** Tries a dead event again from the beginning. Throws `event-not-dead`. */
export async function revive(tx: Tx, id: string): Promise<void> {
  const changed = await tx.exec(
    `update outbox set state = 'pending', attempts = 0, next_attempt_at = clock_timestamp()
      where county_code = $1 and id = $2 and state = 'dead'`,
    [tx.actor.countyCode, id],
  );
  if (changed === 0)
    throw new DomainError("event-not-dead", "该事件不在“已停止重试”之列，无需重试：请刷新页面。");
}

async function dueCounties(db: Database): Promise<string[]> {
  const rows = await db.read(nobody, (tx) =>
    tx.query<{ code: string }>("select outbox_due_counties() as code"),
  );
  return rows.map((row) => row.code);
}

function isCollision(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === "40001" || code === "40P01";
}

/** PostgreSQL's `detail` holds row values and is left out on purpose. */
function reason(error: unknown): string {
  const e = error as { code?: string; message?: string };
  return `${e.code === undefined ? "" : `${e.code}: `}${e.message ?? String(error)}`.slice(0, 500);
}
