/** Lists of cases in SQL: filtered, sorted and paged by the database. */
import type { LimitUnit } from "@wuxin/declare";
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { FILE_COLUMNS, type FileRow } from "./store.ts";

export interface ListedFile extends FileRow {
  readonly submittedAt: string;
  readonly dueKey: string | null;
  readonly clockStartedOn: IsoDate | null;
  readonly clockLimit: number | null;
  readonly clockUnit: LimitUnit | null;
  readonly clockDueOn: IsoDate | null;
  readonly clockWarnOn: IsoDate | null;
  /** A decision of it is not what the rules gave. */
  readonly deviates: boolean;
}

export interface ListFilter {
  readonly item?: string | undefined;
  readonly state?: string | undefined;
  readonly division?: string | undefined;
  readonly open?: boolean | undefined;
  readonly light?: "yellow" | "red" | "late" | undefined;
  readonly deviates?: boolean | undefined;
  readonly today: IsoDate;
  /** Begins of numbers or names. */
  readonly text?: string | undefined;
  readonly applicantIds?: readonly string[] | undefined;
  /** (item, state) pairs: what a role has to do. */
  readonly todo?: readonly { readonly item: string; readonly state: string }[] | undefined;
}

const CLOCK = `left join case_clock k on k.county_code = f.county_code and k.case_id = f.id and k.key = f.due_key and k.stopped_on is null`;
const DEVIATES = `exists (select from case_decision d
  where d.county_code = f.county_code and d.case_id = f.id and d.deviates)`;
const COLUMNS = `${FILE_COLUMNS}, ${DEVIATES} as deviates, f.submitted_at as "submittedAt", f.due_key as "dueKey", k.started_on as "clockStartedOn",
  k.limit_units as "clockLimit", k.unit as "clockUnit", k.due_on as "clockDueOn", k.warn_on as "clockWarnOn"`;

/** The scope stands here once more, plainly, so that an index can serve it; the policy stays the guard. */
function where(tx: Tx, f: ListFilter, withState: boolean): { sql: string; values: unknown[] } {
  const values: unknown[] = [tx.actor.countyCode];
  const parts = ["f.county_code = $1"];
  const add = (sql: string, ...given: unknown[]) => {
    parts.push(
      sql.replace(/\?/g, () => {
        values.push(given.shift());
        return `$${values.length}`;
      }),
    );
  };
  const { scope } = tx.actor;
  if (scope !== "" && scope !== tx.actor.countyCode)
    add("f.division_code >= ? and f.division_code < ?", scope, `${scope}z`);
  if (f.item) add("f.item = ?", f.item);
  if (withState && f.state) add("f.state = ?", f.state);
  if (f.division) add("f.division_code >= ? and f.division_code < ?", f.division, `${f.division}z`);
  if (f.open !== undefined) add("f.is_open = ?", f.open);
  if (f.light === "red") add("f.is_open and f.due_on <= ?", f.today);
  if (f.light === "late") add("f.is_open and f.due_on < ?", f.today);
  if (f.light === "yellow") add("f.is_open and f.due_on > ? and f.warn_on <= ?", f.today, f.today);
  if (f.deviates) add(DEVIATES);
  if (f.applicantIds) add("f.applicant_id = any (?)", f.applicantIds);
  if (f.text) {
    const like = `%${f.text.replace(/[\\%_]/g, "\\$&")}%`;
    add("(f.number like ? or f.applicant_name like ?)", like, like.slice(1));
  }
  if (f.todo)
    add(
      "(f.item, f.state) in (select x.item, x.state from jsonb_to_recordset(?::jsonb) as x(item text, state text))",
      JSON.stringify(f.todo),
    );
  return { sql: parts.join(" and "), values };
}

export async function listFiles(
  tx: Tx,
  filter: ListFilter,
  page: { readonly page: number; readonly size: number },
): Promise<ListedFile[]> {
  const { sql, values } = where(tx, filter, true);
  const order = filter.light ? "f.due_on, f.id" : "f.submitted_at desc, f.id desc";
  return tx.query(
    `select ${COLUMNS} from (
       select * from case_file f where ${sql} order by ${order} limit $${values.length + 1} offset $${values.length + 2}
     ) f ${CLOCK} order by ${order}`,
    [...values, page.size, (page.page - 1) * page.size],
  );
}

/** How many in each state, the state filter aside: the counts on the filter chips. */
export async function countStates(
  tx: Tx,
  filter: ListFilter,
): Promise<{ item: string; state: string; count: number }[]> {
  const { sql, values } = where(tx, filter, false);
  return tx.query(
    `select f.item, f.state, count(*)::int as count from case_file f where ${sql} group by f.item, f.state`,
    values,
  );
}

/** Open cases past their day, by township and item. */
export const lateByTownship = (
  tx: Tx,
  today: IsoDate,
): Promise<{ divisionCode: string; item: string; late: number }[]> =>
  tx.query(
    `select left(division_code, 9) as "divisionCode", item, count(*)::int as late from case_file
      where county_code = $1 and is_open and due_on < $2 group by 1, 2`,
    [tx.actor.countyCode, today],
  );

/** Cases of a person, of those who live with him, or filed by him; newest first. Row-level security decides which. */
export async function listForResident(tx: Tx): Promise<ListedFile[]> {
  return tx.query(
    `select ${COLUMNS} from case_file f ${CLOCK} where f.county_code = $1
        and (f.applicant_id = $2 or $2 = any (f.member_ids) or f.submitted_by = $3)
      order by f.submitted_at desc limit 200`,
    [tx.actor.countyCode, tx.actor.personId, tx.actor.accountId],
  );
}

export async function listForPersons(tx: Tx, personIds: readonly string[]): Promise<ListedFile[]> {
  return tx.query(
    `select ${COLUMNS} from case_file f ${CLOCK} where f.county_code = $1 and f.member_ids && $2::uuid[]
      order by f.submitted_at desc limit 200`,
    [tx.actor.countyCode, personIds],
  );
}

export async function listForHousehold(tx: Tx, householdId: string): Promise<ListedFile[]> {
  return tx.query(
    `select ${COLUMNS} from case_file f ${CLOCK} where f.county_code = $1 and f.household_id = $2
      order by f.submitted_at desc limit 200`,
    [tx.actor.countyCode, householdId],
  );
}

/** Open cases by what is due soonest; cases without a clock come last, oldest first. */
export async function listTodo(tx: Tx, filter: ListFilter, limit: number): Promise<ListedFile[]> {
  const { sql, values } = where(tx, filter, true);
  return tx.query(
    `select ${COLUMNS} from (
       select * from case_file f where f.is_open and ${sql} order by f.due_on nulls last, f.submitted_at, f.id limit $${values.length + 1}
     ) f ${CLOCK} order by f.due_on nulls last, f.submitted_at, f.id`,
    [...values, limit],
  );
}

/** Cases with an open objection, of those given. */
export async function countOpenObjections(
  tx: Tx,
  caseIds: readonly string[],
): Promise<Map<string, { id: string; publicityId: string }[]>> {
  const rows = await tx.query<{ caseId: string; id: string; publicityId: string }>(
    `select case_id as "caseId", id, publicity_id as "publicityId" from objection
      where county_code = $1 and case_id = any ($2)`,
    [tx.actor.countyCode, caseIds],
  );
  const byCase = new Map<string, { id: string; publicityId: string }[]>();
  for (const { caseId, ...o } of rows) byCase.set(caseId, [...(byCase.get(caseId) ?? []), o]);
  return byCase;
}

export async function findByTracking(tx: Tx, digest: Buffer): Promise<{ id: string } | undefined> {
  return tx.maybe("select id from case_file where county_code = $1 and tracking_digest = $2 limit 1", [
    tx.actor.countyCode,
    digest,
  ]);
}

/** Running clocks in working days that the calendar may have moved. */
export async function listRunningClocks(tx: Tx): Promise<
  {
    caseId: string;
    item: string;
    key: string;
    round: number;
    startedOn: IsoDate;
    limit: number;
    dueOn: IsoDate;
  }[]
> {
  return tx.query(
    `select k.case_id as "caseId", f.item, k.key, k.round, k.started_on as "startedOn", k.limit_units as "limit", k.due_on as "dueOn"
       from case_clock k join case_file f on f.county_code = k.county_code and f.id = k.case_id
      where k.county_code = $1 and k.stopped_on is null and k.unit = 'workingDays'`,
    [tx.actor.countyCode],
  );
}

export async function moveClocks(
  tx: Tx,
  moved: readonly { caseId: string; key: string; round: number; dueOn: IsoDate; warnOn: IsoDate }[],
): Promise<void> {
  if (moved.length === 0) return;
  await tx.exec(
    `update case_clock k set due_on = x."dueOn", warn_on = x."warnOn"
       from jsonb_to_recordset($2::jsonb) as x("caseId" uuid, key text, round int, "dueOn" date, "warnOn" date)
      where k.county_code = $1 and k.case_id = x."caseId" and k.key = x.key and k.round = x.round`,
    [tx.actor.countyCode, JSON.stringify(moved)],
  );
  await tx.exec(
    `update case_file f set due_on = n.due_on, due_key = n.key, warn_on = n.warn_on
       from (select distinct on (k.case_id) k.case_id, k.due_on, k.key,
                    min(k.warn_on) over (partition by k.case_id) as warn_on
               from case_clock k
              where k.county_code = $1 and k.stopped_on is null and k.case_id = any ($2)
              order by k.case_id, k.due_on) n
      where f.county_code = $1 and f.id = n.case_id`,
    [tx.actor.countyCode, [...new Set(moved.map((m) => m.caseId))]],
  );
}

/** Open cases in states where the house itself may have something to do. */
export async function listSweepable(
  tx: Tx,
  todo: readonly { readonly item: string; readonly state: string }[],
): Promise<string[]> {
  if (todo.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `select f.id from case_file f
      where f.county_code = $1 and f.is_open and (f.item, f.state) in
            (select x.item, x.state from jsonb_to_recordset($2::jsonb) as x(item text, state text))
      order by f.id`,
    [tx.actor.countyCode, JSON.stringify(todo)],
  );
  return rows.map((r) => r.id);
}
