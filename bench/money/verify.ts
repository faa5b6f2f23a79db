/**
 * Everything proved again by a process of its own: chains, rosters, ledger. By entitlements; `rows` is what is read: lines,
 * slots, events, seals, postings, eight for each entitlement of a paid month. The floor: those rows by COPY; and read once
 * whole by the database, `scanSeconds`.
 */
import type { Figures } from "../money.ts";
import type { MoneyDatabase } from "./database.ts";
import { paidMonth } from "./steps.ts";

const TABLES = ["roster_line", "payment_slot", "payment_event", "audit_seal", "fund_posting"];

export async function run(db: MoneyDatabase, sizes: readonly number[]) {
  const figures: Record<string, Figures[string]> = {};
  const floor: Record<string, Figures[string]> = {};
  for (const size of sizes)
    await db.with(size, async (county) => {
      const built = await db.measure(() => paidMonth(county));
      db.tell(`a month of ${size} paid, posted and sealed in ${built.seconds} s`);
      const { value: steps, seconds, peakMb, load } = await db.apart(county, "prove");
      let rows = 0;
      let least = 0;
      const scan = await db.measure(async () => {
        for (const table of TABLES)
          await county.owner(`select count(*), sum(length(t::text)) from ${table} t`);
      });
      for (const table of TABLES) {
        const copied = await db.floor(county, table, "true");
        rows += copied.rows;
        least += copied.seconds;
      }
      db.tell(`verify of ${rows} rows: ${seconds} s, ${peakMb} MB`);
      figures[size] = { seconds, peakMb, load, rows, steps, builtSeconds: built.seconds };
      floor[size] = {
        seconds: Math.round(least * 100) / 100,
        ...{ rows, load: scan.load, scanSeconds: scan.seconds },
      };
    });
  return { figures, floor };
}
