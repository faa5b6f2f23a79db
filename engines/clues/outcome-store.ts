/** SQL of what a decision or a death has to do with open clues, and what it changed a month. Nothing else. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export const inHandling = (tx: Tx, caseId: string) =>
  tx.query<{ id: string }>(
    "select id from clue where county_code = app_county() and case_id = $1 and state = 'handling'",
    [caseId],
  );
/** What the entitlement of a case was a month before a decision applies. */
export const amountBefore = async (tx: Tx, caseId: string, month: Month): Promise<number> =>
  (
    await tx.maybe<{ amountFen: number }>(
      `select a.amount_fen as "amountFen" from entitlement e
       join entitlement_amount a on a.county_code = e.county_code and a.entitlement_id = e.id
       where e.county_code = app_county() and e.case_id = $1 and a.from_month < $2
       order by a.from_month desc, a.seq desc limit 1`,
      [caseId, month],
    )
  )?.amountFen ?? 0;
export const openOf = (tx: Tx, personId: string) =>
  tx.query<{ id: string }>(
    "select id from clue where county_code = app_county() and person_id = $1 and state <> 'closed' order by id",
    [personId],
  );
/** Open clues about people who moved. */
export const openElsewhere = (
  tx: Tx,
  of: {
    readonly householdId: string | null;
    readonly personIds: readonly string[];
    readonly divisionCode: string;
  },
) =>
  tx.query<{ id: string }>(
    `select id from clue where county_code = app_county() and state <> 'closed' and division_code <> $3
       and (household_id = $1 or person_id = any ($2::uuid[])) order by id`,
    [of.householdId, of.personIds, of.divisionCode],
  );
/** Open clues of 政策找人 about the people of a case, with what the case is for. */
export const foundOpen = (tx: Tx, caseId: string) =>
  tx.query<{ id: string; item: string }>(
    `select c.id, f.item from case_file f
       join clue c on c.county_code = f.county_code and c.person_id = any (f.member_ids) and c.state <> 'closed'
                  and c.source = 'alert' and c.proposes = 'help'
      where f.county_code = app_county() and f.id = $1 order by c.id`,
    [caseId],
  );
/** What was drawn a month by what this person's death ended. */
export const endedByDeath = async (tx: Tx, personId: string): Promise<number> =>
  (
    await tx.one<{ fen: number }>(
      `select coalesce(sum((select a.amount_fen from entitlement_amount a
         where a.county_code = e.county_code and a.entitlement_id = e.id and a.from_month <= e.end_month
         order by a.from_month desc, a.seq desc limit 1)), 0)::bigint as fen
       from entitlement e
       where e.county_code = app_county() and e.end_person_id = $1 and e.end_kind = 'death'`,
      [personId],
    )
  ).fen;
