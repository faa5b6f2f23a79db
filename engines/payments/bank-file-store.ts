/** The SQL of bank files on their way out: asked for, written in sealed pieces, made. Nothing else. */
import type { Tx } from "@wuxin/platform";
import type { BankFileRecord, Person } from "./papers.ts";

export interface MakingRecord {
  /** Of the file. */
  id: string;
  rosterId: string;
  format: string;
  jobId: string;
  by: string;
  byId: string;
}
const MAKING = `m.id, m.roster_id as "rosterId", m.format, m.job_id as "jobId", m.asked_by_name as by, m.asked_by as "byId"`;
/** Asked for and not yet made. */
const UNMADE = `not exists (select from bank_file f
  where f.county_code = m.county_code and f.roster_id = m.roster_id and f.format = m.format)`;

export const findMaking = (tx: Tx, id: string) =>
  tx.maybe<MakingRecord>(
    `select ${MAKING} from bank_file_making m where m.county_code = app_county() and m.id = $1`,
    [id],
  );
export const makingsOf = (tx: Tx, rosterId: string) =>
  tx.query<MakingRecord>(
    `select ${MAKING} from bank_file_making m where m.county_code = app_county() and m.roster_id = $1 and ${UNMADE}
     order by m.asked_at, m.id`,
    [rosterId],
  );
export async function insertMaking(
  tx: Tx,
  m: Pick<MakingRecord, "id" | "rosterId" | "format" | "jobId"> & { at: Date },
): Promise<void> {
  await tx.exec(
    `insert into bank_file_making (county_code, id, roster_id, format, job_id, asked_at, asked_by, asked_by_name)
     values (app_county(), $1, $2, $3, $4, $5, app_account(), $6)`,
    [m.id, m.rosterId, m.format, m.jobId, m.at, tx.actor.name],
  );
}
export async function setJob(tx: Tx, id: string, jobId: string): Promise<void> {
  await tx.exec("update bank_file_making set job_id = $2 where county_code = app_county() and id = $1", [
    id,
    jobId,
  ]);
}

export async function insertPiece(tx: Tx, fileId: string, no: number, sealed: Buffer): Promise<void> {
  await tx.exec(
    "insert into bank_file_piece (county_code, file_id, no, sealed) values (app_county(), $1, $2, $3)",
    [fileId, no, sealed],
  );
}
/** A piece of a file; the files of before are one piece. */
export async function piece(tx: Tx, fileId: string, no: number): Promise<Buffer | undefined> {
  const found = await tx.maybe<{ sealed: Buffer }>(
    `select sealed from bank_file_piece where county_code = app_county() and file_id = $1 and no = $2
     union all select content_sealed from bank_file
       where county_code = app_county() and id = $1 and $2 = 0 and content_sealed is not null`,
    [fileId, no],
  );
  return found?.sealed;
}
export async function dropPieces(tx: Tx, fileId: string): Promise<void> {
  await tx.exec("delete from bank_file_piece where county_code = app_county() and file_id = $1", [fileId]);
}

/** Made: nothing is added to its pieces any more. */
export async function insertBankFile(
  tx: Tx,
  f: Omit<BankFileRecord, "createdAt" | "by"> & { by: Person; at: Date },
): Promise<void> {
  await tx.exec(
    `insert into bank_file (county_code, id, roster_id, format, name, lines, total_fen, digest, created_at, created_by,
       created_by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [f.id, f.rosterId, f.format, f.name, f.lines, f.totalFen, f.digest, f.at, f.by.id, f.by.name],
  );
}
