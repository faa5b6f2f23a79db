/** Which benefits may be drawn together in each county, read once at start so that a fault stops the start. */
import type { Catalogue, Overlap } from "@wuxin/declare";
import { exclusionsAmong, overlapIn, pairName } from "@wuxin/declare";
import { DomainError, type Month } from "@wuxin/kernel";
import type { CountyBook } from "./county-book.ts";

export type Overlaps = ReturnType<typeof createOverlaps>;

export function createOverlaps(catalogue: Catalogue, counties: CountyBook) {
  const byCounty = new Map<string, Overlap>(
    counties.list().map((c) => [c.code, catalogue.overlap(counties.own(c.code, "overlap.yaml"))]),
  );
  const items = [...catalogue.paid].map(([code, i]) => [code, i.entitlement.benefits ?? []] as const);
  const of = (code: string): Overlap => {
    const overlap = byCounty.get(code);
    if (!overlap) throw new DomainError("unknown-county", `没有区划代码为“${code}”的县。`);
    return overlap;
  };
  return {
    exclusions: (code: string, month: Month) => exclusionsAmong(of(code), items, month),
    /** For the page: every rule in force, with the items of this system that it concerns. */
    list: (code: string, month: Month) => {
      const titles = (benefit: string) =>
        [...catalogue.paid.values()]
          .filter((i) => i.entitlement.benefits?.includes(benefit))
          .map((i) => i.shortTitle);
      return {
        month,
        rules: overlapIn(of(code), month).map((r) => ({
          key: pairName(r.between),
          between: r.between.map((name) => ({ name, items: titles(name) })),
          ...{ together: r.together, since: r.since, article: r.article, note: r.note },
          ...{ unverified: r.unverified, ofCounty: r.ofCounty },
        })),
      };
    },
  };
}
