/**
 * `npm run schema` writes platform/schema.sql: what the database is after every migration, read from its catalogs.
 * `npm run schema -- --check` compares instead and names the first difference. The file is for readers and reviews:
 * an index on a wrong column or a grant too many shows up as a changed line.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureRoles, explain, migrate, startEmbedded, withClient } from "@wuxin/platform";

type Ask = (text: string) => Promise<string[]>;

const FILE = path.resolve(import.meta.dirname, "..", "platform", "schema.sql");
const HEAD = `-- The whole schema after all migrations, written by \`npm run schema\`. Do not edit: edit a migration.
-- Grants are those beside the owner (wuxin_owner); a table without a policy line has no row-level security.
`;

async function dump(): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-schema-"));
  const server = await startEmbedded(folder, { durable: false });
  try {
    const url = server.url("fresh", "postgres");
    await withClient(server.url("postgres", "postgres"), (client) => client.query("create database fresh"));
    await ensureRoles(url);
    await migrate(url);
    return await withClient(url, async (client) => {
      const ask: Ask = async (text) =>
        (await client.query<{ line: string }>(text)).rows.map((row) => row.line);
      return [HEAD, ...(await types(ask)), ...(await tables(ask)), ...(await others(ask))].join("\n");
    });
  } finally {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const OURS = `in (select oid from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema')`;
/** Objects that an extension brought are the extension's. */
const own = (catalog: string, oid: string) =>
  `not exists (select from pg_depend where classid = '${catalog}'::regclass and objid = ${oid} and deptype = 'e')`;

async function types(ask: Ask): Promise<string[]> {
  const extensions = await ask(
    "select 'create extension ' || extname || ';' as line from pg_extension where extname <> 'plpgsql' order by 1",
  );
  const domains = await ask(`
    select 'create domain ' || t.oid::regtype || ' as ' || format_type(t.typbasetype, t.typtypmod)
           || coalesce((select string_agg(' ' || pg_get_constraintdef(c.oid), '' order by c.conname)
                          from pg_constraint c where c.contypid = t.oid and c.contype = 'c'), '') || ';' as line
      from pg_type t where t.typtype = 'd' and t.typnamespace ${OURS} and ${own("pg_type", "t.oid")} order by 1`);
  const enums = await ask(`
    select 'create type ' || t.oid::regtype || ' as enum ('
           || (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid) || ');' as line
      from pg_type t where t.typtype = 'e' and t.typnamespace ${OURS} and ${own("pg_type", "t.oid")} order by 1`);
  return [...extensions, ...domains, ...enums, ""];
}

async function tables(ask: Ask): Promise<string[]> {
  const names = await ask(`
    select c.oid::regclass::text as line from pg_class c
     where c.relkind in ('r', 'p') and c.relnamespace ${OURS} and ${own("pg_class", "c.oid")} order by 1`);
  const parts: string[] = [];
  for (const name of names) {
    const table = `'${name.replaceAll("'", "''")}'::regclass`;
    const columns = await ask(`
      select attname || ' ' || format_type(atttypid, atttypmod)
             || case when attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
                     when attidentity <> '' then ' generated as identity'
                     when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end
             || case when attnotnull then ' not null' else '' end as line
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       where a.attrelid = ${table} and a.attnum > 0 and not a.attisdropped order by a.attnum`);
    const constraints = await ask(`
      select 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) as line from pg_constraint
       where conrelid = ${table} and contype <> 'n' order by position(contype in 'puxfc'), conname`);
    parts.push(
      `create table ${name} (`,
      [...columns, ...constraints].map((line) => `  ${line}`).join(",\n"),
      ");",
    );
    parts.push(...(await attached(ask, table)), "");
  }
  return parts;
}

/** Indexes, policies, triggers and grants of one table. */
async function attached(ask: Ask, table: string): Promise<string[]> {
  return [
    ...(await ask(`
      select pg_get_indexdef(i.indexrelid) || ';' as line from pg_index i
       where i.indrelid = ${table} and not exists (select from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u', 'x'))
       order by 1`)),
    ...(await ask(`
      select 'alter table ' || oid::regclass || ' ' || word || ' row level security;' as line from pg_class,
             lateral (select 'enable' as word where relrowsecurity union all select 'force' where relforcerowsecurity) w
       where oid = ${table} order by word`)),
    ...(await ask(`
      select 'create policy ' || polname || ' on ' || polrelid::regclass || case when polpermissive then '' else ' as restrictive' end
             || case polcmd when '*' then '' when 'r' then ' for select' when 'a' then ' for insert' when 'w' then ' for update' else ' for delete' end
             || case when polroles = '{0}' then '' else ' to ' || (select string_agg(rolname, ', ' order by rolname) from pg_roles where oid = any(polroles)) end
             || coalesce(' using (' || pg_get_expr(polqual, polrelid) || ')', '')
             || coalesce(' with check (' || pg_get_expr(polwithcheck, polrelid) || ')', '') || ';' as line
        from pg_policy where polrelid = ${table} order by polname`)),
    ...(await ask(`
      select pg_get_triggerdef(oid) || ';' as line from pg_trigger where tgrelid = ${table} and not tgisinternal order by 1`)),
    ...(await grants(ask, "relacl", "relowner", `pg_class where oid = ${table}`, `${table}::text`)),
    ...(await ask(`
      select 'grant ' || lower(privilege_type) || ' (' || string_agg(attname, ', ' order by attnum) || ') on ' || ${table} || ' to ' || grantee::regrole || ';' as line
        from pg_attribute, aclexplode(attacl) where attrelid = ${table} group by privilege_type, grantee order by 1`)),
  ];
}

function grants(ask: Ask, acl: string, owner: string, from: string, name: string): Promise<string[]> {
  return ask(`
    select 'grant ' || string_agg(lower(privilege_type), ', ' order by privilege_type) || ' on ' || ${name} || ' to '
           || case when grantee = 0 then 'public' else grantee::regrole::text end || ';' as line
      from ${from.replace(" where ", `, aclexplode(${acl}) where grantee <> ${owner} and `)}
     group by grantee${name.includes("oid") ? ", oid" : ""} order by 1`);
}

async function others(ask: Ask): Promise<string[]> {
  const sequences = await ask(`
    select 'create sequence ' || c.oid::regclass || ';' as line from pg_class c
     where c.relkind = 'S' and c.relnamespace ${OURS} and ${own("pg_class", "c.oid")} order by 1`);
  const views = await ask(`
    select 'create ' || case relkind when 'm' then 'materialized ' else '' end || 'view ' || c.oid::regclass
           || coalesce(' with (' || array_to_string(reloptions, ', ') || ')', '') || ' as' || chr(10) || pg_get_viewdef(c.oid) as line
      from pg_class c where c.relkind in ('v', 'm') and c.relnamespace ${OURS} and ${own("pg_class", "c.oid")} order by 1`);
  const functions = await ask(`
    select pg_get_functiondef(p.oid) || ';' as line from pg_proc p
     where p.prokind in ('f', 'p') and p.pronamespace ${OURS} and ${own("pg_proc", "p.oid")} order by p.proname, p.oid::regprocedure::text`);
  const access = await grants(
    ask,
    "coalesce(proacl, acldefault('f', proowner))",
    "proowner",
    `pg_proc where pronamespace ${OURS} and ${own("pg_proc", "pg_proc.oid")}`,
    "'function ' || oid::regprocedure",
  );
  return [
    ...sequences,
    ...views,
    ...functions.flatMap((text) => [text.replaceAll("\r", ""), ""]),
    ...access,
    "",
  ];
}

function firstDifference(kept: string, found: string): string | undefined {
  const [a, b] = [kept.split("\n"), found.split("\n")];
  const at = b.findIndex((line, i) => line !== a[i]);
  if (at < 0 && a.length === b.length) return undefined;
  const row = at < 0 ? b.length : at;
  const quote = (line: string | undefined) => (line === undefined ? "（无 / nothing）" : line.trim());
  return (
    `platform/schema.sql 与迁移不一致，第 ${row + 1} 行 / differs from the migrations at line ${row + 1}:\n` +
    `  文件 / file:      ${quote(a[row])}\n  数据库 / database: ${quote(b[row])}\n` +
    "请检查改动是否有意，然后运行 npm run schema 并提交。 / See whether the change is meant, then run `npm run schema` and commit."
  );
}

try {
  const found = await dump();
  if (process.argv.includes("--check")) {
    const difference = firstDifference(fs.existsSync(FILE) ? fs.readFileSync(FILE, "utf8") : "", found);
    if (difference !== undefined) {
      console.error(difference);
      process.exitCode = 1;
    }
  } else {
    fs.writeFileSync(FILE, found);
    console.log(`platform/schema.sql: ${found.split("\n").length} 行 / lines`);
  }
} catch (error) {
  console.error(explain(error) ?? error);
  process.exitCode = 1;
}
