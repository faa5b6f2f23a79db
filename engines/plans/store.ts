/** The SQL of plans. Nothing else. */
import type { OutlineNode } from "@wuxin/gongwen";
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { TakeBack } from "./evidence-store.ts";
import type { Person } from "./may.ts";
import type { PlanEvent } from "./model.ts";

export interface PlanRecord {
  id: string;
  title: string;
  issuer: string;
  year: number;
  untilYear: number;
  kind: "plan" | "campaign";
  /** Days of a campaign; null for a plan of years. */
  startsOn: IsoDate | null;
  endsOn: IsoDate | null;
  items: number | null;
  readAt: string;
  readByName: string;
  /** Asked to be taken back, or taken back: then it counts nowhere. What was refused is as if nobody had asked. */
  takeBack: TakeBack | null;
}
export interface PlanText extends PlanRecord {
  body: string;
  outline: readonly OutlineNode[];
}
const HEAD = `id, title, issuer, year, until_year as "untilYear", kind, starts_on as "startsOn", ends_on as "endsOn", items, read_at as "readAt", read_by_name as "readByName",
  (select jsonb_build_object('id', b.id, 'reason', b.reason, 'askedAt', b.asked_at, 'askedBy', b.asked_by,
      'askedByName', b.asked_by_name, 'decidedAt', b.decided_at, 'decidedByName', b.decided_by_name)
     from plan_take_back b where b.county_code = p.county_code and b.plan_id = p.id
      and b.accepted is distinct from false) as "takeBack"`;

/** In force: what counts, and what is carried over. */
export const listPlans = (tx: Tx) => plansIn(tx, "plan_in_force p where true");
/** Taken back: to be seen, and nothing else. */
export const takenBackPlans = (tx: Tx) =>
  plansIn(
    tx,
    "plan p where not exists (select from plan_in_force f where f.county_code = p.county_code and f.id = p.id)",
  );
const plansIn = (tx: Tx, which: string) =>
  tx.query<PlanRecord>(
    `select ${HEAD} from ${which} and p.county_code = app_county() order by year desc, read_at desc, id`,
  );
export const findPlan = (tx: Tx, id: string) =>
  tx.maybe<PlanText>(
    `select ${HEAD}, body, outline from plan p where county_code = app_county() and id = $1`,
    [id],
  );

export async function insertPlan(
  tx: Tx,
  p: Omit<PlanText, "readByName" | "takeBack">,
  actor: Person,
): Promise<void> {
  await tx.exec(
    `insert into plan (county_code, id, title, issuer, year, until_year, body, outline, read_at, read_by, read_by_name, kind, starts_on, ends_on, items)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      p.id,
      p.title,
      p.issuer,
      p.year,
      p.untilYear,
      p.body,
      JSON.stringify(p.outline),
      p.readAt,
      actor.id,
      actor.name,
      ...[p.kind, p.startsOn, p.endsOn, p.items],
    ],
  );
}

/** Of one plan, or of all in force, in order. */
export const events = (tx: Tx, planId: string | null) =>
  tx.query<PlanEvent & { planId: string }>(
    `select id, plan_id as "planId", kind, target_id as "targetId", data, at, actor_id as "actorId",
            actor_name as "actorName"
     from plan_event where county_code = app_county() and (plan_id = $1 or $1::uuid is null
       and plan_id in (select f.id from plan_in_force f where f.county_code = app_county())) order by position`,
    [planId],
  );
/** Places that were put into the scope of a campaign, with every entry of a register that each of them is. */
export const placeSteps = (
  tx: Tx,
  of: { readonly planId?: string; readonly stepId?: string; readonly entryId?: string },
) =>
  tx.query<{ stepId: string; entries: string[] }>(
    `select * from (
       select id as "stepId", plan_id, array(select o->>'entryId' from jsonb_array_elements(
         data->'place' || coalesce(data->'place'->'also', '[]')) o) as entries
       from plan_event where county_code = app_county() and kind = 'step' and data->'place'->>'entryId' is not null) s
     where ($1::uuid is null or plan_id = $1) and ($2::text is null or $2 = any(entries))
       and ($3::uuid is null or "stepId" = $3) order by "stepId"`,
    [of.planId ?? null, of.entryId ?? null, of.stepId ?? null],
  );
export const planOfStep = (tx: Tx, stepId: string) =>
  tx.maybe<{ planId: string }>(
    `select plan_id as "planId" from plan_event where county_code = app_county() and id = $1 and kind = 'step'`,
    [stepId],
  );
/** One at a time sets the scope of a campaign, or adds to it. */
export const hold = (tx: Tx, planId: string) =>
  tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 371))`, [planId]);
/** Plans of which some target was ever shown to everybody. */
export async function plansWithPublicTargets(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ planId: string }>(
    `select distinct plan_id as "planId" from plan_event where county_code = app_county() and kind = 'public'`,
  );
  return new Set(rows.map((r) => r.planId));
}
export const hasEvent = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.maybe(`select 1 from plan_event where county_code = app_county() and id = $1`, [id])) !==
  undefined;

export async function insertEvents(tx: Tx, planId: string, list: readonly PlanEvent[]): Promise<void> {
  if (list.length === 0) return;
  await tx.exec(
    `insert into plan_event (county_code, id, plan_id, kind, target_id, data, at, actor_id, actor_name)
     select app_county(), (e.x->>'id')::uuid, $1, e.x->>'kind', (e.x->>'targetId')::uuid, e.x->'data',
            (e.x->>'at')::timestamptz, (e.x->>'actorId')::uuid, e.x->>'actorName'
     from jsonb_array_elements($2::jsonb) with ordinality as e(x, n) order by e.n`,
    [planId, JSON.stringify(list)],
  );
}

export const insertTakeBack = (
  tx: Tx,
  b: { readonly id: string; readonly planId: string; readonly reason: string; readonly at: string },
  actor: Person,
) =>
  tx.exec(
    `insert into plan_take_back (county_code, id, plan_id, reason, asked_at, asked_by, asked_by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6)`,
    [b.id, b.planId, b.reason, b.at, actor.id, actor.name],
  );
export const decideTakeBack = (
  tx: Tx,
  d: { readonly id: string; readonly accept: boolean; readonly note: string; readonly at: string },
  actor: Person,
) =>
  tx.exec(
    `update plan_take_back set decided_at = $2, decided_by = $3, decided_by_name = $4, accepted = $5, note = $6
     where county_code = app_county() and id = $1`,
    [d.id, d.at, actor.id, actor.name, d.accept, d.note],
  );
export interface StandingRecord {
  readonly targetId: string;
  readonly planId: string;
  readonly object: string;
  readonly light: string;
  readonly due: IsoDate;
  readonly counted: boolean;
  readonly shown: boolean;
  readonly percent: number | null;
  /** Of the quantity promised; null where the aim is no quantity. */
  readonly accepted: number | null;
  /** In a plan of several years, of a hundred for the plan. */
  readonly weight: number | null;
}
/** What the lights of a month are now; of a target that was dropped or merged nothing is kept. */
export async function keepStanding(
  tx: Tx,
  planId: string,
  month: string,
  rows: readonly StandingRecord[],
  at: string,
): Promise<void> {
  await tx.exec(
    `delete from plan_standing where county_code = app_county() and plan_id = $1 and month = $2
       and not (target_id = any ($3::uuid[]))`,
    [planId, month, rows.map((r) => r.targetId)],
  );
  await tx.exec(
    `insert into plan_standing (county_code, target_id, month, plan_id, object, light, due_on, counted, shown, percent, accepted, weight, kept_at)
     select app_county(), (e->>'targetId')::uuid, $2, $1, e->>'object', e->>'light', (e->>'due')::date,
            (e->>'counted')::boolean, (e->>'shown')::boolean, (e->>'percent')::numeric,
            (e->>'accepted')::numeric, (e->>'weight')::numeric, $4
     from jsonb_array_elements($3::jsonb) e
     on conflict (county_code, target_id, month) do update set plan_id = excluded.plan_id, object = excluded.object,
       light = excluded.light, due_on = excluded.due_on, counted = excluded.counted, shown = excluded.shown,
       percent = excluded.percent, accepted = excluded.accepted, weight = excluded.weight, kept_at = excluded.kept_at`,
    [planId, month, JSON.stringify(rows), at],
  );
}
