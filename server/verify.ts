/**
 * `npm run verify`: proves every hash chain of every county, adds every roster and the fund ledger up again and compares
 * them with the bank's answers; names what is broken and exits with 1.
 */
import { DomainError } from "@wuxin/kernel";
import { explain, openPlatform, systemActor } from "@wuxin/platform";
import { compose } from "./compose.ts";

const NAMES: Record<string, string> = { audit: "审计日志", payments: "发放记录", funds: "资金台账" };

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
      const proof = await house.db.read(systemActor(county.code), (tx) => house.payments.prove(tx), {
        isolation: "repeatable read",
      });
      for (const fault of proof.faults) {
        broken++;
        console.error(`✗ ${county.name} 名册：${fault}`);
      }
      if (proof.faults.length === 0)
        console.log(
          `✓ ${county.name} 名册：${proof.rosters} 份 ${proof.lines} 笔重新加总相符，${proof.files} 份银行文件与摘要相符 / re-added`,
        );
      const ledger = await house.db.read(systemActor(county.code), (tx) => house.funds.check(tx), {
        isolation: "repeatable read",
      });
      for (const fault of ledger.faults) {
        broken++;
        console.error(`✗ ${county.name} 资金台账：${fault}`);
      }
      if (ledger.agrees) console.log(`✓ ${county.name} 对账 / reconciled：${ledger.text}`);
      else {
        // Money that is waited for is no fault, yet it is said.
        if (ledger.differences.some((d) => !d.awaited)) broken++;
        console.error(`✗ ${county.name} 对账：${ledger.text}`);
        for (const d of ledger.differences)
          console.error(`  ${d.rosterTitle} ${d.itemTitle} ${d.month}：${d.text}`);
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
