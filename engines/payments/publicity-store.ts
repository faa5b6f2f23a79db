/** The SQL of published rosters. Nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export interface PublicityRecord {
  id: string;
  rosterId: string;
  item: string;
  month: Month;
  article: string;
  fromDay: IsoDate;
  toDay: IsoDate;
  by: string;
  takenDownAt: string | null;
}
const PUBLICITY = `p.id, p.roster_id as "rosterId", p.item, r.month, p.article, p.from_day as "fromDay",
  p.to_day as "toDay", p.published_by_name as by, p.taken_down_at as "takenDownAt"`;
const FROM = "from roster_publicity p join roster r on r.county_code = p.county_code and r.id = p.roster_id";

/** Grown-up on the last day of the line's month; lines that the roster pays. */
const PUBLIC_LINE = `l.county_code = app_county() and l.roster_id = $1 and l.included and l.change <> 'stopped'`;
const GROWN = `(n.birth_date is not null and n.birth_date + interval '18 years'
  <= (to_date(l.month, 'YYYY-MM') + interval '1 month'))`;
const LINES = `from roster_line l join person n on n.county_code = l.county_code and n.id = l.payee_id`;

export const ofRoster = (tx: Tx, rosterId: string) =>
  tx.query<PublicityRecord>(
    `select ${PUBLICITY} ${FROM} where p.county_code = app_county() and p.roster_id = $1 order by p.published_at desc`,
    [rosterId],
  );
export const hangingOn = (tx: Tx, day: IsoDate) =>
  tx.query<PublicityRecord>(
    `select ${PUBLICITY} ${FROM} where p.county_code = app_county() and p.taken_down_at is null
       and p.from_day <= $1 and p.to_day >= $1 order by r.month desc, p.item collate "C", p.id limit 50`,
    [day],
  );
/** Benefits of a roster: how many names may stand in public, how many are left out for their age. */
export const itemsOf = (tx: Tx, rosterId: string) =>
  tx.query<{ item: string; names: number; minors: number }>(
    `select l.item, count(*) filter (where ${GROWN})::int as names, count(*) filter (where not ${GROWN})::int as minors
     ${LINES} where ${PUBLIC_LINE} group by l.item order by l.item collate "C"`,
    [rosterId],
  );
export const names = (tx: Tx, rosterId: string, item: string, township: string, limit: number) =>
  tx.query<{ name: string; persons: number; amountFen: number; divisionCode: string }>(
    `select l.payee_name as name, l.persons, l.amount_fen as "amountFen", l.division_code as "divisionCode"
     ${LINES} where ${PUBLIC_LINE} and l.item = $2 and starts_with(l.division_code, $3) and ${GROWN}
     order by l.division_code collate "C", l.seq limit $4`,
    [rosterId, item, township, limit],
  );
export const countNames = async (tx: Tx, rosterId: string, item: string, township: string): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      `select count(*)::int as n ${LINES}
       where ${PUBLIC_LINE} and l.item = $2 and starts_with(l.division_code, $3) and ${GROWN}`,
      [rosterId, item, township],
    )
  ).n;

export async function insert(
  tx: Tx,
  p: Pick<PublicityRecord, "id" | "rosterId" | "item" | "article" | "fromDay" | "toDay"> & { at: Date },
): Promise<void> {
  await tx.exec(
    `insert into roster_publicity (county_code, id, roster_id, item, article, from_day, to_day, published_by,
       published_by_name, published_at)
     values (app_county(), $1, $2, $3, $4, $5, $6, app_account(), $7, $8)`,
    [p.id, p.rosterId, p.item, p.article, p.fromDay, p.toDay, tx.actor.name, p.at],
  );
}
export const takeDown = (tx: Tx, rosterId: string, id: string, reason: string, at: Date) =>
  tx.exec(
    `update roster_publicity set taken_down_at = $3, taken_down_by_name = $4, take_down_reason = $5
     where county_code = app_county() and roster_id = $1 and id = $2 and taken_down_at is null`,
    [rosterId, id, at, tx.actor.name, reason],
  );
