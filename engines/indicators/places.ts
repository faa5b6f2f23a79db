/** One figure in each place: the county's townships, a township's villages. */
import type { IndicatorDefinition } from "@wuxin/declare";
import type { RegistersDeps } from "@wuxin/engines/registers";
import { type Month, within } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import { isParameter, measuresOf } from "./measure.ts";
import type { IndicatorQuery } from "./query.ts";
import type { Value } from "./value.ts";

export interface PlaceFigure extends Value {
  readonly code: string;
  readonly name: string;
}

export interface PlacesDeps extends Pick<RegistersDeps, "divisions"> {
  /** @throws DomainError("not-found") */
  readonly named: (code: string) => IndicatorDefinition;
  readonly monthAsked: (month: Month | undefined) => Month;
  readonly divisionAsked: (tx: Tx, division: string | undefined) => string | undefined;
  /** The townships of the county are counted in one pass. */
  readonly valuesIn: (
    tx: Tx,
    d: IndicatorDefinition,
    level: "township" | "village",
    month: Month,
  ) => Promise<(place: string) => Value | Promise<Value>>;
}

export function createPlaces(deps: PlacesDeps) {
  /**
   * No places where the ledger knows none (money of the county, lists of departments) and where a published value holds
   * everywhere alike: a map of noughts would say something that nobody counted.
   */
  return async (
    tx: Tx,
    code: string,
    query: IndicatorQuery,
  ): Promise<{ of: string; places: PlaceFigure[] }> => {
    const d = deps.named(code);
    const month = deps.monthAsked(query.month);
    const of = deps.divisionAsked(tx, query.division) ?? tx.actor.scope;
    const below = of.length < 9 ? "township" : "village";
    const valueIn = await deps.valuesIn(tx, d, below, month);
    const all: PlaceFigure[] = [];
    for (const p of deps.divisions(tx.actor.countyCode)) {
      if (p.level !== below || p.code === of || !p.code.startsWith(of) || !within(tx.actor.scope, p.code))
        continue;
      all.push({ code: p.code, name: p.name, ...(await valueIn(p.code)) });
    }
    const counted = !measuresOf(d).every(isParameter) && all.some((p) => p.value || p.denominator);
    return { of, places: counted ? all : [] };
  };
}
