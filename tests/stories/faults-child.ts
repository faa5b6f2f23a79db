/** A process of its own for the test that kills it: works on jobs, compares a list, or makes a roster. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fixedClock, type IsoDate } from "@wuxin/kernel";
import { connect, createWorker, openFileStore } from "@wuxin/platform";
import { compose } from "@wuxin/server";
import { clerk, ROSTER, thisMonth, vault } from "./faults-story.ts";

export interface Asked {
  readonly appUrl: string;
  readonly what:
    | { readonly kind: "work"; readonly piece: number; readonly part?: number; readonly page?: number }
    | { readonly kind: "match"; readonly incoming: string; readonly today: IsoDate }
    | { readonly kind: "roster" };
}
const { appUrl, what } = JSON.parse(process.argv[2] as string) as Asked;
const db = connect(appUrl);
const files = openFileStore(fs.mkdtempSync(path.join(os.tmpdir(), "wuxin-faults-")), vault);
const options =
  what.kind === "work"
    ? {
        repricePiece: what.piece,
        ...(what.part && { returnPart: what.part }),
        ...(what.page && { filePage: what.page }),
      }
    : what.kind === "match"
      ? { incoming: what.incoming, clock: fixedClock(what.today) }
      : {};
const house = await compose({ db, vault, files }, options);
process.stdout.write("ready\n");
const quick = { leaseMs: 400, pollMs: 50 };
if (what.kind === "work") createWorker(db, house.jobs, quick).start();
else if (what.kind === "match") createWorker(db, house.jobs, { ...quick, maxAttempts: 20 }).start();
// Everything is written; whoever strikes decides that it is never kept.
else
  await house.as({ actor: clerk }, async (tx) => {
    await house.payments.generate(tx, { id: ROSTER, month: thisMonth });
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  });
