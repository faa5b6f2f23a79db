/** Which of three tints a figure of a map gets, and what the legend says of each. Pure. */
import { figure } from "../../kit/format.ts";

/** 0: nothing there; 1 to 3: the lower, middle and upper third; null: no figure. */
export type Shade = 0 | 1 | 2 | 3;
export interface Shades {
  readonly of: (value: number | null) => Shade | null;
  /** From light to dark, only what stands on the map. */
  readonly legend: readonly { readonly shade: Shade | null; readonly text: string }[];
}

interface Kind {
  readonly decimals?: number | undefined;
  /** A share is looked at between its lowest and its highest: in thirds of the highest all would be dark. */
  readonly share?: boolean | undefined;
}

export function shadesOf(values: readonly (number | null)[], { decimals = 0, share = false }: Kind): Shades {
  const known = values.filter((v) => v !== null);
  const from = share && known.length > 0 ? Math.min(...known) : 0;
  const most = Math.max(from, ...known);
  const unit = 10 ** decimals;
  const up = (x: number) => Math.ceil(Number((x * unit).toFixed(6))) / unit;
  /** The upper end of each tint; few figures, fewer tints, the darkest always the highest. */
  const ends = [
    ...new Set([1, 2, 3].map((n) => (n === 3 ? most : up(from + ((most - from) * n) / 3)))),
  ].filter((end) => share || end > 0);
  const shadeOf = (n: number) => (n + 4 - ends.length) as Shade;
  const of = (value: number | null): Shade | null => {
    if (value === null) return null;
    if (!share && value <= 0) return 0;
    return shadeOf(ends.findIndex((end) => value <= end));
  };
  const text = (x: number) => figure(x, decimals);
  const tints = ends.flatMap((end, n) => {
    const own = known.filter((v) => of(v) === shadeOf(n));
    if (own.length === 0) return [];
    const start = n === 0 ? (share ? from : 1 / unit) : (ends[n - 1] as number) + 1 / unit;
    return [{ shade: shadeOf(n), text: start >= end ? text(end) : `${text(start)}–${text(end)}` }];
  });
  return {
    of,
    legend: [
      ...(values.includes(null) ? [{ shade: null, text: "没有数" }] : []),
      ...(known.some((v) => of(v) === 0)
        ? [{ shade: 0 as const, text: known.some((v) => v < 0) ? "0 及以下" : "0" }]
        : []),
      ...tints,
    ],
  };
}
