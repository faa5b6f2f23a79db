/** A month's roster: lines, slots, flags, digest. The floor: the same lines and slots by COPY. */
import type { Figures } from "../money.ts";
import type { MoneyDatabase } from "./database.ts";
import { generate } from "./steps.ts";

export async function run(db: MoneyDatabase, sizes: readonly number[]) {
  const figures: Record<string, Figures[string]> = {};
  const floor: Record<string, Figures[string]> = {};
  for (const size of sizes)
    await db.with(size, async (county) => {
      const { value, seconds, peakMb, load } = await db.measure(() => generate(county));
      db.tell(`roster of ${size}: ${seconds} s, ${peakMb} MB`);
      figures[size] = { seconds, peakMb, load, lines: value.lines, held: value.held };
      const lines = await db.floor(county, "roster_line", "true");
      const slots = await db.floor(county, "payment_slot", "true");
      floor[size] = {
        seconds: Math.round((lines.seconds + slots.seconds) * 100) / 100,
        ...{ rows: lines.rows + slots.rows, load: Math.max(lines.load, slots.load) },
      };
    });
  return { figures, floor };
}
