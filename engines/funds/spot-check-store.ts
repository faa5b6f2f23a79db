/** The SQL of 抽查, and nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { SpotAct, SpotState } from "./spot-check-model.ts";

/** Entitlements that rosters of the month had paid by this instant; read from the trail, which is only added to. */
export const population = async (tx: Tx, month: Month, item: string, at: Date | string): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `select distinct v.entitlement_id as id
         from roster r
         join payment_event v on v.county_code = r.county_code and v.roster_id = r.id and v.kind = 'paid' and v.at <= $3
         join entitlement e on e.county_code = v.county_code and e.id = v.entitlement_id
        where r.county_code = app_county() and r.month = $1 and ($2 = '' or e.item = $2)`,
      [month, item, at],
    )
  ).map((r) => r.id);

export interface CheckRecord {
  id: string;
  title: string;
  basis: string;
  item: string;
  month: Month;
  seed: string;
  population: number;
  populationSha256: string;
  drawn: number;
  drawnAt: string;
  drawnBy: string;
  /** As far as the reader sees them. */
  waiting: number;
  problems: number;
  open: number;
  late: number;
  amountFen: number;
}
/** `$1`: today. What a look found counts once it was looked at again. */
const CHECK = `select c.id, c.title, c.basis, c.item, c.month, c.seed, c.population,
    c.population_sha256 as "populationSha256", c.drawn, c.drawn_at as "drawnAt", c.drawn_by_name as "drawnBy",
    h.waiting, h.problems, h.open, h.late, h.fen as "amountFen"
  from spot_check c
  cross join lateral (
    select count(*) filter (where x.state = 'waiting')::int as waiting,
           count(*) filter (where x.state in ('confirmed', 'rectified', 'closed', 'transferred'))::int as problems,
           count(*) filter (where x.state in ('found', 'confirmed', 'rectified'))::int as open,
           count(*) filter (where x.state = 'confirmed' and x.rectify_by < $1)::int as late,
           coalesce(sum((select a.amount_fen from spot_check_act a
             where a.county_code = x.county_code and a.check_id = x.check_id and a.entitlement_id = x.entitlement_id
               and a.kind = 'looked' order by a.seq desc limit 1))
             filter (where x.state in ('confirmed', 'rectified', 'closed', 'transferred')), 0)::bigint as fen
      from spot_check_household x where x.county_code = c.county_code and x.check_id = c.id) h
  where c.county_code = app_county()`;

export const list = (tx: Tx, today: IsoDate) =>
  tx.query<CheckRecord>(`${CHECK} order by c.drawn_at desc, c.id limit 200`, [today]);
export const find = (tx: Tx, id: string, today: IsoDate) =>
  tx.maybe<CheckRecord>(`${CHECK} and c.id = $2`, [today, id]);

export async function insert(
  tx: Tx,
  c: Pick<CheckRecord, "id" | "title" | "basis" | "item" | "month" | "seed" | "population"> &
    Pick<CheckRecord, "populationSha256" | "drawnAt">,
  drawn: readonly string[],
): Promise<void> {
  await tx.exec(
    `insert into spot_check (county_code, id, title, basis, item, month, seed, population, population_sha256, drawn,
       drawn_at, drawn_by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[c.id, c.title, c.basis, c.item, c.month, c.seed, c.population, c.populationSha256],
      ...[drawn.length, c.drawnAt, tx.actor.name],
    ],
  );
  await tx.exec(
    `insert into spot_check_household (county_code, check_id, entitlement_id, seq, item, division_code, payee_id, paid_fen,
       state)
     select app_county(), $1, e.id, d.seq, e.item, e.division_code, e.payee_id, p.fen, 'waiting'
       from unnest($2::uuid[]) with ordinality as d (id, seq)
       join entitlement e on e.county_code = app_county() and e.id = d.id
      cross join lateral (
        select coalesce(sum(v.amount_fen), 0) as fen from roster r
          join payment_event v on v.county_code = r.county_code and v.roster_id = r.id and v.kind = 'paid'
         where r.county_code = app_county() and r.month = $3 and v.entitlement_id = e.id and v.at <= $4) p`,
    [c.id, drawn, c.month, c.drawnAt],
  );
}

export interface HouseholdRecord {
  entitlementId: string;
  seq: number;
  item: string;
  divisionCode: string;
  payeeId: string;
  payee: string;
  paidFen: number;
  state: SpotState;
  rectifyBy: IsoDate | null;
}
const HOUSEHOLD = `select h.entitlement_id as "entitlementId", h.seq, h.item, h.division_code as "divisionCode",
    h.payee_id as "payeeId", coalesce(p.name, '（不在管辖范围）') as payee, h.paid_fen as "paidFen", h.state,
    h.rectify_by as "rectifyBy"
  from spot_check_household h
  left join person p on p.county_code = h.county_code and p.id = h.payee_id
  where h.county_code = app_county() and h.check_id = $1`;
export const households = (tx: Tx, checkId: string) =>
  tx.query<HouseholdRecord>(`${HOUSEHOLD} order by h.seq`, [checkId]);
export async function lockHousehold(
  tx: Tx,
  checkId: string,
  entitlementId: string,
): Promise<HouseholdRecord | undefined> {
  await tx.query(
    "select 1 from spot_check_household where county_code = app_county() and check_id = $1 and entitlement_id = $2 for update",
    [checkId, entitlementId],
  );
  return tx.maybe<HouseholdRecord>(`${HOUSEHOLD} and h.entitlement_id = $2`, [checkId, entitlementId]);
}

export interface WaitingRecord {
  checkId: string;
  title: string;
  state: SpotState;
  count: number;
  /** The first day by which something is to be set right. */
  rectifyBy: IsoDate | null;
}
/** By check and state, without what this person did last himself: that is another's to look at. */
export const waiting = (tx: Tx, states: readonly SpotState[]) =>
  tx.query<WaitingRecord>(
    `select c.id as "checkId", c.title, h.state, count(*)::int as count,
       min(h.rectify_by) filter (where h.state = 'confirmed') as "rectifyBy"
     from spot_check_household h
     join spot_check c on c.county_code = h.county_code and c.id = h.check_id
     left join lateral (select a.account_id from spot_check_act a
       where a.county_code = h.county_code and a.check_id = h.check_id and a.entitlement_id = h.entitlement_id
       order by a.seq desc limit 1) last on true
     where h.county_code = app_county() and h.state = any ($1)
       and (h.state not in ('found', 'rectified') or last.account_id is distinct from app_account())
     group by c.id, c.title, c.drawn_at, h.state order by c.drawn_at, h.state`,
    [states],
  );

export interface ActRecord {
  id: string;
  entitlementId: string;
  kind: SpotAct;
  homeOk: boolean | null;
  fileOk: boolean | null;
  accountOk: boolean | null;
  amountFen: number | null;
  words: string;
  rectifyBy: IsoDate | null;
  actedOn: IsoDate;
  accountId: string;
  by: string;
}
export const acts = (tx: Tx, checkId: string) =>
  tx.query<ActRecord>(
    `select id, entitlement_id as "entitlementId", kind, home_ok as "homeOk", file_ok as "fileOk",
       account_ok as "accountOk", amount_fen as "amountFen", words, rectify_by as "rectifyBy", acted_on as "actedOn",
       account_id as "accountId", by_name as by
     from spot_check_act where county_code = app_county() and check_id = $1 order by entitlement_id, seq`,
    [checkId],
  );
export async function addAct(
  tx: Tx,
  checkId: string,
  a: Omit<ActRecord, "accountId" | "by">,
  to: SpotState,
  at: Date,
): Promise<void> {
  await tx.exec(
    `insert into spot_check_act (county_code, id, check_id, entitlement_id, seq, kind, home_ok, file_ok, account_ok,
       amount_fen, words, rectify_by, acted_on, at, by_name)
     select app_county(), $1, $2, $3, 1 + coalesce(max(x.seq), 0), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
       from spot_check_act x
      where x.county_code = app_county() and x.check_id = $2 and x.entitlement_id = $3`,
    [
      ...[a.id, checkId, a.entitlementId, a.kind, a.homeOk, a.fileOk, a.accountOk, a.amountFen, a.words],
      ...[a.rectifyBy, a.actedOn, at, tx.actor.name],
    ],
  );
  await tx.exec(
    `update spot_check_household set state = $3, rectify_by = coalesce($4::date, rectify_by)
      where county_code = app_county() and check_id = $1 and entitlement_id = $2`,
    [checkId, a.entitlementId, to, a.rectifyBy],
  );
}
