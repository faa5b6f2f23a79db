/** Months that ended before the demo's day are frozen on the first of the next, as the house itself does at night. */
import { addMonths, firstDay, type Month, monthOf } from "@wuxin/kernel";
import type { Scene } from "./scene.ts";

/** The month that ended last and the one before it: what jumped is seen. More would cost every start. */
const FROZEN = 2;

export function tellFigures({ agenda, base }: Scene): void {
  for (let back = FROZEN; back >= 1; back--) {
    const month: Month = addMonths(monthOf(base), -back);
    const on = firstDay(addMonths(month, 1));
    // On the first of a month the night that freezes the last one is still to come.
    if (on >= base) continue;
    agenda.add({
      ...{ key: `figures/${back}`, on, actor: "system" },
      run: (tx, house) => house.indicators.freeze(tx, month),
    });
  }
}
