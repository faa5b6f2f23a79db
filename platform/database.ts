import { createHash } from "node:crypto";
import { countyOf, DomainError, isUuid } from "@wuxin/kernel";
import pg from "pg";
import { unreachable } from "./startup-errors.ts";
import { valueTypes } from "./value-types.ts";

/** On whose behalf a transaction runs. Row-level security reads these settings and nothing else. */
export interface Actor {
  readonly countyCode: string;
  /** Division prefix; "" sees nothing. */
  readonly scope: string;
  readonly accountId: string | null;
  /** The resident, when a resident acts. */
  readonly personId: string | null;
  /**
   * Of an outside party: `department:<code>` or `institution:<id>`. Such a transaction carries neither county nor scope, so that
   * what no policy opens to parties is closed to them.
   */
  readonly party?: string;
  readonly name: string;
  readonly role: string;
}

/** What `bulkInsert` may insert; objects and arrays go to jsonb (give values, not JSON text) or SQL arrays. */
export type BulkRow = readonly unknown[];

/** One open transaction. It ends with the function it was given to; a later query throws `transaction-over`. */
export interface Tx {
  query<R>(text: string, values?: readonly unknown[]): Promise<R[]>;
  /** Exactly one row; throws `row-missing` otherwise. */
  one<R>(text: string, values?: readonly unknown[]): Promise<R>;
  /** The row or undefined; throws `row-not-single` on two. */
  maybe<R>(text: string, values?: readonly unknown[]): Promise<R | undefined>;
  /** Number of rows affected. */
  exec(text: string, values?: readonly unknown[]): Promise<number>;
  /** Many rows in few statements; `tail` may be `on conflict do nothing`. Gives the number inserted. */
  bulkInsert(
    table: string,
    columns: readonly string[],
    rows: readonly BulkRow[],
    tail?: string,
  ): Promise<number>;
  readonly actor: Actor;
}

export type Isolation = "read committed" | "repeatable read" | "serializable";

export interface Database {
  /** One transaction; run again, up to three times in all, when it collides (40001, 40P01). */
  transact<T>(actor: Actor, work: (tx: Tx) => Promise<T>, options?: { isolation?: Isolation }): Promise<T>;
  /** The same, read only. */
  read<T>(actor: Actor, work: (tx: Tx) => Promise<T>, options?: { isolation?: Isolation }): Promise<T>;
  close(): Promise<void>;
}

/** The machine acting for one county (jobs, outbox, imports): sees that county, no other. */
export function systemActor(countyCode: string): Actor {
  return {
    countyCode,
    scope: countyOf(countyCode),
    accountId: null,
    personId: null,
    name: "系统",
    role: "system",
  };
}

/** Someone of no county: sees no row. For what is asked before it is known who asks, by functions made for it. */
export const nobody: Actor = {
  countyCode: "000000",
  scope: "",
  accountId: null,
  personId: null,
  name: "",
  role: "nobody",
};

/** A value for a jsonb parameter: `pg` would write a bare array as an SQL array. */
export function json(value: unknown): string {
  return JSON.stringify(value);
}

/** True for a unique-constraint refusal, of the named constraint when one is given. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const e = error as { code?: string; constraint?: string };
  return e?.code === "23505" && (constraint === undefined || e.constraint === constraint);
}

/**
 * Runs with the county's whole scope: a resident who applies or acts brings people and papers into the county's books,
 * which no resident may write himself. Who acts stays who he is; the scope is put back before this returns.
 */
export async function asHouse<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const set = (scope: string) => tx.query("select set_config('app.scope', $1, true)", [scope]);
  // One may already be inside another.
  const { before } = await tx.one<{ before: string }>("select current_setting('app.scope') as before");
  await set(tx.actor.countyCode);
  try {
    return await work();
  } finally {
    // After a failed statement the transaction is lost anyway and the setting goes with it.
    await set(before).catch(() => undefined);
  }
}

export interface ConnectOptions {
  /** Connections at most (default 16). */
  readonly max?: number;
  /** False behind a pooler in transaction mode, which cannot keep prepared statements. */
  readonly prepared?: boolean;
}

const ATTEMPTS = 3;
const COLLISIONS = new Set(["40001", "40P01"]);

/**
 * A pool that logs in as the application role of `url`. Nothing is asked of the server until the first transaction.
 */
export function connect(url: string, options: ConnectOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 16,
    types: valueTypes,
    application_name: "wuxin",
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: 60_000,
    options: "-c TimeZone=Asia/Shanghai -c idle_in_transaction_session_timeout=120000",
  });
  // An idle connection that breaks (server restarted) is dropped by the pool; the next query connects anew.
  pool.on("error", () => {});
  // One that breaks between two statements of a transaction tells nobody but itself: unheard, it would end the process.
  // The transaction's next statement fails, and the connection is thrown away.
  pool.on("connect", (client) => void client.on("error", () => {}));
  const statements = new Map<string, StatementNames>();
  /** Of those who see the same county's rows: a plan that was made where there are none is no plan for a million. */
  function statementsOf({ countyCode, party }: Actor): StatementNames {
    const whose = party === undefined ? countyCode : OUTSIDE;
    const known = statements.get(whose) ?? new StatementNames(options.prepared ?? true, whose);
    statements.set(whose, known);
    return known;
  }

  async function attempt<T>(begin: string, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await pool.connect().catch((error: unknown) => {
      throw unreachable(error);
    });
    let broken: Error | undefined;
    const tx = new OpenTx(client, actor, statementsOf(actor));
    try {
      await client.query(begin);
      const result = await work(tx);
      tx.end();
      await client.query("commit");
      return result;
    } catch (error) {
      tx.end();
      await client.query("rollback").catch((failure: Error) => {
        broken = failure; // the connection is of no more use
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async function run<T>(
    mode: "read write" | "read only",
    actor: Actor,
    work: (tx: Tx) => Promise<T>,
    isolation: Isolation = "read committed",
  ): Promise<T> {
    const begin = `begin isolation level ${isolation} ${mode}; ${settings(actor)}`;
    for (let tries = 1; ; tries++) {
      try {
        return await attempt(begin, actor, work);
      } catch (error) {
        if (tries >= ATTEMPTS || !COLLISIONS.has((error as { code?: string }).code ?? "")) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 30 * tries));
      }
    }
  }

  return {
    transact: (actor, work, opts) => run("read write", actor, work, opts?.isolation),
    read: (actor, work, opts) => run("read only", actor, work, opts?.isolation),
    close: () => pool.end(),
  };
}

const OUTSIDE = "outside";
const PARTY = /^(department:[a-z][a-z-]{1,39}|institution:[0-9a-f-]{36})$/;

/** One statement that sets the actor for this transaction only; travels in the same message as BEGIN. */
function settings(actor: Actor): string {
  const wrong =
    !/^\d{6}$/.test(actor.countyCode) ||
    !/^\d{0,12}$/.test(actor.scope) ||
    !(actor.accountId === null || isUuid(actor.accountId)) ||
    !(actor.personId === null || isUuid(actor.personId)) ||
    !(actor.party === undefined || PARTY.test(actor.party));
  if (wrong) {
    throw new DomainError(
      "bad-actor",
      `办理人的县代码、管辖范围或编号格式不对（县代码“${actor.countyCode}”，范围“${actor.scope}”），已拒绝访问数据库。`,
    );
  }
  const set = (name: string, value: string | null) => `set_config('app.${name}', '${value ?? ""}', true)`;
  const { party } = actor;
  const [inside, outside] = party === undefined ? [actor, null] : [null, actor.countyCode];
  const all = [
    ...[set("county", inside?.countyCode ?? null), set("scope", inside?.scope ?? null)],
    ...[set("account", actor.accountId), set("person", inside?.personId ?? null)],
    ...[set("outside", outside), set("party", party ?? null)],
  ];
  return `select ${all.join(", ")}`;
}

/** A text met for the third time is worth preparing; one built for a single use is not. */
class StatementNames {
  readonly #uses = new Map<string, number>();
  readonly #names = new Map<string, string>();
  readonly #on: boolean;
  readonly #whose: string;

  constructor(on: boolean, whose: string) {
    this.#on = on;
    this.#whose = whose;
  }

  of(text: string): string | undefined {
    if (!this.#on) return undefined;
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= 500) return known;
    const uses = (this.#uses.get(text) ?? 0) + 1;
    if (uses < 3) {
      if (this.#uses.size > 5_000) this.#uses.clear();
      this.#uses.set(text, uses);
      return undefined;
    }
    this.#uses.delete(text);
    const name = createHash("sha256").update(`${this.#whose} ${text}`).digest("base64url").slice(0, 32);
    this.#names.set(text, name);
    return name;
  }
}

const BULK_ROWS = 5_000;

class OpenTx implements Tx {
  readonly actor: Actor;
  readonly #client: pg.PoolClient;
  readonly #statements: StatementNames;
  #over = false;

  constructor(client: pg.PoolClient, actor: Actor, statements: StatementNames) {
    this.#client = client;
    this.actor = actor;
    this.#statements = statements;
  }

  end(): void {
    this.#over = true;
  }

  async #run(text: string, values: readonly unknown[] | undefined): Promise<pg.QueryResult> {
    if (this.#over) {
      throw new DomainError(
        "transaction-over",
        "事务已经结束，之后的数据库操作未执行（程序缺少 await），请联系系统管理员。",
      );
    }
    if (values === undefined) return this.#client.query(text);
    const name = this.#statements.of(text);
    return this.#client.query({ text, values: values as unknown[], ...(name === undefined ? {} : { name }) });
  }

  async query<R>(text: string, values?: readonly unknown[]): Promise<R[]> {
    return (await this.#run(text, values)).rows as R[];
  }

  async one<R>(text: string, values?: readonly unknown[]): Promise<R> {
    const rows = await this.query<R>(text, values);
    const [row] = rows;
    if (row === undefined || rows.length > 1) {
      throw new DomainError("row-missing", `应有一条记录，实际有 ${rows.length} 条：请刷新后重试。`, {
        details: { rows: rows.length },
      });
    }
    return row;
  }

  async maybe<R>(text: string, values?: readonly unknown[]): Promise<R | undefined> {
    const rows = await this.query<R>(text, values);
    if (rows.length > 1) {
      throw new DomainError(
        "row-not-single",
        `最多应有一条记录，实际有 ${rows.length} 条，请联系系统管理员。`,
      );
    }
    return rows[0];
  }

  async exec(text: string, values?: readonly unknown[]): Promise<number> {
    return (await this.#run(text, values)).rowCount ?? 0;
  }

  /** One JSON parameter per statement: types come from the table itself, and no limit of 65,535 parameters. */
  async bulkInsert(
    table: string,
    columns: readonly string[],
    rows: readonly BulkRow[],
    tail = "",
  ): Promise<number> {
    const into = table.split(".").map(pg.escapeIdentifier).join(".");
    const names = columns.map(pg.escapeIdentifier).join(", ");
    const text = `insert into ${into} (${names}) select ${names} from json_populate_recordset(null::${into}, $1::json) ${tail}`;
    let inserted = 0;
    for (let from = 0; from < rows.length; from += BULK_ROWS) {
      const records = rows
        .slice(from, from + BULK_ROWS)
        .map((row) => Object.fromEntries(columns.map((column, i) => [column, bulkValue(row[i])])));
      inserted += await this.exec(text, [JSON.stringify(records)]);
    }
    return inserted;
  }
}

function bulkValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  return value ?? null;
}
