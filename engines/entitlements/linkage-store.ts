/** The SQL of subsidies that follow from others, and nothing else. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Rate } from "./linkage-model.ts";

export type LinkageState = "idle" | "proposed" | "confirmed" | "dismissed" | "replaced";
export interface LinkageRecord {
  id: string;
  linkage: string;
  month: Month;
  values: Record<string, number>;
  source: string;
  starts: boolean;
  rates: Rate[];
  told: { areaClass: string; lines: string[] }[];
  ruleVersion: string;
  state: LinkageState;
  enteredBy: string;
  enteredByName: string;
  enteredAt: string;
  decidedByName: string | null;
  decidedAt: string | null;
  decisionNote: string | null;
  households: number | null;
  persons: number | null;
  amountFen: number | null;
}
const RECORD = `id, linkage, month, index_values as "values", source, starts, rates, told, rule_version as "ruleVersion",
  state, entered_by as "enteredBy", entered_by_name as "enteredByName",
  entered_at as "enteredAt", decided_by_name as "decidedByName", decided_at as "decidedAt", decision_note as "decisionNote", households, persons, amount_fen as "amountFen"`;

export const list = (tx: Tx, linkage: string) =>
  tx.query<LinkageRecord>(
    `select ${RECORD} from linkage_month where county_code = app_county() and linkage = $1
     order by month desc, entered_at desc, id desc limit 200`,
    [linkage],
  );
export async function find(tx: Tx, id: string, lock = false): Promise<LinkageRecord | undefined> {
  const [row] = await tx.query<LinkageRecord>(
    `select ${RECORD} from linkage_month where county_code = app_county() and id = $1 ${lock ? "for update" : ""}`,
    [id],
  );
  return row;
}
/** The one of a month that stands. */
export async function standing(tx: Tx, linkage: string, month: Month): Promise<LinkageRecord | undefined> {
  const [row] = await tx.query<LinkageRecord>(
    `select ${RECORD} from linkage_month where county_code = app_county() and linkage = $1 and month = $2
       and state in ('idle', 'proposed', 'confirmed') for update`,
    [linkage, month],
  );
  return row;
}

export async function insert(
  tx: Tx,
  r: Pick<
    LinkageRecord,
    "id" | "linkage" | "month" | "values" | "source" | "starts" | "rates" | "told" | "ruleVersion"
  >,
  at: Date,
): Promise<void> {
  await tx.exec(
    `insert into linkage_month (county_code, id, linkage, month, index_values, source, starts, rates, told, rule_version, state,
       entered_by_name, entered_at)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, case when $6 then 'proposed' else 'idle' end, $10, $11)`,
    [
      ...[r.id, r.linkage, r.month, JSON.stringify(r.values), r.source, r.starts, JSON.stringify(r.rates)],
      ...[JSON.stringify(r.told), r.ruleVersion, tx.actor.name, at],
    ],
  );
}
export const replace = (tx: Tx, id: string) =>
  tx.exec("update linkage_month set state = 'replaced' where county_code = app_county() and id = $1", [id]);

export interface Tally {
  households: number;
  persons: number;
  amountFen: number;
}
export async function decide(
  tx: Tx,
  id: string,
  d: { state: "confirmed" | "dismissed"; note: string; tally: Tally | null; at: Date },
): Promise<void> {
  await tx.exec(
    `update linkage_month set state = $2, decided_by = app_account(), decided_by_name = $3, decided_at = $4,
       decision_note = $5, households = $6, persons = $7, amount_fen = $8
     where county_code = app_county() and id = $1`,
    [
      ...[id, d.state, tx.actor.name, d.at, d.note],
      ...[d.tally?.households ?? null, d.tally?.persons ?? null, d.tally?.amountFen ?? null],
    ],
  );
}

/**
 * Who draws in the month, each person once: by the first class that fits. $1 month, $2 classes, $3 rates. What is drawn
 * in a place of which nobody knows the area has no rate.
 */
const SHARES = `class as (
    select c.item, c.value, c.ord from jsonb_to_recordset($2::jsonb) c (item text, value text, ord int)),
  rate as (
    select r."areaClass" as area_class, r."class" as class, r.fen
    from jsonb_to_recordset($3::jsonb) r ("areaClass" text, "class" text, fen bigint)),
  person_once as (
    select distinct on (p.id_no_digest) v.person_id, o.entitlement_id, c.value as class
    from entitlement_owed($1) o
    join class c on c.item = o.item
    join entitlement_covered($1) v on v.entitlement_id = o.entitlement_id
    join person p on p.county_code = v.county_code and p.id = v.person_id
    order by p.id_no_digest, c.ord, o.entitlement_id),
  share as (
    select o.entitlement_id as source_id, e.division_code, o.class, r.fen, count(*)::int as persons,
      array_agg(o.person_id order by o.person_id) as person_ids
    from person_once o
    join entitlement e on e.county_code = app_county() and e.id = o.entitlement_id
    left join household h on h.county_code = e.county_code and h.id = e.household_id
    left join rate r on r.area_class = coalesce(e.area_class, h.area_class) and r.class = o.class
    group by o.entitlement_id, e.division_code, o.class, r.fen)`;
const given = (month: Month, classes: readonly { item: string; value: string }[], rates: readonly Rate[]) => [
  month,
  JSON.stringify(classes.map((c, ord) => ({ ...c, ord }))),
  JSON.stringify(rates),
];

export interface PlaceTally extends Tally {
  township: string;
  class: string;
  /** No rate: of which nobody knows whether town or country. */
  unknown: number;
}
export const tally = (
  tx: Tx,
  month: Month,
  classes: readonly { item: string; value: string }[],
  rates: readonly Rate[],
) =>
  tx.query<PlaceTally>(
    `with ${SHARES}
     select left(division_code, 9) as township, class,
       (count(*) filter (where fen > 0))::int as households, coalesce(sum(persons) filter (where fen > 0), 0)::int as persons,
       coalesce(sum(fen * persons), 0)::bigint as "amountFen", (count(*) filter (where fen is null))::int as unknown
     from share group by 1, 2 order by 1, 2`,
    given(month, classes, rates),
  );

/** What was opened, in the same shape. */
export const opened = (tx: Tx, r: Pick<LinkageRecord, "id">) =>
  tx.query<PlaceTally>(
    `select left(e.division_code, 9) as township, e.item as class, count(*)::int as households,
       sum(cardinality(s.persons))::int as persons, sum(s.amount_fen)::bigint as "amountFen", 0 as unknown
     from linkage_share s join entitlement e on e.county_code = s.county_code and e.id = s.source_id
     where s.county_code = app_county() and s.linkage_id = $1
     group by 1, 2 order by 1, 2`,
    [r.id],
  );

/** The entitlements of the month, once: a share that there is stops the whole transaction. Afterwards what was opened. */
export async function open(
  tx: Tx,
  r: Pick<LinkageRecord, "id" | "linkage" | "month" | "rates">,
  classes: readonly { item: string; value: string }[],
  is: { exclusivityGroup: string; reason: string; at: Date },
): Promise<Tally> {
  await tx.exec(
    `with ${SHARES}
     insert into linkage_share (county_code, linkage_id, linkage, month, source_id, entitlement_id, persons, amount_fen)
     select app_county(), $4, $5, $1, s.source_id,
       (left($4::uuid::text, 24) || lpad(to_hex(row_number() over (order by s.source_id)), 12, '0'))::uuid,
       s.person_ids, s.fen * s.persons
     from share s where s.fen > 0`,
    [...given(r.month, classes, r.rates), r.id, r.linkage],
  );
  await tx.exec(
    `insert into entitlement (county_code, id, item, exclusivity_group, subject_kind, household_id, applicant_id, payee_id,
       division_code, area_class, case_id, from_month, end_month, end_reason, end_kind, review_months, opened_at)
     select e.county_code, s.entitlement_id, s.linkage, $2, e.subject_kind, e.household_id, e.applicant_id, e.payee_id,
       e.division_code, e.area_class, e.case_id, s.month, s.month, '只发当月', 'decision', 1, $3
     from linkage_share s join entitlement e on e.county_code = s.county_code and e.id = s.source_id
     where s.county_code = app_county() and s.linkage_id = $1`,
    [r.id, is.exclusivityGroup, is.at],
  );
  await tx.exec(
    `insert into entitlement_amount (county_code, entitlement_id, seq, from_month, amount_fen, persons, reason, recorded_at)
     select s.county_code, s.entitlement_id, 1, s.month, s.amount_fen, cardinality(s.persons), $2, $3
     from linkage_share s where s.county_code = app_county() and s.linkage_id = $1`,
    [r.id, is.reason, is.at],
  );
  await tx.exec(
    `insert into entitlement_person (county_code, entitlement_id, person_id, from_month, end_month, end_reason)
     select s.county_code, s.entitlement_id, p.id, s.month, s.month, '只发当月'
     from linkage_share s cross join lateral unnest(s.persons) p (id)
     where s.county_code = app_county() and s.linkage_id = $1`,
    [r.id],
  );
  return tx.one<Tally>(
    `select count(*)::int as households, coalesce(sum(cardinality(persons)), 0)::int as persons,
       coalesce(sum(amount_fen), 0)::bigint as "amountFen"
     from linkage_share where county_code = app_county() and linkage_id = $1`,
    [r.id],
  );
}
