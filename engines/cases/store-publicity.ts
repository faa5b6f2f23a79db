/** Notices and objections in SQL. What hangs is decided by date, in every query, not by a job having run. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { PublicityText } from "./publicity.ts";

export interface NewPublicity {
  readonly id: string;
  readonly caseId: string;
  readonly code: string;
  readonly item: string;
  readonly title: string;
  readonly article: string;
  readonly divisionCode: string;
  readonly fromDate: IsoDate;
  readonly toDate: IsoDate;
  readonly rows: readonly PublicityText[];
  readonly acceptsObjections: boolean;
}

export async function insertPublicity(tx: Tx, p: NewPublicity): Promise<void> {
  await tx.exec(
    `insert into publicity (county_code, id, case_id, code, item, title, article, division_code, from_date, to_date, rows,
       accepts_objections) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
    [
      tx.actor.countyCode,
      p.id,
      p.caseId,
      p.code,
      p.item,
      p.title,
      p.article,
      p.divisionCode,
      p.fromDate,
      p.toDate,
      JSON.stringify(p.rows),
      p.acceptsObjections,
    ],
  );
}

export async function takeDown(tx: Tx, ids: readonly string[], on: IsoDate): Promise<number> {
  if (ids.length === 0) return 0;
  return tx.exec(
    "update publicity set taken_down_on = $3 where county_code = $1 and id = any ($2) and taken_down_on is null",
    [tx.actor.countyCode, ids, on],
  );
}

/** Takes down everything whose days have passed; gives what was taken down. */
export async function takeDownExpired(tx: Tx, today: IsoDate): Promise<{ id: string; caseId: string }[]> {
  return tx.query(
    `update publicity set taken_down_on = to_date where county_code = $1 and taken_down_on is null and to_date < $2
     returning id, case_id as "caseId"`,
    [tx.actor.countyCode, today],
  );
}

export interface HangingNotice {
  readonly id: string;
  readonly caseId: string;
  readonly item: string;
  readonly title: string;
  readonly article: string;
  readonly divisionCode: string;
  readonly fromDate: IsoDate;
  readonly toDate: IsoDate;
  readonly rows: readonly PublicityText[];
  readonly acceptsObjections: boolean;
}

const NOTICE = `select id, case_id as "caseId", item, title, article, division_code as "divisionCode", from_date as "fromDate",
  to_date as "toDate", rows, accepts_objections as "acceptsObjections" from publicity
  where county_code = $1 and taken_down_on is null and from_date <= $2 and to_date >= $2`;

export async function listHanging(
  tx: Tx,
  today: IsoDate,
  township: string | undefined,
): Promise<HangingNotice[]> {
  return tx.query(
    `${NOTICE} and ($3::text is null or starts_with(division_code, $3)) order by from_date desc, id desc limit 500`,
    [tx.actor.countyCode, today, township ?? null],
  );
}

export async function findHanging(tx: Tx, today: IsoDate, id: string): Promise<HangingNotice | undefined> {
  return tx.maybe(`${NOTICE} and id = $3`, [tx.actor.countyCode, today, id]);
}

export interface NewObjection {
  readonly id: string;
  readonly publicityId: string;
  readonly caseId: string;
  readonly contactSealed: Buffer;
  readonly text: string;
  readonly madeOn: IsoDate;
  readonly madeAt: string;
}

/** Gives 0 when the same objection was made before. */
export async function insertObjection(tx: Tx, o: NewObjection): Promise<number> {
  return tx.exec(
    `insert into objection (county_code, id, publicity_id, case_id, contact_sealed, text, made_on, made_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8) on conflict do nothing`,
    [tx.actor.countyCode, o.id, o.publicityId, o.caseId, o.contactSealed, o.text, o.madeOn, o.madeAt],
  );
}

export async function handleObjections(
  tx: Tx,
  ids: readonly string[],
  seq: number,
  on: IsoDate,
  outcome: string,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.exec(
    `update objection set handled_on = $3, handled_seq = $4, outcome = $5
      where county_code = $1 and id = any ($2) and handled_on is null`,
    [tx.actor.countyCode, ids, on, seq, outcome],
  );
}
