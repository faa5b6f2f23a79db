import { connect } from "../database.ts";
import { createWorker } from "../jobs.ts";

/** A worker in a process of its own, for the test that kills it: counts to `total`, one row and one piece at a time. */
const db = connect(process.argv[2] as string);
createWorker(db, {
  count: async ({ job, step }) => {
    const { total } = job.input as { total: number };
    for (let n = job.done + 1; n <= total; n++) {
      await step(async (tx) => {
        await tx.exec("insert into counted (n, by_pid) values ($1, $2)", [n, process.pid]);
        return { done: n, total };
      });
      process.stdout.write(`${n}\n`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return { total };
  },
}).start();
