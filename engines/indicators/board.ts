/** What a leader's page asks of the catalogue: headline figures beside last month's frozen ones, and what jumped. */
import type { OwnedIndicator, System } from "@wuxin/declare";
import { addMonths, type Clock, type Month, monthOf } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { IndicatorRow } from "./service.ts";
import * as store from "./snapshot-store.ts";
import type { Jump, Snapshots } from "./snapshots.ts";

export interface BoardFigure
  extends Pick<IndicatorRow, "code" | "name" | "unit" | "system" | "kind" | "decimals" | "value"> {
  readonly share: boolean;
  /** Last month as it was frozen; null where it was not. */
  readonly frozen: number | null;
  readonly series: (number | null)[];
}
export interface BoardJump extends Jump {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly system: System;
  readonly decimals: number;
  readonly value: number | null;
}
export interface Board {
  readonly month: Month;
  /** The month that ended last, whose frozen figures are compared with. */
  readonly lastMonth: Month;
  readonly figures: readonly BoardFigure[];
  /** Of the month that ended last, the unexplained first, then by size. */
  readonly jumps: readonly BoardJump[];
  /** The newest snapshot there is: how fresh what is frozen is. */
  readonly frozen: { readonly month: Month; readonly at: string; readonly hours: number } | null;
}

export interface BoardDeps {
  readonly clock: Clock;
  readonly definitions: () => readonly OwnedIndicator[];
  readonly rowsOf: (tx: Tx, wanted: readonly OwnedIndicator[], month: Month) => Promise<IndicatorRow[]>;
  readonly ofMonth: Snapshots["ofMonth"];
}

export function createBoard({ clock, definitions, rowsOf, ofMonth }: BoardDeps) {
  return async (tx: Tx): Promise<Board> => {
    const month = monthOf(clock.today());
    const lastMonth = addMonths(month, -1);
    const headlines = definitions()
      .filter((d) => d.headline !== undefined)
      .sort((a, b) => (a.headline ?? 0) - (b.headline ?? 0));
    const rows = await rowsOf(tx, headlines, month);
    const kept = await ofMonth(tx, lastMonth, tx.actor.scope);
    const figures = rows.map((r): BoardFigure => {
      const { code, name, unit, system, kind, decimals, value } = r;
      return {
        ...{ code, name, unit, system, kind, decimals, value, share: r.denominatorText !== null },
        frozen: kept(code).frozen?.value ?? null,
        series: r.series.map((s) => s.value),
      };
    });
    const jumps = definitions().flatMap((d): BoardJump[] => {
      const { frozen, jump } = kept(d.code);
      const { code, name, unit, system, decimals } = d;
      return jump ? [{ ...jump, code, name, unit, system, decimals, value: frozen?.value ?? null }] : [];
    });
    const told = (j: BoardJump) => (j.explanation === null ? 0 : 1);
    const newest = await store.newestTaken(tx);
    return {
      ...{ month, lastMonth, figures },
      jumps: jumps.sort((a, b) => told(a) - told(b) || b.percent - a.percent),
      frozen: newest && {
        ...newest,
        hours: Math.max(0, Math.floor((clock.now().getTime() - Date.parse(newest.at)) / 3_600_000)),
      },
    };
  };
}
