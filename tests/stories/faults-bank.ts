/** The bank's answer to a roster: everything paid today. */
import { answerCsv } from "@wuxin/engines/payments";
import { newId } from "@wuxin/kernel";
import type { Actor } from "@wuxin/platform";
import type { House } from "@wuxin/server";

export async function allPaidCsv(house: House, finance: Actor, rosterId: string): Promise<Buffer> {
  const sent = await house.as({ actor: finance }, (tx) =>
    house.payments.exportBankFile(tx, rosterId, { id: newId(), format: "csv" }),
  );
  const file = await house.as({ actor: finance }, (tx) =>
    house.payments.downloadBankFile(tx, sent.bankFiles[0]?.id ?? ""),
  );
  const paidOn = house.clock.today();
  return answerCsv(file.bytes, () => ({ outcome: "paid", paidOn, bankSerial: "S1" }));
}
