/** A worker in a process of its own: does what is in the queue and says how long it took and how much memory. */
import os from "node:os";
import { connect, createVault, createWorker, openFileStore } from "@wuxin/platform";
import { compose } from "@wuxin/server";

export interface Worked {
  readonly seconds: number;
  /** Highest resident memory of the process. */
  readonly peakMb: number;
}
const db = connect(process.argv[2] as string);
const vault = createVault(Buffer.from(process.env.WUXIN_KEY ?? "", "base64"));
const house = await compose({ db, vault, files: openFileStore(os.tmpdir(), vault) });
const start = performance.now();
await createWorker(db, house.jobs, { onError: (error) => console.error(error) }).runDue();
const worked: Worked = {
  seconds: Math.round((performance.now() - start) / 10) / 100,
  peakMb: Math.round(process.resourceUsage().maxRSS / 1e3),
};
process.stdout.write(JSON.stringify(worked));
await db.close();
process.exit(0);
