/** SQL of alerts and what people judged of them, nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { AlertState, Judgement } from "./model.ts";
import type { RunRecord } from "./store.ts";

export interface NewAlert {
  readonly id: string;
  readonly rule: string;
  readonly ruleVersion: string;
  readonly level: number;
  readonly proposes: string;
  readonly personId: string;
  readonly householdId: string | null;
  readonly divisionCode: string;
  readonly title: string;
  readonly reasonSealed: Buffer;
  readonly occurredOn: IsoDate | null;
  readonly actBy: IsoDate | null;
  readonly overpaidFen: number | null;
}
/** Gives the ids that are new; the others are seen once more. A run told twice counts once, and so do a list and its correction. */
export async function upsertAlerts(
  tx: Tx,
  run: Pick<RunRecord, "id" | "feed" | "asOf" | "replaces">,
  today: IsoDate,
  rows: readonly NewAlert[],
): Promise<Set<string>> {
  const fresh = new Set<string>();
  for (let from = 0; from < rows.length; from += 5_000) {
    const part = rows.slice(from, from + 5_000);
    const done = await tx.query<{ id: string; fresh: boolean }>(
      `insert into alert as a (county_code, id, feed, rule, rule_version, level, proposes, person_id, household_id,
         division_code, title, reason_sealed, run_id, raised_on, last_seen_on, occurred_on, act_by, overpaid_fen)
       select app_county(), i, $2, r, v, l, o, p, h, d, t, x, $1, $3, $3, c, b, f
       from unnest($4::uuid[], $5::text[], $6::text[], $7::int[], $8::text[], $9::uuid[], $10::uuid[], $11::text[], $12::text[],
         $13::bytea[], $14::date[], $15::date[], $16::bigint[]) as u (i, r, v, l, o, p, h, d, t, x, c, b, f)
       on conflict (county_code, id) do update set last_seen_on = excluded.last_seen_on, run_id = excluded.run_id,
           seen = a.seen + case when $17 and exists (select from feed_run f where f.county_code = a.county_code
             and f.id = a.run_id and f.feed = a.feed and f.as_of = $18) then 0 else 1 end
         where a.run_id <> excluded.run_id
       returning a.id, (xmax = 0) as fresh`,
      [
        ...[run.id, run.feed, today],
        ...(
          [
            "id",
            "rule",
            "ruleVersion",
            "level",
            "proposes",
            "personId",
            "householdId",
            "divisionCode",
            "title",
            "reasonSealed",
            "occurredOn",
            "actBy",
            "overpaidFen",
          ] as const
        ).map((k) => part.map((a) => a[k])),
        ...[run.replaces, run.asOf],
      ],
    );
    for (const d of done) if (d.fresh) fresh.add(d.id);
  }
  return fresh;
}

export interface AlertQuery {
  readonly rule?: string | undefined;
  readonly state?: AlertState | undefined;
  readonly level?: number | undefined;
  readonly proposes?: string | undefined;
  readonly person?: string | undefined;
  readonly division?: string | undefined;
  readonly page?: number | undefined;
  readonly size?: number | undefined;
}
export interface AlertRecord {
  id: string;
  feed: string;
  rule: string;
  ruleVersion: string;
  level: number;
  proposes: string;
  personId: string;
  householdId: string | null;
  person: string;
  divisionCode: string;
  title: string;
  reasonSealed: Buffer;
  /** What found it: a run, or a 核对 report. */
  runId: string | null;
  checkId: string | null;
  raisedOn: IsoDate;
  occurredOn: IsoDate | null;
  actBy: IsoDate | null;
  overpaidFen: number | null;
  seen: number;
  lastSeenOn: IsoDate;
  state: AlertState;
  judgedOn: IsoDate | null;
  savedFen: number;
  helpedFen: number;
  /** Of the last list that told it. */
  saidAsOf: IsoDate | null;
}
const ALERT = `a.id, a.feed, a.rule, a.rule_version as "ruleVersion", a.level, a.proposes, a.person_id as "personId",
  a.household_id as "householdId", coalesce(p.name, '（不在管辖范围）') as person, a.division_code as "divisionCode", a.title,
  a.reason_sealed as "reasonSealed", a.run_id as "runId", a.check_id as "checkId", a.raised_on as "raisedOn", a.occurred_on as "occurredOn",
  a.act_by as "actBy", a.overpaid_fen as "overpaidFen", a.seen, a.last_seen_on as "lastSeenOn", a.state,
  a.judged_on as "judgedOn", a.saved_fen as "savedFen", a.helped_fen as "helpedFen",
  (select m.as_of from feed_match m where m.county_code = a.county_code and m.run_id = a.run_id and m.person_id = a.person_id) as "saidAsOf"`;
const PERSON = "left join person p on p.county_code = a.county_code and p.id = a.person_id";

export const listed = (tx: Tx) =>
  tx.query<{ personId: string; text: string; since: IsoDate }>(
    `select a.person_id as "personId", a.title as text, coalesce(a.occurred_on, a.raised_on) as since from alert a
     where a.county_code = app_county() and a.proposes = 'stop-payment' and a.state in ('pending', 'confirmed')
     order by a.raised_on, a.id`,
  );

export async function listAlerts(tx: Tx, q: AlertQuery): Promise<{ rows: AlertRecord[]; total: number }> {
  const values: unknown[] = [];
  const where = ["a.county_code = app_county()"];
  const add = (sql: (bound: string) => string, value: unknown, type: string) => {
    if (value !== undefined) where.push(sql(`$${values.push(value)}::${type}`));
  };
  add((b) => `a.rule = ${b}`, q.rule, "text");
  add((b) => `a.state = ${b}`, q.state, "text");
  add((b) => `a.level = ${b}`, q.level, "int");
  add((b) => `a.proposes = ${b}`, q.proposes, "text");
  add((b) => `a.person_id = ${b}`, q.person, "uuid");
  add((b) => `a.division_code >= ${b} and a.division_code < ${b} || 'z'`, q.division, "text");
  const size = q.size ?? 20;
  const { total } = await tx.one<{ total: number }>(
    `select count(*)::int as total from alert a where ${where.join(" and ")}`,
    values,
  );
  const rows = await tx.query<AlertRecord>(
    `select ${ALERT} from alert a ${PERSON} where ${where.join(" and ")}
     order by (a.state = 'pending') desc, a.level, a.raised_on desc, a.id
     limit $${values.length + 1} offset $${values.length + 2}`,
    [...values, size, ((q.page ?? 1) - 1) * size],
  );
  return { rows, total };
}
/** Of these people, newest first. */
export const alertsOf = (tx: Tx, persons: readonly string[]) =>
  tx.query<AlertRecord>(
    `select ${ALERT} from alert a ${PERSON} where a.county_code = app_county() and a.person_id = any ($1::uuid[])
     order by a.raised_on desc, a.id limit 100`,
    [persons],
  );
export const findAlert = (tx: Tx, id: string) =>
  tx.maybe<AlertRecord>(
    `select ${ALERT} from alert a ${PERSON} where a.county_code = app_county() and a.id = $1`,
    [id],
  );
/** What nobody has judged yet, to where these people live now. */
export const moveAlerts = (tx: Tx, personIds: readonly string[], divisionCode: string) =>
  tx.exec(
    `update alert set division_code = $2
     where county_code = app_county() and person_id = any ($1::uuid[]) and state = 'pending'`,
    [personIds, divisionCode],
  );
export const lockAlert = (tx: Tx, id: string) =>
  tx.maybe<{ id: string; state: AlertState; rule: string; divisionCode: string }>(
    `select id, state, rule, division_code as "divisionCode" from alert where county_code = app_county() and id = $1 for update`,
    [id],
  );

export interface RuleCount {
  rule: string;
  total: number;
  pending: number;
  confirmed: number;
  false: number;
  noChange: number;
  withdrawn: number;
  savedFen: number;
  helpedFen: number;
}
export const countByRule = (tx: Tx) =>
  tx.query<RuleCount>(
    `select rule, count(*)::int as total, count(*) filter (where state = 'pending')::int as pending,
       count(*) filter (where state = 'confirmed')::int as confirmed, count(*) filter (where state = 'false')::int as false,
       count(*) filter (where state = 'no-change')::int as "noChange",
       count(*) filter (where state = 'withdrawn')::int as withdrawn, coalesce(sum(saved_fen), 0)::bigint as "savedFen",
       coalesce(sum(helped_fen), 0)::bigint as "helpedFen"
     from alert where county_code = app_county() group by rule`,
  );

export interface NewJudgement {
  readonly id: string;
  readonly alertId: string;
  readonly clueId: string | null;
  readonly judgement: Judgement;
  readonly outcomeSealed: Buffer;
  readonly savedFen: number;
  readonly helpedFen: number;
  readonly at: Date;
  readonly on: IsoDate;
}
export async function judge(tx: Tx, j: NewJudgement): Promise<void> {
  await tx.exec(
    `insert into alert_judgement (county_code, id, alert_id, clue_id, judgement, outcome_sealed, saved_fen, helped_fen, judged_at,
       judged_by, judged_by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, app_account(), $9)`,
    [j.id, j.alertId, j.clueId, j.judgement, j.outcomeSealed, j.savedFen, j.helpedFen, j.at, tx.actor.name],
  );
  await tx.exec(
    `update alert set state = $2, judged_on = $3, saved_fen = $4, helped_fen = $5
     where county_code = app_county() and id = $1`,
    [j.alertId, j.judgement, j.on, j.savedFen, j.helpedFen],
  );
}
export const judgementOf = (tx: Tx, alertId: string) =>
  tx.maybe<{ judgement: Judgement; outcomeSealed: Buffer; by: string; at: string; clueId: string | null }>(
    `select judgement, outcome_sealed as "outcomeSealed", judged_by_name as by, judged_at as at, clue_id as "clueId"
     from alert_judgement where county_code = app_county() and alert_id = $1`,
    [alertId],
  );
