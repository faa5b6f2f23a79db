/** The bank's answer to a whole roster, loaded. The floor: the same events of the money trail by COPY. */
import { newId } from "@wuxin/kernel";
import type { Figures } from "../money.ts";
import type { MoneyDatabase } from "./database.ts";
import { allPaid, finance, generate, send, sign } from "./steps.ts";

export async function run(db: MoneyDatabase, sizes: readonly number[]) {
  const figures: Record<string, Figures[string]> = {};
  const floor: Record<string, Figures[string]> = {};
  for (const size of sizes)
    await db.with(size, async (county) => {
      const { house } = county;
      const roster = await generate(county);
      const signed = await db.measure(() => sign(county, roster.id, roster.digest));
      const file = await db.measure(() => send(county, roster.id));
      const bytes = allPaid(file.value, house.clock.today());
      const { value, seconds, peakMb } = await db.measure(() =>
        house.db.transact(finance, (tx) =>
          house.payments.loadReturn(tx, roster.id, { id: newId(), fileName: "回盘.csv", bytes }),
        ),
      );
      db.tell(
        `return of ${value.paid}: ${seconds} s, ${peakMb} MB; signed ${signed.seconds} s, file ${file.seconds} s`,
      );
      figures[size] = {
        ...{ seconds, peakMb, lines: value.paid, megabytes: Math.round(bytes.length / 1e6) },
        ...{ signSeconds: signed.seconds, fileSeconds: file.seconds },
      };
      const { seconds: least, rows } = await db.floor(county, "payment_event", "kind = 'paid'");
      floor[size] = { seconds: least, rows };
    });
  return { figures, floor };
}
