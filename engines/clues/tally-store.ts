/** SQL of how often somebody has asked today, by keyed digests. Nothing else. */
import type { IsoDate } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";

export type TallyKind = "phone" | "address" | "wrong";
/** One more today; gives how many it is now. */
export const tally = async (tx: Tx, day: IsoDate, kind: TallyKind, digest: Buffer): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      `insert into trouble_tally as t (county_code, day, kind, digest, n) values (app_county(), $1, $2, $3, 1)
       on conflict (county_code, day, kind, digest) do update set n = t.n + 1 returning n`,
      [day, kind, digest],
    )
  ).n;
export const tallied = async (tx: Tx, day: IsoDate, kind: TallyKind, digest: Buffer): Promise<number> =>
  (
    await tx.maybe<{ n: number }>(
      "select n from trouble_tally where county_code = app_county() and day = $1 and kind = $2 and digest = $3",
      [day, kind, digest],
    )
  )?.n ?? 0;
export const forgetTallies = (tx: Tx, before: IsoDate) =>
  tx.exec("delete from trouble_tally where county_code = app_county() and day < $1", [before]);
