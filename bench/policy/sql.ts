// The SQL machine on PostgreSQL: `sql.ts HOUSEHOLDS` loads the shared households into tables of a throw-away server, runs
// the two queries into tables, checks the digest and prints JSON.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startEmbedded } from "@wuxin/platform";
import { toSql } from "@wuxin/policy";
import pg from "pg";
import { DIGESTS, digestOf, FLAGS, households, INCOMES, WANTED } from "./data.ts";
import { benchmarkRules } from "./rules.ts";

const MONTH = "2024-03";
/** Rows a statement inserts: arrays of this length travel as parameters. */
const STEP = 50_000;

const count = Number(process.argv[2] ?? 1_000_000);
const c = households(count);
const rules = benchmarkRules();
const code = (name: string) => rules.inputs.find((i) => i.name === name)!.code;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-bench-sql-"));
const server = await startEmbedded(dir, { durable: false });
const client = new pg.Client({ connectionString: server.url("postgres", "postgres") });
try {
  await client.connect();
  // Large expressions: compiling them costs more than it saves.
  await client.query("set jit = off");
  await client.query("set work_mem = '256MB'");
  await load();
  const machine = toSql(rules, {
    month: MONTH,
    wanted: WANTED,
    households: { table: "households", id: "id" },
    members: { table: "members", id: "id", household: "household" },
  });
  const times: number[] = [];
  for (let i = 0; i < 2; i++) {
    await client.query("drop table if exists h_out, m_out");
    const began = performance.now();
    await client.query(`create unlogged table h_out as ${machine.households}`);
    await client.query(`create unlogged table m_out as ${machine.members}`);
    times.push((performance.now() - began) / 1000);
  }
  const seconds = Math.min(...times);
  const column = async (table: string, name: string) => {
    const { rows } = await client.query<{ a: number[] }>(
      `select array_agg("${name}"::int order by id) as a from ${table}`,
    );
    return rows[0]!.a;
  };
  const exact = await client.query(
    "select (select bool_and(exact) from h_out) and (select bool_and(exact) from m_out) as all",
  );
  const results = [
    await column("h_out", "类别"),
    await column("h_out", "低保金"),
    await column("m_out", "困难残疾人生活补贴"),
    await column("m_out", "护理金"),
    await column("m_out", "高龄津贴"),
  ];
  const equal = exact.rows[0].all === true && digestOf(results) === DIGESTS[count]?.[MONTH];
  console.log(
    JSON.stringify({ households: count, householdsPerSecond: count / seconds, digestsEqual: equal }),
  );
} finally {
  await client.end().catch(() => {});
  await server.stop();
  fs.rmSync(dir, { recursive: true, force: true });
}

async function load(): Promise<void> {
  const household = ["区域类型", "住房套数", "车辆数", "资产"].map(code);
  const member = [...INCOMES, "可扣减支出", "残疾等级", "出生日期", ...FLAGS].map(code);
  await client.query(
    `create unlogged table households (id int primary key, ${household[0]} text, ${household[1]} int, ${household[2]} int, ${household[3]} bigint)`,
  );
  await client.query(
    `create unlogged table members (id int primary key, household int, ${member
      .slice(0, 6)
      .map((m) => `${m} bigint`)
      .join(", ")}, ${member[6]} int, ${member[7]} date, ${member
      .slice(8)
      .map((m) => `${m} boolean`)
      .join(", ")})`,
  );
  const owner = new Int32Array(c.members);
  for (let h = 0; h < count; h++) owner.fill(h, c.start[h]!, c.start[h + 1]!);
  const part = (a: ArrayLike<number>, from: number, to: number) => Array.prototype.slice.call(a, from, to);
  for (let from = 0; from < count; from += STEP) {
    const to = Math.min(count, from + STEP);
    await client.query(
      `insert into households select i, case r when 1 then '农村' else '城市' end, h, v, a
       from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::bigint[]) as x(i, r, h, v, a)`,
      [
        Array.from({ length: to - from }, (_, k) => from + k),
        ...[c.region, c.houses, c.cars, c.assets].map((a) => part(a, from, to)),
      ],
    );
  }
  for (let from = 0; from < c.members; from += STEP) {
    const to = Math.min(c.members, from + STEP);
    await client.query(
      `insert into members select i, o, a, b, c, d, e, f, g,
         make_date(1900 + m / 12, m % 12 + 1, 1), w & 1 = 1, w & 2 = 2, w & 4 = 4, w & 8 = 8, w & 16 = 16
       from unnest($1::int[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::int[], $10::int[], $11::int[]) as x(i, o, a, b, c, d, e, f, g, m, w)`,
      [
        Array.from({ length: to - from }, (_, k) => from + k),
        ...[owner, ...c.income, c.deductions, c.disability, c.birth, c.flags].map((a) => part(a, from, to)),
      ],
    );
  }
  await client.query("analyze households");
  await client.query("analyze members");
}
