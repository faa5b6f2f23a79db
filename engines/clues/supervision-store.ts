/** SQL of how a county works through its clues: from hit to help, by level, by township. Nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export interface FunnelRow {
  key: string;
  hits: number;
  dispatched: number;
  checked: number;
  closed: number;
  newCase: number;
  adjust: number;
  stop: number;
  refer: number;
  noChange: number;
  false: number;
  confirmed: number;
  late: number;
  savedFen: number;
  helpedFen: number;
}
/** From hit to help, of what was found since a month, by one column or in all. What is only asked for has no outcome yet. */
export const funnel = (
  tx: Tx,
  by: "all" | "source" | "township" | "village" | "month",
  since: Month,
  today: IsoDate,
) => {
  const key = {
    all: "''",
    source: "case when c.source = 'alert' then c.source_name else c.source end",
    township: "left(c.division_code, 9)",
    village: "c.division_code",
    month: "to_char(c.opened_on, 'YYYY-MM')",
  }[by];
  const n = (condition: string) => `count(*) filter (where ${condition})::int`;
  return tx.query<FunnelRow>(
    `select ${key} as key, count(*)::int as hits, ${n("c.dispatched_on is not null")} as dispatched,
       ${n("c.checked_on is not null")} as checked, ${n("c.state = 'closed'")} as closed,
       ${n("c.state = 'closed' and c.outcome = 'new-case'")} as "newCase", ${n("c.state = 'closed' and c.outcome = 'adjust'")} as adjust,
       ${n("c.state = 'closed' and c.outcome = 'stop'")} as stop, ${n("c.state = 'closed' and c.outcome = 'refer'")} as refer,
       ${n("c.outcome = 'no-change' and c.judgement <> 'false'")} as "noChange", ${n("c.judgement = 'false'")} as "false",
       ${n("c.judgement = 'confirmed'")} as confirmed, ${n("c.due_on < $2")} as late,
       coalesce(sum(c.saved_fen_per_month), 0)::bigint as "savedFen",
       coalesce(sum(c.helped_fen_per_month), 0)::bigint as "helpedFen"
     from clue c where c.county_code = app_county() and to_char(c.opened_on, 'YYYY-MM') >= $1
     group by 1 order by 1`,
    [since, today],
  );
};

/** How many were found in a month, by their level now. */
export const monthsByLevel = (tx: Tx, since: Month) =>
  tx.query<{ month: Month; level: string; found: number }>(
    `select to_char(opened_on, 'YYYY-MM') as month, level, count(*)::int as found from clue
     where county_code = app_county() and to_char(opened_on, 'YYYY-MM') >= $1 group by 1, 2 order by 1, 2`,
    [since],
  );

/** Households (or lone persons) by the highest level that is open about them. */
export const householdsByLevel = (tx: Tx, levels: readonly string[]) =>
  tx.query<{ level: string; households: number }>(
    `select x.level, count(*)::int as households from (
       select distinct on (coalesce(c.household_id, c.person_id, c.id)) c.level
       from clue c where c.county_code = app_county() and c.state <> 'closed'
       order by coalesce(c.household_id, c.person_id, c.id), array_position($1::text[], c.level)) x
     group by 1`,
    [levels],
  );

export interface SupervisedRecord {
  divisionCode: string;
  dispatched: number;
  due: number;
  checked: number;
  onTime: number;
  late: number;
  open: number;
  newCase: number;
  adjust: number;
  stop: number;
  refer: number;
  noChange: number;
  false: number;
  returned: number;
  urged: number;
  reported: number;
  rechecked: number;
  agreed: number;
}
/** Per township: what was handed over, due, answered, returned in a month. */
export const supervised = (tx: Tx, month: Month, today: IsoDate) => {
  const within = (day: string) => `to_char(c.${day}, 'YYYY-MM') = $1`;
  const n = (condition: string) => `count(*) filter (where ${condition})::int`;
  const due = `${within("check_due_on")} and (c.check_due_on < $2 or c.checked_on is not null)`;
  return tx.query<SupervisedRecord>(
    `select left(c.division_code, 9) as "divisionCode", ${n(within("dispatched_on"))} as dispatched, ${n(due)} as due,
       ${n(`${due} and c.checked_on is not null`)} as checked,
       ${n(`${due} and c.checked_on <= c.check_due_on`)} as "onTime",
       ${n(`${due} and coalesce(c.checked_on > c.check_due_on, true)`)} as late,
       ${n("c.state <> 'closed' and c.dispatched_on is not null")} as open,
       ${n(`${within("closed_on")} and c.outcome = 'new-case'`)} as "newCase",
       ${n(`${within("closed_on")} and c.outcome = 'adjust'`)} as adjust,
       ${n(`${within("closed_on")} and c.outcome = 'stop'`)} as stop,
       ${n(`${within("closed_on")} and c.outcome = 'refer'`)} as refer,
       ${n(`${within("closed_on")} and c.outcome = 'no-change' and c.judgement <> 'false'`)} as "noChange",
       ${n(`${within("closed_on")} and c.judgement = 'false'`)} as "false",
       coalesce(sum(c.returned) filter (where ${due}), 0)::int as returned,
       coalesce(sum(c.urged) filter (where ${due}), 0)::int as urged,
       ${n(`${within("opened_on")} and c.source in ('worker', 'resident')`)} as reported,
       ${n(`${within("closed_on")} and c.recheck is not null`)} as rechecked,
       ${n(`${within("closed_on")} and c.recheck = 'agrees'`)} as agreed
     from clue c where c.county_code = app_county() and length(c.division_code) >= 9 group by 1 order by 1`,
    [month, today],
  );
};
export const lateByTownship = (tx: Tx, today: IsoDate, now: Date) =>
  tx.query<{ divisionCode: string; late: number }>(
    `select left(division_code, 9) as "divisionCode", count(*)::int as late from clue
     where county_code = app_county() and state <> 'closed' and (due_on < $1 or answer_by < $2) group by 1`,
    [today, now],
  );
