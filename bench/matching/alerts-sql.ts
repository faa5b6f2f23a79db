/**
 * The benchmark's rules as one SQL query, the same for DuckDB and PostgreSQL, over five tables of text and `watched(id)`:
 * lines `id,rule,value` in order. What each list says of nobody watched is gone with the join.
 */
import { createHash } from "node:crypto";

/** Columns of each list, as its file has them; the second word is the column that names the person. */
export const LISTS = {
  vehicle: ["id_no", "id_no,owner,plate,brand,value,registered,status"],
  property: ["id_no", "id_no,owner,cert_no,address,area,kind,registered"],
  pension: ["id_no", "id_no,name,kind,amount,start,status"],
  business: ["legal_rep_id", "credit_code,legal_rep_id,company,capital_wan,status,registered"],
  death: ["id_no", "id_no,name,death_date,org"],
} as const;

const fen = (column: string) => `cast(round(cast(l.${column} as decimal(18,2)) * 100) as bigint)`;
const of = (list: keyof typeof LISTS, rule: string, value: string, where: string, having: string) =>
  `select w.id, '${rule}' as rule, ${value} as value from ${list} l join watched w on w.id = upper(trim(l.${LISTS[list][0]}))
   ${where} group by w.id ${having}`;

export const ALERTS = `select id, rule, cast(value as varchar) as value from (
  ${of("vehicle", "V", `max(${fen("value")})`, "where l.status = '正常'", `having max(${fen("value")}) >= 6000000 or count(*) >= 2`)} union all
  ${of("property", "R", "count(*)", "where l.kind = '住宅'", "having count(*) >= 2")} union all
  ${of("pension", "P", `sum(${fen("amount")})`, "where l.status = '正常'", `having sum(${fen("amount")}) > 70000`)} union all
  ${of("business", "B", "sum(cast(l.capital_wan as bigint))", "where l.status = '存续'", "having sum(cast(l.capital_wan as bigint)) >= 10")} union all
  ${of("death", "D", "cast(replace(min(l.death_date), '-', '') as bigint)", "", "")}
) a order by id collate "C", rule collate "C"`;

/** Checks sum to one digest, however they were found: of the lines, each with its line feed. */
export const digestOf = (lines: string | Uint8Array): string =>
  createHash("sha1").update(lines).digest("hex").slice(0, 16);
