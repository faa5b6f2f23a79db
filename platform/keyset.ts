/** A list that may have a million rows: read from a row on, after or before it, never by counting pages. */
export interface Beside {
  /** The id of the last row that was seen, or of the first; neither: from the beginning. */
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly size?: number | undefined;
}
export interface Stretch<T> {
  readonly rows: T[];
  /** Ids for `before` and `after` of the stretches beside this one; null: there is none. */
  readonly previous: string | null;
  readonly next: string | null;
}

/** How SQL reads on from a row: `key beyond that-row's-key order by key order limit limit`. */
export interface Reading {
  readonly beyond: "<" | ">";
  readonly order: "asc" | "desc";
  readonly limit: number;
}

/**
 * `read` gives at most `limit` rows of a list in `order`, beyond `from`; `from` null: of the whole list. Going back, both
 * are turned round. One row more than asked for is read, so that nobody counts to know whether there are more. Where
 * nothing lies beyond the row asked from (it is gone, or its neighbours are), the list begins again.
 */
export async function stretch<T extends { readonly id: string }>(
  { after, before, size = 20 }: Beside,
  order: Reading["order"],
  read: (from: string | null, reading: Reading) => Promise<readonly T[]>,
): Promise<Stretch<T>> {
  const backwards = before !== undefined && after === undefined;
  const upward = (order === "asc") !== backwards;
  const found = await read(after ?? before ?? null, {
    ...{ beyond: upward ? ">" : "<", order: upward ? "asc" : "desc", limit: size + 1 },
  });
  if (found.length === 0 && (after ?? before) !== undefined) return stretch({ size }, order, read);
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (backwards) rows.reverse();
  const first = rows[0]?.id ?? null;
  const last = rows.at(-1)?.id ?? null;
  return {
    rows,
    previous: (backwards ? more : after !== undefined) ? first : null,
    next: backwards || more ? last : null,
  };
}
