import { type Clock, DomainError, type WorkingCalendar } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import {
  type CalendarDay,
  type CalendarYear,
  calendarOf,
  countWorkingDays,
  type HolidayTable,
  type SaveCalendarYear,
  wrongYear,
} from "./model.ts";
import * as store from "./store.ts";

export interface CalendarDeps {
  readonly clock: Clock;
  /** The audit engine, which comes later in the list. */
  readonly audit: {
    record(
      tx: Tx,
      entry: { action: string; object: string; objectId?: string; detail?: string },
    ): Promise<void>;
  };
}

export interface Calendar {
  /** The county's working calendar; years nobody has published are absent from `publishedYears`. */
  working(tx: Tx): Promise<WorkingCalendar>;
  getYear(tx: Tx, year: number): Promise<CalendarYear>;
  /** Replaces a year. Errors: forbidden, invalid-input (fields `document`, `days`). */
  saveYear(tx: Tx, year: number, input: SaveCalendarYear): Promise<CalendarYear>;
  /** Enters the shipped holiday tables for years that are not there yet; gives the years added. */
  seed(tx: Tx, tables: readonly HolidayTable[]): Promise<number[]>;
}

const EDITORS = new Set(["county", "system_admin"]);
/** Another process may have saved: what is kept is trusted this long. */
const TRUSTED_MS = 5_000;

export function createCalendar({ clock, audit }: CalendarDeps): Calendar {
  const kept = new Map<string, { calendar: WorkingCalendar; at: number }>();

  function yearOf(
    tx: Tx,
    year: number,
    row: { published: boolean; document: string | null } | null,
    days: CalendarDay[],
  ) {
    return {
      year,
      published: row?.published ?? false,
      document: row?.document ?? null,
      days,
      canEdit: EDITORS.has(tx.actor.role),
      workingDays: countWorkingDays(calendarOf([], days), year),
    };
  }

  return {
    async working(tx) {
      const county = tx.actor.countyCode;
      const known = kept.get(county);
      if (known && performance.now() - known.at < TRUSTED_MS) return known.calendar;
      const at = performance.now();
      const { years, days } = await store.readAll(tx);
      const calendar = calendarOf(years, days);
      kept.set(county, { calendar, at });
      return calendar;
    },

    async getYear(tx, year) {
      const { row, days } = await store.readYear(tx, year);
      return yearOf(tx, year, row, days);
    },

    async saveYear(tx, year, input) {
      if (!EDITORS.has(tx.actor.role)) {
        throw new DomainError("forbidden", "工作日历由县级经办或系统管理员维护，您的账号不能修改。");
      }
      const wrong = wrongYear(year, input);
      if (wrong) throw new DomainError("invalid-input", wrong.message, { field: wrong.field });
      const document = input.document.trim() === "" ? null : input.document.trim();
      const days = [...input.days].sort((a, b) => (a.date < b.date ? -1 : 1));
      await store.putYear(tx, { year, published: input.published, document }, clock.now());
      await store.replaceDays(tx, [year], days);
      await audit.record(tx, {
        action: "calendar.save",
        object: "calendar",
        objectId: String(year),
        detail: `${year} 年：${input.published ? `已公布（${document}）` : "未公布"}，特殊日期 ${days.length} 天`,
      });
      kept.delete(tx.actor.countyCode);
      return yearOf(tx, year, { published: input.published, document }, days);
    },

    async seed(tx, tables) {
      const rows = tables.map((t) => ({
        year: t.year,
        published: true,
        document: t.source ?? "国务院办公厅放假安排",
      }));
      const added = await store.addYears(tx, rows, clock.now());
      if (added.length === 0) return [];
      const days = tables
        .filter((t) => added.includes(t.year))
        .flatMap((t) => [
          ...t.off.map((date): CalendarDay => ({ date, kind: "off", name: "放假" })),
          ...t.on.map((date): CalendarDay => ({ date, kind: "on", name: "调休上班" })),
        ]);
      await store.replaceDays(tx, added, days);
      kept.delete(tx.actor.countyCode);
      return added.sort((a, b) => a - b);
    },
  };
}
