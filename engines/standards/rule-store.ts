/** The SQL of rules that a county has rewritten, and nothing else. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { RuleState, RuleStep, RuleTextInput } from "./rule-model.ts";

export interface RuleRecord {
  readonly id: string;
  readonly item: string;
  readonly fromMonth: Month;
  readonly base: string;
  readonly state: RuleState;
  readonly enteredBy: string;
  readonly enteredByName: string;
  readonly enteredAt: string;
  readonly approvedAt: string | null;
  readonly endedAt: string | null;
}
export interface RuleText extends RuleTextInput {
  readonly ruleId: string;
  readonly seq: number;
  readonly savedAt: string;
}
export interface RuleStepRecord {
  readonly ruleId: string;
  readonly step: RuleStep;
  readonly textSeq: number;
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
  readonly trial: unknown;
}

const COLUMNS = `r.id, r.item, r.from_month as "fromMonth", r.base, r.state, r.entered_by as "enteredBy",
  r.entered_by_name as "enteredByName", r.entered_at as "enteredAt", r.approved_at as "approvedAt",
  r.ended_at as "endedAt"`;
const TEXT = `t.rule_id as "ruleId", t.seq, t.from_month as "fromMonth", t.document, t.note, t.rules, t.parameters,
  t.examples, t.saved_at as "savedAt"`;

/** What was ever approved, without the texts: asked every few seconds. */
export const everApproved = (tx: Tx) =>
  tx.query<RuleRecord>(
    `select ${COLUMNS} from county_rule r
     where r.county_code = app_county() and r.approved_at is not null order by r.approved_at, r.id`,
  );

/** The last text of each: an approved one is never saved again. */
export const lastTexts = (tx: Tx, ids: readonly string[]) =>
  tx.query<RuleText>(
    `select distinct on (t.rule_id) ${TEXT} from county_rule_text t
     where t.county_code = app_county() and t.rule_id = any($1) order by t.rule_id, t.seq desc`,
    [ids],
  );

/** Of one item, or of all; newest first. */
export const list = (tx: Tx, item: string | null) =>
  tx.query<RuleRecord & Pick<RuleText, "document" | "note" | "seq">>(
    `select ${COLUMNS}, t.document, t.note, t.seq from county_rule r
     join lateral (select * from county_rule_text x where x.county_code = r.county_code and x.rule_id = r.id
                   order by x.seq desc limit 1) t on true
     where r.county_code = app_county() and ($1::text is null or r.item = $1)
     order by r.entered_at desc, r.id desc`,
    [item],
  );

export const find = (tx: Tx, id: string, lock = false) =>
  tx.maybe<RuleRecord>(
    `select ${COLUMNS} from county_rule r where r.county_code = app_county() and r.id = $1${lock ? " for update" : ""}`,
    [id],
  );

export const activeFrom = (tx: Tx, item: string, month: Month) =>
  tx.maybe<RuleRecord>(
    `select ${COLUMNS} from county_rule r
     where r.county_code = app_county() and r.item = $1 and r.from_month = $2 and r.state = 'active' for update`,
    [item, month],
  );

export const steps = (tx: Tx, ids: readonly string[]) =>
  tx.query<RuleStepRecord>(
    `select s.rule_id as "ruleId", s.step, s.text_seq as "textSeq", s.actor_name as by, s.at, s.reason, s.trial
     from county_rule_step s where s.county_code = app_county() and s.rule_id = any($1) order by s.seq`,
    [ids],
  );

/** Who brought it into force. */
export const approver = (tx: Tx, id: string) =>
  tx.maybe<{ accountId: string; name: string }>(
    `select s.account_id as "accountId", s.actor_name as name from county_rule_step s
     where s.county_code = app_county() and s.rule_id = $1 and s.step = 'approved' order by s.seq desc limit 1`,
    [id],
  );

export async function insert(
  tx: Tx,
  r: { id: string; item: string; fromMonth: Month; base: string; by: string; at: Date },
): Promise<void> {
  await tx.exec(
    `insert into county_rule (id, item, from_month, base, state, entered_by, entered_by_name, entered_at)
     values ($1, $2, $3, $4, 'draft', $5, $6, $7)`,
    [r.id, r.item, r.fromMonth, r.base, r.by, tx.actor.name, r.at],
  );
}

export async function addText(
  tx: Tx,
  id: string,
  t: RuleTextInput & { seq: number; by: string; at: Date },
): Promise<void> {
  await tx.exec(
    `insert into county_rule_text (rule_id, seq, from_month, document, note, rules, parameters, examples, saved_by, saved_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [id, t.seq, t.fromMonth, t.document, t.note, t.rules, t.parameters, t.examples, t.by, t.at],
  );
  await tx.exec(`update county_rule set from_month = $2 where county_code = app_county() and id = $1`, [
    id,
    t.fromMonth,
  ]);
}

export async function addStep(
  tx: Tx,
  s: {
    id: string;
    enteredBy: string;
    step: RuleStep;
    textSeq: number;
    by: string;
    at: Date;
    reason: string | null;
    trial?: unknown;
  },
): Promise<void> {
  await tx.exec(
    `insert into county_rule_step (rule_id, seq, step, text_seq, entered_by, account_id, actor_name, at, reason, trial)
     select $1, coalesce(max(p.seq), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9
     from county_rule_step p where p.county_code = app_county() and p.rule_id = $1`,
    [
      s.id,
      s.step,
      s.textSeq,
      s.enteredBy,
      s.by,
      tx.actor.name,
      s.at,
      s.reason,
      s.trial === undefined ? null : JSON.stringify(s.trial),
    ],
  );
}

export async function move(tx: Tx, id: string, state: RuleState, at: Date): Promise<void> {
  await tx.exec(
    `update county_rule set state = $2,
       approved_at = case when $2 = 'active' then $3 else approved_at end,
       ended_at = case when approved_at is not null and $2 in ('replaced', 'withdrawn') then $3 else ended_at end
     where county_code = app_county() and id = $1`,
    [id, state, at],
  );
}
