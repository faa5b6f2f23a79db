/** The SQL of standards, and nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Layer, StandardInput, StandardState, StandardStep } from "./model.ts";

export interface StandardRecord extends Layer {
  readonly id: string;
  readonly corrects: boolean;
  readonly state: StandardState;
  readonly enteredBy: string;
  readonly enteredByName: string;
  readonly enteredAt: string;
  readonly approvedAt: string | null;
  readonly endedAt: string | null;
}
export interface StepRecord {
  readonly standardId: string;
  readonly step: StandardStep;
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
}

const COLUMNS = `s.id, s.parameter, s.since, s.form, s.values, s.multiple, s.document, s.note, s.corrects, s.state,
  s.entered_by as "enteredBy", s.entered_by_name as "enteredByName", s.entered_at as "enteredAt",
  s.approved_at as "approvedAt", s.ended_at as "endedAt"`;

/** Everything of the county, oldest first: a few dozen rows. */
export const all = (tx: Tx) =>
  tx.query<StandardRecord>(
    `select ${COLUMNS} from county_standard s where s.county_code = app_county() order by s.entered_at, s.id`,
  );

/** What was ever approved: the rules of now and of any time before. */
export const everApproved = (tx: Tx) =>
  tx.query<StandardRecord>(
    `select ${COLUMNS} from county_standard s
     where s.county_code = app_county() and s.state in ('active', 'replaced') order by s.approved_at, s.id`,
  );

export const find = (tx: Tx, id: string) =>
  tx.maybe<StandardRecord>(
    `select ${COLUMNS} from county_standard s where s.county_code = app_county() and s.id = $1 for update`,
    [id],
  );

/** Who approved it. */
export const approver = (tx: Tx, id: string) =>
  tx.maybe<{ accountId: string; name: string }>(
    `select account_id as "accountId", actor_name as name from county_standard_step
     where county_code = app_county() and standard_id = $1 and step = 'approved'`,
    [id],
  );

export const steps = (tx: Tx, parameter: string) =>
  tx.query<StepRecord>(
    `select p.standard_id as "standardId", p.step, p.actor_name as by, p.at, p.reason
     from county_standard_step p
     join county_standard s on s.county_code = p.county_code and s.id = p.standard_id
     where p.county_code = app_county() and s.parameter = $1 order by p.seq`,
    [parameter],
  );

/** Open or approved versions of one standard from one day on. */
export const ofDay = (tx: Tx, parameter: string, since: IsoDate) =>
  tx.query<StandardRecord>(
    `select ${COLUMNS} from county_standard s
     where s.county_code = app_county() and s.parameter = $1 and s.since = $2
       and s.state in ('draft', 'submitted', 'active') for update`,
    [parameter, since],
  );

export async function insert(
  tx: Tx,
  s: { id: string; parameter: string; from: string | null; at: Date; by: string } & StandardInput,
): Promise<void> {
  await tx.exec(
    `insert into county_standard (id, parameter, since, form, values, multiple, document, note, corrects, state,
       entered_by, entered_by_name, entered_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', $10, $11, $12)`,
    [
      s.id,
      s.parameter,
      s.since,
      s.form,
      JSON.stringify(s.values),
      s.multiple ? JSON.stringify({ from: s.from, ...s.multiple }) : null,
      s.document,
      s.note,
      s.corrects,
      s.by,
      tx.actor.name,
      s.at,
    ],
  );
}

export async function addStep(
  tx: Tx,
  s: { id: string; enteredBy: string; step: StandardStep; by: string; at: Date; reason: string | null },
): Promise<void> {
  await tx.exec(
    `insert into county_standard_step (standard_id, seq, step, entered_by, account_id, actor_name, at, reason)
     select $1, coalesce(max(p.seq), 0) + 1, $2, $3, $4, $5, $6, $7
     from county_standard_step p where p.county_code = app_county() and p.standard_id = $1`,
    [s.id, s.step, s.enteredBy, s.by, tx.actor.name, s.at, s.reason],
  );
}

export async function move(tx: Tx, id: string, state: StandardState, at: Date): Promise<void> {
  await tx.exec(
    `update county_standard set state = $2,
       approved_at = case when $2 = 'active' then $3 else approved_at end,
       ended_at = case when $2 = 'replaced' then $3 else ended_at end
     where county_code = app_county() and id = $1`,
    [id, state, at],
  );
}

/** What somebody refused of 动态调标. */
export interface GrowthRefusal {
  readonly parameter: string;
  readonly working: string;
  readonly reason: string;
  readonly by: string;
  readonly on: IsoDate;
}
export const growthRefusals = (tx: Tx) =>
  tx.query<GrowthRefusal>(
    `select parameter, working, reason, refused_by_name as by, (refused_at at time zone 'Asia/Shanghai')::date as on
     from growth_refusal where county_code = app_county()`,
  );
/** 0 rows: it was refused before. */
export const refuseGrowth = (
  tx: Tx,
  r: Pick<GrowthRefusal, "parameter" | "working" | "reason"> & { readonly id: string; readonly at: Date },
) =>
  tx.exec(
    `insert into growth_refusal (id, parameter, working, reason, refused_by_name, refused_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [r.id, r.parameter, r.working, r.reason, tx.actor.name, r.at],
  );
