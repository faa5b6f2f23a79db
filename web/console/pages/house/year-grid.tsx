import { addDays, firstDay, lastDay, weekdayOf } from "@wuxin/kernel";
import { Tooltip } from "antd";
import type { Day } from "./calendar.tsx";

interface GridProps {
  year: number;
  days: readonly Day[];
  editable: boolean;
  onChange: (days: Day[]) => void;
}
const HEAD = ["一", "二", "三", "四", "五", "六", "日"];
const monthOfYear = (year: number, n: number) => `${year}-${String(n).padStart(2, "0")}`;

/** Twelve small months. A weekday turns into a holiday, a weekend day into a working day, and back. */
export function YearGrid({ year, days, editable, onChange }: GridProps) {
  const marked = new Map(days.map((d) => [d.date, d]));
  function toggle(date: string) {
    const weekend = weekdayOf(date) === 0 || weekdayOf(date) === 6;
    const rest = days.filter((d) => d.date !== date);
    onChange(
      marked.has(date)
        ? rest
        : [
            ...rest,
            { date, kind: weekend ? ("on" as const) : ("off" as const), name: weekend ? "调休上班" : "放假" },
          ].sort((a, b) => a.date.localeCompare(b.date)),
    );
  }
  return (
    <div className="year">
      {Array.from({ length: 12 }, (_, n) => {
        const month = monthOfYear(year, n + 1);
        const first = firstDay(month);
        const lead = (weekdayOf(first) + 6) % 7;
        const count = Number(lastDay(month).slice(8));
        return (
          <section key={month} className="year-month" aria-label={`${n + 1} 月`}>
            <h3>{n + 1} 月</h3>
            <div className="year-days">
              {HEAD.map((h) => (
                <span key={h} className="quiet small" aria-hidden="true">
                  {h}
                </span>
              ))}
              {Array.from({ length: count }, (_x, i) => {
                const date = addDays(first, i);
                return (
                  <DayCell
                    key={date}
                    date={date}
                    mark={marked.get(date)}
                    editable={editable}
                    {...(i === 0 ? { column: lead + 1 } : {})}
                    toggle={() => toggle(date)}
                  />
                );
              })}
            </div>
          </section>
        );
      })}
    </div>
  );
}

interface CellProps {
  date: string;
  mark: Day | undefined;
  editable: boolean;
  column?: number;
  toggle: () => void;
}
function DayCell({ date, mark, editable, column, toggle }: CellProps) {
  const weekday = weekdayOf(date);
  const weekend = weekday === 0 || weekday === 6;
  const kind = mark?.kind ?? (weekend ? "weekend" : "work");
  const words = mark
    ? `${mark.name}（${mark.kind === "off" ? "放假" : "上班"}）`
    : weekend
      ? "周末"
      : "工作日";
  const inside = (
    <>
      <span aria-hidden={editable || mark !== undefined}>{Number(date.slice(8))}</span>
      {mark && <sup aria-hidden="true">{mark.kind === "off" ? "休" : "班"}</sup>}
      {(editable || mark) && (
        <span className="sr-only">
          {date} {words}
        </span>
      )}
    </>
  );
  const className = `day day-${kind}`;
  const style = column ? { gridColumnStart: column } : undefined;
  const cell = editable ? (
    <button type="button" className={className} style={style} onClick={toggle} data-testid={`day-${date}`}>
      {inside}
    </button>
  ) : (
    <span className={className} style={style}>
      {inside}
    </span>
  );
  return mark ? <Tooltip title={`${date} ${words}`}>{cell}</Tooltip> : cell;
}
