/**
 * The bank file of a whole roster, written by a worker in a process of its own, so that its memory is its own; then the
 * bank's answer to it: uploaded as a stream, then read and loaded by a worker again. The floor: the same events of the money trail by COPY.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { newId } from "@wuxin/kernel";
import type { Figures } from "../money.ts";
import type { MoneyDatabase } from "./database.ts";
import { allPaid, askFile, fetchFile, finance, generate, sign } from "./steps.ts";

export async function run(db: MoneyDatabase, sizes: readonly number[]) {
  const figures: Record<string, Figures[string]> = {};
  const floor: Record<string, Figures[string]> = {};
  for (const size of sizes)
    await db.with(size, async (county) => {
      const { house } = county;
      const roster = await generate(county);
      const signed = await db.measure(() => sign(county, roster.id, roster.digest));
      await askFile(county, roster.id);
      const file = await db.apart(county, "work");
      const fetched = await db.measure(() => fetchFile(county, roster.id));
      const place = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-bench-return-")), "回盘.csv");
      fs.writeFileSync(place, allPaid(fetched.value, house.clock.today()));
      const upload = await db.measure(() =>
        house.db.transact(finance, (tx) =>
          house.payments.receiveReturn(
            tx,
            roster.id,
            { id: newId(), fileName: "回盘.csv" },
            fs.createReadStream(place, { highWaterMark: 65_536 }),
          ),
        ),
      );
      const megabytes = Math.round(fs.statSync(place).size / 1e6);
      fs.rmSync(path.dirname(place), { recursive: true });
      const { seconds, peakMb, load } = await db.apart(county, "work");
      const { state, paid } = await house.db.read(finance, (tx) =>
        house.payments.returnIntake(tx, upload.value.id),
      );
      if (state !== "loaded") throw new Error(`the return is ${state}`);
      db.tell(
        `return of ${paid}: ${seconds} s, ${peakMb} MB, upload ${upload.seconds} s; signed ${signed.seconds} s, file ${file.seconds} s, ${file.peakMb} MB, fetched ${fetched.seconds} s`,
      );
      figures[size] = {
        ...{ seconds, peakMb, load, lines: paid, megabytes, uploadSeconds: upload.seconds },
        ...{
          signSeconds: signed.seconds,
          fileSeconds: file.seconds,
          fileMb: file.peakMb,
          fetchSeconds: fetched.seconds,
        },
      };
      floor[size] = await db.floor(county, "payment_event", "kind = 'paid'");
    });
  return { figures, floor };
}
