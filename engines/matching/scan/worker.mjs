/** A scanning thread: one range after another; what it found goes back without copying. */
import { parentPort } from "node:worker_threads";
import { scanRange } from "./scanner.mjs";

parentPort.on("message", (job) => {
  try {
    const found = scanRange(job);
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
