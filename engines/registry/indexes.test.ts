import { newId } from "@wuxin/kernel";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EAST, officer, system } from "./testing.ts";

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
  // Enough for the planner to care; contents do not matter.
  await t.owner(`
    insert into person (county_code, id, division_code, name, pinyin, initials, sex, birth_date, id_no_sealed, id_no_digest,
                        id_tail_digest, phone_sealed, phone_digest, address, protected, created_at)
    select '430621', gen_random_uuid(), '4306211' || lpad((i % 15)::text, 2, '0') || '2' || lpad((i % 30)::text, 2, '0'),
           chr(19968 + i % 3000) || chr(19968 + (i * 7) % 9000), md5(i::text), substr(md5(i::text), 1, 3), '男',
           '1930-01-01'::date + (i % 30000), 'x', sha256(i::text::bytea), sha256((i % 10000)::text::bytea), 'x',
           sha256(('p' || i)::bytea), '', false, now()
      from generate_series(1, 4000) i;
    insert into household (county_code, id, division_code, head_person_id, address, area_class, opened_on, created_at)
    select county_code, id, division_code, id, '', '农村', '2026-01-01', now() from person;
    insert into household_member (county_code, id, household_id, person_id, division_code, relation, from_date, recorded_at)
    select county_code, gen_random_uuid(), id, id, division_code, '户主', '2026-01-01', now() from household;
    insert into bank_account (county_code, id, person_id, division_code, bank_name, account_sealed, account_digest, holder_name,
                              since, reason, recorded_at)
    select county_code, gen_random_uuid(), id, division_code, '农商银行', 'x', id_no_digest, name, '2026-01-01', '登记', now() from person;
    insert into fact (county_code, id, subject_kind, subject_id, name, value, source, source_rank, valid_from, recorded_at,
                      recorded_by_name)
    select county_code, gen_random_uuid(), 'person', id, '每月工资', '1', '本人申报', 10, '2026-01-01', now(), '' from person;
    analyze`);
});
afterAll(() => t.close());

interface Node {
  readonly "Relation Name"?: string;
  readonly Alias?: string;
  readonly "Index Cond"?: string;
  readonly Plans?: readonly Node[];
}
const nodes = (n: Node): Node[] => [n, ...(n.Plans ?? []).flatMap(nodes)];

const digest = Buffer.alloc(32);
test.each<[string, string, string, unknown]>([
  ["person", "name", "name >= $1 and name < '万'", "一"],
  ["person", "pinyin", "pinyin >= $1 and pinyin < 'aaab'", "aaa"],
  ["person", "initials", "initials >= $1 and initials < 'aab'", "aaa"],
  ["person", "id_tail_digest", "id_tail_digest = $1", digest],
  ["person", "phone_digest", "phone_digest = $1", digest],
  ["person", "id_no_digest", "id_no_digest = $1", digest],
  ["person", "birth_date", "birth_date <= $1 and died_on is null", "1930-01-09"],
  ["person", "id", "id = $1", newId()],
  ["household_member", "person_id", "person_id = $1 and to_date is null", newId()],
  ["household_member", "household_id", "household_id = $1", newId()],
  ["bank_account", "person_id", "person_id = $1 and replaced_at is null", newId()],
  ["bank_account", "account_digest", "account_digest = $1 and replaced_at is null", digest],
  ["fact", "subject_id", "subject_id = $1", newId()],
])("%s by %s goes straight to its rows under row-level security", async (table, column, where, value) => {
  const sql = `explain (format json) select 1 from ${table} where county_code = '430621' and ${where}`;
  for (const actor of [officer(EAST), system]) {
    const [row] = await t.db.read(actor, (tx) => tx.query<{ "QUERY PLAN": { Plan: Node }[] }>(sql, [value]));
    const conditions = nodes(row!["QUERY PLAN"][0]!.Plan)
      .filter((n) => n["Index Cond"] !== undefined && (n.Alias === undefined || n.Alias === table))
      .map((n) => n["Index Cond"]);
    // In the condition of the index, not in a filter behind it: that is where a policy pushes LIKE and functions.
    expect(
      conditions.some((c) => c?.includes(`${column} `)),
      conditions.join(),
    ).toBe(true);
  }
});
