/** Codes that a county entered once it had the original form: of rows, and of the form itself. */
import { DomainError, type IsoDate, isIsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { Content } from "./model.ts";

export interface EnteredCode {
  /** Empty: 表号, the number of the form. */
  readonly row: string;
  readonly code: string;
  readonly from: IsoDate;
  readonly source: string;
  readonly byName: string;
}
export interface CodeRequest extends Omit<EnteredCode, "byName"> {
  /** The caller's, so that a repeated request is the same. */
  readonly id: string;
}

/** In force on a day, by row: of the latest day that has come, the last that was entered. */
export async function codesOn(tx: Tx, table: string, on: IsoDate): Promise<ReadonlyMap<string, EnteredCode>> {
  const rows = await tx.query<EnteredCode>(
    `select distinct on (row_code) row_code as "row", code, from_day as "from", source, by_name as "byName"
       from statistic_code where county_code = app_county() and table_code = $1 and from_day <= $2
      order by row_code, from_day desc, position desc`,
    [table, on],
  );
  return new Map(rows.map((r) => [r.row, r]));
}

/** A table with the codes of its county; what was sealed keeps those it was signed with. */
export function withCodes(content: Content, codes: ReadonlyMap<string, EnteredCode>): Content {
  const number = codes.get("");
  return {
    ...content,
    ...(number ? { number: number.code, numberEntered: number } : {}),
    rows: content.rows.map((r) => {
      const entered = codes.get(r.code);
      return entered ? { ...r, official: entered.code, entered } : r;
    }),
  };
}

/** Errors: invalid-input with the field. */
export function checkedCode(c: CodeRequest, rows: ReadonlySet<string>): CodeRequest {
  const bad = (field: string, message: string) => new DomainError("invalid-input", message, { field });
  const code = c.code.trim().toUpperCase();
  const source = c.source.trim();
  if (c.row !== "" && !rows.has(c.row)) throw bad("row", "表里没有这一行，请刷新页面。");
  if (!/^[0-9A-Z-]{2,30}$/.test(code))
    throw bad("code", "代码只有字母、数字和短横，2 至 30 位，例如 JZH0110，请照原件填写。");
  if (!isIsoDate(c.from)) throw bad("from", "请填写从哪天起用。");
  if (source.length < 4) throw bad("source", "请写明从哪份文件或报表上看到的（至少 4 个字）。");
  return { ...c, code, source };
}

/** @returns false when this id was written before */
export async function insertCode(tx: Tx, table: string, c: CodeRequest, at: Date): Promise<boolean> {
  const rows = await tx.query<{ one: number }>(
    `insert into statistic_code (county_code, id, table_code, row_code, code, from_day, source, at, by_id, by_name)
     values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (county_code, id) do nothing returning 1 as one`,
    [...[c.id, table, c.row, c.code, c.from, c.source, at], ...[tx.actor.accountId, tx.actor.name]],
  );
  return rows.length === 1;
}
