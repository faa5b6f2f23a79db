/** The SQL machine of the policy room on a real PostgreSQL: the same answers as `decide`, to the fen. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { decide, type Facts, type InputFact, loadRuleSet, type RuleSet, toSql } from "@wuxin/policy";
import {
  expressions,
  generatedFacts,
  generatedRules,
  householdsOf,
  shapes,
  situations,
  toy,
} from "@wuxin/policy/testing";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";

type Household = { household: Facts; members: readonly Facts[] };

// Temporary tables of one connection: nothing of the house is needed.
let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: inject("wuxinServer") });
  await client.connect();
});
afterAll(() => client.end());

const TYPES = {
  money: "bigint",
  integer: "bigint",
  number: "numeric",
  boolean: "boolean",
  text: "text",
  date: "date",
};
const quoted = (name: string) => `"${name}"`;

/** Tables `${name}_households` and `${name}_members` with these households. */
async function tables(name: string, ruleSet: RuleSet, list: readonly Household[]): Promise<void> {
  const columns = (entity: string) => ruleSet.inputs.filter((i) => i.entity === entity);
  const fill = async (table: string, keys: string[], inputs: InputFact[], rows: object[]) => {
    const defs = [
      ...keys.map((k) => `${k} int`),
      ...inputs.flatMap((i) => [
        `${quoted(i.code)} ${TYPES[i.type]}`,
        ...(i.nullable ? [`${quoted(`${i.code}_none`)} boolean`] : []),
      ]),
    ].join(", ");
    await client.query(`create temporary table ${table} (${defs})`);
    await client.query(`insert into ${table} select * from jsonb_to_recordset($1::jsonb) as x(${defs})`, [
      JSON.stringify(rows),
    ]);
  };
  const cells = (facts: Facts, inputs: readonly InputFact[]) =>
    Object.fromEntries(
      inputs.flatMap((i) => {
        const value = facts[i.name]?.value;
        return [
          [i.code, value ?? null],
          [`${i.code}_none`, value === null],
        ];
      }),
    );
  await fill(
    `${name}_households`,
    ["id"],
    columns("家庭"),
    list.map((h, id) => ({ id, ...cells(h.household, columns("家庭")) })),
  );
  let id = 0;
  await fill(
    `${name}_members`,
    ["id", "household"],
    columns("成员"),
    list.flatMap((h, household) =>
      h.members.map((m) => ({ id: id++, household, ...cells(m, columns("成员")) })),
    ),
  );
}

type Row = Record<string, unknown>;

function sqlValue(row: Row, name: string, type: string): unknown {
  const state = (row[`${name}·state`] as number | undefined) ?? 0;
  if (state !== 0) return state === 1 ? undefined : null;
  const value = row[name];
  return type === "money" || type === "integer" || type === "number" ? Number(value) : value;
}

/** Number of households that the queries answered themselves. */
async function agree(
  name: string,
  ruleSet: RuleSet,
  month: string,
  list: readonly Household[],
): Promise<number> {
  const wanted = [...ruleSet.variables.keys()];
  const machine = toSql(ruleSet, {
    month,
    wanted,
    households: { table: `${name}_households`, id: "id" },
    members: { table: `${name}_members`, id: "id", household: "household" },
  });
  const run = async (sql: string | undefined) => {
    if (!sql) return [];
    // Dates as text, whatever the client makes of them.
    const { rows } = await client.query<{ r: Row }>(
      `select to_jsonb(q) as r from (${sql}) as q order by (to_jsonb(q)->>'id')::int`,
    );
    return rows.map((x) => x.r);
  };
  const [households, members] = [await run(machine.households), await run(machine.members)];
  let start = 0;
  let exact = 0;
  for (const [h, one] of list.entries()) {
    const d = decide(ruleSet, { month, wanted, ...one });
    const check = (row: Row, variable: string, result: (typeof d.results)[string]) => {
      if (row.exact !== true) return;
      const got = sqlValue(row, variable, ruleSet.variables.get(variable)!.type);
      const expected = result.known ? result.value : undefined;
      const near = typeof got === "number" && typeof expected === "number" && Math.abs(got - expected) < 1e-6;
      if (!near)
        expect([variable, got, JSON.stringify(one)]).toEqual([variable, expected, JSON.stringify(one)]);
    };
    for (const [variable, result] of Object.entries(d.results)) check(households[h]!, variable, result);
    for (const [variable, results] of Object.entries(d.memberResults))
      results.forEach((r, i) => void check(members[start + i]!, variable, r));
    if ((households[h] ?? members[start])?.exact === true) exact++;
    start += one.members.length;
  }
  return exact;
}

it("a rule set with missing facts, in every version", async () => {
  const ruleSet = toy();
  const list = fc.sample(householdsOf(ruleSet), { numRuns: 150, seed: 7 });
  await tables("toy", ruleSet, list);
  for (const month of ["2020-01", "2024-01", "2025-01"])
    expect(await agree("toy", ruleSet, month, list)).toBeGreaterThan(140);
});

it("every operation of the machines, dates moved by months and days among them", async () => {
  const ruleSet = shapes();
  const list = fc.sample(householdsOf(ruleSet), { numRuns: 120, seed: 13 });
  await tables("shapes", ruleSet, list);
  for (const month of ["2020-02", "2024-02"])
    expect(await agree("shapes", ruleSet, month, list)).toBeGreaterThan(110);
});

it("generated formulas on generated data", async () => {
  const list = fc.sample(situations, { numRuns: 24, seed: 11 });
  const missing = [[], ["甲"], ["岁"], ["真", "缺"], ["日", "计"]];
  const households = list.map((s, i) => generatedFacts(s, missing[i % missing.length]!));
  const formula = fc.oneof(
    expressions.num.map((text) => ({ type: "number" as const, text })),
    expressions.bool.map((text) => ({ type: "boolean" as const, text })),
  );
  const sets = fc
    .sample(fc.array(formula, { minLength: 2, maxLength: 4 }), { numRuns: 120, seed: 3 })
    .flatMap((f) => generatedRules(f) ?? []);
  expect(sets.length).toBeGreaterThan(60);
  await tables("made", sets[0]!, households);
  let exact = 0;
  for (const ruleSet of sets) exact += await agree("made", ruleSet, "2024-03", households);
  expect(exact).toBeGreaterThan(sets.length * households.length * 0.9);
});

it("the household rules of the benchmark", async () => {
  const dir = path.resolve(import.meta.dirname, "../../bench/policy");
  const file = (name: string) => ({ file: name, text: readFileSync(path.join(dir, name), "utf8") });
  const ruleSet = loadRuleSet({
    name: "基准",
    rules: [file("household-rules.yaml")],
    parameters: [file("parameters.yaml")],
  });
  const list = fc.sample(householdsOf(ruleSet), { numRuns: 120, seed: 5 });
  await tables("bench", ruleSet, list);
  expect(await agree("bench", ruleSet, "2024-03", list)).toBeGreaterThan(110);
});
