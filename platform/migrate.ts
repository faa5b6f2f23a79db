import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { DomainError } from "@wuxin/kernel";
import type pg from "pg";
import { APP_ROLE, OWNER_ROLE, withClient } from "./roles.ts";

export interface Migration {
  /** File name, e.g. `0040-registry.sql`; unique in the whole repository. */
  readonly name: string;
  readonly file: string;
  readonly sql: string;
  /** SHA-256 of the text with \n line ends, so that a checkout on another system is the same migration. */
  readonly digest: string;
}

export interface MigrateOptions {
  /** The repository (default: this one). */
  readonly root?: string;
  /** Stop before this number, e.g. "0080"; for working on an early engine while a later one is in pieces. */
  readonly before?: string;
  readonly onApplied?: (name: string) => void;
  /** Go on with later files after a failing one. For the test cluster alone, while a migration is being written. */
  readonly onFailed?: (error: DomainError, migration: Migration) => void;
}

const REPOSITORY = path.resolve(import.meta.dirname, "..");

/** `platform/migrations/*.sql` and `engines/<name>/migrations/*.sql`, by number. */
export function collectMigrations(root: string = REPOSITORY): Migration[] {
  const engines = path.join(root, "engines");
  const folders = [
    path.join(root, "platform", "migrations"),
    ...(fs.existsSync(engines)
      ? fs.readdirSync(engines).map((name) => path.join(engines, name, "migrations"))
      : []),
  ];
  const found: Migration[] = [];
  for (const folder of folders) {
    if (!fs.existsSync(folder)) continue;
    for (const name of fs.readdirSync(folder)) {
      if (!name.endsWith(".sql")) continue;
      const file = path.join(folder, name);
      if (!/^\d{4}-[a-z0-9-]+\.sql$/.test(name)) {
        throw migrationError(
          "migration-name",
          file,
          "文件名应形如 0040-registry.sql",
          "name it like 0040-registry.sql",
        );
      }
      const sql = fs.readFileSync(file, "utf8").replaceAll("\r\n", "\n");
      found.push({ name, file, sql, digest: createHash("sha256").update(sql).digest("hex") });
    }
  }
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  const twice = found.find((migration, i) => found[i - 1]?.name === migration.name);
  if (twice !== undefined)
    throw migrationError("migration-name", twice.file, "有同名的迁移", "another migration has the same name");
  return found;
}

/**
 * Brings the database of `ownerUrl` (a login that may act as wuxin_owner) up to these files. One runner at a time;
 * each file in its own transaction, so a failure leaves the earlier ones done and itself undone.
 * Errors: migration-changed, migration-unknown, migration-failed (each names the file), migration-busy.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const all = collectMigrations(options.root);
  const wanted = all.filter(({ name }) => options.before === undefined || name < options.before);
  return withClient(ownerUrl, async (client) => {
    await lock(client);
    await client.query(`set role ${OWNER_ROLE}`);
    await client.query(
      `create table if not exists schema_migration (
         name text primary key, digest text not null, applied_at timestamptz not null default now());
       grant select on schema_migration to ${APP_ROLE}`,
    );
    const { rows } = await client.query<{ name: string; digest: string }>(
      "select name, digest from schema_migration",
    );
    const applied = new Map(rows.map((row) => [row.name, row.digest]));
    checkApplied(applied, all);
    const done: string[] = [];
    for (const migration of wanted) {
      if (applied.has(migration.name)) continue;
      try {
        await apply(client, migration);
      } catch (error) {
        if (options.onFailed === undefined) throw error;
        options.onFailed(error as DomainError, migration);
        continue;
      }
      options.onApplied?.(migration.name);
      done.push(migration.name);
    }
    return done;
  });
}

async function lock(client: pg.Client): Promise<void> {
  await client.query("set lock_timeout = '60s'");
  try {
    await client.query("select pg_advisory_lock(hashtext('wuxin.migrate'))");
  } catch (cause) {
    throw new DomainError(
      "migration-busy",
      "另一个程序正在升级数据库，一分钟内没有结束：请等它完成后再启动。 / Another program has been upgrading the database for over a minute: wait for it and start again.",
      { cause },
    );
  }
  await client.query("set lock_timeout = 0");
}

function checkApplied(applied: ReadonlyMap<string, string>, all: readonly Migration[]): void {
  const known = new Map(all.map((migration) => [migration.name, migration]));
  for (const [name, digest] of applied) {
    const migration = known.get(name);
    if (migration === undefined) {
      throw migrationError(
        "migration-unknown",
        name,
        "数据库已执行它，程序里却没有：数据库来自更新的版本，请用那个版本启动，或另选数据文件夹（WUXIN_DATA）",
        "the database has it, this program does not: the database is of a newer version; start that version or choose another data folder (WUXIN_DATA)",
      );
    }
    if (migration.digest !== digest) {
      throw migrationError(
        "migration-changed",
        migration.file,
        "它已在此数据库执行，之后又被改动：请恢复原文，把改动写成新的迁移文件；若只是试用数据，可删除数据文件夹重来",
        "it was applied to this database and edited afterwards: restore it and put the change into a new file; mere trial data may be deleted and made anew",
      );
    }
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query(migration.sql);
    await client.query("insert into schema_migration (name, digest) values ($1, $2)", [
      migration.name,
      migration.digest,
    ]);
    await client.query("commit");
  } catch (cause) {
    await client.query("rollback").catch(() => {});
    const { message, position } = cause as { message: string; position?: string };
    const line =
      position === undefined ? "" : `:${migration.sql.slice(0, Number(position)).split("\n").length}`;
    throw migrationError("migration-failed", `${migration.file}${line}`, message, message, cause);
  }
}

function migrationError(
  code: string,
  file: string,
  chinese: string,
  english: string,
  cause?: unknown,
): DomainError {
  const place = path.isAbsolute(file) ? path.relative(process.cwd(), file) : file;
  return new DomainError(code, `数据库迁移 ${place}：${chinese}。 / Migration ${place}: ${english}.`, {
    cause,
  });
}
