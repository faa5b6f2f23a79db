/** A house of its own for each file of stories: its database, its file store, a clock that the story puts forward. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Clock, dateInShanghai, type IsoDate } from "@wuxin/kernel";
import { type Actor, openFileStore, systemActor } from "@wuxin/platform";
import { type TestDatabase, testDatabase } from "@wuxin/platform/testing";
import { compose, type House } from "@wuxin/server";

export interface MovableClock extends Clock {
  /** A day (nine in the morning in Shanghai), or an instant. */
  set(at: IsoDate | Date): void;
}

export function movableClock(start: IsoDate): MovableClock {
  const of = (at: IsoDate | Date) => (typeof at === "string" ? new Date(`${at}T09:00:00+08:00`) : at);
  let at = of(start);
  let step = 0;
  return {
    // Every look is a moment later, as in life: what is done first is first.
    now: () => new Date(at.getTime() + step++),
    today: () => dateInShanghai(at),
    set: (to) => {
      at = of(to);
      step = 0;
    },
  };
}

export interface TestHouse {
  readonly house: House;
  readonly clock: MovableClock;
  readonly t: TestDatabase;
  /** Where lists wait for their run; nobody else's. */
  readonly incoming: string;
  /** The same house at another time. */
  readonly makeHouse: (clock: Clock) => Promise<House>;
  close(): Promise<void>;
}

export async function testHouse(
  today: IsoDate,
  more: Pick<NonNullable<Parameters<typeof compose>[1]>, "fetchHosts"> = {},
): Promise<TestHouse> {
  const t = await testDatabase();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-stories-"));
  const platform = { db: t.db, vault: t.vault, files: openFileStore(folder, t.vault) };
  const clock = movableClock(today);
  const incoming = path.join(folder, "incoming");
  return {
    house: await compose(platform, { clock, incoming, ...more }),
    clock,
    t,
    incoming,
    makeHouse: (other) => compose(platform, { clock: other, incoming }),
    close: async () => {
      await t.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const system = (countyCode: string): { actor: Actor } => ({ actor: systemActor(countyCode) });
