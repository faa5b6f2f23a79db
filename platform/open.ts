import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { DomainError } from "@wuxin/kernel";
import { ensureDataFolder, writeDurably } from "./data-folder.ts";
import { type ConnectOptions, connect, type Database } from "./database.ts";
import { type EmbeddedServer, startEmbedded } from "./embedded.ts";
import { type FileStore, openFileStore } from "./files.ts";
import { type MigrateOptions, migrate } from "./migrate.ts";
import { APP_ROLE, checkAppRole, ensureRoles, setAppPassword, withClient } from "./roles.ts";
import { parseDatabaseUrl, withLogin } from "./urls.ts";
import { openVaultFor, type Vault } from "./vault.ts";

export interface OpenOptions extends ConnectOptions, MigrateOptions {
  /** Where the embedded database, keys and files live (default: `.wuxin/` of the repository, or WUXIN_DATA). */
  readonly dataDir?: string;
  /** A PostgreSQL server of your own (default: DATABASE_URL); undefined or "" = the embedded one. */
  readonly url?: string;
  /** Told once per step, for the screen of who starts it. */
  readonly onStep?: (step: { chinese: string; english: string }) => void;
}

/** Everything an installation stands on, opened once by the composition root. */
export interface Platform {
  readonly db: Database;
  readonly vault: Vault;
  readonly files: FileStore;
  readonly dataDir: string;
  /** A login that may act as wuxin_owner: migrations and maintenance commands only. */
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Migrations applied by this start. */
  readonly migrated: readonly string[];
  /** Ends the connections, then the embedded server when this process started it. */
  close(): Promise<void>;
}

/** The data folder of this installation: WUXIN_DATA, else `.wuxin/` beside the program. */
export function defaultDataDir(): string {
  return process.env.WUXIN_DATA || path.resolve(import.meta.dirname, "..", ".wuxin");
}

/**
 * Opens database, keys and files: starts the embedded PostgreSQL (or reaches the given server), makes roles, migrates,
 * proves that the application role is bound by row-level security and that the keys fit the data.
 * Every failure is a DomainError whose message is one Chinese and one English sentence with the way out.
 */
export async function openPlatform(options: OpenOptions = {}): Promise<Platform> {
  const dataDir = ensureDataFolder(options.dataDir ?? defaultDataDir());
  const given = options.url ?? process.env.DATABASE_URL;
  const tell = options.onStep ?? (() => {});
  const server = given ? await serverOf(given, dataDir, tell) : await embeddedIn(dataDir, tell);
  try {
    const migrated = await migrate(server.ownerUrl, options);
    if (migrated.length > 0) {
      tell({
        chinese: `数据库结构已更新（${migrated.length} 项）`,
        english: `schema migrated (${migrated.length})`,
      });
    }
    await checkAppRole(server.appUrl);
    const vault = await openVaultFor(server.ownerUrl, dataDir);
    const db = connect(server.appUrl, options);
    return {
      ...{ db, vault, dataDir, migrated },
      files: openFileStore(path.join(dataDir, "files"), vault),
      ownerUrl: server.ownerUrl,
      appUrl: server.appUrl,
      close: async () => {
        await db.close();
        await server.embedded?.stop();
      },
    };
  } catch (error) {
    await server.embedded?.stop();
    throw error;
  }
}

/** Only the database of `openPlatform`. */
export async function openDatabase(options: OpenOptions = {}): Promise<Database> {
  const platform = await openPlatform(options);
  return { ...platform.db, close: platform.close };
}

interface Server {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly embedded?: EmbeddedServer;
}

type Tell = NonNullable<OpenOptions["onStep"]>;

async function embeddedIn(dataDir: string, tell: Tell): Promise<Server> {
  const fresh = !fs.existsSync(path.join(dataDir, "pg"));
  tell(
    fresh
      ? { chinese: "正在建立内置数据库", english: "creating the embedded database" }
      : { chinese: "正在启动内置数据库", english: "starting the embedded database" },
  );
  const embedded = await startEmbedded(dataDir);
  try {
    await ensureDatabase(embedded.url("postgres", "postgres"));
    const ownerUrl = embedded.url("wuxin", "postgres");
    await ensureRoles(ownerUrl);
    return { ownerUrl, appUrl: embedded.url("wuxin", APP_ROLE), embedded };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rows } = await client.query("select 1 from pg_database where datname = 'wuxin'");
    if (rows.length > 0) return;
    await client.query("create database wuxin").catch((error: { code?: string }) => {
      if (error.code !== "42P04" && error.code !== "23505") throw error; // another start was first
    });
  });
}

async function serverOf(url: string, dataDir: string, tell: Tell): Promise<Server> {
  const { host } = parseDatabaseUrl(url);
  tell({ chinese: `正在连接数据库 ${host}`, english: `connecting to the database at ${host}` });
  await checkVersion(url);
  const password = appPassword(dataDir);
  await ensureRoles(url, password);
  const appUrl = withLogin(url, { user: APP_ROLE, password });
  try {
    await withClient(appUrl, (client) => client.query("select 1"));
  } catch (error) {
    if ((error as { cause?: { code?: string } }).cause?.code !== "28P01") throw error;
    // The role is there with another password: this data folder is new to this database, so it takes over. Several
    // servers on one database share one WUXIN_APP_PASSWORD.
    await setAppPassword(url, password);
  }
  return { ownerUrl: url, appUrl };
}

async function checkVersion(url: string): Promise<void> {
  const found = await withClient(url, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      "select current_setting('server_version_num')::int as n",
    );
    return rows[0]?.n ?? 0;
  });
  if (found >= 150_000) return;
  throw new DomainError(
    "database-version",
    `DATABASE_URL 的 PostgreSQL 版本过低（${Math.floor(found / 10_000)}）：需要 15 或更高版本，请升级。 / ` +
      `PostgreSQL at DATABASE_URL is too old (${Math.floor(found / 10_000)}): 15 or later is needed; upgrade it.`,
  );
}

/** WUXIN_APP_PASSWORD, else one made for this data folder. */
function appPassword(dataDir: string): string {
  const given = process.env.WUXIN_APP_PASSWORD;
  if (given) return given;
  const file = path.join(dataDir, "app-password");
  if (!fs.existsSync(file)) writeDurably(file, randomBytes(24).toString("base64url"));
  return fs.readFileSync(file, "utf8").trim();
}
