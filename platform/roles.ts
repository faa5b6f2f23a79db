import { DomainError } from "@wuxin/kernel";
import pg from "pg";
import { unreachable } from "./startup-errors.ts";
import { valueTypes } from "./value-types.ts";

/** Owns every table and migrates; nobody logs in as it. */
export const OWNER_ROLE = "wuxin_owner";
/** The server's login: owns nothing, bypasses nothing. */
export const APP_ROLE = "wuxin_app";

/** What the administrator of a managed database runs once, when our login may not create roles. */
export const ROLE_SCRIPT = `create role ${OWNER_ROLE} nologin; create role ${APP_ROLE} login nosuperuser nobypassrls password '…'; grant ${OWNER_ROLE} to <user of DATABASE_URL>; grant all on database <database> to ${OWNER_ROLE}; grant all on schema public to ${OWNER_ROLE};`;

/** One connection, closed afterwards. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    types: valueTypes,
    connectionTimeoutMillis: 15_000,
    application_name: "wuxin-setup",
  });
  client.on("error", () => {}); // reported by the query that fails
  await client.connect().catch((error: unknown) => {
    throw unreachable(error);
  });
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Makes the two roles and gives the owner the database. Run again at every start: it changes nothing then.
 * `password` is for the application role; undefined on the embedded server, whose socket only we can reach.
 * Throws `database-roles` with what an administrator must run, when our login may not.
 */
export async function ensureRoles(adminUrl: string, password?: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    try {
      await client.query("select pg_advisory_lock(hashtext('wuxin.roles'))");
      const present = new Set(
        (
          await client.query<{ rolname: string }>("select rolname from pg_roles where rolname = any($1)", [
            [OWNER_ROLE, APP_ROLE],
          ])
        ).rows.map((row) => row.rolname),
      );
      if (!present.has(OWNER_ROLE)) await client.query(`create role ${OWNER_ROLE} nologin`);
      const secret = password === undefined ? "" : ` password ${pg.escapeLiteral(password)}`;
      if (!present.has(APP_ROLE)) {
        await client.query(
          `create role ${APP_ROLE} login nosuperuser nobypassrls nocreatedb nocreaterole${secret}`,
        );
      }
      const [may] = (
        await client.query<{ member: boolean; schema: boolean; used: boolean; db: boolean; name: string }>(
          `select pg_has_role(current_user, '${OWNER_ROLE}', 'member') as member,
                  has_schema_privilege('${OWNER_ROLE}', 'public', 'create') as schema,
                  has_schema_privilege('${APP_ROLE}', 'public', 'usage') as used,
                  has_database_privilege('${OWNER_ROLE}', current_database(), 'create') as db,
                  current_database() as name`,
        )
      ).rows;
      if (may?.member !== true) await client.query(`grant ${OWNER_ROLE} to current_user`);
      if (may?.db !== true)
        await client.query(`grant all on database ${pg.escapeIdentifier(may?.name ?? "")} to ${OWNER_ROLE}`);
      if (may?.used !== true) await client.query(`grant usage on schema public to ${APP_ROLE}`);
      if (may?.schema !== true) await client.query(`grant all on schema public to ${OWNER_ROLE}`);
    } catch (cause) {
      if ((cause as { code?: string }).code !== "42501") throw cause;
      throw new DomainError(
        "database-roles",
        `DATABASE_URL 的用户无权建立角色：请数据库管理员执行一次 ${ROLE_SCRIPT} 再启动。 / ` +
          `The user of DATABASE_URL may not create roles: let the administrator run once ${ROLE_SCRIPT} and start again.`,
        { cause },
      );
    }
  });
}

/** Gives the application role this password (a fresh data folder on an existing database). */
export async function setAppPassword(adminUrl: string, password: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    await client.query(`alter role ${APP_ROLE} login password ${pg.escapeLiteral(password)}`);
  });
}

/**
 * Refuses to run as a role that row-level security does not bind. Throws `app-role-unsafe`.
 */
export async function checkAppRole(appUrl: string): Promise<void> {
  await withClient(appUrl, async (client) => {
    const [role] = (
      await client.query<{ free: boolean; owner: boolean }>(
        `select rolsuper or rolbypassrls as free, pg_has_role(current_user, '${OWNER_ROLE}', 'member') as owner
           from pg_roles where rolname = current_user`,
      )
    ).rows;
    if (role?.free !== false || role.owner) {
      throw new DomainError(
        "app-role-unsafe",
        `数据库角色 ${APP_ROLE} 权限过大（超级用户、绕过行级安全或属主），数据范围将失效，已停止启动：请执行 alter role ${APP_ROLE} nosuperuser nobypassrls; revoke ${OWNER_ROLE} from ${APP_ROLE}。 / ` +
          `The database role ${APP_ROLE} has too many rights, so data scopes would not hold; not started: run alter role ${APP_ROLE} nosuperuser nobypassrls; revoke ${OWNER_ROLE} from ${APP_ROLE}.`,
      );
    }
  });
}
