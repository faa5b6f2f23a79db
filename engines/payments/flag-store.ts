/** The SQL of red flags: raised by the rules, answered, counted. Nothing else. */

import type { RedFlag } from "@wuxin/declare";
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { ENTITLEMENTS_OF } from "./lines.ts";
import { type FlagCheck, flagCheck, PAID_TO } from "./rules.ts";
import { readWhole } from "./whole.ts";

const LINE = `select x.county_code, x.id, x.roster_id, x.origin_line_id, x.reissue_of, x.entitlement_id, x.item, x.case_id,
      x.payee_id, x.payee_name, x.month, x.change, x.amount_fen, x.previous_fen, x.persons, x.account_digest, x.holder_name`;
/**
 * The lines under test, and who is paid into their accounts by the same roster. A few are looked up by their keys, each once; `offset 0` keeps the
 * planner from reading the roster.
 */
const given = (lineIds: Judging["lineIds"]) => `with
  given as (select $1::uuid as roster_id, $2::uuid[] as line_ids, $3::jsonb as maxima, $4::date as today,
    $5::jsonb as tiers, $6::jsonb as limits),
  line as ${
    lineIds === null
      ? `not materialized (
    ${LINE} from roster_line x, given y
    where x.county_code = app_county() and x.roster_id = y.roster_id and x.change <> 'stopped')`
      : `materialized (
    ${LINE} from unnest($2::uuid[]) n (id)
    cross join lateral (select * from roster_line r where r.county_code = app_county() and r.id = n.id offset 0) x
    where x.roster_id = $1 and x.change <> 'stopped')`
  },
  ${PAID_TO} as ${
    lineIds === null
      ? "not materialized (select account_digest, payee_id from line where account_digest is not null)"
      : `materialized (
    select y.account_digest, y.payee_id
    from (select distinct account_digest from line where account_digest is not null) l
    cross join lateral (
      select distinct person_id from bank_account a
      where a.county_code = app_county() and a.account_digest = l.account_digest offset 0) a
    cross join lateral (${ENTITLEMENTS_OF("a.person_id")} offset 0) e
    cross join lateral (
      select * from roster_line r where r.county_code = app_county() and r.entitlement_id = e.id offset 0) y
    where y.roster_id = $1 and y.change <> 'stopped' and y.account_digest = l.account_digest)`
  }`;

export interface Judging {
  readonly rosterId: string;
  /** Null: every line. */
  readonly lineIds: readonly string[] | null;
  /** 分 for one person and month, by item. */
  readonly maxima: Readonly<Record<string, number>>;
  readonly today: IsoDate;
  /** Names of the facts by which an item's amount is tiered, by item. */
  readonly tiers: Readonly<Record<string, readonly string[]>>;
  /** The rules in force in the roster's month. */
  readonly rules: readonly RedFlag[];
  /** What only a look after the payment asks: pairs of items, and who is on a list. */
  readonly known?: {
    readonly pairs: readonly { readonly one: string; readonly other: string; readonly title: string }[];
    readonly listed: readonly Listed[];
  };
}
/** Somebody of whom another department's list says something, since a day. */
export interface Listed {
  readonly personId: string;
  readonly text: string;
  readonly since: IsoDate;
}

const values = (j: Judging, rule: RedFlag | undefined) => [
  j.rosterId,
  j.lineIds,
  JSON.stringify(j.maxima),
  j.today,
  JSON.stringify(j.tiers),
  JSON.stringify({ ...rule?.limits, ...j.known }),
];
/** The county's sentence with what was found in its places. */
const sentence = (check: FlagCheck, template: string) =>
  check.words.reduce(
    (sql, word) => `replace(${sql}, '{${word}}', coalesce(f.said ->> '${word}', ''))`,
    template,
  );

/** Every rule over these lines. A flag that stands already is left as it is. */
export async function raiseFlags(tx: Tx, j: Judging, at: Date): Promise<void> {
  const raise = async () => {
    for (const rule of j.rules) {
      const check = flagCheck(rule.rule);
      if (!rule.on || rule.asked === "after" || !check?.sql) continue;
      await tx.exec(
        `${given(j.lineIds)}
       insert into roster_flag (county_code, roster_id, line_id, rule, severity, reason, raised_at)
       select app_county(), $1, f.line_id, $7, $8, ${sentence(check, "$9::text")}, $10 from (${check.sql}) f
       on conflict (county_code, line_id, rule) do nothing`,
        [...values(j, rule), rule.rule, rule.level, rule.reason, at],
      );
    }
  };
  await (j.lineIds === null ? readWhole(tx, raise) : raise());
}

/**
 * Every rule that is asked again over what the bank has paid of a roster. What stood before the payment in the same words
 * was judged then by those who signed; what was found before stands.
 */
export async function findAgain(tx: Tx, recheckId: string, j: Judging, at: Date): Promise<number> {
  let found = 0;
  await readWhole(tx, async () => {
    for (const rule of j.rules) {
      const check = flagCheck(rule.rule);
      if (!rule.on || rule.asked === "before" || !check?.sql) continue;
      found += await tx.exec(
        `${given(j.lineIds)}
       insert into recheck_finding (county_code, line_id, rule, recheck_id, roster_id, month, severity, reason, found_at)
       select app_county(), f.line_id, $7, $11, $1, l.month, $8, f.reason, $10
       from (select f.line_id, ${sentence(check, "$9::text")} as reason from (${check.sql}) f) f
       join roster_line l on l.county_code = app_county() and l.id = f.line_id and l.state = 'paid'
       where not exists (select from roster_flag k where k.county_code = app_county() and k.line_id = f.line_id
         and k.rule = $7 and k.reason = f.reason)
       on conflict (county_code, line_id, rule) do nothing`,
        [...values(j, rule), rule.rule, rule.level, rule.reason, at, recheckId],
      );
    }
  });
  return found;
}

/** Is this rule still broken by this line? */
export async function stillBroken(tx: Tx, check: FlagCheck, j: Judging): Promise<string | null> {
  const rule = j.rules.find((r) => r.rule === check.code);
  if (!check.sql || !rule) return null;
  const [row] = await tx.query<{ reason: string }>(
    `${given(j.lineIds)} select ${sentence(check, "$7::text")} as reason from (${check.sql}) f`,
    [...values(j, rule), rule.reason],
  );
  return row?.reason ?? null;
}

export async function addFlags(
  tx: Tx,
  rosterId: string | null,
  flags: readonly { lineId: string; rule: string; severity: "block" | "warn"; reason: string }[],
  at: Date,
): Promise<void> {
  await tx.exec(
    `insert into roster_flag (county_code, roster_id, line_id, rule, severity, reason, raised_at)
     select app_county(), l.roster_id, f.line_id, f.rule, f.severity, f.reason, $2
     from jsonb_to_recordset($1::jsonb) f (line_id uuid, rule text, severity text, reason text)
     join roster_line l on l.county_code = app_county() and l.id = f.line_id and ($3::uuid is null or l.roster_id = $3)
     on conflict (county_code, line_id, rule) do update
       set reason = excluded.reason, raised_at = excluded.raised_at, answer = null, answered_at = null,
           answered_by = null, answered_by_name = null`,
    [
      JSON.stringify(
        flags.map((f) => ({ line_id: f.lineId, rule: f.rule, severity: f.severity, reason: f.reason })),
      ),
      at,
      rosterId,
    ],
  );
}

export async function answerFlags(tx: Tx, lineId: string, answer: string, at: Date): Promise<void> {
  await tx.exec(
    `update roster_flag set answer = $2, answered_at = $3, answered_by = app_account(), answered_by_name = $4
     where county_code = app_county() and line_id = $1 and answer is null`,
    [lineId, answer, at, tx.actor.name],
  );
}

export interface FlagRecord {
  lineId: string;
  rule: string;
  severity: "block" | "warn";
  reason: string;
  answer: string | null;
}
export const flagsOf = (tx: Tx, lineIds: readonly string[]) =>
  tx.query<FlagRecord>(
    `select line_id as "lineId", rule, severity, reason, answer from roster_flag
     where county_code = app_county() and line_id = any($1) order by severity, rule`,
    [lineIds],
  );

export const flagCounts = (tx: Tx, rosterId: string) =>
  tx.query<{ rule: string; severity: "block" | "warn"; count: number; open: number }>(
    `select rule, severity, count(*)::int as count, (count(*) filter (where answer is null))::int as open
     from roster_flag where county_code = app_county() and roster_id = $1 group by rule, severity`,
    [rosterId],
  );

/** Unanswered blocking flags on lines that this roster would pay: these stop every signature and the bank file. */
export const openBlocks = async (tx: Tx, rosterId: string): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      `select count(distinct l.id)::int as n from roster_flag f
       join roster_line l on l.county_code = f.county_code and l.id = f.line_id
       where f.county_code = app_county() and f.roster_id = $1 and f.severity = 'block' and f.answer is null and l.included`,
      [rosterId],
    )
  ).n;
