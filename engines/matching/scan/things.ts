/** What rows of one person are about, where a list names it (a plate, a certificate): the same again is no second one. */
import { cleaned } from "./keys.mjs";

/** Between the columns of a kept row; no part of a longer character in UTF-8 or GB18030. */
const MARK = 0x1f;

export interface Things {
  /** What was told before of the thing that this row names: one bit a fact. Null: the row names none. */
  of(person: number, row: Uint8Array): { told: number } | null;
  forget(person: number): void;
}

/** @param column its place among the declared columns, that is in a kept row */
export function createThings(column: number, decode: (bytes: Uint8Array) => string): Things {
  const known = new Map<number, Map<string, { told: number }>>();
  function nameIn(row: Uint8Array): string {
    let from = 0;
    for (let n = 0; n < column; n++) from = row.indexOf(MARK, from) + 1;
    const end = row.indexOf(MARK, from);
    return cleaned(decode(row.subarray(from, end < 0 ? row.length : end)));
  }
  return {
    of(person, row) {
      const name = nameIn(row);
      if (name === "") return null;
      const own = known.get(person) ?? new Map<string, { told: number }>();
      const thing = own.get(name) ?? { told: 0 };
      known.set(person, own.set(name, thing));
      return thing;
    },
    forget: (person) => void known.delete(person),
  };
}
