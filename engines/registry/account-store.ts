import type { Tx } from "@wuxin/platform";

export interface AccountRow {
  readonly id: string;
  readonly personId: string;
  readonly bankName: string;
  readonly accountSealed: Buffer;
  readonly accountDigest: Buffer;
  readonly holderName: string;
  readonly since: string;
  readonly replacedAt: string | null;
}

const ACCOUNT = `id, person_id as "personId", bank_name as "bankName", account_sealed as "accountSealed",
  account_digest as "accountDigest", holder_name as "holderName", since, replaced_at as "replacedAt"`;

export function readCurrent(tx: Tx, personIds: readonly string[]): Promise<AccountRow[]> {
  return tx.query(
    `select ${ACCOUNT} from bank_account where county_code = $1 and person_id = any($2::uuid[]) and replaced_at is null`,
    [tx.actor.countyCode, personIds],
  );
}

export function readHistory(tx: Tx, personId: string): Promise<AccountRow[]> {
  return tx.query(
    `select ${ACCOUNT} from bank_account where county_code = $1 and person_id = $2 order by recorded_at desc, id desc`,
    [tx.actor.countyCode, personId],
  );
}

/** Two officers who correct one person's account come one after the other; the later correction stands. */
export async function lockAccountOf(tx: Tx, personId: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('bank_account:' || $1, 0))", [personId]);
}

/** Puts the new account in the place of the current one. */
export async function replaceAccount(
  tx: Tx,
  a: Omit<AccountRow, "replacedAt"> & { divisionCode: string; reason: string },
  at: Date,
): Promise<void> {
  await tx.exec(
    "update bank_account set replaced_at = $3 where county_code = $1 and person_id = $2 and replaced_at is null",
    [tx.actor.countyCode, a.personId, at],
  );
  await tx.exec(
    `insert into bank_account (county_code, id, person_id, division_code, bank_name, account_sealed, account_digest,
                               holder_name, since, reason, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[
        tx.actor.countyCode,
        a.id,
        a.personId,
        a.divisionCode,
        a.bankName,
        a.accountSealed,
        a.accountDigest,
      ],
      ...[a.holderName, a.since, a.reason, at],
    ],
  );
}

/** Other persons whose current account has the same digest, per person. */
export function readShared(
  tx: Tx,
  personIds: readonly string[],
): Promise<{ personId: string; others: string[] }[]> {
  return tx.query(
    `select b.person_id as "personId", array_agg(o.person_id order by o.person_id) as others
       from bank_account b
       join bank_account o on o.county_code = b.county_code and o.account_digest = b.account_digest
                          and o.replaced_at is null and o.person_id <> b.person_id
      where b.county_code = $1 and b.person_id = any($2::uuid[]) and b.replaced_at is null
      group by b.person_id`,
    [tx.actor.countyCode, personIds],
  );
}

export interface FilingRow {
  readonly id: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly applicant: string;
  readonly staffName: string;
  readonly unit: string;
  readonly relation: string;
  readonly filedOn: string;
  readonly divisionCode: string;
}

export async function insertFilings(
  tx: Tx,
  rows: readonly (Omit<FilingRow, "applicant"> & { applicantId: string })[],
  at: Date,
): Promise<number> {
  return tx.bulkInsert(
    "relative_filing",
    [
      ...[
        "county_code",
        "id",
        "division_code",
        "case_id",
        "case_number",
        "applicant_id",
        "staff_name",
        "unit",
      ],
      ...["relation", "filed_on", "recorded_at", "recorded_by"],
    ],
    rows.map((r) => [
      ...[
        tx.actor.countyCode,
        r.id,
        r.divisionCode,
        r.caseId,
        r.caseNumber,
        r.applicantId,
        r.staffName,
        r.unit,
      ],
      ...[r.relation, r.filedOn, at.toISOString(), tx.actor.accountId],
    ]),
    "on conflict do nothing",
  );
}

export async function readFilings(
  tx: Tx,
  page: { page: number; size: number },
): Promise<{ rows: FilingRow[]; total: number }> {
  const { total } = await tx.one<{ total: number }>(
    "select count(*) as total from relative_filing where county_code = $1 and in_scope(division_code)",
    [tx.actor.countyCode],
  );
  const rows = await tx.query<FilingRow>(
    `select f.id, f.case_id as "caseId", f.case_number as "caseNumber", coalesce(p.name, '') as applicant,
            f.staff_name as "staffName", f.unit, f.relation, f.filed_on as "filedOn", f.division_code as "divisionCode"
       from relative_filing f left join person p on p.county_code = f.county_code and p.id = f.applicant_id
      where f.county_code = $1 and in_scope(f.division_code)
      order by f.filed_on desc, f.id desc limit $2 offset $3`,
    [tx.actor.countyCode, page.size, (page.page - 1) * page.size],
  );
  return { rows, total };
}
