import type { Tx } from "@wuxin/platform";

/** The next number; the row stays locked until the transaction ends, and a rollback gives the number back. */
export async function takeNumber(tx: Tx, series: string, year: number): Promise<number> {
  const row = await tx.one<{ n: number }>(
    `insert into document_series as s (county_code, series, year, last_number) values ($1, $2, $3, 1)
     on conflict (county_code, series, year) do update set last_number = s.last_number + 1
     returning last_number as n`,
    [tx.actor.countyCode, series, year],
  );
  return row.n;
}

export interface DocumentRow {
  readonly id: string;
  readonly caseId: string | null;
  readonly divisionCode: string;
  readonly applicantId: string | null;
  readonly code: string;
  readonly title: string;
  readonly series: string;
  readonly year: number;
  readonly sequence: number;
  readonly number: string;
  readonly issuer: string;
  readonly addressee: string;
  readonly body: string[];
  readonly issuedOn: string;
}

export async function insertDocument(tx: Tx, d: DocumentRow, at: Date): Promise<void> {
  await tx.exec(
    `insert into document (county_code, id, case_id, division_code, applicant_id, code, title, series, year, sequence, number,
                           issuer, addressee, body, issued_on, issued_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      ...[
        tx.actor.countyCode,
        d.id,
        d.caseId,
        d.divisionCode,
        d.applicantId,
        d.code,
        d.title,
        d.series,
        d.year,
      ],
      ...[d.sequence, d.number, d.issuer, d.addressee, JSON.stringify(d.body), d.issuedOn, at],
    ],
  );
}

const DOCUMENT = `id, case_id as "caseId", division_code as "divisionCode", applicant_id as "applicantId", code, title, series,
  year, sequence, number, issuer, addressee, body, issued_on as "issuedOn"`;

export function readDocument(tx: Tx, id: string): Promise<DocumentRow | undefined> {
  return tx.maybe(`select ${DOCUMENT} from document where county_code = $1 and id = $2`, [
    tx.actor.countyCode,
    id,
  ]);
}

export function readDocumentsOf(tx: Tx, caseId: string): Promise<DocumentRow[]> {
  return tx.query(
    `select ${DOCUMENT} from document where county_code = $1 and case_id = $2 order by issued_at, id`,
    [tx.actor.countyCode, caseId],
  );
}

export interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly caseId: string | null;
}

/** False when the id is taken. */
export async function insertFile(tx: Tx, f: Omit<FileRow, "caseId">, at: Date): Promise<boolean> {
  const n = await tx.exec(
    `insert into stored_file (county_code, id, name, media_type, size_bytes, sha256, uploaded_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [tx.actor.countyCode, f.id, f.name, f.mediaType, f.size, f.sha256, at],
  );
  return n === 1;
}

const FILE = `id, name, media_type as "mediaType", size_bytes as size, sha256, case_id as "caseId"`;

export function readFiles(tx: Tx, ids: readonly string[]): Promise<FileRow[]> {
  return tx.query(`select ${FILE} from stored_file where county_code = $1 and id = any($2::uuid[])`, [
    tx.actor.countyCode,
    ids,
  ]);
}

export function readFilesOf(tx: Tx, caseId: string): Promise<FileRow[]> {
  return tx.query(
    `select ${FILE} from stored_file where county_code = $1 and case_id = $2 order by uploaded_at, id`,
    [tx.actor.countyCode, caseId],
  );
}

/** Gives the ids attached: loose ones that the actor uploaded. */
export async function attachFiles(
  tx: Tx,
  ids: readonly string[],
  to: { caseId: string; divisionCode: string; applicantId: string | null },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `update stored_file set case_id = $3, division_code = $4, applicant_id = $5
      where county_code = $1 and id = any($2::uuid[]) and case_id is null returning id`,
    [tx.actor.countyCode, ids, to.caseId, to.divisionCode, to.applicantId],
  );
  return rows.map((r) => r.id);
}
