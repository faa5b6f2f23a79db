/** One case in SQL: its file, actions, decisions, publicity and objections, read together in one round trip. */
import type { Values } from "@wuxin/declare";
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { ActionActor, CaseAction } from "./model.ts";

export interface FileRow {
  readonly id: string;
  readonly item: string;
  readonly number: string;
  readonly subject: "household" | "person";
  readonly state: string;
  readonly version: number;
  readonly isOpen: boolean;
  readonly householdId: string | null;
  readonly applicantId: string;
  readonly applicantName: string;
  readonly memberIds: readonly string[];
  readonly divisionCode: string;
  readonly address: string;
  readonly areaClass: string;
  readonly channel: string;
  readonly relative: boolean;
  readonly submittedOn: IsoDate;
  readonly submittedBy: string | null;
  readonly amountFen: number | null;
}

export interface DecisionRow {
  readonly id: string;
  readonly seq: number;
  readonly kind: string;
  readonly month: Month;
  readonly eligible: boolean | null;
  readonly amountFen: number | null;
  readonly persons: number | null;
  readonly covered: readonly string[];
  readonly fromMonth: Month | null;
  readonly untilMonth: Month | null;
  readonly reviewMonths: number | null;
  readonly reviewClass: string | null;
  readonly ruleVersion: string;
  readonly inputs: unknown;
  readonly trace: unknown;
  readonly explanation: unknown;
  readonly reason: string | null;
  readonly decidedOn: IsoDate;
  readonly decidedBy: string;
}
/** How a decision stands to what the rules gave; said by the database. */
export interface DecisionMarks {
  readonly deviates: boolean;
  readonly accountId: string | null;
  readonly review: DeviationReview | null;
}
export interface DeviationReview {
  readonly result: "accepted" | "redo";
  readonly note: string;
  readonly at: string;
  readonly by: string;
}

export interface PublicityRow {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly fromDate: IsoDate;
  readonly toDate: IsoDate;
  readonly takenDownOn: IsoDate | null;
}

export interface ObjectionRow {
  readonly id: string;
  readonly publicityId: string;
  readonly contactSealed: Buffer;
  readonly text: string;
  readonly at: string;
  readonly handledOn: IsoDate | null;
  readonly outcome: string | null;
}

export interface Bundle {
  readonly file: FileRow;
  readonly actions: readonly CaseAction[];
  readonly decisions: readonly (DecisionRow & DecisionMarks)[];
  readonly publicity: readonly PublicityRow[];
  readonly objections: readonly ObjectionRow[];
}

/** The columns of a file under their TypeScript names; `f` is the alias of case_file. */
export const FILE_COLUMNS = `f.id, f.item, f.number, f.subject, f.state, f.version, f.is_open as "isOpen",
  f.household_id as "householdId", f.applicant_id as "applicantId", f.applicant_name as "applicantName",
  f.member_ids as "memberIds", f.division_code as "divisionCode", f.address, f.area_class as "areaClass",
  f.channel, f.relative, f.submitted_on as "submittedOn", f.submitted_by as "submittedBy", f.amount_fen as "amountFen"`;

const BUNDLE = `select ${FILE_COLUMNS},
  (select coalesce(jsonb_agg(to_jsonb(x) order by x.seq), '[]') from (
     select seq, id, action, to_state as "to", acted_on as "on", acted_at as at, account_id as "accountId",
            person_id as "personId", actor_name as name, role, data, data_sealed as sealed, outcome
       from case_action a where a.county_code = f.county_code and a.case_id = f.id) x) as actions,
  (select coalesce(jsonb_agg(to_jsonb(x) order by x.seq), '[]') from (
     select id, seq, kind, month, eligible, amount_fen as "amountFen", persons, covered, from_month as "fromMonth",
            until_month as "untilMonth", review_months as "reviewMonths", review_class as "reviewClass",
            rule_version as "ruleVersion", inputs, trace, explanation, reason, decided_on as "decidedOn",
            decided_by as "decidedBy", deviates, account_id as "accountId",
            (select jsonb_build_object('result', v.result, 'note', v.note, 'at', v.reviewed_at, 'by', v.reviewed_by_name)
               from case_deviation_review v where v.county_code = d.county_code and v.decision_id = d.id) as review
       from case_decision d where d.county_code = f.county_code and d.case_id = f.id) x) as decisions,
  (select coalesce(jsonb_agg(to_jsonb(x) order by x."fromDate", x.id), '[]') from (
     select id, code, title, from_date as "fromDate", to_date as "toDate", taken_down_on as "takenDownOn"
       from publicity p where p.county_code = f.county_code and p.case_id = f.id) x) as publicity,
  (select coalesce(jsonb_agg(to_jsonb(x) order by x.at), '[]') from (
     select id, publicity_id as "publicityId", contact_sealed as "contactSealed", text, made_at as at,
            handled_on as "handledOn", outcome
       from objection o where o.county_code = f.county_code and o.case_id = f.id) x) as objections
  from case_file f where f.county_code = $1 and f.id = $2`;

interface ActionJson extends Omit<CaseAction, "actor">, ActionActor {
  readonly sealed: string | null;
}

/** jsonb writes bytea as `\x…`. */
const bytes = (hex: string): Buffer => Buffer.from(hex.slice(2), "hex");
const instant = (text: string): string => new Date(text).toISOString();

/**
 * Undefined when there is no such case or it is out of scope (the same to the caller).
 * @param open unseals an action's personal answers
 */
export async function findBundle(
  tx: Tx,
  id: string,
  open: (sealed: Buffer) => Values,
): Promise<Bundle | undefined> {
  const row = await tx.maybe<
    FileRow & {
      actions: ActionJson[];
      decisions: (DecisionRow & DecisionMarks)[];
      publicity: PublicityRow[];
      objections: (Omit<ObjectionRow, "contactSealed"> & { contactSealed: string })[];
    }
  >(BUNDLE, [tx.actor.countyCode, id]);
  if (!row) return undefined;
  const { actions, decisions, publicity, objections, ...file } = row;
  return {
    file,
    decisions,
    publicity,
    actions: actions.map((a) => toAction(a, open)),
    objections: objections.map((o) => ({
      ...o,
      at: instant(o.at),
      contactSealed: bytes(o.contactSealed),
    })),
  };
}

function toAction(a: ActionJson, open: (sealed: Buffer) => Values): CaseAction {
  return {
    id: a.id,
    seq: a.seq,
    action: a.action,
    to: a.to,
    on: a.on,
    at: instant(a.at),
    actor: { accountId: a.accountId, personId: a.personId, name: a.name, role: a.role },
    data: a.sealed === null ? a.data : { ...a.data, ...open(bytes(a.sealed)) },
    outcome: a.outcome,
  };
}

/** The actions of many cases, for the workbench; personal answers stay sealed. */
export async function listActions(tx: Tx, ids: readonly string[]): Promise<Map<string, CaseAction[]>> {
  const rows = await tx.query<ActionJson & { caseId: string }>(
    `select case_id as "caseId", seq, id, action, to_state as "to", acted_on as "on", acted_at as at,
            account_id as "accountId", person_id as "personId", actor_name as name, role, data, outcome
       from case_action where county_code = $1 and case_id = any ($2) order by case_id, seq`,
    [tx.actor.countyCode, ids],
  );
  const byCase = new Map<string, CaseAction[]>();
  for (const row of rows) {
    const list = byCase.get(row.caseId) ?? [];
    list.push(toAction({ ...row, sealed: null }, () => ({})));
    byCase.set(row.caseId, list);
  }
  return byCase;
}

/** Two people acting on one case come one after the other. False when it is not to be seen. */
export async function lockFile(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query<{ id: string }>(
    "select id from case_file where county_code = $1 and id = $2 for update",
    [tx.actor.countyCode, id],
  );
  return rows.length === 1;
}

export async function findSubmitted(
  tx: Tx,
  id: string,
): Promise<{ id: string; number: string; item: string; applicantId: string } | undefined> {
  return tx.maybe(
    `select id, number, item, applicant_id as "applicantId" from case_file where county_code = $1 and id = $2`,
    [tx.actor.countyCode, id],
  );
}

/** Repeated requests with one id wait for each other instead of colliding. */
export async function lockId(tx: Tx, id: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 80))", [id]);
}

/** Open cases of the item in which one of these persons is a member: who, and the case's number. */
export async function listOpenCasesOf(
  tx: Tx,
  item: string,
  personIds: readonly string[],
): Promise<{ id: string; number: string; memberIds: string[]; state: string }[]> {
  return tx.query(
    `select id, number, member_ids as "memberIds", state from case_file
      where county_code = $1 and item = $2 and is_open
        and case when subject = 'person' then applicant_id = any ($3::uuid[]) else member_ids && $3::uuid[] end`,
    [tx.actor.countyCode, item, personIds],
  );
}

/** Which case an action id belongs to; undefined when it is new. */
export async function findActionCase(tx: Tx, actionId: string): Promise<string | undefined> {
  const row = await tx.maybe<{ caseId: string }>(
    `select case_id as "caseId" from case_action where county_code = $1 and id = $2`,
    [tx.actor.countyCode, actionId],
  );
  return row?.caseId;
}
