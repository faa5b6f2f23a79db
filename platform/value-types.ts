import { DomainError } from "@wuxin/kernel";
import pg from "pg";

/**
 * How PostgreSQL values arrive in TypeScript:
 *   bigint → number (throws `number-too-large` beyond ±2^53−1: money in 分 never gets there),
 *   date → "YYYY-MM-DD", timestamptz → ISO string in UTC ("2024-03-01T00:00:00.000Z"), timestamp → as written,
 *   numeric → string (also `sum(bigint)`: write `sum(x)::bigint`), jsonb → value, bytea → Buffer, uuid → string.
 */
const OID = {
  int8: 20,
  int8Array: 1016,
  date: 1082,
  dateArray: 1182,
  timestamp: 1114,
  timestamptz: 1184,
  timestamptzArray: 1185,
  numericArray: 1231,
};

type Parse = (text: string) => unknown;

const keep: Parse = (text) => text;

/** PostgreSQL writes zones as +08 or +08:30, which `Date` reads only in its long form. */
const isoInstant: Parse = (text) => {
  const at = new Date(text.replace(" ", "T").replace(/([+-]\d{2})$/, "$1:00"));
  return Number.isNaN(at.getTime()) ? text : at.toISOString(); // infinity stays as written
};

const safeInteger: Parse = (text) => {
  const n = Number(text);
  if (!Number.isSafeInteger(n)) {
    throw new DomainError(
      "number-too-large",
      `数据库中的整数 ${text} 超出可精确表示的范围，请联系系统管理员。`,
    );
  }
  return n;
};

/** Arrays of these types never hold quotes or commas, so splitting is parsing. */
const list =
  (parse: Parse): Parse =>
  (text) =>
    text === "{}"
      ? []
      : text
          .slice(1, -1)
          .split(",")
          .map((item) => (item === "NULL" ? null : parse(item.replace(/^"(.*)"$/, "$1"))));

const parsers = new Map<number, Parse>([
  [OID.int8, safeInteger],
  [OID.int8Array, list(safeInteger)],
  [OID.date, keep],
  [OID.dateArray, list(keep)],
  [OID.timestamp, keep],
  [OID.timestamptz, isoInstant],
  [OID.timestamptzArray, list(isoInstant)],
  [OID.numericArray, list(keep)],
]);

/** For `types` of a pg client or pool; the global parsers of `pg` stay untouched. */
export const valueTypes = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    (format !== "binary" && parsers.get(oid)) ||
    pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};
