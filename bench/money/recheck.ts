/**
 * 发放后复查 of a paid month, after something has become known: by entitlements. One in five hundred payees had died, as
 * many stand on a list that says to stop, one in a thousand had been stopped before the month, one in two thousand lives
 * elsewhere than the amount says. Asked and told by a process of its own. The floor: the findings by COPY.
 */
import type { Figures } from "../money.ts";
import type { MoneyCounty, MoneyDatabase } from "./database.ts";
import { COUNTY, drawn, idOf } from "./population.ts";
import { paidMonth } from "./steps.ts";

/** Triggers sleep: how it became known is other parts' work. */
export async function becomeKnown({ owner }: MoneyCounty, size: number): Promise<void> {
  const { since } = await drawn();
  const everyOf = (n: number, rest: number) => `from generate_series(${rest}, ${size}, ${n}) g`;
  await owner(`set session_replication_role = replica;
    update person set died_on = '${since}-03', death_source = '村报' from (select ${idOf(1)} as dead ${everyOf(500, 500)}) d
    where county_code = '${COUNTY}' and id = d.dead;
    update entitlement set end_month = '${since}', end_reason = '停发', end_kind = 'decision'
    from (select ${idOf(4)} as stopped ${everyOf(1_000, 1)}) d where county_code = '${COUNTY}' and id = d.stopped;
    update household set area_class = case area_class when '城市' then '农村' else '城市' end
    from (select ${idOf(2)} as moved ${everyOf(2_000, 2)}) d where county_code = '${COUNTY}' and id = d.moved;
    insert into alert (county_code, id, feed, rule, rule_version, level, proposes, person_id, division_code, title,
      reason_sealed, run_id, raised_on, occurred_on, last_seen_on)
    select '${COUNTY}', gen_random_uuid(), 'list', 'listed', '1', 1, 'stop-payment', ${idOf(1)}, '${COUNTY}', '名单有命中',
      '\\x00', gen_random_uuid(), current_date, '${since}-03', current_date ${everyOf(500, 3)}`);
}

export async function run(db: MoneyDatabase, sizes: readonly number[]) {
  const figures: Record<string, Figures[string]> = {};
  const floor: Record<string, Figures[string]> = {};
  for (const size of sizes)
    await db.with(size, async (county) => {
      await paidMonth(county);
      await becomeKnown(county, size);
      const { value: steps, seconds, peakMb, load } = await db.apart(county, "recheck");
      const least = await db.floor(county, "recheck_finding", "true");
      db.tell(`recheck of ${size}, ${least.rows} findings: ${JSON.stringify(steps)}, ${peakMb} MB`);
      figures[size] = {
        seconds,
        peakMb,
        findings: least.rows,
        load,
        steps,
      };
      floor[size] = least;
    });
  return { figures, floor };
}
