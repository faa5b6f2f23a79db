/** Clues and visits of each township in a month, side by side: for the page, the export and a notice's figures. */
import type { Tx } from "@wuxin/platform";
import type { House } from "./compose.ts";

export async function supervisionOf({ clues, duties }: House, tx: Tx, month: string) {
  const visits = await duties.progress(tx, month);
  const of = (code: string, key: "due" | "done" | "late") =>
    visits.filter((v) => v.divisionCode === code).reduce((n, v) => n + v[key], 0);
  return (await clues.supervision(tx, month)).map((r) => ({
    ...r,
    visitsDue: of(r.divisionCode, "due"),
    visitsDone: of(r.divisionCode, "done"),
    visitsLate: of(r.divisionCode, "late"),
  }));
}
