/** What waits for whoever looks, from every room of the house, in four groups by the day it is due. */
import { addDays } from "@wuxin/kernel";
import { caseSources } from "./cases.ts";
import { figureSources } from "./figures.ts";
import { moneySources } from "./money.ts";
import { monitoringSources } from "./monitoring.ts";
import type { Asking, DeskRow, Source } from "./row.ts";
import { standardSources } from "./standards.ts";
import { doorsOf } from "./visits.ts";

const SOURCES: readonly Source[] = [
  ...monitoringSources,
  ...caseSources,
  ...moneySources,
  ...standardSources,
  ...figureSources,
];
const GROUPS = [
  { key: "overdue", label: "超期" },
  { key: "today", label: "今天" },
  { key: "week", label: "本周" },
  { key: "later", label: "以后" },
] as const;
type Group = (typeof GROUPS)[number]["key"];
/** Rows told of a group; its total counts all. */
const SHOWN = 50;

export async function deskGroups(asking: Asking) {
  const doors = await doorsOf(asking);
  const rows: DeskRow[] = Object.values(doors).flatMap((d) => d.rows);
  for (const source of SOURCES)
    if (source.for === undefined || source.for.includes(asking.role))
      rows.push(...(await source.rows(asking)));
  const week = addDays(asking.today, 7);
  const groupOf = ({ dueOn }: DeskRow): Group => {
    if (dueOn === null || dueOn > week) return "later";
    if (dueOn === asking.today) return "today";
    return dueOn < asking.today ? "overdue" : "week";
  };
  return GROUPS.map(({ key, label }) => {
    const mine = rows.filter((r) => groupOf(r) === key).sort(byUrgency);
    const unlisted = key === "later" ? 0 : (doors[key]?.unlisted ?? 0);
    return {
      ...{ key, label, total: mine.length + unlisted },
      rows: mine.slice(0, SHOWN).map(({ dueOn: _, pressing: __, ...row }) => row),
    };
  });
}

/** Whoever asks for help first, then by day; what is due on one day stays in the order of its sources. */
const byUrgency = (a: DeskRow, b: DeskRow) => {
  const [day, other] = [a.dueOn ?? "9", b.dueOn ?? "9"];
  return (
    Number(b.pressing ?? false) - Number(a.pressing ?? false) || Number(day > other) - Number(day < other)
  );
};
