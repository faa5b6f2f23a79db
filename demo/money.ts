/** Two past months of rosters: made, signed by three people, sent to the bank, answered. One payment of the last fails. */
import { answerCsv } from "@wuxin/engines/payments";
import { derivedId, type Month } from "@wuxin/kernel";
import type { StaffKey } from "./accounts.ts";
import { type Agenda, daysOf, workingDay } from "./agenda.ts";
import type { Scene } from "./scene.ts";

const SIGNERS = [
  ["maker", "xian"],
  ["checker", "fuhe"],
  ["approver", "shenpi"],
] as const satisfies readonly (readonly [string, StaffKey])[];

export const rosterId = (scene: Scene, month: Month): string => scene.id(`roster/${month}`);

/** @param failing the payee whose account the bank refuses */
export function tellRoster(scene: Scene, month: Month, failing?: string): void {
  const { agenda, county } = scene;
  const id = rosterId(scene, month);
  const fileId = derivedId(id, "bank-file");
  const [made, , signed, sent, answered] = daysOf(
    agenda.calendar,
    workingDay(agenda.calendar, `${month}-03`),
    [0, 1, 1, 1, 2],
  ) as [string, string, string, string, string];
  const add = (key: string, on: string, actor: StaffKey, run: Parameters<Agenda["add"]>[0]["run"]) =>
    agenda.add({ key: `roster/${month}/${key}`, on, actor, run });

  add("generate", made, "xian", (tx, house) => house.payments.generate(tx, { id, month }));
  for (const [step, who] of SIGNERS)
    add(step, step === "maker" ? made : signed, who, async (tx, house) => {
      const { digest } = await house.payments.page(tx, id);
      return house.payments.sign(tx, id, { step, digest });
    });
  add("export", sent, "caiwu", (tx, house) =>
    house.payments.exportBankFile(tx, id, { id: fileId, format: "csv" }),
  );
  add("return", answered, "caiwu", async (tx, house, on) => {
    const file = await house.payments.downloadBankFile(tx, fileId);
    const bytes = answerCsv(file.bytes, ({ payeeName, index }) =>
      payeeName === failing
        ? { outcome: "failed", failReason: "账号与户名不符" }
        : {
            outcome: "paid",
            paidOn: on,
            bankSerial: `${county.code}${on.replaceAll("-", "")}${String(index + 1).padStart(6, "0")}`,
          },
    );
    return house.payments.loadReturn(tx, id, {
      id: derivedId(id, "return"),
      fileName: file.name.replace(".csv", "-回盘.csv"),
      bytes,
    });
  });
}
