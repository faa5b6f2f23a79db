/** SQL of those who were found entitled (政策找人), nothing else. */
import type { IsoDate, Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { FoundState } from "./model.ts";

/** How far somebody is (FOUND_STATES). */
const STATE = `case
  when c.state = 'closed' and c.outcome = 'new-case' and c.judgement = 'confirmed' then 'awarded'
  when c.state = 'handling' and c.case_id is not null or asked.id is not null then 'applied'
  when c.state = 'closed' and coalesce(c.wish in ('willing', 'unreachable'), true) then 'settled'
  else coalesce(c.wish, 'none') end`;
/** $1, $2: which rule speaks of which item. An application for it, whoever made it, is as good as one begun from here. */
const FROM = `clue c
  left join lateral (
    select f.id from clue_signal s
      join unnest($1::text[], $2::text[]) as b (rule, item) on b.rule = s.rule
      join case_file f on f.county_code = c.county_code and f.item = b.item and f.is_open
                      and f.member_ids @> array[c.person_id]
     where s.county_code = c.county_code and s.clue_id = c.id limit 1) asked on c.state <> 'closed'`;
const FOUND = `c.county_code = app_county() and c.source = 'alert' and c.proposes = 'help'`;

export interface FoundQuery {
  readonly division?: string | undefined;
  readonly how?: FoundState | undefined;
  readonly month?: Month | undefined;
  readonly again?: boolean | undefined;
  readonly persons?: readonly string[] | undefined;
  readonly rules?: readonly string[] | undefined;
  readonly entitles: ReadonlyMap<string, readonly string[]>;
  readonly q?: string | undefined;
}
/** $1, $2 of FROM. */
function rulesAndItems(entitles: FoundQuery["entitles"]): unknown[] {
  const pairs = [...entitles].flatMap(([rule, items]) => items.map((item) => [rule, item]));
  return [pairs.map(([rule]) => rule), pairs.map(([, item]) => item)];
}
function filter(f: FoundQuery, today: IsoDate) {
  const values = rulesAndItems(f.entitles);
  const bind = (v: unknown, type: string) => `$${values.push(v)}::${type}`;
  const where = [FOUND];
  if (f.division) {
    const prefix = bind(f.division, "text");
    where.push(`c.division_code >= ${prefix} and c.division_code < ${prefix} || 'z'`);
  }
  if (f.persons) where.push(`c.person_id = any (${bind(f.persons, "uuid[]")})`);
  if (f.month) where.push(`to_char(c.opened_on, 'YYYY-MM') = ${bind(f.month, "text")}`);
  if (f.again) where.push(`c.state <> 'closed' and c.ask_again_on <= ${bind(today, "date")}`);
  if (f.rules)
    where.push(
      `exists (select from clue_signal s where s.county_code = c.county_code and s.clue_id = c.id
         and s.rule = any (${bind(f.rules, "text[]")}))`,
    );
  const text = f.q?.trim();
  if (text)
    where.push(
      `exists (select from person p where p.county_code = c.county_code and p.id = c.person_id
         and strpos(p.name, ${bind(text, "text")}) > 0)`,
    );
  return { where, values, bind };
}

/** Village by village; in a village first who waits longest. */
export async function listFound(
  tx: Tx,
  f: FoundQuery & { readonly size: number; readonly page: number },
  today: IsoDate,
): Promise<{ rows: { id: string; how: FoundState; caseId: string | null }[]; total: number }> {
  const { where, values, bind } = filter(f, today);
  if (f.how) where.push(`${STATE} = ${bind(f.how, "text")}`);
  const rows = await tx.query<{ id: string; how: FoundState; caseId: string | null; total: number }>(
    `select c.id, ${STATE} as how, coalesce(c.case_id, asked.id) as "caseId", count(*) over ()::int as total
     from ${FROM} where ${where.join(" and ")}
     order by c.division_code, c.state = 'closed', c.opened_on, c.id
     limit ${bind(f.size, "int")} offset ${bind((f.page - 1) * f.size, "int")}`,
    values,
  );
  return { rows, total: rows[0]?.total ?? 0 };
}

/** How many are how far, by place: township or village. */
export const countFound = (tx: Tx, f: FoundQuery, by: "township" | "village", today: IsoDate) => {
  const { where, values } = filter(f, today);
  return tx.query<{ place: string; how: FoundState; n: number }>(
    `select ${by === "township" ? "left(c.division_code, 9)" : "c.division_code"} as place, ${STATE} as how,
       count(*)::int as n from ${FROM} where ${where.join(" and ")} group by 1, 2`,
    values,
  );
};

/** Those of these clues that an application is open for, whoever made it. */
export const whoApplied = async (tx: Tx, entitles: FoundQuery["entitles"], clueIds: readonly string[]) =>
  new Set(
    (
      await tx.query<{ id: string }>(
        `select c.id from ${FROM} where ${FOUND} and c.id = any ($3::uuid[]) and ${STATE} = 'applied'`,
        [...rulesAndItems(entitles), clueIds],
      )
    ).map((c) => c.id),
  );

export interface LastContact {
  readonly clueId: string;
  readonly dataSealed: Buffer;
  readonly byName: string;
}
/** The last time that each was asked. */
export const lastContacts = (tx: Tx, clueIds: readonly string[]) =>
  tx.query<LastContact>(
    `select distinct on (clue_id) clue_id as "clueId", data_sealed as "dataSealed", by_name as "byName"
     from clue_action where county_code = app_county() and clue_id = any ($1::uuid[]) and action = 'contact'
     order by clue_id, version desc`,
    [clueIds],
  );
