/** `npm run verify`: proves every hash chain of every county, or names the first broken link and exits with 1. */
import { DomainError } from "@wuxin/kernel";
import { explain, openPlatform } from "@wuxin/platform";
import { compose } from "./compose.ts";

const NAMES: Record<string, string> = { audit: "审计日志", payments: "发放记录" };

async function main(): Promise<number> {
  const platform = await openPlatform();
  try {
    const house = await compose(platform);
    let broken = 0;
    for (const county of house.counties.list()) {
      await house.audit.seal(house.db, county.code);
      for (const chain of await house.audit.verify(house.db, county.code)) {
        const name = NAMES[chain.name] ?? chain.name;
        const pending =
          chain.unsealed > 0 ? `，另有 ${chain.unsealed} 条尚未封链 / ${chain.unsealed} not sealed yet` : "";
        if (chain.ok) console.log(`✓ ${county.name} ${name}：${chain.entries} 条完整 / intact${pending}`);
        else {
          broken++;
          console.error(`✗ ${county.name} ${name}：${chain.firstBroken}${pending}`);
        }
      }
    }
    return broken === 0 ? 0 : 1;
  } finally {
    await platform.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(explain(error) ?? (error instanceof DomainError ? error.message : error));
    process.exit(2);
  },
);
