/** A month's roster: lines, slots, flags, digest. The floor: the same lines and slots by COPY. */
import type { Figures } from "../money.ts";
import type { MoneyDatabase } from "./database.ts";
import { generate } from "./steps.ts";

export async function run(db: MoneyDatabase, sizes: readonly number[]) {
  const figures: Record<string, Figures[string]> = {};
  const floor: Record<string, Figures[string]> = {};
  for (const size of sizes)
    await db.with(size, async (county) => {
      const { value, seconds, peakMb } = await db.measure(() => generate(county));
      db.tell(`roster of ${size}: ${seconds} s, ${peakMb} MB`);
      figures[size] = { seconds, peakMb, lines: value.lines, held: value.held };
      const lines = await db.floor(county, "roster_line", "true");
      const slots = await db.floor(county, "payment_slot", "true");
      floor[size] = { seconds: lines.seconds + slots.seconds, rows: lines.rows + slots.rows };
    });
  return { figures, floor };
}
