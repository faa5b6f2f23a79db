/** 抽查名单: closed clues of a month drawn by lot for the county's second look, so that nobody picks the easy ones. */
import { randomBytes } from "node:crypto";
import { draw, populationDigest } from "@wuxin/engines/funds";
import { DomainError, type Month } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import type { CluesDeps } from "./ports.ts";

export interface Sample {
  id: string;
  month: Month;
  percent: number;
  seed: string;
  population: number;
  size: number;
  /** Of those drawn: looked at again by now. */
  looked: number;
  agreed: number;
  at: string;
  byName: string;
}

export function createSamples({ clock, audit }: Pick<CluesDeps, "clock" | "audit">) {
  const closedIn = async (tx: Tx, month: Month): Promise<string[]> =>
    (
      await tx.query<{ id: string }>(
        `select id from clue where county_code = app_county() and to_char(closed_on, 'YYYY-MM') = $1 order by id`,
        [month],
      )
    ).map((r) => r.id);

  /** The same id is the same list. Errors: forbidden, invalid-input. */
  async function drawSample(
    tx: Tx,
    request: { readonly id: string; readonly month: Month; readonly percent: number },
  ): Promise<void> {
    const { id, month, percent } = request;
    if (tx.actor.role !== "county") throw new DomainError("forbidden", "抽查由县级办理。");
    if (!Number.isInteger(percent) || percent < 1 || percent > 100)
      throw new DomainError("invalid-input", "抽查比例请填 1 到 100 的整数。", { field: "percent" });
    const population = await closedIn(tx, month);
    if (population.length === 0)
      throw new DomainError("invalid-input", `${month} 没有办结的线索，请换一个月份。`, { field: "percent" });
    const seed = randomBytes(16).toString("hex");
    const drawn = draw(population, seed, Math.ceil((population.length * percent) / 100));
    const added = await tx.exec(
      `insert into clue_sample (county_code, id, month, percent, seed, population, population_sha256, drawn, at, by_name)
       values (app_county(), $1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
      [
        ...[id, month, percent, seed, population.length, populationDigest(population), drawn],
        ...[clock.now(), tx.actor.name],
      ],
    );
    if (added === 0) return;
    await audit.record(tx, {
      ...{ action: "clue.sample", object: "clue", objectId: id },
      detail: `${month} 办结 ${population.length} 条，抽 ${drawn.length} 条`,
    });
  }

  const samples = (tx: Tx, month: Month) =>
    tx.query<Sample>(
      `select s.id, s.month, s.percent, s.seed, s.population, cardinality(s.drawn) as size,
         (select count(*)::int from clue c where c.county_code = s.county_code and c.id = any (s.drawn)
            and c.recheck is not null) as looked,
         (select count(*)::int from clue c where c.county_code = s.county_code and c.id = any (s.drawn)
            and c.recheck = 'agrees') as agreed,
         s.at, s.by_name as "byName"
       from clue_sample s where s.county_code = app_county() and s.month = $1 order by s.at desc, s.id`,
      [month],
    );

  return { drawSample, samples };
}
