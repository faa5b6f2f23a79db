/**
 * `npm run admin -- create --county 430621 --login xitong --name 管理员 [--role system_admin]`: the first accounts of an
 * installation without demo data. The password is read from WUXIN_NEW_PASSWORD, never from the command line.
 */
import { parseArgs } from "node:util";
import { ROLES, type Role } from "@wuxin/declare";
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
    },
  });
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

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(explain(error) ?? (error instanceof DomainError ? error.message : error));
    process.exit(1);
  },
);
