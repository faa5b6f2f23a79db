/**
 * `npm run admin -- export --county 430621 --to FOLDER`: the auditor's export, with the script that proves it elsewhere;
 * `-- export --check FOLDER`: whether that folder's manifest was written by this system.
 * `npm run admin -- create --county 430621 --login xitong --name 管理员 [--role system_admin]`: the first accounts of an
 * installation without demo data. The password is read from WUXIN_NEW_PASSWORD, never from the command line.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { ROLES, type Role } from "@wuxin/declare";
import { isOurs, toFolder, writeExport } from "@wuxin/engines/funds";
import { DomainError, newId } from "@wuxin/kernel";
import { explain, openPlatform, systemActor } from "@wuxin/platform";
import { compose } from "./compose.ts";

const USAGE =
  "用法 / usage: WUXIN_NEW_PASSWORD=… npm run admin -- create --county 430621 --login xitong --name 管理员 [--role system_admin]";
const FIRST_ROLES = ["system_admin", "security_admin", "audit_admin"];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      county: { type: "string" },
      login: { type: "string" },
      name: { type: "string" },
      role: { type: "string", default: "system_admin" },
      to: { type: "string" },
      check: { type: "string" },
    },
  });
  if (positionals[0] === "export") return exportLedgers(values);
  const password = process.env.WUXIN_NEW_PASSWORD;
  const { county, login, name, role } = values;
  if (positionals[0] !== "create" || !county || !login || !name || !password)
    throw new DomainError("usage", USAGE);
  if (!FIRST_ROLES.includes(role))
    throw new DomainError(
      "usage",
      `这里只建三员：${FIRST_ROLES.map((r) => `${r}（${ROLES[r as Role]}）`).join("、")}；其他账号由系统管理员在「账号」页新建。`,
    );
  const platform = await openPlatform();
  try {
    const house = await compose(platform);
    const { code } = house.counties.get(county);
    await house.db.transact(systemActor(code), (tx) =>
      house.access.install(tx, [
        { id: newId(), loginName: login, name, role: role as Role, scope: code, password },
      ]),
    );
    console.log(`已建立 / created: ${house.counties.get(code).name} ${login}（${ROLES[role as Role]}）`);
  } finally {
    await platform.close();
  }
}

async function exportLedgers(o: { county?: string; to?: string; check?: string }): Promise<void> {
  if (!o.check && !(o.county && o.to))
    throw new DomainError(
      "usage",
      "用法 / usage: npm run admin -- export --county 430621 --to 文件夹 | export --check 文件夹",
    );
  const platform = await openPlatform();
  try {
    const house = await compose(platform);
    if (o.check) {
      const ours = isOurs({ audit: house.audit }, readFileSync(path.join(o.check, "manifest.json"), "utf8"));
      console.log(
        ours ? "✓ 清单是本系统写的 / written by this system" : "✗ 清单不是本系统写的，或被改过 / not ours",
      );
      if (!ours) process.exitCode = 1;
      return;
    }
    const { code } = house.counties.get(o.county as string);
    await house.audit.seal(house.db, code);
    const made = await writeExport(
      { clock: house.clock, audit: house.audit },
      house.db,
      code,
      toFolder(path.resolve(o.to as string)),
    );
    console.log(`已导出 ${made.rows} 行 / exported；清单摘要 / manifest ${made.manifest}`);
    console.log(`校验 / verify: node ${path.join(o.to as string, "check-export.mjs")}`);
  } finally {
    await platform.close();
  }
}

main().then(
  () => process.exit(process.exitCode ?? 0),
  (error: unknown) => {
    console.error(explain(error) ?? (error instanceof DomainError ? error.message : error));
    process.exit(1);
  },
);
