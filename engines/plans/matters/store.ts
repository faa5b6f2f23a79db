/** SQL of matters on supervision. Nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { MatterEvent, Source } from "./model.ts";

export interface MatterRecord {
  id: string;
  divisionCode: string;
  source: Source;
  sourceText: string;
  sourceOn: IsoDate;
  /** The row of a register that it came from. */
  register: string | null;
  entryId: string | null;
  lineId: string | null;
  /** The household that was to be looked at again. */
  householdId: string | null;
  title: string;
  demand: string;
  owner: string;
  dueOn: IsoDate;
  madeAt: string;
  madeByName: string;
}
const COLUMNS = `m.id, m.division_code as "divisionCode", m.source, m.source_text as "sourceText", m.source_on as "sourceOn", m.register,
  m.entry_id as "entryId", m.line_id as "lineId", m.household_id as "householdId", m.title, m.demand, m.owner, m.due_on as "dueOn", m.made_at as "madeAt",
  m.made_by_name as "madeByName"`;
const CLOSED = `exists (select 1 from supervision_event e
   where e.county_code = m.county_code and e.matter_id = m.id and e.kind = 'closed')`;
/** Of what is closed, as many as a person looks back at. */
const CLOSED_SHOWN = 200;

export const find = (tx: Tx, id: string) =>
  tx.maybe<MatterRecord>(
    `select ${COLUMNS} from supervision_matter m where m.county_code = app_county() and m.id = $1`,
    [id],
  );
/** One act at a time on one matter. */
export const hold = (tx: Tx, id: string) =>
  tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 300))`, [id]);
export const open = (tx: Tx) =>
  tx.query<MatterRecord>(
    `select ${COLUMNS} from supervision_matter m where m.county_code = app_county() and not ${CLOSED}
     order by m.due_on, m.id`,
  );
export const closed = (tx: Tx) =>
  tx.query<MatterRecord>(
    `select ${COLUMNS} from supervision_matter m where m.county_code = app_county() and ${CLOSED}
     order by m.due_on desc, m.id limit ${CLOSED_SHOWN}`,
  );
export const lateByDivision = (tx: Tx, today: IsoDate) =>
  tx.query<{ divisionCode: string; late: number }>(
    `select m.division_code as "divisionCode", count(*)::int as late from supervision_matter m
     where m.county_code = app_county() and m.due_on < $1 and not ${CLOSED} group by 1`,
    [today],
  );
export const ofEntry = (tx: Tx, entryId: string) =>
  tx.query<MatterRecord>(
    `select ${COLUMNS} from supervision_matter m where m.county_code = app_county() and m.entry_id = $1
     order by m.due_on, m.id`,
    [entryId],
  );
export const insert = (
  tx: Tx,
  m: Omit<MatterRecord, "madeByName">,
  /** Null: the house itself. */
  actor: { readonly id: string | null; readonly name: string },
) =>
  tx.exec(
    `insert into supervision_matter (county_code, id, division_code, source, source_text, source_on, register, entry_id, line_id,
       title, demand, owner, due_on, made_at, made_by, made_by_name, household_id)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      ...[m.id, m.divisionCode, m.source, m.sourceText, m.sourceOn, m.register, m.entryId, m.lineId],
      ...[m.title, m.demand, m.owner, m.dueOn, m.madeAt, actor.id, actor.name],
      m.householdId,
    ],
  );

export const events = (tx: Tx, matterIds: readonly string[]) =>
  tx.query<MatterEvent>(
    `select id, matter_id as "matterId", kind, data, at, (at at time zone 'Asia/Shanghai')::date as on, actor_id as "actorId",
            actor_name as "actorName"
     from supervision_event where county_code = app_county() and matter_id = any ($1::uuid[]) order by position`,
    [matterIds],
  );
/** A repeated request writes nothing. */
export const addEvent = (tx: Tx, e: Omit<MatterEvent, "on">) =>
  tx.exec(
    `insert into supervision_event (county_code, id, matter_id, kind, data, at, actor_id, actor_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7) on conflict (county_code, id) do nothing`,
    [e.id, e.matterId, e.kind, JSON.stringify(e.data), e.at, e.actorId, e.actorName],
  );
export const hasEvent = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.maybe(`select 1 from supervision_event where county_code = app_county() and id = $1`, [id])) !==
  undefined;
