/** The SQL of evidence, and of taking it back. Nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { EvidenceKind } from "./livelihood.ts";
import type { Person } from "./may.ts";

export interface EvidenceRecord {
  id: string;
  targetId: string;
  kind: EvidenceKind;
  asOf: IsoDate;
  value: number;
  /** Of an acceptance: the township, null for the county's own; and the quality standard as it stood. */
  division: string | null;
  standard: string | null;
  /** Of a survey: how many were asked; `value` is how many were satisfied. */
  asked: number | null;
  words: string;
  files: readonly string[];
  givenAt: string;
  givenBy: string;
  givenByName: string;
  confirmedAt: string | null;
  confirmedByName: string | null;
  /** Asked to be taken back, or taken back; what was refused is as if nobody had asked. */
  takeBack: TakeBack | null;
}
export interface TakeBack {
  readonly id: string;
  readonly reason: string;
  readonly askedAt: string;
  readonly askedBy: string;
  readonly askedByName: string;
  /** Null while it waits for a second person. */
  readonly decidedAt: string | null;
  readonly decidedByName: string | null;
}
/** It was confirmed and is not taken back. */
export const counts = (e: Pick<EvidenceRecord, "confirmedAt" | "takeBack">): boolean =>
  e.confirmedAt !== null && !e.takeBack?.decidedAt;

const EVIDENCE = `e.id, e.plan_id as "planId", e.target_id as "targetId", e.kind, e.as_of as "asOf", e.value::float8 as value,
  e.division_code as division, e.standard, e.asked, e.words, e.files, e.given_at as "givenAt", e.given_by as "givenBy",
  e.given_by_name as "givenByName", e.confirmed_at as "confirmedAt", e.confirmed_by_name as "confirmedByName",
  (select jsonb_build_object('id', b.id, 'reason', b.reason, 'askedAt', b.asked_at, 'askedBy', b.asked_by,
      'askedByName', b.asked_by_name, 'decidedAt', b.decided_at, 'decidedByName', b.decided_by_name)
     from plan_evidence_take_back b where b.county_code = e.county_code and b.evidence_id = e.id
      and b.accepted is distinct from false) as "takeBack"`;

/** Of one plan, or of all, the newest first. */
export const ofPlan = (tx: Tx, planId: string | null) =>
  tx.query<EvidenceRecord & { planId: string }>(
    `select ${EVIDENCE} from plan_evidence e where e.county_code = app_county() and ($1::uuid is null or e.plan_id = $1)
     order by e.as_of desc, e.given_at desc`,
    [planId],
  );
/** Locked: two people who decide at once wait for each other. */
export const find = (tx: Tx, id: string) =>
  tx.maybe<EvidenceRecord & { planId: string }>(
    `select ${EVIDENCE} from plan_evidence e where e.county_code = app_county() and e.id = $1 for update`,
    [id],
  );
export async function insert(
  tx: Tx,
  planId: string,
  e: Omit<EvidenceRecord, "givenBy" | "givenByName" | "confirmedAt" | "confirmedByName" | "takeBack">,
  actor: Person,
): Promise<void> {
  await tx.exec(
    `insert into plan_evidence (county_code, id, plan_id, target_id, as_of, value, words, files, given_at, given_by,
                                given_by_name, kind, division_code, standard, asked)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7::uuid[], $8, $9, $10, $11, $12, $13, $14)
     on conflict (county_code, id) do nothing`,
    [
      ...[e.id, planId, e.targetId, e.asOf, e.value, e.words, e.files, e.givenAt, actor.id, actor.name],
      ...[e.kind, e.division, e.standard, e.asked],
    ],
  );
}
export const confirm = (tx: Tx, id: string, at: string, actor: Person) =>
  tx.exec(
    `update plan_evidence set confirmed_at = $2, confirmed_by = $3, confirmed_by_name = $4
     where county_code = app_county() and id = $1 and confirmed_at is null`,
    [id, at, actor.id, actor.name],
  );

/** `decided`: at once, where one person is enough. */
export const insertTakeBack = (
  tx: Tx,
  b: { readonly id: string; readonly evidenceId: string; readonly reason: string; readonly decided: boolean },
  at: string,
  actor: Person,
) =>
  tx.exec(
    `insert into plan_evidence_take_back (county_code, id, evidence_id, reason, asked_at, asked_by, asked_by_name,
                                          decided_at, decided_by, decided_by_name, accepted)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[b.id, b.evidenceId, b.reason, at, actor.id, actor.name],
      ...(b.decided ? [at, actor.id, actor.name, true] : [null, null, null, null]),
    ],
  );
export const decideTakeBack = (
  tx: Tx,
  d: { readonly id: string; readonly accept: boolean; readonly note: string },
  at: string,
  actor: Person,
) =>
  tx.exec(
    `update plan_evidence_take_back set decided_at = $2, decided_by = $3, decided_by_name = $4, accepted = $5, note = $6
     where county_code = app_county() and id = $1 and decided_at is null`,
    [d.id, at, actor.id, actor.name, d.accept, d.note],
  );
