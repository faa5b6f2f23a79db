import { DomainError } from "./errors.ts";

/** GB/T 2260 and its extensions: 2 digits province, 4 city, 6 county, 9 township, 12 village or community. */
export type DivisionLevel = "province" | "city" | "county" | "township" | "village";

const LEVELS: Record<number, DivisionLevel> = {
  2: "province",
  4: "city",
  6: "county",
  9: "township",
  12: "village",
};

/** Strips the zero padding of a wider notation: 430000 → 43, 430621000000 → 430621. */
function canonical(code: string): string {
  if (/^\d+$/.test(code)) {
    const lengths = [2, 4, 6, 9, 12];
    if (lengths.includes(code.length)) {
      for (const length of lengths) {
        if (length <= code.length && /^0*$/.test(code.slice(length))) return code.slice(0, length);
      }
    }
  }
  throw new DomainError(
    "bad-division",
    `“${code}”不是行政区划代码。代码应为 2、4、6、9 或 12 位数字，请对照区划代码表核对。`,
  );
}

/** The six-digit county code of a county, township or village. Throws `bad-division` for wider areas. */
export function countyOf(code: string): string {
  const own = canonical(code);
  if (own.length < 6) {
    throw new DomainError(
      "bad-division",
      `区划代码“${code}”高于县级，没有所属的县。请选择县级或以下的区划。`,
    );
  }
  return own.slice(0, 6);
}

/** Level of a division; zero-padded notations (430000, 430621000000) are read as what they name. */
export function divisionLevel(code: string): DivisionLevel {
  return LEVELS[canonical(code).length]!;
}

/** The division one level up: 430621100001 → 430621100 → 430621 → 4306 → 43; none above a province. */
export function parentDivision(code: string): string | undefined {
  const own = canonical(code);
  const shorter = { 4: 2, 6: 4, 9: 6, 12: 9 }[own.length];
  return shorter === undefined ? undefined : own.slice(0, shorter);
}

/**
 * Whether `code` lies in the data scope `scope` (a division prefix). The empty scope holds nothing: the same
 * answer as the database's row-level security, `code like scope || '%'` with an unset scope seeing no row.
 */
export function within(scope: string, code: string): boolean {
  return scope !== "" && code.startsWith(scope);
}
