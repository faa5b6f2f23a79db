/** The demo: invented residents and four months of history for every county, told through the house's own services. */
import type { DemoCounty } from "./accounts.ts";
import { fillCounty } from "./fill.ts";
import type { DemoHouse, MakeHouse } from "./house.ts";

export { DEMO_PASSWORD, type DemoAccount, demoAccounts, type StaffKey, staffOf, stage } from "./accounts.ts";
export type { DemoHouse, MakeHouse } from "./house.ts";

export interface Told {
  readonly chinese: string;
  readonly english: string;
}

/**
 * Fills every county once, each at the times of its story; a county that already has accounts of its own is left alone.
 * Killed anywhere, the next call goes on behind the last committed step. Calling it again changes nothing.
 * @param makeHouse the same house at another time, over the same database
 */
export async function fillDemo(
  house: DemoHouse,
  makeHouse: MakeHouse,
  tell: (step: Told) => void = () => {},
): Promise<void> {
  const counties: readonly DemoCounty[] = house.counties.list();
  const filled = await Promise.allSettled(
    counties.map(async (county) => {
      const steps = await fillCounty(house, makeHouse, county);
      if (steps > 0)
        tell({
          chinese: `演示数据已填入${county.name}（${steps} 步，均为虚构）`,
          english: `demo data of ${county.code} filled`,
        });
      return steps;
    }),
  );
  const failed = filled.find((f) => f.status === "rejected");
  if (failed) throw failed.reason;
  if (filled.every((f) => f.status === "fulfilled" && f.value === 0))
    tell({ chinese: "演示数据已在", english: "demo data is there" });
}
