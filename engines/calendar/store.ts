import type { Tx } from "@wuxin/platform";
import type { CalendarDay } from "./model.ts";

export interface YearRow {
  readonly year: number;
  readonly published: boolean;
  readonly document: string | null;
}

/** Everything of the county in one round trip: a few hundred days. */
export async function readAll(tx: Tx): Promise<{ years: YearRow[]; days: CalendarDay[] }> {
  return tx.one(
    `select coalesce((select json_agg(json_build_object('year', year, 'published', published, 'document', document))
                        from calendar_year where county_code = $1), '[]') as years,
            coalesce((select json_agg(json_build_object('date', date, 'kind', kind, 'name', name) order by date)
                        from calendar_day where county_code = $1), '[]') as days`,
    [tx.actor.countyCode],
  );
}

export async function readYear(
  tx: Tx,
  year: number,
): Promise<{ row: Omit<YearRow, "year"> | null; days: CalendarDay[] }> {
  return tx.one(
    `select (select json_build_object('published', published, 'document', document)
               from calendar_year where county_code = $1 and year = $2) as row,
            coalesce((select json_agg(json_build_object('date', date, 'kind', kind, 'name', name) order by date)
                        from calendar_day where county_code = $1 and year = $2), '[]') as days`,
    [tx.actor.countyCode, year],
  );
}

export async function putYear(tx: Tx, row: YearRow, savedAt: Date): Promise<void> {
  await tx.exec(
    `insert into calendar_year (county_code, year, published, document, saved_at) values ($1, $2, $3, $4, $5)
     on conflict (county_code, year) do update
       set published = excluded.published, document = excluded.document, saved_at = excluded.saved_at, saved_by = app_account()`,
    [tx.actor.countyCode, row.year, row.published, row.document, savedAt],
  );
}

/** Adds the years that are not there yet; gives those added. */
export async function addYears(tx: Tx, rows: readonly YearRow[], savedAt: Date): Promise<number[]> {
  const added = await tx.query<{ year: number }>(
    `insert into calendar_year (county_code, year, published, document, saved_at)
     select $1, y.year, y.published, y.document, $3
       from json_to_recordset($2::json) as y(year int, published boolean, document text)
     on conflict do nothing returning year`,
    [tx.actor.countyCode, JSON.stringify(rows), savedAt],
  );
  return added.map((r) => r.year);
}

export async function replaceDays(
  tx: Tx,
  years: readonly number[],
  days: readonly CalendarDay[],
): Promise<void> {
  await tx.exec("delete from calendar_day where county_code = $1 and year = any($2::int[])", [
    tx.actor.countyCode,
    years,
  ]);
  await tx.exec(
    `insert into calendar_day (county_code, date, kind, name)
     select $1, d.date, d.kind, d.name from json_to_recordset($2::json) as d(date date, kind text, name text)`,
    [tx.actor.countyCode, JSON.stringify(days)],
  );
}
