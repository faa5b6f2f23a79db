/**
 * A county of invented households, each with one entitlement in payment: the facts of its decision are those of one of the
 * item's own examples (one to several members), its head is in the registry and has an account. Written by the owner in sets:
 * a million in under two minutes. Triggers and foreign keys sleep meanwhile (the rows come from one series and fit), and
 * ids follow one another as UUIDv7 do. One in a thousand has no bank account, as in life.
 */
import fs from "node:fs";
import { getCounty } from "@wuxin/counties";
import { loadCatalogue } from "@wuxin/domains";
import { encode, layoutOf } from "@wuxin/engines/entitlements";
import { addMonths, type Month, monthOf, systemClock } from "@wuxin/kernel";
import type { Vault } from "@wuxin/platform";
import { decide, situationsIn } from "@wuxin/policy";

export const COUNTY = "430621";

/** What is drawn, and since when. */
export async function drawn() {
  const { items } = await loadCatalogue();
  const item = [...items.values()].find(
    (i) => i.subject === "household" && i.outcome.amount && i.folder.examples,
  );
  const amount = item?.outcome.amount;
  if (!item || !amount) throw new Error("the benchmark needs an item for households");
  const { exclusivityGroup } = item.entitlement;
  const since: Month = addMonths(monthOf(systemClock.today()), -3);
  return { item, amount, exclusivityGroup, since };
}

/** The situations of the item's own examples that are paid: what was decided, and the amount by the rules of today. */
async function situations() {
  const { item, amount, since } = await drawn();
  const county = getCounty(COUNTY);
  const standards = { file: county.standardsPath, text: fs.readFileSync(county.standardsPath, "utf8") };
  const set = item.ruleSet({ code: COUNTY, standards, month: since });
  const layout = layoutOf([set]);
  const wanted = [item.outcome.eligible, amount];
  const paid = situationsIn(set, item.folder.examples as { file: string; text: string }, {
    county: COUNTY,
  }).flatMap((s) => {
    const { household, members: people } = s;
    // Only those whom nothing but a standard will move in the months of the benchmark.
    const [first, ...later] = [0, 1, 2, 3, 4].map((n) => {
      const d = decide(set, { month: addMonths(since, n), wanted, household, members: people });
      const [eligible, amount] = wanted.map((name) => d.results[name] ?? d.memberResults[name]?.[0]);
      return eligible?.known && eligible.value === true && amount?.known ? Number(amount.value) : 0;
    });
    const { members, facts } = encode(layout, s);
    if (!first || members === 0 || later.some((fen) => fen !== first)) return [];
    return [{ fen: first, members, facts: facts.toString("hex") }];
  });
  return { layout: layout.id, paid };
}

/** A uuid for the row of a number, of the kind that a letter names. */
export const idOf = (kind: 1 | 2 | 3 | 4 | 5 | 6, g = "g"): string =>
  `(lpad(to_hex(${g}), 8, '0') || '-0000-7000-8000-00000000000${kind}')::uuid`;

interface Client {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

export async function fill(client: Client, vault: Vault, entitlements: number): Promise<void> {
  const { item, exclusivityGroup, since } = await drawn();
  const { layout, paid } = await situations();
  const villages = getCounty(COUNTY)
    .divisions.filter((d) => d.level === "village")
    .map((d) => d.code);
  const run = (text: string, values: unknown[] = []) => client.query(text, values);
  await run("set session_replication_role = replica");
  await run("set synchronous_commit = off");
  await run("set maintenance_work_mem = '256MB'");
  const village = `($2::text[])[g % ${villages.length} + 1]`;
  const series = "from generate_series(1, $1::int) g";

  const later = await withoutIndexes(client, ["person", "household", "bank_account", "entitlement"]);
  await run(
    `insert into person (county_code, id, division_code, name, pinyin, initials, sex, birth_date, id_no_sealed,
       id_no_digest, id_tail_digest, address, created_at)
     select '${COUNTY}', ${idOf(1)}, ${village}, '居民' || g, 'jumin', 'jm', case when g % 2 = 0 then '女' else '男' end,
       date '1945-01-01' + g % 20000, $3, sha256(g::text::bytea), sha256(('t' || g % 10000)::bytea), '一组', now() ${series}`,
    [entitlements, villages, vault.seal("430621194805061234")],
  );
  await run(
    `insert into household (county_code, id, division_code, head_person_id, address, area_class, opened_on, created_at)
     select '${COUNTY}', ${idOf(2)}, ${village}, ${idOf(1)}, '一组', case when g % 3 = 0 then '城市' else '农村' end,
       date '2024-01-01', now() ${series}`,
    [entitlements, villages],
  );
  await run(
    `insert into bank_account (county_code, id, person_id, division_code, bank_name, account_sealed, account_digest,
       holder_name, since, reason, recorded_at)
     select '${COUNTY}', ${idOf(3)}, ${idOf(1)}, ${village}, '农商银行', $3, sha256(('a' || g)::bytea), '居民' || g,
       date '2024-01-01', '登记', now() ${series} where g % 1000 <> 0`,
    [entitlements, villages, vault.seal("6217000012345678901")],
  );
  await run(
    `insert into entitlement (county_code, id, item, exclusivity_group, subject_kind, household_id, applicant_id,
       payee_id, division_code, area_class, from_month, review_months, opened_at)
     select '${COUNTY}', ${idOf(4)}, $3, $4, 'household', ${idOf(2)}, ${idOf(1)}, ${idOf(1)}, ${village},
       case when g % 3 = 0 then '城市' else '农村' end, $5, 12, now() ${series}`,
    [entitlements, villages, item.code, exclusivityGroup, since],
  );
  await run(
    `insert into entitlement_amount (county_code, entitlement_id, seq, from_month, amount_fen, persons, reason, recorded_at)
     select '${COUNTY}', ${idOf(4)}, 1, $2, s.fen, 1, '认定', now() ${series}
     join jsonb_to_recordset($3::jsonb) s (n int, fen bigint) on s.n = g % ${paid.length}`,
    [entitlements, since, JSON.stringify(paid.map((s, n) => ({ ...s, n })))],
  );
  await run(
    `insert into entitlement_basis (county_code, entitlement_id, seq, source_id, from_month, layout, members, facts, frozen)
     select '${COUNTY}', ${idOf(4)}, 1, ${idOf(6)}, $2, $4, s.members, decode(s.facts, 'hex'), false ${series}
     join jsonb_to_recordset($3::jsonb) s (n int, members int, facts text) on s.n = g % ${paid.length}`,
    [entitlements, since, JSON.stringify(paid.map((s, n) => ({ ...s, n }))), layout],
  );
  await run(
    `insert into entitlement_person (county_code, entitlement_id, person_id, from_month)
     select '${COUNTY}', ${idOf(4)}, ${idOf(1)}, $2 ${series}`,
    [entitlements, since],
  );
  await run(
    `insert into entitlement_review (county_code, id, entitlement_id, kind, about_id, label, due_on, opened_at)
     select '${COUNTY}', ${idOf(5)}, ${idOf(4)}, 'periodic', ${idOf(4)}, '定期核查', current_date + 180, now() ${series}`,
    [entitlements],
  );
  for (const definition of later) await run(definition);
  await run("set session_replication_role = origin");
  await run("vacuum (analyze, freeze)");
}

/** An index that guards nothing is built faster afterwards. Gives what builds them again. */
async function withoutIndexes(client: Client, tables: readonly string[]): Promise<string[]> {
  const { rows } = (await client.query(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid = any($1::text[]::regclass[]) and not i.indisunique`,
    [tables],
  )) as { rows: { name: string; definition: string }[] };
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map((r) => r.definition);
}
