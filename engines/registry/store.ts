import type { Tx } from "@wuxin/platform";

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly sex: "男" | "女";
  readonly birthDate: string;
  readonly idNoSealed: Buffer;
  readonly idNoDigest: Buffer;
  readonly phoneSealed: Buffer | null;
  readonly divisionCode: string;
  readonly address: string;
  readonly diedOn: string | null;
  readonly protected: boolean;
  readonly householdId: string | null;
}

const PERSON = `
  p.id, p.name, p.sex, p.birth_date as "birthDate", p.id_no_sealed as "idNoSealed", p.id_no_digest as "idNoDigest",
  p.phone_sealed as "phoneSealed", p.division_code as "divisionCode", p.address, p.died_on as "diedOn", p.protected,
  (select m.household_id from household_member m
    where m.county_code = p.county_code and m.person_id = p.id and m.to_date is null) as "householdId"`;

export function readPersons(tx: Tx, ids: readonly string[]): Promise<PersonRow[]> {
  return tx.query(`select ${PERSON} from person p where p.county_code = $1 and p.id = any($2::uuid[])`, [
    tx.actor.countyCode,
    ids,
  ]);
}

export function readPerson(tx: Tx, id: string): Promise<PersonRow | undefined> {
  return tx.maybe(`select ${PERSON} from person p where p.county_code = $1 and p.id = $2`, [
    tx.actor.countyCode,
    id,
  ]);
}

export function findByIdDigest(tx: Tx, digest: Buffer): Promise<PersonRow | undefined> {
  return tx.maybe(`select ${PERSON} from person p where p.county_code = $1 and p.id_no_digest = $2`, [
    tx.actor.countyCode,
    digest,
  ]);
}

export interface KnownPerson {
  readonly digest: Buffer;
  readonly id: string;
  readonly name: string;
  readonly divisionCode: string;
  readonly diedOn: string | null;
}

/** Anywhere in the county, for whoever holds the full numbers. */
export function knownPersons(tx: Tx, digests: readonly Buffer[]): Promise<KnownPerson[]> {
  return tx.query(
    `select id_no_digest as digest, id, name, division_code as "divisionCode", died_on as "diedOn"
       from person_by_id_digests($1::bytea[])`,
    [digests],
  );
}

export async function claimPerson(tx: Tx, digest: Buffer, divisionCode: string): Promise<boolean> {
  return (await tx.query("select person_claim($1, $2) as id", [digest, divisionCode])).length > 0;
}

export interface NewPerson {
  readonly id: string;
  readonly divisionCode: string;
  readonly name: string;
  readonly pinyin: string;
  readonly initials: string;
  readonly sex: string;
  readonly birthDate: string;
  readonly idNoSealed: Buffer;
  readonly idNoDigest: Buffer;
  readonly idTailDigest: Buffer;
  readonly phoneSealed: Buffer | null;
  readonly phoneDigest: Buffer | null;
  readonly address: string;
}

/** Gives the number inserted: fewer when somebody entered the same person at the same moment. */
export function insertPersons(tx: Tx, rows: readonly NewPerson[], at: Date): Promise<number> {
  return tx.bulkInsert(
    "person",
    [
      ...[
        "county_code",
        "id",
        "division_code",
        "name",
        "pinyin",
        "initials",
        "sex",
        "birth_date",
        "id_no_sealed",
      ],
      ...[
        "id_no_digest",
        "id_tail_digest",
        "phone_sealed",
        "phone_digest",
        "address",
        "protected",
        "created_at",
      ],
      "created_by",
    ],
    rows.map((p) => [
      ...[
        tx.actor.countyCode,
        p.id,
        p.divisionCode,
        p.name,
        p.pinyin,
        p.initials,
        p.sex,
        p.birthDate,
        p.idNoSealed,
      ],
      ...[p.idNoDigest, p.idTailDigest, p.phoneSealed, p.phoneDigest, p.address, false, at.toISOString()],
      tx.actor.accountId,
    ]),
    "on conflict do nothing",
  );
}

export interface ContactChange {
  readonly id: string;
  /** Null keeps what is there. */
  readonly phoneSealed: Buffer | null;
  readonly phoneDigest: Buffer | null;
  readonly address: string | null;
}

/** Gives the ids whose phone or address really changed. */
export async function updateContacts(
  tx: Tx,
  changes: readonly ContactChange[],
  onlyBlanksExcept: string | null | undefined,
): Promise<string[]> {
  const records = changes.map((c) => ({
    id: c.id,
    phone_sealed: c.phoneSealed && `\\x${c.phoneSealed.toString("hex")}`,
    phone_digest: c.phoneDigest && `\\x${c.phoneDigest.toString("hex")}`,
    address: c.address,
  }));
  const rows = await tx.query<{ id: string }>(
    `update person p
        set phone_sealed = case when c.phone then c.phone_sealed else p.phone_sealed end,
            phone_digest = case when c.phone then c.phone_digest else p.phone_digest end,
            address = case when c.moved then c.address else p.address end
       from (select r.id, r.phone_sealed, r.phone_digest, r.address,
                    r.phone_digest is not null and r.phone_digest is distinct from o.phone_digest
                      and (o.phone_digest is null or not $3::boolean or o.id = $4) as phone,
                    r.address is not null and r.address <> '' and r.address <> o.address
                      and (o.address = '' or not $3::boolean or o.id = $4) as moved
               from json_to_recordset($2::json) as r(id uuid, phone_sealed bytea, phone_digest bytea, address text)
               join person o on o.county_code = $1 and o.id = r.id) c
      where p.county_code = $1 and p.id = c.id and (c.phone or c.moved)
      returning p.id`,
    [tx.actor.countyCode, JSON.stringify(records), onlyBlanksExcept !== undefined, onlyBlanksExcept ?? null],
  );
  return rows.map((r) => r.id);
}

export async function recordDeath(tx: Tx, id: string, diedOn: string, source: string): Promise<boolean> {
  const n = await tx.exec(
    "update person set died_on = $3, death_source = $4 where county_code = $1 and id = $2 and died_on is null",
    [tx.actor.countyCode, id, diedOn, source],
  );
  return n === 1;
}

export async function rename(
  tx: Tx,
  id: string,
  to: { name: string; pinyin: string; initials: string },
): Promise<boolean> {
  const n = await tx.exec(
    "update person set name = $3, pinyin = $4, initials = $5 where county_code = $1 and id = $2",
    [tx.actor.countyCode, id, to.name, to.pinyin, to.initials],
  );
  return n === 1;
}

export async function setProtected(tx: Tx, id: string, on: boolean): Promise<boolean> {
  const n = await tx.exec("update person set protected = $3 where county_code = $1 and id = $2", [
    tx.actor.countyCode,
    id,
    on,
  ]);
  return n === 1;
}

/** Who lives in a household has its address; of who has none it is given. */
export async function movePersons(
  tx: Tx,
  ids: readonly string[],
  divisionCode: string,
  address?: string,
): Promise<void> {
  await tx.exec(
    `update person set division_code = $3, address = coalesce($4, address)
     where county_code = $1 and id = any($2::uuid[]) and (division_code <> $3 or $4 <> address)`,
    [tx.actor.countyCode, ids, divisionCode, address ?? null],
  );
}

/** The sealed numbers of many; account null when there is none. */
export interface SealedNumbers {
  readonly id: string;
  readonly idNoSealed: Buffer;
  readonly phoneSealed: Buffer | null;
  readonly accountSealed: Buffer | null;
  readonly bankName: string | null;
  readonly holderName: string | null;
}

export function readSealed(tx: Tx, ids: readonly string[]): Promise<SealedNumbers[]> {
  return tx.query(
    `select p.id, p.id_no_sealed as "idNoSealed", p.phone_sealed as "phoneSealed", b.account_sealed as "accountSealed",
            b.bank_name as "bankName", b.holder_name as "holderName"
       from person p
       left join bank_account b on b.county_code = p.county_code and b.person_id = p.id and b.replaced_at is null
      where p.county_code = $1 and p.id = any($2::uuid[])`,
    [tx.actor.countyCode, ids],
  );
}

/** Only the ID numbers: for the many of a list. */
export const readSealedIds = (
  tx: Tx,
  ids: readonly string[],
): Promise<Pick<SealedNumbers, "id" | "idNoSealed">[]> =>
  tx.query(
    `select id, id_no_sealed as "idNoSealed" from person where county_code = $1 and id = any($2::uuid[])`,
    [tx.actor.countyCode, ids],
  );

type SearchBy = "id_no_digest" | "phone_digest" | "id_tail_digest";

export function searchByDigest(tx: Tx, by: SearchBy, digest: Buffer, limit: number): Promise<PersonRow[]> {
  return tx.query(
    `select ${PERSON} from person p where p.county_code = $1 and p.${by} = $2 and in_scope(p.division_code)
      order by p.id limit $3`,
    [tx.actor.countyCode, digest, limit],
  );
}

/**
 * Prefix search as a range: under row-level security LIKE may not use an index (it could leak rows), comparison may.
 */
export function searchByPrefix(
  tx: Tx,
  columns: readonly ("name" | "pinyin" | "initials")[],
  prefix: string,
  limit: number,
): Promise<PersonRow[]> {
  const parts = columns.map(
    (c) => `(select p.id from person p
              where p.county_code = $1 and p.${c} >= $2 and p.${c} < $3 and in_scope(p.division_code)
              order by p.${c}, p.id limit $4)`,
  );
  return tx.query(
    `select ${PERSON} from person p
      where p.county_code = $1 and p.id in (${parts.join(" union ")})
      order by length(p.name), p.pinyin, p.id limit $4`,
    [tx.actor.countyCode, prefix, `${prefix}\u{10FFFF}`, limit],
  );
}

export interface BornRow {
  readonly id: string;
  readonly name: string;
  readonly birthDate: string;
  readonly divisionCode: string;
  readonly householdId: string | null;
}

export function listBornBetween(tx: Tx, from: string | null, to: string, limit: number): Promise<BornRow[]> {
  return tx.query(
    `select p.id, p.name, p.birth_date as "birthDate", p.division_code as "divisionCode",
            (select m.household_id from household_member m
              where m.county_code = p.county_code and m.person_id = p.id and m.to_date is null) as "householdId"
       from person p
      where p.county_code = $1 and p.birth_date >= coalesce($2::date, '1800-01-01') and p.birth_date <= $3
        and p.died_on is null and in_scope(p.division_code)
      order by p.birth_date, p.id limit $4`,
    [tx.actor.countyCode, from, to, limit],
  );
}
