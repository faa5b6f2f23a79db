/**
 * 资金使用公示 in 岳阳县: the last quarter that is over was hung in time, last month's hangs today, the first township's
 * waits for its second person.
 */
import { addDays, addMonths, type IsoDate, lastDay, type Month, monthOf } from "@wuxin/kernel";
import type { StaffKey } from "./accounts.ts";
import { workingDay, workingDaysBefore } from "./agenda.ts";
import type { Scene } from "./scene.ts";

export function tellFundPublicity(scene: Scene): void {
  const { agenda, base, county } = scene;
  const add = (key: string, on: IsoDate, actor: StaffKey, run: Parameters<typeof agenda.add>[0]["run"]) =>
    agenda.add({ key: `fund-publicity/${key}`, on, actor, run, tells: true });
  const draft = (key: string, on: IsoDate, actor: StaffKey, divisionCode: string, period: string) =>
    add(`${key}/draft`, on, actor, (tx, { funds }) =>
      funds.publicity.draft(tx, { id: scene.id(`fund-publicity/${key}`), divisionCode, period }),
    );
  const confirm = (key: string, on: IsoDate, actor: StaffKey) =>
    add(`${key}/confirm`, on, actor, (tx, { funds }) =>
      funds.publicity.decide(tx, scene.id(`fund-publicity/${key}`), { confirm: true, note: "" }),
    );
  const before = (n: number) => workingDaysBefore(agenda.calendar, base, n);

  // The quarter that was over when the papers of this month's page were begun.
  const quarterEnd = lastQuarterBefore(monthOf(before(4)));
  const written = workingDay(agenda.calendar, addDays(lastDay(quarterEnd), 9));
  const [on, then] = written < before(4) ? [written, addDays(written, 1)] : [before(4), before(3)];
  draft("quarter", on, "xian", county.code, `${quarterEnd.slice(0, 4)}Q${Number(quarterEnd.slice(5)) / 3}`);
  confirm("quarter", workingDay(agenda.calendar, then), "shenpi");

  // The township's allotment is of last month; in its first days this month's page of the county is what waits.
  draft("month", before(2), "xian", county.code, addMonths(monthOf(before(2)), -1));
  if (monthOf(before(1)) === scene.month(1)) return;
  confirm("month", before(1), "fuhe");
  draft("town", before(1), "zhen", scene.first.code, scene.month(1));
}

/** The last month of the quarter that ended before a month. */
function lastQuarterBefore(month: Month): Month {
  return addMonths(month, -(((Number(month.slice(5)) - 1) % 3) + 1));
}
