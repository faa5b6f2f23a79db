/**
 * The SQL of a roster's digest: SHA-256 over the content of all lines in order (who, for which month, how much of what, to
 * which account, paid now or held), made of the digests of a thousand lines each. So it needs no memory for the whole, and
 * a line that is held or released has its own thousand read again. Nothing else.
 */
import type { Tx } from "@wuxin/platform";
import { OF_ROSTER } from "./lines.ts";
import type { RosterRecord } from "./store.ts";

/** The form in which a draft's digest is made. */
const DIGEST_FORM = 2;
const CHUNK = 1000;
/** The digest of the lines `l` at hand. `$2`: the form. */
const OF_LINES = `encode(sha256(convert_to(string_agg(concat(
    l.seq, E'\\x1f', l.id, E'\\x1f', l.month, E'\\x1f', l.entitlement_id, E'\\x1f', l.payee_id, E'\\x1f', l.payee_name, E'\\x1f',
    encode(l.payee_digest, 'hex'), E'\\x1f', encode(l.account_digest, 'hex'), E'\\x1f', l.bank_name, E'\\x1f',
    l.holder_name, E'\\x1f', l.amount_fen, E'\\x1f', l.persons, E'\\x1f', l.change, E'\\x1f', l.included,
    case when $2::int >= 2 then concat(E'\\x1f', l.item, E'\\x1f', l.division_code, E'\\x1f', l.previous_fen, E'\\x1f',
      l.round, E'\\x1f', l.deducted_fen, E'\\x1f', l.reissue_of) end),
    E'\\n' order by l.seq), 'UTF8')), 'hex')`;
const OF_CHUNKS = `coalesce(encode(sha256(convert_to(string_agg(c.digest, '' order by c.no), 'UTF8')), 'hex'),
  repeat('0', 64))`;
const CHUNKS = `select (l.seq - 1) / ${CHUNK} as no, ${OF_LINES} as digest
  from roster_line l where l.county_code = app_county() and l.roster_id = $1 group by 1`;

/** The digest of the lines as they are now, all of them read. */
export const contentDigest = async (tx: Tx, r: Pick<RosterRecord, "id" | "digestForm">): Promise<string> =>
  (await tx.one<{ digest: string }>(`select ${OF_CHUNKS} as digest from (${CHUNKS}) c`, [r.id, r.digestForm]))
    .digest;

/** Of a draft. `lineIds`: what changed since it was made last; null: everything. */
export async function refreshDigest(tx: Tx, id: string, lineIds: readonly string[] | null): Promise<void> {
  const again = lineIds !== null && (await isChunked(tx, id)) ? lineIds : null;
  const put = (chunks: string, values: readonly unknown[]) =>
    tx.exec(
      `insert into roster_chunk (county_code, roster_id, no, digest)
       select app_county(), $1, n.no, n.digest from (${chunks}) n
       on conflict (county_code, roster_id, no) do update set digest = excluded.digest`,
      values,
    );
  if (again === null) await put(CHUNKS, [id, DIGEST_FORM]);
  else
    await put(
      `select t.no, c.digest
       from (select distinct (l.seq - 1) / ${CHUNK} as no from roster_line l
             where l.county_code = app_county() and ${OF_ROSTER} $1 and l.id = any($3)) t
       cross join lateral (
         select ${OF_LINES} as digest from roster_line l
         where l.county_code = app_county() and l.roster_id = $1
           and l.seq between t.no * ${CHUNK} + 1 and (t.no + 1) * ${CHUNK}) c`,
      [id, DIGEST_FORM, again],
    );
  await tx.exec(
    `update roster set digest = x.digest, digest_form = $2
     from (select ${OF_CHUNKS} as digest from roster_chunk c where c.county_code = app_county() and c.roster_id = $1) x
     where county_code = app_county() and id = $1`,
    [id, DIGEST_FORM],
  );
}

/** A draft that is older than its chunks has none. */
const isChunked = async (tx: Tx, id: string): Promise<boolean> =>
  (
    await tx.one<{ whole: boolean }>(
      `select (select (max(seq) + ${CHUNK - 1}) / ${CHUNK} from roster_line where county_code = app_county() and roster_id = $1)
         is not distinct from
         (select count(*) from roster_chunk where county_code = app_county() and roster_id = $1) as whole`,
      [id],
    )
  ).whole;
