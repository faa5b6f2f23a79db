/**
 * Slots: one person, one exclusivity group, one month. A line has all the slots of its persons or none; without them
 * it is held. The unique key across all counties is the judge; here it is only asked nicely. SQL, and nothing else.
 */
import { DomainError, type Month } from "@wuxin/kernel";
import { isUniqueViolation, type Tx } from "@wuxin/platform";

const INSERT = `insert into payment_slot (county_code, line_id, person_id, person_digest, exclusivity_group, month,
    entitlement_id, taken_at)
  select l.county_code, l.id, c.person_id, p.id_no_digest, l.exclusivity_group, l.month, l.entitlement_id, $3
  from roster_line l
  join entitlement_covered($2) c on c.entitlement_id = l.entitlement_id
  join person p on p.county_code = l.county_code and p.id = c.person_id
  where l.county_code = app_county() and l.month = $2 and l.change <> 'stopped' and l.live and l.reissue_of is null`;

/** For every line of the roster and month, as far as they are free. Who was paid last month comes first. */
export async function takeSlots(tx: Tx, rosterId: string, month: Month, at: Date): Promise<void> {
  await tx.exec(
    `${INSERT} and l.roster_id = $1
     order by l.previous_fen is null, l.seq, c.person_id
     on conflict (person_digest, exclusivity_group, month) where released_at is null do nothing`,
    [rosterId, month, at],
  );
}

export interface Conflict {
  lineId: string;
  person: string;
  group: string;
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
    `with lacking as (
       select l.* from roster_line l
       where l.county_code = app_county() and l.roster_id = $1 and ($2::uuid[] is null or l.id = any($2))
         and l.change <> 'stopped' and l.reissue_of is null and l.live
         and l.persons <> (select count(*) from payment_slot s
                           where s.county_code = l.county_code and s.line_id = l.id and s.released_at is null))
     select l.id as "lineId", p.name as person, l.exclusivity_group as "group", o.id as "otherLineId",
       o.item as "otherItem", o.division_code as "otherDivision", r.number as "otherRoster", o.payee_name as "otherPayee",
       coalesce(o.state = 'held', false) as "otherHeld"
     from lacking l
     join entitlement_person c on c.county_code = l.county_code and c.entitlement_id = l.entitlement_id
       and c.from_month <= l.month and (c.end_month is null or c.end_month >= l.month)
     join person p on p.county_code = c.county_code and p.id = c.person_id
     left join payment_slot mine on mine.county_code = l.county_code and mine.line_id = l.id
       and mine.person_id = c.person_id and mine.released_at is null
     left join payment_slot s on s.person_digest = p.id_no_digest and s.exclusivity_group = l.exclusivity_group
       and s.month = l.month and s.released_at is null and s.line_id <> l.id
     left join roster_line o on o.county_code = s.county_code and o.id = s.line_id
     left join roster r on r.county_code = o.county_code and r.id = o.roster_id
     where mine.line_id is null
     order by l.seq, p.id`,
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
      `${INSERT} and l.id = $1
       order by c.person_id
       on conflict (county_code, line_id, person_id) do update set released_at = null, taken_at = excluded.taken_at
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
  const { n } = await tx.one<{ n: number }>(
    `select count(*)::int as n from payment_slot
     where county_code = app_county() and line_id = $1 and released_at is null`,
    [line.id],
  );
  if (n !== line.persons)
    throw new DomainError(
      "roster-changed",
      `生成名册后保障对象有变化（名册 ${line.persons} 人，现在 ${n} 人），请作废名册后重新生成。`,
    );
}
