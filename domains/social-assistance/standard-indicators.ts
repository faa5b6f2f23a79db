/** The standards in force, by city and country, as figures beside those of the people who draw them. */
import type { IndicatorDefinition } from "@wuxin/declare";

const AREAS = [
  ["urban", "城市"],
  ["rural", "农村"],
] as const;

export const standardIndicators: readonly IndicatorDefinition[] = AREAS.flatMap(([code, area]) =>
  (
    [
      ["std_dibao", "低保标准"],
      ["std_tekun", "特困基本生活标准"],
    ] as const
  ).map(([key, parameter]) => ({
    code: `${key}_${code}`,
    name: `${area}${parameter}`,
    unit: "元/月",
    system: "救助" as const,
    capability: "SA-09",
    decimals: 2,
    kind: "stock" as const,
    definition: `月末有效的${area}${parameter}`,
    measure: { latestParameter: `${parameter}.${area}`, divide: 100 },
  })),
);
