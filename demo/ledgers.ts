/**
 * A few entries of every ledger of 岳阳县 beside the cemeteries, all invented: what was built, what was served, what was
 * checked, month by month, so that no page of a ledger is empty and its figures move.
 */
import type { Values } from "@wuxin/declare";
import { addMonthsToDate, type IsoDate } from "@wuxin/kernel";
import { DEMO_PASSWORD, outsidersOf } from "./accounts.ts";
import { workingDay } from "./agenda.ts";
import { CARE } from "./ledgers-care.ts";
import { WORK } from "./ledgers-work.ts";
import { homeOf } from "./measures.ts";
import type { Scene } from "./scene.ts";

/** A day (1 to 28), in months before the month of the demo; below nought: still to come. */
export type DayOf = (monthsBack: number, day: number) => IsoDate;

export interface Entry {
  /** Which township; -1: the register is the whole county's and does not ask. */
  readonly town: number;
  readonly values: Values;
  /** What another person of the county wrote the working day after, when the entry was closed. */
  readonly closed?: Values;
  /**
   * Lines of its sub-ledgers: which, how many months ago (1 to 3), what. Their day is the 12th of that month; a
   * `household` is the key of a family whose case is told.
   */
  readonly lines?: readonly (readonly [ledger: string, monthsBack: number, values: Values])[];
}
/** Entries of a register by its code; `place` is a township's name without 镇 or 乡. */
export type Ledgers = Readonly<Record<string, (place: (town: number) => string, day: DayOf) => Entry[]>>;

export function tellLedgers(scene: Scene): void {
  const { agenda, county } = scene;
  const towns = county.divisions.filter((d) => d.level === "township");
  const place = (n: number) => (towns[n]?.name ?? county.name).replace(/(镇|乡|街道)$/, "");

  const day: DayOf = (back, on) => addMonthsToDate(scene.day(0, on), -back);
  for (const [register, entriesOf] of Object.entries({ ...CARE, ...WORK })) {
    const entries = entriesOf(place, day).map((e, n) => ({ ...e, id: scene.id(`${register}/${n}`) }));
    agenda.add({
      key: `ledger/${register}`,
      on: workingDay(agenda.calendar, scene.day(3, 5)),
      actor: "xian",
      async run(tx, { registers }) {
        for (const { id, town, values } of entries) {
          const placed =
            town < 0 ? values : { ...values, divisionCode: towns[town]?.code ?? scene.first.code };
          await registers.saveEntry(tx, register, id, { version: 0, values: placed });
        }
      },
    });
    const closing = entries.filter((e) => e.closed);
    if (closing.length > 0)
      agenda.add({
        key: `ledger/${register}/closed`,
        on: workingDay(agenda.calendar, scene.day(3, 9)),
        actor: "fuhe",
        async run(tx, { registers }) {
          for (const { id, closed } of closing)
            await registers.saveEntry(tx, register, id, { version: 1, values: closed ?? {} });
        },
      });
    for (const back of [3, 2, 1]) {
      const lines = entries.flatMap((e) =>
        (e.lines ?? [])
          .filter((l) => l[1] === back)
          .map(([ledger, , values]) => ({ entry: e.id, ledger, values })),
      );
      if (lines.length === 0) continue;
      agenda.add({
        key: `ledger/${register}/${back}`,
        on: workingDay(agenda.calendar, scene.day(back, 14)),
        actor: "xian",
        async run(tx, house) {
          for (const [n, { entry, ledger, values }] of lines.entries()) {
            const family = values.household;
            const household =
              typeof family === "string" ? { household: await homeOf(scene, tx, house, family) } : {};
            await house.registers.addRow(tx, register, entry, ledger, {
              id: scene.id(`${register}/${back}/${n}`),
              values: { on: scene.day(back, 12), ...values, ...household },
            });
          }
        },
      });
    }
  }

  // After its ledger, also where both fall on one working day: an institution has an account once it is on record.
  agenda.add({
    key: "outside accounts",
    on: workingDay(agenda.calendar, scene.day(3, 6)),
    actor: "system",
    run: (tx, { access }) =>
      access.install(
        tx,
        outsidersOf(county).map((a) => ({ ...a, scope: "", password: DEMO_PASSWORD })),
      ),
  });
}
