import { DomainError } from "@wuxin/kernel";

interface SystemError {
  readonly code?: string;
  readonly port?: number;
  readonly path?: string;
  readonly message?: string;
  readonly errors?: readonly unknown[];
}

/**
 * One Chinese-and-English sentence with the way out for what commonly goes wrong at start, or undefined for
 * anything else (a defect: print its stack). Understands our own start errors, those of Node and of PostgreSQL.
 */
export function explain(error: unknown): string | undefined {
  if (error instanceof DomainError) return error.message;
  const e = (error ?? {}) as SystemError;
  // Node tries IPv4 and IPv6 of one name together and wraps both failures.
  if (e.errors !== undefined && e.errors.length > 0) return explain(e.errors[0]);
  switch (e.code) {
    case "EADDRINUSE":
      return (
        `端口 ${e.port ?? ""} 已被占用：请停止占用它的程序，或换一个端口启动，例如 PORT=3001 npm start。 / ` +
        `Port ${e.port ?? ""} is in use: stop the program that uses it, or start on another one, e.g. PORT=3001 npm start.`
      );
    case "EADDRNOTAVAIL":
      return "HOST 不是本机的地址：请改正 HOST 或去掉它。 / HOST is not an address of this machine: mend or remove HOST.";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      if (e.port !== undefined) {
        return (
          `没有权限使用端口 ${e.port}：1024 以下的端口需要管理员，请换一个，例如 PORT=3000 npm start。 / ` +
          `No permission for port ${e.port}: ports below 1024 need an administrator; choose another, e.g. PORT=3000 npm start.`
        );
      }
      return (
        `文件夹 ${e.path ?? ""} 不能写入（${e.code}）：请改正其权限，或用 WUXIN_DATA 指定另一个文件夹。 / ` +
        `The folder ${e.path ?? ""} cannot be written (${e.code}): mend its permissions, or name another folder in WUXIN_DATA.`
      );
    case "ENOSPC":
      return "磁盘空间已满：请清理后重试。 / The disk is full: free some space and try again.";
    case "ECONNREFUSED":
    case "ECONNRESET":
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ENOENT":
      return e.code === "ENOENT" && !/\.s\.PGSQL/.test(`${e.message}`) ? undefined : said(e.code);
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return (
        "DATABASE_URL 里的主机名找不到：请检查主机名和网络。 / " +
        "The host name in DATABASE_URL is not known: check the name and the network."
      );
    case "ERR_INVALID_URL":
      return invalidUrl();
    case "28P01":
    case "28000":
      return (
        "数据库拒绝了用户名或密码：请检查 DATABASE_URL（应用角色的密码见 WUXIN_APP_PASSWORD）。 / " +
        "The database refused the user name or password: check DATABASE_URL (the application role's password is WUXIN_APP_PASSWORD)."
      );
    case "3D000":
      return (
        "DATABASE_URL 里的数据库不存在：请先建立它（createdb），或改正名称。 / " +
        "The database named in DATABASE_URL does not exist: create it (createdb) or mend the name."
      );
    case "53300":
      return (
        "数据库的连接数已满：请调大 max_connections，或停掉多余的程序。 / " +
        "The database has no free connection: raise max_connections or stop other programs."
      );
    case "57P03":
      return "数据库正在启动或停止：请稍后重试。 / The database is starting or stopping: try again in a moment.";
  }
  if (
    /connection timeout|terminated due to connection timeout|timeout exceeded when trying/i.test(
      `${e.message}`,
    )
  )
    return said("timeout");
  if (/Invalid URL/i.test(`${e.message}`)) return invalidUrl();
  return undefined;
}

/** Any failure to connect, as a named error; keeps what it cannot explain as the cause. */
export function unreachable(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  return new DomainError("database-unreachable", explain(error) ?? said(`${(error as Error)?.message}`), {
    cause: error,
  });
}

/** DATABASE_URL is no PostgreSQL address. */
export function invalidUrl(): string {
  return (
    "DATABASE_URL 不是 PostgreSQL 地址：应形如 postgres://用户:密码@主机:5432/数据库。 / " +
    "DATABASE_URL is no PostgreSQL address: it should look like postgres://user:password@host:5432/database."
  );
}

function said(detail: string): string {
  return (
    `连接不上数据库（${detail}）：请确认数据库已启动，并检查 DATABASE_URL 的主机和端口。 / ` +
    `The database cannot be reached (${detail}): make sure that it runs, and check host and port in DATABASE_URL.`
  );
}
