/** How rosters are looked over in each county, read and checked once at start so that a fault stops the start. */
import { type Catalogue, type RedFlag, redFlagsIn } from "@wuxin/declare";
import { checkRedFlags } from "@wuxin/engines/payments";
import type { Month } from "@wuxin/kernel";
import type { CountyBook } from "./county-book.ts";

export type RedFlags = ReturnType<typeof createRedFlags>;

export function createRedFlags(catalogue: Catalogue, counties: CountyBook) {
  const byCounty = new Map<string, readonly RedFlag[]>(
    counties.list().map((c) => {
      const flags = catalogue.redFlags(counties.own(c.code, "red-flags.yaml"));
      checkRedFlags(flags, c.name);
      return [c.code, flags];
    }),
  );
  const inForce = (code: string, month: Month) => redFlagsIn(byCounty.get(code) ?? [], month);
  return { inForce, list: (code: string, month: Month) => ({ month, rules: inForce(code, month) }) };
}
