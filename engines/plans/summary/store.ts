/** The SQL of summaries. Nothing else. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Said } from "./check.ts";
import { type Content, type Period, periodOf, type SummaryKind } from "./model.ts";

export interface SummaryRecord {
  id: string;
  kind: SummaryKind;
  year: number;
  /** Of the report of an assessment, with its own months. */
  assessmentId: string | null;
  since: Month | null;
  until: Month | null;
  missing: readonly string[];
  begunAt: string;
  begunByName: string;
}
export interface VersionRecord {
  version: number;
  savedAt: string;
  savedBy: string;
  savedByName: string;
  signedAt: string | null;
  signedByName: string | null;
}
const HEAD = `id, kind, year, assessment_id as "assessmentId", since, until, missing, begun_at as "begunAt", begun_by_name as "begunByName"`;

export const list = (tx: Tx) =>
  tx.query<SummaryRecord>(
    `select ${HEAD} from summary where county_code = app_county() order by year desc, begun_at desc, id`,
  );
export const find = (tx: Tx, id: string) =>
  tx.maybe<SummaryRecord>(`select ${HEAD} from summary where county_code = app_county() and id = $1`, [id]);
export const insert = (
  tx: Tx,
  s: Pick<SummaryRecord, "id" | "kind" | "year" | "missing"> & { at: string } & Partial<
      Pick<SummaryRecord, "assessmentId" | "since" | "until">
    >,
  actor: { id: string; name: string },
) =>
  tx.exec(
    `insert into summary (county_code, id, kind, year, missing, begun_at, begun_by, begun_by_name, assessment_id, since, until)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[s.id, s.kind, s.year, JSON.stringify(s.missing), s.at, actor.id, actor.name],
      ...[s.assessmentId ?? null, s.since ?? null, s.until ?? null],
    ],
  );

export const periodIn = (s: SummaryRecord): Period =>
  s.kind === "half" || s.kind === "year"
    ? periodOf(s.kind, s.year)
    : { kind: s.kind, year: s.year, since: s.since ?? "", until: s.until ?? "" };

/** The newest first. */
export const versions = (tx: Tx, id: string) =>
  tx.query<VersionRecord>(
    `select v.version, v.saved_at as "savedAt", v.saved_by as "savedBy", v.saved_by_name as "savedByName",
            s.signed_at as "signedAt", s.signed_by_name as "signedByName"
     from summary_version v left join summary_signature s using (county_code, summary_id, version)
     where v.county_code = app_county() and v.summary_id = $1 order by v.version desc`,
    [id],
  );
export const content = async (tx: Tx, id: string, version: number): Promise<Content | undefined> =>
  (
    await tx.maybe<{ content: Content }>(
      `select content from summary_version where county_code = app_county() and summary_id = $1 and version = $2`,
      [id, version],
    )
  )?.content;
/** @returns false when somebody else saved that version in the meantime */
export async function insertVersion(
  tx: Tx,
  id: string,
  v: { version: number; content: Content; at: string; numbers: number; linked: number },
  actor: { id: string; name: string },
): Promise<boolean> {
  const done = await tx.query<{ one: number }>(
    `insert into summary_version (county_code, summary_id, version, content, saved_at, saved_by, saved_by_name, numbers, linked)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning 1 as one`,
    [id, v.version, JSON.stringify(v.content), v.at, actor.id, actor.name, v.numbers, v.linked],
  );
  return done.length > 0;
}

/** The last word on each finding. */
export const reasons = (tx: Tx, id: string) =>
  tx.query<Said>(
    `select distinct on (key) key, reason, actor_name as "byName" from summary_reason
     where county_code = app_county() and summary_id = $1 order by key, at desc`,
    [id],
  );
export const insertReason = (
  tx: Tx,
  summaryId: string,
  r: { id: string; key: string; reason: string; at: string },
  actor: { id: string; name: string },
) =>
  tx.exec(
    `insert into summary_reason (county_code, id, summary_id, key, reason, at, actor_id, actor_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7) on conflict (county_code, id) do nothing`,
    [r.id, summaryId, r.key, r.reason, r.at, actor.id, actor.name],
  );
export const insertSignature = (
  tx: Tx,
  id: string,
  s: { version: number; savedBy: string; at: string },
  actor: { id: string; name: string },
) =>
  tx.exec(
    `insert into summary_signature (county_code, summary_id, version, saved_by, signed_at, signed_by, signed_by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [id, s.version, s.savedBy, s.at, actor.id, actor.name],
  );
