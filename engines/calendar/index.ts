export type { CalendarDay, CalendarYear, SaveCalendarYear } from "./model.ts";
export { type Calendar, type CalendarDeps, createCalendar } from "./service.ts";
