/**
 * Everything proved again: chains, rosters, ledger. By entitlements; `rows` is what is read: lines, slots, events, seals,
 * postings. The floor: those rows by COPY.
 */
import { type IsoDate, newId } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import type { Figures } from "../money.ts";
import type { MoneyCounty, MoneyDatabase } from "./database.ts";
import { COUNTY } from "./population.ts";
import { allocate, allPaid, finance, generate, send, sign } from "./steps.ts";

const TABLES = ["roster_line", "payment_slot", "payment_event", "audit_seal", "fund_posting"];

async function paidMonth(county: MoneyCounty, today: IsoDate): Promise<void> {
  const { house } = county;
  const roster = await generate(county);
  await allocate(county, roster.totalFen);
  await sign(county, roster.id, roster.digest);
  const bytes = allPaid(await send(county, roster.id), today);
  await house.db.transact(finance, (tx) =>
    house.payments.loadReturn(tx, roster.id, { id: newId(), fileName: "回盘.csv", bytes }),
  );
  await house.dispatcher.drain(COUNTY);
  await house.audit.seal(house.db, COUNTY);
}

/** What `npm run verify` does, without its printing. */
async function prove({ house }: MoneyCounty): Promise<readonly string[]> {
  const chains = await house.audit.verify(house.db, COUNTY);
  const whole = { isolation: "repeatable read" } as const;
  const rosters = await house.db.read(systemActor(COUNTY), (tx) => house.payments.prove(tx), whole);
  const ledger = await house.db.read(systemActor(COUNTY), (tx) => house.funds.check(tx), whole);
  return [
    ...chains.flatMap((c) => c.firstBroken ?? []),
    ...rosters.faults,
    ...ledger.faults,
    ...ledger.differences.map((d) => d.text),
  ];
}

export async function run(db: MoneyDatabase, sizes: readonly number[]) {
  const figures: Record<string, Figures[string]> = {};
  const floor: Record<string, Figures[string]> = {};
  for (const size of sizes)
    await db.with(size, async (county) => {
      const built = await db.measure(() => paidMonth(county, county.house.clock.today()));
      db.tell(`a month of ${size} paid, posted and sealed in ${built.seconds} s`);
      const { value: faults, seconds, peakMb } = await db.measure(() => prove(county));
      if (faults.length > 0) throw new Error(`verify: ${faults.join("; ")}`);
      let rows = 0;
      let least = 0;
      for (const table of TABLES) {
        const copied = await db.floor(county, table, "true");
        rows += copied.rows;
        least += copied.seconds;
      }
      db.tell(`verify of ${rows} rows: ${seconds} s, ${peakMb} MB`);
      figures[size] = { seconds, peakMb, rows };
      floor[size] = { seconds: Math.round(least * 100) / 100, rows };
    });
  return { figures, floor };
}
