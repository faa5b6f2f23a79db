/** Reading for screens: lists, pages, what falls due. SQL, and nothing else. */
import { addMonths, type IsoDate, type Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { ReviewResult } from "./model.ts";

export interface ListQuery {
  readonly page?: number;
  readonly size?: number;
  readonly item?: string | undefined;
  /** Reviews overdue or due within 30 days. */
  readonly due?: "true" | boolean | undefined;
  readonly division?: string | undefined;
  /** `suspended`: not ended, and nothing owed now or from the next month on, because a person suspended it. */
  readonly state?: "active" | "suspended" | "ended" | undefined;
  /** Part of the payee's name. */
  readonly q?: string | undefined;
  /** Only those that cover, are paid to, or were applied for by one of these. */
  readonly persons?: readonly string[] | undefined;
  readonly household?: string | undefined;
  readonly id?: string | undefined;
}

export interface ListedRecord {
  id: string;
  item: string;
  payee: string;
  payeeId: string;
  householdId: string | null;
  divisionCode: string;
  areaClass: string | null;
  persons: number;
  amountFen: number;
  fromMonth: Month;
  endMonth: Month | null;
  endReason: string | null;
  endCause: string | null;
  /** From which month nothing is owed, though it has not ended. */
  suspendedFrom: Month | null;
  reviewDueOn: IsoDate | null;
  openReview: "periodic" | "death" | "age" | null;
  openReviewLabel: string | null;
  /** Result of a review that no decision has answered yet. */
  pendingResult: ReviewResult | null;
  reviewClass: string | null;
  caseId: string | null;
  recognition: boolean;
}

/**
 * From which month nothing is owed in a month to come, of one that has not ended by then. Of two amounts with one start
 * the later recorded is in force.
 */
const suspendedFrom = (then: string) => `
  select y.from_month from (
    select a.from_month, a.amount_fen from entitlement_amount a
    where a.county_code = e.county_code and a.entitlement_id = e.id and a.from_month <= ${then}
    order by a.from_month desc, a.seq desc limit 1) y
  where y.amount_fen = 0 and (e.end_month is null or e.end_month >= ${then})`;

/**
 * Only the conditions that are asked for: a statement with every condition and `is null or` beside it is planned once for
 * all of them, and then reads the county to find one row.
 */
function filter(q: ListQuery, month: Month, dueUntil: IsoDate): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const bind = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const where = ["e.county_code = app_county()"];
  if (q.id !== undefined) where.push(`e.id = ${bind(q.id, "uuid")}`);
  if (q.household !== undefined) where.push(`e.household_id = ${bind(q.household, "uuid")}`);
  if (q.persons !== undefined) {
    const persons = bind(q.persons, "uuid[]");
    where.push(`e.id in (
      select x.id from entitlement x where x.county_code = app_county() and x.payee_id = any (${persons})
      union select x.id from entitlement x where x.county_code = app_county() and x.applicant_id = any (${persons})
      union select c.entitlement_id from entitlement_person c where c.county_code = app_county() and c.person_id = any (${persons}))`);
  }
  if (q.item !== undefined) where.push(`e.item = ${bind(q.item, "text")}`);
  if (q.division !== undefined) {
    const prefix = bind(q.division, "text");
    where.push(`e.division_code >= ${prefix} and e.division_code < ${prefix} || 'z'`);
  }
  if (q.state === "suspended")
    // Looked for among the changes, which are few, not among everybody who draws.
    where.push(
      `e.id in (select c.entitlement_id from entitlement_change c where c.county_code = app_county() and c.kind = 'suspend')`,
      `exists (${suspendedFrom(bind(addMonths(month, 1), "text"))})`,
    );
  else if (q.state !== undefined) {
    const live = `(e.end_month is null or e.end_month >= ${bind(month, "text")})`;
    where.push(q.state === "active" ? live : `not ${live}`);
  }
  const name = q.q?.trim();
  if (name)
    where.push(`exists (select from person n where n.county_code = e.county_code and n.id = e.payee_id
      and strpos(n.name, ${bind(name, "text")}) > 0)`);
  if (q.due === true || q.due === "true")
    where.push(`exists (select from entitlement_review d where d.county_code = e.county_code
      and d.entitlement_id = e.id and d.done_on is null and d.due_on <= ${bind(dueUntil, "date")})`);
  return { where: where.join("\n  and "), values };
}

/** Newest first. Amounts and persons are those of `month`, or of the last or first month owed. */
export async function list(
  tx: Tx,
  q: ListQuery,
  month: Month,
  dueUntil: IsoDate,
): Promise<{ rows: ListedRecord[]; total: number }> {
  const size = q.size ?? 20;
  const offset = ((q.page ?? 1) - 1) * size;
  const { where, values } = filter(q, month, dueUntil);
  const { total } = await tx.one<{ total: number }>(
    `select count(*)::int as total from entitlement e where ${where}`,
    values,
  );
  if (total === 0) return { rows: [], total };
  const [now, limit, skip] = [1, 2, 3].map((n) => `$${values.length + n}`);
  const rows = await tx.query<ListedRecord>(
    `with wanted as (
       select e.* from entitlement e where ${where}
       order by e.end_month is null desc, e.from_month desc, e.id desc limit ${limit} offset ${skip})
     select e.id, e.item, coalesce(p.name, '（不在管辖范围）') as payee, e.payee_id as "payeeId",
       e.household_id as "householdId", e.division_code as "divisionCode", e.area_class as "areaClass",
       (select count(distinct c.person_id)::int from entitlement_person c
        where c.county_code = e.county_code and c.entitlement_id = e.id
          and c.from_month <= m.month and (c.end_month is null or c.end_month >= m.month)) as persons,
       coalesce((select a.amount_fen from entitlement_amount a
        where a.county_code = e.county_code and a.entitlement_id = e.id and a.from_month <= m.month
        order by a.from_month desc, a.seq desc limit 1), 0) as "amountFen",
       e.from_month as "fromMonth", e.end_month as "endMonth", e.end_reason as "endReason", e.end_cause as "endCause",
       z.from_month as "suspendedFrom", r.due_on as "reviewDueOn", r.kind as "openReview", r.label as "openReviewLabel", l.result as "pendingResult",
       e.review_class as "reviewClass", e.case_id as "caseId", e.recognition
     from wanted e
     cross join lateral (select greatest(e.from_month, least(${now}::text, coalesce(e.end_month, ${now}::text))) as month) m
     left join person p on p.county_code = e.county_code and p.id = e.payee_id
     left join lateral (${suspendedFrom(`$${values.length + 4}`)}) z on not e.recognition
     left join lateral (
       select x.due_on, x.kind, x.label from entitlement_review x
       where x.county_code = e.county_code and x.entitlement_id = e.id and x.done_on is null
       order by x.due_on limit 1) r on true
     left join lateral (
       select x.result from entitlement_review x
       where x.county_code = e.county_code and x.entitlement_id = e.id and x.pending
       order by x.done_on desc, x.id desc limit 1) l on true
     order by e.end_month is null desc, e.from_month desc, e.id desc`,
    [...values, month, size, offset, addMonths(month, 1)],
  );
  return { rows, total };
}

export interface DueReviewRecord {
  reviewId: string;
  entitlementId: string;
  item: string;
  kind: "periodic" | "death" | "age";
  label: string;
  dueOn: IsoDate;
  payee: string;
  payeeId: string;
  householdId: string | null;
  divisionCode: string;
}

/** Open reviews due up to a day, earliest first. */
export const dueReviews = (tx: Tx, until: IsoDate, limit: number) =>
  tx.query<DueReviewRecord>(
    `select r.id as "reviewId", e.id as "entitlementId", e.item, r.kind, r.label, r.due_on as "dueOn",
       coalesce(p.name, '（不在管辖范围）') as payee, e.payee_id as "payeeId", e.household_id as "householdId",
       e.division_code as "divisionCode"
     from entitlement_review r
     join entitlement e on e.county_code = r.county_code and e.id = r.entitlement_id
     left join person p on p.county_code = e.county_code and p.id = e.payee_id
     where r.county_code = app_county() and r.done_on is null and r.due_on <= $1
     order by r.due_on, r.id limit $2`,
    [until, limit],
  );

/**
 * Whom an entitlement of the item covers and who reached the age between two days, while covered; not those about whom that
 * was asked already, nor those whom a decision has looked at since.
 */
export const reachedAge = (
  tx: Tx,
  of: { readonly item: string; readonly years: number; readonly from: IsoDate; readonly to: IsoDate },
) =>
  tx.query<{ entitlementId: string; personId: string; name: string }>(
    `select e.id as "entitlementId", p.id as "personId", p.name
     from person p
     join entitlement_person c on c.county_code = p.county_code and c.person_id = p.id
     join entitlement e on e.county_code = c.county_code and e.id = c.entitlement_id
     where p.county_code = app_county() and p.died_on is null
       and p.birth_date between ($3::date - make_interval(years => $2))::date and ($4::date - make_interval(years => $2))::date
       and e.item = $1 and (e.end_month is null or e.end_month >= to_char($4::date, 'YYYY-MM'))
       and c.from_month <= to_char(p.birth_date + make_interval(years => $2), 'YYYY-MM')
       and (c.end_month is null or c.end_month >= to_char($4::date, 'YYYY-MM'))
       and not exists (select from entitlement_review r where r.county_code = e.county_code and r.entitlement_id = e.id
                       and r.kind = 'age' and r.about_id = p.id)
       and not exists (select from entitlement_decision d where d.county_code = e.county_code and d.entitlement_id = e.id
                       and d.applied_at >= p.birth_date + make_interval(years => $2))
     order by 1, 2`,
    [of.item, of.years, of.from, of.to],
  );

/** Entitlements that cover, or covered, this person and go on for others, and from which nobody has taken him out yet. */
export const sharedBy = (tx: Tx, personId: string, month: Month) =>
  tx.query<{ id: string; item: string }>(
    `select e.id, e.item from entitlement e
     where e.county_code = app_county() and (e.end_month is null or e.end_month >= $2)
       and e.id in (select c.entitlement_id from entitlement_person c
                    where c.county_code = app_county() and c.person_id = $1 and not c.moved)
       and exists (select from entitlement_person o where o.county_code = e.county_code and o.entitlement_id = e.id
                   and o.person_id <> $1 and (o.end_month is null or o.end_month >= $2))
       and not exists (select from entitlement_change x where x.county_code = e.county_code and x.entitlement_id = e.id
                       and x.kind = 'member-out' and x.person_id = $1)
     order by e.id`,
    [personId, month],
  );

export interface OwedRow {
  entitlementId: string;
  item: string;
  payeeId: string;
  divisionCode: string;
  amountFen: number;
}
export const owed = (tx: Tx, month: Month) =>
  tx.query<OwedRow>(
    `select entitlement_id as "entitlementId", item, payee_id as "payeeId", division_code as "divisionCode",
       amount_fen as "amountFen"
     from entitlement_owed($1) order by division_code collate "C", item collate "C", entitlement_id`,
    [month],
  );

/** Of these persons those whom an entitlement `e` of the item covers from this month on, told more narrowly by the SQL. */
async function covered(
  tx: Tx,
  item: string,
  personIds: readonly string[],
  month: Month,
  more: { readonly join?: string; readonly where?: string } = {},
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await tx.query<{ personId: string }>(
    `select distinct p.person_id as "personId"
     from entitlement e join entitlement_person p on p.county_code = e.county_code and p.entitlement_id = e.id
     ${more.join ?? ""}
     where e.county_code = app_county() and e.item = $1 and p.person_id = any($2::uuid[]) ${more.where ?? ""}
       and (e.end_month is null or e.end_month >= $3) and (p.end_month is null or p.end_month >= $3)`,
    [item, personIds, month],
  );
  return new Set(rows.map((r) => r.personId));
}

/** Which of these persons an entitlement of the item covers from this month on. */
export const holders = (tx: Tx, item: string, personIds: readonly string[], month: Month) =>
  covered(tx, item, personIds, month);

/**
 * Which of these persons draw the item in a household that a split made and no case decided yet: they are still named in the
 * case of their old household, and may apply for their own. The decision then changes what they draw.
 */
export const dividedOff = (tx: Tx, item: string, personIds: readonly string[], month: Month) =>
  covered(tx, item, personIds, month, {
    join: "join entitlement_reshape r on r.county_code = e.county_code and r.other_id = e.id and r.kind = 'split'",
    where: "and e.case_id is null",
  });

export interface DrawnRecord {
  readonly item: string;
  readonly shareFen: number;
}

/** What is owed or recognised for these persons in a month: each item with the person's share, the amount by the persons covered. */
export async function drawn(
  tx: Tx,
  personIds: readonly string[],
  month: Month,
): Promise<ReadonlyMap<string, readonly DrawnRecord[]>> {
  const rows = await tx.query<{ personId: string; item: string; shareFen: number }>(
    `with mine as (
       select distinct p.entitlement_id from entitlement_person p
       where p.county_code = app_county() and p.person_id = any($1::uuid[])),
     shared as (
       select c.entitlement_id, c.person_id, count(*) over (partition by c.entitlement_id) as persons
       from entitlement_covered($2) c join mine using (entitlement_id))
     select s.person_id as "personId", o.item, o.amount_fen / s.persons as "shareFen"
     from entitlement_owed($2) o join shared s using (entitlement_id)
     where s.person_id = any($1::uuid[])
     union all
     select s.person_id, e.item, 0 from entitlement e join shared s on s.entitlement_id = e.id
     where e.county_code = app_county() and e.recognition and s.person_id = any($1::uuid[])
       and e.from_month <= $2 and (e.end_month is null or e.end_month >= $2)
     order by 2`,
    [personIds, month],
  );
  const by = new Map<string, DrawnRecord[]>();
  for (const { personId, ...benefit } of rows) by.set(personId, [...(by.get(personId) ?? []), benefit]);
  return by;
}

/** The entitlement that a case opened: the latest, when it was awarded again. */
export async function ofCase(tx: Tx, caseId: string): Promise<string | null> {
  const row = await tx.maybe<{ id: string }>(
    `select e.id from entitlement e where e.county_code = app_county() and e.case_id = $1 order by e.opened_at desc limit 1`,
    [caseId],
  );
  return row?.id ?? null;
}

/** The last month of what a case opened, and why it ended; null while it is drawn, or nothing was opened. */
export async function endedOf(tx: Tx, caseId: string): Promise<{ endMonth: Month; why: string } | null> {
  const row = await tx.maybe<{ endMonth: Month | null; why: string | null }>(
    `select e.end_month as "endMonth", coalesce(e.end_cause, e.end_reason) as why from entitlement e
     where e.county_code = app_county() and e.case_id = $1 order by e.end_month is null desc, e.end_month desc limit 1`,
    [caseId],
  );
  return row && row.endMonth !== null ? { endMonth: row.endMonth, why: row.why ?? "" } : null;
}

/** What is in force in a month of what a case opened; null where nothing was opened or it has ended by then. */
export const standingOf = async (tx: Tx, caseId: string, month: Month) =>
  (await tx.maybe<{ amountFen: number; persons: number }>(
    `select a.amount_fen as "amountFen", a.persons from entitlement e
     join entitlement_amount a on a.county_code = e.county_code and a.entitlement_id = e.id and a.from_month <= $2
     where e.county_code = app_county() and e.case_id = $1 and (e.end_month is null or e.end_month >= $2)
     order by a.from_month desc, a.seq desc limit 1`,
    [caseId, month],
  )) ?? null;

export interface DrawnOfCase {
  /** In force in the month; of one that starts later its first amount; 0 after the last month. */
  readonly amountFen: number;
  readonly fromMonth: Month;
  readonly endMonth: Month | null;
}
/** What cases give in a month, by case: the latest of what each opened. */
export async function drawnOfCases(
  tx: Tx,
  caseIds: readonly string[],
  month: Month,
): Promise<Map<string, DrawnOfCase>> {
  const rows = await tx.query<DrawnOfCase & { caseId: string }>(
    `select distinct on (e.case_id) e.case_id as "caseId", e.from_month as "fromMonth", e.end_month as "endMonth",
       case when e.end_month < $2 then 0 else a.amount_fen end as "amountFen"
     from entitlement e
     cross join lateral (
       select x.amount_fen from entitlement_amount x
       where x.county_code = e.county_code and x.entitlement_id = e.id and x.from_month <= greatest(e.from_month, $2)
       order by x.from_month desc, x.seq desc limit 1) a
     where e.county_code = app_county() and e.case_id = any($1)
     order by e.case_id, e.opened_at desc`,
    [caseIds, month],
  );
  return new Map(rows.map((r) => [r.caseId, r]));
}

/** The case that opened it. */
export const caseOf = (tx: Tx, id: string) =>
  tx.maybe<{ item: string; caseId: string | null }>(
    `select e.item, e.case_id as "caseId" from entitlement e where e.county_code = app_county() and e.id = $1`,
    [id],
  );

export interface HolderRecord {
  entitlementId: string;
  caseId: string | null;
  householdId: string | null;
  applicantId: string;
  divisionCode: string;
  fromMonth: Month;
  endMonth: Month | null;
  amountFen: number;
}

/** Entitlements of an item that are owed in one of the months; the amount is that of the last of them. */
export const holdersIn = (tx: Tx, item: string, from: Month, to: Month) =>
  tx.query<HolderRecord>(
    `select e.id as "entitlementId", e.case_id as "caseId", e.household_id as "householdId",
       e.applicant_id as "applicantId", e.division_code as "divisionCode", e.from_month as "fromMonth",
       e.end_month as "endMonth",
       coalesce((select a.amount_fen from entitlement_amount a
        where a.county_code = e.county_code and a.entitlement_id = e.id and a.from_month <= $3
        order by a.from_month desc, a.seq desc limit 1), 0) as "amountFen"
     from entitlement e
     where e.county_code = app_county() and e.item = $1 and e.from_month <= $3
       and (e.end_month is null or (e.end_month >= $2 and e.end_month >= e.from_month))
     order by e.id`,
    [item, from, to],
  );
