/** What a step of a case writes. Actions and decisions are only ever added. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { DatedClock } from "./clocks.ts";
import type { CaseAction } from "./model.ts";
import type { DecisionRow, FileRow } from "./store.ts";

export interface NewFile extends Omit<FileRow, "submittedBy" | "amountFen"> {
  readonly agentSealed: Buffer | null;
  readonly trackingDigest: Buffer;
  readonly submittedAt: string;
  readonly dueOn: IsoDate | null;
  readonly warnOn: IsoDate | null;
  readonly dueKey: string | null;
}

export async function insertFile(tx: Tx, f: NewFile): Promise<void> {
  await tx.exec(
    `insert into case_file (county_code, id, item, number, subject, state, version, is_open, household_id, applicant_id,
       applicant_name, member_ids, division_code, address, area_class, channel, relative, agent_sealed, tracking_digest,
       submitted_on, submitted_at, submitted_by, due_on, warn_on, due_key)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25)`,
    [
      tx.actor.countyCode,
      f.id,
      f.item,
      f.number,
      f.subject,
      f.state,
      f.version,
      f.isOpen,
      f.householdId,
      f.applicantId,
      f.applicantName,
      f.memberIds,
      f.divisionCode,
      f.address,
      f.areaClass,
      f.channel,
      f.relative,
      f.agentSealed,
      f.trackingDigest,
      f.submittedOn,
      f.submittedAt,
      tx.actor.accountId,
      f.dueOn,
      f.warnOn,
      f.dueKey,
    ],
  );
}

export interface NewAction extends CaseAction {
  readonly caseId: string;
  readonly fromState: string;
  readonly sealed: Buffer | null;
}

export async function insertAction(tx: Tx, a: NewAction): Promise<void> {
  await tx.exec(
    `insert into case_action (county_code, case_id, seq, id, action, from_state, to_state, acted_on, acted_at, account_id,
       person_id, actor_name, role, data, data_sealed, outcome)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)`,
    [
      tx.actor.countyCode,
      a.caseId,
      a.seq,
      a.id,
      a.action,
      a.fromState,
      a.to,
      a.on,
      a.at,
      a.actor.accountId,
      a.actor.personId,
      a.actor.name,
      a.actor.role,
      JSON.stringify(a.data),
      a.sealed,
      JSON.stringify(a.outcome),
    ],
  );
}

export interface Progress {
  readonly state: string;
  readonly version: number;
  readonly isOpen: boolean;
  readonly dueOn: IsoDate | null;
  readonly warnOn: IsoDate | null;
  readonly dueKey: string | null;
  /** Undefined leaves the amount as it is. */
  readonly amountFen?: number | null;
}

/** Moves the file on; the version it had is part of the condition, so a lost race changes nothing. */
export async function updateFile(tx: Tx, id: string, p: Progress): Promise<number> {
  return tx.exec(
    `update case_file set state = $3, version = $4, is_open = $5, due_on = $6, warn_on = $7, due_key = $8,
            amount_fen = case when $9 then $10::bigint else amount_fen end
      where county_code = $1 and id = $2 and version = $4 - 1`,
    [
      tx.actor.countyCode,
      id,
      p.state,
      p.version,
      p.isOpen,
      p.dueOn,
      p.warnOn,
      p.dueKey,
      p.amountFen !== undefined,
      p.amountFen ?? null,
    ],
  );
}

/** Writes the clocks as they now are; clocks that did not change cost nothing but the comparison. */
export async function saveClocks(
  tx: Tx,
  caseId: string,
  clocks: readonly (DatedClock & { readonly owner: string })[],
): Promise<void> {
  if (clocks.length === 0) return;
  await tx.exec(
    `insert into case_clock (county_code, case_id, key, round, started_on, limit_units, unit, owner, due_on, warn_on, stopped_on)
     select $1, $2, x.key, x.round, x."startedOn", x."limit", x.unit, x.owner, x."dueOn", x."warnOn", x."stoppedOn"
       from jsonb_to_recordset($3::jsonb) as x(key text, round int, "startedOn" date, "limit" int, unit text, owner text,
            "dueOn" date, "warnOn" date, "stoppedOn" date)
     on conflict (county_code, case_id, key, round) do update
        set limit_units = excluded.limit_units, due_on = excluded.due_on, warn_on = excluded.warn_on,
            stopped_on = excluded.stopped_on
      where (case_clock.limit_units, case_clock.due_on, case_clock.warn_on, case_clock.stopped_on)
            is distinct from (excluded.limit_units, excluded.due_on, excluded.warn_on, excluded.stopped_on)`,
    [tx.actor.countyCode, caseId, JSON.stringify(clocks)],
  );
}

export interface NewDecision extends DecisionRow {
  readonly caseId: string;
  readonly decidedAt: string;
  /** The household itself asked for it. */
  readonly ownWish: boolean;
}

export async function insertDecision(tx: Tx, d: NewDecision): Promise<void> {
  await tx.exec(
    `insert into case_decision (county_code, id, case_id, seq, kind, month, eligible, amount_fen, persons, covered, from_month,
       until_month, review_months, review_class, rule_version, inputs, trace, explanation, reason, decided_on, decided_at,
       account_id, decided_by, own_wish)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24)`,
    [
      tx.actor.countyCode,
      d.id,
      d.caseId,
      d.seq,
      d.kind,
      d.month,
      d.eligible,
      d.amountFen,
      d.persons,
      d.covered,
      d.fromMonth,
      d.untilMonth,
      d.reviewMonths,
      d.reviewClass,
      d.ruleVersion,
      JSON.stringify(d.inputs),
      JSON.stringify(d.trace),
      JSON.stringify(d.explanation),
      d.reason,
      d.decidedOn,
      d.decidedAt,
      tx.actor.accountId,
      d.decidedBy,
      d.ownWish,
    ],
  );
}

export interface Moved {
  /** The case itself, open or not. */
  readonly caseId: string | null;
  /** Null: nobody of a household, or not all of it. */
  readonly householdId: string | null;
  readonly personIds: readonly string[];
  readonly divisionCode: string;
  /** Null: as it was. */
  readonly areaClass: string | null;
  readonly address: string | null;
}
/** With all that these people have asked for and is open. */
export async function moveFiles(tx: Tx, to: Moved): Promise<void> {
  await tx.exec(
    `update case_file set division_code = $4, area_class = coalesce($5, area_class), address = coalesce($6, address)
     where county_code = app_county() and (id = $1
       or is_open and (household_id = $2 or subject = 'person' and applicant_id = any ($3::uuid[])))`,
    [to.caseId, to.householdId, to.personIds, to.divisionCode, to.areaClass, to.address],
  );
}
