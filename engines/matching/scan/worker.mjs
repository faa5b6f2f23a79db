/** A scanning thread: one range after another; what it found goes back without copying. */
import { parentPort, workerData } from "node:worker_threads";
import { passingOf, scanRange } from "./scanner.mjs";

const passing = passingOf(workerData.passing);

parentPort.on("message", (job) => {
  try {
    const found = scanRange(job, passing);
    parentPort.postMessage({ id: job.id, found }, [
      found.persons.buffer,
      found.values.buffer,
      found.kept.buffer,
      found.keptEnds.buffer,
    ]);
  } catch (error) {
    parentPort.postMessage({ id: job.id, error: String(error?.message ?? error) });
  }
});
