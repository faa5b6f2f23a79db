// PostgreSQL servers installed on this machine, beside the embedded one.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const SUPPORTED = [15, 16, 17];

/** `{ major, bin }` of one supported major that is not the embedded 18, the oldest first; undefined when none is there. */
export function findOtherPostgres() {
  const folders = SUPPORTED.flatMap((major) => [
    `/usr/lib/postgresql/${major}/bin`,
    `/usr/pgsql-${major}/bin`,
    `/opt/homebrew/opt/postgresql@${major}/bin`,
    `/usr/local/opt/postgresql@${major}/bin`,
    `/Applications/Postgres.app/Contents/Versions/${major}/bin`,
  ]);
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    const program = path.join(folder, "pg_ctl");
    if (folder !== "" && fs.existsSync(program)) folders.push(path.dirname(fs.realpathSync(program)));
  }
  for (const bin of folders) {
    if (!["initdb", "postgres"].every((name) => fs.existsSync(path.join(bin, name)))) continue;
    const said = spawnSync(path.join(bin, "postgres"), ["--version"], { encoding: "utf8" }).stdout ?? "";
    const major = Number(/\(PostgreSQL\) (\d+)/.exec(said)?.[1]);
    if (SUPPORTED.includes(major)) return { major, bin };
  }
  return undefined;
}
