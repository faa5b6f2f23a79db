/** The SQL of frozen figures. Nothing else. */
import type { Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export interface SnapshotKey {
  readonly division: string;
  readonly code: string;
  readonly month: Month;
}
export interface SnapshotRow extends SnapshotKey {
  readonly version: number;
  readonly name: string;
  readonly unit: string;
  readonly definition: string;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly reason: string;
  readonly takenAt: string;
  readonly takenByName: string;
  /** The rows it is made of (`indicator_rows.batch`); null: frozen before rows were kept. */
  readonly rowsOf: string | null;
  /** Who confirmed a correction; null: the first version, or one of before two were needed. */
  readonly confirmedByName: string | null;
}
export interface Explanation {
  readonly text: string;
  readonly byName: string;
  readonly at: string;
}

const COLUMNS = `s.division_code as division, s.indicator as code, s.month::text as month, s.version, s.name, s.unit, s.definition,
  s.value::float8 as value, s.numerator::float8 as numerator, s.denominator::float8 as denominator, s.reason,
  s.taken_at as "takenAt", s.taken_by_name as "takenByName", s.confirmed_by_name as "confirmedByName", s.rows_of as "rowsOf"`;

/** The newest version of each; empty lists mean all. */
export const newest = (
  tx: Tx,
  where: {
    readonly codes?: readonly string[];
    readonly divisions?: readonly string[];
    readonly months?: readonly Month[];
  },
): Promise<SnapshotRow[]> =>
  tx.query<SnapshotRow>(
    `select distinct on (s.division_code, s.indicator, s.month) ${COLUMNS} from indicator_snapshot s
      where s.county_code = app_county() and ($1::text[] is null or s.indicator = any ($1))
        and ($2::text[] is null or s.division_code = any ($2)) and ($3::text[] is null or s.month = any ($3))
      order by s.division_code, s.indicator, s.month, s.version desc`,
    [where.codes ?? null, where.divisions ?? null, where.months ?? null],
  );

export const versions = (tx: Tx, key: SnapshotKey): Promise<SnapshotRow[]> =>
  tx.query<SnapshotRow>(
    `select ${COLUMNS} from indicator_snapshot s where s.county_code = app_county() and s.division_code = $1
      and s.indicator = $2 and s.month = $3 order by s.version`,
    [key.division, key.code, key.month],
  );

/** The newest month that is frozen, and when it was. */
export const newestTaken = async (tx: Tx): Promise<{ month: Month; at: string } | null> =>
  (await tx.maybe<{ month: Month; at: string }>(
    `select month::text as month, max(taken_at) as at from indicator_snapshot
      where county_code = app_county() group by month order by month desc limit 1`,
  )) ?? null;

interface Person {
  readonly id: string;
  readonly name: string;
}
/**
 * A month that another process froze in the same moment stays as that one froze it.
 * @param two who corrected and who confirmed; a first version is the actor's alone
 */
export async function insert(
  tx: Tx,
  rows: readonly Omit<SnapshotRow, "takenAt" | "takenByName" | "confirmedByName" | "rowsOf">[],
  batch: string,
  at: Date,
  two?: { readonly by: Person; readonly confirmed: Person },
): Promise<number> {
  if (rows.length === 0) return 0;
  const of = <T>(get: (r: (typeof rows)[number]) => T): T[] => rows.map(get);
  const done = await tx.query<{ one: number }>(
    `insert into indicator_snapshot (county_code, division_code, indicator, month, version, name, unit, definition, value,
       numerator, denominator, reason, taken_at, taken_by, taken_by_name, confirmed_by, confirmed_by_name, rows_of)
     select app_county(), x.*, $11::timestamptz, $12::uuid, $13::text, $15::uuid, $16::text, $17::uuid
       from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::numeric[],
                   $9::numeric[], $10::numeric[], $14::text[]) x
     on conflict do nothing returning 1 as one`,
    [
      ...[of((r) => r.division), of((r) => r.code), of((r) => r.month), of((r) => r.version)],
      ...[of((r) => r.name), of((r) => r.unit), of((r) => r.definition)],
      ...[of((r) => r.value), of((r) => r.numerator), of((r) => r.denominator)],
      ...[at, two?.by.id ?? tx.actor.accountId, two?.by.name ?? tx.actor.name],
      of((r) => r.reason),
      ...[two?.confirmed.id ?? null, two?.confirmed.name ?? null, batch],
    ],
  );
  return done.length;
}

export const insertExplanation = (
  tx: Tx,
  e: SnapshotKey & { id: string; version: number; text: string; at: Date },
): Promise<unknown> =>
  tx.exec(
    `insert into indicator_explanation (county_code, id, division_code, indicator, month, version, text, at, by_id, by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (county_code, id) do nothing`,
    [e.id, e.division, e.code, e.month, e.version, e.text, e.at, tx.actor.accountId, tx.actor.name],
  );

export const explanations = (
  tx: Tx,
  where: { readonly month: Month; readonly division: string },
): Promise<(Explanation & { code: string; version: number })[]> =>
  tx.query<Explanation & { code: string; version: number }>(
    `select indicator as code, version, text, by_name as "byName", at from indicator_explanation
      where county_code = app_county() and month = $1 and division_code = $2 order by at`,
    [where.month, where.division],
  );

export interface CorrectionRow extends SnapshotKey {
  readonly id: string;
  readonly version: number;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedAt: string;
  readonly decidedAt: string | null;
  readonly accepted: boolean | null;
}
const CORRECTION = `c.id, c.division_code as division, c.indicator as code, c.month::text as month, c.version,
  c.value::float8 as value, c.numerator::float8 as numerator, c.denominator::float8 as denominator, c.reason,
  c.asked_by as "askedBy", c.asked_by_name as "askedByName", c.asked_at as "askedAt",
  c.decided_at as "decidedAt", c.accepted`;

/** Locked: two people who decide at once wait for each other. */
export const findCorrection = (tx: Tx, id: string): Promise<CorrectionRow | undefined> =>
  tx.maybe<CorrectionRow>(
    `select ${CORRECTION} from indicator_correction c where c.county_code = app_county() and c.id = $1 for update`,
    [id],
  );

/** False when another one of the same figure is open. */
export const insertCorrection = async (
  tx: Tx,
  c: Omit<CorrectionRow, "askedBy" | "askedByName" | "askedAt" | "decidedAt" | "accepted">,
  by: Person,
  at: Date,
): Promise<boolean> =>
  (await tx.exec(
    `insert into indicator_correction (county_code, id, division_code, indicator, month, version, value, numerator,
       denominator, reason, asked_at, asked_by, asked_by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
    [
      ...[c.id, c.division, c.code, c.month, c.version, c.value, c.numerator, c.denominator, c.reason],
      ...[at, by.id, by.name],
    ],
  )) === 1;

export const decideCorrection = (
  tx: Tx,
  d: { readonly id: string; readonly accepted: boolean; readonly note: string },
  by: Person,
  at: Date,
): Promise<unknown> =>
  tx.exec(
    `update indicator_correction set accepted = $2, note = $3, decided_at = $4, decided_by = $5, decided_by_name = $6
      where county_code = app_county() and id = $1`,
    [d.id, d.accepted, d.note, at, by.id, by.name],
  );

/** Of corrections that were confirmed: what was said with them, by the version that they made. */
export const notesOf = async (tx: Tx, key: SnapshotKey): Promise<ReadonlyMap<number, string>> =>
  new Map(
    (
      await tx.query<{ version: number; note: string }>(
        `select version, note from indicator_correction where county_code = app_county() and division_code = $1
           and indicator = $2 and month = $3 and accepted and note <> ''`,
        [key.division, key.code, key.month],
      )
    ).map((r) => [r.version, r.note]),
  );

export const openCorrections = (
  tx: Tx,
  where: Partial<SnapshotKey>,
): Promise<(CorrectionRow & { before: number | null })[]> =>
  tx.query<CorrectionRow & { before: number | null }>(
    `select ${CORRECTION}, s.value::float8 as before
       from indicator_correction c
       join indicator_snapshot s on s.county_code = c.county_code and s.division_code = c.division_code
            and s.indicator = c.indicator and s.month = c.month and s.version = c.version - 1
      where c.county_code = app_county() and c.decided_at is null and ($1::text is null or c.indicator = $1)
        and ($2::text is null or c.month = $2) and ($3::text is null or c.division_code = $3)
      order by c.asked_at`,
    [where.code ?? null, where.month ?? null, where.division ?? null],
  );
