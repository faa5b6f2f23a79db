import { DomainError } from "@wuxin/kernel";
import { invalidUrl } from "./startup-errors.ts";

/** Reads a PostgreSQL address; throws `database-url` with the way out. */
export function parseDatabaseUrl(text: string): URL {
  try {
    // `postgres://user@/db?host=/socket` is usual, but WHATWG wants a host after credentials.
    const url = new URL(text.replace(/@\//, "@socket/"));
    if (!/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2) throw new Error("not postgres");
    return url;
  } catch (cause) {
    throw new DomainError("database-url", invalidUrl(), { cause });
  }
}

/** The same server, with another role or database. */
export function withLogin(
  address: string,
  login: { user?: string; password?: string; database?: string },
): string {
  const url = parseDatabaseUrl(address);
  const put = (name: "user" | "password", value: string) => {
    const field = name === "user" ? "username" : "password";
    if (url.host === "" || url.searchParams.has(name)) url.searchParams.set(name, value);
    else url[field] = encodeURIComponent(value);
  };
  if (login.user !== undefined) {
    url.searchParams.delete("password");
    if (url.host !== "") url.password = "";
    put("user", login.user);
  }
  if (login.password !== undefined) put("password", login.password);
  if (login.database !== undefined) url.pathname = `/${encodeURIComponent(login.database)}`;
  return url.toString().replace("@socket/", "@/");
}
