/** The rows of frozen figures: packed by ledger and township, and set beside what the ledgers say now. */
import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import { grouped, type Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { DetailColumn, Ledger } from "./ledger.ts";
import type { CountedRow } from "./rows.ts";

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Of one ledger, all places together: which atoms (their keys) its rows count for. */
export interface Counted {
  readonly ledger: Pick<Ledger, "code" | "countyOnly"> & {
    readonly detail: Pick<Ledger["detail"], "columns"> & Partial<Pick<Ledger["detail"], "opens">>;
  };
  readonly atoms: readonly string[];
  readonly rows: readonly CountedRow[];
}
export type Column = Pick<DetailColumn, "key" | "label" | "as">;
interface Body {
  readonly atoms: readonly string[];
  readonly columns: readonly Column[];
  /** Id, place, cells, and [which atom, what it adds] …; most rows count for few of the atoms. */
  readonly rows: readonly (readonly [
    string,
    string,
    readonly (string | null)[],
    readonly (readonly [number, number])[],
  ])[];
}

/** Townships see their own rows; what is the county's alone stays with it, whatever place a row is about. */
function packs(countyCode: string, { ledger, rows }: Counted): Map<string, CountedRow[]> {
  return grouped(rows, (r) =>
    ledger.countyOnly || r.division.length < 9 ? countyCode : r.division.slice(0, 9),
  );
}

export async function keepRows(
  tx: Tx,
  batch: string,
  month: Month,
  counted: readonly Counted[],
): Promise<void> {
  const ready: { ledger: string; division: string; count: number; body: Buffer }[] = [];
  for (const c of counted)
    for (const [division, rows] of packs(tx.actor.countyCode, c)) {
      const body: Body = {
        atoms: c.atoms,
        columns: c.ledger.detail.columns.map(({ key, label, as }) => ({ key, label, ...(as ? { as } : {}) })),
        rows: rows.map((r) => [
          ...([r.id, r.division, r.cells] as const),
          r.values.flatMap((v, i) => (v === null ? [] : [[i, v] as const])),
        ]),
      };
      ready.push({
        ...{ ledger: c.ledger.code, division, count: rows.length },
        body: await deflate(JSON.stringify(body)),
      });
    }
  if (ready.length === 0) return;
  const of = <T>(get: (r: (typeof ready)[number]) => T): T[] => ready.map(get);
  await tx.exec(
    `insert into indicator_rows (county_code, batch, month, ledger, division_code, count, body)
     select app_county(), $1::uuid, $2, x.* from unnest($3::text[], $4::text[], $5::int[], $6::bytea[]) x`,
    [batch, month, of((r) => r.ledger), of((r) => r.division), of((r) => r.count), of((r) => r.body)],
  );
}

export interface KeptRows {
  readonly columns: readonly Column[];
  /** `values` as the atoms that were asked for. */
  readonly rows: readonly CountedRow[];
}
/** Rows of a batch that count for any of these atoms; the whole county, or one township. */
export async function keptRows(
  tx: Tx,
  where: { readonly batch: string; readonly ledger: string; readonly division: string },
  atoms: readonly string[],
): Promise<KeptRows> {
  const found = await tx.query<{ body: Buffer }>(
    `select body from indicator_rows where county_code = app_county() and batch = $1 and ledger = $2
        and (division_code like $3 || '%' or division_code = county_code) order by division_code`,
    [where.batch, where.ledger, where.division],
  );
  let columns: readonly Column[] = [];
  const rows: CountedRow[] = [];
  for (const { body } of found) {
    const b = JSON.parse(String(await inflate(body))) as Body;
    columns = b.columns;
    const places = atoms.map((a) => b.atoms.indexOf(a));
    for (const [id, division, cells, values] of b.rows) {
      if (!division.startsWith(where.division)) continue;
      const adds = new Map(values);
      const own = places.map((i) => adds.get(i) ?? null);
      if (own.some((v) => v !== null)) rows.push({ id, division, cells, values: own });
    }
  }
  return { columns, rows };
}

export interface Beside {
  readonly row: CountedRow;
  /** As the ledgers have it now: the same, otherwise, or not counted any more. */
  readonly now: CountedRow | null;
}
/** Pairs what was counted with what is: rows that say the same first, then those of the same page. */
export function besideNow(
  kept: readonly CountedRow[],
  now: readonly CountedRow[],
): { kept: Beside[]; added: CountedRow[] } {
  const found = new Map<CountedRow, CountedRow>();
  let left: readonly CountedRow[] = now;
  let open: readonly CountedRow[] = kept;
  const sames: readonly ((r: CountedRow) => string)[] = [
    (r) => JSON.stringify([r.id, r.cells, r.values]),
    (r) => JSON.stringify([r.id, r.values]),
    (r) => r.id,
  ];
  for (const key of sames) {
    const waiting = grouped(left, key);
    open = open.filter((r) => {
      const match = waiting.get(key(r))?.shift();
      if (match) found.set(r, match);
      return !match;
    });
    left = [...waiting.values()].flat();
  }
  return { kept: kept.map((row) => ({ row, now: found.get(row) ?? null })), added: [...left] };
}
