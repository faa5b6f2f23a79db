/**
 * Slots: one person, one exclusivity group or pair of benefits, one month. A line has all the slots of its persons or
 * none; without them it is held. The unique key across all counties is the judge; here it is only asked nicely. SQL, and nothing else.
 */
import { DomainError, type Month } from "@wuxin/kernel";
import { isUniqueViolation, type Tx } from "@wuxin/platform";
import { OF_ROSTER } from "./lines.ts";
import type { Exclusion } from "./model.ts";
import { readWhole } from "./whole.ts";

const GROUP = "l.exclusivity_group";
const PAIRS = "pairs.slots";
const ROUND = "case l.round when 0 then '' else '#' || l.round end";
/**
 * The slots that lines of a month ($2) need, for each of their persons: that of the item's own group, and one for each
 * pair in which the item may not be drawn beside another. A difference takes slots of its own round beside those of the
 * month's own line. One statement for all: two would read the lines twice.
 */
const needed = (slots: string) => `
  insert into payment_slot (county_code, line_id, person_id, person_digest, exclusivity_group, month, entitlement_id, taken_at)
  select l.county_code, l.id, c.person_id, p.id_no_digest, q.slot || ${ROUND}, l.month, l.entitlement_id, $3
  from roster_line l
  join entitlement_covered($2) c on c.entitlement_id = l.entitlement_id
  join person p on p.county_code = l.county_code and p.id = c.person_id
  left join (select x.item, array_agg(x.slot) as slots from payment_exclusion x
             where x.county_code = app_county() and x.month = $2 group by x.item) pairs on pairs.item = l.item
  cross join lateral unnest(${slots}) q (slot)
  where l.county_code = app_county() and l.month = $2 and l.change <> 'stopped' and l.live and l.reissue_of is null`;
const ALL = needed(`${PAIRS} || ${GROUP}`);
const ONCE = "on conflict (person_digest, exclusivity_group, month) where released_at is null do nothing";

/**
 * What may not be drawn together in a month, for all that is made of that month from now on. What was signed keeps what
 * it had; a pair that is new takes its slots for lines of earlier rosters first.
 */
export async function applyExclusions(
  tx: Tx,
  rosterId: string,
  month: Month,
  exclusions: readonly Exclusion[],
  at: Date,
): Promise<void> {
  await tx.exec(
    `delete from payment_exclusion x where x.county_code = app_county() and x.month = $1 and not exists (
       select from roster_line l join roster r on r.county_code = l.county_code and r.id = l.roster_id
       where l.county_code = x.county_code and l.month = x.month and l.item = x.item and l.live
         and r.state not in ('draft', 'discarded'))`,
    [month],
  );
  await tx.exec(
    `insert into payment_exclusion (county_code, month, item, slot, article, applied_at)
     select app_county(), $1, e.item, e.slot, e.article, $3
     from jsonb_to_recordset($2::jsonb) e (item text, slot text, article text)
     on conflict (county_code, month, item, slot) do nothing`,
    [month, JSON.stringify(exclusions), at],
  );
  if (exclusions.length === 0) return;
  // A line of this month stands in a roster of this month or a later one.
  const others = await tx.query<{ id: string }>(
    "select id from roster where county_code = app_county() and month >= $1 and id <> $2",
    [month, rosterId],
  );
  if (others.length > 0)
    await tx.exec(`${needed(PAIRS)} and l.state <> 'held' and l.roster_id = any($1) ${ONCE}`, [
      others.map((r) => r.id),
      month,
      at,
    ]);
}

/** How many slots a line needs for each of its persons. */
const NEEDED = `(1 + (select count(*) from payment_exclusion x
                where x.county_code = l.county_code and x.month = l.month and x.item = l.item))`;

/**
 * For every line of the roster and month, as far as they are free. Who was paid last month comes first. Gives how many
 * were not to be had.
 */
export async function takeSlots(tx: Tx, rosterId: string, month: Month, at: Date): Promise<number> {
  const taken = await readWhole(tx, () =>
    tx.exec(`${ALL} and l.roster_id = $1 order by l.previous_fen is null, l.seq, c.person_id ${ONCE}`, [
      rosterId,
      month,
      at,
    ]),
  );
  const { wanted } = await tx.one<{ wanted: number }>(
    `select coalesce(sum(l.persons * ${NEEDED}), 0)::bigint as wanted
     from (select l.county_code, l.month, l.item, sum(l.persons) as persons from roster_line l
           where l.county_code = app_county() and l.roster_id = $1 and l.month = $2 and l.change <> 'stopped'
             and l.reissue_of is null and l.live
           group by 1, 2, 3) l`,
    [rosterId, month],
  );
  return wanted - taken;
}

export interface Conflict {
  lineId: string;
  item: string;
  month: Month;
  person: string;
  /** The group, or the pair of benefits. */
  group: string;
  /** Of a pair: why not both. */
  article: string | null;
  /** Null: the slot is not of this county. */
  otherLineId: string | null;
  otherItem: string | null;
  otherDivision: string | null;
  otherRoster: string | null;
  otherPayee: string | null;
  otherHeld: boolean;
}

/** Persons of these lines (all of the roster when null) whose month is held by another line. */
export const conflicts = (tx: Tx, rosterId: string, lineIds: readonly string[] | null) =>
  tx.query<Conflict>(
    // Needed and held are added up as one set: of tables that grew a moment ago the planner knows nothing, and a join of
    // the two may go the slow way round.
    `with counted as (
       select l.id, l.persons * (1 + coalesce(x.pairs, 0)) as needed
       from roster_line l
       left join (select x.item, x.month, count(*) as pairs from payment_exclusion x
                  where x.county_code = app_county() group by x.item, x.month) x on x.item = l.item and x.month = l.month
       where l.county_code = app_county() and ${lineIds ? OF_ROSTER : "l.roster_id ="} $1 and ($2::uuid[] is null or l.id = any($2))
         and l.change <> 'stopped' and l.reissue_of is null and l.live
       union all
       select s.line_id, -1 from payment_slot s
       where s.county_code = app_county() and s.released_at is null and ($2::uuid[] is null or s.line_id = any($2))
         and s.line_id between (left($1::uuid::text, 24) || repeat('0', 12))::uuid
                           and (left($1::uuid::text, 24) || repeat('f', 12))::uuid),
     lacking as (
       select l.* from (select id from counted group by id having sum(needed) <> 0) c
       join roster_line l on l.county_code = app_county() and l.id = c.id
       where l.change <> 'stopped' and l.reissue_of is null and l.live)
     select l.id as "lineId", l.item, l.month, p.name as person, q.slot as "group", q.article, o.id as "otherLineId",
       o.item as "otherItem", o.division_code as "otherDivision", r.number as "otherRoster", o.payee_name as "otherPayee",
       coalesce(o.state = 'held', false) as "otherHeld"
     from lacking l
     join entitlement_person c on c.county_code = l.county_code and c.entitlement_id = l.entitlement_id
       and c.from_month <= l.month and (c.end_month is null or c.end_month >= l.month)
     join person p on p.county_code = c.county_code and p.id = c.person_id
     cross join lateral (
       select l.exclusivity_group || ${ROUND} as slot, null as article
       union all select x.slot || ${ROUND}, x.article from payment_exclusion x
       where x.county_code = l.county_code and x.month = l.month and x.item = l.item) q
     left join payment_slot mine on mine.county_code = l.county_code and mine.line_id = l.id
       and mine.person_id = c.person_id and mine.exclusivity_group = q.slot and mine.released_at is null
     left join payment_slot s on s.person_digest = p.id_no_digest and s.exclusivity_group = q.slot
       and s.month = l.month and s.released_at is null and s.line_id <> l.id
     left join roster_line o on o.county_code = s.county_code and o.id = s.line_id
     left join roster r on r.county_code = o.county_code and r.id = o.roster_id
     where mine.line_id is null
     order by l.seq, p.id, q.slot`,
    [rosterId, lineIds],
  );

/** The lines must be held. */
export async function giveUpSlots(tx: Tx, lineIds: readonly string[], at: Date): Promise<void> {
  if (lineIds.length === 0) return;
  await tx.exec(
    `update payment_slot set released_at = $2
     where county_code = app_county() and line_id = any($1) and released_at is null`,
    [lineIds, at],
  );
}

/**
 * All the slots of one line, or none: throws `double-payment` when one of them is held elsewhere (another county's is
 * seen only by this refusal), `roster-changed` when the persons are no longer those of the line.
 */
export async function retakeSlots(
  tx: Tx,
  line: { id: string; month: Month; persons: number },
  at: Date,
): Promise<void> {
  // Whoever wants to take them over meanwhile waits, and then finds a line that is no longer held.
  await tx.query(
    "select 1 from payment_slot where county_code = app_county() and line_id = $1 order by person_id for update",
    [line.id],
  );
  try {
    await tx.exec(
      `${ALL} and l.id = $1
       order by c.person_id
       on conflict (county_code, line_id, person_id, exclusivity_group) do update set released_at = null, taken_at = excluded.taken_at
       where payment_slot.released_at is not null`,
      [line.id, line.month, at],
    );
  } catch (error) {
    if (isUniqueViolation(error, "payment_slot_once"))
      throw new DomainError(
        "double-payment",
        "同一人当月的同类待遇已在别处（可能是其他县区）列入发放，不能放行；请先核实并停发其中一笔。",
        { cause: error },
      );
    throw error;
  }
  const { n, needed } = await tx.one<{ n: number; needed: number }>(
    `select (select count(*)::int from payment_slot s
             where s.county_code = l.county_code and s.line_id = l.id and s.released_at is null) as n,
       ${NEEDED}::int as needed
     from roster_line l where l.county_code = app_county() and l.id = $1`,
    [line.id],
  );
  if (n !== line.persons * needed)
    throw new DomainError(
      "roster-changed",
      `生成名册后保障对象或待遇重复规则有变化（名册 ${line.persons} 人，应占 ${line.persons * needed} 个名额，实占 ${n} 个），请作废名册后重新生成。`,
    );
}
